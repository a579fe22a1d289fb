"""The words that authors write for the kind of a call-out."""

from collections.abc import Mapping
from types import MappingProxyType

from docctl.content.tree import AdmonitionKind

__all__ = ["KINDS", "NAMED"]

#: What authors write for the kind of a call-out → the kind.
KINDS: Mapping[str, AdmonitionKind] = MappingProxyType(
    {
        "note": "note",
        "info": "note",
        "tip": "tip",
        "hint": "tip",
        "important": "important",
        "warning": "warning",
        "attention": "warning",
        "caution": "caution",
        "danger": "danger",
        "error": "danger",
    }
)

#: Further kinds that other programs know; the word itself is the title of such a call-out.
NAMED: Mapping[str, AdmonitionKind] = MappingProxyType(
    {
        **dict.fromkeys(("abstract", "summary", "tldr", "example", "quote", "cite"), "note"),
        **dict.fromkeys(("question", "help", "faq", "todo", "seealso", "secondary"), "note"),
        **dict.fromkeys(("success", "check", "done"), "tip"),
        **dict.fromkeys(("failure", "fail", "missing", "bug", "security"), "danger"),
    }
)
