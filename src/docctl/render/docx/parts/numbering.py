"""Lists: what counts them, and a fresh count for every list of the text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docctl.render.docx.parts.styles import HEADING_TAB, HEADINGS_NUM, HeadingNumbers
from docctl.render.docx.xml import attribute, declared

__all__ = [
    "BULLETS",
    "CONTINUED",
    "DEEPEST",
    "SIGNS",
    "STEP",
    "TASKS",
    "UNCOUNTED",
    "Lists",
    "numbering",
]

#: How far each list level is indented, in twips.
STEP = 425

#: How many list levels a word processor counts.
DEEPEST = 9

#: The list whose items show no mark: what goes on inside an item. Its levels have no text at all,
#: by which other programs tell such a paragraph from an item of its own.
CONTINUED = 3

#: The lists that need no count of their own: bullets, and items that begin with a box to tick.
BULLETS = 2
TASKS = 4
#: Takes a heading out of the counting that its style brings along.
UNCOUNTED = 5
_ORDERED_ABSTRACT = 6
_FIRST_OWN = 6


class Sign(NamedTuple):
    """What stands before an item of a list: a character, and the font that has it."""

    sign: str
    font: str = ""


#: The signs by level; the fourth level begins anew.
SIGNS = Sign("•"), Sign("–"), Sign("▪")
_INVISIBLE = "\u200b"


@dataclass(slots=True)
class Lists:
    """The numbered lists met so far: for each the level it stands on and where it begins."""

    _starts: list[tuple[int, int]] = field(default_factory=list)

    def new(self, level: int, start: int) -> int:
        """Return the number of a new list that counts from *start* on this level, from 0."""
        self._starts.append((level, start))
        return _FIRST_OWN + len(self._starts) - 1

    def xml(self) -> str:
        """Return the lists; each begins anew, or a word processor would go on counting."""
        return "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_ORDERED_ABSTRACT}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            "</w:num>"
            for number, (level, start) in enumerate(self._starts, _FIRST_OWN)
        )


def numbering(
    lists: Lists,
    headings: HeadingNumbers,
    *,
    more: tuple[str, str] = ("", ""),
    signs: Sequence[Sign] = SIGNS,
) -> bytes:
    """Return the numbering part; *more* are other patterns, and the lists that follow them.

    *signs* are those of bullets by level, at least one.
    """
    patterns = (
        (HEADINGS_NUM, [_heading_level(level, headings) for level in range(DEEPEST)]),
        (BULLETS, [_bullet(n, signs[n % len(signs)]) for n in range(DEEPEST)]),
        (CONTINUED, [_silent_level(n) for n in range(DEEPEST)]),
        (TASKS, [_level(n, "bullet", _INVISIBLE, "nothing") for n in range(DEEPEST)]),
        (UNCOUNTED, [_level(n, "none", "", "nothing") for n in range(DEEPEST)]),
        (_ORDERED_ABSTRACT, [_level(n, "decimal", f"%{n + 1}.") for n in range(DEEPEST)]),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:nsid w:val="{0x5A3C1000 + key:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
        for key, levels in patterns
    )
    shared = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
        for key in (HEADINGS_NUM, BULLETS, CONTINUED, TASKS, UNCOUNTED)
    )
    return declared("w:numbering", abstract + more[0] + shared + lists.xml() + more[1], "w")


def _level(level: int, form: str, sign: str, suffix: str = "tab") -> str:
    left = STEP * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
    )


def _bullet(level: int, sign: Sign) -> str:
    font = attribute(sign.font)
    look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:hint="default"/></w:rPr>'
    xml = _level(level, "bullet", attribute(sign.sign))
    return xml.replace("</w:pPr>", f"</w:pPr>{look}") if font else xml


def _silent_level(level: int) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="none"/>'
        '<w:suff w:val="nothing"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
    )


def _heading_level(level: int, headings: HeadingNumbers) -> str:
    heading = level + headings.first
    tab = HEADING_TAB.get(heading, max(HEADING_TAB.values()))
    known = headings.form == "counted" and heading in HEADING_TAB
    style = f'<w:pStyle w:val="Heading{heading}"/>' if known else ""
    sign = ".".join(f"%{n}" for n in range(1, level + 2))
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{style}'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{tab}" w:hanging="{tab}"/></w:pPr></w:lvl>'
    )
