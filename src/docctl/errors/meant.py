"""What somebody may have meant by a word that nobody knows."""

from collections.abc import Iterable
from difflib import get_close_matches

#: Signs that people take for one another inside a word.
_ALIKE = str.maketrans("- ", "__")


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return a question to begin a hint with, where one of *known* was perhaps mistyped.

    Capitals, hyphens, spaces and underscores count alike. It is empty where nothing comes near.
    """
    folded = {_folded(one): one for one in sorted(known)}
    found = get_close_matches(_folded(given), folded, n=1, cutoff=0.75)
    return f"did you mean {folded[found[0]]!r}? " if found else ""


def _folded(word: str) -> str:
    return word[:100].casefold().translate(_ALIKE)
