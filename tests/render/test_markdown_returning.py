"""A copy in Markdown is read back without loss: written again, it is the same text."""

from pathlib import Path

import pytest
from copies import DOCUMENT, copy
from hypothesis import given, settings
from markdown_trees import SOUP

from docctl.content.frontmatter import load, split
from docctl.content.parse import parse
from docctl.content.structure.outline import numbered, without_title
from docctl.content.tree import Document
from docctl.desk.copies.returning import taken_back
from docctl.errors import UnreadableError
from docctl.render.markdown import body_of, controlled

PROJECT = Path(__file__).parents[2]
CORPORA = PROJECT.parent / "shared" / "corpora"
#: What lies deeper than docctl reads is reported as such, and is literal text from then on.
CASES = [
    *(one for one in sorted(PROJECT.glob("tests/*/cases*/*.md")) if one.stem != "too_deep"),
    *sorted(PROJECT.glob("examples/**/*.md")),
]
REAL = sorted(CORPORA.rglob("*.md"))[::5]


def shown(text: str) -> Document:
    return numbered(without_title(parse(text)[0], DOCUMENT.title))


def exported(text: str) -> bytes:
    return controlled(shown(text), copy())


def read_back(data: bytes) -> str:
    return split(taken_back(data, "x.md").decode())[1].lstrip("\n")


def same_again(text: str) -> None:
    data = exported(text)

    assert body_of(exported(read_back(data)), "x.md") == body_of(data, "x.md")


@pytest.mark.parametrize("source", CASES + REAL, ids=lambda path: path.stem)
def test_a_real_text_is_read_back_without_loss(source: Path) -> None:
    same_again(split(source.read_bytes().decode())[1])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SOUP)
def test_whatever_an_author_types_is_read_back_without_loss(text: str) -> None:
    same_again(text)


def test_the_numbers_that_were_counted_are_taken_out_and_typed_ones_stay() -> None:
    assert read_back(exported("## A\n\nText.\n")) == "## A\n\nText.\n"
    assert read_back(exported("## 1. A\n\n## 2. B\n")) == "## 1. A\n\n## 2. B\n"
    assert read_back(exported("## 1.5 T crane\n\n### B\n")) == "## 1.5 T crane\n\n### B\n"


def test_what_was_approved_with_the_text_comes_back_without_what_belongs_to_the_original() -> None:
    values = load(split(taken_back(exported("Text.\n"), "x.md").decode())[0], "x.md").values

    assert values == {
        "type": "procedure",
        "title": "Control of documents",
        "classification": "internal",
        "subtitle": "Writing & approving",
        "language": "en",
        "summary": "How documents are controlled.",
        "keywords": ["documents", "approval"],
        "clauses": ["iso9001:2015#7.5"],
        "training": "none",
        "scope": "All documents.",
    }


@pytest.mark.parametrize(
    "text", ["Text.\n", "---\ntitle: X\n---\n\nText.\n", "---\na: [\n---\n", "\ufeffx", "\xff"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    data = text.encode("latin-1" if text == "\xff" else "utf-8")

    assert taken_back(data, "x.md") == data


def test_a_copy_that_was_cut_is_refused() -> None:
    cut = exported("## A\n\nText.\n").split(b"## 1 A")[0]

    with pytest.raises(UnreadableError, match="on which lines the text stands"):
        taken_back(cut[: cut.rindex(b"first_line")] + b"first_line: 900\n---\n", "x.md")
