"""Attributes in braces: `{#anchor .class width=50%}`."""

import re
from dataclasses import dataclass

_ITEM = r"""(?:\#[\w:.-]+ | \.[A-Za-z][\w-]* | [A-Za-z][\w-]*=(?:"[^"{}]*" | [^\s"{}]+))"""
_WHOLE = re.compile(rf"\{{:?\s*({_ITEM}(?:\s+{_ITEM})*)\s*\}}", re.VERBOSE)
_ITEMS = re.compile(_ITEM, re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stood between the braces; `values` are the `key=value` pairs in their order."""

    anchor: str = ""
    classes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def value(self, key: str) -> str:
        """Return the value of *key*, or an empty text."""
        return dict(self.values).get(key, "")


NONE = Attributes()


def leading(text: str) -> tuple[Attributes, str]:
    """Return the attributes that *text* begins with, and what follows them."""
    match = _WHOLE.match(text) if text.startswith("{") else None
    return (_read(match[1]), text[match.end() :]) if match else (NONE, text)


def trailing(text: str) -> tuple[str, Attributes]:
    """Return *text* without the attributes it ends with, and these. They stand after a space."""
    start = text.rfind("{") if text.endswith("}") else -1
    match = _WHOLE.fullmatch(text, start) if start >= 0 else None
    if match is None or (start and text[start - 1] not in " \t\n"):
        return text, NONE
    return text[:start].rstrip(), _read(match[1])


def reserved(text: str) -> list[str]:
    """Return the anchors that stand in braces anywhere in *text*."""
    if "{" not in text:
        return []
    found = (_read(match[1]).anchor for match in _WHOLE.finditer(text))
    return [anchor for anchor in found if anchor]


def _read(items: str) -> Attributes:
    found = _ITEMS.findall(items)
    anchors = [item[1:] for item in found if item[0] == "#"]
    pairs = [item.partition("=") for item in found if item[0] not in "#."]
    return Attributes(
        anchors[-1] if anchors else "",
        tuple(item[1:] for item in found if item[0] == "."),
        tuple((key, value.strip('"')) for key, _, value in pairs),
    )
