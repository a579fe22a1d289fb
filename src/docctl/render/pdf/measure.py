"""How wide letters are: estimates in points, rather too wide, for the typefaces of a file."""

from functools import lru_cache
from types import MappingProxyType
from unicodedata import east_asian_width

__all__ = ["BOLD", "MONO", "TEXT", "wide"]

#: The size of running text.
TEXT = 10.5
#: How much wider bold letters are.
BOLD = 1.07
#: How wide every letter of code is, in parts of the size around it.
MONO = 0.56
#: Widths by letter, in parts of the size; of all others in `_width`.
_WIDTHS = MappingProxyType(
    {
        **dict.fromkeys("ijl|'.,:;! ", 0.29),
        **dict.fromkeys('frtI()[]/\\-`"*', 0.39),
        **dict.fromkeys("mMW@%–—…", 1.0),
        **dict.fromkeys("ABCDEGHKNOPQRSUVXYZw&", 0.78),
    }
)


def wide(text: str, size: float) -> float:
    """Return how wide a text is at a size."""
    return size * sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    return _WIDTHS.get(letter) or (1.0 if east_asian_width(letter) in "WF" else 0.58)
