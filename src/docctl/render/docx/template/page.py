"""The pages of a template: their size and margins, and what stands at the head and foot of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from docctl.errors import UnreadableError
from docctl.render.docx.around.frame import LANDSCAPE, PORTRAIT, Margins, Page
from docctl.render.docx.template.wordml import own, w
from docctl.render.docx.xml import NAMESPACES

__all__ = ["PAGES", "Sheet", "sheet"]

#: For which pages of a section a head or foot is.
PAGES = ("default", "first", "even")

_ID = f"{{{NAMESPACES['r']}}}id"
#: The smallest and largest sides of a page that a word processor knows, in twips.
_SHORTEST, _LONGEST = 2_000, 31_680
#: A shorter line has no room for tables.
_NARROWEST = 4_800
_SIZE = (11_906, 16_838)
_MARGIN, _RUNNING = 1_417, 708


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pages of a template's last section."""

    page: Page
    references: Mapping[tuple[str, str], str]
    """The relationships of its heads and feet, by kind and pages: `("header", "first")`."""

    title_page: bool
    """Whether its first page is unlike the others."""

    def lying(self, orientation: str) -> Page:
        """Return the page in this orientation; a template that lies across has no other."""
        page = self.page
        if orientation == PORTRAIT or page.width >= page.height:
            return page
        return Page(LANDSCAPE, page.height, page.width, page.margins)


def sheet(main: etree._Element, source: str) -> Sheet:
    """Return the pages of the last section; what it does not say goes on from those before it.

    Raises:
        UnreadableError: no text would fit on such a page.
    """
    sections = list(main.iter(w("sectPr")))
    references: dict[tuple[str, str], str] = {}
    for section in sections:
        references |= dict(_references(section))
    last = sections[-1] if sections else etree.Element(w("sectPr"))
    page = _page(last)
    sides = (page.width, page.height)
    if not all(_SHORTEST <= side <= _LONGEST for side in sides) or page.text < _NARROWEST:
        raise UnreadableError(
            source,
            f"its pages leave no room for a text: {page.width} by {page.height} twips",
            hint="set the paper and the margins of its last section",
        )
    return Sheet(page, references, _is_on(last.find(w("titlePg"))))


def _references(section: etree._Element) -> Iterator[tuple[tuple[str, str], str]]:
    for kind in ("header", "footer"):
        for node in section.findall(w(f"{kind}Reference")):
            yield (kind, own(node, "type") or "default"), node.get(_ID) or ""


def _page(section: etree._Element) -> Page:
    size = section.find(w("pgSz"))
    width, height = (
        (_number(size, "w", _SIZE[0]), _number(size, "h", _SIZE[1])) if size is not None else _SIZE
    )
    margin = section.find(w("pgMar"))
    found = etree.Element(w("pgMar")) if margin is None else margin
    top, right, bottom, left = (
        _number(found, side, _MARGIN) for side in ("top", "right", "bottom", "left")
    )
    head, foot = (_number(found, edge, _RUNNING) for edge in ("header", "footer"))
    margins = Margins(top, right, bottom, left, head, foot, _number(found, "gutter", 0))
    return Page(LANDSCAPE if width > height else PORTRAIT, width, height, margins)


def _number(node: etree._Element, name: str, otherwise: int) -> int:
    try:
        value = round(float(own(node, name)))
    except (OverflowError, ValueError):  # absent, a measure with a unit, or nonsense
        return otherwise
    return value if abs(value) <= _LONGEST else otherwise


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and own(node, "val") not in {"0", "false", "off"}
