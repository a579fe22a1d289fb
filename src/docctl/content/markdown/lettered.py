"""Lists that Markdown does not know: lines of a paragraph that begin with `a)`, `(i)`, `A.` or `•`.

They are lists where the first line of the paragraph is such an item, or where the mark of a line
follows that of an earlier one: `b.` after `a.`, `1.2` after `1.1`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase, ascii_uppercase
from types import MappingProxyType

__all__ = ["listed", "unlisted"]

#: Bullets, dashes, boxes and ticks, and what bullets of Word become elsewhere.
_BULLETS = (
    "\u00b7\u2013\u2022\u2023\u25a0\u25a1\u25aa\u25ba\u25cb\u25cf\u25e6\u2610-\u2612\u2713\u2714"
    "\u2717\u2718\u27a2\uf0a7\uf0b7"
)
#: A mark at the beginning of a line: a bullet, or a letter or number with a sign beside it.
_MARK = re.compile(
    rf"[ \t]*(?:(?P<bullet>[{_BULLETS}])|(?P<row>\(?(?:[0-9]{{1,3}}\.)*)"
    r"(?P<at>[0-9]{1,3}|[A-Za-z]{1,5})(?P<close>[.)]?))[ \t]"
)
#: What a paragraph without any such line does not hold.
_LIKELY = re.compile(rf"\n[ \t]*(?:[{_BULLETS}]|\(?\w{{1,5}}[.)][ \t0-9])")
_SIGN = re.compile(rf"[{_BULLETS}.()]")
_HARD = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_ROMAN = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"),
    *("xv", "xvi", "xvii", "xviii", "xix", "xx"),
)
#: Letter or number → what may follow it.
_NEXT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        one: frozenset(row[row.index(one) + 1] for row in rows if one in row[:-1])
        for rows in (
            (tuple(ascii_lowercase), _ROMAN),
            (tuple(ascii_uppercase), tuple(map(str.upper, _ROMAN))),
        )
        for one in {*rows[0], *rows[1]}
    }
    | {str(number): frozenset({str(number + 1)}) for number in range(1, 999)}
)


def listed(content: str) -> str:
    """Return a paragraph's text with each line that is an item of a list kept on its own."""
    if "\n" not in content or not _LIKELY.search(content):
        return content
    lines = content.split("\n")
    for at in _items(lines):
        lines[at - 1] = lines[at - 1].removesuffix("\\").rstrip(" \t") + "  "
    return "\n".join(lines)


def unlisted(content: str) -> str:
    """Return a paragraph's text with those marks hidden that would break a line which goes on."""
    if "\n" not in content or not _LIKELY.search(content):
        return content
    lines = content.split("\n")
    for at in _items(lines):
        if not _HARD.search(lines[at - 1]):
            lines[at] = _SIGN.sub(_hidden, lines[at], count=1)
    return "\n".join(lines)


def _hidden(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}" if sign[0].isascii() else f"&#{ord(sign[0])};"


def _items(lines: Sequence[str]) -> Iterator[int]:
    """Yield which lines but the first are items."""
    marks = [_MARK.match(line) for line in lines]
    rows = set(_in_rows(marks))
    if rows or (marks[0] and _is_item(marks[0])):
        for at, mark in enumerate(marks[1:], 1):
            if mark and (at in rows or _is_item(mark)):
                yield at


def _in_rows(marks: Sequence[re.Match[str] | None]) -> Iterator[int]:
    """Yield the lines whose marks follow each other."""
    last: dict[tuple[str, str], tuple[int, str]] = {}
    for line, mark in enumerate(marks):
        if mark is None or not (mark["row"] or mark["close"]):
            continue
        kind = (mark["row"], mark["close"])
        if kind in last and mark["at"] in _NEXT.get(last[kind][1], ()):
            yield from (last[kind][0], line)
        last[kind] = (line, mark["at"])


def _is_item(mark: re.Match[str]) -> bool:
    """Tell whether a mark makes an item without others."""
    if mark["bullet"]:
        return True
    row, at, close = mark["row"], mark["at"], mark["close"]
    if row == "(":
        return close == ")"
    if row or at.isdigit():
        return False
    is_roman = at in _ROMAN
    return (close == ")" and (len(at) == 1 or is_roman)) or (
        close == "." and len(at) == 1 and at.isupper()
    )
