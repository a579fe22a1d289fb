"""Footnotes that nothing leads to: they are text of the document all the same."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from docctl.content.tree import (
    Blocks,
    BulletList,
    Document,
    Footnote,
    FootnoteRef,
    ListItem,
    Paragraph,
    Strong,
    Superscript,
    Text,
)
from docctl.content.walk import FIELDS, Changes, changed

__all__ = ["listed", "unmarked", "unmarked_shown"]

_LEAD = Paragraph((Strong((Text("Notes without a mark in the text"),)),))


def unmarked_shown(document: Document, marks: Collection[str] | None = None) -> Document:
    """Return the document with the notes that no mark leads to as a list at its end.

    *marks* are the names that marks in its text lead to, for whoever knows them already.
    """
    if not document.footnotes:
        return document
    marks = {*(_marks(document.blocks) if marks is None else marks)}
    left = unmarked(document.footnotes, marks)
    kept = tuple(note for note in document.footnotes if all(note is not one for one in left))
    known = {note.id for note in kept}

    def told(mark: FootnoteRef) -> FootnoteRef | Superscript:
        return mark if mark.id in known else Superscript((Text(f"[{mark.id}]"),))

    change: Changes = {FootnoteRef: told}
    end = listed(left)
    text = document.blocks if marks <= known else changed(document.blocks, change)
    ended, notes = changed((end, kept), change)
    return replace(document, blocks=(*text, *ended), footnotes=notes)


def unmarked(notes: tuple[Footnote, ...], marks: Iterable[str]) -> tuple[Footnote, ...]:
    """Return the notes that none of *marks* leads to, be it by way of another note."""
    known = {note.id: note for note in notes}
    reached: set[str] = set()
    _follow(marks, known, reached)
    inner = {mark for note in notes for mark in _marks(note.blocks) if mark != note.id}
    left = []
    for note in sorted(notes, key=lambda note: note.id in inner):  # those that lead to others first
        if note.id not in reached:
            left.append(note)
            _follow(_marks(note.blocks), known, reached)
    return tuple(left)


def listed(notes: tuple[Footnote, ...]) -> Blocks:
    """Return the notes as text: a list under a line that says what they are."""
    return (_LEAD, BulletList(tuple(map(_item, notes)), tight=False)) if notes else ()


def _follow(marks: Iterable[str], known: Mapping[str, Footnote], reached: set[str]) -> None:
    """Add to *reached* the names of the notes that *marks* lead to."""
    pending = list(marks)
    while pending:
        name = pending.pop()
        if name in known and name not in reached:
            reached.add(name)
            pending += _marks(known[name].blocks)


#: What is a mark of a note, or may hold one.
_LEADING = frozenset({tuple, FootnoteRef, *FIELDS})


def _marks(tree: Any) -> Iterator[str]:
    """Yield the names that marks lead to, in order; in a marked tree those of both sides."""
    pending = [tree]
    while pending:
        part = pending.pop()
        kind = type(part)
        if kind is FootnoteRef:
            yield part.id
        elif kind is not tuple:
            pending += [getattr(part, name) for name in reversed(FIELDS.get(kind, ()))]
        elif not _LEADING.isdisjoint(map(type, part)):
            pending += [one for one in reversed(part) if type(one) in _LEADING]


def _item(note: Footnote) -> ListItem:
    if note.blocks and isinstance(note.blocks[0], Paragraph):
        begin, *rest = note.blocks[0].inlines
        label = f"[{note.id}] "
        joined = (Text(label + begin.text),) if isinstance(begin, Text) else (Text(label), begin)
        first = replace(note.blocks[0], inlines=(*joined, *rest))
        return ListItem((first, *note.blocks[1:]))
    return ListItem((Paragraph((Text(f"[{note.id}]"),)), *note.blocks))
