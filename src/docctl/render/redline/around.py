"""What stands around a redline: that it is one, of which revisions, and the notice of change."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from docctl.content.differing import TELLING, ChangedPlace
from docctl.content.nodes import grid, words
from docctl.content.tree import Document, Table
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.answers.reading import ChangedFact
from docctl.model.base import Label
from docctl.render.cover import Cover
from docctl.render.cover import cover as cover_of
from docctl.render.particulars import Fact

__all__ = ["LEGEND", "Notice", "cover"]

#: How changes look where a program shows them.
LEGEND = "What was inserted is underlined, what was deleted is struck through."

#: How many places the notice names; the text shows them all.
_MOST = 60
#: How many letters of a passage the notice shows, and how many of kept words beside a change.
_LONGEST, _BESIDE = 240, 60
#: How often a passage stands here that was taken out once and put in once: it was moved.
_ONCE_EACH = 2
_NOT_THE_COPY = "Redline, not the controlled copy"
_NOTICE = (
    "This redline compares revision {} with revision {} of {}. It is not the controlled copy: do "
    "not work by it."
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice of change says."""

    before: Label
    """The older revision."""

    differences: Sequence[ChangedPlace] = ()
    facts: Sequence[ChangedFact] = ()
    attachments: Mapping[str, str] = field(default_factory=dict)
    """What became of the files beside the text that are not the same."""


def cover(copy: ControlledCopy, text: Document, notice: Notice) -> Cover:
    """Return what stands around the comparison of *copy* with an older revision.

    The control block is that of the newer revision, whose text is *text*. Title, head, foot, mark
    and a sentence at the top say that this is a redline of two revisions, not the controlled copy.
    """
    made = cover_of(copy, text)
    number, before, after = copy.number, notice.before, copy.revision
    title = f"{made.title}: changes from revision {before} to revision {after}"
    first, *others = made.facts
    return replace(
        made,
        kind=f"{made.kind}, comparison of two revisions",
        title=title,
        running=replace(
            made.running,
            title=title,
            revision=f"Revision {after} compared with revision {before}",
            mark=" · ".join(filter(None, ("REDLINE, not the controlled copy", made.running.mark))),
            caution=_NOT_THE_COPY,
            digest="",
        ),
        notices=(
            _NOTICE.format(before, after, number),
            LEGEND,
            *made.notices,
        ),
        warning=True,
        watermark=" ".join(filter(None, (made.watermark, "REDLINE"))),
        facts=(first, *_told(copy, notice), *others),
        tables=(("What changed", _table(notice)), *made.tables),
        properties={**made.properties, "Redline": f"{before} to {after}", "ComparedWith": before},
    )


def _told(copy: ControlledCopy, notice: Notice) -> Iterator[Fact]:
    yield Fact("Compared", f"Revision {notice.before} with revision {copy.revision}")
    line = next((one for one in copy.history if one.revision == copy.revision), None)
    if line is None:
        return
    facts = (
        ("Change class", line.change.capitalize()),
        ("Reason for change", line.reason),
        ("Summary of change", line.summary),
    )
    told = facts[: 2 if line.summary == line.reason else None]
    yield from (Fact(label, value) for label, value in told if value)


def _table(notice: Notice) -> Table:
    rows = list(_rows(notice))
    if not rows:
        rows = [("Nothing differs", "", "")]
    left = len(rows) - _MOST
    shown = rows[:_MOST] + ([(f"… and {left} more places", "", "")] if left > 0 else [])
    cells = [[words(text) for text in row] for row in shown]
    return grid(("Section", "Was", "Now"), cells)


def _rows(notice: Notice) -> Iterator[tuple[str, str, str]]:
    for fact in notice.facts:
        yield f"Metadata: {fact.name}", _short(fact.was), _short(fact.now)
    moved = _moved(notice.differences)
    for one in notice.differences:
        was, now = _excerpts(one)
        left = right = one.moved
        if not one.moved and (one.was or one.now) in moved:
            left, right = moved[one.was or one.now]
        if left:
            was, now = (was, f"moved to: {right}") if was else (f"moved from: {left}", now)
        yield _place(one), was, now
    for name, what in notice.attachments.items():
        was, now = _ATTACHMENTS[what]
        yield f"Attachment {name}", was, now


def _moved(differences: Sequence[ChangedPlace]) -> dict[str, tuple[str, str]]:
    """Return passages that were taken out in one place and put in at another, with both."""
    gone, come = (
        [one for one in differences if one.kind == kind] for kind in ("deleted", "inserted")
    )
    words = Counter(one.was or one.now for one in (*gone, *come))
    places = {one.was: _place(one) for one in gone}
    return {
        one.now: (places[one.now], _place(one))
        for one in come
        if one.now in places and words[one.now] == _ONCE_EACH and len(one.now) >= TELLING
    }


def _place(one: ChangedPlace) -> str:
    return " > ".join(one.place) or "Before the first heading"


#: What became of a file → how it was, and how it is.
_ATTACHMENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "added": ("", "added"),
        "removed": ("there", "removed"),
        "changed": ("there", "replaced by another file"),
    }
)


def _excerpts(one: ChangedPlace) -> tuple[str, str]:
    """Return a passage as it was and as it is, without what was kept far from a change."""
    last = len(one.plainly) - 1
    kept = [
        (kind, _clipped(text, first=not at, last=at == last) if kind == "kept" else text)
        for at, (kind, text) in enumerate(one.plainly)
    ]
    was = "".join(text for kind, text in kept if kind != "inserted")
    now = "".join(text for kind, text in kept if kind != "deleted")
    return _short(was), _short(now)


def _clipped(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * _BESIDE:
        return text
    before = "" if first else text[:_BESIDE].rpartition(" ")[0]
    behind = "" if last else text[-_BESIDE:].partition(" ")[2]
    return f"{before} … {behind}"


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text.strip()
    return f"{text[:_LONGEST].rpartition(' ')[0].strip()} …"
