"""The styles of a template, under the ids that our text uses.

Word processors know built-in styles by their names, which are the same in every language; ids are
localised (`berschrift1` is named `heading 1`). A template's style takes the id of ours with the
same name, and what it lacks is added from ours, in its colours.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from lxml import etree

from docctl.render.docx.parts import styles as ours
from docctl.render.docx.parts.styles import HeadingNumbers
from docctl.render.docx.template.looks import (
    SPACE,
    breadth,
    colour,
    fill,
    name_of,
    parent_of,
    style_of,
    styles_of,
    tabs_of,
)
from docctl.render.docx.template.seen import is_pale, readable_styles
from docctl.render.docx.template.wordml import dropped, measure, own, plain, w

__all__ = ["TABLE", "Styles", "adopted", "renamed"]

_KINDS = ("paragraph", "character", "numbering", "table")
#: Letters of so many half points, and lines of so many twips, are not read.
_UNREAD, _FLAT = 4, 60
_REFERENCES = ("basedOn", "next", "link")
_UNNUMBERED = HeadingNumbers("none")
#: Our id of the style that tables have.
TABLE = "TableGrid"
#: A template may say by this name which style our tables have.
_TABLE_NAME = "docctl table"
_PLAIN_TABLES = frozenset({"normal table", "table grid", "table normal"})
_LEVELS = range(1, 7)
_WHITE, _TINT = 255, 12


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a template as they are read once; each text completes them."""

    xml: bytes
    """The part, with the ids of ours."""

    ids: Mapping[str, str] = field(compare=False)
    """The ids that were changed: the old and the new ones."""

    accent: str
    """The colour of headings, as six hexadecimal digits."""

    table_heads: bool
    """Whether a style of tables brings heads along."""

    breadth: int = 100
    """How wide the letters of its tables are, in percent of ours."""

    tabs: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict, compare=False)
    """The stops of the tabulator in heads and feet, by style."""

    taken: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The colours in which nothing was to be read, by style."""

    @property
    def shade(self) -> str:
        """A pale background in the colour of headings."""
        parts = (int(self.accent[at : at + 2], 16) for at in (0, 2, 4))
        return "".join(f"{_WHITE - (_WHITE - part) * _TINT // 100:02X}" for part in parts)


def adopted(
    root: etree._Element | None,
    *,
    used: Iterable[str],
    default_table: str,
    accent: str,
    fonts: Mapping[str, str],
    lists: Mapping[str, str],
) -> Styles:
    """Return the styles of a part under our ids.

    *used* are the ids of the styles of the tables in the template's own text, *default_table* is
    that of its settings; *accent* and *fonts* are of its theme, *lists* the new numbers of lists.
    """
    root = plain(etree.Element(w("styles")) if root is None else root)
    for node in list(root):
        if node.tag not in _PARTS:
            dropped(node)
    _unique(root)
    known = _by_name(root)
    table = _table_style(root, used, default_table)
    ids = _ids(root, known, table)
    _rename(root, ids)
    _mend(root)
    taken = readable_styles(root)
    _relist(root, lists)
    branded = style_of(root, TABLE)
    heads = () if branded is None else branded.findall("w:tblStylePr[@w:type='firstRow']", SPACE)
    return Styles(
        etree.tostring(root),
        ids,
        _accent(colour(root, "Heading1"), fill(root, "Heading1"), accent),
        table_heads=bool(heads),
        breadth=breadth(root, fonts),
        tabs={key: tuple(tabs_of(root, key)) for key in ("Header", "Footer")},
        taken=taken,
    )


def _accent(*colours: str) -> str:
    """Return the first colour in which words can be read on paper; ours if there is none."""
    return next((one for one in colours if one and not is_pale(one)), ours.ACCENT)


_PARTS = frozenset(map(w, ("docDefaults", "latentStyles", "style")))


def renamed(root: etree._Element, styles: Styles) -> None:
    """Give what *root* says of styles our ids."""
    for name in ("pStyle", "rStyle", "tblStyle", "styleLink", "numStyleLink"):
        for node in root.iter(w(name)):
            old = own(node, "val")
            node.set(w("val"), styles.ids.get(old, old))


# --- reading -------------------------------------------------------------------------------------


def _unique(root: etree._Element) -> None:
    """Leave out what has no id or name, or those of another; one default of each kind stays."""
    seen: set[tuple[str, str]] = set()
    for style in styles_of(root):
        kind = own(style, "type") or "paragraph"
        style.set(w("type"), kind)
        keys = {("id", own(style, "styleId")), (kind, name_of(style))}
        if seen & keys or not all(value for _, value in keys) or kind not in _KINDS:
            dropped(style)
            continue
        seen |= keys
        if own(style, "default") and ("default", kind) in seen:
            del style.attrib[w("default")]
        elif own(style, "default"):
            seen.add(("default", kind))


def _by_name(root: etree._Element) -> dict[tuple[str, str], etree._Element]:
    """Return styles by kind and name; a heading may go by another name, and its level tells it."""
    known = {(own(one, "type"), name_of(one)): one for one in styles_of(root)}
    for one in styles_of(root):
        if own(one, "default") and own(one, "type") == "paragraph":
            known["paragraph", "normal"] = one
    for level in _LEVELS:
        levels = f"w:pPr/w:outlineLvl[@w:val='{level - 1}']"
        like = [one for one in styles_of(root) if one.find(levels, SPACE) is not None]
        if len(like) == 1 and not name_of(like[0]).startswith("toc"):
            known.setdefault(("paragraph", f"heading {level}"), like[0])
    return known


def _table_style(root: etree._Element, used: Iterable[str], default: str) -> str:
    """Return the id of the style that the template means for tables; empty where it means none."""
    tables = {
        own(one, "styleId"): name_of(one) for one in styles_of(root) if own(one, "type") == "table"
    }
    named = [key for key, name in tables.items() if name == _TABLE_NAME]
    counted = Counter(key for key in used if key in tables)
    common = [key for key, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]
    for key in (*named, default, *common):
        if key in tables and tables[key] not in _PLAIN_TABLES:
            return key
    return ""


def _ids(
    root: etree._Element, known: Mapping[tuple[str, str], etree._Element], table: str
) -> dict[str, str]:
    wanted = {
        own(known[kind, name], "styleId"): key
        for kind, name, key in _OUR_NAMES
        if (kind, name) in known
    }
    if table:
        wanted = {old: new for old, new in wanted.items() if new != TABLE} | {table: TABLE}
    taken = {key for _, _, key in _OUR_NAMES}
    for style in styles_of(root):
        old = own(style, "styleId")
        if old not in wanted and old in taken:
            free = (f"{old}{number}" for number in count(2))
            wanted[old] = next(one for one in free if style_of(root, one) is None)
    return {old: new for old, new in wanted.items() if old != new}


def _rename(root: etree._Element, ids: Mapping[str, str]) -> None:
    for style in styles_of(root):
        old = own(style, "styleId")
        style.set(w("styleId"), ids.get(old, old))
        for name in _REFERENCES:
            for node in style.findall(w(name)):
                val = own(node, "val")
                node.set(w("val"), ids.get(val, val))


def _mend(root: etree._Element) -> None:
    """Take out what docctl decides: languages, numbers of headings, that words are seen.

    What leads nowhere goes, too.
    """
    there = {own(one, "styleId") for one in styles_of(root)}
    ring = _ringed(root)
    for node in list(root.iter(w("lang"), w("vanish"), w("specVanish"))):
        dropped(node)
    _show(root)
    for style in styles_of(root):
        key = own(style, "styleId")
        for name in _REFERENCES:
            for node in style.findall(w(name)):
                if own(node, "val") not in there or (name == "basedOn" and key in ring):
                    dropped(node)
        if key in _OUR_PARAGRAPHS:
            _unnumber(style)


def _show(root: etree._Element) -> None:
    """Take out sizes and heights of lines in which nobody reads anything."""
    for node in list(root.iter(w("sz"), w("szCs"))):
        size = measure(own(node, "val"))
        if size is not None and size <= _UNREAD:
            dropped(node)
    for node in root.iter(w("spacing")):
        line = measure(own(node, "line"))
        if own(node, "lineRule") == "exact" and line is not None and line <= _FLAT:
            del node.attrib[w("line")], node.attrib[w("lineRule")]


def _relist(root: etree._Element, lists: Mapping[str, str]) -> None:
    for node in list(root.iter(w("numId"))):
        old = own(node, "val")
        if old in lists:
            node.set(w("val"), lists[old])
        elif old != "0":
            parent = node.getparent()
            dropped(node if parent is None else parent)


def _unnumber(style: etree._Element) -> None:
    """Take the number out of a style, with the indentation that was made for it."""
    for number in style.findall("w:pPr/w:numPr", SPACE):
        for node in (number, *style.findall("w:pPr/w:ind", SPACE)):
            dropped(node)


def _ringed(root: etree._Element) -> set[str]:
    """Return the styles that would be based on themselves."""
    parents = {own(one, "styleId"): parent_of(one) for one in styles_of(root)}
    found = set()
    for key, parent in parents.items():
        seen, at = {key}, parent
        while at in parents and at not in seen:
            seen.add(at)
            at = parents[at]
        if at == key:
            found.add(key)
    return found


def _our_names() -> Iterator[tuple[str, str, str]]:
    for style in styles_of(etree.fromstring(ours.styles("en", _UNNUMBERED))):
        yield own(style, "type"), name_of(style), own(style, "styleId")


#: Our styles: kind, name, and id.
_OUR_NAMES = tuple(_our_names())
_OUR_PARAGRAPHS = frozenset(key for kind, _, key in _OUR_NAMES if kind == "paragraph")
