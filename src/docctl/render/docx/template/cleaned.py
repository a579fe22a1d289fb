"""A head or foot that somebody else drew, without what has no place in a controlled copy."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from types import MappingProxyType

from lxml import etree

from docctl.render.docx.parts.address import address
from docctl.render.docx.parts.package import Part, Relationships
from docctl.render.docx.parts.unpacked import Related, Unpacked
from docctl.render.docx.template.seen import readable_words
from docctl.render.docx.template.styles import Styles, renamed
from docctl.render.docx.template.wordml import dropped, own, unwrapped, usual, w
from docctl.render.docx.xml import NAMESPACES

__all__ = ["Drawn", "cleaned"]

#: What is taken out with all that is in it.
_DROPPED = (
    "proofErr bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference"
    " permStart permEnd del moveFrom moveFromRangeStart moveFromRangeEnd moveToRangeStart"
    " moveToRangeEnd object control altChunk numPr footnoteReference endnoteReference pPrChange"
    " rPrChange tblPrChange trPrChange tcPrChange sectPrChange tblGridChange cellIns cellDel"
    " cellMerge customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart"
    " customXmlDelRangeEnd tblHeader"
)
#: What is taken out while all that is in it stays.
_UNWRAPPED = ("ins", "moveTo", "smartTag", "customXml", "subDoc")

_R = f"{{{NAMESPACES['r']}}}"
_A = f"{{{NAMESPACES['a']}}}"
_V = f"{{{NAMESPACES['v']}}}"
_WP = f"{{{NAMESPACES['wp']}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SHOWN = re.compile(
    r"http://schemas\.(?:openxmlformats\.org/drawingml/2006/picture"
    r"|microsoft\.com/office/word/2010/wordprocessing(?:Shape|Group|Canvas))\Z"
)
_ENDINGS: Mapping[str, str] = MappingProxyType(
    {"jpg": "jpeg", "tif": "tiff"}
    | {one: one for one in ("png", "jpeg", "gif", "bmp", "tiff", "emf", "wmf")}
)


@dataclass(slots=True)
class Drawn:
    """A head or foot, and what it shows."""

    root: etree._Element
    links: Relationships = field(default_factory=Relationships)
    media: dict[str, Part] = field(default_factory=dict)
    """Pictures, by the names of their parts."""

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to be seen."""
        words = "".join(node.text or "" for node in self.root.iter(w("t"), w("instrText")))
        shapes = self.root.iter(w("drawing"), w("pict"))
        return not words.strip() and next(shapes, None) is None


def cleaned(file: Unpacked, name: str, styles: Styles) -> Drawn:
    """Return a head or foot without traces of editing, programs, and what lies elsewhere."""
    root = usual(file.xml(name))
    drawn = Drawn(root)
    for node in list(root.iter(*map(w, _DROPPED.split()))):
        dropped(node)
    for node in reversed(list(root.iter(*map(w, _UNWRAPPED)))):
        unwrapped(node)
    for node in root.iter():
        for key in list(node.attrib):
            if "rsid" in str(key) or str(key).endswith(
                ("}paraId", "}textId", "}anchorId", "}editId")
            ):
                del node.attrib[key]
    for node in root.iter(w("cantSplit")):
        node.attrib.pop(w("val"), "")
    renamed(root, styles)
    _marks(root)
    _shapes(root)
    readable_words(root, styles.taken)
    _linked(drawn, file, file.related(name))
    _numbered(root)
    drawn.root = _declared(root)
    return drawn


def _marks(root: etree._Element) -> None:
    """Take out marks across the page: whether a text is a draft, docctl knows."""
    for shape in list(root.iter(f"{_V}shape")):
        words = shape.find(f"{_V}textpath")
        if words is not None and "watermark" in (shape.get("id") or "").casefold():
            _dropped_run(shape)
    for node in list(root.iter(f"{_WP}docPr")):
        if "PowerPlusWaterMark" in (node.get("name") or ""):
            _dropped_run(node)


def _shapes(root: etree._Element) -> None:
    """Take out diagrams, charts, and what programs draw; pictures and text boxes stay."""
    for node in list(root.iter(f"{_A}graphicData")):
        if not _SHOWN.match(node.get("uri") or ""):
            _dropped_run(node)
    for node in list(root.iter(f"{_A}extLst")):  # a drawing beside the picture that shows it, too
        dropped(node)


def _linked(drawn: Drawn, file: Unpacked, known: Mapping[str, Related]) -> None:
    """Point to the parts of the new package; what lies outside of the file is left out."""
    for node in list(drawn.root.iter()):
        for key in [str(one) for one in node.attrib if str(one).startswith(_R)]:
            found = known.get(node.get(key) or "")
            made = _LINKS[found.kind](drawn, file, found) if found and found.kind in _LINKS else ""
            if made:
                node.set(key, made)
                continue
            del node.attrib[key]
            _without(node)


def _without(node: etree._Element) -> None:
    """Take away what lost what it points to."""
    if node.tag == w("hyperlink"):
        if not own(node, "anchor"):
            unwrapped(node)
    elif node.tag == f"{_A}hlinkClick":
        dropped(node)
    elif not any(str(one).startswith(_R) for one in node.attrib):
        _dropped_run(node)


def _dropped_run(node: etree._Element) -> None:
    """Take out the run that a shape stands in."""
    run = next(node.iterancestors(w("r")), None)
    dropped(node if run is None else run)


def _picture(drawn: Drawn, file: Unpacked, found: Related) -> str:
    ending = _ENDINGS.get(found.target.rpartition(".")[2].lower(), "")
    if found.outside or not ending or found.target not in file.names:
        return ""
    content = file.content(found.target)
    name = f"media/{sha256(content).hexdigest()[:20]}.{ending}"
    drawn.media[name] = Part(f"word/{name}", content)
    return drawn.links.to("image", name)


def _address(drawn: Drawn, _file: Unpacked, found: Related) -> str:
    where = address(found.target) if found.outside else ""
    return drawn.links.outside(where) if where else ""


_LINKS: Mapping[str, Callable[[Drawn, Unpacked, Related], str]] = MappingProxyType(
    {
        "image": _picture,
        "hyperlink": _address,
    }
)

#: What the template draws is numbered from here on; texts count from 1.
_FIRST_SHAPE = 500_000


def _numbered(root: etree._Element) -> None:
    """Give shapes numbers that nothing else in a package has."""
    numbers = count(_FIRST_SHAPE)
    for node in root.iter(f"{_WP}docPr"):
        node.set("id", str(next(numbers)))
    for node in root.iter(f"{_V}shape", f"{_V}rect", f"{_V}line", f"{_V}group", f"{_V}roundrect"):
        for key in [str(one) for one in node.attrib if str(one).endswith(("}spid", "ID"))]:
            del node.attrib[key]


def _declared(root: etree._Element) -> etree._Element:
    """Return *root* with the prefixes that our own lines use."""
    theirs = {
        prefix: space
        for prefix, space in root.nsmap.items()
        if prefix and prefix not in NAMESPACES and space not in NAMESPACES.values()
    }
    fresh = etree.Element(root.tag, nsmap=NAMESPACES | theirs)
    ignorable = root.get(f"{_MC}Ignorable")
    if ignorable:
        there = [one for one in ignorable.split() if one in theirs]
        if there:
            fresh.set(f"{_MC}Ignorable", " ".join(there))
    fresh.extend(list(root))
    return fresh
