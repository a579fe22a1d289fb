"""Passages that were drafted before are written as if they were new, wherever they stand."""

from copies import copy
from hypothesis import example, given
from hypothesis import strategies as st
from pictures import PNG
from trees import CONTENT, NOTES

from docctl.content.tree import (
    Blocks,
    BulletList,
    Document,
    Footnote,
    Heading,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Passage,
    Table,
    Text,
)
from docctl.render.docx import write

TABLE = Table(((Text("A"),),), (((Text("b"),),),), ("",))
ACROSS = Table(((Text("A"),),), (), ("",), (Text("c"),), "a", ("landscape",))
ITEMS = (ListItem((Paragraph((Text("one:"),)),)), ListItem(()))
LINKS = tuple(Paragraph((Link(f"#{name}", (Text("Table 1"),)),)) for name in "ab")

#: Blocks, and whether they stand between tables.
PASSAGES = st.lists(st.tuples(CONTENT, st.booleans()), min_size=1, max_size=3)


def passage(blocks: Blocks, *, between: bool) -> Passage:
    return Passage((TABLE, *blocks, TABLE) if between else blocks)


@given(PASSAGES, NOTES, st.permutations(range(3)), st.sampled_from(["A4", "Letter"]))
@example([((Heading(2, (), "a", "1"), ACROSS, *LINKS), True)], (), [0, 1, 2], "A4")
@example([((OrderedList(ITEMS, 3), *LINKS), True), ((ACROSS,), False)], (), [1, 0, 2], "A4")
@example([((BulletList(ITEMS),), False), ((BulletList(ITEMS),), False)], (), [0, 1, 2], "A4")
def test_passages_give_the_same_file_as_their_blocks(
    made: list[tuple[Blocks, bool]], notes: tuple[Footnote, ...], order: list[int], paper: str
) -> None:
    passages = [passage(blocks, between=between) for blocks, between in made]
    turned = [passages[at] for at in order if at < len(passages)]

    for parts, size in ((passages, "A4"), (passages, "A4"), (turned, "A4"), (turned, paper)):
        text = Document.joined((*parts, *parts), notes, "source")
        plain = Document(text.blocks, notes, "source")
        facts = copy(paper=size)
        assert write(text, facts, {"rig.png": PNG}) == write(plain, facts, {"rig.png": PNG})
