"""The written pages, and the blocks on them that a reader would type.

A block that names a file (```` ```markdown pressure-test.md ````) is saved under that name. Blocks
of `console`, `sh` and `python` are carried out; blocks of any other language are only shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: Every page that people read, the README first.
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)

TUTORIAL = ROOT / "docs" / "tutorial.md"

_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<language>[\w-]*)[ ]*(?P<name>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file it is saved as (if any), and where it stands."""

    language: str
    name: str
    text: str
    place: str


def blocks(page: Path) -> Iterator[Block]:
    """Yield the blocks of a page in their order."""
    text = page.read_text(encoding="utf-8")
    for match in _BLOCK.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        place = f"{page.relative_to(ROOT)}:{line}"
        yield Block(match["language"], match["name"].strip(), match["text"], place)


def prose(page: Path) -> str:
    """Return a page without its blocks and code spans."""
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    return re.sub(r"`[^`\n]*`", "", text)


def links(page: Path) -> tuple[str, ...]:
    """Return the addresses that a page links to."""
    return tuple(_LINK.findall(prose(page)))


def anchors(page: Path) -> frozenset[str]:
    """Return the places that a link can name on a page, as a forge makes them from headings."""
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    return frozenset(_slug(title) for title in _HEADING.findall(text))


def _slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
