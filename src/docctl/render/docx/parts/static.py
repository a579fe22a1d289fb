"""The parts that are the same in every document: theme, fonts, settings."""

from collections.abc import Mapping
from types import MappingProxyType

from docctl.render.docx.parts.styles import ACCENT, FONT, MONO
from docctl.render.docx.xml import NAMESPACES, declared

__all__ = ["FONTS", "OPTIONS", "THEME", "settings"]

_COLOURS = MappingProxyType(
    {
        "dk1": "000000",
        "lt1": "FFFFFF",
        "dk2": ACCENT,
        "lt2": "E9EDF2",
        "accent1": ACCENT,
        "accent2": "6B7C93",
        "accent3": "4F7F64",
        "accent4": "9A6700",
        "accent5": "B54708",
        "accent6": "A61B1B",
        "hlink": "1A4E8A",
        "folHlink": "5B3F8C",
    }
)


def _theme() -> bytes:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items()
    )
    faces = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    content = (
        f'<a:themeElements><a:clrScheme name="Document">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Document"><a:majorFont>{faces}</a:majorFont>'
        f"<a:minorFont>{faces}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Document"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return (
        f'{head}<a:theme xmlns:a="{NAMESPACES["a"]}" name="Document">{content}</a:theme>'.encode()
    )


def _font(name: str, instead: str, family: str, pitch: str) -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="00"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
    )


#: The theme part.
THEME = _theme()

#: The font table: each font with the free one of the same widths.
FONTS = declared(
    "w:fonts",
    _font(FONT, "Liberation Sans", "swiss", "variable")
    + _font(MONO, "Liberation Mono", "modern", "fixed")
    + _font("Segoe UI Symbol", "DejaVu Sans", "swiss", "variable"),
    "w",
)


#: The settings in the order in which they must stand, as far as we write any.
_ORDER = (
    "zoom",
    "mirrorMargins",
    "gutterAtTop",
    "documentProtection",
    "defaultTabStop",
    "autoHyphenation",
    "consecutiveHyphenLimit",
    "hyphenationZone",
    "doNotHyphenateCaps",
    "evenAndOddHeaders",
    "characterSpacingControl",
    "footnotePr",
    "compat",
    "themeFontLang",
    "clrSchemeMapping",
    "decimalSymbol",
    "listSeparator",
)

#: Those that a template does not bring along: they are no matter of layout.
_OURS = frozenset(
    {
        "zoom",
        "documentProtection",
        "characterSpacingControl",
        "footnotePr",
        "compat",
        "themeFontLang",
    }
)

#: The settings that a template may bring along.
OPTIONS = frozenset(_ORDER) - _OURS

#: Lines that an author broke are not stretched where a template justifies its text.
_UNSTRETCHED = "<w:doNotExpandShiftReturn/>"
_COMPATIBILITY = _UNSTRETCHED + "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word"'
    f' w:val="{value}"/>'
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    )
)

_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "zoom": '<w:zoom w:percent="100"/>',
        "defaultTabStop": '<w:defaultTabStop w:val="567"/>',
        "characterSpacingControl": '<w:characterSpacingControl w:val="doNotCompress"/>',
        "footnotePr": '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>',
        "compat": f"<w:compat>{_COMPATIBILITY}</w:compat>",
        "clrSchemeMapping": (
            '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"'
            ' w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"'
            ' w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
            ' w:followedHyperlink="followedHyperlink"/>'
        ),
        "decimalSymbol": '<w:decimalSymbol w:val="."/>',
        "listSeparator": '<w:listSeparator w:val=","/>',
    }
)


_READ_ONLY = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'


def settings(
    language: str, more: Mapping[str, str] = MappingProxyType({}), *, read_only: bool = False
) -> bytes:
    """Return the settings part: today's layout rules, and where footnotes take their lines from.

    *more* are settings by their names, as they are written. With *read_only* word processors are
    told not to let anybody write; there is no password, and it is no protection.
    """
    speaks = {"themeFontLang": f'<w:themeFontLang w:val="{language}"/>'}
    written = {**_SETTINGS, **speaks, **more}
    if read_only:
        written["documentProtection"] = _READ_ONLY
    return declared("w:settings", "".join(written.get(name, "") for name in _ORDER), "w")
