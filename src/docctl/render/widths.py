"""How the columns of a table share the line."""

from collections.abc import Sequence

__all__ = ["shares"]

#: No column counts for fewer letters than this, nor for more.
_LEAST, _MOST = 6, 60
#: A word of more letters may be torn apart.
_LONGEST_WORD = 24


def shares(texts: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Return the share of each column: by its longest cell, and never less than its words need.

    *texts* are the rows; all have the same length, at least 1.
    """
    return tuple(map(_share, zip(*texts, strict=True)))


def _share(cells: Sequence[str]) -> int:
    longest = max(map(len, cells))
    word = max((len(word) for cell in cells for word in cell.split()), default=0)
    return max(min(longest, _MOST) // 2 + _LEAST, min(word, _LONGEST_WORD) + 2)
