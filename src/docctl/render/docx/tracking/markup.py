"""From brackets to tracked changes as word processors know them: to be accepted or rejected."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from docctl.model.base import instant_text
from docctl.render.docx.xml import LEFTWARD, attribute, leftward

__all__ = ["Authorship"]

_INLINE = re.compile(r"<\?(ins|del)!?\?>(.*?)<\?/\?>", re.DOTALL)
_WHOLE = re.compile(r"<\?(ins|del)!\?>")
_CELL = re.compile(r"<\?cell (ins|del)\?>")
_CELL_MARK = re.compile("<w:cell(?:Ins|Del) ")
_BRACKET = re.compile(r"<\?(?:ins!?|del!?|/)\?>")
_PARAGRAPH = re.compile(r"<w:p>(?:<w:pPr>(.*?)</w:pPr>)?(.*)</w:p>", re.DOTALL)
_ROW = re.compile(r"<w:tr>(?:<w:trPr>(.*?)</w:trPr>)?(.*)</w:tr>", re.DOTALL)
_WAS = re.compile(r"</w:pPr><\?was (.*?)\?>", re.DOTALL)
_RUNS = re.compile(r"(?:<w:r>.*?</w:r>)+", re.DOTALL)
#: What is called otherwise in runs that went.
_DELETED = re.compile(r"(</?w:)(t|instrText)(?=[ >])")
_GONE = MappingProxyType({"t": "delText", "instrText": "delInstrText"})


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who made the changes, and when."""

    author: str
    time: datetime

    def tracked(self, pieces: Iterable[str], ids: Callable[[], int]) -> Iterator[str]:
        """Yield pieces of a text with tracked changes in place of brackets.

        A bracket ends in the piece that it begins in. *ids* gives each change a number.
        """
        said = f'w:author="{attribute(self.author)}" w:date="{instant_text(self.time)}"'
        tracking = _Tracking(said, ids)
        return (
            tracking.piece(piece) if "?" in piece and "<?" in piece else piece for piece in pieces
        )


class _Tracking:
    """Writes the elements of changes that all say the same of who and when."""

    def __init__(self, said: str, ids: Callable[[], int]) -> None:
        self._who = said
        self._ids = ids

    @property
    def _said(self) -> str:
        return f' w:id="{self._ids()}" {self._who}'

    def piece(self, xml: str) -> str:
        """Return a piece; only rows and paragraphs with brackets in them are looked at."""
        if "<?cell " in xml:
            xml = _CELL.sub(self._cell, xml)
        first, *others = xml.split("<?blocks ")
        xml = first + "".join(map(self._blocks, others))
        if "!?>" in xml:
            xml = _each(xml, "tr", self._row, where="!?>")
        return _each(xml, "p", self._paragraph, where="<?")

    def _cell(self, match: re.Match[str]) -> str:
        return f"<w:cell{match[1].capitalize()}{self._said}/>"

    def _blocks(self, xml: str) -> str:
        """Return paragraphs and tables of which everything came or went, and what follows them."""
        kind, (inside, _, behind) = xml[:3], xml[5:].partition("<?/blocks?>")
        inside = _each(inside, "tr", lambda row: self._marked_row(kind, row))
        return _each(inside, "p", lambda one: self._marked(kind, one)) + behind

    def _row(self, row: str) -> str:
        """Return a row; it came or went if all in it did that stands in columns of both sides."""
        paragraphs = [one for one in row.split("</w:p>")[:-1] if not _CELL_MARK.search(one)]
        kinds = {found[1] if (found := _WHOLE.search(one)) else "" for one in paragraphs}
        kind = kinds.pop() if len(kinds) == 1 else ""
        return self._marked_row(kind, row) if kind else row

    def _marked_row(self, kind: str, row: str) -> str:
        properties, content = _parts(_ROW, row)
        mark = f"<w:{kind}{self._said}/>"
        return f"<w:tr><w:trPr>{properties}{mark}</w:trPr>{content}</w:tr>"

    def _paragraph(self, paragraph: str) -> str:
        whole = _WHOLE.search(paragraph)
        if whole:
            paragraph = self._marked(whole[1], paragraph)
        else:
            paragraph = _INLINE.sub(lambda match: self._runs(match[1], match[2]), paragraph)
        return _WAS.sub(lambda match: self._was(match, paragraph), paragraph)

    def _marked(self, kind: str, paragraph: str) -> str:
        """Return a paragraph that came or went as a whole."""
        properties, content = _parts(_PARAGRAPH, paragraph)
        mark = f"<w:rPr><w:{kind}{self._said}/></w:rPr>"
        runs = self._runs(kind, _BRACKET.sub("", content))
        return f"<w:p><w:pPr>{properties}{mark}</w:pPr>{runs}</w:p>"

    def _runs(self, kind: str, xml: str) -> str:
        if kind == "del":
            xml = _DELETED.sub(lambda match: match[1] + _GONE[match[2]], xml)
        return _RUNS.sub(lambda match: f"<w:{kind}{self._said}>{match[0]}</w:{kind}>", xml)

    def _was(self, match: re.Match[str], paragraph: str) -> str:
        shape = leftward(match[1]) if LEFTWARD in paragraph[: match.start()] else match[1]
        return f"<w:pPrChange{self._said}><w:pPr>{shape}</w:pPr></w:pPrChange></w:pPr>"


def _each(xml: str, tag: str, change: Callable[[str], str], *, where: str = "") -> str:
    """Return *xml* with the elements *tag* changed that hold *where*; none lies in another."""
    begin, end = f"<w:{tag}>", f"</w:{tag}>"
    pieces = xml.split(end)
    for at, piece in enumerate(pieces[:-1]):
        if where in piece:
            before, _, content = piece.rpartition(begin)
            pieces[at] = before + change(f"{begin}{content}{end}").removesuffix(end)
    return end.join(pieces)


def _parts(pattern: re.Pattern[str], element: str) -> tuple[str, str]:
    """Return the properties and the content of an element."""
    match = pattern.fullmatch(element)
    return (match[1] or "", match[2]) if match else ("", "")
