"""Whatever two files say: something differs exactly where their words do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.content.tree import Document, Link, Paragraph, Table, Text
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


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://example.org/a%20b#:~:text=c%20d", "https://example.org/a b#:~:text=c d", True),
        ("https://example.org/caf%C3%A9", "https://example.org/caf\u00e9", True),
        ("https://example.org/a%2Fb", "https://example.org/a/b", False),
        ("https://example.org/a%2520b", "https://example.org/a%20b", False),
        ("https://example.org/?a=b%26c", "https://example.org/?a=b&c", False),
        ("https://example.org/a%0Ab", "https://example.org/a b", False),
    ],
)
def test_an_address_is_the_same_if_it_leads_to_the_same_place(
    one: str, other: str, same: bool
) -> None:
    """LibreOffice writes some letters of an address out that were encoded."""
    first, second = (
        Foreign("html", {}, Document((Paragraph((Link(target, (Text("here"),)),)),)))
        for target in (one, other)
    )

    assert (words(first) == words(second)) is same
