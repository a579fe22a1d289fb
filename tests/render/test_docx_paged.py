"""Pages in contents: a number that is not certain is never shown."""

from collections.abc import Iterator, Mapping

import pytest
from copies import copy
from ooxml_invariants import faults
from wordml import W, part

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.errors import PagingError
from docctl.render import docx
from docctl.render.paging.counting import paged

TREE = numbered(parse("## One\n\nA.\n\n## Two\n\nB.\n\n## Three\n\nC.\n")[0])


class Told:
    """A word processor that says what it was told to say, time after time."""

    def __init__(self, *answers: Mapping[str, str]) -> None:
        self.answers: Iterator[Mapping[str, str]] = iter(answers)

    def pages(self, file: bytes) -> docx.Pages:
        assert faults(file) == []
        return docx.Pages(next(self.answers), "Told 1")


def written(*answers: Mapping[str, str]) -> bytes:
    return paged(
        lambda finish: docx.write(TREE, copy(), finish=finish), docx.Finish(layout=Told(*answers))
    )


def places(*numbers: str) -> dict[str, str]:
    return dict(zip(("one", "two", "three"), numbers, strict=False))


def test_what_is_shown_was_found_in_the_very_copy_that_shows_it() -> None:
    package = written(places("1", "1", "1"), places("1", "1", "2"), places("1", "1", "2"))
    words = [one.text for one in part(package, "word/document.xml").iter(f"{W}t")]

    assert package == written(places("1", "1", "2"), places("1", "1", "2"))
    assert [words[words.index(title) + 1] for title in ("One", "Two", "Three")] == ["1", "1", "2"]
    instructions = [one.text for one in part(package, "word/document.xml").iter(f"{W}instrText")]
    assert instructions[0] == ' TOC \\o "1-1" \\h \\z \\u '
    assert instructions[1] == " PAGEREF one \\h "


def test_numbers_that_move_what_they_count_are_not_shown() -> None:
    first, second = places("1", "1", "1"), places("1", "1", "2")
    with pytest.raises(PagingError, match="on other pages") as refused:
        written(first, second, first, second)

    assert refused.value.hint


def test_a_heading_that_is_not_found_is_told() -> None:
    with pytest.raises(PagingError, match=r"1 of 3 headings are not found.* is three"):
        written(places("1", "1"))


def test_headings_in_another_order_are_not_believed() -> None:
    with pytest.raises(PagingError, match="another order"):
        written(places("1", "3", "2"))


def test_without_a_layout_a_copy_is_as_usual() -> None:
    def plain(finish: docx.Finish) -> bytes:
        return docx.write(TREE, copy(), finish=finish)

    assert paged(plain, docx.AS_USUAL) == docx.write(TREE, copy())
    assert (
        b"PAGEREF" not in part(plain(docx.AS_USUAL), "word/document.xml").xpath("string()").encode()
    )
