"""Texts from other systems: of their front matter, what a document type can use."""

import re
from collections.abc import Iterator
from typing import Any

from docctl.content.frontmatter import Value, dump, load, split
from docctl.desk.metadata.kinds import Types
from docctl.desk.metadata.written import read_text
from docctl.errors import FrontMatterError

__all__ = ["usable"]

#: A line that begins a further key: not indented, no entry of a list, no comment.
_KEY = re.compile(r"^(?![\s#\-\]}])", re.MULTILINE)
#: A text in one line that YAML takes for something else, as the second colon in `title: A: b`.
_PLAIN = re.compile(r"[ \t]+([^\s\[{&*!|>%@`'\"#][^\n]*?)\s*")


def usable(data: bytes, source: str, types: Types, document_type: str) -> tuple[bytes, list[str]]:
    """Return a text without the front matter that its type cannot use, and the names of that.

    Words between commas are taken for the list that a field wants, numbers for the text. A field
    whose value does not fit is left out as one that the type does not know, and so are lines that
    are not the plain YAML that docctl reads.

    Raises:
        UnreadableError: it is not UTF-8.
        NotFoundError: CONTROL does not define the type.
    """
    front, body, _ = split(read_text(data, source))
    kept: dict[str, Value] = {}
    left_out: list[str] = []
    types.kind(document_type)
    for name, value in _fields(front, source):
        found = _fitting(types, document_type, name, value) if name not in kept else []
        if found:
            kept[name] = found[0]
        else:
            left_out.append(name)
    text = body.lstrip("\n")
    return f"---\n{dump(kept)}---\n\n{text}".encode(), left_out


def _fields(front: str, source: str) -> Iterator[tuple[str, Value]]:
    """Yield each field; of what cannot be read its first words, without a value."""
    try:
        yield from load(front, source).values.items()
    except FrontMatterError:
        starts = [match.start() for match in _KEY.finditer(front)]
        for start, end in zip(starts, [*starts[1:], len(front)], strict=True):
            yield from _piece(front[start:end], source)


def _piece(piece: str, source: str) -> Iterator[tuple[str, Value]]:
    try:
        yield from load(piece, source).values.items()
    except FrontMatterError:
        name, _, text = piece.partition(":")
        plain = _PLAIN.fullmatch(text)
        yield name.split("\n")[0].strip()[:80], plain[1] if plain else None


def _fitting(types: Types, document_type: str, name: str, value: Value) -> list[Value]:
    """Return the readings of a value that its field can hold, the likeliest first."""
    if value is None or not types.knows(document_type, name):
        return []
    return [one for one in _readings(value) if types.fits(document_type, name, one)]


def _readings(value: Any) -> Iterator[Value]:
    yield value
    if isinstance(value, str):
        yield [part for part in (one.strip() for one in value.split(",")) if part]
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, list):
        yield [str(one) if isinstance(one, int) else one for one in value if one is not None]
