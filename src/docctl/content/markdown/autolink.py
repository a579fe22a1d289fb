"""Addresses that stand bare in the text: `https://…`, `www.…` and e-mail, as GFM reads them."""

import re
from collections.abc import Iterator

from docctl.content.tree import Link, Text

_START = re.compile(r"(?:[Hh]ttps?://|www\.)(?=[A-Za-z0-9])|@(?=[A-Za-z0-9])")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
_REST = re.compile(r"[^\s<]*")
_LOCAL = re.compile(r"[A-Za-z0-9._+-]{1,64}\Z")
_MAIL_DOMAIN = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}")
_ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")
_BEFORE = frozenset(" \t\n*_~('\"[{>|/,;:\u2013\u2014-")
_AFTER = "?!.,:*_~'\";"


def found(text: str) -> bool:
    """Tell, at little cost, whether *text* may hold an address."""
    return "://" in text or "www." in text or "@" in text


def linked(text: str) -> Iterator[Text | Link]:
    """Yield *text* as texts and links, in order and complete."""
    done = 0
    for match in _START.finditer(text):
        if match.start() < done:
            continue
        span = _mail(text, match.start(), done) if match[0] == "@" else _web(text, match)
        if span is None:
            continue
        start, end, scheme = span
        if start > done:
            yield Text(text[done:start])
        address = text[start:end]
        yield Link(scheme + address, (Text(address),))
        done = end
    if done < len(text):
        yield Text(text[done:])


def _web(text: str, match: re.Match[str]) -> tuple[int, int, str] | None:
    start = match.start()
    bare = match[0].lower() == "www."
    if start and text[start - 1] not in _BEFORE:
        return None
    domain = _DOMAIN.match(text, start if bare else match.end())
    if domain is None or "_" in "".join(domain[0].rsplit(".", 2)[-2:]):
        return None
    rest = _REST.match(text, domain.end())
    end = _trimmed(text, start, rest.end() if rest else domain.end())
    return start, max(end, domain.end()), "http://" if bare else ""


def _trimmed(text: str, start: int, end: int) -> int:
    """Return where the address ends: without closing punctuation or unbalanced brackets."""
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last == ";" and (entity := _ENTITY.search(text, max(start, end - 40), end)):
            end = entity.start()
        elif last in _AFTER:
            end -= 1
        elif last == ")" and surplus > 0:
            end -= 1
            surplus -= 1
        else:
            break
    return end


def _mail(text: str, at: int, floor: int) -> tuple[int, int, str] | None:
    local = _LOCAL.search(text, max(floor, at - 64), at)
    domain = _MAIL_DOMAIN.match(text, at + 1)
    if local is None or domain is None or domain[0][-1] in "-_":
        return None
    return local.start(), domain.end(), "mailto:"
