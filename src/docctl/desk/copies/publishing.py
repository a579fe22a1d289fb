"""A site of what was in force on a day: which pages it has, and which of them have to be made."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from docctl.desk.bench import Bench
from docctl.desk.copies.copying import type_title
from docctl.desk.copies.sheets import Sheet, Sheets
from docctl.desk.day import Day
from docctl.model.access import ACCESS
from docctl.model.answers.published import SiteDocument, SiteManifest
from docctl.model.answers.register import RegisterEntry
from docctl.model.base import Number
from docctl.model.control import CONTROL
from docctl.model.document import Manual, Process
from docctl.model.lifecycle import IN_FORCE, State
from docctl.render import site as pages
from docctl.render.site import Coming, Gone, Listed, Site
from docctl.store.layout import folder

#: The order of types in which people read: what the management intends comes first.
_ORDER = ("policy", "manual", "procedure", "work_instruction", "form", "external")


@dataclass(slots=True)
class Publication:
    """A site that is being made: pages come one by one, and what was made of them is noted."""

    manifest: SiteManifest
    """What the folder will hold; complete once `files` has come to its end."""

    files: Iterator[tuple[str, bytes]]
    """Every file that must be written, pages first and the lists that lead to them last."""

    kept: list[str] = field(default_factory=list)
    """The files that stay as they are."""


def publication(
    bench: Bench,
    day: Day,
    formats: Collection[str],
    *,
    before: SiteManifest | None,
    read: Callable[[str], bytes | None],
) -> Publication:
    """Return the site of a day, as far as it differs from what was published *before*.

    *read* returns a file of the folder, if it is still the one that docctl wrote there. The same
    library and the same day make the same files, whatever was there before.

    Raises:
        DamagedStoreError: the store does not hold what was signed.
        InputError: there is no such format.
        NotFoundError: the library was founded later.
    """
    known = before.documents if before else {}
    entries = bench.index.register(day.on, head=day.head)
    sheets = Sheets(day, formats)
    documents = {
        entry.number: _known(sheets, day, entry, known.get(entry.number))
        for entry in entries
        if entry.state in IN_FORCE
    }
    site = _site(day, entries, documents)
    manifest = SiteManifest(library=day.authority.library, as_of=day.on)
    made = Publication(manifest, iter(()))
    making = _Making(day, site, sheets, documents, made, before, read)
    made.files = making.files()
    return made


def _known(
    sheets: Sheets, day: Day, entry: RegisterEntry, before: SiteDocument | None
) -> SiteDocument:
    """Return what lists say of a document; its text is read only where something has happened."""
    found = day.ledger.reader.entry(day.head, folder(entry.number))
    mark = found.oid if found else ""
    if before and (before.mark, before.revision) == (mark, entry.revision):
        return before
    return sheets.known(entry, mark)


# --- what lists show -------------------------------------------------------------------------


def _site(
    day: Day, entries: Collection[RegisterEntry], documents: Mapping[Number, SiteDocument]
) -> Site:
    listed = tuple(
        Listed(
            entry=entry,
            type_title=type_title(day.control, entry.type),
            processes=known.processes,
            summary=known.summary,
            keywords=known.keywords,
            licence=known.licence,
            refers=known.refers,
        )
        for entry in entries
        if (known := documents.get(entry.number))
    )
    types = dict.fromkeys((*_ORDER, *(one.name for one in day.control.types)))
    return Site(
        organization=day.control.organization,
        as_of=day.on,
        listed=listed,
        types=tuple(dict.fromkeys(type_title(day.control, name) for name in types)),
        coming=tuple(_coming(day, entries)),
        gone=tuple(
            Gone(one.number, one.title, one.withdrawn_on, one.replaced_by)
            for one in entries
            if one.state is State.WITHDRAWN
        ),
        processes=tuple(_processes(day, listed)),
        shards=tuple(
            sorted({shard_of(one) for one in documents if documents[one].licence is None})
        ),
        paper=day.control.paper,
    )


def _coming(day: Day, entries: Collection[RegisterEntry]) -> Iterator[Coming]:
    for entry in entries:
        if State.SCHEDULED in (entry.state, entry.pending_state):
            newest = day.get(entry.number).newest
            title = day.document(day.get(entry.number), newest).title
            if newest.effective_on:
                yield Coming(entry.number, title, newest.label, newest.effective_on)


def _processes(day: Day, listed: Collection[Listed]) -> Iterator[Process]:
    """Yield the processes that the manuals in force tell of, each once."""
    seen: set[str] = set()
    for one in listed:
        if one.entry.type != "manual":
            continue
        dossier = day.get(one.entry.number)
        revision = dossier.revision(one.entry.revision) or dossier.newest
        document = day.document(dossier, revision)
        for process in document.processes_map if isinstance(document, Manual) else ():
            if process.name not in seen:
                seen.add(process.name)
                yield process


def shard_of(number: Number) -> str:
    """Return the name of the file in which a document is searched: by prefix and hundred."""
    _, prefix, block, *_ = folder(number).split("/")
    return f"{prefix}-{block}"


# --- what has to be made ---------------------------------------------------------------------


@dataclass(slots=True)
class _Making:
    """One run through the pages of a site."""

    day: Day
    site: Site
    sheets: Sheets
    documents: dict[Number, SiteDocument]
    made: Publication
    before: SiteManifest | None
    read: Callable[[str], bytes | None]
    texts: dict[Number, str] = field(default_factory=dict)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield what must be written, and note what the folder will hold."""
        for path, data in pages.shared(self.day.on).items():
            yield from self._changed(path, data)
        everywhere = _everywhere(self.day, self.sheets.formats)
        for one in self.site.listed:
            yield from self._document(one, everywhere)
        yield from self._shards()
        for path, make in _LISTS.items():
            yield from self._changed(path, make(self.site))

    def _changed(self, path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
        self.made.manifest.files[path] = sha256(data).hexdigest()
        if self.read(path) == data:
            self.made.kept.append(path)
        else:
            yield path, data

    def _document(self, one: Listed, everywhere: str) -> Iterator[tuple[str, bytes]]:
        number = one.entry.number
        known = self.documents[number]
        if one.licence is not None:
            self.made.manifest.documents[number] = known.but(made_of="", files=(), problems=())
            return
        made_of = self._made_of(one, everywhere)
        old = self.before.documents.get(number) if self.before else None
        if old and old.made_of == made_of and all(self.read(path) for path in old.files):
            self.made.manifest.documents[number] = old
            self.made.manifest.files.update(
                {path: self.before.files[path] for path in old.files} if self.before else {}
            )
            self.made.kept.extend(old.files)
            return
        sheet = self._sheet(one)
        self.texts[number] = sheet.text
        self.made.manifest.documents[number] = known.but(
            made_of=made_of, files=tuple(sheet.files), problems=sheet.problems
        )
        for path, data in sheet.files.items():
            yield from self._changed(path, data)

    def _sheet(self, one: Listed) -> Sheet:
        known = self.site.known()
        coming = {each.number: each for each in self.site.coming}
        number = one.entry.number
        refers = [known[each] for each in one.refers if each in known]
        referred = [each for each in self.site.listed if number in each.refers]
        return self.sheets.sheet(self.site, one, refers, referred, coming.get(number))

    def _made_of(self, one: Listed, everywhere: str) -> str:
        """Return the digest of what a page depends on: itself, and what it names of others."""
        known, number = self.site.known(), one.entry.number
        named = [
            (each, self.documents[each].mark, known[each].entry, known[each].licence)
            for each in one.refers
            if each in known
        ]
        naming = [
            (each.entry.number, each.entry.title, each.licence)
            for each in self.site.listed
            if number in each.refers
        ]
        coming = [each for each in self.site.coming if each.number == number]
        whole = (everywhere, self.documents[number].mark, one, named, naming, coming)
        return sha256(repr(whole).encode("utf-8", "replace")).hexdigest()

    # --- what is searched --------------------------------------------------------------------

    def _shards(self) -> Iterator[tuple[str, bytes]]:
        numbers: dict[str, list[Number]] = {}
        for one in self.site.listed:
            if one.licence is None:
                numbers.setdefault(shard_of(one.entry.number), []).append(one.entry.number)
        for name, inside in numbers.items():
            path = f"search/{name}.js"
            wanted = [
                (each, self.documents[each].mark, self.documents[each].revision) for each in inside
            ]
            made_of = sha256(repr((_edition(), wanted)).encode()).hexdigest()
            self.made.manifest.shards[path] = made_of
            old = self.read(path)
            if old and self.before and self.before.shards.get(path) == made_of:
                self.made.manifest.files[path] = self.before.files[path]
                self.made.kept.append(path)
                continue
            packed = (pages.texts_in(old) if old else None) or {}
            texts = {each: self._text(each, packed) for each in inside}
            yield from self._changed(path, pages.shard(texts))

    def _text(self, number: Number, packed: Mapping[Number, str]) -> str:
        """Return the words of a text: just made, packed before, or read anew."""
        if number in self.texts:
            return self.texts[number]
        before = self.before.documents.get(number) if self.before else None
        now = self.documents[number]
        same = before and (before.mark, before.revision) == (now.mark, now.revision)
        if same and number in packed:
            return packed[number]
        return self.sheets.words(number, now.revision)


_LISTS: Mapping[str, Callable[[Site], bytes]] = {
    "processes.html": pages.processes,
    "map.html": pages.reference_map,
    "reviews.html": pages.reviews,
    "index.html": pages.register,
}


def _everywhere(day: Day, formats: Collection[str]) -> str:
    """Return what every page depends on: people, settings, formats, and what makes pages."""
    reader, found = day.ledger.reader, []
    for item in (ACCESS, CONTROL):
        entry = reader.entry(day.head, folder(item))
        found.append(entry.oid if entry else "")
    return repr((_edition(), *found, sorted(formats)))


@cache
def _edition() -> str:
    """Return the digest of the code that makes pages: other code may make other pages."""
    home, made = Path(__file__).parents[2], sha256()
    for path in sorted(home.rglob("*")):
        if path.suffix in {".py", ".css", ".js"}:
            made.update(path.read_bytes())
    return made.hexdigest()
