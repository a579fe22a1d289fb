"""An organisation's own DOCX file, read once and within limits, whatever is in it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256

from lxml import etree

from docctl.errors import UnreadableError
from docctl.render.docx.around.frame import LANDSCAPE, PORTRAIT
from docctl.render.docx.parts.package import Part
from docctl.render.docx.parts.static import FONTS, OPTIONS, THEME
from docctl.render.docx.parts.unpacked import Unpacked, unpacked
from docctl.render.docx.template.bullets import bullets
from docctl.render.docx.template.cleaned import cleaned
from docctl.render.docx.template.fields import placed
from docctl.render.docx.template.frames import TheirFrame, kept
from docctl.render.docx.template.numbering import renumbered, their_lists
from docctl.render.docx.template.page import PAGES, sheet
from docctl.render.docx.template.styles import adopted
from docctl.render.docx.template.template import Template
from docctl.render.docx.template.wordml import dropped, fragment, own, plain, w
from docctl.render.docx.xml import NAMESPACES, declared

__all__ = ["read"]

_A = f"{{{NAMESPACES['a']}}}"
_STRICT = "http://purl.oclc.org/ooxml/"
#: Word itself keeps no more styles in a file.
_MOST_STYLES = 4_079
_EMBEDDED = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")


@lru_cache(maxsize=8)
def read(data: bytes, source: str) -> Template:
    """Return a template that was made in a word processor; *source* is what errors call it.

    Styles, theme, fonts, lists, settings of the layout, paper and margins, heads and feet with
    their pictures are kept. Its text, and what runs, tracks, or lies elsewhere, is left out.

    Raises:
        UnreadableError: it is no DOCX file, holds macros, asks for more than is reasonable, or for
            a placeholder that docctl does not know.
    """
    return unpacked(data, source, lambda file: _template(file, sha256(data).hexdigest()))


def _template(file: Unpacked, digest: str) -> Template:
    _require_harmless(file)
    name = file.main()
    main, parts = file.xml(name), _parts(file, name)
    if main.tag != w("document"):
        strict = str(main.tag).startswith(f"{{{_STRICT}")
        raise UnreadableError(
            file.source,
            "it is a strict Open XML document" if strict else "it is no text document",
            hint="save it as an ordinary Word document (.docx)" if strict else "",
        )
    pages = sheet(main, file.source)
    lists = _optional(file, parts.get("numbering"))
    numbers = renumbered(lists)
    options = _optional(file, parts.get("settings"))
    theme = _theme(_optional(file, parts.get("theme")))
    look = adopted(
        _styles(file, parts.get("styles")),
        used=[own(node, "val") for node in main.iter(w("tblStyle"))],
        default_table=_default_table(options),
        accent=_accent(theme),
        fonts=dict(_theme_fonts(theme)),
        lists=numbers,
    )
    media: dict[str, Part] = {}
    lying = pages.lying(PORTRAIT), pages.lying(LANDSCAPE)
    frames: dict[tuple[str, str], TheirFrame] = {}
    related = file.related(name)
    for key, link in pages.references.items():
        target = related.get(link)
        if target is None or key[1] not in PAGES or target.target not in file.names:
            continue
        drawn = cleaned(file, target.target, look)
        asks = placed(drawn.root, file.source, look.ids)
        if not drawn.empty:
            media |= drawn.media
            frames[key] = kept(drawn, asks, lying, look.tabs)
    return Template(
        digest=digest,
        look=look,
        lists=their_lists(lists, look),
        signs=bullets(lists, look.xml),
        theme=etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
        if theme is not None
        else THEME,
        fonts=_fonts(_optional(file, parts.get("fontTable"))),
        sheet=pages,
        frames_kept=frames,
        media=tuple(media.values()),
        options=dict(_options(options)),
    )


def _require_harmless(file: Unpacked) -> None:
    types = file.content("[Content_Types].xml").decode("utf-8", "replace")
    macros = any(name.casefold().endswith("vbaproject.bin") for name in file.names)
    if macros or "macroEnabled" in types:
        raise UnreadableError(
            file.source,
            "it holds macros, and a copy must not run programs",
            hint="save it as a Word document without macros (.docx)",
        )


def _parts(file: Unpacked, name: str) -> Mapping[str, str]:
    """Return the parts that the text points to, by kind; there is one of each."""
    found = {one.kind: one.target for one in file.related(name).values() if not one.outside}
    return {kind: target for kind, target in found.items() if target in file.names}


def _optional(file: Unpacked, name: str | None) -> etree._Element | None:
    return file.xml(name) if name else None


def _styles(file: Unpacked, name: str | None) -> etree._Element | None:
    styles = _optional(file, name)
    if styles is not None and len(styles) > _MOST_STYLES:
        raise UnreadableError(
            file.source,
            f"it has more than {_MOST_STYLES} styles",
            hint="delete those that are not used",
        )
    return styles


# --- theme, fonts, settings ----------------------------------------------------------------------


def _theme(root: etree._Element | None) -> etree._Element | None:
    """Return the theme without pictures: they would point to parts that are left behind."""
    if root is None:
        return None
    for node in list(root.iter(f"{_A}blipFill")):
        fill = etree.Element(f"{_A}solidFill")
        etree.SubElement(fill, f"{_A}schemeClr", {"val": "phClr"})
        parent = node.getparent()
        if parent is not None:
            parent.replace(node, fill)
    for name in ("extLst", "objectDefaults", "custClrLst"):
        for node in list(root.iter(f"{_A}{name}")):
            dropped(node)
    return root


def _accent(theme: etree._Element | None) -> str:
    colour = None if theme is None else theme.find(f".//{_A}accent1/{_A}srgbClr")
    return "" if colour is None else (colour.get("val") or "")


def _theme_fonts(theme: etree._Element | None) -> Iterator[tuple[str, str]]:
    """Yield the fonts of a theme for headings and texts, as styles call them: `major`, `minor`."""
    for name in ("major", "minor"):
        font = None if theme is None else theme.find(f".//{_A}{name}Font/{_A}latin")
        if font is not None:
            yield name, font.get("typeface") or ""


def _fonts(root: etree._Element | None) -> bytes:
    """Return the list of fonts, without the fonts themselves, and with ours."""
    if root is None:
        return FONTS
    plain(root)
    for node in list(root.iter(*map(w, _EMBEDDED))):
        dropped(node)
    for node in root.iter(w("charset")):  # of strict documents, which LibreOffice mixes in
        node.attrib.pop(w("characterSet"), "")
    there = {own(one, "name") for one in root}
    ours = [one for one in etree.fromstring(FONTS) if own(one, "name") not in there]
    return declared("w:fonts", fragment(iter([*root, *ours])), "w")


def _default_table(root: etree._Element | None) -> str:
    node = None if root is None else root.find(w("defaultTableStyle"))
    return "" if node is None else own(node, "val")


def _options(root: etree._Element | None) -> Iterator[tuple[str, str]]:
    """Yield the settings of the layout; those of a session, of programs and of people are left."""
    if root is None:
        return
    for node in plain(root):
        name = etree.QName(node).localname
        off = own(node, "val") in {"0", "false", "off"}
        if name in OPTIONS and not off:
            yield name, fragment(iter([node]))
