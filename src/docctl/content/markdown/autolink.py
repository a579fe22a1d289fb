"""Addresses that stand bare in the text: `https://…`, `www.…` and e-mail, as GFM reads them."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from docctl.content.inlines import Link, Text

#: Where an address of the web may begin.
WEB_START = r"[Hh]ttps?://|www\."

_WEB = re.compile(rf"(?:{WEB_START})(?=[A-Za-z0-9\u00a1-\uffff])")
_AT = re.compile(r"@(?=[A-Za-z0-9])")
_ANY = re.compile(rf"{_WEB.pattern}|{_AT.pattern}")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
_REST = re.compile(r"[^\s<]*")
_LOCAL = re.compile(r"[A-Za-z0-9._+-]{1,64}\Z")
_MAIL_DOMAIN = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}")
_ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")
_BEFORE = frozenset(" \t\n*_~('\"[{>|/,;:\u2013\u2014")
_AFTER = "?!.,:*_~'\";"
_PAIRS = MappingProxyType({")": "(", "]": "["})

Span = tuple[int, int, str]


def found(text: str) -> bool:
    """Tell, at little cost, whether *text* may hold an address."""
    return "://" in text or "www." in text or "@" in text


def linked(text: str) -> Iterator[Text | Link]:
    """Yield *text* as texts and links, in order and complete."""
    return _linked(text, _ANY)


def mailed(text: str) -> Iterator[Text | Link]:
    """Yield *text* as texts and links to e-mail addresses, in order and complete."""
    return _linked(text, _AT)


def web(text: str, start: int, end: int) -> Link | None:
    """Return the link to the address of the web that begins at *start*, or None."""
    match = _WEB.match(text, start, end)
    span = _web(text, match, end) if match else None
    return _link(text, span) if span else None


def _linked(text: str, pattern: re.Pattern[str]) -> Iterator[Text | Link]:
    done = 0
    for match in pattern.finditer(text):
        at = match.start()
        if at < done:
            continue
        span = _mail(text, at, done) if match[0] == "@" else _web(text, match, len(text))
        if span is not None:
            if span[0] > done:
                yield Text(text[done : span[0]])
            yield _link(text, span)
            done = span[1]
    if done < len(text):
        yield Text(text[done:])


def _link(text: str, span: Span) -> Link:
    start, end, scheme = span
    return Link(scheme + text[start:end], (Text(text[start:end]),))


def _web(text: str, match: re.Match[str], limit: int) -> Span | None:
    start = match.start()
    bare = match[0] == "www."
    if start and text[start - 1] not in _BEFORE:
        return None
    domain = _DOMAIN.match(text, start if bare else match.end(), limit)
    if domain is None or "_" in "".join(domain[0].rsplit(".", 2)[-2:]):
        return None
    rest = _REST.match(text, domain.end(), limit)
    end = _trimmed(text, start, rest.end() if rest else domain.end())
    return start, max(end, domain.end()), "http://" if bare else ""


def _trimmed(text: str, start: int, end: int) -> int:
    """Return where the address ends: without closing punctuation or unbalanced brackets."""
    surplus = {
        close: text.count(close, start, end) - text.count(open_, start, end)
        for close, open_ in _PAIRS.items()
    }
    while True:
        last = text[end - 1]
        if last == ";" and (entity := _ENTITY.search(text, max(start, end - 40), end)):
            end = entity.start()
        elif last in _AFTER:
            end -= 1
        elif surplus.get(last, 0) > 0:
            end -= 1
            surplus[last] -= 1
        else:
            return end


def _mail(text: str, at: int, floor: int) -> Span | None:
    local = _LOCAL.search(text, max(floor, at - 64), at)
    domain = _MAIL_DOMAIN.match(text, at + 1)
    if local is None or domain is None or domain[0][-1] in "-_":
        return None
    return local.start(), domain.end(), "mailto:"
