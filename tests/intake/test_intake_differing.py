"""Whatever two files say: something differs exactly where their words do."""

from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.content.tree import Document, Paragraph, Table, Text
from docctl.intake import Foreign, Strange
from docctl.intake.differing import alterations
from docctl.intake.lines import lines_of

WORDS = st.text(st.sampled_from("ab .|*_<>#1\u202e\u0301\u200b\u00a0-"), min_size=1, max_size=8)
BLOCKS = st.lists(
    WORDS.map(lambda words: Paragraph((Text(words),)))
    | st.lists(WORDS, min_size=1, max_size=3).map(
        lambda cells: Table(tuple((Text(one),) for one in cells), (), ("",) * len(cells))
    ),
    max_size=6,
)
SAID = BLOCKS.map(lambda blocks: Foreign("html", {}, Document(tuple(blocks))))


def words(foreign: Foreign) -> list[str]:
    return [line.words for line in lines_of(foreign)]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SAID, SAID)
def test_two_files_differ_exactly_where_their_words_do(one: Foreign, other: Foreign) -> None:
    found = alterations(one, other)

    assert bool(found) == (words(one) != words(other))
    assert all(each.expected or each.found for each in found)
    assert all(each.place for each in found)


def test_spaces_and_what_nobody_sees_are_no_words() -> None:
    one, other = (
        Foreign("html", {}, Document((Paragraph((Text(text),)),)))
        for text in ("Close the\u00a0valve", " Clo\u00adse  the\nvalve\u200b")
    )

    assert alterations(one, other) == ()


def test_facts_may_be_missing_but_not_others_and_what_is_strange_is_told() -> None:
    ours = Foreign("docx", {"Status": "draft", "Owner": "Ada"})
    gone = Foreign("docx", {"Owner": "Eve"}, strange=(Strange("comment", "by Eve: Ha"),))

    assert [(one.place, one.found) for one in alterations(ours, gone)] == [
        ("property Owner", "Eve"),
        ("comment", "by Eve: Ha"),
    ]
