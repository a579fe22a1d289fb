"""A tree of pandoc's as lines, so that two of them can be compared.

A line is where a block stands, what it is, and its words: `> - p: See {bold}this{} now`. Words are
told apart by their looks and by where they lead, in whatever order these are nested; white space
has none of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import unquote

Node = dict[str, Any]
Looks = frozenset[str]

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)[^>]*>", re.DOTALL)
_ALTERNATIVE = re.compile(r"(?s)src=.*?(?:alt=\"([^\"]*)\"|>\Z)")
_PAIRED = re.compile(r"(?s)<(a(?=\s(?:.*\s)?href=)|code(?=>))")
_HREF = re.compile(r"(?s)\shref=\"([^\"]+)\"")
_SCHEME = re.compile(r"(?i)(?:https?|mailto):")
_MARKS = MappingProxyType(
    {
        "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "struck",
        "del": "struck", "code": "code", "strike": "struck", "sup": "raised", "sub": "lowered",
    }
)  # fmt: skip
_WRAPS = MappingProxyType(
    {
        "Emph": "italic",
        "Strong": "bold",
        "Strikeout": "struck",
        "Superscript": "raised",
        "Subscript": "lowered",
    }
)


class Run(NamedTuple):
    """Words of one look."""

    words: str
    looks: Looks


@dataclass
class Rules:
    """What a writer keeps on purpose: its own rules, not its losses.

    `silent` are HTML tags that are left out, `literal` says that all others stand as text; without
    it all HTML is left out but for line breaks. `relative` says that links to files are kept.
    """

    literal: bool = False
    relative: bool = True
    silent: frozenset[str] = frozenset()


@dataclass
class Flat:
    """The lines of one tree."""

    rules: Rules
    anchors: frozenset[str]
    shift: int = 0
    lines: list[str] = field(default_factory=list)
    notes: list[list[Node]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    """The HTML marks that are open."""
    led: str = ""
    """Where the HTML link leads that is open."""

    # --- blocks --------------------------------------------------------------------------

    def blocks(self, blocks: list[Node], place: str = "") -> None:
        """Add the lines of *blocks*; the first of an item bears its mark, the others do not."""
        for block in blocks:
            self._add(block, place)
            place = re.sub(r"[-\d.:]+ $", "", place) + "  " if place.endswith(MARK_ENDS) else place

    def _add(self, block: Node, place: str) -> None:
        _BLOCKS[block["t"]](self, block.get("c"), place)
        while self.notes:
            self.blocks(self.notes.pop(0), "note ")

    def put(self, place: str, kind: str, words: str) -> None:
        """Add one line."""
        if words or kind != "p":
            self.lines.append(f"{place}{kind}: {words}")

    def _paragraph(self, inlines: list[Node], place: str) -> None:
        self.put(place, "p", self.words(inlines))

    def _heading(self, content: list[Any], place: str) -> None:
        level, _, inlines = content
        self.put(place, f"h{level - self.shift}", self.words(inlines))

    def _code(self, content: list[Any], place: str) -> None:
        for line in content[1].expandtabs(4).removesuffix("\n").split("\n"):
            self.put(place, "code", line.rstrip())

    def _quote(self, content: list[Node], place: str) -> None:
        self.blocks(content, place + "> ")

    def _bullets(self, content: list[list[Node]], place: str) -> None:
        for item in content:
            self._item(item, place, "- ")

    def _ordered(self, content: list[Any], place: str) -> None:
        for number, item in enumerate(content[1], content[0][0]):
            self._item(item, place, f"{number}. ")

    def _item(self, item: list[Node], place: str, mark: str) -> None:
        if item:
            self.blocks(item, place + mark)
        else:
            self.put(place + mark, "item", "")

    def _definitions(self, content: list[Any], place: str) -> None:
        for term, definitions in content:
            self.put(place, "term", self.words(term))
            for definition in definitions:
                self.blocks(definition, place + ": ")

    def _rule(self, _content: None, place: str) -> None:
        self.put(place, "rule", "")

    def _raw(self, content: list[str], place: str) -> None:
        """HTML on lines of its own: each writer has rules of its own for it."""

    def _div(self, content: list[Any], place: str) -> None:
        self.blocks(content[1], place)

    def _table(self, content: list[Any], place: str) -> None:
        _, caption, _, head, bodies, foot = content
        for block in caption[1]:
            self.put(place, "caption", self.words(block["c"]))
        for row in head[1]:
            self._row(row, place, "head")
        for body in bodies:
            for row in (*body[2], *body[3]):
                self._row(row, place, "row")
        for row in foot[1]:
            self._row(row, place, "row")

    def _row(self, row: list[Any], place: str, kind: str) -> None:
        cells = ("\\".join(self.words(b["c"]) for b in cell[4] if b["c"]) for cell in row[1])
        self.put(place, kind, " | ".join(cells))

    def _figure(self, content: list[Any], place: str) -> None:
        self.blocks(content[2], place)

    def _line_block(self, content: list[list[Node]], place: str) -> None:
        for line in content:
            self._paragraph(line, place)

    # --- inlines -------------------------------------------------------------------------

    def words(self, inlines: list[Node]) -> str:
        """Return *inlines* as text with the looks in it."""
        self.open.clear()
        self.led = ""
        return _shown(list(self._runs(inlines, frozenset())))

    def _runs(self, inlines: list[Node], looks: Looks) -> Iterator[Run]:
        for inline in _paired(inlines):
            kind, content = inline["t"], inline.get("c")
            now = looks | {_MARKS[tag] for tag in self.open} | ({self.led} if self.led else set())
            if kind in _WRAPS:
                yield from self._runs(content, looks | {_WRAPS[kind]})
            elif kind in _INLINES:
                yield from _INLINES[kind](self, content, now)
            else:
                yield Run(" " if kind in {"Space", "SoftBreak"} else content, now)

    def _code_span(self, content: list[Any], looks: Looks) -> Iterator[Run]:
        yield Run(content[1], looks | {"code"})

    def _break(self, _content: None, _looks: Looks) -> Iterator[Run]:
        yield Run("\n", frozenset())

    def _link(self, content: list[Any], looks: Looks) -> Iterator[Run]:
        leads = "" if any(look[0] == "@" for look in looks) else self._led(content[2][0])
        for run in self._runs(content[1], looks | {leads or "@"}):
            yield run if leads else run._replace(looks=run.looks - {"@"})

    def _led(self, target: str) -> str:
        if target.startswith("#"):
            return "@#" if unquote(target[1:]).lower() in self.anchors else ""
        if _SCHEME.match(target) or self.rules.relative:
            return f"@{unquote(target).strip()}"
        return ""

    def _image(self, content: list[Any], looks: Looks) -> Iterator[Run]:
        parts = (run.words for run in self._runs(content[1], frozenset()))
        alternative = re.sub(r"!\[([^]]*)\]", r"\1", "".join(parts))
        yield Run(f"![{alternative}]", frozenset(look for look in looks if look[0] == "@"))

    def _span(self, content: list[Any], looks: Looks) -> Iterator[Run]:
        yield from self._runs(content[1], looks)

    def _quoted(self, content: list[Any], looks: Looks) -> Iterator[Run]:
        mark = {"SingleQuote": "'", "DoubleQuote": '"'}[content[0]["t"]]
        yield Run(mark, looks)
        yield from self._runs(content[1], looks)
        yield Run(mark, looks)

    def _note(self, content: list[Node], _looks: Looks) -> Iterator[Run]:
        self.notes.append(content)
        yield Run("[^]", frozenset())

    def _html(self, content: list[str], looks: Looks) -> Iterator[Run]:
        form, text = content
        tag = _TAG.fullmatch(text) if form == "html" else None
        name = tag[2].lower() if tag else ""
        if name == "br":
            yield Run("\n", frozenset())
        elif self.rules.literal and name == "a":
            found = _HREF.search(text)
            self.led = self._led(unescape(found[1])) if found else ""
        elif not self.rules.literal or text.startswith("<!--") or name in self.rules.silent:
            return
        elif tag and tag[1] and name in self.open:
            self.open.remove(name)
        elif tag and name in _MARKS and not tag[1]:
            self.open.append(name)
        elif name == "img" and (found := _ALTERNATIVE.search(text)):
            yield Run(f"![{found[1] or ''}]", frozenset())
        else:
            yield Run(text.replace("\n", " "), looks)


def _paired(inlines: list[Node]) -> Iterator[Node]:
    """Yield inlines, HTML links and code made words that no tag closes beside them."""
    for at, inline in enumerate(inlines):
        if inline["t"] == "RawInline" and (found := _PAIRED.match(inline["c"][1])):
            closer = f"</{found[1]}>"
            if not any(one["t"] == "RawInline" and one["c"][1] == closer for one in inlines[at:]):
                yield {"t": "Str", "c": inline["c"][1].replace("\n", " ")}
                continue
        yield inline


MARK_ENDS = ("- ", ". ", ": ")

_BLOCKS: Mapping[str, Callable[[Flat, Any, str], None]] = MappingProxyType(
    {
        "Para": Flat._paragraph,
        "Plain": Flat._paragraph,
        "Header": Flat._heading,
        "CodeBlock": Flat._code,
        "BlockQuote": Flat._quote,
        "BulletList": Flat._bullets,
        "OrderedList": Flat._ordered,
        "DefinitionList": Flat._definitions,
        "HorizontalRule": Flat._rule,
        "RawBlock": Flat._raw,
        "Div": Flat._div,
        "Table": Flat._table,
        "Figure": Flat._figure,
        "LineBlock": Flat._line_block,
    }
)
_INLINES: Mapping[str, Callable[[Flat, Any, Looks], Iterator[Run]]] = MappingProxyType(
    {
        "Code": Flat._code_span,
        "LineBreak": Flat._break,
        "Link": Flat._link,
        "Image": Flat._image,
        "Span": Flat._span,
        "Quoted": Flat._quoted,
        "Note": Flat._note,
        "RawInline": Flat._html,
    }
)


def _shown(runs: list[Run]) -> str:
    """Return runs as text; space between different looks has none."""
    out, before = [], frozenset[str]()
    for words, looks in _spaced(runs):
        if looks != before:
            out.append("{" + " ".join(sorted(looks)) + "}")
            before = looks
        out.append(words)
    return "".join(out) + ("{}" if before else "")


def _spaced(runs: list[Run]) -> Iterator[Run]:
    """Yield words and single spaces; a space has those looks that both of its neighbours have."""
    pieces = [
        Run(piece, run.looks)
        for run in runs
        for piece in re.findall(r"\n|[^\S\n\u00a0]+|(?:[^\s]|\u00a0)+", run.words)
    ]
    kept: list[Run] = []
    for piece in pieces:
        if piece.words == "\n":
            while kept and kept[-1].words == " ":
                kept.pop()
            kept += [Run("\\", frozenset())] if kept else []
        elif piece.words.strip():
            kept.append(piece)
        elif kept and kept[-1].words not in {" ", "\\"}:
            kept.append(Run(" ", frozenset()))
    while kept and kept[-1].words in {" ", "\\"}:
        kept.pop()
    for at, piece in enumerate(kept):
        if piece.words == " ":
            yield Run(" ", kept[at - 1].looks & kept[at + 1].looks)
        else:
            yield piece


def _each(node: Any) -> Iterator[Node]:
    if isinstance(node, list):
        for one in node:
            yield from _each(one)
    elif isinstance(node, dict):
        yield node
        yield from _each(node.get("c"))


def flat(blocks: list[Node], rules: Rules) -> list[str]:
    """Return the lines of a tree."""
    nodes = list(_each(blocks))
    headings = [node["c"] for node in nodes if node["t"] == "Header"]
    spans = [node["c"][0][0] for node in nodes if node["t"] in {"Span", "Div"}]
    anchors = frozenset({*(heading[1][0].lower() for heading in headings), *map(str.lower, spans)})
    shift = min((heading[0] for heading in headings), default=1) - 1
    made = Flat(rules, anchors, shift)
    made.blocks(blocks)
    return made.lines
