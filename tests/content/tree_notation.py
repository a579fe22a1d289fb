"""A tree and its faults as short lines: what stands in `cases/*.txt`."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from docctl.content.faults import Fault
from docctl.content.tree import Definition, Document, ListItem, Text

_INLINE_FIELDS = {"inlines", "term", "caption", "image"}
_BLOCK_FIELDS = {"blocks", "items", "definitions", "footnotes", "head", "rows"}


def shown(document: Document, faults: Iterable[Fault]) -> str:
    lines = [*(line for block in document.blocks for line in _block(block, ""))]
    lines += [line for note in document.footnotes for line in _block(note, "")]
    lines += [f"! {fault.line} {fault.code}: {fault.sentence}" for fault in faults]
    return "\n".join(lines) + "\n"


def _block(node: Any, indent: str) -> Iterator[str]:
    name = type(node).__name__
    yield f"{indent}{node.line or '?'} {name}{_scalars(node)}{_own_inlines(node)}"
    for inner in _inner(node):
        if isinstance(inner, tuple):
            yield f"{indent}  | " + " | ".join(_inlines(cell) for cell in inner)
        else:
            yield from _block(inner, indent + "  ")


def _inner(node: Any) -> Iterator[Any]:
    if isinstance(node, Definition):
        for number, blocks in enumerate(node.definitions):
            yield from (ListItem((*blocks,), line=number + 1),)
        return
    for name in ("blocks", "items"):
        yield from getattr(node, name, ())
    if hasattr(node, "head"):
        yield from (node.head, *node.rows)


def _scalars(node: Any) -> str:
    return "".join(
        f" {field.name}={value!r}"
        for field in fields(node)
        if field.name not in _INLINE_FIELDS | _BLOCK_FIELDS | {"line"}
        and (value := getattr(node, field.name)) != field.default
    )


def _own_inlines(node: Any) -> str:
    found = [getattr(node, name, ()) for name in ("inlines", "term", "caption")]
    if hasattr(node, "image"):
        found.append((node.image,))
    text = " ".join(_inlines(part) for part in found if part)
    return f": {text}" if text else ""


def _inlines(nodes: Iterable[Any]) -> str:
    return " ".join(_inline(node) for node in nodes)


def _inline(node: Any) -> str:
    if isinstance(node, Text):
        return repr(node.text)
    inner = _inlines(getattr(node, "inlines", ()))
    return f"{type(node).__name__}({(inner + _scalars(node)).strip()})"
