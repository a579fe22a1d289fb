"""From brackets to tracked changes as word processors know them: to be accepted or rejected."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from docctl.model.base import instant_text
from docctl.render.docx.xml import LEFTWARD, attribute, leftward

__all__ = ["Revision"]

_BLOCKS = re.compile(r"<\?blocks (ins|del)\?>(.*?)<\?/blocks\?>", re.DOTALL)
_INLINE = re.compile(r"<\?(ins|del)!?\?>(.*?)<\?/\?>", re.DOTALL)
_WHOLE = re.compile(r"<\?(ins|del)!\?>")
_BRACKET = re.compile(r"<\?(?:ins!?|del!?|/)\?>")
_PARAGRAPH = re.compile(r"<w:p>(?:<w:pPr>(.*?)</w:pPr>)?(.*?)</w:p>", re.DOTALL)
_ROW = re.compile(r"<w:tr>(?:<w:trPr>(.*?)</w:trPr>)?(.*?)</w:tr>", re.DOTALL)
_WAS = re.compile(r"<w:p><w:pPr>((?:(?!</w:p>).)*)</w:pPr><\?was (.*?)\?>", re.DOTALL)
_RUNS = re.compile(r"(?:<w:r>(?:(?!</w:r>).)*</w:r>)+", re.DOTALL)
#: What is called otherwise in runs that went.
_DELETED = re.compile(r"(</?w:)(t|instrText)(?=[ >])")
_GONE = {"t": "delText", "instrText": "delInstrText"}
_NUMBER = re.compile('w:id="@"')


@dataclass(frozen=True, slots=True)
class Revision:
    """Who made the changes, and when."""

    author: str
    time: datetime

    def tracked(self, parts: Iterable[bytes]) -> list[bytes]:
        """Return parts of a text with tracked changes in place of brackets.

        Every change has a number that no other one in the parts has.
        """
        said = f' w:id="@" w:author="{attribute(self.author)}" w:date="{instant_text(self.time)}"'
        texts = [_Tracking(said).part(part.decode()) for part in parts]
        first = 1 + max((int(one) for text in texts for one in _ids(text)), default=0)
        numbers = count(first)
        numbered = (_NUMBER.sub(lambda _: f'w:id="{next(numbers)}"', text) for text in texts)
        return [text.encode() for text in numbered]


def _ids(text: str) -> Iterator[str]:
    return (match[1] for match in re.finditer(r'<w:bookmarkStart w:id="(\d+)"', text))


class _Tracking:
    """Writes the elements of changes that all say the same of who and when."""

    def __init__(self, said: str) -> None:
        self._said = said

    def part(self, xml: str) -> str:
        if "<?" not in xml.partition("?>")[2]:
            return xml
        xml = _BLOCKS.sub(lambda match: self._whole(match[1], match[2]), xml)
        if "!?>" in xml:
            xml = _ROW.sub(self._row, xml)
            xml = _PARAGRAPH.sub(self._paragraph, xml)
        xml = _INLINE.sub(lambda match: self._runs(match[1], match[2]), xml)
        return _WAS.sub(self._was, xml) if "<?was" in xml else xml

    def _whole(self, kind: str, xml: str) -> str:
        """Return paragraphs and tables of which everything came or went."""
        rows = _ROW.sub(lambda match: self._marked_row(kind, match), xml)
        return _PARAGRAPH.sub(lambda match: self._marked(kind, match), rows)

    def _row(self, match: re.Match[str]) -> str:
        paragraphs = _PARAGRAPH.findall(match[2])
        kinds = {found[1] if (found := _WHOLE.search(one[1])) else "" for one in paragraphs}
        kind = kinds.pop() if len(kinds) == 1 else ""
        return self._marked_row(kind, match) if kind else match[0]

    def _marked_row(self, kind: str, match: re.Match[str]) -> str:
        properties = f"{match[1] or ''}<w:{kind}{self._said}/>"
        return f"<w:tr><w:trPr>{properties}</w:trPr>{match[2]}</w:tr>"

    def _paragraph(self, match: re.Match[str]) -> str:
        found = _WHOLE.search(match[2])
        return self._marked(found[1], match) if found else match[0]

    def _marked(self, kind: str, match: re.Match[str]) -> str:
        properties = match[1] or ""
        mark = f"<w:rPr><w:{kind}{self._said}/></w:rPr>"
        content = self._runs(kind, _BRACKET.sub("", match[2]))
        return f"<w:p><w:pPr>{properties}{mark}</w:pPr>{content}</w:p>"

    def _runs(self, kind: str, xml: str) -> str:
        if kind == "del":
            xml = _DELETED.sub(lambda match: match[1] + _GONE[match[2]], xml)
        begin = f"<w:{kind}{self._said}>"
        return _RUNS.sub(lambda match: f"{begin}{match[0]}</w:{kind}>", xml)

    def _was(self, match: re.Match[str]) -> str:
        properties, shape = match.groups()
        older = leftward(shape) if LEFTWARD in properties else shape
        change = f"<w:pPrChange{self._said}><w:pPr>{older}</w:pPr></w:pPrChange>"
        return f"<w:p><w:pPr>{properties}{change}</w:pPr>"
