"""Blocks to nodes: one pass over the block tokens of a document."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar

from markdown_it.token import Token

from docctl.content.faults import Fault
from docctl.content.inlines import Image, Inline, Text
from docctl.content.markdown import ahead
from docctl.content.markdown.attributes import NONE, Attributes, reserved, trailing
from docctl.content.markdown.foreign.html import tag
from docctl.content.markdown.foreign.needless import is_contents, needless
from docctl.content.markdown.frames import SOFT
from docctl.content.markdown.inlines import InlineReader
from docctl.content.markdown.kinds import KINDS, NAMED
from docctl.content.markdown.lettered import listed
from docctl.content.markdown.notes import Notes
from docctl.content.markdown.state import BlockState
from docctl.content.markdown.tables import captioned, read_table
from docctl.content.structure.anchors import Anchors, slug
from docctl.content.tree import (
    Admonition,
    Block,
    BlockQuote,
    Blocks,
    BulletList,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Figure,
    Heading,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Table,
    ThematicBreak,
)
from docctl.content.walk import is_running

_NOTE = "footnote_reference_open"
_LANGUAGE = re.compile(r"[ \t]*\{?\.?([\w+#-]+)")
_PAGE_BREAKS = frozenset({"\\newpage", "\\pagebreak"})
_LINE = re.compile(r"<hr[^<>]*>", re.IGNORECASE)
_NAME = re.compile(r"[\w:.-]+")
_HEADING = re.compile(r"(<h([1-6])(?:\s[^<>]*)?>)((?:(?!</?h[1-6]).)*)</h\2\s*>", re.IGNORECASE)


class BlockReader:
    """Reads the blocks of one document; `faults` says what was found on the way."""

    def __init__(self, text: str, first_line: int) -> None:
        self.inlines = InlineReader(text)
        self.faults: list[Fault] = self.inlines.faults
        self.anchors = Anchors(reserved(text))
        self._first = first_line
        self._at = 0
        state = BlockState(text, self.inlines.engine, self.inlines.env, [])
        state.md.block.tokenize(state, 0, state.lineMax)
        self.tokens = state.tokens
        self.tokens.append(Token("end", "", 0))
        labels = frozenset(token.meta["label"] for token in self.tokens if token.type == _NOTE)
        self.inlines.notes, self._notes = labels, Notes(labels)

    def document(self) -> Document:
        """Return the whole tree. To be called once."""
        blocks = self._until("end")
        if "tangled" in self.inlines.env:
            sentence = "quotations are tangled; from here on they end where the '>' ends"
            line = self.inlines.env["tangled"] + self._first
            self.fault("too-deep", sentence, line, "begin each line of a quotation with '>'")
        self.faults += self._notes.faults(self.inlines.marks)
        self.faults += self.inlines.definitions.faults(self._first)
        return Document(blocks, self._notes.ordered(self.inlines.marks))

    def line(self, token: Token) -> int:
        """Return the source line on which a block begins."""
        return token.map[0] + self._first if token.map else 0

    def fault(self, code: str, sentence: str, line: int, hint: str = "") -> None:
        """Note a fault."""
        self.faults.append(Fault(line, code, sentence, hint))

    def anchor(self, name: str, line: int) -> str:
        """Return the anchor the author chose, made unique, or an empty text."""
        if not name:
            return ""
        anchor, first = self.anchors.chosen(name)
        if not first:
            sentence = f"the anchor #{name} is used twice"
            self.fault("duplicate-anchor", sentence, line, "choose another name for one of them")
        return anchor

    def _until(self, closer: str) -> Blocks:
        """Read blocks up to the token of type *closer*, and step behind it."""
        out: list[Block] = []
        while (token := self.tokens[self._at]).type != closer:
            self._at += 1
            self._READERS[token.type](self, token, out)
        self._at += 1
        return tuple(out)

    def _content(self) -> Token:
        """Return the inline token that comes next, and step behind its block."""
        self._at += 2
        return self.tokens[self._at - 2]

    # --- one method for each kind of block -------------------------------------------------

    def _paragraph(self, token: Token, out: list[Block]) -> None:
        content = listed(self._content().content)
        line = self.line(token)
        if content in _PAGE_BREAKS:
            out.append(PageBreak(line))
        elif content[:1] == "<" and _LINE.fullmatch(content):
            out.append(ThematicBreak(line))
        elif (
            out
            and isinstance(out[-1], Table)
            and (table := self._captioned(out[-1], content, line))
        ):
            out[-1] = table
        elif content[:1] == "<" and (match := _HEADING.fullmatch(content)):
            name = tag(match[1]).values.get("id", "")
            found = Attributes("".join(_NAME.findall(name)))
            self._titled(int(match[2]), match[3].strip(), found, line, out)
        else:
            self._words(content, line, out)

    def _words(self, content: str, line: int, out: list[Block]) -> None:
        if content[-1:] in {"]", "}"} and (left := needless(content, self.inlines.definitions)):
            content, at = left.rest, line + left.rest.count("\n") + bool(left.rest)
            self.fault("foreign-markup", f"{left.what} left out: {left.text[:80]!r}", at, left.hint)
        if nodes := self.inlines.read(content, line):
            if len(nodes) == 1 and isinstance(nodes[0], Image):
                found = self.inlines.image_attributes
                out.append(Figure(nodes[0], self.anchor(found.anchor, line), found.classes, line))
            else:
                out.append(Paragraph(nodes, line))

    def _heading(self, token: Token, out: list[Block]) -> None:
        content, found = trailing(self._content().content)
        if found is NONE and self.tokens[self._at].type == "paragraph_open":
            found = ahead.take_attributes(self.tokens, self._at, token)
        self._titled(int(token.tag[1]), content, found, self.line(token), out)

    def _titled(
        self, level: int, content: str, found: Attributes, line: int, out: list[Block]
    ) -> None:
        nodes = self.inlines.read(content, line)
        anchor = self.anchor(found.anchor, line) or self.anchors.made(slug(nodes))
        out.append(Heading(level, nodes, anchor, "", found.classes, line))

    def _code(self, token: Token, out: list[Block]) -> None:
        language = _LANGUAGE.match(token.info)
        text = token.content  # at the end of a text the last line may be open
        text += "\n" if text and text[-1] != "\n" else ""
        out.append(CodeBlock(text, language[1] if language else "", self.line(token)))

    def _rule(self, token: Token, out: list[Block]) -> None:
        out.append(ThematicBreak(self.line(token)))

    def _quote(self, token: Token, out: list[Block]) -> None:
        kind = ahead.take_alert(self.tokens, self._at)
        blocks = self._until("blockquote_close")
        line = self.line(token)
        out.append(Admonition(kind, "", blocks, line) if kind else BlockQuote(blocks, line))

    def _call_out(self, token: Token, out: list[Block]) -> None:
        line, name = self.line(token), token.info.lower()
        kind, title = KINDS.get(name), token.content
        if kind is None:
            title, kind = title or token.info.capitalize(), NAMED.get(name)
        if kind is None:
            hint = f"use one of {', '.join(KINDS)}"
            self.fault("unknown-admonition", f"there is no call-out {name!r}", line, hint)
        if not token.meta["closed"]:
            sentence = f"the block ':::{token.info}' is never closed"
            self.fault("unclosed-block", sentence, line, "end it with a line ':::'")
        blocks = self._until("admonition_close")
        out.append(Admonition(kind or "note", title, blocks, line))

    def _bullets(self, token: Token, out: list[Block]) -> None:
        tight, needless = self._ahead(token)
        items, _ = self._items("bullet_list_close")
        if items[0].blocks or not needless:
            tight |= not any(map(is_running, items))
            out.append(BulletList(items, tight, self.line(token)))

    def _numbers(self, token: Token, out: list[Block]) -> None:
        tight, needless = self._ahead(token)
        items, begun = self._items("ordered_list_close")
        if wrong := ahead.renumbered(begun):
            sentence = f"the item typed {wrong[0].info}. is shown as {wrong[1]}."
            hint = "number the items in a row; indent an inner list as far as the words above it"
            self.fault("renumbered-list", sentence, self.line(wrong[0]), hint)
        if items[0].blocks or not needless:
            tight |= not any(map(is_running, items))
            out.append(OrderedList(items, int(begun[0].info), tight, self.line(token)))

    def _ahead(self, token: Token) -> tuple[bool, bool]:
        """Tell whether a list is tight, and whether it only says where contents are wanted."""
        said = self.tokens[self._at + 2].content
        contents = said[-1:] == "}" and is_contents(said, self.inlines.definitions)
        return ahead.is_tight(self.tokens, self._at, token.level), contents

    def _items(self, closer: str) -> tuple[tuple[ListItem, ...], list[Token]]:
        """Return the items up to the end of their list, and the tokens that began them."""
        items, begun = [], []
        while (token := self.tokens[self._at]).type != closer:
            self._at += 1
            begun.append(token)
            box = ahead.take_box(self.tokens, self._at)
            items.append(ListItem(self._until("list_item_close"), box, self.line(token)))
        self._at += 1
        return tuple(items), begun

    def _definitions(self, token: Token, out: list[Block]) -> None:
        items: list[Definition] = []
        while (part := self.tokens[self._at]).type != "dl_close":
            self._at += 1
            line = self.line(part)
            term = self.inlines.read(self._content().content, line)
            meanings = []
            while self.tokens[self._at].type == "dd_open":
                self._at += 1
                meanings.append(self._until("dd_close"))
            items.append(Definition(term, tuple(meanings), line))
        self._at += 1
        out.append(DefinitionList(tuple(items), self.line(token)))

    def _table(self, token: Token, out: list[Block]) -> None:
        line = self.line(token)
        table, long = read_table(token, line, self.inlines.read)
        for row in long:
            sentence = "this row has more cells than the table has columns"
            hint = (
                "the rest stands in its last cell: add a column, or write \\| for a bar in a text"
            )
            self.fault("surplus-cells", sentence, row, hint)
        if token.meta.get("spans"):
            sentence = "cells that reach over others are read as one cell and empty ones"
            self.fault("raw-html", sentence, line, "write the table in Markdown")
        out.append(replace(table, anchor=self.anchor(table.anchor, line)))

    def _captioned(self, table: Table, content: str, line: int) -> Table | None:
        if content[:2] == ": ":  # as pandoc has it
            content = f"Table{content}"
        found = captioned(table, content, line, self.inlines.read)
        if found and found.anchor != table.anchor:
            return replace(found, anchor=self.anchor(found.anchor, line))
        return found

    def _note(self, token: Token, _out: list[Block]) -> None:
        outer, self.inlines.marks = self.inlines.marks, self._notes.marks
        blocks = self._until("footnote_reference_close")
        self.inlines.marks = outer
        self._notes.add(token.meta["label"], blocks, self.line(token))

    def _comment(self, token: Token, _out: list[Block]) -> None:
        self.inlines.drop(token.content, self.line(token))

    def _literal(self, token: Token, out: list[Block]) -> None:
        line = self.line(token)
        hint = "use fewer levels of lists and quotations"
        self.fault("too-deep", "blocks are nested too deep; the rest is plain text", line, hint)
        first, *rest = (text.strip() for text in token.content.split("\n") if text.strip())
        nodes: list[Inline] = [Text(first)]
        for text in rest:
            nodes += (SOFT, Text(text))
        out.append(Paragraph(tuple(nodes), line))

    #: Kind of token → how it is read.
    _READERS: ClassVar[Mapping[str, Callable[["BlockReader", Token, list[Block]], None]]] = (
        MappingProxyType(
            {
                "paragraph_open": _paragraph,
                "heading_open": _heading,
                "fence": _code,
                "code_block": _code,
                "hr": _rule,
                "blockquote_open": _quote,
                "admonition_open": _call_out,
                "bullet_list_open": _bullets,
                "ordered_list_open": _numbers,
                "dl_open": _definitions,
                "table": _table,
                "comment": _comment,
                _NOTE: _note,
                "too_deep": _literal,
            }
        )
    )
