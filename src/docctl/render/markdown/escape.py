"""Literal text as Markdown that is read back as this text, with few backslashes."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from string import punctuation
from types import MappingProxyType

from docctl.content.markdown import autolink
from docctl.content.tree import Text

__all__ = ["Edges", "character_class", "coded", "escaped"]


@dataclass(frozen=True, slots=True)
class Edges:
    """What surrounds a text.

    `before` is the markup right before it, empty at the start of a line; `after` is the character
    right after it, empty at the end of one. `always` are characters that this place never takes
    bare, such as `[` in the text of a link. `linkable` places read a bare address as a link.
    """

    before: str = ""
    after: str = ""
    always: str = ""
    linkable: bool = True


Rule = Callable[[re.Match[str], Edges], bool]

_TOKENS = re.compile(r"[*_]+|~+|[\\`\[\]<&!{]")
#: The signs beside braces by which CriticMarkup tells what changed.
_CRITIC = re.compile(
    r"(?<=\{)([-+=>~])(?=\1)|(?<=-)-(?=\})|(?<=\+)\+(?=\})|(?<==)=(?=\})|(?<=<)<(?=\})|(?<=~)~(?=\})"
)
_ENTITY = re.compile(r"&(?:#[xX]?)?[A-Za-z0-9]+;")
_BARE_GROUP = re.compile(r"\[[A-Za-z0-9][^\[\]`\\<^\n]+\](?![\[({:])")
_ADDRESS = re.compile(r"(?:(?<=http)s?:(?=//)|(?<=www)\.)(?=\S)", re.IGNORECASE)
_LINE_START = re.compile(
    r"""
      (?: [-+*] (?=[ \t]|\Z)             # a bullet
        | \#{1,6} (?=[ \t]|\Z)           # a heading
        | [-=:|] (?=[-=:| \t]*\Z)        # an underline, a rule, a row of dashes
        | >                              # a quotation
        | [:~] (?=[ \t]|\Z)              # a definition
        | ::: | ~~~ | !!! | \?{3}\+?(?=[ \t]) | \{
        | \\ (?=newpage|pagebreak)
        | \+ (?=[-=:][-=:+]*\Z)          # the edge of a grid
        | \[ (?=[ xX]\])                 # a tick box
        | \[ (?=[Tt][Oo][Cc]\]\Z)         # a place for contents
      )
    | (?P<number>[0-9]{1,9}) (?=[.)](?:[ \t]|\Z))
    | (?P<caption>Table) (?=:)
    """,
    re.VERBOSE,
)


def character_class(character: str) -> str:
    """Return `space`, `mark` or `letter`, as CommonMark tells them apart around emphasis."""
    category = unicodedata.category(character) if character else "Zs"
    if category == "Zs" or character in "\t\n":
        return "space"
    return "mark" if category[0] in "PS" else "letter"


def coded(character: str) -> str:
    """Return the character as a numeric entity, which no rule takes for markup or for a space."""
    return f"&#{ord(character)};"


def escaped(text: str, edges: Edges, hidden: Iterable[int] = ()) -> str:
    """Return *text* with a backslash before each character that would be read as markup.

    The characters at the indexes *hidden*, 0 or -1, are written as entities.
    """
    shown = list(text)
    for at in hidden:
        shown[at] = ";"
    marks = _marks("".join(shown), edges)
    if edges.linkable and autolink.found(text):
        marks |= {match.end() - 1 for match in _ADDRESS.finditer(text)} | _mail_signs(text)
    cells = ["\\" + c if i in marks else c for i, c in enumerate(text)] if marks else list(text)
    for at in hidden:
        cells[at] = coded(text[at])
    return "".join(cells)


def _marks(text: str, edges: Edges) -> set[int]:
    return _inside(text, edges) | _at_start(text, edges.before)


def _at_start(text: str, before: str) -> set[int]:
    if before:
        return {0} if before.startswith("[^") and text[0] in ":(" else set()
    match = _LINE_START.match(text)
    return {match.end() if match.lastgroup else 0} if match else set()


def _mail_signs(text: str) -> set[int]:
    if all(isinstance(part, Text) for part in autolink.mailed(text)):
        return set()
    return {at for at, character in enumerate(text) if character == "@"}


def _inside(text: str, edges: Edges) -> set[int]:
    at = {match.start() for match in _CRITIC.finditer(text)}
    for match in _TOKENS.finditer(text):
        character = match[0][0]
        if character in edges.always or _RULES[character](match, edges):
            at.update(range(match.start(), match.end()))
    return at


# --- when a character must not stand bare --------------------------------------------------


def _always(_match: re.Match[str], _edges: Edges) -> bool:
    return True


def _backslash(match: re.Match[str], edges: Edges) -> bool:
    after = _around(match, edges)[1]
    return not after or after in punctuation


def _never(_match: re.Match[str], _edges: Edges) -> bool:
    return False


def _emphasis(match: re.Match[str], edges: Edges) -> bool:
    """Tell whether it could be a mark: not between spaces, and no underscore in a word."""
    before, after = (character_class(c) for c in _around(match, edges))
    if before == after == "space" and len(set(match[0])) == 1:
        return match.start() == 0
    return not (before == after == "letter" and set(match[0]) == {"_"})


def _strike(match: re.Match[str], edges: Edges) -> bool:
    return len(match[0]) > 1 or "~" in _around(match, edges)


def _bracket(match: re.Match[str], edges: Edges) -> bool:
    """Tell whether it could open a link: a word in brackets alone is only a word."""
    if _around(match, edges)[0] == "!":
        return True
    group = _BARE_GROUP.match(match.string, match.start())
    return group is None or (group.end() == len(match.string) and bool(edges.after))


def _tag(match: re.Match[str], edges: Edges) -> bool:
    after = _around(match, edges)[1]
    return after.isalpha() or after in {"/", "!", "?"}


def _entity(match: re.Match[str], _edges: Edges) -> bool:
    return _ENTITY.match(match.string, match.start()) is not None


def _picture(match: re.Match[str], edges: Edges) -> bool:
    return match.end() == len(match.string) and edges.after == "["


def _brace(match: re.Match[str], edges: Edges) -> bool:
    return match.start() == 0 and bool(edges.before)


def _around(match: re.Match[str], edges: Edges) -> tuple[str, str]:
    start, end, text = match.start(), match.end(), match.string
    return text[start - 1 : start] or edges.before[-1:], text[end : end + 1] or edges.after


_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "\\": _backslash,
        "`": _always,
        "*": _emphasis,
        "_": _emphasis,
        "~": _strike,
        "[": _bracket,
        "]": _never,
        "<": _tag,
        "&": _entity,
        "!": _picture,
        "{": _brace,
    }
)
