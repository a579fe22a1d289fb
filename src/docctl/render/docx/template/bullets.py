"""The signs that a template sets before the items of its lists."""

from lxml import etree

from docctl.render.docx.parts.numbering import SIGNS, Sign
from docctl.render.docx.template.looks import SPACE, name_of, styles_of
from docctl.render.docx.template.wordml import own, w

__all__ = ["bullets"]

#: The styles of bullets by level.
_BULLETED = ("list bullet", "list bullet 2", "list bullet 3")


def bullets(root: etree._Element | None, styles: bytes) -> tuple[Sign, ...]:
    """Return the signs of bullets by level that a numbering part has; ours where it has none.

    *styles* is the part with the styles that use them.
    """
    if root is None:
        return SIGNS
    looks = etree.fromstring(styles)
    found: list[Sign] = []
    for name in _BULLETED:
        sign = _sign(root, looks, name)
        if sign is None:
            break
        found.append(sign)
    return tuple(found) or SIGNS


def _sign(root: etree._Element, looks: etree._Element, name: str) -> Sign | None:
    """Return the sign that a style sets before its paragraphs, if it is one sign."""
    style = next((one for one in styles_of(looks) if name_of(one) == name), None)
    if style is None:
        return None
    number = style.find("w:pPr/w:numPr/w:numId", SPACE)
    level = style.find("w:pPr/w:numPr/w:ilvl", SPACE)
    key = "" if number is None else own(number, "val")
    lists = (one for one in root.findall(w("num")) if own(one, "numId") == key)
    patterns = {own(one, "abstractNumId"): one for one in root.findall(w("abstractNum"))}
    for pattern in (one.find(w("abstractNumId")) for one in lists):
        of = None if pattern is None else patterns.get(own(pattern, "val"))
        wanted = "0" if level is None else own(level, "val")
        if of is not None:
            return _shown(of, wanted)
    return None


def _shown(pattern: etree._Element, wanted: str) -> Sign | None:
    for level in pattern.findall(w("lvl")):
        words, form = level.find(w("lvlText")), level.find(w("numFmt"))
        if own(level, "ilvl") != wanted or words is None or form is None:
            continue
        sign = own(words, "val")
        font = level.find("w:rPr/w:rFonts", SPACE)
        if own(form, "val") == "bullet" and len(sign) == 1 and not sign.isspace():
            return Sign(sign, "" if font is None else own(font, "ascii"))
    return None
