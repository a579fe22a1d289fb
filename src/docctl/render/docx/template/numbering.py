"""The lists of a template, under numbers that the lists of a text do not use."""

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from docctl.render.docx.template.styles import Styles, renamed
from docctl.render.docx.template.wordml import dropped, fragment, own, plain, w

__all__ = ["TheirLists", "renumbered", "their_lists"]

#: From here on the template's lists are numbered; a text uses the numbers below.
_FIRST_ABSTRACT = 1_000
_FIRST = 30_000
_MOST = 2_000
#: Pictures as bullets; and styles that bring a number along: those of headings are docctl's.
_LEFT_OUT = ("lvlPicBulletId", "pStyle")


class TheirLists(NamedTuple):
    """The template's lists, as they stand behind ours."""

    patterns: str = ""
    lists: str = ""


def renumbered(root: etree._Element | None) -> Mapping[str, str]:
    """Give the lists of a part numbers of their own, and return these by the old ones."""
    if root is None:
        return {}
    plain(root)
    for node in [*root.iter(*map(w, _LEFT_OUT))]:
        dropped(node)
    patterns = _unique(root, "abstractNum", "abstractNumId")
    abstract = {key: str(_FIRST_ABSTRACT + at) for at, key in enumerate(patterns)}
    for key, one in patterns.items():
        one.set(w("abstractNumId"), abstract[key])
    lists = _unique(root, "num", "numId")
    for key, one in tuple(lists.items()):
        pattern = one.find(w("abstractNumId"))
        if pattern is None or own(pattern, "val") not in abstract:
            dropped(lists.pop(key))
        else:
            pattern.set(w("val"), abstract[own(pattern, "val")])
    numbers = {key: str(_FIRST + at) for at, key in enumerate(lists)}
    for key, one in lists.items():
        one.set(w("numId"), numbers[key])
    return numbers


def their_lists(root: etree._Element | None, styles: Styles) -> TheirLists:
    """Return the lists of a numbering part that was numbered anew."""
    if root is None:
        return TheirLists()
    renamed(root, styles)
    return TheirLists(*(fragment(iter(root.findall(w(name)))) for name in ("abstractNum", "num")))


def _unique(root: etree._Element, name: str, key: str) -> dict[str, etree._Element]:
    """Return the elements with this name by their keys; another with the same key is dropped."""
    found: dict[str, etree._Element] = {}
    for one in root.findall(w(name)):
        if len(found) == _MOST or found.setdefault(own(one, key), one) is not one:
            dropped(one)
    return found
