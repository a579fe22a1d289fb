"""Numbers, anchors, and a document as a chapter of a manual."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered, outline, shifted, without_title
from docctl.content.tree import Document, Heading, Numbering
from docctl.content.walk import blocks, plain


def tree(*lines: str) -> Document:
    return parse("\n\n".join(lines))[0]


def numbers(document: Document) -> list[str]:
    return [entry.number for entry in outline(document)]


COUNTED = {
    "chapters": (["# A", "## B", "## C", "# D", "## E"], ["1", "1.1", "1.2", "2", "2.1"]),
    "a title is not counted": (["# T", "## A", "### B", "## C"], ["", "1", "1.1", "2"]),
    "a lone heading is": (["# T"], ["1"]),
    "a skipped level is no level": (["## A", "#### B", "### C", "## D"], ["1", "1.1", "1.2", "2"]),
    "starting deep": (["### A", "## B", "### C"], ["1", "2", "2.1"]),
    "unnumbered and below": (["## A", "## B {.unnumbered}", "### C", "## D"], ["1", "", "", "2"]),
    "annexes": (["## A", "## Annex A Forms", "### Form", "## B"], ["1", "", "", "2"]),
    "not in quotations": (["## A", "> ## Q", "## B"], ["1", "2"]),
    "years and sizes": (["## 2000 - 2010", "## 24/7 support", "## 5S audit"], ["1", "2", "3"]),
    "a lone number": (["## 5 Whys", "## Other"], ["1", "2"]),
    "a size": (["## 1.5 T crane", "## Other"], ["1", "2"]),
    "sizes": (["## 1.5 T crane", "## 2.5 T crane", "## 5 T crane"], ["1", "2", "3"]),
    "a year": (["## 2024 results", "## 2025 results"], ["1", "2"]),
    "counts": (["## 3 Year plan", "## 4 Year plan"], ["1", "2"]),
    "one of many": (["## Purpose", "## 2. Scope", "## Work"], ["1", "2", "3"]),
    "two of many": (["## 1 A", "## 2 B", "## C", "## D", "## E"], ["1", "2", "3", "4", "5"]),
    "out of order": (["## 7.5 Bar", "## 2.1 Volts", "## 9.3 Amperes"], ["1", "2", "3"]),
}


@pytest.mark.parametrize(("lines", "expected"), COUNTED.values(), ids=COUNTED)
def test_headings_are_counted(lines: Sequence[str], expected: list[str]) -> None:
    document = numbered(tree(*lines))

    assert document.numbering == "auto"
    assert numbers(document) == expected


TYPED = {
    "dotted": (["## 8 Standards", "### 8.1 Applicable"], ["8", "8.1"]),
    "points": (["## 1. Purpose", "## 2. Scope", "## Annex"], ["1.", "2.", ""]),
    "bare in order": (["## 1 Purpose", "## 2 Scope"], ["1", "2"]),
    "letters": (["## A. Purpose", "## B. Scope"], ["A.", "B."]),
    "roman": (["## I. Purpose", "## II. Scope"], ["I.", "II."]),
    "before code": (["## 1. `x`", "## 2. **Y**"], ["1.", "2."]),
    "inside a mark it stays": (["## **1. Bold**", "## 2. Y"], ["", "2."]),
    "nothing but a number": (["## 1.1 A", "## 1.2 B", "## 1."], ["1.1", "1.2", ""]),
    "no words": (["## 1.1 A", "## 1.2 B", "##"], ["1.1", "1.2", ""]),
    "a part of a whole": (["## 8 A", "### 8.1 B", "### 8.2 C"], ["8", "8.1", "8.2"]),
    "cut out": (["## 4.3 A", "## 4.4 B", "### 4.4.1 C"], ["4.3", "4.4", "4.4.1"]),
    "one missing": (["## 1. A", "## 2. B", "## 4. C", "## 5. D"], ["1.", "2.", "4.", "5."]),
    "letters with numbers below": (
        ["## A. Purpose", "### 1. X", "### 2. Y", "## B. Scope", "### 1. Z"],
        ["A.", "1.", "2.", "B.", "1."],
    ),
    "with titles that have none": (["# T", "## 1 A", "### x", "## 2 B"], ["", "1", "", "2"]),
    "a size among them": (["## 1 A", "## 2 B", "### 1.5 T crane"], ["1", "2", "1.5"]),
    "steps under one of them": (["## A", "### 1. X", "### 2. Y", "## B"], ["", "1.", "2.", ""]),
    "annexes of their own": (["## A.1 X", "## A.2 Y", "## Annex B"], ["A.1", "A.2", ""]),
}


@pytest.mark.parametrize(("lines", "expected"), TYPED.values(), ids=TYPED)
def test_typed_numbers_are_taken_as_they_are(lines: Sequence[str], expected: list[str]) -> None:
    document = numbered(tree(*lines))

    assert document.numbering == "source"
    assert numbers(document) == expected


def test_the_number_is_taken_out_of_the_title() -> None:
    titles = [entry.title for entry in outline(numbered(tree("## 1. *A* b", "## 2. `c`")))]

    assert titles == ["A b", "c"]


titles = st.lists(
    st.builds(
        "{} {}{}".format,
        st.sampled_from(["#", "##", "###"]),
        st.sampled_from(["", "1 ", "1. ", "2) ", "3.1 ", "A. ", "B. ", "2026 ", "§ 4 "]),
        st.sampled_from(["Purpose", "Annex A", "*Scope*", "5S", "GHz"]),
    ),
    max_size=6,
)


@given(titles, st.sampled_from(["auto", "source", "none"]))
def test_no_word_of_a_title_changes(lines: list[str], mode: Numbering) -> None:
    before = tree(*lines)
    after = numbered(before, mode=mode)

    for old, new in zip(outline(before), outline(after), strict=True):
        if after.numbering == "auto":
            assert new.title == old.title
        else:
            assert f"{new.number} {new.title}".strip() == old.title
        assert new.anchor == old.anchor
    assert (mode == "none") == (after == before and after.numbering == "none")


def test_a_first_heading_that_repeats_the_title_goes() -> None:
    document = tree("# Control of  Documents", "# Other")

    assert len(without_title(document, "Control of documents").blocks) == 1
    assert without_title(document, "Something else") is document
    assert without_title(tree(), "x") == tree()


def test_a_chapter_keeps_its_links_together() -> None:
    text = """# T {#t}

[up](#t) [down](#fig) [away](#other) [web](https://a.example/#t) note[^1]

> #### Inner

| a |
|---|
Table: x

{#tab}

| b |
|---|

![x](y.png){#fig}

[^1]: [back](#tab)
"""
    chapter = shifted(parse(text)[0], 3, "pro-1-")
    found = list(blocks(chapter))

    assert [(b.level, b.anchor) for b in found if isinstance(b, Heading)] == [
        (4, "pro-1-t"),
        (6, "pro-1-inner"),
    ]
    shown = repr(chapter)
    for target in ("#pro-1-t", "#pro-1-fig", "#other", "https://a.example/#t", "#pro-1-tab"):
        assert f"target='{target}'" in shown
    assert shown.count("id='pro-1-1'") == 2
    assert [getattr(b, "anchor", None) for b in chapter.blocks][3:] == [
        "pro-1-tab",
        "",
        "pro-1-fig",
    ]
    assert "Inner" in [plain(b.inlines) for b in found if isinstance(b, Heading)]
