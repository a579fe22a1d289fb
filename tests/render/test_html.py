"""Pages: cases as files (`cases/NAME.md` becomes `cases_html/NAME.html`), and what always holds.

`REFRESH=1 pytest tests/render/test_html.py` writes the expected files anew; look at the diff.
"""

import os
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from copies import copy
from html_invariants import Page, faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pictures import PNG
from trees import DOCUMENTS

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.tree import Document, Image, Link, Paragraph, Text
from docctl.model.document import Procedure
from docctl.render.html import controlled
from docctl.render.html.block import elements
from docctl.render.html.escape import attribute, quoted, text
from docctl.render.html.pen import Pen
from docctl.render.html.pictures import Pictures

CASES = sorted(Path(__file__).with_name("cases").glob("*.md"))
EXPECTED = Path(__file__).with_name("cases_html")


def page(markdown: str, **facts: object) -> Page:
    return Page(controlled(numbered(parse(markdown)[0]), copy(**facts), {"rig.png": PNG}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_markdown_becomes_what_the_case_says(case: Path) -> None:
    tree = numbered(parse(case.read_text(encoding="utf-8"))[0])
    pen = Pen.new(tree, Pictures({"rig.png": PNG}), shift=0, direction="")

    found = elements(pen, tree.blocks)

    expected = EXPECTED / f"{case.stem}.html"
    if os.environ.get("REFRESH"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_every_tree_becomes_a_sound_page(tree: Document) -> None:
    assert faults(controlled(tree, copy(), {"rig.png": PNG})) == []


@given(st.text(st.characters(blacklist_categories=())))
def test_no_character_can_break_an_element_or_an_attribute(words: str) -> None:
    found = Page(f'<p title="{attribute(words)}">{text(words)}</p>'.encode())

    assert found.faults == []
    if words.isprintable():
        assert found.words == words


@given(st.text(st.characters(blacklist_categories=())))
def test_no_character_can_end_a_string_of_the_style(words: str) -> None:
    found = quoted(words)

    assert found[0] == found[-1] == '"'
    assert not set("\"'<>&\n\r\x00") & set(found[1:-1])
    assert "\\" not in re.sub(r"\\[0-9a-f]+ ", "", found)


def test_the_page_says_everything_that_a_copy_says() -> None:
    found = page("## Purpose\n\nTo know[^1].\n\n[^1]: What is in force.\n").words

    for said in (
        "Control of documents", "Varnesund Pump Service AS", "Effective from", "2026-12-01",
        "Ingrid Solberg", "Kari Hansen", "Approval", "Revision history", "Retention times added",
        "Uncontrolled when printed.", "What is in force.",
    ):  # fmt: skip
        assert said in found


def test_every_place_of_the_text_that_a_link_leads_to_is_there() -> None:
    found = page("# A\n\n[there](#deep) [note][1]^[x]\n\n## Deep\n\nSee[^n].\n\n[^n]: It.\n")

    assert {lead[1:] for lead in found.leads if lead.startswith("#")} <= {*found.ids}


@pytest.mark.parametrize("state", ["draft", "in_review", "superseded", "withdrawn"])
def test_what_is_not_in_force_bears_a_mark_and_a_watermark(state: str) -> None:
    data = controlled(parse("Text.\n")[0], copy(state=state)).decode()

    assert '<p class="status">' in data
    assert '<div class="watermark" aria-hidden="true">' in data


def test_the_policy_allows_this_style_and_nothing_else() -> None:
    data = controlled(parse("Text.\n")[0], copy()).decode()

    style = data.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'" in data


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "![x](https://example.com/x.png)",
        "![x](data:image/svg+xml;base64,PHN2Zy8+)",
        "<style>@import url(https://example.com)</style>",
        '![x" onerror="alert(1)](rig.png "a\\" onload=\\"b")',
    ],
)
def test_what_could_run_or_load_is_only_text(hostile: str) -> None:
    assert page(hostile).faults == []


def test_a_title_cannot_end_the_style_that_repeats_it() -> None:
    title = 'A</style><script>alert("1")</script>\\'

    found = Page(controlled(parse("Text.\n")[0], copy(document=Procedure(title=title))))

    assert found.faults == []
    assert title in found.words


def test_a_link_holds_no_other_link() -> None:
    inner = Link("#b", (Text("inner"),))
    tree = Document((Paragraph((Link("#a", (Text("outer "), inner)),)),))

    assert faults(controlled(tree, copy())) == []


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        ("50%", 'class="share-50"'),
        ("96px", 'width="96"'),
        ("2.54cm", 'width="96"'),
        ("1in", 'width="96"'),
        ("much", 'alt="rig"'),
        ("900%", 'class="share-100"'),
    ],
)
def test_a_picture_is_as_wide_as_its_author_wants_it(width: str, expected: str) -> None:
    tree = Document((Paragraph((Image("rig.png", "rig", width=width),)),))

    data = controlled(tree, copy(), {"rig.png": PNG}).decode()

    assert expected in data
    assert 'src="data:image/png;base64,' in data


def test_the_same_inputs_give_the_same_bytes() -> None:
    tree = parse("# A\n\n![rig](rig.png)\n\n\u05e9\u05dc\u05d5\u05dd\n")[0]

    first, second = (controlled(tree, copy(), {"rig.png": PNG}) for _ in range(2))

    assert first == second
    assert b'<p dir="auto">' in first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. \u05e9\u05dc\n2. b\n",
            ('<ol class="tight" dir="rtl">', '<li dir="rtl">', '<li dir="ltr">'),
        ),
        ("- 7\n\n- \u05e9\u05dc\n", ('<ul dir="rtl">', "<li>\n", '<li dir="rtl">\n<p dir="auto">')),
        ("> \u05e9\u05dc\n", ('<blockquote dir="rtl">',)),
        ("| \u05e9 | b |\n|---|---|\n| c | d |\n", ('<table dir="rtl">', '<td dir="auto">c')),
        ("| 1 | & |\n|---|---|\n| c | \u05e9 |\n", ('<table dir="ltr">',)),
        ('!!! note "\u05e9"\n    \u05dc\n', ('aria-label="Note: \u05e9" dir="rtl"><p><strong>',)),
        ("\u05e9\n: \u05dc\n", ('<dl dir="rtl">', '<dt dir="auto">')),
        ("\u05e9[^1]\n\n[^1]: \u05dc\n", ('<ol dir="rtl">', 'id="~note-1" dir="rtl"')),
        ("1. a\n\n\u05e9\n", ('<ol class="tight" dir="ltr">',)),
        ("1. a\n", ('<ol class="tight">', "<li>a")),
    ],
)
def test_numbers_and_first_columns_stand_where_reading_begins(
    text: str, expected: tuple[str, ...]
) -> None:
    page = controlled(parse(text)[0], copy()).decode()

    for part in expected:
        assert part in page, page[page.index("<article") : page.index("</article>")]


def test_a_day_stays_whole_in_a_cell_and_a_long_word_does_not() -> None:
    text = f"| A | B | C |\n|--:|---|---|\n| 2026-01-31 | {'5a' * 32} | a word |\n"

    page = controlled(parse(text)[0], copy()).decode()

    assert '<td class="right when">2026-01-31</td>' in page
    assert f'<td class="torn">{"5a" * 32}</td>' in page
    assert "<td>a word</td>" in page


@pytest.mark.parametrize("number", ["PRO-001", "ISO-9001", "VPS-2026-000123", "NCR-000017"])
def test_numbers_do_not_break_at_their_hyphens(number: str) -> None:
    page = controlled(parse(f"See {number}, and **{number}**.\n")[0], copy()).decode()

    assert page.count(f'<span class="whole">{number}</span>') == 2


@pytest.mark.parametrize("word", ["well-known", "A-B", "2026-11-29", "x/PRO-001", "PRO-001-draft"])
def test_other_words_break_where_they_may(word: str) -> None:
    assert 'class="whole"' not in controlled(parse(f"See {word}.\n")[0], copy()).decode()
