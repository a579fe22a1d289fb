"""Lists that stand in a text as HTML: `<ul>` and `<ol>`, with lists in their items.

A list of which every tag is understood becomes the tokens that Markdown's own lists become; any
other stays what it was, lines of text with tags in them.
"""

import re
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock

from docctl.content.markdown.foreign.reading import HTMLReader
from docctl.content.tree import MAX_DEPTH

__all__ = ["html_list"]

_TAG = re.compile(r"<(/?)(?:ul|ol)(?=[\s>])[^>]*>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
#: What would be a block of Markdown in an item.
_BLOCK = re.compile(
    r"^[ \t]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|#{1,6}[ \t]|>|`{3}|~{3}|\|)", re.MULTILINE
)
_BREAKS = re.compile(r"(?:<br>[ ]?)+\Z|\A(?:<br>[ ]?)+")
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "br", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "s"),
        *("small", "span", "strike", "strong", "sub", "sup", "u"),
    }
)
_KINDS = {"ul": "bullet", "ol": "ordered"}
#: The longest list, in letters.
_LARGEST = 500_000
#: How deep lists may lie, counted as markdown-it does.
_DEEPEST = MAX_DEPTH - 4


def html_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take `<ul>` or `<ol>` up to its end, where nothing else stands on these lines."""
    first = state.bMarks[start] + state.tShift[start]
    opened = None if state.is_code_block(start) else _TAG.match(state.src, first)
    if opened is None or opened[1] or start < state.env.get("no list", 0):
        return False
    line, alone = _last(state, first, start, end)
    text = state.getLines(start, line + 1, state.blkIndent, False) if alone else ""
    read = _Lists(start)
    if alone and "<!" not in text:  # Python's parser fails at some of what begins like this
        read.feed(text)
        read.close()
    fits = bool(read.all) and read.is_understood and state.level + 2 * read.deepest <= _DEEPEST
    if not fits:
        state.env["no list"] = line
    elif not silent:
        read.all[0].push(state)
        state.line = line + 1
    return fits


def _last(state: StateBlock, first: int, start: int, end: int) -> tuple[int, bool]:
    """Return the line that the list begun at *first* ends, and whether it ends there alone."""
    limit = min(state.eMarks[end - 1], first + _LARGEST)
    depth = 0
    for tag in _TAG.finditer(state.src, first, limit):
        depth += -1 if tag[1] else 1
        if depth == 0:
            line = start
            while state.eMarks[line] < tag.end():
                line += 1
            return line, not state.src[tag.end() : state.eMarks[line]].strip()
    return end, False


@dataclass
class _List:
    """A list; each item is its line, and its paragraphs and lists with their lines."""

    kind: str
    number: int
    line: int
    items: "list[tuple[int, list[tuple[int, str] | _List]]]" = field(default_factory=list)
    tight: bool = True

    def push(self, state: StateBlock) -> None:
        """Add the tokens of the list."""
        state.push(f"{self.kind}_list_open", "", 1).map = [self.line, self.line + 1]
        for number, (line, parts) in enumerate(self.items, self.number):
            item = state.push("list_item_open", "", 1)
            item.map, item.info = [line, line + 1], str(number)
            for part in parts:
                if isinstance(part, _List):
                    part.push(state)
                else:
                    paragraph = state.push("paragraph_open", "", 1)
                    paragraph.map, paragraph.hidden = [part[0], part[0] + 1], self.tight
                    state.push("inline", "", 0).content = part[1]
                    state.push("paragraph_close", "", -1)
            state.push("list_item_close", "", -1)
        state.push(f"{self.kind}_list_close", "", -1)


class _Lists(HTMLReader):
    """Reads one list; what stands in an item is Markdown with the inline tags left in it."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self.deepest = 0
        #: Every list in the order of their beginnings.
        self.all: list[_List] = []
        self._start = start
        self._open: list[_List] = []
        self._words: list[str] = []
        self._at = 0
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a list, an item or a paragraph, or keep the tag where it stands in an item."""
        values = {name: value or "" for name, value in attrs}
        if tag in _KINDS:
            self._begin(tag, values)
        elif tag == "li" and self._open:
            self._finish()
            self.is_understood &= "value" not in values
            self._open[-1].items.append((self._line(), []))
            self._within = True
        elif tag == "p" and self._inside():
            self._finish()
            self._open[-1].tight = False
        elif tag in _INLINE and self._inside():
            self._keep("<br>" if tag == "br" else self.get_starttag_text() or "")
        else:
            self.is_understood = False

    def handle_endtag(self, tag: str) -> None:
        """End a list, an item or a paragraph, or keep the tag where it stands in an item."""
        if tag in _KINDS and self._open:
            self._finish()
            self.is_understood &= self._open.pop().kind == _KINDS[tag]
            self._within = bool(self._open and self._open[-1].items)
        elif tag in {"li", "p"}:
            self._finish()
            self._within &= tag == "p"
        elif tag in _INLINE and self._inside():
            self._keep("" if tag == "br" else f"</{tag}>")
        else:
            self.is_understood = False

    def handle_data(self, data: str) -> None:
        """Keep words; outside of items there are none."""
        if self._inside():
            self._keep(data)
        elif data.strip():
            self.is_understood = False

    def close(self) -> None:
        """Take the list as not understood where it is open, or a list in it has no item."""
        super().close()
        self.is_understood &= not self._open and all(one.items for one in self.all)

    def _begin(self, tag: str, values: dict[str, str]) -> None:
        self._finish()
        number = values.get("start", "1")
        plain = values.get("type", "1") == "1" or tag == "ul"
        if not plain or "reversed" in values or not re.fullmatch("[0-9]{1,9}", number):
            self.is_understood = False
            return
        made = _List(_KINDS[tag], int(number), self._line())
        if self._open and self._open[-1].items:
            self._open[-1].items[-1][1].append(made)
        else:
            self.is_understood &= not self._open
        self.all.append(made)
        self._open.append(made)
        self._within = False
        self.deepest = max(self.deepest, len(self._open))

    def _inside(self) -> bool:
        """Tell whether an item is open; where its end is left out, the next one ends it."""
        return self._within

    def _line(self) -> int:
        return self._start + self.getpos()[0] - 1

    def _keep(self, words: str) -> None:
        if not self._words:
            self._at = self._line() + len(words) - len(words.lstrip("\n"))
        self._words.append(words)

    def _finish(self) -> None:
        """Put the paragraph that is open into its item."""
        words = "".join(self._words)
        self._words.clear()
        self.is_understood &= not _BLOCK.search(words)
        said = _BREAKS.sub("", _SPACE.sub(" ", words).strip()).strip()
        if said:
            parts = self._open[-1].items[-1][1]
            self._open[-1].tight &= not parts
            parts.append((self._at, said))
