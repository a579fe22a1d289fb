"""What changed between two revisions: for lists, and as a file that shows it in the text."""

from collections.abc import Callable, Mapping
from difflib import unified_diff
from types import MappingProxyType
from typing import Any, NamedTuple

from docctl.content.differing import ChangedPlace
from docctl.content.structure.outline import numbered
from docctl.content.tree import Document as Tree
from docctl.desk.copies.facts.copying import controlled_copy, name_of
from docctl.desk.copies.facts.departures import departures
from docctl.desk.copies.finishing import finish
from docctl.desk.copies.issuing import tree_of
from docctl.desk.copies.plainwords import settings_tree
from docctl.desk.copies.writers import Issued
from docctl.desk.day import Day
from docctl.desk.metadata.written import working_text
from docctl.errors import ExportForbiddenError, InputError
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.answers.reading import ChangedFact, ChangedPassage, Difference
from docctl.model.base import Label
from docctl.model.control import CONTROL
from docctl.model.document import Document, may_be_handed_out
from docctl.render import redline
from docctl.render.cover import Cover
from docctl.render.docx import AS_USUAL, Finish
from docctl.render.particulars import stated
from docctl.rules import asof
from docctl.rules.dossier import Dossier, Revision

__all__ = ["difference", "pair", "redlined", "writer", "written"]


class Side(NamedTuple):
    """One of two revisions: its text as readers see it, and everything beside it."""

    revision: Revision
    document: Document
    lines: list[str]
    tree: Tree
    attachments: Mapping[str, bytes]


class Pair(NamedTuple):
    """Two revisions of a document, the older one first."""

    number: str
    old: Side
    new: Side

    @property
    def name(self) -> str:
        """What files that compare them are called: `PRO-001-1-to-2`."""
        return f"{self.number}-{self.old.revision.label}-to-{self.new.revision.label}"

    def compared(self) -> redline.Comparison:
        """Return the comparison of their texts."""
        files = (self.old.attachments, self.new.attachments)
        return redline.compared(self.old.tree, self.new.tree, *files)


def pair(day: Day, number: str, before: Label | None, after: Label | None) -> Pair:
    """Return two revisions: by default the newest and the one that it replaces.

    Raises:
        NotFoundError: there is no such document.
        DamagedStoreError: the store does not hold what was signed.
    """
    dossier = day.get(number)
    last = dossier.revision(after) or dossier.newest
    first = dossier.revision(before) or asof.predecessor(dossier, last) or last
    return Pair(number, _side(day, dossier, first), _side(day, dossier, last))


def _side(day: Day, dossier: Dossier, revision: Revision) -> Side:
    document = day.document(dossier, revision)
    if dossier.number == CONTROL:
        settings = day.settings(revision)
        lines = settings.model_dump_json(indent=2, exclude_none=True).splitlines()
        told = settings_tree(settings, day.authority, day.on, bent=departures(day))
        return Side(revision, document, lines, numbered(told), {})
    text = day.text(dossier, revision)
    lines = working_text(text.document, text.body).decode().splitlines()
    return Side(revision, document, lines, tree_of(text.body, document, day), text.attachments)


def difference(found: Pair) -> Difference:
    """Return what changed: metadata and text line by line and word by word, and attachments."""
    return _told(found, found.compared().differences)


def _told(found: Pair, passages: tuple[ChangedPlace, ...]) -> Difference:
    old, new = found.old, found.new
    was, now = (f"{found.number} revision {one.revision.label}" for one in (old, new))
    return Difference(
        number=found.number,
        before=old.revision.label,
        after=new.revision.label,
        lines=tuple(unified_diff(old.lines, new.lines, was, now, lineterm="")),
        attachments=_changed(old.attachments, new.attachments),
        facts=tuple(_facts(stated(old.document), stated(new.document))),
        passages=tuple(
            ChangedPassage(place=p.place, kind=p.kind, was=p.was, now=p.now, parts=p.parts)
            for p in passages
        ),
    )


def _changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, Any]:
    changed = {one: "changed" for one in after if before.get(one, b"") != after[one]}
    removed = dict.fromkeys(before.keys() - after.keys(), "removed")
    added = dict.fromkeys(after.keys() - before.keys(), "added")
    return dict(sorted({**changed, **removed, **added}.items()))


def _facts(was: Mapping[str, str], now: Mapping[str, str]) -> list[ChangedFact]:
    names = [name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)]
    return [ChangedFact(name=one, was=was.get(one, ""), now=now.get(one, "")) for one in names]


# --- as a file -----------------------------------------------------------------------------


class Redline(NamedTuple):
    """Everything that a writer needs."""

    comparison: redline.Comparison
    cover: Cover
    authorship: redline.Authorship
    folder: str
    """Where the files go that a copy needs beside it."""

    finish: Finish = AS_USUAL
    """What a DOCX file is finished with, such as the template of the library."""


Writer = Callable[[Redline], Issued]


def _docx(made: Redline) -> Issued:
    return Issued(redline.in_docx(made.comparison, made.cover, made.authorship, made.finish), {})


def _html(made: Redline) -> Issued:
    return Issued(*redline.in_html(made.comparison, made.cover, made.folder))


def _markdown(made: Redline) -> Issued:
    return Issued(*redline.in_markdown(made.comparison, made.cover, made.folder))


#: The writers by format.
WRITERS: Mapping[str, Writer] = MappingProxyType(
    {"docx": _docx, "html": _html, "markdown": _markdown}
)


def writer(wanted: str) -> Writer:
    """Return the writer of redlines in a format.

    Raises:
        InputError: there is none.
    """
    if wanted not in WRITERS:
        raise InputError(
            f"a comparison cannot be written as {wanted!r}",
            hint=f"formats: {', '.join(sorted(WRITERS))}",
        )
    return WRITERS[wanted]


def written(day: Day, found: Pair, *, wanted: str) -> tuple[Difference, Issued]:
    """Return what changed, and the file that shows it: the same inputs give the same bytes.

    Raises:
        InputError: there is no such format, or a revision is compared with itself.
        ExportForbiddenError: a licence forbids to hand one of the texts out.
        UnreadableError: the template that the library has cannot be used.
        DamagedStoreError: the store does not hold what was signed.
    """
    write, labels = writer(wanted), [side.revision.label for side in (found.old, found.new)]
    if len(set(labels)) < len(labels):
        raise InputError(
            f"revision {labels[0]} of {found.number} would be compared with itself",
            hint=f"name two revisions: docctl diff {found.number} A B",
        )
    for side in (found.old, found.new):
        if not may_be_handed_out(side.document):
            licence = getattr(side.document, "licence", "")
            raise ExportForbiddenError(found.number, str(licence or "its metadata forbid it"))
    told, made = redlined(day, found, controlled_copy(day, found.number, labels[1]))
    return told, write(made._replace(finish=finish(day, wanted)))


def redlined(day: Day, found: Pair, copy: ControlledCopy) -> tuple[Difference, Redline]:
    """Return what changed, and all that a writer needs; *copy* is that of the newer revision."""
    comparison, before = found.compared(), found.old.revision.label
    told = _told(found, comparison.differences)
    notice = redline.Notice(before, comparison.differences, told.facts, told.attachments)
    cover = redline.cover(copy, found.new.tree, notice)
    return told, Redline(comparison, cover, _authorship(day, found.new.revision), found.name)


def _authorship(day: Day, revision: Revision) -> redline.Authorship:
    """Return whose changes they are: who submitted the text, or saved the draft, and when."""
    submitted = revision.round.opened if revision.round and revision.phase != "draft" else None
    event = (submitted or revision.saved or revision.opened).event
    return redline.Authorship(name_of(day.authority, event.signer), event.time)
