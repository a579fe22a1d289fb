"""What moves, turns or presses words, or lets them mean another thing: no editor adds it."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from unicodedata import bidirectional

from lxml import etree

from docctl.intake.digits import measure, whole
from docctl.intake.docx.looks import CONTRAST, OFF, SIGNS, TINY, lightness
from docctl.intake.docx.names import MATH, MC, A, R, W, local, said, value
from docctl.intake.foreign import Strange

__all__ = ["OUT", "is_leftward", "moved", "styled"]

#: Properties of which each has its place once.
_PROPERTIES = frozenset(f"{W}{name}" for name in ("rPr", "pPr", "tcPr", "trPr", "tblPr"))
#: Namespaces whose elements are looked through: what stands in another, a program may leave out.
_SEEN = (
    "{http://schemas.openxmlformats.org/",
    "{urn:schemas-microsoft-com:",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessing",
    "{http://schemas.microsoft.com/office/drawing/",
)
#: Distances in twips beyond which something leaves the page, or letters lie on each other.
_FAR, _PRESSED = 11_000, -40
#: How far, in twips, words may stand out into the margin of a page, which is wider.
OUT = 900
#: In half points; what is raised further looks like a power, or a mark of a note.
_RAISED = 5
#: A cell of fewer twips shows no letter.
_THIN = 100
#: What settings say of colours where nobody exchanged them.
_COLOURS: Mapping[str, str] = MappingProxyType(
    {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
)


_COLLAPSED = "{http://schemas.microsoft.com/office/word/2012/wordml}collapsed"
#: What counts in a style as well, wherever that stands.
_STYLED = frozenset(
    {_COLLAPSED, *(f"{W}{one}" for one in ("spacing", "position", "fitText", "tl2br", "tr2bl"))}
)
#: How words run that run from left to right, and lines from top to bottom; by either edition.
_UPRIGHT = frozenset({"", "lrTb", "tb"})
_USUAL: Mapping[str, str] = MappingProxyType({f"{W}numStart": "1", f"{W}numFmt": "decimal"})


def moved(root: etree._Element) -> Iterator[Strange]:
    """Yield what in a part shows words elsewhere, in another order, or not at all."""
    for node in root.iter(etree.Element):
        tag = str(node.tag)
        if finder := _FINDERS.get(tag):
            yield from finder(node)
        elif tag in _PROPERTIES:
            yield from _properties(node)
        elif not tag.startswith(_SEEN):
            yield from _unknown(node)


def styled(styles: etree._Element) -> Iterator[Strange]:
    """Yield what styles make of words that no look of a run tells."""
    for node in styles.iter(etree.Element):
        tag = str(node.tag)
        if tag in _STYLED:
            yield from _FINDERS[tag](node)
        elif tag == f"{W}tblStylePr":
            yield from _faint(node)


def _faint(part: etree._Element) -> Iterator[Strange]:
    """Yield the rows or columns that a style of tables writes in the colour of their paper."""
    ink = lightness(value(part.find(f"{W}rPr/{W}color")))
    paper = part.find(f"{W}tcPr/{W}shd")
    behind = lightness(paper.get(f"{W}fill") or "") if paper is not None else None
    size = whole(value(part.find(f"{W}rPr/{W}sz")))
    faint = ink is not None and abs(ink - (255 if behind is None else behind)) < CONTRAST
    if faint or (size is not None and size <= TINY):
        yield Strange("hidden text", f"of tables: {part.get(f'{W}type')}")


def _properties(node: etree._Element) -> Iterator[Strange]:
    """Yield properties that stand twice, or of which a program may choose."""
    above = node.getparent()
    twice = above is not None and above.find(node.tag) is not node
    said_ = {(child.tag, tuple(child.attrib.items())) for child in node}
    names = [tag for tag, _ in said_]
    if twice or len(set(names)) < len(names) or f"{MC}AlternateContent" in names:
        yield Strange("looks of two kinds", local(node))


def _unknown(node: etree._Element) -> Iterator[Strange]:
    """Yield words in an element that programs may leave out with all that it holds."""
    if next(node.iter(f"{W}t", f"{W}p"), None) is not None:
        yield Strange("words that programs leave out", said(node))


def _any(kind: str) -> Callable[[etree._Element], Iterator[Strange]]:
    def found(node: etree._Element) -> Iterator[Strange]:
        if value(node) not in OFF:
            yield Strange(kind, local(node))

    return found


def _turned_round(node: etree._Element) -> Iterator[Strange]:
    """Yield what runs from right to left where no letter does."""
    around = next(node.iterancestors(f"{W}tbl", f"{W}p"), node)
    if value(node) not in OFF and not any(map(is_leftward, said(around))):
        yield Strange("words turned round", local(node))


def _direction(node: etree._Element) -> Iterator[Strange]:
    if value(node) not in _UPRIGHT:
        yield Strange("words turned round", value(node))


def _crossed(node: etree._Element) -> Iterator[Strange]:
    if value(node) not in OFF | {"nil"}:
        yield Strange("crossed-out cell", "")


def _told(kind: str) -> Callable[[etree._Element], Iterator[Strange]]:
    return lambda node: iter((Strange(kind, " ".join(value(node).split())),))


def is_leftward(letter: str) -> bool:
    """Tell whether a letter is of a script that runs from right to left."""
    return bidirectional(letter) in {"R", "AL"}


def _beyond(most: int, *names: str) -> Callable[[etree._Element], Iterator[Strange]]:
    """Return what finds an element of which a measure is larger than that, either way."""

    def found(node: etree._Element) -> Iterator[Strange]:
        if any(abs(measure(node.get(f"{W}{name}") or "")) > most for name in names):
            yield Strange("moved away", local(node))

    return found


def _pressed(node: etree._Element) -> Iterator[Strange]:
    above = node.getparent()
    if above is not None and above.tag == f"{W}rPr" and measure(value(node)) < _PRESSED:
        yield Strange("letters on each other", value(node))


def _margins(node: etree._Element) -> Iterator[Strange]:
    sides = [measure(node.get(f"{W}{side}") or "") for side in ("left", "right", "gutter")]
    if min(sides) < 0:
        yield Strange("moved away", local(node))
    yield from _beyond(_FAR, "left", "right", "top", "bottom", "header", "footer")(node)


def _outward(node: etree._Element) -> Iterator[Strange]:
    """Yield a table that begins so far in the margin that the page cuts it off, or beyond it."""
    if not -OUT <= measure(node.get(f"{W}w") or "") <= _FAR:
        yield Strange("moved away", local(node))


def _thin(node: etree._Element) -> Iterator[Strange]:
    """Yield the words of a cell that is too thin for one letter."""
    above = next(node.iterancestors(f"{W}tc"), node)
    fixed = node.get(f"{W}type") == "dxa"
    if fixed and measure(node.get(f"{W}w") or "") < _THIN and (words := said(above)):
        yield Strange("hidden text", words)


def _pages(node: etree._Element) -> Iterator[Strange]:
    if (start := node.get(f"{W}start") or "1") != "1":
        yield Strange("pages counted otherwise", start)


def _narrow(node: etree._Element) -> Iterator[Strange]:
    sides = [measure(node.get(f"{W}{side}") or "") for side in "wh"]
    if min(sides) < _FAR // 4:
        yield Strange("pages too small", local(node))


def _symbol(node: etree._Element) -> Iterator[Strange]:
    if (node.get(f"{W}font") or "").lower().startswith(SIGNS):
        yield Strange("letters in a font of signs", node.get(f"{W}char") or "")


def _mark(node: etree._Element) -> Iterator[Strange]:
    if (node.get(f"{W}customMarkFollows") or "0") not in OFF:
        yield Strange("note with a mark of its own", node.get(f"{W}id") or "")


def _link(node: etree._Element) -> Iterator[Strange]:
    for name in ("tooltip", "docLocation"):
        if words := node.get(f"{W}{name}"):
            yield Strange(f"{name} of a link", words)


def _picture_link(node: etree._Element) -> Iterator[Strange]:
    yield Strange("link on a picture", node.get(f"{R}id") or "")


def _turned(node: etree._Element) -> Iterator[Strange]:
    if any((node.get(name) or "0") not in OFF for name in ("flipH", "flipV", "rot")):
        yield Strange("turned picture", "")


def _filled(node: etree._Element) -> Iterator[Strange]:
    if any(abs(measure(node.get(side) or "")) > _FAR for side in "ltrb"):
        yield Strange("cropped picture", "")


def _counted(node: etree._Element) -> Iterator[Strange]:
    """Yield how notes are counted, where that is not 1, 2, 3."""
    above = node.getparent()
    if above is not None and above.tag == f"{W}footnotePr" and value(node) != _USUAL[node.tag]:
        yield Strange("notes counted otherwise", value(node))


def _colours(node: etree._Element) -> Iterator[Strange]:
    if any((node.get(f"{W}{name}") or usual) != usual for name, usual in _COLOURS.items()):
        yield Strange("exchanged colours", local(node))


#: What is left of changes that nobody has accepted yet, beside words put in or taken out.
_TRACKED = (
    "cellIns", "cellDel", "cellMerge", "numberingChange", "rPrChange", "pPrChange", "sectPrChange",
    "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange",
)  # fmt: skip


def _named(kind: str, *names: str) -> dict[str, Callable[[etree._Element], Iterator[Strange]]]:
    return dict.fromkeys((f"{W}{name}" for name in names), _any(kind))


_FINDERS: Mapping[str, Callable[[etree._Element], Iterator[Strange]]] = MappingProxyType(
    {
        **_named("words turned round", "bdo", "dir"),
        f"{W}rtl": _turned_round,
        f"{W}bidiVisual": _turned_round,
        **_named("letters on each other", "fitText", "tcFitText", "eastAsianLayout"),
        **_named("words in a frame", "framePr", "tblpPr"),
        **_named("cells moved", "gridBefore", "gridAfter", "gridSpan"),
        **_named("tracked change", *_TRACKED),
        **_named("prints no text", "printFormsData"),
        f"{W}textDirection": _direction,
        f"{W}tl2br": _crossed,
        f"{W}tr2bl": _crossed,
        _COLLAPSED: _any("folded text"),
        f"{W}tblDescription": _told("description of a table"),
        f"{W}tblCaption": _told("description of a table"),
        **_named(
            "words of the day", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort",
            "yearLong", "pgNum",
        ),
        f"{MATH}oMath": lambda node: iter((Strange("formula", said(node)),)),
        f"{W}position": lambda node: (
            iter((Strange("moved away", "position"),))
            if abs(measure(value(node))) > _RAISED
            else iter(())
        ),
        f"{W}spacing": _pressed,
        f"{W}tblInd": _outward,
        f"{W}tcW": _thin,
        f"{W}pgNumType": _pages,
        f"{W}alias": _told("title of a field"),
        **_named("words to choose from", "dropDownList", "comboBox"),
        f"{W}ind": _beyond(_FAR, "firstLine", "hanging"),
        f"{W}pgMar": _margins,
        f"{W}pgSz": _narrow,
        f"{W}sym": _symbol,
        f"{W}footnoteReference": _mark,
        f"{W}endnoteReference": _mark,
        f"{W}hyperlink": _link,
        f"{W}numStart": _counted,
        f"{W}numFmt": _counted,
        f"{W}clrSchemeMapping": _colours,
        f"{A}hlinkClick": _picture_link,
        f"{A}xfrm": _turned,
        f"{A}fillRect": _filled,
    }
)  # fmt: skip
