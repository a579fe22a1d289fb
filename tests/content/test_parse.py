"""Parsing never fails, never hangs, loses nothing, and keeps the promises of the tree."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.content.characters import unquoted
from docctl.content.faults import CODES
from docctl.content.parse import parse
from docctl.content.tree import MAX_DEPTH, Document, Link, Paragraph, Table, Text
from docctl.content.walk import inlines

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"

_MARKS = """
[ ] ( ) ![ [[ PRO-001 #x ]] [^1] * ** _ __ ~~ ` `` ``` - 1. > # === --- | |-|-| a <sub> </sub> <sup>
</sup> <br> <!-- --> <b> </b> &amp; &#12; &#32; \\ {#a .b} {width=5%} } { ::: :::note [x] [!NOTE]
doc:PRO-1 http://a.b www.a.b a@b.c javascript:x function:X role: <http://x.y> \\newpage . : @ / ~
!!!
"""
_SPACES = ["\n", "\n\n", "    ", "  \n", "\\\n", "\t", " ", ": ", '!!! note "t"\n', "Table: "]
_ODD = ["\0", "\ud800", "\u202e", "\u200b", "\r", "\ufeff", "\u2028", "\x85", "\x0b", "\f"]
texts = st.lists(
    st.one_of(st.sampled_from([*_MARKS.split(), *_SPACES, *_ODD]), st.text(max_size=5)), max_size=30
).map("".join)

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def promises(node: Any, depth: int = 0) -> None:
    """Check everything the docstring of the tree promises, at every depth."""
    if isinstance(node, tuple):
        kinds = [type(part) for part in node]
        assert (Text, Text) not in pairwise(kinds)
        for part in node:
            promises(part, depth)
    if not is_dataclass(node):
        return
    assert depth <= 2 * MAX_DEPTH
    if isinstance(node, Text):
        assert node.text
        assert "\n" not in node.text
    if isinstance(node, Paragraph):
        assert node.inlines
    if isinstance(node, Table):
        assert {len(row) for row in (node.head, *node.rows)} == {len(node.alignments)}
    for field in fields(node):
        value = getattr(node, field.name)
        assert not (isinstance(value, str) and _FORBIDDEN.search(value))
        promises(value, depth if isinstance(node, Document) else depth + 1)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_any_text_gives_a_tree_that_keeps_its_promises(text: str) -> None:
    document, faults = parse(text)

    promises(document)
    assert hash(document) == hash(parse(text)[0])
    assert {fault.code for fault in faults} <= set(CODES)
    assert all(1 <= fault.line <= text.count("\n") + text.count("\r") + 1 for fault in faults)


_BOMBS: dict[str, Callable[[int], str]] = {
    "quotations": lambda n: ">" * n,
    "lists on a line": lambda n: "- " * n + "x",
    "quotations and lists": lambda n: "> 1. " * n,
    "long list": lambda n: "- a\n" * n,
    "loose list": lambda n: "- a\n\n" * n,
    "long table": lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * n,
    "wide table": lambda n: "a|" * n + "\n" + "-|" * n + "\nx\n",
    "emphasis": lambda n: "*" * n + "a" + "*" * n,
    "open emphasis": lambda n: "*a **b " * n,
    "open brackets": lambda n: "[" * n,
    "brackets": lambda n: "[" * n + "a" + "]" * n,
    "images": lambda n: "![" * n + "a" + "](b)" * n,
    "marks": lambda n: "[^" * n,
    "references": lambda n: "[[A" * n,
    "open comments": lambda n: "<!-- \n\n" * n,
    "quoted comments": lambda n: "> <!-- \n\n" * n + "-->",
    "tags": lambda n: "<sub>" * n + "a" + "</sub>" * n,
    "crossing tags": lambda n: "<sub>*" * n + "a" + "</sub>*" * n,
    "containers": lambda n: ":::a\n" * n,
    "closed containers": lambda n: ":::a\nb\n:::\n" * n,
    "addresses": lambda n: "www." * n,
    "mail": lambda n: "a" * n + "@" + "b" * n,
    "brackets after an address": lambda n: "http://a.b" + ")" * n,
    "braces": lambda n: "# a {" + "#a " * n,
    "escapes": lambda n: "\\@" * n,
    "lazy lines": lambda n: "> " * 30 + "a\n" + "b\n" * n,
    "quotations up and down": lambda n: "".join(">" * (i % 60) + " a\n" for i in range(4 * n)),
    "quotations and lists, lazy": lambda n: ("> - " * 15 + "a\n" + "b\n" * 20) * n,
    "quoted headings, lazy": lambda n: "> # h\nb\n" * n,
    "quoted code, lazy": lambda n: "> ```\n> x\nb\n" * n,
    "quotations in steps": lambda n: "> a\n> > ***\n> x\n> > > a\ny\n" * n,
    "lists up and down": lambda n: "".join("  " * (i % 50) + "- a\n" for i in range(n)),
    "many items on many lines": lambda n: ("- " * 100 + "a\n") * n,
    "definitions of links": lambda n: "".join(f"[r{i}]: /a 't'\n" for i in range(n)),
    "definitions and uses": lambda n: "".join(f"[r{i}]: /a\n\n[r{i}] " for i in range(n)),
    "definitions never closed": lambda n: "[a\n" * n,
    "titles never closed": lambda n: '[a](b\n"c\n' * n,
    "titles of definitions never closed": lambda n: "[a]: b 'c\n" * n,
    "wide rows": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + ("|b" * n + "|\n") * 3,
    "many tables": lambda n: "|a|\n|-|\n|b|\n\n" * n,
    "entities": lambda n: "&amp;&#x41;&nope;&" * n,
    "terms": lambda n: "a\n: b\n" * n,
    "definitions of one term": lambda n: "a\n" + ": b\n" * n,
    "ticks": lambda n: "".join("e" + "`" * (i % 99) for i in range(n)),
    "strokes": lambda n: "~~a ~b " * n,
    "notes": lambda n: "".join(f"x[^{i}]\n\n[^{i}]: a\n\n" for i in range(n)),
    "fences": lambda n: "```\n" * n,
    "tags never closed": lambda n: "<a b='" * n,
    "long tags": lambda n: "<img " + "a" * 9 * n + " " * n + ">",
    "many attributes": lambda n: "<img " + 'a="b" ' * n + ">",
    "silent tags": lambda n: "<div><b>" * n,
    "lettered lines": lambda n: "a) b\n" * n,
    "underlined": lambda n: "a\n" * n + "===\n",
    "same headings": lambda n: "# a\n" * n,
    "tabs": lambda n: '=== "a"\n    b\n' * n,
    "tabs in tabs": lambda n: "".join("    " * (i % 9) + '=== "a"\n' for i in range(n)),
    "grids": lambda n: "+--+\n| a|\n+--+\n" * n,
    "grids never closed": lambda n: "+--+\n| a|\n" * n,
    "edges of grids": lambda n: "+--+\n" * n,
    "lists in HTML": lambda n: "<ul><li>a</li></ul>\n\n" * n,
    "lists in HTML never closed": lambda n: "<ul><li>\n\n" * n,
    "lists in HTML in each other": lambda n: "<ul><li>\n" * n + "</li></ul>\n" * n,
    "lists in HTML not understood": lambda n: "<ul><li>\n" * n + "<x>" + "</li></ul>\n" * n,
    "attributes": lambda n: "`a`{.b}" * n + "\n{.c}" * n,
    "attributes never closed": lambda n: "`a`{.b " * n,
    "rows of letters": lambda n: "x\n" + "".join(f"{chr(97 + i % 26)}. b\n" for i in range(n)),
    "headings in HTML": lambda n: "<h2>a</h2>\n\n<h2>" * n,
    "control characters": lambda n: "\x01\n" * n,
}


def _calls(action: Callable[[], object]) -> int:
    """Count calls, a measure of work that no other load on the machine can change."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("bomb", _BOMBS.values(), ids=_BOMBS)
def test_work_grows_with_the_length_of_a_hostile_text(bomb: Callable[[int], str]) -> None:
    parse(bomb(100))
    few, many = (_calls(partial(parse, bomb(n))) for n in (100, 300))

    assert many < 4.5 * few
    promises(parse(bomb(1_000))[0])


@pytest.mark.parametrize("text", ["<table><![</table>", "<ul><![</ul>", "<s\nb>", "<a href='\nx'>"])
def test_what_looks_like_html_and_is_none_stays_text(text: str) -> None:
    document, faults = parse(text)

    promises(document)
    assert text.replace("\n", " ") in strings(document)
    assert {fault.code for fault in faults} <= {"raw-html"}


def test_tangled_quotations_are_told_and_keep_their_words() -> None:
    text = "".join(">" * (i % 60) + f" a{i}\n" for i in range(2_000))
    document, faults = parse("x\n\n" + text)

    assert {f"a{i}" for i in range(2_000)} <= set(re.findall(r"a\d+", " ".join(strings(document))))
    assert "quotations are tangled" in " ".join(fault.sentence for fault in faults)


def test_the_first_line_can_be_told() -> None:
    document, faults = parse("a\n\n<b>", first_line=8)

    assert [block.line for block in document.blocks] == [8, 10]
    assert [fault.line for fault in faults] == [10]


#: A mistyped scheme, a tag that became a superscript, the label of a link reference.
KNOWN = {"hhttps", "sup", "cgeform"}


def test_a_lone_surrogate_is_replaced_and_reported() -> None:
    document, faults = parse("a\n\ud800b")

    assert "\ufffdb" in [*strings(document)]
    assert [(fault.line, fault.code) for fault in faults] == [(2, "control-character")]


#: Comments, tags, kinds of call-outs and entities are not words of a text.
UNSEEN = re.compile(r"<!--.*?-->|</?[a-z][^<>]*>|\[!?[A-Z]+\]|&\w+;", re.DOTALL)

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="no real texts beside the project")


@needs_corpora
def test_no_word_of_a_real_text_is_lost() -> None:
    for source in sorted(CORPORA.rglob("*.md"))[::4]:
        text = source.read_text(encoding="utf-8")
        document, _ = parse(text)
        promises(document)
        visible = UNSEEN.sub(" ", text)
        kept = " ".join(strings(document))
        assert words(unquoted(visible)) - words(unquoted(kept)) <= KNOWN, source


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{3,}", text))


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    parts = node if isinstance(node, tuple) else [getattr(node, name) for name in _names(node)]
    for part in parts:
        yield from strings(part)


def _names(node: Any) -> list[str]:
    return [field.name for field in fields(node)] if is_dataclass(node) else []


def test_definitions_make_no_text_many_times_as_long_as_it_was_written() -> None:
    text = "[a]: https://x.example/" + "y" * 100_000 + "\n\n" + "[a]\n\n" * 5_000
    document, faults = parse(text)
    links = [node for _, node in inlines(document) if isinstance(node, Link)]
    assert 1 <= len(links) <= 10
    assert len(document.blocks) == 5_000
    assert [fault.code for fault in faults] == ["overused-link"]

    short, faults = parse("[a]: https://x.example/\n\n" + "[a]\n\n" * 5_000)
    assert sum(isinstance(node, Link) for _, node in inlines(short)) == 5_000
    assert faults == ()


def test_short_rows_make_no_table_many_times_as_large_as_it_was_written() -> None:
    text = "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + "|b|\n" * 200
    document, _ = parse(text)
    table, rest = document.blocks
    assert isinstance(table, Table)
    assert len(table.rows) * len(table.head) <= 66_000
    assert isinstance(rest, Paragraph)
    assert len(table.rows) + " ".join(strings(document)).count("|b|") == 200
