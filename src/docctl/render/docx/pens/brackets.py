"""Brackets around what came or went: they stand in the text of a part until it is finished.

They are processing instructions, which no text can hold; `markup.tracked` takes them all out.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from docctl.content.marks import Deleted, Inserted

__all__ = ["KINDS", "Kind", "around_blocks", "around_cell", "around_runs", "compared"]

Kind: TypeAlias = Literal["ins", "del"]

#: What word processors call the two kinds of marks.
KINDS: Mapping[type, Kind] = MappingProxyType({Inserted: "ins", Deleted: "del"})

_PARAGRAPH = re.compile(r"<w:p><w:pPr>(.*?)</w:pPr>(?:<\?was [^?]*\?>)?(.*?)</w:p>", re.DOTALL)
_ELEMENT = re.compile(r"<w:r>.*?</w:r>|<w:hyperlink.*?</w:hyperlink>|<\?.*?\?>", re.DOTALL)
_BOOKMARK = re.compile(r"<w:bookmark[^>]*/>")
_BRACKETED = re.compile(r"<\?(ins|del)(!?)\?>(.*?)<\?/\?>", re.DOTALL)


def around_runs(kind: Kind, xml: str, *, whole: bool) -> str:
    """Return the runs of a mark; a *whole* one says that their paragraph came or went too."""
    return f"<?{kind}{'!' if whole else ''}?>{xml}<?/?>"


def around_blocks(kind: Kind, xml: str) -> str:
    """Return paragraphs and tables that came or went."""
    return f"<?blocks {kind}?>{xml}<?/blocks?>" if xml else ""


def around_cell(kind: Kind) -> str:
    """Return what says, as the last property of a cell, that it came or went with its column."""
    return f"<?cell {kind}?>"


def compared(now: str, was: str) -> str:
    """Return paragraphs as they are *now*, saying how they *were*: the same in another shape."""
    older = iter(_PARAGRAPH.findall(was))

    def told(match: re.Match[str]) -> str:
        properties, content = match.groups()
        shape, words = next(older)
        if "<?ins!?>" in content:  # it had no shape
            return match[0]
        noted = "" if shape == properties else f"<?was {shape}?>"
        return f"<w:p><w:pPr>{properties}</w:pPr>{noted}{_runs(content, words)}</w:p>"

    return _PARAGRAPH.sub(told, now)


def _runs(now: str, was: str) -> str:
    """Return the content of a paragraph; where it was another one, that stands there as deleted."""
    before = _ELEMENT.findall(_BOOKMARK.sub("", was))
    after = _ELEMENT.findall(_BOOKMARK.sub("", now))
    if before == after:
        return now
    marks = "".join(_BOOKMARK.findall(now))
    head = _common(zip(after, before, strict=False))
    tail = _common(zip(reversed(after[head:]), reversed(before[head:]), strict=False))
    came, went = after[head : len(after) - tail], before[head : len(before) - tail]
    if any("<?" in one for one in (*came, *went)):
        head = tail = 0
        came, went = after, before
    gone = around_runs("del", _side(went, "ins"), whole=False)
    new = around_runs("ins", _side(came, "del"), whole=False)
    return "".join((marks, *after[:head], gone, new, *after[len(after) - tail :]))


def _common(pairs: Iterator[tuple[str, str]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _side(elements: list[str], other: Kind) -> str:
    """Return elements without brackets, and without what stands in those of the *other* side."""
    return _BRACKETED.sub(lambda match: "" if match[1] == other else match[3], "".join(elements))
