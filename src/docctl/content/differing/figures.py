"""Figures with captions: another picture, another caption, or both."""

from docctl.content.differing.wording import reworded
from docctl.content.differing.words import alike, words
from docctl.content.marks import Changed
from docctl.content.tree import Figure, Text

__all__ = ["figures_alike", "refigured"]

#: How much two captions must share to be versions of each other, if the picture is another one.
_ALIKE = 0.4


def figures_alike(old: Figure, new: Figure) -> float:
    """Return how alike two figures are: both with a caption, and that or the picture the same."""
    was, now = old.image.title, new.image.title
    if not was or not now:
        return 0.0
    if old.image.source == new.image.source:
        return 1.0
    share = alike(words(was), words(now))
    return share if share >= _ALIKE else 0.0


def refigured(old: Figure, new: Figure) -> Figure | Changed:
    """Return a figure with the marks of its caption beside it; *new* if only its anchor changed."""
    if old.image == new.image:
        return new
    was, now = ((Text(one.image.title),) for one in (old, new))
    return Changed(new, old, reworded(was, now))
