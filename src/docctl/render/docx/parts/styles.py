"""The styles part: one line for each style, with the names that word processors know."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Literal, NamedTuple

from docctl.render.docx.xml import attribute, declared
from docctl.render.palette import CALL_OUTS

__all__ = ["ACCENT", "FONT", "GREY", "HEADING_TAB", "LINE", "MONO", "SHADE", "styles"]

#: Fonts that every word processor has, or replaces by one of the same widths.
FONT = "Arial"
MONO = "Courier New"

#: The colours: headings, side texts, lines, the background of table heads.
ACCENT = "1F3A5F"
GREY = "595959"
LINE = "B4BDC9"
SHADE = "E9EDF2"

#: Where the text of a numbered heading begins, by level from 1, in twips.
HEADING_TAB = MappingProxyType({1: 567, 2: 680, 3: 850, 4: 1020, 5: 1190, 6: 1360})


class Style(NamedTuple):
    """A paragraph style: its id, name, parent, paragraph and run properties."""

    id: str
    name: str
    parent: str = "Normal"
    paragraph: str = ""
    run: str = ""
    next: str = ""


def _space(before: int, after: int, line: int = 0) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _bar(size: int, colour: str, fill: str) -> str:
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="{size}" w:space="8" w:color="{colour}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    )


def _size(half_points: int, more: str = "") -> str:
    return f'{more}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


_BOLD = "<w:b/><w:bCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"
_ACCENT = f'<w:color w:val="{ACCENT}"/>'
_GREY = f'<w:color w:val="{GREY}"/>'
_MONO = f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:eastAsia="{MONO}" w:cs="{MONO}"/>'
_CLOSE = "<w:contextualSpacing/>"

_HEADINGS = MappingProxyType(
    {
        1: (30, 400, 140, _BOLD + _ACCENT),
        2: (24, 300, 100, _BOLD + _ACCENT),
        3: (21, 240, 80, _BOLD + _ACCENT),
        4: (20, 200, 60, _BOLD),
        5: (20, 180, 60, _BOLD + _GREY),
        6: (20, 180, 60, f"<w:i/><w:iCs/>{_GREY}"),
    }
)

_PARAGRAPHS = (
    Style("BodyText", "Body Text", "Normal", _space(0, 130, 276)),
    Style("Title", "Title", "Normal", _KEEP + _space(0, 180), _size(44, _BOLD + _ACCENT)),
    Style("Subtitle", "Subtitle", "Normal", _KEEP + _space(0, 200), _size(26, _GREY)),
    Style("DocumentType", "Document Type", "Normal", _KEEP + _space(120, 60),
          f'{_BOLD}<w:caps/>{_GREY}<w:spacing w:val="30"/>{_size(18)}'),
    Style("FrontHeading", "Front Heading", "Normal", _KEEP + _space(280, 90),
          _size(22, _BOLD + _ACCENT)),
    Style("TOCHeading", "TOC Heading", "FrontHeading"),
    Style("ListParagraph", "List Paragraph", "Normal", _space(0, 110, 276)),
    Style("Compact", "Compact", "Normal", _space(0, 130, 276) + _CLOSE),
    Style("Quote", "Quote", "Normal",
          _bar(12, LINE, "auto") + _space(0, 130, 276) + '<w:ind w:left="284" w:right="284"/>',
          '<w:color w:val="404040"/>'),
    Style("DefinitionTerm", "Definition Term", "Normal", _KEEP + _space(60, 30, 276), _BOLD),
    Style("Definition", "Definition", "Normal", _space(0, 110, 276) + '<w:ind w:left="425"/>'),
    Style("SourceCode", "Source Code", "Normal",
          '<w:shd w:val="clear" w:color="auto" w:fill="F3F4F6"/>' + _space(60, 170, 252)
          + '<w:ind w:left="57" w:right="57"/>', _MONO + "<w:noProof/>" + _size(17)),
    Style("TableText", "Table Text", "Normal", _space(40, 40), _size(18)),
    Style("TableHeading", "Table Heading", "TableText", "<w:keepNext/>", _BOLD + _ACCENT),
    Style("TableSmall", "Table Small", "TableText", _space(20, 20), _size(14)),
    Style("TableSmallHeading", "Table Small Heading", "TableSmall", "<w:keepNext/>",
          _BOLD + _ACCENT),
    Style("TableGap", "Table Gap", "Normal",
          '<w:spacing w:before="0" w:after="0" w:line="170" w:lineRule="exact"/>', _size(8)),
    Style("Break", "Break", "Normal",
          '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', _size(2)),
    Style("Caption", "caption", "Normal", _space(60, 90), _size(18, _BOLD + _GREY)),
    Style("Figure", "Figure", "Normal", _space(120, 60) + '<w:jc w:val="center"/>'),
    Style("FigureCaption", "Figure Caption", "Caption", _space(0, 200) + '<w:jc w:val="center"/>'),
    Style("HorizontalRule", "Horizontal Rule", "Normal",
          f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{LINE}"/></w:pBdr>'
          + _space(60, 180)),
    Style("Header", "header", "Normal", _space(0, 0), _size(17, _GREY)),
    Style("Footer", "footer", "Normal", _space(0, 0), _size(16, _GREY)),
    Style("HeaderText", "Header Text", "Header"),
    Style("FooterText", "Footer Text", "Footer"),
    Style("HeaderNumber", "Header Number", "Header", '<w:jc w:val="right"/>'),
    Style("FooterPages", "Footer Pages", "Footer", '<w:jc w:val="right"/>'),
    Style("StatusMark", "Status Mark", "Header", _space(60, 0) + '<w:jc w:val="center"/>',
          _size(18, _BOLD + '<w:color w:val="000000"/>')),
    Style("FootnoteText", "footnote text", "Normal", _space(0, 40), _size(17)),
    Style("FactLabel", "Fact Label", "TableText", "", _size(16, _GREY)),
    Style("FactValue", "Fact Value", "TableText"),
)  # fmt: skip

#: The call-outs: id, name, width of the bar in eighths of a point, its colour, the background.
ADMONITIONS = tuple(
    (f"Admonition{kind.title()}", f"Admonition {kind.title()}", bar, colour, fill)
    for kind, bar, colour, fill, _ in CALL_OUTS
)

#: How a link looks.
HYPERLINK = '<w:color w:val="1A4E8A"/><w:u w:val="single"/>'

_CHARACTERS = (
    ("Hyperlink", "Hyperlink", HYPERLINK),
    ("VerbatimChar", "Verbatim Char", _MONO + "<w:noProof/>"),
    ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
)


class HeadingNumbers(NamedTuple):
    """How headings get their numbers: counted by the word processor, as text, or not at all.

    Headings above level `first` are not counted.
    """

    form: Literal["counted", "text", "none"]
    first: int = 1

    def level(self, level: int) -> int | None:
        """Return the level of counting, from 0, for a level of headings; None if not counted."""
        return level - self.first if self.form == "counted" and level >= self.first else None


#: The list that counts headings.
HEADINGS_NUM = 1


def styles(language: str, numbers: HeadingNumbers) -> bytes:
    """Return the styles part for a text in *language* whose headings are numbered so."""
    whole = (
        _defaults(language),
        _paragraph(Style("Normal", "Normal", "", "<w:widowControl/>"), ' w:default="1"'),
        *(_paragraph(style) for style in _PARAGRAPHS),
        *(_paragraph(style) for style in _headings(numbers)),
        *(_paragraph(style) for style in _contents(numbers)),
        *(_paragraph(style) for style in _admonitions()),
        _DEFAULTS,
        *(_character(*style) for style in _CHARACTERS),
        _TABLES,
    )
    return declared("w:styles", "".join(whole), "w")


def _defaults(language: str) -> str:
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>{_size(20)}"
        f"{_languages(attribute(language))}</w:rPr>"
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _languages(language: str) -> str:
    """Return the language of each kind of script: the document's own, where it is of that kind."""
    main, _, _ = language.lower().partition("-")
    far = language if main in {"ja", "ko", "zh"} else "en-US"
    leftward = language if main in {"ar", "fa", "he", "ur", "yi"} else "ar-SA"
    return f'<w:lang w:val="{language}" w:eastAsia="{far}" w:bidi="{leftward}"/>'


def _headings(numbers: HeadingNumbers) -> Iterator[Style]:
    for level, (size, before, after, run) in _HEADINGS.items():
        at = numbers.level(level)
        counted = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{HEADINGS_NUM}"/></w:numPr>'
        number = "" if at is None else counted
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        paragraph = f"{_KEEP}{number}{_space(before, after)}{outline}"
        name = f"heading {level}"
        yield Style(f"Heading{level}", name, "Normal", paragraph, _size(size, run), "BodyText")


def _contents(numbers: HeadingNumbers) -> Iterator[Style]:
    for level, before, left, hanging, run in (
        (1, 60, 454, 454, _BOLD),
        (2, 20, 1078, 624, ""),
        (3, 10, 1872, 794, _GREY),
    ):
        tab = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
        hung = f'{tab}{_space(before, 20)}<w:ind w:left="{left}" w:hanging="{hanging}"/>'
        plain = f'{_space(before, 20)}<w:ind w:left="{(level - 1) * 340}"/>'
        yield Style(
            f"TOC{level}", f"toc {level}", "Normal", plain if numbers.form == "none" else hung, run
        )


def _admonitions() -> Iterator[Style]:
    for key, name, size, colour, fill in ADMONITIONS:
        paragraph = (
            _bar(size, colour, fill) + _space(0, 60, 264) + '<w:ind w:left="227" w:right="113"/>'
        )
        yield Style(key, name, "Normal", paragraph)


def _paragraph(style: Style, default: str = "") -> str:
    parent = f'<w:basedOn w:val="{style.parent}"/>' if style.parent else ""
    following = f'<w:next w:val="{style.next}"/>' if style.next else ""
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    run = f"<w:rPr>{style.run}</w:rPr>" if style.run else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/>{parent}{following}<w:qFormat/>{paragraph}{run}</w:style>'
    )


def _character(key: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{run}</w:rPr></w:style>'
    )


_DEFAULTS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)


def _edges(names: str, size: int) -> str:
    return "".join(
        f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="{LINE}"/>'
        for name in names.split()
    )


_CELL = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
)

_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
    f'<w:tblInd w:w="0" w:type="dxa"/>{_CELL}</w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    f"{_edges('top left bottom right insideH insideV', 4)}</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="FactGrid"><w:name w:val="Fact Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    f"{_edges('top left bottom right insideH insideV', 4)}</w:tblBorders>{_CELL}</w:tblPr>"
    "</w:style>"
    '<w:style w:type="table" w:styleId="TableFrame"><w:name w:val="Table Frame"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
