"""The words of Typst: every text is a string of its code, so that no text is read as markup."""

import re
from collections.abc import Iterable

__all__ = ["array", "call", "string"]

#: What no font shows and no PDF/A may hold, the line ends of other systems included.
_FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)


def string(value: str) -> str:
    """Return *value* as a string; what a page cannot show becomes U+FFFD."""
    if not value.isprintable():
        value = _FORBIDDEN.sub("\ufffd", value).replace("\t", " ").replace("\n", " ")
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def array(values: Iterable[str]) -> str:
    """Return values as an array."""
    return f"({''.join(f'{value},' for value in values)})"


def call(name: str, *content: str, **named: str) -> str:
    """Return the call of a function."""
    told = [f"{key.replace('_', '-')}: {value}" for key, value in named.items() if value]
    return f"{name}({', '.join([*told, *content])})"
