"""A pencil: it writes blocks once for many packages, and leaves open what each of them counts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docctl.render.docx.pens.pen import Arguments, Ink, Pen

__all__ = ["Draft", "Pencil"]

#: What stands around the number of a gap: no text can hold it, see `render.docx.xml`.
_EDGE = "\0"


class Draft(NamedTuple):
    """What a pencil wrote."""

    xml: tuple[str, ...]
    order: tuple[int, ...]
    """Which gap stands between two pieces of it."""

    gaps: tuple[tuple[Callable[..., str], tuple[Any, ...]], ...]
    """What fills the gaps, in the order in which it was asked for."""

    def inked(self, ink: Ink) -> str:
        """Return what ink itself would have written."""
        found = [write(ink, *args) for write, args in self.gaps]
        pieces = [""] * (len(self.xml) + len(self.order))
        pieces[::2] = self.xml
        pieces[1::2] = [found[at] for at in self.order]
        return "".join(pieces)


@dataclass(slots=True)
class Pencil(Pen):
    """What a draft is written with."""

    gaps: list[tuple[Callable[..., str], tuple[Any, ...]]] = field(default_factory=list)

    def later(self, write: Callable[[Ink, *Arguments], str], *args: *Arguments) -> str:
        """Leave a gap for what *write* returns; the same gap may stand in several places."""
        self.gaps.append((write, args))
        return f"{_EDGE}{len(self.gaps) - 1}{_EDGE}"

    def draft(self, xml: str) -> Draft:
        """Return the draft of what this pencil wrote since the last one."""
        pieces = xml.split(_EDGE)
        draft = Draft(tuple(pieces[::2]), tuple(map(int, pieces[1::2])), tuple(self.gaps))
        self.gaps.clear()
        return draft
