"""Fields: what a word processor works out itself, and where links and contents begin and end."""

import re
from dataclasses import dataclass, field

__all__ = ["Fields"]

#: What depends on where pages end; no words of a text.
_PAGES = frozenset({"PAGE", "NUMPAGES", "PAGEREF", "SECTIONPAGES"})
#: Fields that show what stands elsewhere in the same text.
_KNOWN = _PAGES | {"TOC", "SEQ", "REF", "NOTEREF", "STYLEREF", "HYPERLINK"}

#: Those of them that show words of the text somewhere else.
_REPEATING = frozenset({"REF", "STYLEREF", "NOTEREF"})
#: How many fields are open at once, and how long an instruction is.
_MOST, _LONGEST = 50, 4_000

#: Makes a count show another number than comes next.
_RESET = re.compile(r"\\[rc]\b")
_HIDES = re.compile(r"^\s*SEQ\b.*\\h(?!\S)", re.IGNORECASE)
_PLACE = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))')
_SWITCH = re.compile(r'\\[lot]\s+(?:"[^"]*"|\S+)|\\[a-z]\b')


@dataclass(slots=True)
class _Open:
    instruction: str = ""
    shows: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of the text; one may stand in another."""

    _open: list[_Open] = field(default_factory=list)
    _lost: int = 0
    unknown: list[str] = field(default_factory=list)
    """The instructions of fields that could put any words in their place."""

    def turn(self, kind: str) -> None:
        """Take note of a mark: `begin`, `separate` or `end`."""
        if kind == "begin" and len(self._open) < _MOST:
            self._open.append(_Open())
        elif kind == "begin":
            self._lost += 1
        elif kind == "end" and self._lost:
            self._lost -= 1
            self.unknown.append("one in too many others")
        elif kind == "separate" and self._open:
            self._open[-1].shows = True
            self._noted(self._open[-1].instruction)
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if not ended.shows:
                self._noted(ended.instruction)

    def instruct(self, words: str) -> None:
        """Take note of a piece of an instruction."""
        if not self._open:
            return
        if len(self._open[-1].instruction) > _LONGEST:
            self.unknown.append("an instruction that is too long")
        else:
            self._open[-1].instruction += words[:_LONGEST]

    def simple(self, instruction: str) -> None:
        """Open a field whose instruction is known; `turn` ends it."""
        self._open.append(_Open(instruction[:_LONGEST], shows=True))
        self._noted(instruction)

    @property
    def silent(self) -> bool:
        """Whether words here are no words of the text."""
        return any(not one.shows or _kind(one.instruction) in _PAGES for one in self._open)

    @property
    def paged(self) -> bool:
        """Whether the innermost field shows a page number, and no contents are open."""
        return (
            bool(self._open)
            and _kind(self._open[-1].instruction) in _PAGES
            and not self.in_contents
        )

    @property
    def shown(self) -> bool:
        """Whether the result of the innermost field has begun."""
        return bool(self._open) and self._open[-1].shows

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents is open."""
        return any(_kind(one.instruction) == "TOC" for one in self._open)

    @property
    def left(self) -> tuple[str, ...]:
        """The instructions of fields that have no end."""
        return tuple(one.instruction.strip() for one in self._open)

    @property
    def target(self) -> str:
        """Where the words here lead to; empty where they lead nowhere."""
        for one in self._open:
            if one.shows and _kind(one.instruction) == "HYPERLINK":
                return _target(one.instruction)
        return ""

    def _noted(self, instruction: str) -> None:
        kind = _kind(instruction)
        counted = kind == "SEQ" and _RESET.search(instruction)
        if kind in _REPEATING or _HIDES.search(instruction):
            self.unknown.append(f"{kind} that may show other words")
        if counted or kind not in _KNOWN:
            self.unknown.append(" ".join(instruction.split()))


def _kind(instruction: str) -> str:
    return (instruction.split(None, 1) or [""])[0].upper()


def _target(instruction: str) -> str:
    """Return where a hyperlink leads: an address, a place in this text, or a place behind one."""
    place = _PLACE.search(instruction)
    bare = _SWITCH.sub(" ", instruction).strip()
    address = bare.partition(" ")[2].strip().strip('"')
    return f"{address}#{place[1] or place[2]}" if place else address
