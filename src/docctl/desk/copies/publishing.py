"""A site of what was in force on a day: which pages it has, and which of them have to be made."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.copies.catalogue import all_known, catalogue, in_turn, mark_of, shard_of
from docctl.desk.copies.sheets import Sheet, Sheets
from docctl.desk.day import Day
from docctl.model.access import ACCESS
from docctl.model.answers.published import SiteDocument, SiteManifest
from docctl.model.base import Digest, Number
from docctl.model.lifecycle import IN_FORCE
from docctl.model.problem import Problem
from docctl.render import site as pages
from docctl.render.site import Coming, Listed, Site, Ways
from docctl.rules import asof
from docctl.store.reading.contents import hold_documents


@dataclass(slots=True)
class Publication:
    """A site that is being made: pages come one by one, and what was made of them is noted."""

    empty: SiteManifest
    """What the folder holds before anything is made."""

    files: Iterable[tuple[str, bytes]] = ()
    """Every file that must be written, pages first and the lists that lead to them last."""

    kept: list[str] = field(default_factory=list)
    """The files that stay as they are."""

    documents: dict[Number, SiteDocument] = field(default_factory=dict)
    digests: dict[str, Digest] = field(default_factory=dict)
    shards: dict[str, Digest] = field(default_factory=dict)

    def manifest(self) -> SiteManifest:
        """Return what the folder will hold; complete once `files` has come to its end."""
        update = {
            "documents": _by_key(self.documents),
            "files": _by_key(self.digests),
            "shards": _by_key(self.shards),
        }
        return self.empty.model_copy(update=update)


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
    made_by = sha256(f"{_edition()} {day.control.model_dump_json()}".encode()).hexdigest()
    if before and (before.made_by != made_by or not _follows(before, day)):
        before = before.model_copy(update={"documents": {}, "shards": {}})
    known = before.documents if before else {}
    entries = bench.index.register(day.on, head=day.head)
    sheets = Sheets(day, formats)
    shown = [entry for entry in entries if entry.state in IN_FORCE]
    documents = dict(all_known(sheets, day, shown, known))
    site = catalogue(day, entries, documents)
    made = Publication(
        SiteManifest(
            library=day.authority.library,
            as_of=day.on,
            head=day.head,
            whole=_newest(day) <= day.on,
            made_by=made_by,
        )
    )
    making = _Making(day, site, sheets, documents, made, before, read)
    made.files = making.files()
    return made


def _by_key(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same in one order: what was made anew came later than what stayed."""
    return dict(sorted(found.items()))


def _newest(day: Day) -> date:
    """Return the day of the last event; a little earlier where votes came after it."""
    return day.ledger.newest(day.head).date


def _follows(before: SiteManifest, day: Day) -> bool:
    """Tell whether what has not changed since *before* says the same on a day.

    Marks tell what has happened by the last change, and not what of it by the end of a day.
    """
    return before.as_of == day.on or (before.whole and before.as_of < day.on)


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
    naming: Mapping[Number, Sequence[Listed]] = field(init=False)
    """Who refers to each document."""

    def __post_init__(self) -> None:
        found: dict[Number, list[Listed]] = {number: [] for number in self.site.known}
        for one in self.site.listed:
            for target in one.refers:
                if target in found:
                    found[target].append(one)
        self.naming = found

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield what must be written, and note what the folder will hold."""
        for path, data in pages.shared(self.day.on).items():
            yield from self._changed(path, data)
        everywhere = _everywhere(self.day, self.sheets.formats)
        made_of = {one.entry.number: self._made_of(one, everywhere) for one in self.site.listed}
        for some in in_turn(self.site.listed):
            yield from self._documents(some, made_of)
        yield from self._shards()
        for path, make in _LISTS.items():
            yield from self._changed(path, make(self.site))

    def _changed(self, path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
        self.made.digests[path] = sha256(data).hexdigest()
        if self.read(path) == data:
            self.made.kept.append(path)
        else:
            yield path, data

    def _documents(
        self, some: Sequence[Listed], made_of: Mapping[Number, str]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the files of those documents whose page depends on what is another one by now."""
        new: list[Listed] = []
        for one in some:
            number = one.entry.number
            if one.licence is not None:
                self._note(number, "", (), ())
            elif not self._stays(number, made_of[number]):
                new.append(one)
        hold_documents(self.day.ledger.reader, self.day.head, (one.entry.number for one in new))
        for one in new:
            sheet = self._sheet(one)
            self.texts[one.entry.number] = sheet.text
            self._note(one.entry.number, made_of[one.entry.number], sheet.files, sheet.problems)
            for path, data in sheet.files.items():
                yield from self._changed(path, data)

    def _stays(self, number: Number, made_of: str) -> bool:
        """Tell whether a page and what lies beside it are as they must be, and note that."""
        old = self.before.documents.get(number) if self.before else None
        if old is None or old.made_of != made_of:
            return False
        if any(self.read(path) is None for path in old.files):
            return False
        self._note(number, made_of, old.files, old.problems)
        for path in old.files:
            self._keep(path)
        return True

    def _note(
        self, number: Number, made_of: str, files: Iterable[str], problems: tuple[Problem, ...]
    ) -> None:
        known = self.documents[number]
        update = {"made_of": made_of, "files": tuple(files), "problems": problems}
        self.made.documents[number] = known.model_copy(update=update)

    def _keep(self, path: str) -> None:
        if self.before:
            self.made.digests[path] = self.before.files[path]
        self.made.kept.append(path)

    def _sheet(self, one: Listed) -> Sheet:
        known = self.site.known
        refers = [known[each] for each in one.refers if each in known]
        ways = Ways(refers, self.naming[one.entry.number], self._coming(one))
        return self.sheets.sheet(self.site, one, ways)

    def _coming(self, one: Listed) -> Coming | None:
        return next((each for each in self.site.coming if each.number == one.entry.number), None)

    def _made_of(self, one: Listed, everywhere: str) -> str:
        """Return the digest of what a page depends on: itself, and what it names of others."""
        number, known = one.entry.number, self.site.known
        both = dict.fromkeys((*one.refers, *self.documents[number].compared))
        # Of what is not in force a page shows the title that it has on the day.
        named = [(each, mark_of(self.day, each), known.get(each) or self.day.on) for each in both]
        naming = [
            (each.entry.number, each.entry.title, each.licence) for each in self.naming[number]
        ]
        mark, coming = self.documents[number].mark, self._coming(one)
        whole = (everywhere, mark, one, named, naming, coming)
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
            made_of = sha256(repr(wanted).encode()).hexdigest()
            self.made.shards[path] = made_of
            old = self.read(path)
            if old and self.before and self.before.shards.get(path) == made_of:
                self._keep(path)
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


#: The pages that lists make; the one that leads to all others comes last.
_LISTS: Mapping[str, Callable[[Site], bytes]] = MappingProxyType(
    {
        "processes.html": pages.processes,
        "map.html": pages.reference_map,
        "reviews.html": pages.reviews,
        "index.html": pages.register,
    }
)


def _everywhere(day: Day, formats: Collection[str]) -> str:
    """Return what every page depends on beside settings and code: people, formats, template.

    Names that the vault keeps may be let go, or be out of reach, without any change of ACCESS.
    """
    dossier = day.find(day.control.template) if day.control.template else None
    shown = asof.in_force(dossier, day.on) if dossier else None
    template = shown.content if shown else ""
    people = tuple((one.id, one.name) for one in day.authority.persons.values())
    return repr((mark_of(day, ACCESS), people, template, sorted({*formats})))


@cache
def _edition() -> str:
    """Return the digest of the code that makes pages: other code may make other pages."""
    home, made = Path(__file__).parents[2], sha256()
    for path in sorted(home.rglob("*")):
        if path.suffix in {".py", ".css", ".js"}:
            made.update(path.read_bytes())
    return made.hexdigest()
