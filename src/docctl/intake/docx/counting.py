"""Lists: the number, or the words, that a word processor sets before a paragraph."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from docctl.intake.digits import whole
from docctl.intake.docx.looks import SIGNS, Looks
from docctl.intake.docx.names import MC, W, value

__all__ = ["Counting"]

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9
#: What says something of an item, unlike a dot: that it is done, or is no longer so.
_SPEAKING = frozenset(
    "\u2610\u2611\u2612\u2713\u2714\u2715\u2716\u2717\u2718\u274c\u274e\u2705\u26d4\U0001f6ab"
)
#: Larger numbers are told as they are.
_MOST = 4_000


@dataclass
class Counting:
    """The lists of a file, counted paragraph by paragraph."""

    numbering: etree._Element | None
    looks: Looks
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        part = self.numbering
        patterns = part.findall(f"{W}abstractNum") if part is not None else []
        self._patterns = {one.get(f"{W}abstractNumId") or "": one for one in patterns}
        lists = part.findall(f"{W}num") if part is not None else []
        self._lists = {one.get(f"{W}numId") or "": one for one in lists}

    def labels(self, root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        """Yield the paragraphs of a part before which something stands, each with that.

        A space stands behind it where there is room between the two: `1.` and `5 bar` are not
        `1.5 bar`.
        Parts are asked for once each. A paragraph without words counts, too, and so it reads.
        """
        for one in root.iter(f"{W}p"):
            if next(one.iterancestors(f"{MC}Fallback"), None) is None and (said := self._of(one)):
                yield one, said

    def _of(self, paragraph: etree._Element) -> str:
        """Return what stands before a paragraph; nothing for a bullet, or where it is in no list.

        Each paragraph is asked for once, in the order of the text.
        """
        number = self.looks.said(paragraph, "numPr/numId")
        found = self._lists.get(number)
        if found is None:
            return ""
        level = whole(self.looks.said(paragraph, "numPr/ilvl")) or 0
        at = level if level < _LEVELS else 0
        key = value(found.find(f"{W}abstractNumId"))
        levels = [self._level(found, key, one) for one in range(_LEVELS)]
        counts = self._count(found, key, at, levels)
        label, own = _label(levels, counts, at), levels[at]
        close = own is not None and value(own.find(f"{W}suff")) == "nothing"
        return label if close or not label else f"{label} "

    def _count(
        self, found: etree._Element, key: str, at: int, levels: list[etree._Element | None]
    ) -> list[int | None]:
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        override = whole(value(found.find(f"{W}lvlOverride[@{W}ilvl='{at}']/{W}startOverride")))
        first = (found.get(f"{W}numId") or "", str(at))
        if override is not None and first not in self._begun:
            counts[at] = override - 1
        self._begun.add(first)
        before = counts[at]
        counts[at] = (before if before is not None else _start(levels[at]) - 1) + 1
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        return counts

    def _level(self, found: etree._Element, key: str, at: int) -> etree._Element | None:
        own = found.find(f"{W}lvlOverride[@{W}ilvl='{at}']/{W}lvl")
        pattern = self._patterns.get(key)
        if own is not None or pattern is None:
            return own
        return pattern.find(f"{W}lvl[@{W}ilvl='{at}']")


def _label(levels: list[etree._Element | None], counts: list[int | None], at: int) -> str:
    level = levels[at]
    if level is None:
        return ""
    words = value(level.find(f"{W}lvlText")).strip()
    form = value(level.find(f"{W}numFmt"))
    if form == "bullet":
        return words if len(words) > 1 or words.isdigit() or words in _SPEAKING else ""
    plain = level.find(f"{W}isLgl") is not None
    looks = level.find(f"{W}rPr")
    if looks is not None and (
        looks.find(f"{W}vanish") is not None or _in_signs(looks.find(f"{W}rFonts"))
    ):
        return "unread"

    def counted(place: re.Match[str]) -> str:
        one = int(place[1]) - 1
        count, own = counts[one], levels[one]
        number = count if count is not None else _start(own)
        kind = value(own.find(f"{W}numFmt")) if own is not None and not plain else "decimal"
        form = _FORMS.get(kind)
        return form(number) if form else f"{kind} {number}"

    return _PLACE.sub(counted, words)


def _in_signs(fonts: etree._Element | None) -> bool:
    named = (fonts.get(f"{W}ascii") or "") if fonts is not None else ""
    return named.lower().startswith(SIGNS)


def _start(level: etree._Element | None) -> int:
    said = whole(value(level.find(f"{W}start"))) if level is not None else None
    return 1 if said is None else said


def _roman(number: int) -> str:
    if not 0 < number < _MOST:
        return str(number)
    parts = []
    for worth, sign in _ROMAN:
        count, number = divmod(number, worth)
        parts.append(sign * count)
    return "".join(parts)


def _letter(number: int) -> str:
    if not 0 < number < _MOST:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "lowerRoman": _roman,
        "upperRoman": lambda number: _roman(number).upper(),
        "lowerLetter": _letter,
        "upperLetter": lambda number: _letter(number).upper(),
        "decimalZero": lambda number: f"{number:02}",
        "none": lambda _: "",
        **dict.fromkeys(("", "decimal", "bullet", "decimalHalfWidth", "custom"), str),
    }
)
