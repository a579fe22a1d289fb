"""An organisation's own DOCX file as what copies are written on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

from docctl.render.cover import Cover
from docctl.render.docx.around.frame import LANDSCAPE, PORTRAIT, Page, footer, header
from docctl.render.docx.around.lying import Stretch
from docctl.render.docx.parts.numbering import Lists, Sign, numbering
from docctl.render.docx.parts.package import Part, Relationships
from docctl.render.docx.parts.static import settings
from docctl.render.docx.parts.styles import HeadingNumbers
from docctl.render.docx.stationery import Frame
from docctl.render.docx.template.completing import completed
from docctl.render.docx.template.frames import FIRST_SHAPE, TheirFrame, filled, missing
from docctl.render.docx.template.numbering import TheirLists
from docctl.render.docx.template.page import PAGES, Sheet
from docctl.render.docx.template.styles import Styles

__all__ = ["Template"]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
#: What our own head and foot show, of which nothing is missing then.
_OURS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "header": frozenset({"organization", "number", "title", "revision", "mark"}),
        "footer": frozenset(
            {"status", "effective_on", "classification", "caution", "digest", "page"}
        ),
    }
)
_DRAWN = MappingProxyType({"header": header, "footer": footer})
#: The places of heads and feet, each with a number of its own.
_PLACES = MappingProxyType(
    {
        (kind, pages, lies): at
        for at, (kind, pages, lies) in enumerate(product(_OURS, PAGES, (PORTRAIT, LANDSCAPE)))
    }
)


@dataclass(frozen=True, slots=True)
class Template:
    """A template, read once; every copy on it is written from this value."""

    digest: str
    """The SHA-256 of the file."""

    look: Styles
    lists: TheirLists
    signs: tuple[Sign, ...]
    """Its bullets by level."""

    theme: bytes
    fonts: bytes
    sheet: Sheet
    frames_kept: Mapping[tuple[str, str], TheirFrame] = field(compare=False)
    """Its heads and feet by kind and pages."""

    media: tuple[Part, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Its settings that are taken over, by their names."""

    @property
    def shade(self) -> str:
        """The background of labels."""
        return self.look.shade

    @property
    def plain_heads(self) -> bool:
        """Whether heads of tables are drawn by docctl, and not by the style of tables."""
        return not self.look.table_heads

    @property
    def breadth(self) -> int:
        """How wide the letters of its tables are, in percent of ours."""
        return self.look.breadth

    @property
    def title_page(self) -> bool:
        """Whether the first page has a head and foot of its own."""
        return self.sheet.title_page

    @property
    def asks_chapter(self) -> bool:
        """Whether its heads or feet show of which chapter pages are."""
        return any("chapter" in one.asks for one in self.frames_kept.values())

    @property
    def facts(self) -> Mapping[str, str]:
        """What copies say of it to programs."""
        return {"TemplateSHA256": self.digest}

    def page(self, orientation: str) -> Page:
        """Return the page in this orientation."""
        return self.sheet.lying(orientation)

    def styles(self, language: str, numbers: HeadingNumbers) -> bytes:
        """Return the styles part for a text in *language* whose headings are numbered so."""
        return completed(self.look, language, numbers)

    def numbering(self, lists: Lists, numbers: HeadingNumbers) -> bytes:
        """Return the numbering part, with the lists of a text."""
        return numbering(lists, numbers, more=self.lists, signs=self.signs)

    def settings(self, language: str, *, read_only: bool) -> bytes:
        """Return the settings part."""
        return settings(language, self.options, read_only=read_only)

    def frames(self, cover: Cover, stretch: Stretch) -> Iterator[Frame]:
        """Yield the heads and feet of a section, with the words of a copy."""
        for pages in PAGES:
            if pages == "even" and "evenAndOddHeaders" not in self.options:
                continue
            if pages == "first" and not (self.title_page and stretch.lies == PORTRAIT):
                continue
            yield from self._frames(cover, stretch, pages)

    def _kept(self, kind: str, pages: str) -> TheirFrame | None:
        """Return a head or foot; where first or even pages have none, that of all others."""
        return self.frames_kept.get((kind, pages)) or self.frames_kept.get((kind, "default"))

    def _frames(self, cover: Cover, stretch: Stretch, pages: str) -> Iterator[Frame]:
        orientation, chapter = stretch
        theirs = {kind: self._kept(kind, pages) for kind in _OURS}
        asked = (one.asks if one else _OURS[kind] for kind, one in theirs.items())
        shown = frozenset[str]().union(*asked)
        for kind, one in theirs.items():
            place = _PLACES[kind, pages, orientation] + chapter.at * len(_PLACES)
            own = f"_{chapter.at}" if one and "chapter" in one.asks and chapter.at else ""
            if one:
                xml = one.upright if orientation == PORTRAIT else one.across
                more, marked = missing(cover, kind, shown), kind == "header"
                content = filled(xml, cover, chapter, more, place=place, marked=marked)
            else:
                content = _DRAWN[kind](cover, self.page(orientation), FIRST_SHAPE + place)
            name = f"word/{kind}_{pages}_{orientation}{own}.xml"
            links = one.links if one else Relationships()
            yield Frame(kind, pages, Part(name, content, f"{_WORD}{kind}+xml"), links)
