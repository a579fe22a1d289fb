"""Putting the manual together."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain, islice
from types import MappingProxyType
from typing import NamedTuple, cast

from docctl.content.kept import latest
from docctl.content.nodes import ACROSS, words
from docctl.content.structure.labels import labelling, labels
from docctl.content.structure.outline import anchors, numbered, title_of
from docctl.content.structure.references import Target
from docctl.content.tree import (
    Block,
    Blocks,
    Document,
    Footnote,
    Heading,
    PageBreak,
    Paragraph,
    Passage,
    Table,
)
from docctl.content.walk import changed
from docctl.model.answers.controlled import ControlledCopy
from docctl.render.manual.appendix import appendices
from docctl.render.manual.parts import Section, anchor_of, frame_of, picture_names, section_of
from docctl.render.manual.references import Asked, Binding, asked, names
from docctl.render.manual.sources import Input, ManualPart, ManualSources, inputs, issue_mark
from docctl.render.manual.system import with_system

__all__ = ["Compilation", "assemble"]


_NUMBER = re.compile(r"\w+(?:\.\w+)*")


@dataclass(frozen=True, slots=True)
class Compilation:
    """A manual ready to be written, by any writer.

    `images` are the pictures by the names that the tree uses. `copy` is the manual's own, with a
    note that names the issue.
    """

    tree: Document
    copy: ControlledCopy
    images: Mapping[str, bytes]
    inputs: tuple[Input, ...]
    issue: str


class _Piece(NamedTuple):
    """Blocks whose headings are numbered with the manual, and a document's text under the last."""

    counted: Blocks
    section: Section | None = None

    @property
    def places(self) -> frozenset[str]:
        """The anchors in it."""
        return self.section.places if self.section else anchors(Document(self.counted))

    @property
    def asked(self) -> Asked:
        """What it asks of the manual; the heading of a document asks nothing."""
        return self.section.asked if self.section else asked(Document(self.counted))


def assemble(manual: ManualSources) -> Compilation:
    """Return the manual: frame, chapters, appendices, as one tree with one set of names.

    Anchors, footnotes and pictures of different documents never collide; a reference to a printed
    document is a link within the manual, any other is text. The same sources give the same result.

    Raises:
        InputError: the frame is not a manual.
    """
    frame = with_system(frame_of(manual.frame), manual)
    appended = _Piece(appendices(manual))
    pieces = (_Piece(frame.blocks), *_chapters(manual), appended)
    sections = (piece.section for piece in pieces if piece.section)
    notes = (*frame.footnotes, *(note for section in sections for note in section.footnotes))
    issue = issue_mark(manual)
    return Compilation(
        tree=_bound(pieces, notes, manual),
        copy=_stated(manual.frame.copy, issue),
        images=MappingProxyType(dict(_pictures(manual))),
        inputs=inputs(manual),
        issue=issue,
    )


def _bound(
    pieces: Sequence[_Piece], notes: tuple[Footnote, ...], manual: ManualSources
) -> Document:
    """Return the pieces as one text, with the references and the notes of one."""
    found = [piece.asked for piece in pieces]
    found.append(asked(Document((), notes)))
    binding = Binding(
        targets={target.number: target for target in _targets(manual)},
        places=frozenset().union(*(piece.places for piece in pieces)),
        names=names(found, notes),
    )
    placed = sorted(changed(notes, binding.changes), key=lambda note: int(note.id))
    text = Document.joined(tuple(_passages(pieces, binding)), tuple(placed), "source")
    return _named(text) if any(one.wordless for one in found) else text


def _chapters(manual: ManualSources) -> Iterator[_Piece]:
    chosen = zip(manual.rules.chapters, manual.chosen, manual.chapters, strict=True)
    for at, (chapter, numbers, parts) in enumerate(chosen, 1):
        yield _Piece((PageBreak(), Heading(1, words(chapter.title), f"chapter_{at}")))
        for place, part in enumerate(parts):
            section = section_of(part, said=manual.frame.copy.notes)
            begin: Blocks = (PageBreak(),) if place else ()
            yield _Piece((*begin, section.heading), section)
        yield _Piece(_missing(numbers, parts, manual.cut_off))


def _missing(numbers: tuple[str, ...], parts: tuple[ManualPart, ...], cut_off: date) -> Blocks:
    """Say what a chapter names and cannot print, or that it has nothing to print."""
    printed = {part.copy.number for part in parts}
    end = f"in force at the end of {cut_off}"
    absent = [f"{n} was not {end} and is not printed." for n in numbers if n not in printed]
    sentences = absent if numbers else [f"No document of this chapter was {end}."]
    return tuple(Paragraph(words(sentence)) for sentence in sentences)


def _passages(pieces: Sequence[_Piece], binding: Binding) -> Iterator[Passage]:
    """Yield the text, numbered as one: 8.1 is a document, 8.1.4.2 its section 4.2.

    A document begins and ends with tables that lie upright, so that no page is broken beside one
    across that belongs to another passage.
    """
    counted = changed(tuple(b for piece in pieces for b in piece.counted), binding.changes)
    blocks = iter(numbered(Document(counted)).blocks)
    loose: list[Block] = []
    for piece in pieces:
        loose += islice(blocks, len(piece.counted))
        if piece.section:
            number = cast("Heading", loose[-1]).number
            yield Passage(tuple(_broken(loose)))
            yield _passage(piece.section, number, binding)
            loose = []
    yield Passage(tuple(_broken(loose)))


def _passage(section: Section, number: str, binding: Binding) -> Passage:
    """Return the text of a document in the manual, the same one if nothing makes it another."""

    def made() -> Passage:
        own = zip(section.text, section.loose, strict=True)
        bound = (changed(one, binding.changes) if loose else one for one, loose in own)
        return Passage(tuple(_broken(tuple(_nested(bound, number)))))

    return latest(section.made, "passage", (number, binding.answers(section.asked)), made)


def _named(text: Document) -> Document:
    """Return the manual with words for links that go by the name of what they lead to."""
    changes = labelling(labels(text))
    parts = ((part, changed(part.blocks, changes)) for part in text.passages)
    named = (part if blocks is part.blocks else Passage(blocks) for part, blocks in parts)
    return Document.joined(tuple(named), changed(text.footnotes, changes), text.numbering)


def _nested(blocks: Iterable[Block], number: str) -> Iterator[Block]:
    """Yield the blocks of a text with *number* in front of the numbers that its headings have."""
    for block in blocks:
        own = block.number.rstrip(".)") if isinstance(block, Heading) else ""
        if isinstance(block, Heading) and _NUMBER.fullmatch(own):
            yield replace(block, number=f"{number}.{own}")
        else:
            yield block


def _broken(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks without page breaks beside a table across: it has a page of its own."""
    for at, block in enumerate(blocks):
        around = (blocks[at - 1 : at], blocks[at + 2 : at + 3])
        if not (isinstance(block, PageBreak) and any(map(_is_across, chain(*around)))):
            yield block


def _is_across(block: Block) -> bool:
    return isinstance(block, Table) and block.classes == ACROSS


def _targets(manual: ManualSources) -> Iterator[Target]:
    """Yield what references can name: first all documents as text, then those that are printed."""
    for row in manual.master:
        yield Target(row.number, row.title, row.revision)
    for chapter in manual.chapters:
        for part in chapter:
            number, title = part.copy.number, part.copy.document.title
            told = Target(number, title, part.copy.revision, anchor=anchor_of(number))
            yield replace(told, heading=partial(title_of, part.tree)) if part.exportable else told


def _pictures(manual: ManualSources) -> Iterator[tuple[str, bytes]]:
    chosen = (part for chapter in manual.chapters for part in chapter if part.exportable)
    for part in (manual.frame, *chosen):
        names = picture_names(part)
        yield from ((names[path], data) for path, data in part.images.items())


def _stated(copy: ControlledCopy, issue: str) -> ControlledCopy:
    day, _, _ = issue.partition(" ")
    note = f"Issue {issue}: made from the documents in force at the end of {day}."
    return copy.model_copy(update={"notes": (*copy.notes, note)})
