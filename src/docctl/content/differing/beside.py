"""Code line by line, and captions of figures: what has its marks beside it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from docctl.content.differing.pairing import Nodes, Said
from docctl.content.differing.wording import reworded
from docctl.content.differing.words import alike, words
from docctl.content.marks import Changed, Deleted, Inserted
from docctl.content.tree import Figure, Inlines, Text

__all__ = ["LINES", "figures_alike", "joined", "refigured"]

#: How much two lines, or captions of other pictures, must share to be versions of each other.
_ALIKE = 0.4
#: A tab that does not begin a line: how wide it is depends on what stands before it.
_TABBED = re.compile(r"[^\t].*\t")
_SIDES: tuple[type, ...] = (Deleted, Inserted)


class _Reworded(NamedTuple):
    """A line that changed, with marks."""

    inlines: Inlines


def _likeness(old: Said, new: Said) -> float:
    if _TABBED.search(old.node) or _TABBED.search(new.node):
        return 0.0
    found = alike(old.words, new.words)
    return found if found >= _ALIKE else 0.0


def _reworded(old: str, new: str) -> _Reworded:
    return _Reworded(reworded((Text(old),), (Text(new),)))


#: Lines of code.
LINES = Nodes(lambda line: line, lambda line: tuple(line.words[:2]), words, _likeness, _reworded)


def joined(lines: Sequence[Any]) -> Inlines:
    """Return lines with marks as one text with marks; each side of it has its own line ends."""
    texts: list[Any] = []
    begun: dict[type, bool] = dict.fromkeys(_SIDES, False)
    for line in lines:
        sides = [type(line)] if type(line) in _SIDES else _SIDES
        ends = [side for side in sides if begun[side]]
        if len(ends) == len(_SIDES):
            texts.append(Text("\n"))
        elif len(sides) == len(_SIDES):
            texts += [side((Text("\n"),)) for side in ends]
        texts += _inlines(line, "\n" if ends and len(sides) == 1 else "")
        begun.update(dict.fromkeys(sides, True))
    return tuple(_together(texts))


def _inlines(line: Any, end: str) -> Inlines:
    """Return a line as inlines, behind the end of the line before it."""
    if isinstance(line, _Reworded):
        return line.inlines
    if isinstance(line, Deleted | Inserted):
        mark: Any = type(line)((Text(end + line.nodes[0]),))
        return (mark,)
    return (Text(line),)


def _together(texts: Sequence[Any]) -> Iterator[Any]:
    """Yield texts, neighbours of one kind as one; what is empty is left out."""
    waiting: list[str] = []
    kind: Any = None
    for one in texts:
        words = one.text if isinstance(one, Text) else "".join(text.text for text in one.nodes)
        if type(one) is not kind and waiting:
            yield _made(kind, waiting)
            waiting = []
        kind = type(one)
        waiting += [words] if words else []
    if waiting:
        yield _made(kind, waiting)


def _made(kind: Any, texts: Sequence[str]) -> Any:
    text = Text("".join(texts))
    return text if kind is Text else kind((text,))


# --- figures -------------------------------------------------------------------------------


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
