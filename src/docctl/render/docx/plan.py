"""What must be known of the whole text before its first line is written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from hashlib import sha256
from typing import NamedTuple

from docctl.content.kept import latest
from docctl.content.structure.labels import caption_kind
from docctl.content.structure.outline import OutlineEntry, outline, without_title
from docctl.content.tree import Blocks, Document, Figure, Heading, Passage, Table
from docctl.content.walk import blocks
from docctl.render.docx.parts.styles import HeadingNumbers

__all__ = ["Plan", "Shape", "bookmark", "label_bookmark", "planned", "shape"]

#: A table of contents shows as many levels as fit into so many lines, at most three.
_CONTENTS_LINES = 60
_CONTENTS_LEVELS = 3
_CONTENTS_LEAST = 3

_DEEPEST = 6
_SIMPLE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Plan:
    """The text to be written, the places that links can lead to, and the shape of its headings."""

    passages: tuple[Passage, ...]
    title_anchor: str
    """Where links to a heading lead that only repeats the title, and is left out."""

    shift: int
    """How far headings move up, so that the highest becomes level 1."""

    headed: bool
    """Whether it has headings."""

    numbers: HeadingNumbers
    bookmarks: dict[str, str]
    contents: tuple[OutlineEntry, ...]
    """Empty when the text is too short to need one."""

    labels: dict[str, str]
    """What captions are called, by the anchors of their tables and figures: `Table 3`."""

    sides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Of a text with marks the bookmarks of each side, `ins` and `del`; else nothing."""

    @property
    def shared(self) -> Mapping[str, str]:
        """The bookmarks that are there whatever is accepted or rejected."""
        if not self.sides:
            return self.bookmarks
        came, went = self.sides["ins"], self.sides["del"]
        return {anchor: name for anchor, name in came.items() if anchor in went}


class _Survey(NamedTuple):
    """What there is in blocks, in the order of the text."""

    headings: tuple[OutlineEntry, ...]
    bookmarks: Mapping[str, str]
    """By the anchors that links can lead to; what stands in a footnote has none."""

    captions: tuple[tuple[str, str], ...]
    """Of each caption the kind and the anchor."""


class Shape(NamedTuple):
    """What of a plan is asked of a text that is not written itself."""

    shift: int
    headed: bool
    numbers: HeadingNumbers
    bookmarks: Mapping[str, str]


def shape(document: Document, title: str) -> Shape:
    """Look through a *document* for what `planned` would say of its headings and its places."""
    text = without_title(document, title)
    lines = [(block.level, block.number) for block in text.blocks if type(block) is Heading]
    shift = min((level for level, _ in lines), default=1) - 1
    numbers = _numbers([(level - shift, number) for level, number in lines])
    places = (one.anchor for one in blocks(document) if isinstance(one, _PLACES))
    return Shape(shift, bool(lines), numbers, {name: bookmark(name) for name in places if name})


def planned(document: Document, title: str, *, shift: int | None = None) -> Plan:
    """Look through *document*; a first heading that says only *title* is left out.

    *shift* is how far headings move up; if left out, so far that the highest becomes level 1.
    """
    text = without_title(document, title)
    left_out = document.blocks[0] if text is not document else None
    found = [
        latest(one.made, "DOCX survey", None, partial(_surveyed, one.blocks))
        for one in text.passages
    ]
    lines = [line for one in found for line in one.headings]
    if shift is None:
        shift = min((line.level for line in lines), default=1) - 1
    if shift:
        lines = [replace(line, level=line.level - shift) for line in lines]
    title_anchor = left_out.anchor if isinstance(left_out, Heading) else ""
    bookmarks = {title_anchor: bookmark(title_anchor)} if title_anchor else {}
    for one in found:
        bookmarks.update(one.bookmarks)
    captions = (caption for one in found for caption in one.captions)
    return Plan(
        passages=text.passages,
        title_anchor=title_anchor,
        shift=shift,
        headed=bool(lines),
        numbers=_numbers((line.level, line.number) for line in lines),
        bookmarks=bookmarks,
        contents=_contents(lines),
        labels=dict(_labels(captions)),
    )


@lru_cache(maxsize=4096)
def bookmark(anchor: str) -> str:
    """Return a bookmark's name for *anchor*: at most 40 characters, unique whatever the case."""
    if _SIMPLE.fullmatch(anchor):
        return anchor
    readable = re.sub(r"[^a-z0-9]+", "_", anchor.lower())[:28]
    return f"_{readable}_{sha256(anchor.encode('utf-8', 'replace')).hexdigest()[:10]}"


def label_bookmark(anchor: str) -> str:
    """Return the name of the bookmark around the label of the caption with an anchor."""
    return bookmark(f"label {anchor}")


#: Blocks that links can lead to.
_PLACES = (Heading, Table, Figure)


def _surveyed(content: Blocks) -> _Survey:
    text = Document(content)
    bookmarks, captions = {}, []
    for block in blocks(text):
        if isinstance(block, _PLACES):
            if block.anchor:
                bookmarks[block.anchor] = bookmark(block.anchor)
            if not isinstance(block, Heading) and (kind := caption_kind(block)):
                captions.append((kind, block.anchor))
    return _Survey(outline(text), bookmarks, tuple(captions))


def _labels(captions: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the anchors of captions and what they are called: `Table 3`."""
    counts: Counter[str] = Counter()
    for kind, anchor in captions:
        counts[kind] += 1
        if anchor:
            yield anchor, f"{kind} {counts[kind]}"


def _numbers(lines: Iterable[tuple[int, str]]) -> HeadingNumbers:
    """Say how to number headings of these levels, which have these numbers.

    They are counted only if that gives exactly the numbers of the tree.
    """
    numbered = [line for line in lines if line[1]]
    first = min((level for level, _ in numbered), default=1)
    counts = [0] * _DEEPEST
    for level, number in numbered:
        at = level - first
        counts[at] += 1
        counts[at + 1 :] = [0] * (_DEEPEST - at - 1)
        if number != ".".join(map(str, counts[: at + 1])):
            return HeadingNumbers("text")
    return HeadingNumbers("counted", first) if numbered else HeadingNumbers("none")


def _contents(lines: Iterable[OutlineEntry]) -> tuple[OutlineEntry, ...]:
    shown = tuple(line for line in lines if line.level <= _CONTENTS_LEVELS)
    if len(shown) < _CONTENTS_LEAST:
        return ()
    deepest = _CONTENTS_LEVELS
    while deepest > 1 and len(shown) > _CONTENTS_LINES:
        deepest -= 1
        shown = tuple(line for line in shown if line.level <= deepest)
    return shown
