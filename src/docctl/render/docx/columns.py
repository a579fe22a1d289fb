"""How wide the columns of a table are, and in which type it is set."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, Self

__all__ = ["SMALL", "Type", "columns", "for_entries", "longest_word"]

_OURS = 100
#: How wide the letters of a font may be that a machine takes for one which it does not have.
_REPLACED = 118
#: Between letters a line may end behind a hyphen, but not in what ends with digits, such as a
#: number of a document.
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])(?!\S*\d)")


class Type(NamedTuple):
    """What a table is set in: its styles, and in twips what its letters and margins take."""

    text: str
    head: str
    character: int
    bold: int
    padding: int
    margins: str

    def broader(self, percent: int) -> Self:
        """Return the type with letters of another breadth."""
        if percent == _OURS:
            return self
        return self._replace(
            character=self.character * percent // _OURS, bold=self.bold * percent // _OURS
        )


NORMAL = Type("TableText", "TableHeading", 96, 106, 235, "")
#: For tables whose longest words need more than the line.
SMALL = Type(
    "TableSmall",
    "TableSmallHeading",
    76,
    90,
    120,
    '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>',
)
#: Longer words are torn apart; the more of the line the long ones take, the shorter these.
_LONGEST_WORDS = (24, 18, 14)
_CROWDED, _FULL = 75, 96
#: How many letters a cell counts for at least, so that columns to write into get their share.
_SHORT = 12
#: How much of the line may be given away before the long columns get theirs, in percent.
_MODEST = 75
#: How wide a column should be to write into by hand.
_ENTRY = 2200


def columns(
    rows: Sequence[Sequence[str]], width: int, breadth: int = 100
) -> tuple[list[int], Type]:
    """Return widths that add up to *width* (twips), and the type that suits them.

    There is room for the longest words, if small type allows it, then for the longest texts.
    *breadth* is how wide the letters of the font are, in percent of those of ours.
    """
    normal, small = NORMAL.broader(breadth), SMALL.broader(breadth)
    cells = list(zip(*rows, strict=True))
    longest = list(map(longest_word, cells))
    fits = sum(longest) * normal.bold + len(cells) * normal.padding <= width
    setting = normal if fits else small
    blanks = [_ENTRY if for_entries(column) else 0 for column in cells]
    setting = _safe(setting, breadth, longest, blanks, width)
    wishes = [setting.padding + max(map(len, column)) * setting.character for column in cells]
    least = _uncrowded(longest, blanks, setting, width * _CROWDED // 100)
    wanted = [
        max(min(wish, width), *more) for wish, *more in zip(wishes, least, blanks, strict=True)
    ]
    if sum(least) >= width:
        return _shared(least, [0] * len(least), width), setting
    if sum(wanted) <= width:
        return _shared(wanted, [0] * len(wanted), width), setting
    texts = [max(sum(map(len, column)), len(column) * _SHORT) for column in cells]
    return _filled(_modest(least, wanted, width), wanted, texts, width), setting


def _safe(
    setting: Type, breadth: int, longest: Sequence[int], blanks: Sequence[int], width: int
) -> Type:
    """Return the type as it may turn out where the font of a template is replaced.

    A column is as wide as that needs only where the line has room for all of them.
    """
    if not _OURS < breadth < _REPLACED:
        return setting
    wider = setting.broader(_REPLACED * _OURS // breadth)
    room = sum(_least(longest, blanks, wider, _LONGEST_WORDS[-1]))
    return wider if room <= width * _FULL // 100 else setting


def _uncrowded(
    longest: Sequence[int], blanks: Sequence[int], setting: Type, room: int
) -> list[int]:
    """Return the widths that long words need, if there is *room* for them, or shorter ones."""
    needs = (_least(longest, blanks, setting, most) for most in _LONGEST_WORDS)
    least = next(needs)
    return least if sum(least) <= room else next((one for one in needs if sum(one) <= room), least)


def _least(longest: Sequence[int], blanks: Sequence[int], setting: Type, most: int) -> list[int]:
    """Return the widths that words of up to *most* letters need, and room to write into."""
    words = (setting.padding + min(letters, most) * setting.bold for letters in longest)
    return [max(word, blank // 2) for word, blank in zip(words, blanks, strict=True)]


def _modest(least: Sequence[int], wanted: Sequence[int], width: int) -> list[int]:
    """Give modest columns what they want, as long as that leaves room for the long ones."""
    granted = list(least)
    share, room = width // len(least), width * _MODEST // 100
    for column, wish in enumerate(wanted):
        if wish <= share and sum(granted) - least[column] + wish <= room:
            granted[column] = wish
    return granted


def _filled(
    granted: Sequence[int], wanted: Sequence[int], texts: Sequence[int], width: int
) -> list[int]:
    """Share what is left of the line by how much text a column holds, but none above its wish."""
    found = list(granted)
    while sum(found) < width:
        weights = [
            text if given < wish else 0
            for given, wish, text in zip(found, wanted, texts, strict=True)
        ]
        found = list(map(min, _shared(weights, found, width), wanted))
    return found


def _shared(weights: Sequence[int], base: Sequence[int], line: int) -> list[int]:
    """Add to *base* what is left of *line*, shared out by *weights*, to the last twip."""
    rest, whole = line - sum(base), sum(weights)
    edges = [rest * part // whole for part in accumulate(weights, initial=0)]
    shares = (right - left for left, right in pairwise(edges))
    return [width + share for width, share in zip(base, shares, strict=True)]


def for_entries(column: Sequence[str]) -> bool:
    """Tell whether a column is mostly empty: something is to be written into it by hand."""
    return column.count("") * 2 > len(column)


def longest_word(cells: Sequence[str]) -> int:
    """Return how many letters the longest word has that no line may end in, up to a limit.

    In the first cell, mostly a head in bold type, capitals count as broader letters.
    """
    longest = max(map(_broad, cells[0].split()), default=1)
    for cell in cells:
        if len(cell) > longest:
            words = _HYPHEN.sub("- ", cell) if "-" in cell else cell
            longest = max(longest, *map(len, words.split() or [""]))
    return min(longest, _LONGEST_WORDS[0])


def _broad(word: str) -> int:
    return len(word) + (sum(map(str.isupper, word)) * 2 + 4) // 5
