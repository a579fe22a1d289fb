"""What stands in brackets behind a link or an image, and the short forms that need none."""

import re
from collections.abc import Iterable

from docctl.content.markdown.autolink import web
from docctl.content.tree import Link, Reference, Text
from docctl.content.walk import plain

__all__ = ["address", "bare_address", "braces", "bracketed", "code_span", "reference"]

_ADDRESS = re.compile(r"(?:https?|ftp|tel|mailto):[A-Za-z0-9/#?&=._~:@!$'()*+,;%-]+")
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+)+")
_PLAIN = re.compile(r"[^\s<>()\\&\x00-\x20\x7f]+")
_SECTION = re.compile(r"[^\[\]\s]{0,120}")
_SPECIAL = re.compile(r"[\\<>]|&(?=#?\w+;)")
_SPECIAL_QUOTED = re.compile(r"[\\\"]|&(?=#?\w+;)")
_BARE_VALUE = re.compile(r"[^\s\"{}]+")
_TICKS = re.compile(r"`+")


def address(link: Link) -> str:
    """Return `<https://…>` for a link that shows its own address, else an empty text."""
    if link.title or len(link.inlines) != 1 or not isinstance(shown := link.inlines[0], Text):
        return ""
    if shown.text == link.target and _ADDRESS.fullmatch(link.target):
        return f"<{link.target}>"
    if f"mailto:{shown.text}" == link.target and _MAIL.fullmatch(shown.text):
        return f"<{shown.text}>"
    return ""


def bare_address(link: Link) -> str:
    """Return a web address that only stays as it is when it stands bare, else an empty text."""
    shown = plain(link.inlines)
    return (
        shown if not _ADDRESS.fullmatch(link.target) and web(shown, 0, len(shown)) == link else ""
    )


def reference(inline: Reference) -> str:
    """Return `[[PRO-002#section]]` for a reference without words of its own, else an empty text."""
    if inline.inlines or not _SECTION.fullmatch(inline.section):
        return ""
    return f"[[{inline.number}#{inline.section}]]" if inline.section else f"[[{inline.number}]]"


def bracketed(target: str, title: str = "") -> str:
    """Return `(target "title")`."""
    shown = target if _PLAIN.fullmatch(target) else f"<{_SPECIAL.sub(_backslash, target)}>"
    if not title:
        return f"({shown if target else ''})"
    quoted = _SPECIAL_QUOTED.sub(_backslash, title).replace("\n", "&#10;")
    return f'({shown} "{quoted}")'


def braces(anchor: str = "", classes: Iterable[str] = (), width: str = "") -> str:
    """Return `{#anchor .class width=50%}`, or an empty text when there is nothing to say."""
    value = width if _BARE_VALUE.fullmatch(width) else f'"{width}"'
    items = [f"#{anchor}"] if anchor else []
    items += [f".{name}" for name in classes]
    items += [f"width={value}"] if width else []
    return f"{{{' '.join(items)}}}" if items else ""


def code_span(text: str) -> str:
    """Return a code span whose ticks are not as long as any inside."""
    inside = {len(run) for run in _TICKS.findall(text)}
    ticks = "`" * next(n for n in range(1, len(inside) + 2) if n not in inside)
    stripped = text[0] == text[-1] == " " and bool(text.strip(" "))
    space = " " if stripped or "`" in {text[0], text[-1]} else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _backslash(match: re.Match[str]) -> str:
    return "\\" + match[0]
