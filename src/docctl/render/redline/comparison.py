"""Two texts made ready to be compared, and their difference in each of its forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from docctl.content.differing import Difference, differences, marked, staged, unwrapped
from docctl.content.structure.footnotes import unmarked_shown
from docctl.content.tree import Document, Image
from docctl.content.walk import changed
from docctl.render.references import TOLD

__all__ = ["Comparison", "compared"]

_NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})


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
        return marked(self.older, self.newer)

    @cached_property
    def staged(self) -> Document:
        """The marked tree as writers want it."""
        return staged(self.marked)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """The places that differ."""
        return differences(self.marked)


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
    return Comparison(_told(older), _told(newer), images)


def _was(name: str) -> str:
    """Return the name of a picture file that became another one under the same name."""
    return f"former {name}"


def _told(document: Document) -> Document:
    return unwrapped(changed(unmarked_shown(document), TOLD))
