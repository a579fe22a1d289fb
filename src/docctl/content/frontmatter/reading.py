"""Front matter, read: every fault at once, with its line.

Read are mappings, sequences and scalars. A plain scalar is a number if it is a decimal integer of
at most 18 digits; `true` and `false` are booleans; `null`, `~` and nothing are null; all else is
text, dates and decimals included. Aliases, anchors, tags, merge keys, directives and duplicate keys
are refused.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from docctl.errors import FrontMatterError
from docctl.late import Late

if TYPE_CHECKING:
    import yaml
else:
    yaml = Late("yaml")

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]

#: Limits of what is read: bytes, levels, and values with their keys.
MAX_BYTES = 65_536
MAX_DEPTH = 20
MAX_NODES = 2_000

_HINT = "put a text into double quotes if it begins with a sign or holds ': ' or ' #'"
_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
#: What no Unicode text holds.
SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS: Mapping[str, bool | None] = MappingProxyType(
    {"true": True, "false": False, "null": None, "~": None, "": None}
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What was read, and where each key and item stood."""

    values: Mapping[str, Value]
    _lines: Mapping[Path, int]
    body_line: int = 1
    """The line of the file on which the text behind it begins."""

    def line_of(self, path: Path) -> int:
        """Return the line of the key or item at *path*, or of the nearest one around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines[path]


def split(text: str) -> tuple[str, str, int]:
    r"""Return the front matter, the body, and the number of the body's first line.

    Lines of both end in `\n`. A text that does not begin with a line `---`, or never closes it, is
    all body.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = _OPEN.match(text)
    end = _CLOSE.search(text, start.end()) if start else None
    if start is None or end is None:
        return "", text, 1
    return text[start.end() : end.start()], text[end.end() :], text.count("\n", 0, end.end()) + 1


def load(front: str, source: str, *, first_line: int = 2) -> FrontMatter:
    """Return what *front* says; *first_line* is the number of its first line in the file.

    Raises:
        FrontMatterError: with every fault found and its line; *source* names the file.
    """
    composer = _Composer(first_line)
    if len(front.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        composer.fault(first_line, f"this is longer than {MAX_BYTES:,} bytes")
    elif bad := SURROGATE.search(front):
        line = first_line + front.count("\n", 0, bad.start())
        composer.fault(line, "this holds a character that is not Unicode text")
    else:
        composer.read(front)
    if composer.faults:
        faults = [f"line {line}: {what}" for line, what in sorted(set(composer.faults))]
        raise FrontMatterError(source, faults, hint=_HINT)
    return FrontMatter(MappingProxyType(composer.values), MappingProxyType(composer.lines))


class _Composer:
    """Builds values from YAML events, noting faults instead of stopping at the first."""

    def __init__(self, first_line: int) -> None:
        self.faults: list[tuple[int, str]] = []
        self.values: dict[str, Value] = {}
        self.lines: dict[Path, int] = {(): first_line}
        self._first = first_line
        self._events: list[yaml.Event] = []
        self._at = 0

    def fault(self, line: int, what: str) -> None:
        self.faults.append((line, what))

    def read(self, front: str) -> None:
        """Fill `values` and `lines`; what is wrong gathers in `faults`."""
        try:
            self._gather(yaml.parse(front, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = (
                getattr(error, "problem", None) or "this holds a character YAML has no place for"
            )
            self.fault(self._first + (mark.line if mark else 0), problem)
        if not self.faults:
            self._document()

    def _gather(self, events: "Iterable[yaml.Event]") -> None:
        """Keep the events, as long as they are within the limits."""
        depth = nodes = 0
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            nodes += isinstance(event, yaml.NodeEvent)
            if depth > MAX_DEPTH:
                return self.fault(
                    self._line(event), f"this is nested deeper than {MAX_DEPTH} levels"
                )
            if nodes > MAX_NODES:
                return self.fault(self._line(event), f"there are more than {MAX_NODES:,} values")
            self._events.append(event)
        return None

    def _line(self, event: "yaml.Event") -> int:
        return self._first + (event.start_mark.line if event.start_mark else 0)

    def _document(self) -> None:
        starts = [e for e in self._events if isinstance(e, yaml.DocumentStartEvent)]
        for event in starts[1:]:
            self.fault(self._line(event), "here a second YAML document begins")
        if not starts:
            return
        if starts[0].version or starts[0].tags:
            self.fault(self._line(starts[0]), "directives are not read")
        self._at = self._events.index(starts[0]) + 1
        if isinstance(self._events[self._at], yaml.MappingStartEvent):
            value = self._value(())
            self.values = value if isinstance(value, dict) else {}
        else:
            self.fault(self._line(self._events[self._at]), "lines have the form 'key: value'")

    def _value(self, path: Path) -> Value:
        event = self._events[self._at]
        self._at += 1
        self._only_plain_yaml(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return _scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def _only_plain_yaml(self, event: "yaml.Event") -> None:
        if isinstance(event, yaml.AliasEvent):
            self.fault(self._line(event), f"the alias '*{event.anchor}' is not read; write it out")
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            self.fault(self._line(event), f"the anchor '&{event.anchor}' is not read; take it out")
        tag = event.tag if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) else None
        if tag:
            self.fault(self._line(event), f"the tag '{tag}' is not read; take it out")

    def _mapping(self, path: Path) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(event := self._events[self._at], yaml.MappingEndEvent):
            key, line = self._key(path), self._line(event)
            if key in found:
                first = self.lines[(*path, key)]
                self.fault(line, f"the key '{key}' stands here and on line {first}")
            self.lines.setdefault((*path, key), line)
            value = self._value((*path, key))
            found.setdefault(key, value)
        self._at += 1
        return found

    def _key(self, path: Path) -> str:
        event = self._events[self._at]
        if not isinstance(event, yaml.ScalarEvent):
            self._value(path)
            self.fault(self._line(event), "a key must be a text")
            return ""
        self._at += 1
        self._only_plain_yaml(event)
        if event.value == "<<" and event.implicit[0]:
            self.fault(self._line(event), "merge keys '<<' are not read; write the keys out")
        elif not event.value:
            self.fault(self._line(event), "a value stands here without a key")
        return str(event.value)

    def _sequence(self, path: Path) -> list[Value]:
        found: list[Value] = []
        while not isinstance(event := self._events[self._at], yaml.SequenceEndEvent):
            item = (*path, len(found))
            self.lines[item] = self._line(event)
            found.append(self._value(item))
        self._at += 1
        return found


def _scalar(event: "yaml.ScalarEvent") -> Value:
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return _WORDS.get(text, text)
