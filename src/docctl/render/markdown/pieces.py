"""A flat row of pieces, and how they become one text that is read back as the same pieces.

Every pair of emphasis marks gets characters that cannot be mistaken for another pair's. A
neighbour that would keep a mark from opening or closing is written as a numeric entity, and so is a
space that would be stripped at the edge of a line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from docctl.render.markdown.escape import Edges, character_class, coded, escaped

__all__ = ["HARD_BREAK", "NOTHING", "Address", "Mark", "Piece", "Raw", "Words", "joined"]

#: A line break inside a paragraph; where a backslash cannot do it, `<br>` takes its place.
HARD_BREAK = "\\\n"

#: A comment is read as nothing; it keeps apart what would become one.
NOTHING = "<!-- -->"

#: Behind these an address is seen as such.
_BEFORE_ADDRESS = frozenset(" \t\n\"'(")


@dataclass(frozen=True, slots=True)
class Raw:
    """Markup that is written as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """A bare address of the web; nothing that could belong to it may follow."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Literal text, never empty; `always` and `linkable` as in `Edges`."""

    text: str
    always: str = ""
    linkable: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """The opening or the closing of an emphasis, with the characters that may write it."""

    choices: tuple[str, ...]
    opens: bool

    @property
    def text(self) -> str:
        """Return one of the choices; they do not differ in how they act on their neighbours."""
        return self.choices[0]


Piece: TypeAlias = Raw | Address | Words | Mark

#: What stands for a break where a new line would end more than a line.
_AT_EDGE: Mapping[str, Raw] = MappingProxyType({"\n": Raw(coded(" ")), HARD_BREAK: Raw("<br>")})


def joined(pieces: Sequence[Piece], start: str) -> str:
    """Return the text of all pieces; *start* is what stands before them, empty for a new line."""
    said = [one for one in pieces if one.text or not isinstance(one, Words)]
    row = tuple(_settled(said))
    marks = _marks(row)
    hidden = _hidden_by_marks(row, marks) | _hidden_at_edges(row)
    out: list[str] = []
    before = start
    for at, piece in enumerate(row):
        text = marks.get(at) or piece.text
        if isinstance(piece, Words):
            edges = Edges(before, _after(row, at, marks), piece.always, piece.linkable)
            sides = [side for side in (0, -1) if (at, side) in hidden]
            text = escaped(text, edges, sides)
        out.append(text)
        before = "" if text.endswith("\n") else text
    return "".join(out)


def _after(row: Sequence[Piece], at: int, marks: Mapping[int, str]) -> str:
    following = (marks.get(at + 1) or row[at + 1].text)[0] if at + 1 < len(row) else ""
    return "" if following == "\n" else following


def _settled(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces with those changed that their neighbours do not allow."""
    around = (None, *pieces, None)
    for before, piece, after in zip(around, pieces, around[2:], strict=False):
        if piece.text in _AT_EDGE and _at_edge(before, after):
            yield _AT_EDGE[piece.text]
        else:
            if _touches(before, piece):
                yield Raw(NOTHING)
            yield piece


def _at_edge(before: Piece | None, after: Piece | None) -> bool:
    if before is None or after is None or before.text in _AT_EDGE:
        return True
    return (isinstance(before, Mark) and before.opens) or (
        isinstance(after, Mark) and not after.opens
    )


def _touches(before: Piece | None, piece: Piece) -> bool:
    """Tell whether the two would be read as one code span or one address."""
    if before is None:
        return False
    if isinstance(before, Address):
        return not piece.text[0].isspace()
    if isinstance(piece, Address):
        return before.text[-1] not in _BEFORE_ADDRESS
    return before.text[0] == piece.text[0] == "`" and isinstance(before, Raw)


def _marks(row: Sequence[Piece]) -> dict[int, str]:
    """Return the characters of every mark: never those of a mark around it or right before it."""
    found: dict[int, str] = {}
    ends: list[int] = []
    for at, end in sorted(_pairs(row)):
        ends = [outer for outer in ends if outer > at]
        around = {found[outer][0] for outer in ends}
        touching = found[at - 1][0] if at - 1 in found else ""
        choices = _choices(row, at, end)
        found[at] = min(choices, key=lambda c: (c[0] == touching, c[0] in around))
        found[end] = found[at]
        ends.append(end)
    return found


def _pairs(row: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Yield where each mark opens and closes."""
    opened: list[int] = []
    for at, piece in enumerate(row):
        if isinstance(piece, Mark):
            if piece.opens:
                opened.append(at)
            else:
                yield opened.pop(), at


def _choices(row: Sequence[Piece], at: int, end: int) -> tuple[str, ...]:
    """Return the characters for a pair of marks, those that suit its neighbours first."""
    mark = row[at]
    choices = mark.choices if isinstance(mark, Mark) else ()
    outside = (_class(row, at - 1, -1), _class(row, end + 1, 0))
    return choices[::-1] if choices[0] == "_" and "letter" in outside else choices


def _class(row: Sequence[Piece], at: int, side: int) -> str:
    return character_class(row[at].text[side]) if 0 <= at < len(row) else "space"


def _hidden_by_marks(row: Sequence[Piece], marks: Mapping[int, str]) -> set[tuple[int, int]]:
    """Return the edges of words, as (piece, 0 or -1), that must be hidden for a mark to count."""
    hidden = set()
    for at, piece in enumerate(row):
        if not isinstance(piece, Mark):
            continue
        step, inner, outer = (1, 0, -1) if piece.opens else (-1, -1, 0)
        inside, outside = _class(row, at + step, inner), _class(row, at - step, outer)
        if inside == "space":
            hidden.add((at + step, inner))
        if outside == "letter" and (inside != "letter" or marks[at][0] == "_"):
            hidden.add((at - step, outer))
    return hidden


def _hidden_at_edges(row: Sequence[Piece]) -> set[tuple[int, int]]:
    """Return the edges of words that are spaces at the start or the end of a line."""
    hidden = set()
    for at, piece in enumerate(row):
        if isinstance(piece, Words):
            if piece.text[0].isspace() and (at == 0 or row[at - 1].text.endswith("\n")):
                hidden.add((at, 0))
            if piece.text[-1].isspace() and (at == len(row) - 1 or row[at + 1].text.endswith("\n")):
                hidden.add((at, -1))
    return hidden
