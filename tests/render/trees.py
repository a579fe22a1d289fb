"""Trees made by hypothesis: every block and inline, with any characters in any place."""

from hypothesis import strategies as st

from docctl.content import tree

WORDS = st.text(max_size=12)
NAMES = st.sampled_from(["a", "B", "b", "c-d", "é", "1"])
TARGETS = st.sampled_from(
    ["#a", "#B", "#none", "https://x.y/ü &?", "mailto:a@b", "ftp://x", "f.pdf"]
)
IMAGES = st.builds(
    tree.Image, st.sampled_from(["rig.png", "no.png"]), WORDS, WORDS, st.sampled_from(["", "9cm"])
)

LEAVES = st.one_of(
    st.builds(tree.Text, WORDS),
    st.builds(tree.Code, WORDS),
    st.just(tree.SoftBreak()),
    st.just(tree.LineBreak()),
    st.builds(tree.Mention, st.just("role"), WORDS),
    st.builds(tree.FootnoteRef, NAMES),
    IMAGES,
)


def _wrapped(children: st.SearchStrategy[tree.Inline]) -> st.SearchStrategy[tree.Inline]:
    inside = st.lists(children, max_size=3).map(tuple)
    looks = (tree.Emphasis, tree.Strong, tree.Strike, tree.Superscript, tree.Subscript)
    return st.one_of(
        *(st.builds(look, inside) for look in looks),
        st.builds(tree.Link, TARGETS, inside, WORDS),
        st.builds(tree.Reference, WORDS, WORDS, inside, TARGETS),
    )


INLINES = st.lists(st.recursive(LEAVES, _wrapped, max_leaves=4), min_size=1, max_size=4).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> tree.Table:
    columns = draw(st.integers(1, 4))
    row = st.tuples(*[INLINES | st.just(())] * columns)
    sides = st.tuples(*[st.sampled_from(["", "left", "center", "right"])] * columns)
    return tree.Table(
        draw(row),
        tuple(draw(st.lists(row, max_size=3))),
        draw(sides),
        draw(INLINES | st.just(())),
        draw(NAMES | st.just("")),
        draw(st.sampled_from([(), ("landscape",)])),
    )


BLOCKS = st.one_of(
    st.builds(
        tree.Heading,
        st.integers(1, 6),
        INLINES,
        NAMES,
        st.sampled_from(["", "1", "1.1", "A"]),
    ),
    st.builds(tree.Paragraph, INLINES),
    st.builds(tree.CodeBlock, WORDS.map(lambda words: words + "\n")),
    st.builds(tree.Figure, IMAGES, NAMES | st.just("")),
    st.just(tree.ThematicBreak()),
    st.just(tree.PageBreak()),
    tables(),
)


def _nested(children: st.SearchStrategy[tree.Block]) -> st.SearchStrategy[tree.Block]:
    inside = st.lists(children, max_size=3).map(tuple)
    items = st.lists(
        st.builds(tree.ListItem, inside, st.sampled_from([None, True, False])),
        min_size=1,
        max_size=3,
    ).map(tuple)
    definitions = st.builds(tree.Definition, INLINES, st.lists(inside, max_size=2).map(tuple))
    kinds = st.sampled_from(["note", "tip", "important", "warning", "caution", "danger"])
    return st.one_of(
        st.builds(tree.BlockQuote, inside),
        st.builds(tree.BulletList, items, st.booleans()),
        st.builds(tree.OrderedList, items, st.integers(0, 999), st.booleans()),
        st.builds(tree.DefinitionList, st.lists(definitions, min_size=1, max_size=2).map(tuple)),
        st.builds(tree.Admonition, kinds, WORDS, inside),
    )


CONTENT = st.lists(st.recursive(BLOCKS, _nested, max_leaves=5), max_size=5).map(tuple)
NOTES = st.lists(
    st.builds(tree.Footnote, NAMES, CONTENT), max_size=3, unique_by=lambda note: note.id
).map(tuple)
DOCUMENTS = st.builds(tree.Document, CONTENT, NOTES, st.sampled_from(["auto", "source", "none"]))
