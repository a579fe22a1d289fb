"""Neighbouring words of the same look as one text, however many runs they were torn into."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby
from types import MappingProxyType

from docctl.content.tree import Inline, Inlines, Link, Strike, Subscript, Superscript, Text

__all__ = ["joined"]


def joined(found: Iterable[Inline]) -> Iterator[Inline]:
    """Yield inlines; neighbours that differ only in words are one."""
    for (kind, _), group in groupby(found, _key):
        if together := _TOGETHER.get(kind):
            yield together([*group])
        else:
            yield from group


def _key(one: Inline) -> tuple[type[Inline], str]:
    return type(one), one.target if isinstance(one, Link) else ""


def _inner(group: list[Inline]) -> Inlines:
    return tuple(joined(chain.from_iterable(getattr(one, "inlines", ()) for one in group)))


def _text(group: list[Inline]) -> Inline:
    return Text("".join(one.text for one in group if isinstance(one, Text)))


def _link(group: list[Inline]) -> Inline:
    return Link(getattr(group[0], "target", ""), _inner(group))


_TOGETHER: Mapping[type[Inline], Callable[[list[Inline]], Inline]] = MappingProxyType(
    {
        Text: _text,
        Link: _link,
        Strike: lambda group: Strike(_inner(group)),
        Superscript: lambda group: Superscript(_inner(group)),
        Subscript: lambda group: Subscript(_inner(group)),
    }
)
