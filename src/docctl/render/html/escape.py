"""Text as HTML and as CSS: nothing that a document may say can break the page."""

import re

__all__ = ["attribute", "quoted", "text"]

#: What HTML cannot hold, the line ends of other systems included.
_FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
#: What may not stand in a string of CSS, or could end the element around it.
_ESCAPED = re.compile(r"[\x00-\x1f\x7f\"'\\<>&]")


def text(value: str) -> str:
    """Return *value* as the content of an element; what HTML cannot hold becomes U+FFFD."""
    if not value.isprintable():
        value = _FORBIDDEN.sub("\ufffd", value)
    if "&" in value or "<" in value or ">" in value:
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value


def attribute(value: str) -> str:
    """Return *value* for an attribute in double quotes."""
    return text(value).replace('"', "&quot;").replace("\n", " ")


def quoted(value: str) -> str:
    """Return *value* as a string of CSS, quotes included."""
    plain = _FORBIDDEN.sub("\ufffd", value)
    escaped = _ESCAPED.sub(lambda found: f"\\{ord(found[0]):x} ", plain)
    return f'"{escaped}"'
