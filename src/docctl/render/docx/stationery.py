"""What a text is written on: pages with their heads and feet, styles, fonts, settings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from docctl.render.cover import Cover
from docctl.render.docx.around.frame import SHAPES, Page, footer, header, page, styleref
from docctl.render.docx.around.lying import Stretch
from docctl.render.docx.parts.numbering import Lists, numbering
from docctl.render.docx.parts.package import Part, Relationships
from docctl.render.docx.parts.static import FONTS, THEME, settings
from docctl.render.docx.parts.styles import SHADE, HeadingNumbers, styles

__all__ = ["Frame", "Plain", "Stationery"]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class Frame(NamedTuple):
    """A head or foot: `header` or `footer`, for which pages, its part, and what that points to."""

    kind: str
    pages: str
    part: Part
    links: Relationships


class Stationery(Protocol):
    """What a text is written on: an organisation's template, or docctl's own look."""

    @property
    def shade(self) -> str:
        """The background of labels, as six hexadecimal digits."""

    @property
    def plain_heads(self) -> bool:
        """Whether heads of tables need a background, because the style of tables has none."""

    @property
    def breadth(self) -> int:
        """How wide letters in tables are, in percent of our own."""

    @property
    def title_page(self) -> bool:
        """Whether the first page has a head and foot of its own."""

    @property
    def asks_chapter(self) -> bool:
        """Whether heads or feet say which chapter pages are of, whatever the text is."""

    @property
    def theme(self) -> bytes:
        """The theme part."""

    @property
    def fonts(self) -> bytes:
        """The part that lists fonts."""

    @property
    def media(self) -> tuple[Part, ...]:
        """The pictures in heads and feet."""

    @property
    def facts(self) -> Mapping[str, str]:
        """What copies say of it to programs."""

    def page(self, orientation: str) -> Page:
        """Return the page in this orientation."""

    def styles(self, language: str, numbers: HeadingNumbers) -> bytes:
        """Return the styles part for a text in *language* whose headings are numbered so."""

    def numbering(self, lists: Lists, numbers: HeadingNumbers) -> bytes:
        """Return the numbering part, with the lists of a text."""

    def settings(self, language: str, *, read_only: bool) -> bytes:
        """Return the settings part."""

    def frames(self, cover: Cover, stretch: Stretch) -> Iterator[Frame]:
        """Yield the heads and feet of a section; those for `first` pages are of the first one.

        Frames with the same name of their part are the same.
        """


@dataclass(frozen=True, slots=True)
class Plain:
    """docctl's own look, on `A4` or `Letter`."""

    paper: str
    shade: str = SHADE
    plain_heads: bool = True
    breadth: int = 100
    title_page: bool = False
    asks_chapter: bool = False
    theme: bytes = THEME
    fonts: bytes = FONTS
    media: tuple[Part, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def page(self, orientation: str) -> Page:
        """Return the page in this orientation."""
        return page(self.paper, orientation)

    def styles(self, language: str, numbers: HeadingNumbers) -> bytes:
        """Return the styles part for a text in *language* whose headings are numbered so."""
        return styles(language, numbers)

    def numbering(self, lists: Lists, numbers: HeadingNumbers) -> bytes:
        """Return the numbering part, with the lists of a text."""
        return numbering(lists, numbers)

    def settings(self, language: str, *, read_only: bool) -> bytes:
        """Return the settings part."""
        return settings(language, read_only=read_only)

    def frames(self, cover: Cover, stretch: Stretch) -> Iterator[Frame]:
        """Yield the heads and feet of a section."""
        lies, chapter = stretch
        sheet = self.page(lies)
        own = f"_{chapter.at}" if chapter.alone else ""
        shown = styleref(chapter.shown) if chapter.alone else ""
        shape = SHAPES[lies] + len(SHAPES) * chapter.at
        drawn = {
            f"header_{lies}{own}": header(cover, sheet, shape, chapter=shown),
            f"footer_{lies}": footer(cover, sheet),
        }
        for name, content in drawn.items():
            kind = name.partition("_")[0]
            part = Part(f"word/{name}.xml", content, f"{_WORD}{kind}+xml")
            yield Frame(kind, "default", part, Relationships())
