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
_QUESTION = re.compile(
    r"^\| \d+ \|[^|]*\| `(?P<command>docctl [^`]*)` \| `(?P<said>[^`]*)` \|$", re.MULTILINE
)
_LATER = re.compile(r"^<!-- (\d+) days? later -->$", re.MULTILINE)
_BEFORE = re.compile(r"examples\s+go\s+on\s+from\s+\[[^\]]*\]\(([\w./-]+\.md)\)")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file it is saved as (if any), and where it stands.

    *days* have passed since the beginning of the page, by comments such as `<!-- 1 day later -->`.
    """

    language: str
    name: str
    text: str
    place: str
    days: int = 0


def blocks(page: Path) -> Iterator[Block]:
    """Yield the blocks of a page in their order."""
    text = page.read_text(encoding="utf-8")
    for match in _BLOCK.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        place = f"{page.relative_to(ROOT)}:{line}"
        days = sum(int(one[1]) for one in _LATER.finditer(text, 0, match.start()))
        yield Block(match["language"], match["name"].strip(), match["text"], place, days)


def before(page: Path) -> Path:
    """Return the page whose reader goes on with this one, as it says; else the tutorial."""
    found = _BEFORE.search(page.read_text(encoding="utf-8"))
    return (page.parent / found[1]).resolve() if found else TUTORIAL


def asked(page: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the commands that stand in a table beside questions, and a pattern of the answer.

    `…` stands for anything in it, however many spaces stand between words.
    """
    for match in _QUESTION.finditer(page.read_text(encoding="utf-8")):
        parts = (r"\s+".join(map(re.escape, part.split())) for part in match["said"].split("…"))
        yield match["command"], re.compile(".*?".join(parts), re.DOTALL)


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
