"""Markdown: a controlled copy as docctl writes it, whoever has edited it since."""

import re
from collections.abc import Iterator

from docctl.content.frontmatter import Value, load, split
from docctl.content.parse import parse
from docctl.content.tree import Document, OrderedList
from docctl.content.walk import blocks
from docctl.errors import FrontMatterError, UnreadableError
from docctl.intake.foreign import Foreign, Strange

__all__ = ["read"]

#: Where the text stands in the file: that moves with every line.
_PLACE = "body"
_DEEPEST = 20
#: What no page shows, and everybody reads who opens the file: definitions, kinds of code.
_DEFINED = re.compile(r"^ {0,3}(?:\[[^\]\n]{1,400}\]:|`{3,}|~{3,}).+$", re.MULTILINE)
#: What may stand before the words of an item, and the numbers in that.
_MARKERS = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*")
_REMARK = re.compile(r"(?:^|\s)#")
_NUMBER = re.compile(r"\d+")
_LINE = re.compile(r"\r\n|\r|\n")
#: What docctl leaves out or shows as text, and other programs may not.
_ODD = frozenset({"html-comment", "raw-html"})


def read(data: bytes, source: str) -> Foreign:
    """Return what a Markdown file says.

    Raises:
        UnreadableError: it is not UTF-8, or its front matter cannot be read.
    """
    try:
        text = data.decode("utf-8-sig")
        front, body, _ = split(text)
        values = load(front, source).values
    except UnicodeDecodeError as error:
        raise UnreadableError(source, "it is not UTF-8 text") from error
    except FrontMatterError as error:
        raise UnreadableError(
            source, f"its front matter cannot be read: {'; '.join(error.faults)}"
        ) from error
    tree, problems = parse(body)
    strange = [
        *(Strange(one.code, one.sentence) for one in problems if one.code in _ODD),
        *(Strange("words for programs", line) for line in _DEFINED.findall(body)),
        *_counted(tree, _LINE.split(body)),
        *(Strange("comment", line) for line in front.splitlines() if _REMARK.search(line)),
    ]
    facts = {name: said for key, one in values.items() for name, said in _said(key, one)}
    return Foreign("markdown", facts, tree, strange=tuple(strange))


def _counted(tree: Document, lines: list[str]) -> Iterator[Strange]:
    """Yield the items that have another number in the source than pages give them."""
    for block in blocks(tree):
        items = block.items if isinstance(block, OrderedList) else ()
        for number, item in enumerate(items, getattr(block, "start", 1)):
            before = _MARKERS.match(lines[item.line - 1]) if 0 < item.line <= len(lines) else None
            found = [int(one) for one in _NUMBER.findall(before[0])] if before else []
            if found and number not in found:
                yield Strange("list number", f"{found[-1]} in the place of {number}")


def _said(name: str, value: Value, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield what front matter says, one line for each value in it."""
    if name == _PLACE or depth > _DEEPEST:
        return
    if value in ({}, []):
        yield name, str(value)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _said(f"{name}.{key}", one, depth + 1)
    elif isinstance(value, list):
        for at, one in enumerate(value, 1):
            yield from _said(f"{name}.{at}", one, depth + 1)
    else:
        yield name, str(value)
