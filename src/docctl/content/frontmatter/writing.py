"""Front matter, written so that it reads back as the same."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docctl.content.frontmatter.reading import SURROGATE
from docctl.errors import FrontMatterError

_UNSAFE = re.compile(r": |:\Z| #| \Z")
_NUMBERISH = re.compile(r"[0-9][\w.:,+-]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def dump(values: Mapping[str, object]) -> str:
    """Return *values* as block YAML that `load` reads back exactly; keys keep their order.

    Texts are quoted where YAML would take them for something else, and stand as literal blocks if
    they have several lines. The same values give the same text.

    Raises:
        FrontMatterError: a value is not of the types of `Value`, or no Unicode text.
    """
    return "".join(f"{line}\n" for line in _mapping_lines(values)) if values else ""


def _mapping_lines(values: Mapping[str, object]) -> Iterator[str]:
    for key, value in values.items():
        first, *rest = _lines(value)
        yield f"{_inline(str(key))}:{first}"
        yield from rest


def _sequence_lines(values: Sequence[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict) and value:
            first, *rest = _mapping_lines(value)
            yield f"- {first}"
            yield from _indented(rest)
        else:
            first, *rest = _lines(value)
            yield f"-{first}"
            yield from rest


def _lines(value: object) -> list[str]:
    """Return what stands behind a key and its colon, then the lines below, indented by two."""
    if isinstance(value, str) and _is_literal(value):
        return [f" {_literal_mark(value)}", *_indented(value.removesuffix("\n").split("\n"))]
    if isinstance(value, dict) and value:
        return ["", *_indented(_mapping_lines(value))]
    if isinstance(value, list | tuple) and value:
        return ["", *_indented(_sequence_lines(value))]
    return [f" {_inline(value)}"]


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in lines)


def _is_literal(text: str) -> bool:
    lines = text.split("\n")
    if len(lines) == 1 or not lines[0] or lines[0][0] == " ":
        return False
    return all(line.isprintable() and (not line or line.strip()) for line in lines)


def _literal_mark(text: str) -> str:
    if not text.endswith("\n"):
        return "|-"
    return "|+" if text.endswith("\n\n") else "|"


def _inline(value: object) -> str:
    if value is None or isinstance(value, int | dict | list | tuple):
        return json.dumps(value)  # of the collections only the empty ones come here
    if not isinstance(value, str) or SURROGATE.search(value):
        raise FrontMatterError("front matter", [f"{value!r} cannot be written"])
    return value if _is_plain(value) else f'"{"".join(map(_escaped, value))}"'


def _is_plain(text: str) -> bool:
    if not text or not (text[0].isalnum() or text[0] in "(/_") or not text.isprintable():
        return False
    if _UNSAFE.search(text) or text.casefold() in _RESERVED:
        return False
    return not _NUMBERISH.fullmatch(text) or _DATE.fullmatch(text) is not None


def _escaped(character: str) -> str:
    if character.isprintable() and character not in '"\\':
        return character
    return '\\"' if character == '"' else character.encode("unicode_escape").decode("ascii")
