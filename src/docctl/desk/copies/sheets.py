"""What is published of one document: its page, the files beside it, and the words of its text."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from docctl.content.structure.references import Target, attached_path, references, resolved
from docctl.content.tree import Document as Tree
from docctl.content.tree import Link
from docctl.content.walk import changed
from docctl.desk.copies import comparing, finishing
from docctl.desk.copies.facts.copying import controlled_copy
from docctl.desk.copies.issuing import target, unresolved
from docctl.desk.copies.writers import ENDINGS, writer
from docctl.desk.day import Day
from docctl.errors import StoreError
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.answers.published import SiteDocument
from docctl.model.answers.register import RegisterEntry
from docctl.model.base import Label, Number
from docctl.model.builtin import DOCUMENT_CLASSES
from docctl.model.document import Document, OtherDocument, may_be_handed_out
from docctl.model.lifecycle import State
from docctl.model.naming import named
from docctl.model.problem import Problem
from docctl.render import site as pages
from docctl.render.beside import linked_beside
from docctl.render.cover import Cover, cover
from docctl.render.particulars import clauses_words
from docctl.render.site import Download, Listed, Shown, Site, Ways
from docctl.rules import asof
from docctl.rules.dossier import Dossier, Revision

#: What a format is called, in the order of the page.
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "docx": "Word (DOCX)",
        "pdf": "PDF",
        "markdown": "Markdown",
        "html": "HTML, one file",
    }
)

#: Files that no browser runs: only such ones are laid beside a page.
_HARMLESS = (
    ".csv", ".docx", ".gif", ".jpeg", ".jpg", ".json", ".md", ".odp", ".ods", ".odt", ".pdf",
    ".png", ".pptx", ".step", ".stp", ".txt", ".xlsx", ".zip",
)  # fmt: skip

#: What stands behind the status in a copy that speaks of a day.
_AS_OF = re.compile(r" \(as of [0-9-]{10}\)\Z")
_STATUS = "Status"

#: Revisions in these states are for those who work on them.
_INSIDE = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED})


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is published of one document."""

    files: dict[str, bytes]
    text: str
    problems: tuple[Problem, ...]


class Sheets:
    """Makes what is published of the documents of one day."""

    def __init__(self, day: Day, formats: Collection[str]) -> None:
        self.day = day
        self.formats = tuple(one for one in FORMATS if one in formats)
        self._writers = {
            one: writer(one, finishing.finish(day, one))
            for one in dict.fromkeys((*self.formats, *formats))
        }
        self._targets: dict[Number, Target | None] = {}

    def known(self, entry: RegisterEntry, mark: str) -> SiteDocument:
        """Return what lists say of a document beside its entry in the register."""
        dossier, revision = self._shown(entry.number, entry.revision)
        document = self.day.document(dossier, revision)
        handed_out = may_be_handed_out(document)
        licence = None if handed_out else str(getattr(document, "licence", "") or "")
        return SiteDocument(
            mark=mark,
            revision=revision.label,
            processes=document.processes,
            summary=document.summary,
            keywords=(*document.keywords, *_also_known_by(document)),
            licence=licence,
            refers=self._refers(document, dossier, revision),
            compared=self._compared(dossier, revision) if handed_out else (),
        )

    def _compared(self, dossier: Dossier, revision: Revision) -> tuple[Number, ...]:
        before = asof.predecessor(dossier, revision)
        if before is None:
            return ()
        return self._refers(self.day.document(dossier, before), dossier, before)

    def _refers(
        self, document: Document, dossier: Dossier, revision: Revision
    ) -> tuple[Number, ...]:
        """Return what a revision refers to: its text is read only where it may be handed out."""
        kind = DOCUMENT_CLASSES.get(document.type, OtherDocument)
        own = self.day.control.own_fields.get(document.type, {})
        found = [*named(document.model_dump(mode="json"), kind, own)]
        if may_be_handed_out(document):
            tree = self.day.trees.of(self.day.text(dossier, revision).body)
            found += [one.number for one in references(tree)]
        return tuple(one for one in dict.fromkeys(found) if one != dossier.number)

    def words(self, number: Number, label: Label) -> str:
        """Return the plain words of a text."""
        dossier, revision = self._shown(number, label)
        return pages.words_of(self.day.trees.of(self.day.text(dossier, revision).body))

    def _shown(self, number: Number, label: Label) -> tuple[Dossier, Revision]:
        dossier = self.day.get(number)
        return dossier, dossier.revision(label) or dossier.newest

    def sheet(self, site: Site, one: Listed, ways: Ways) -> Sheet:
        """Return what is published of a document in force whose text may be handed out.

        *ways* lead to other documents; what leads to its own files is added.
        """
        number = one.entry.number
        copy = _outward(controlled_copy(self.day, number, one.entry.revision))
        dossier, revision = self._shown(number, one.entry.revision)
        copy = copy.model_copy(update={"as_of": _settled(copy, dossier, revision, self.day.on)})
        if asof.in_force(dossier, self.day.on) != revision:
            raise StoreError(
                f"the index says that revision {revision.label} of {number} is in force",
                hint="it is a cache, and wrong: delete index.sqlite, then publish again",
            )
        text = self.day.text(dossier, revision)
        tree = unresolved(text.body, copy.document, self.day)
        files = self._copies(resolved(tree, self._target), copy, text.attachments)
        downloads = tuple(
            Download(name, FORMATS[wanted], len(files[f"documents/{name}"]))
            for wanted in self.formats
            if (name := _name(number, wanted))
        )
        shown, beside, problems = _laid_out(tree, text.attachments, copy)
        shown = resolved(shown, lambda name: self._led(name, site))
        changes = self._changes(site, copy)
        since = (copy.replaces or "") if changes else ""
        page = pages.document(
            site,
            Shown(shown, _without_day(cover(copy, shown)), text.attachments),
            replace(ways, downloads=downloads, changes_since=since),
        )
        files = {f"documents/{number}.html": page, **changes, **files, **beside}
        return Sheet(files, pages.words_of(self.day.trees.of(text.body)), problems)

    def _changes(self, site: Site, copy: ControlledCopy) -> dict[str, bytes]:
        """Return the page that shows what a revision changed; nothing where it is the first."""
        if copy.replaces is None:
            return {}
        found = comparing.pair(self.day, copy.number, copy.replaces, copy.revision)
        if not may_be_handed_out(found.old.document):
            return {}
        _, made = comparing.redlined(self.day, found, copy)
        comparison = made.comparison
        tree, _ = linked_beside(comparison.staged, {}, made.folder)
        page = pages.changes(site, Shown(tree, _without_day(made.cover), comparison.images))
        return {f"documents/{copy.number}.changes.html": page}

    def _copies(
        self, tree: Tree, copy: ControlledCopy, attachments: Mapping[str, bytes]
    ) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        for wanted in self.formats:
            issued = self._writers[wanted](tree, copy, attachments, {})
            files[f"documents/{_name(copy.number, wanted)}"] = issued.file
            beside = {f"documents/{name}": data for name, data in issued.beside.items()}
            files |= {name: data for name, data in beside.items() if _is_harmless(name)}
        return files

    def _target(self, number: Number) -> Target | None:
        if number not in self._targets:
            self._targets[number] = target(self.day, number)
        return self._targets[number]

    def _led(self, number: Number, site: Site) -> Target | None:
        """Return what a reference shows, with the address of the page if there is one."""
        found, listed = self._target(number), site.known.get(number)
        if found is None or listed is None or listed.licence is not None:
            return found
        return replace(found, url=f"{number}.html")


def _name(number: str, wanted: str) -> str:
    """Return the name of a copy beside the page; a single HTML file is not the page."""
    ending = next(ending for ending, name in ENDINGS.items() if name == wanted)
    return f"{number}.copy{ending}" if wanted == "html" else f"{number}{ending}"


def _outward(copy: ControlledCopy) -> ControlledCopy:
    """Return a copy without what only those who work on the next revision should read."""
    history = tuple(line for line in copy.history if line.state not in _INSIDE)
    return copy.model_copy(update={"history": history})


def _without_day(around: Cover) -> Cover:
    """Return the same without the day beside the status: the site tells for which day it is."""
    facts = (
        replace(one, value=_AS_OF.sub("", one.value)) if one.label == _STATUS else one
        for one in around.facts
    )
    return replace(around, facts=tuple(facts))


def _settled(copy: ControlledCopy, dossier: Dossier, revision: Revision, on: date) -> date:
    """Return the day since which everything that the copy says has been as it is now.

    A page that spoke of the day of publication would be another one every day.
    """
    days = [signed.event.date for signed in dossier.events]
    if revision.effective_on:
        days.append(revision.effective_on)
    if copy.review_overdue and copy.review_due_on:
        days.append(copy.review_due_on + timedelta(days=1))
    return min(max(days), on)


# --- files beside ----------------------------------------------------------------------------


def _is_harmless(name: str) -> bool:
    return name.lower().endswith(_HARMLESS)


def _also_known_by(document: Document) -> Iterator[str]:
    """Yield by what else a document is looked for: other numbers of it, clauses that it meets."""
    found = (getattr(document, "identifier", ""), *document.former_numbers)
    yield from filter(None, (*found, clauses_words(document.clauses)))


def _laid_out(
    tree: Tree, attachments: Mapping[str, bytes], copy: ControlledCopy
) -> tuple[Tree, dict[str, bytes], tuple[Problem, ...]]:
    """Return a text with its links led to the files beside it, these files, and what stays away."""
    safe = {name: data for name, data in attachments.items() if _is_harmless(name)}
    away: dict[str, None] = {}

    def kept(link: Link) -> Link:
        path = attached_path(link.target)
        if path in attachments and path not in safe:
            away[path] = None
        return link

    changed(tree, {Link: kept})
    shown, beside = linked_beside(tree, safe, f"{copy.number}-{copy.revision}")
    problems = tuple(
        Problem(
            code="not-published",
            place=f"{copy.number} files/{path}",
            sentence="a browser might run this file: it and the links to it are not on the site",
            hint=f"hand it out with: docctl export {copy.number} --to FILE.html",
            severity="advice",
        )
        for path in away
    )
    return shown, {f"documents/{name}": data for name, data in beside.items()}, problems
