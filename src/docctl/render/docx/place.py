"""Where on the page a block stands: indented how far, in which list, in which box."""

from types import MappingProxyType
from typing import NamedTuple, Self

from docctl.content.tree import BlockQuote, BulletList, CodeBlock, OrderedList
from docctl.render.docx.parts.numbering import CONTINUED, DEEPEST, STEP
from docctl.render.docx.parts.styles import ADMONITIONS, LINE

__all__ = ["DEEPEST", "MERGING", "STEP", "TEXT", "Box", "Place", "look_like_one"]

#: The style of running text.
TEXT = "BodyText"

_QUOTE_INDENT = 284
_ADMONITION_INDENT = 227
_NARROWEST = 2400
_BAR_SPACE = 8
_BAR_SPACE_MOST = 31
_TWIPS_PER_POINT = 20
#: The styles of items, and that of the text which goes on inside an item.
_LISTED = frozenset({"Compact", "ListParagraph"})
_GOES_ON = "ListParagraph"

_ALONE = frozenset({BlockQuote, CodeBlock})
_LISTS = frozenset({BulletList, OrderedList})
#: What may look like one with what stands before it.
MERGING = _ALONE | _LISTS


def look_like_one(kind: type, before: type | None) -> bool:
    """Tell whether two kinds of blocks in a row would look like one block."""
    return (kind is before and kind in _ALONE) or (kind in _LISTS and before in _LISTS)


class Box(NamedTuple):
    """The bar and background of a quotation or call-out; `left` and `right` are its margins."""

    style: str
    bar: int
    colour: str
    fill: str
    left: int
    right: int

    def frame(self, edge: int) -> str:
        """Return the box for a paragraph that begins at *edge*; the bar stays where it was."""
        space = _BAR_SPACE + (edge - self.left) // _TWIPS_PER_POINT
        return (
            f'<w:pBdr><w:left w:val="single" w:sz="{self.bar}"'
            f' w:space="{min(space, _BAR_SPACE_MOST)}" w:color="{self.colour}"/></w:pBdr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{self.fill}"/>'
            '<w:spacing w:after="0"/>'
        )


_ADMONITIONS = MappingProxyType(
    {
        name.removeprefix("Admonition ").lower(): Box(key, size, colour, fill, 0, 0)
        for key, name, size, colour, fill in ADMONITIONS
    }
)


class Place:
    """A place for blocks. Lengths are in twips, `left` is measured from the text margin.

    `opening` begins a plain paragraph; `width` is what is left of the line.
    """

    __slots__ = ("box", "depth", "left", "opening", "page", "style", "width")

    def __init__(
        self, page: int, style: str = TEXT, *, left: int = 0, depth: int = 0, box: Box | None = None
    ) -> None:
        self.page = page
        self.style = style
        self.left = min(left, page - _NARROWEST)
        self.depth = depth
        self.box = box
        self.width = page - self.left - (box.right if box else 0)
        self.opening = self.paragraph(_GOES_ON if style in _LISTED else style)

    def item(self, style: str) -> Self:
        """Return the place inside the items of a list."""
        left = self.left + STEP
        return type(self)(self.page, style, left=left, depth=self.depth + 1, box=self.box)

    def quote(self) -> Self:
        """Return the place inside a quotation."""
        left = self.left + _QUOTE_INDENT
        return self._boxed(Box("Quote", 12, LINE, "auto", left, _QUOTE_INDENT))

    def admonition(self, kind: str) -> Self:
        """Return the place inside a call-out of this kind."""
        left = self.left + _ADMONITION_INDENT
        return self._boxed(_ADMONITIONS[kind]._replace(left=left, right=_ADMONITION_INDENT // 2))

    def definition(self) -> Self:
        """Return the place for what a term means."""
        left = self.left + STEP
        return type(self)(self.page, "Definition", left=left, depth=self.depth, box=self.box)

    def item_opening(self, number: int | str) -> str:
        """Return the beginning of an item of the list *number*."""
        return self.paragraph(self.style, number=self._number(number), hanging=STEP)

    def paragraph(self, style: str, *, keep: str = "", number: str = "", hanging: int = 0) -> str:
        """Return the beginning of a paragraph of *style* in this place."""
        framed = self.box and style != self.box.style
        frame = self.box.frame(self.left - hanging) if self.box and framed else ""
        within = self._number(CONTINUED) if self.depth else ""
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{number or within}{frame}'
            f"{self._indent(number, hanging)}</w:pPr>"
        )

    def _number(self, number: int | str) -> str:
        level = min(self.depth, DEEPEST) - 1
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    def _indent(self, number: str, hanging: int) -> str:
        if self.left == (STEP * self.depth if number else 0) and not self.box:
            return ""
        right = f' w:right="{self.box.right}"' if self.box else ""
        hung = f' w:hanging="{hanging}"' if hanging else ' w:firstLine="0"'
        return f'<w:ind w:left="{self.left}"{right}{hung}/>'

    def _boxed(self, box: Box) -> Self:
        return type(self)(self.page, box.style, left=box.left, depth=self.depth, box=box)
