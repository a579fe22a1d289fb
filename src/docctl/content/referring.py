"""Texts from elsewhere: links to the files of other documents become references to them."""

import re
from collections.abc import Callable, Mapping

from docctl.content.characters import unquoted
from docctl.content.parse import parse
from docctl.content.structure.references import numbers_in
from docctl.content.tree import Document, Inline, Link, Reference
from docctl.content.walk import Changes, changed, inlines

__all__ = ["referring"]

_SECTION = re.compile(r"[^\[\]()\s]{1,120}")
#: A code span, which is left alone, or what stands behind the text of a link.
_DESTINATION = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\]\(\s*(?:<(?P<quoted>[^<>\n]*)>|(?P<plain>[^\s<>()]+))(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?\s*\)"
)


def referring(text: str, known: Callable[[str], bool]) -> str:
    """Return *text* with each link to the file of a document that is *known* as `doc:NUMBER`.

    Whatever else the text says stays as it is, to the letter.
    """
    tree, _ = parse(text)
    found = {
        unquoted(link.target): reference
        for _, link in inlines(tree)
        if isinstance(link, Link) and (reference := _reference(link.target, known))
    }
    if not found:
        return text
    lines = text.split("\n")
    for at in {line - 1 for line, node in inlines(tree) if _names(node, found)}:
        lines[at] = _DESTINATION.sub(lambda match: _led(match, found), lines[at])
    made = "\n".join(lines)
    return made if _same(parse(made)[0], tree, found) else text


def _reference(target: str, known: Callable[[str], bool]) -> str:
    number = next(filter(known, numbers_in(target)), "")
    section = "-".join(unquoted(target.partition("#")[2]).split())
    if number and _SECTION.fullmatch(section):
        return f"doc:{number}#{section}"
    return number and f"doc:{number}"


def _names(node: Inline, found: Mapping[str, str]) -> bool:
    return isinstance(node, Link) and unquoted(node.target) in found


def _led(match: re.Match[str], found: Mapping[str, str]) -> str:
    target = unquoted(match["quoted"] or match["plain"] or "")
    return f"]({found[target]})" if target in found else match[0]


def _same(one: Document, other: Document, found: Mapping[str, str]) -> bool:
    """Tell whether two texts say the same, once links are followed as *found* says."""

    def followed(link: Link) -> Link | Reference:
        if not _names(link, found):
            return link
        number, _, section = found[unquoted(link.target)].removeprefix("doc:").partition("#")
        return Reference(number, section, link.inlines)

    changes: Changes = {Link: followed}
    return changed(one, changes) == changed(other, changes)
