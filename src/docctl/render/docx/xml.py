"""Text as XML: nothing that a document may say can break the file."""

import re
from collections.abc import Iterable
from types import MappingProxyType

__all__ = ["LEFTWARD", "NAMESPACES", "attribute", "declared", "leftward", "text", "whole"]

#: The prefixes that the parts of a text use.
NAMESPACES = MappingProxyType(
    {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w10": "urn:schemas-microsoft-com:office:word",
    }
)

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


#: What says that a paragraph goes from right to left.
LEFTWARD = "<w:bidi/>"
#: What stands behind the direction in the properties of a paragraph.
_BEHIND = re.compile(r"<w:(?:spacing|ind|jc|outlineLvl|sectPr)[ />]|\Z")


def leftward(properties: str) -> str:
    """Return the properties of a paragraph that goes from right to left."""
    at = _BEHIND.search(properties)
    place = at.start() if at else len(properties)
    return f"{properties[:place]}{LEFTWARD}{properties[place:]}"


def text(value: str) -> str:
    """Return *value* as the content of an element; what XML cannot hold becomes U+FFFD."""
    if not value.isprintable():
        value = _FORBIDDEN.sub("\ufffd", value).replace("\t", " ")
    if "&" in value or "<" in value or ">" in value:
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value


def attribute(value: str) -> str:
    """Return *value* for an attribute in double quotes."""
    return text(value).replace('"', "&quot;").replace("\n", " ").replace("\r", " ")


def declared(tag: str, content: str, prefixes: str = "w r wp a pic v o") -> bytes:
    """Return a whole part: the XML declaration, and *tag* with the namespaces of *prefixes*."""
    return whole(tag, (content,), prefixes)


def whole(tag: str, content: Iterable[str], prefixes: str = "w r wp a pic v o") -> bytes:
    """Return the same as `declared` of a content in pieces, which are not joined as text before."""
    spaces = " ".join(f'xmlns:{name}="{NAMESPACES[name]}"' for name in prefixes.split())
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return b"".join(map(str.encode, (f"{head}<{tag} {spaces}>", *content, f"</{tag}>")))
