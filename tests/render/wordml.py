"""A tiny notation for WordprocessingML: one line for each paragraph, row and cell.

    p Heading1 #purpose["Purpose"]
    p Compact num=5.0 "Stop, then " b"call " link(https://example.org)[u"help"] note(1)
    table 2000 7412 / row head / cell TableHeading "Who"

`num` is list and level; looks are b i s ^ _ ← m (monospaced) u (link); {…} is a field with its
text.
"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from docctl.render.docx.xml import NAMESPACES, declared

W = f"{{{NAMESPACES['w']}}}"
R = f"{{{NAMESPACES['r']}}}"
LOOKS = {"b": "b", "i": "i", "strike": "s", "rtl": "←"}
STYLES = {"Hyperlink": "u", "VerbatimChar": "m", "FootnoteReference": "^"}


def part(package: bytes, name: str) -> etree._Element:
    """Return one parsed part of a DOCX file."""
    with ZipFile(BytesIO(package)) as archive:
        return etree.fromstring(archive.read(name))


def described(fragment: str) -> str:
    """Return the notation of a piece of a body."""
    root = etree.fromstring(declared("w:body", fragment))
    return "".join(f"{line}\n" for line in _blocks(root))


def _blocks(parent: etree._Element) -> Iterator[str]:
    for node in parent:
        if node.tag == f"{W}p":
            yield f"p {_paragraph(node)}"
        elif node.tag == f"{W}tbl":
            widths = [column.get(f"{W}w") for column in node.find(f"{W}tblGrid")]
            if node.find(f"{W}tblPr/{W}bidiVisual") is not None:
                widths.append("leftward")
            left = node.find(f"{W}tblPr/{W}tblInd").get(f"{W}w")
            yield " ".join(("table", *widths, *([f"left={left}"] if left != "0" else [])))
            for row in node.iterfind(f"{W}tr"):
                yield "  row head" if row.find(f"{W}trPr/{W}tblHeader") is not None else "  row"
                yield from (f"    cell {_paragraph(cell)}" for cell in row.iter(f"{W}p"))
        elif node.tag == f"{W}bookmarkStart":
            yield f"#{node.get(f'{W}name')}"


def _paragraph(node: etree._Element) -> str:
    return " ".join((*_properties(node.find(f"{W}pPr")), *_inline(node))).rstrip()


def _properties(properties: etree._Element | None) -> Iterator[str]:
    for node in properties if properties is not None else ():
        name, value = etree.QName(node).localname, node.get(f"{W}val", "")
        if name == "pStyle":
            yield value
        elif name == "numPr":
            yield f"num={node[1].get(f'{W}val')}.{node[0].get(f'{W}val')}"
        elif name == "ind":
            yield from (f"{etree.QName(key).localname}={size}" for key, size in node.items())
        elif name == "pBdr":
            yield f"bar={node[0].get(f'{W}sz')}+{node[0].get(f'{W}space')}"
        elif name == "jc":
            yield value
        elif name in {"keepNext", "bidi"}:
            yield {"keepNext": "keep", "bidi": "leftward"}[name]


def _inline(parent: etree._Element) -> Iterator[str]:
    cached: list[str] | None = None
    for node in parent:
        name = etree.QName(node).localname
        if name == "hyperlink":
            where = f"#{node.get(f'{W}anchor')}" if node.get(f"{W}anchor") else node.get(f"{R}id")
            yield f"link({where})[{' '.join(_inline(node))}]"
        elif name == "bookmarkStart":
            yield f"#{node.get(f'{W}name')}["
        elif name == "bookmarkEnd":
            yield "]"
        elif name == "r" and node.find(f"{W}fldChar") is not None:
            kind = node.find(f"{W}fldChar").get(f"{W}fldCharType")
            if kind == "begin":
                cached = []
            elif kind == "end" and cached is not None:
                yield f"{{{' '.join(cached)}}}"
                cached = None
        elif name == "r" and cached is not None:
            cached.append("".join(node.itertext()).strip())
        elif name == "r":
            yield _run(node)


def _run(node: etree._Element) -> str:
    words = ""
    for part_ in node:
        name = etree.QName(part_).localname
        if name == "t":
            words += part_.text or ""
        elif name == "br":
            words += "⇟" if part_.get(f"{W}type") == "page" else "⏎"
        elif name == "tab":
            words += "⇥"
        elif name == "pict":
            return "line"
        elif name == "footnoteReference":
            return f"note({part_.get(f'{W}id')})"
        elif name == "drawing":
            extent, about = part_[0][0], part_[0][1]
            size = "x".join(str(round(int(extent.get(axis)) / 9525)) for axis in ("cx", "cy"))
            return f'image({size} "{about.get("descr")}")'
    return f'{_look(node.find(f"{W}rPr"))}"{words}"'


def _look(properties: etree._Element | None) -> str:
    looks = ""
    for node in properties if properties is not None else ():
        name, value = etree.QName(node).localname, node.get(f"{W}val", "")
        looks += LOOKS.get(name, "")
        looks += STYLES.get(value, "") if name == "rStyle" else ""
        looks += {"superscript": "^", "subscript": "_"}[value] if name == "vertAlign" else ""
    return looks
