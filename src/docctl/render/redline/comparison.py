"""Two texts made ready to be compared, and their difference in each of its forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from docctl.content.differing import ChangedPlace, differences, in_one_line, marked, staged
from docctl.content.structure.footnotes import unmarked_shown
from docctl.content.tree import Blocks, Document, FootnoteRef, Image
from docctl.content.walk import Changes, changed, inlines_of, rows_changed
from docctl.render.references import in_words

__all__ = ["Comparison", "compared"]

_NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})

#: In so many blocks at the end the mark of the last note is looked for, before all are.
_END = 100


@dataclass(frozen=True)
class Comparison:
    """Two texts as readers see them, and what differs."""

    older: Document
    newer: Document
    images: Mapping[str, bytes]
    """Picture files by the names that both texts use."""

    @cached_property
    def marked(self) -> Document:
        """The marked tree: see `docctl.content.differing`."""
        return marked(self.older, self.newer, read=_read)

    @cached_property
    def staged(self) -> Document:
        """The marked tree as writers want it."""
        return staged(self.marked, self.newer)

    @cached_property
    def differences(self) -> tuple[ChangedPlace, ...]:
        """The places that differ."""
        return differences(self.marked, self.newer)


def compared(
    older: Document,
    newer: Document,
    older_images: Mapping[str, bytes] = _NO_IMAGES,
    newer_images: Mapping[str, bytes] = _NO_IMAGES,
) -> Comparison:
    """Return the comparison of two texts: without titles, numbered, their references resolved.

    A picture whose file became another one is a change too.
    """
    other = {name for name, data in older_images.items() if newer_images.get(name, data) != data}

    def kept(image: Image) -> Image:
        return Image(_was(image.source), image.alt, image.title, image.width)

    if other:
        older = changed(older, {Image: lambda one: kept(one) if one.source in other else one})
    images = {**older_images, **newer_images, **{_was(name): older_images[name] for name in other}}
    return Comparison(_shown(older), _shown(newer), images)


def _was(name: str) -> str:
    """Return the name of a picture file that became another one under the same name."""
    return f"former {name}"


def _shown(document: Document) -> Document:
    """Return a text with the notes that nothing leads to at its end: as parsed they come last."""
    if not document.footnotes or _leads(document, document.footnotes[-1].id):
        return document
    marks = inlines_of(Document(document.blocks), FootnoteRef)
    return unmarked_shown(document, {mark.id for mark in marks})


def _leads(document: Document, name: str) -> bool:
    """Tell whether a mark near the end of the text leads to a note, as to the last one it does."""
    end = Document(document.blocks[-_END:])
    return any(mark.id == name for mark in inlines_of(end, FootnoteRef))


def _read(content: Blocks) -> Blocks:
    """Return blocks as readers see them: references as words, lines without breaks."""
    return changed(content, _READ)


_READ: Changes = rows_changed(lambda row: in_one_line(in_words(row)))
