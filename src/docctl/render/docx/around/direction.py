"""Text that is written from right to left: marked as such, as word processors want it."""

import re
from collections.abc import Iterator
from unicodedata import bidirectional

from docctl.render.docx.xml import leftward

__all__ = ["directed"]

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_FOUND = re.compile(f"[{_RTL}]")
#: Right to left from end to end; marks and digits between its words belong to it.
_STRETCH = re.compile(rf"([{_RTL}](?:[{_RTL}\W\d_]*[{_RTL}])?)")
_ASCII = bytes(range(128))

_PARAGRAPH = re.compile(r"<w:p><w:pPr>(.*?)</w:pPr>(.*?)</w:p>", re.DOTALL)
_RUN = re.compile(r"<w:r>(?:<w:rPr>((?:(?!</w:rPr>).)*)</w:rPr>)?(<w:t[ >].*?)</w:r>", re.DOTALL)
_PIECES = re.compile(r"(<w:t[^>]*>[^<]*</w:t>)")
_WORDS = re.compile(r"(?<=>)[^<]+(?=</w:t>)")
#: The heading of a call-out, and what decides where it goes: the paragraph below it.
_CALL_OUT = re.compile(
    r'(<w:p><w:pPr><w:pStyle w:val="Admonition\w+"/><w:keepNext/>)((?:(?!</w:p>).)*</w:p>)'
    r"(?=<w:p><w:pPr>(?:(?!</w:pPr>).)*<w:bidi/>)",
    re.DOTALL,
)
_CAPTION = re.compile(r'w:val="(?:Figure)?Caption"')
#: What stands before the words of a caption.
_LABEL = re.compile(r"\A(?:Table|Figure) \d+: ")
_TABLE = re.compile(
    r'(<w:tbl><w:tblPr><w:tblStyle w:val="(?:TableGrid|FactGrid)"/>)(.*?</w:tbl>)', re.DOTALL
)


def directed(xml: str) -> str:
    """Return the paragraphs, tables and runs of *xml* with their direction, where it is not ours.

    The direction of a paragraph or table is that of its first letter, the label of a caption apart;
    that of a call-out's heading is that of what it stands above, so that both have one box.
    """
    if not _holds(xml):
        return xml
    return _TABLE.sub(_table, _CALL_OUT.sub(_call_out, _PARAGRAPH.sub(_paragraph, xml)))


def _holds(xml: str) -> bool:
    """Tell, at little cost, whether any letter is written from right to left."""
    if xml.isascii():
        return False
    others = xml.encode().translate(None, _ASCII).decode()
    return _FOUND.search(others) is not None


def _table(match: re.Match[str]) -> str:
    mark = "<w:bidiVisual/>" if _is_leftward(match[2]) else ""
    return f"{match[1]}{mark}{match[2]}"


def _call_out(match: re.Match[str]) -> str:
    opening, rest = match.groups()
    properties, found, content = rest.partition("</w:pPr>")
    return f"{opening}{leftward(properties)}{found}{content}"


def _paragraph(match: re.Match[str]) -> str:
    properties, content = match.groups()
    if not _FOUND.search(content):
        return match[0]
    if _is_leftward(content, _CAPTION.search(properties)):
        properties = leftward(properties)
    return f"<w:p><w:pPr>{properties}</w:pPr>{_RUN.sub(_run, content)}</w:p>"


def _is_leftward(xml: str, labelled: object = None) -> bool:
    words = "".join(_WORDS.findall(xml))
    kinds = map(bidirectional, _LABEL.sub("", words, count=1) if labelled else words)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def _run(match: re.Match[str]) -> str:
    look, content = match[1] or "", match[2]
    return "".join(_runs(look, content)) if _FOUND.search(content) else match[0]


def _runs(look: str, content: str) -> Iterator[str]:
    """Yield runs of one direction each, all of the same look."""
    plain = f"<w:rPr>{look}</w:rPr>" if look else ""
    turned = f"<w:rPr>{look}<w:rtl/></w:rPr>"
    for piece in filter(None, _PIECES.split(content)):
        if not _FOUND.search(piece):
            yield f"<w:r>{plain}{piece}</w:r>"
            continue
        words = _WORDS.search(piece)
        for stretch in filter(None, _STRETCH.split(words[0] if words else "")):
            properties = turned if _FOUND.match(stretch) else plain
            yield f'<w:r>{properties}<w:t xml:space="preserve">{stretch}</w:t></w:r>'
