"""Trees as a parser makes them, and texts nobody would type, to try the Markdown writer on."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, count
from string import punctuation
from typing import Any

from hypothesis import strategies as st

from docctl.content import tree as t
from docctl.content.structure.anchors import Anchors, slug
from docctl.content.walk import changed, inlines


def _short(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return the strategy with a short name: hypothesis spells out what others are made of."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Any:
        return draw(strategy)

    return drawn()


#: What Markdown is made of; any row of these is a text.
_SCRAPS = (
    *(*"ab!()<>|\t", " ", "é", "“", "\u00a0", "\n", "\n\n", "\n\n  ", "\n\n    ", "    "),
    *("*", "**", "_", "__", "~~", "`", "``", "[", "]", "\\", "&", "&amp;", "<sup>", "</sup>"),
    *("[[PRO-001]]", "[[function:Buyer]]", "[^1]", "\n\n[^1]: ", "](i.png)", '](http://x.y "t")'),
    *("](doc:PRO-002#s)", "![", "{#x}", " {#y .unnumbered}", " http://a.bc/d ", " www.a.bc "),
    *("x@y.zz", "- ", "+ ", "* ", "1. ", "2) ", "[ ] a", "[x] a", "# ", "## ", "> ", "[!NOTE]\n"),
    *("\n\n---\n\n", "\n===\n", "```\n", "~~~\n", "| ", "\n|---|---|\n", "\n|:-:|\n", "Table: c"),
    *("<b>", "</b>", "<em>", "</em>", "<u>", "</u>", '<img src="a.png" alt="b">', "</p>"),
    *(
        '=== "T"\n    ',
        "\n{: .x #z}",
        "[TOC]",
        "\n{:toc}\n",
        "a) ",
        "\nb) ",
        "\na. ",
        "\n1.2 ",
        "• ",
    ),
    *(
        "\n\n+--+\n| a|\n+--+\n",
        "\n\n<ul><li>a",
        "</li></ul>\n",
        "<li>",
        "+--+\n",
        "| a|\n",
        "<![",
        "</table>",
    ),
    *("<h2>", "</h2>", "<strong>", "</strong>", "<br>", "\\\n", "  \n", "5. ", "<code>", "<p>"),
    *("\n\\newpage\n", "\n\n: ", '!!! note "T"\n    ', "\n??? tip\n    ", "::: tip T\n", ":::\n"),
)
SOUP = st.lists(st.sampled_from(_SCRAPS), max_size=20).map("".join).map("{}\n".format)

#: Words that must not be taken for markup.
_LITERALS = (
    *(*punctuation, *"aé1ß", "€", "“", "\u00a0", " b ", "\tc", "https://a.bc/d_e", "www.a.bc"),
    *("x@y.zz", "1. x", "- x", "[x] x", "[!NOTE]", "Table: a", "{#x}", "a_b", "* x *", "____"),
    *("&amp;", "<b>"),
)
_words = _short(
    st.lists(st.sampled_from(_LITERALS), min_size=1, max_size=4).map(
        lambda parts: "".join(parts).strip() or "x"
    )
)
_quoted = st.sampled_from(["", "it's", 'a "b"', "c\\d &amp; e"])
_targets = st.sampled_from(
    ["https://a.bc/d?e=f", "#purpose", "mailto:a@b.cc", "a%20b.pdf", "c_(d)", ""]
)
_numbers = st.sampled_from(["PRO-001", "WI-12"])
_texts = _words.map(t.Text)
_nestable = (t.Emphasis, t.Strong, t.Superscript)


def _rows(nodes: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return texts with a node between any two."""
    more = st.lists(st.tuples(nodes, _texts), max_size=2)
    return _short(st.builds(lambda first, rest: (first, *chain.from_iterable(rest)), _texts, more))


def _marked(inner: st.SearchStrategy[Any], *more: type) -> st.SearchStrategy[Any]:
    spaced = st.sampled_from([(t.Text(" a "),), (t.Text("("),)])
    return st.one_of(*(st.builds(k, spaced | _rows(inner)) for k in (*_nestable, *more)))


_plain = _short(
    st.one_of(
        _words.map(t.Code),
        st.builds(t.Image, _targets.filter(bool), _words, _quoted, st.sampled_from(["", "5 %"])),
    )
)
_leaves = st.one_of(
    _plain,
    st.just(t.LineBreak()),
    st.builds(t.Reference, _numbers, st.sampled_from(["", "a-b"])),
    st.builds(t.Mention, st.sampled_from(["function", "role"]), st.just("Buyer")),
    st.sampled_from(["1", "n-2"]).map(t.FootnoteRef),
    st.builds(t.Link, _targets, _rows(_plain | _marked(_plain)), _quoted),
    st.builds(t.Reference, _numbers, st.sampled_from(["", "s"]), _rows(_plain)),
)
LINES = _rows(_leaves | _marked(_leaves | _marked(_plain), t.Strike))
_soft = st.just(t.SoftBreak())
_paragraphs = _short(_rows(_leaves | _marked(_leaves, t.Strike) | _soft).map(t.Paragraph))


@st.composite
def _tables(draw: st.DrawFn) -> t.Table:
    width = draw(st.integers(1, 2))
    row = st.tuples(*[st.just(()) | LINES] * width)
    return t.Table(
        draw(row),
        tuple(draw(st.lists(row, max_size=2))),
        draw(st.tuples(*[st.sampled_from(["", "left", "center", "right"])] * width)),
        draw(st.just(()) | LINES),
        draw(st.sampled_from(["", "own"])),
        draw(st.sampled_from([(), ("landscape",)])),
    )


_headings = st.builds(
    t.Heading,
    st.integers(1, 6),
    LINES,
    st.sampled_from(["", "own"]),
    classes=st.sampled_from([(), ("c",)]),
)
_code = st.builds(
    t.CodeBlock,
    st.text("ab`~: \n", max_size=20).map(lambda text: f"{text}\n" if text else ""),
    st.sampled_from(["", "python"]),
)
_rules: st.SearchStrategy[Any] = st.sampled_from([t.ThematicBreak(), t.PageBreak()])


def _listed(kind: type, items: Any, *start: int) -> Any:
    """Return a list that is tight only if it can be: each item one paragraph, or none at all."""
    blocks = [block for item in items for block in item.blocks]
    alone = all(isinstance(item.blocks[0], t.Paragraph) and not item.blocks[1:] for item in items)
    spaced = any(isinstance(b, t.Paragraph | t.PageBreak) or _has_caption(b) for b in blocks)
    return kind(items, *start, tight=alone or not spaced)


def _has_caption(block: Any) -> bool:
    return isinstance(block, t.Table) and bool(block.caption or block.anchor or block.classes)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(inner, min_size=1, max_size=2).map(tuple)
    task = st.builds(t.ListItem, st.tuples(_paragraphs), st.sampled_from([True, False]))
    items = st.lists(some.map(t.ListItem) | task, min_size=1, max_size=2).map(tuple)
    terms = st.builds(
        t.Definition, _rows(_plain), st.lists(some, min_size=1, max_size=2).map(tuple)
    )
    return st.one_of(
        st.builds(_listed, st.just(t.BulletList), items),
        st.builds(_listed, st.just(t.OrderedList), items, st.sampled_from([0, 1, 99])),
        st.lists(terms, min_size=1, max_size=2).map(tuple).map(t.DefinitionList),
        some.map(t.BlockQuote),
        st.builds(
            t.Admonition,
            st.sampled_from(["note", "danger"]),
            st.sampled_from(["", "Mind", "A: b"]),
            some,
        ),
    )


_flat = _short(st.one_of(_paragraphs, _headings, _code, _tables(), _rules))
_blocks = st.recursive(_flat, lambda inner: _short(_nested(_short(inner))), max_leaves=4)


def _finished(content: Iterable[Any], notes: Iterable[Any]) -> t.Document:
    """Give every heading an anchor of its own, and every mark its note."""
    counter, automatic = count(1), Anchors()

    def named(node: Any) -> Any:
        if node.anchor:
            return replace(node, anchor=f"own-{next(counter)}")
        made = automatic.made(slug(node.inlines)) if isinstance(node, t.Heading) else ""
        return replace(node, anchor=made)

    document = changed(t.Document(tuple(content)), {t.Heading: named, t.Table: named})
    marks = dict.fromkeys(n.id for _, n in inlines(document) if isinstance(n, t.FootnoteRef))
    pairs = zip(marks, notes, strict=False)
    return replace(document, footnotes=tuple(t.Footnote(mark, note) for mark, note in pairs))


_note = st.tuples(_rows(_plain).map(t.Paragraph), _code | _rules) | st.tuples(_code)
TREES = _short(st.builds(_finished, st.lists(_blocks, max_size=2), st.tuples(_note, _note)))
