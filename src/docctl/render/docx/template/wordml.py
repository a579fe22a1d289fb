"""Elements of WordprocessingML that somebody else wrote: named, ordered, put where they belong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from lxml import etree

from docctl.render.docx.xml import NAMESPACES

__all__ = ["W", "dropped", "fragment", "measure", "own", "plain", "put", "unwrapped", "usual", "w"]

W = f"{{{NAMESPACES['w']}}}"

_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers"
    " pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE"
    " autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents"
    " suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle"
    " rPr sectPr pPrChange"
)
_STYLE = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed"
    " qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
)
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof"
    " snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd"
    " fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
)
#: The properties of paragraphs, styles and runs, in the order in which they must stand.
_ORDER: Mapping[str, list[str]] = MappingProxyType(
    {"pPr": _PARAGRAPH.split(), "style": _STYLE.split(), "rPr": _RUN.split()}
)


def w(name: str) -> str:
    """Return the full name of an element or attribute."""
    return W + name


def own(node: etree._Element, name: str) -> str:
    """Return an attribute of WordprocessingML, or an empty text."""
    return node.get(W + name) or ""


_MEASURE = re.compile(r"-?[0-9]{1,9}")


def measure(text: str) -> int | None:
    """Return a measure in the unit of its place; nothing where a template says none we can read."""
    return int(text) if _MEASURE.fullmatch(text) else None


def put(parent: etree._Element, child: etree._Element) -> etree._Element:
    """Put *child* where it must stand in *parent*, in the place of one with its name."""
    order = _ORDER[etree.QName(parent).localname]
    for old in parent.findall(str(child.tag)):
        parent.remove(old)
    at = order.index(etree.QName(child).localname)
    before = sum(1 for one in parent if _place(order, one) < at)
    parent.insert(before, child)
    return child


def _place(order: Sequence[str], node: etree._Element) -> int:
    name = etree.QName(node).localname
    return order.index(name) if name in order else len(order)


def dropped(node: etree._Element) -> None:
    """Take *node* out of its parent; nothing of it stays."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def unwrapped(node: etree._Element, inside: etree._Element | None = None) -> None:
    """Put what is inside *node*, or inside its part *inside*, in its place."""
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    for child in reversed(list(node if inside is None else inside)):
        parent.insert(at, child)
    parent.remove(node)


def plain(root: etree._Element) -> etree._Element:
    """Take everything out of *root* that is not WordprocessingML itself, and return it.

    Extensions of later word processors are such, and so are the traces of editing sessions.
    """
    for node in list(root.iter()):
        if not str(node.tag).startswith(W):
            dropped(node)
            continue
        for name in list(node.attrib):
            if not str(name).startswith(W) or str(name).startswith(f"{W}rsid"):
                del node.attrib[name]
    usual(root)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w"])
    return root


def usual(root: etree._Element) -> etree._Element:
    """Write in *root* what other programs write in their own way as Word does, and return it."""
    for node in root.iter(w("lvlJc"), w("jc")):
        node.set(w("val"), _SIDES.get(own(node, "val"), own(node, "val")))
    for about in root.iter(w("pPr")):
        about[:] = sorted(about, key=lambda node: _place(_ORDER["pPr"], node))
    for look in root.iter(w("rPr")):
        seen: set[str] = set()
        for node in list(look):
            if str(node.tag) in seen:
                dropped(node)
            seen.add(str(node.tag))
        look[:] = sorted(look, key=lambda node: _place(_ORDER["rPr"], node))
    return root


#: Sides as strict documents name them.
_SIDES = MappingProxyType({"start": "left", "end": "right"})


def fragment(nodes: Iterator[etree._Element]) -> str:
    """Return *nodes* as text for a part that declares the prefix `w`, and no other is in them."""
    declared = f' xmlns:w="{NAMESPACES["w"]}"'
    return "".join(
        etree.tostring(node, encoding="unicode", with_tail=False).replace(declared, "")
        for node in nodes
    )
