"""What a word is, in scripts with spaces between words and in those without."""

import re
from collections.abc import Sequence

__all__ = ["alike", "letters", "pieces", "words"]

#: Scripts without spaces between words (Thai to Tibetan, Myanmar, Khmer; Chinese, Japanese).
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
    "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
#: What stands above, below or beside their signs.
_BESIDE = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u17b4-\u17d3\u3099\u309a\u0300-\u036f\ufe00-\ufe0f"
)
#: The same in scripts with spaces, which is no letter of its own; all of India's but its stops.
_AMONG = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u200c\u200d\ufe00-\ufe0f\ufe20-\ufe2f"
)
_SIGN = f"[{_UNSPACED}][{_BESIDE}]*"
_LETTERS = rf"(?:[^\W_{_UNSPACED}]+|[{_AMONG}]+)+"
#: A word with the space before it; a sign that stands for a word; or a single mark.
_PIECE = re.compile(rf"\s*(?:{_LETTERS}(?:[.'\u2019-]{_LETTERS})*|{_SIGN}|\S)|\s+")
_WORD = re.compile(rf"(?:{_LETTERS}|_)+|{_SIGN}")
_DENSELY = re.compile(f"[{_UNSPACED}]")
#: The same for texts of ASCII alone, which are told apart at half the cost.
_ASCII_PIECE = re.compile(r"\s*(?:[^\W_]+(?:[.'-][^\W_]+)*|\S)|\s+", re.ASCII)
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
#: For how many letters a sign counts that stands for a word.
_DENSE = 3


def pieces(text: str) -> list[str]:
    """Return the words of a text, each with the space before it, and single marks.

    Joined they are the text.
    """
    return (_ASCII_PIECE if text.isascii() else _PIECE).findall(text)


def words(text: str) -> list[str]:
    """Return the words of a text alone, in lower case."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text.casefold())


def letters(piece: str) -> int:
    """Return how many letters a piece has; a sign that stands for a word counts for some."""
    bare = piece.strip()
    return len(bare) if bare.isascii() or not _DENSELY.match(bare) else _DENSE


def alike(old: Sequence[str], new: Sequence[str]) -> float:
    """Return how much two rows of words share: 0 for nothing, 1 for the same words."""
    if not old or not new:
        return float(not old and not new)
    left: dict[str, int] = {}
    for word in old:
        left[word] = left.get(word, 0) + 1
    shared = 0
    for word in new:
        if left.get(word):
            left[word] -= 1
            shared += 1
    return 2 * shared / (len(old) + len(new))
