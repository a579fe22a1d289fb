"""Trees of texts that were parsed before: each is what parsing again gives, and few are kept."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docctl.content import kept
from docctl.content.kept import Trees
from docctl.content.parse import parse


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were parsed, in their order."""
    texts: list[str] = []

    def noting(text: str) -> object:
        texts.append(text)
        return parse(text)

    monkeypatch.setattr(kept, "parsing", SimpleNamespace(parse=noting))
    return texts


@given(st.lists(st.text(st.characters(blacklist_categories=())), max_size=8), st.integers(0, 40))
def test_a_tree_is_what_parsing_gives_whatever_is_kept(texts: list[str], room: int) -> None:
    trees = Trees(room)

    for text in (*texts, *texts):
        assert trees.of(text) == parse(text)[0]


def test_a_text_is_parsed_once(parsed: list[str]) -> None:
    trees = Trees()

    assert trees.of("# A\n") is trees.of("# A\n")
    assert trees.of("# A") is not trees.of("# A\n")
    assert parsed == ["# A\n", "# A"]


def test_what_was_made_of_a_tree_goes_with_it() -> None:
    trees = Trees(8)
    trees.kept("one\n").made["key"] = "value"

    assert trees.kept("one\n").made == {"key": "value"}
    trees.of("another\n")
    assert trees.kept("one\n").made == {}


def test_the_text_that_was_not_used_for_longest_is_forgotten_first(parsed: list[str]) -> None:
    trees = Trees(8)

    for text in ("one\n", "two\n", "one\n", "six\n", "one\n", "two\n"):
        trees.of(text)

    assert parsed == ["one\n", "two\n", "six\n", "two\n"]


def test_a_text_that_is_too_long_is_not_kept_and_drives_no_other_out(parsed: list[str]) -> None:
    trees = Trees(8)

    for text in ("one\n", "a long text\n", "a long text\n", "one\n"):
        trees.of(text)

    assert parsed == ["one\n", "a long text\n", "a long text\n"]
