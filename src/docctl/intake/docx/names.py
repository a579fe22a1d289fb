"""The names that elements of WordprocessingML bear."""

from lxml import etree

__all__ = ["MATH", "MC", "WP", "A", "R", "V", "W", "described", "local", "said", "value", "written"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def value(node: etree._Element | None) -> str:
    """Return what an element says in its `w:val`; empty where there is none."""
    return (node.get(f"{W}val") or "") if node is not None else ""


def local(node: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def said(node: etree._Element) -> str:
    """Return all words in an element, with single spaces between them."""
    words = (one if isinstance(one, str) else one.decode() for one in node.itertext())
    return " ".join(" ".join(words).split())


def described(picture: etree._Element) -> str:
    """Return what is read to those who do not see a picture, or pause on it."""
    above = next(picture.iterancestors(f"{WP}inline", f"{WP}anchor"), None)
    named = above.find(f"{WP}docPr") if above is not None else picture.getparent()
    if named is None:
        return ""
    words = (named.get(name) or "" for name in ("descr", "alt", "title"))
    return " ".join(" ".join(words).split())


def written(own: etree._Element | None) -> object:
    """Return what stands in properties; the names that a file declares around them do not."""
    if own is None:
        return None
    return tuple((one.tag, *one.attrib.items()) for one in own.iter(etree.Element))
