"""The styles of a template, with those of ours that it lacks: what one text is written with."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from docctl.render.docx.parts import styles as ours
from docctl.render.docx.parts.styles import HeadingNumbers
from docctl.render.docx.template.looks import SPACE, effective, parent_of, style_of, styles_of
from docctl.render.docx.template.styles import TABLE, Styles
from docctl.render.docx.template.wordml import dropped, fragment, measure, own, put, w
from docctl.render.docx.xml import NAMESPACES

__all__ = ["completed"]


@lru_cache(maxsize=64)
def completed(styles: Styles, language: str, numbers: HeadingNumbers) -> bytes:
    """Return the styles part for a text in *language* whose headings are numbered so."""
    root = etree.fromstring(styles.xml)
    mine = etree.fromstring(ours.styles(language, numbers))
    text = {own(one, "styleId"): one for one in styles_of(mine)}
    _speak(root, mine)
    there = {own(one, "styleId") for one in styles_of(root)}
    for key, one in text.items():
        if key in there:
            _set(root, key, one)
    _number_headings_alone(root)
    added = [one for key, one in text.items() if key not in there]
    for one in added:
        _suit(root, one)
        root.append(one)
    whole = fragment(iter(root)).replace(ours.ACCENT, styles.accent)
    return f'{_HEAD}<w:styles xmlns:w="{NAMESPACES["w"]}">{whole}</w:styles>'.encode()


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _speak(root: etree._Element, mine: etree._Element) -> None:
    """Set the languages of the text."""
    look = root
    for name in ("docDefaults", "rPrDefault", "rPr"):
        inner = look.find(w(name))
        look = inner if inner is not None else _first(look, name)
    for node in mine.findall("w:docDefaults/w:rPrDefault/w:rPr/w:lang", SPACE):
        put(look, node)


def _first(parent: etree._Element, name: str) -> etree._Element:
    child = etree.Element(w(name))
    parent.insert(0, child)
    return child


def _set(root: etree._Element, key: str, mine: etree._Element) -> None:
    """Take over from our style what docctl decides: numbers of headings, tabs of the contents."""
    style = style_of(root, key)
    if style is None or not key.startswith(("Heading", "TOC")) or key == "TOCHeading":
        return
    names = ("keepNext", "numPr", "outlineLvl") if key.startswith("Heading") else ("tabs", "ind")
    paragraph = style.find(w("pPr"))
    if paragraph is None:
        paragraph = put(style, etree.Element(w("pPr")))
    for name in names:
        for old in paragraph.findall(w(name)):
            dropped(old)
        for node in mine.findall(f"w:pPr/w:{name}", SPACE):
            put(paragraph, node)


def _number_headings_alone(root: etree._Element) -> None:
    """Keep the numbers of headings from styles that are based on them, as those of contents are."""
    for style in styles_of(root):
        key, parent = own(style, "styleId"), parent_of(style)
        if not _HEADING.fullmatch(parent) or _HEADING.fullmatch(key):
            continue
        about = style.find(w("pPr"))
        about = put(style, etree.Element(w("pPr"))) if about is None else about
        if about.find(w("numPr")) is None:
            number = put(about, etree.Element(w("numPr")))
            etree.SubElement(number, w("numId"), {w("val"): "0"})


_HEADING = re.compile("Heading[1-6]")


def _suit(root: etree._Element, added: etree._Element) -> None:
    """Make a style of ours look like the template: the height of its lines, its heads of tables."""
    key = own(added, "styleId")
    spacing = added.find("w:pPr/w:spacing", SPACE)
    base = "BodyText" if style_of(root, "BodyText") is not None else "Normal"
    if spacing is not None and own(spacing, "lineRule") == "auto":
        for name in ("line", "lineRule"):
            found = effective(root, base, "w:pPr/w:spacing", name)
            if found:
                spacing.set(w(name), found)
        if key == "BodyText" and own(spacing, "after"):
            after = effective(root, "Normal", "w:pPr/w:spacing", "after")
            spacing.set(w("after"), after if after not in {"", "0"} else own(spacing, "after"))
    if own(added, "type") == "paragraph" and key not in _RUNNING:
        _stand_straight(root, added)
    if key in _TABLE_TEXTS:
        _head_look(root, added, _TABLE_TEXTS[key])


def _stand_straight(root: etree._Element, added: etree._Element) -> None:
    """Keep from a style what a template does to its running text alone.

    Such are first lines that are set in, lines that are stretched, and lines far apart.
    """
    key, parent = own(added, "styleId"), parent_of(added)
    for name, values in _STRAIGHT.items():
        if name != "ind" and key.startswith(_TEXTS):
            continue
        said = added.find(f"w:pPr/w:{name}", SPACE)
        there = {"firstLine"} if said is not None and own(said, "hanging") else set()
        there |= {at for at in values if said is not None and own(said, at)}
        missing = {at: on for at, on in values.items() if at not in there}
        bent = any(_bends(at, effective(root, parent, f"w:pPr/w:{name}", at)) for at in missing)
        if bent or (key in _TABLE_TEXTS and said is None and name != "spacing"):
            node = _about(added, name) if said is None else said
            for at, straight in missing.items():
                node.set(w(at), straight)


def _about(style: etree._Element, name: str) -> etree._Element:
    """Return a new property of the paragraphs of a style."""
    paragraph = style.find(w("pPr"))
    if paragraph is None:
        paragraph = put(style, etree.Element(w("pPr")))
    return put(paragraph, etree.Element(w(name)))


def _bends(name: str, found: str) -> bool:
    """Tell whether a value makes lines otherwise than straight and close to each other."""
    if name == "line":
        return (measure(found) or 0) > _CLOSE
    return found not in _UNBENT


#: Lines no further apart than this, in 240ths of their height, may be so everywhere.
_CLOSE = 276
_UNBENT = frozenset({"", "0", "left", "start", "auto"})
#: What paragraphs are like that are no running text.
_STRAIGHT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "spacing": {"line": "240", "lineRule": "auto"},
        "ind": {"left": "0", "right": "0", "firstLine": "0"},
        "jc": {"val": "left"},
    }
)
#: Styles of running text, and those of texts that are set in by themselves.
_RUNNING = frozenset({"BodyText", "ListParagraph", "Compact"})
_TEXTS = ("Quote", "Definition", "FootnoteText", "Admonition")
#: The styles of texts in tables, and the part of a table's style that speaks of them.
_TABLE_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "TableText": "",
        "TableHeading": "w:tblStylePr[@w:type='firstRow']/",
        "TableSmallHeading": "w:tblStylePr[@w:type='firstRow']/",
    }
)


def _head_look(root: etree._Element, added: etree._Element, path: str) -> None:
    """Give a text in tables the look that the table's style has for it."""
    table = style_of(root, TABLE)
    if table is None or (path and table.find(path.rstrip("/"), SPACE) is None):
        return
    look = added.find(w("rPr"))
    if look is None:
        look = put(added, etree.Element(w("rPr")))
    for name in ("b", "bCs", "i", "caps", "smallCaps", "color"):
        found = table.find(f"{path}w:rPr/w:{name}", SPACE)
        if path:
            for old in look.findall(w(name)):
                dropped(old)
        if found is not None:
            put(look, etree.fromstring(etree.tostring(found)))
