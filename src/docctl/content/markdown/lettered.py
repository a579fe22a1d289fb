"""Lists that Markdown does not know: lines of a paragraph that begin with `a)`, `(i)` or `A.`."""

import re

__all__ = ["listed"]

_MARK = r"(?:\([A-Za-z0-9]{1,4}\)|[A-Za-z]\)|[ivx]{1,5}\)|[A-Z]\.)[ \t]"
_FIRST = re.compile(_MARK)
_NEXT = re.compile(rf"(?:\\(?=\n)|[ \t]*)\n(?={_MARK})")


def listed(content: str) -> str:
    """Return a paragraph's text with each line kept on its own that is marked as its first one."""
    if "\n" not in content or not _FIRST.match(content):
        return content
    return _NEXT.sub("  \n", content)
