"""PDF copies: cases as files (`cases/NAME.md` becomes `cases_pdf/NAME.typ`), and what always holds.

`REFRESH=1 pytest tests/render/test_pdf.py` writes the expected files anew; look at the diff.
"""

import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from copies import DOCUMENT, copy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pictures import PNG
from pyhanko.pdf_utils.reader import PdfFileReader
from trees import DOCUMENTS

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.tree import (
    Document,
    Footnote,
    FootnoteRef,
    Heading,
    Image,
    Link,
    Paragraph,
    Text,
)
from docctl.errors import InputError
from docctl.render.cover import cover
from docctl.render.pdf import controlled
from docctl.render.pdf.block import flowing, statements
from docctl.render.pdf.columns import sharing
from docctl.render.pdf.compiler import compiled
from docctl.render.pdf.document import _source, covered
from docctl.render.pdf.pen import Pen
from docctl.render.pdf.pictures import Pictures
from docctl.render.pdf.source import string
from docctl.render.pdf.words import Line, written

CASES = sorted(Path(__file__).with_name("cases").glob("*.md"))
EXPECTED = Path(__file__).with_name("cases_pdf")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def shown(data: bytes, folder: Path) -> str:
    """Return the words of a PDF, as a reader of it finds them."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = folder / "copy.pdf"
    path.write_bytes(data)
    run = subprocess.run([program, "-layout", path, "-"], capture_output=True, check=True)
    return run.stdout.decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_markdown_becomes_what_the_case_says(case: Path) -> None:
    tree = numbered(parse(case.read_text(encoding="utf-8"))[0])
    pen = Pen.new(
        tree, Pictures({"rig.png": PNG}), write=flowing, shift=0, line=Line(480), across=700
    )

    found = statements(pen, tree.blocks)

    expected = EXPECTED / f"{case.stem}.typ"
    if os.environ.get("REFRESH"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_case_can_be_set_as_an_archive_file(case: Path) -> None:
    tree = numbered(parse(case.read_text(encoding="utf-8"))[0])

    data = controlled(tree, copy(), {"rig.png": PNG})

    assert data.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"/MarkInfo" in data


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_every_tree_can_be_set(tree: Document) -> None:
    assert controlled(tree, copy(), {"rig.png": PNG}).startswith(b"%PDF")


def test_no_link_leads_into_a_note() -> None:
    note = Footnote("n", (Heading(1, (Text(""),), "a"),))
    led = Paragraph((Link("#a", (FootnoteRef("n"),)),))
    tree = Document((led, Heading(1, (Text("A"),), "a")), (note,))

    assert controlled(tree, copy()).startswith(b"%PDF")


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(blacklist_categories=()), min_size=1))
def test_no_text_is_read_as_an_instruction(words: str) -> None:
    source = f"#assert(type({string(words)}) == str)\n#set page(width: 9cm)\n#[x]"

    assert compiled(source, {}, NOON).startswith(b"%PDF")


def test_the_file_says_everything_that_a_copy_says(tmp_path: Path) -> None:
    text = (
        "# Control of documents\n\n## Purpose\n\nTo know[^1].\n\n## B\n\n## C\n\n[^1]: In force.\n"
    )

    found = shown(controlled(numbered(parse(text)[0]), copy()), tmp_path)

    for said in (
        "Control of documents", "Varnesund Pump Service AS", "Effective from", "2026-12-01",
        "Ingrid Solberg", "Kari Hansen", "Approval", "Revision history", "Contents", "In force.",
        "Uncontrolled when printed", "Page 1 of ",
    ):  # fmt: skip
        assert said in found


def test_the_same_inputs_give_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/render'); from copies import copy;"
        "from docctl.content.parse import parse; from docctl.render.pdf import controlled;"
        "sys.stdout.buffer.write(controlled(parse('# A\\n\\n- b\\n')[0], copy()))"
    )
    root = Path(__file__).parents[2]

    def made(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code]
        run = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=True)
        return run.stdout

    assert made("1") == made("2")


def test_a_letter_that_no_font_has_is_named(tmp_path: Path) -> None:
    data = controlled(parse("Done \N{PARTY POPPER}\N{VARIATION SELECTOR-16}.\n")[0], copy())

    assert "[PARTY POPPER]" in shown(data, tmp_path)


@pytest.mark.parametrize(
    "mark", ["\N{COMBINING ENCLOSING KEYCAP}", "\N{COMBINING PARENTHESES BELOW}"]
)
@pytest.mark.parametrize("letter", ['"', "\\", "a"])
def test_a_mark_that_no_font_has_takes_no_letter_with_it(
    letter: str, mark: str, tmp_path: Path
) -> None:
    """The letter before the mark, wherever else it stands, and what is around it stay."""
    told = string(f'x{letter}{mark}y "say" a\\b')
    data = compiled(f'#set document(title: "x")\n#{told}', {}, datetime(2026, 1, 5, tzinfo=UTC))

    words = shown(data, tmp_path)
    assert 'y "say" a\\b' in words
    assert words.startswith(f"x{letter}")
    assert "[" not in words.partition("y ")[2]


def test_a_picture_that_cannot_be_read_is_replaced_by_its_words(tmp_path: Path) -> None:
    broken = PNG[:45] + bytes(20) + PNG[65:]
    tree = Document((Paragraph((Image("rig.png", "the rig"),)),))

    assert "[the rig]" in shown(controlled(tree, copy(), {"rig.png": broken}), tmp_path)


def test_a_note_may_mention_itself_and_be_marked_twice(tmp_path: Path) -> None:
    text = "One[^a], two[^a].\n\n[^a]: See[^a].\n"

    assert "See" in shown(controlled(parse(text)[0], copy()), tmp_path)


def test_a_link_to_nowhere_and_a_note_that_is_not_there_are_words(tmp_path: Path) -> None:
    tree = Document((Paragraph((Link("#none", (Text("there"),)), FootnoteRef("gone"))),))

    found = shown(controlled(tree, copy()), tmp_path)

    assert "there" in found
    assert "[gone]" in found


@pytest.mark.parametrize("state", ["draft", "superseded", "withdrawn"])
def test_what_is_not_in_force_bears_a_mark(state: str, tmp_path: Path) -> None:
    data = controlled(parse("Text.\n")[0], copy(state=state))

    assert state.upper() in shown(data, tmp_path)


def test_letter_paper_and_a_subtitle_are_set(tmp_path: Path) -> None:
    around = cover(copy(paper="Letter"), Document(()))

    assert "Writing & approving" in shown(covered(Document(()), around), tmp_path)


def test_without_typst_there_is_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(InputError, match="PDF needs Typst") as caught:
        controlled(parse("Text.\n")[0], copy())

    assert "docctl[pdf]" in caught.value.hint


def test_what_cannot_be_set_is_an_error_with_a_hint() -> None:
    with pytest.raises(InputError, match="cannot be set as PDF") as caught:
        compiled("#panic()", {}, NOON)

    assert caught.value.hint


LONG = {
    "digest": "5a" * 40,
    "address": "https://example.org/" + "a-folder/of_many.parts?and=questions&" * 4,
    "compound": "Qualitätsmanagementhandbuchänderungsdienstverantwortlichkeit",
    "letters": "x" * 90,
    "signs": "漢字" * 60,
}


class Box(NamedTuple):
    """A word, its page, and where it begins and ends, from the left and the top."""

    page: int
    left: float
    top: float
    right: float
    word: str


def boxes(data: bytes, folder: Path) -> list[Box]:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = folder / "boxes.pdf"
    path.write_bytes(data)
    run = subprocess.run([program, "-bbox", path, "-"], capture_output=True, check=True, text=True)
    shape = r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" .*?>(.*?)</word>'
    pages = enumerate(run.stdout.split("<page ")[1:], start=1)
    found = ((page, one) for page, text in pages for one in re.findall(shape, text))
    return [Box(page, *map(float, numbers), word) for page, (*numbers, word) in found]


@pytest.mark.parametrize("word", LONG.values(), ids=LONG)
@pytest.mark.parametrize("language", ["de", "xx"])
def test_a_long_word_stays_on_its_page(word: str, language: str, tmp_path: Path) -> None:
    text = f"# {word}\n\n> - > - {word}\n>\n> !!! note\n>     `{word}`\n\n{word}\n"
    text += f"\n    key = {word}\n\n      at the end\n\n- item\n\n      {word}\n"
    document = DOCUMENT.model_copy(update={"language": language, "title": f"Title {word}"})

    found = boxes(controlled(parse(text)[0], copy(document=document, owner=word)), tmp_path)

    assert max(one.right for one in found) < 595 - 53


@pytest.mark.parametrize("word", LONG.values(), ids=LONG)
@pytest.mark.parametrize("language", ["de", "xx"])
def test_a_long_word_stays_in_its_cell(word: str, language: str, tmp_path: Path) -> None:
    row = f"| 1 | {word} | `{word}` | **{word}** | 2 | Q{word} | 3 |"
    text = f"> | A | B | C | D | E | F | G |\n> |--|--|--|--|--|--|--|\n> {row}\n"
    document = DOCUMENT.model_copy(update={"language": language, "scope": ""})

    found = boxes(controlled(parse(text)[0], copy(document=document)), tmp_path)

    first = next(one for one in found if one.word == "A")
    below = [one for one in found if one.page == first.page and first.top <= one.top < 770]
    heads = [one for one in below if one.top == first.top and one.word in set("ABCDEFG")]
    assert [one.word for one in heads] == list("ABCDEFG")
    cells = [one for one in below if one.top > first.top]
    for one, other in itertools.pairwise(heads):
        column = [cell.right for cell in cells if one.left - 1 < cell.left < other.left - 1]
        assert max(column) < other.left


def test_what_is_broken_is_copied_whole(tmp_path: Path) -> None:
    data = controlled(parse(f"| {'A | ' * 9}\n|{'--|' * 9}\n| {'5a' * 32} |\n")[0], copy())

    assert "5a" * 32 in "".join(one.word for one in boxes(data, tmp_path))


@given(st.text(), st.floats(24, 500), st.sampled_from(["", "raw"]))
def test_breaking_loses_and_adds_no_letter(text: str, room: float, name: str) -> None:
    pieces = re.findall(r'"((?:[^"\\]|\\.)*)"', written(text, Line(room), name=name))

    assert "".join(pieces) == string(text)[1:-1]


CELLS = st.lists(st.lists(st.text(max_size=90), min_size=3, max_size=3), min_size=1)


@given(CELLS, st.floats(60, 500))
def test_columns_share_the_whole_line_and_none_is_lost(rows: list[list[str]], room: float) -> None:
    shared = sharing(rows, room)

    assert sum(shared.columns) == pytest.approx(room)
    assert min(shared.inner(column) for column in range(3)) > 0


def test_words_that_fit_are_not_broken_where_a_smaller_size_spares_them() -> None:
    row = ["2027-01-01"] * 8

    assert [sharing([row], room).size for room in (700.0, 487.0, 440.0, 100.0)] == [
        9.5,
        8.5,
        7.5,
        7.5,
    ]
    assert min(sharing([row], 487.0).columns) > 50


WORDS = st.text("Wimate", min_size=1, max_size=17)
SENTENCES = st.lists(WORDS, max_size=9).map(" ".join)


@given(st.lists(st.lists(SENTENCES, min_size=4, max_size=4), min_size=2))
def test_no_word_is_broken_in_a_table_that_has_room_for_it(rows: list[list[str]]) -> None:
    shared = sharing(rows, 487.0)

    for row in rows[1:]:
        for column, cell in enumerate(row):
            line = Line(shared.inner(column), shared.size)
            assert shared.torn or written(cell, line) == string(cell)


def test_many_columns_of_signs_leave_the_names_beside_them_on_one_line() -> None:
    names = ["1 Management review and objectives", "2 Correction and improvement"]
    heads = ["From, to", *map(str, range(1, 15))]
    shared = sharing([heads, *([name, *("–" * 14)] for name in names)], 487.0)

    assert shared.size == 9.5
    assert max(map(shared.lines, ([name, *("–" * 14)] for name in names))) == 1
    assert shared.columns[0] < 200


def test_long_names_leave_room_for_the_sentences_beside_them() -> None:
    names = ["app_manifest_token", "AMCV_0A71D4E95F77552DEC7F000101_AdobeOrg", "tz"]
    told = "This cookie is used to build a profile of the interests of those who visit the site."
    shared = sharing([["Name", "What", "For"], *([one, told, "One year"] for one in names)], 487.0)

    assert shared.columns[1] > 1.3 * shared.columns[0]
    assert shared.columns[0] > 100


def outlined(data: bytes) -> list[str]:
    """Return the bookmarks of a file, each after a dash for every level."""
    reader = PdfFileReader(BytesIO(data))

    def below(node: Any, depth: int) -> Iterator[str]:
        way = "/First"
        while way in node:
            node, way = node[way], "/Next"
            yield f"{'-' * depth}{node['/Title']}"
            yield from below(node, depth + 1)

    return list(below(reader.root["/Outlines"], 0))


def test_bookmarks_lead_to_every_heading_by_its_level() -> None:
    text = "# First\n\n## Part\n\n### Deep\n\n# Second & *last*\n"
    tree = numbered(replace(parse(text)[0], numbering="auto"))

    assert outlined(controlled(tree, copy())) == [
        "Approval", "Revision history", "1 First", "-1.1 Part", "--1.1.1 Deep", "2 Second & last",
        "Particulars approved with this text",
    ]  # fmt: skip


def test_a_note_stands_beside_its_number_and_a_table_begins_where_its_reader_does(
    tmp_path: Path,
) -> None:
    text = "Said[^a].\n\n|שם|תפקיד|\n|--|--|\n|דנה|x|\n\n[^a]: Beside.\n"

    data = controlled(parse(text)[0], copy())

    found = boxes(data, tmp_path)
    (note,) = (one for one in found if one.word == "Beside.")
    beside = [one.word for one in found if abs(one.top - note.top) < 6 and one.right <= note.left]
    assert beside == ["1"]
    (first,) = (one for one in found if set(one.word) == set("דנה"))
    (second,) = (one for one in found if one.word == "x")
    assert first.left > second.left


def test_a_warning_is_seen_as_one() -> None:
    sources = [
        _source(Document(()), cover(copy(state=state), Document(())), Pictures({}))
        for state in ("effective", "withdrawn")
    ]

    assert ["notice(true, " in source for source in sources] == [False, True]


WIDE = "|" + " Responsibilities |" * 8 + "\n|" + "--|" * 8 + "\n|" + " x |" * 8 + "\n"


def pages(data: bytes) -> list[bool]:
    """Return for each page whether it lies across."""
    reader = PdfFileReader(BytesIO(data))
    boxes = (
        reader.find_page_for_modification(at)[0].get_object()["/MediaBox"]
        for at in range(int(reader.root["/Pages"]["/Count"]))
    )
    return [box[2] > box[3] for box in boxes]


def test_a_table_whose_words_need_it_lies_across_with_its_heading(tmp_path: Path) -> None:
    asked = "| A |\n|---|\n| b |\n\n{.landscape}\n"
    for table in (WIDE, asked):
        data = controlled(parse(f"Before.\n\n## Over it\n\n{table}\nBehind.\n")[0], copy())
        assert pages(data) == [False, True, False]
        upright, across, _ = shown(data, tmp_path).split("\f", 2)
        assert "Over it" in across
        assert "Over it" not in upright
    assert pages(controlled(parse(f"> {WIDE}")[0], copy())) == [False]


def test_a_long_text_gets_room_where_heads_can_take_two_lines() -> None:
    rows = [["Effective from", "Prepared by", "Change"], ["2026-01-01", "Ida", "word " * 60]]

    assert sharing(rows, 487.0).columns[2] > 320


@pytest.mark.parametrize(
    ("cell", "high"),
    [
        ("word", False),
        ("word " * 400, True),
        ("a<br>" * 30, True),
        ("![rig](rig.png)", True),
    ],
)
def test_a_row_stays_on_a_page_unless_it_is_high(cell: str, *, high: bool) -> None:
    tree = parse(f"| Step | What |\n|--|--|\n| 1 | {cell} |\n")[0]
    source = _source(tree, cover(copy(), tree), Pictures({"rig.png": PNG}))

    assert ("table.cell(breakable: true" in source) is high
    assert "#set table.cell(breakable: false)" in source


def test_no_row_runs_off_its_page(tmp_path: Path) -> None:
    rows = "".join(
        f"| {at} | {'<br>'.join(f'line{at}x{n}' for n in range(at))} |\n" for at in (5, 90)
    )
    words = shown(controlled(parse(f"| A | B |\n|--|--|\n{rows}")[0], copy()), tmp_path)

    assert all(f"line90x{n}" in words for n in range(90))
    assert words.index("line90x0") < words.rindex("\fVarnesund") < words.index("line90x89")


def test_what_docctl_says_runs_from_left_to_right_around_any_text(tmp_path: Path) -> None:
    foreign = DOCUMENT.model_copy(
        update={"language": "ar", "title": "\u0627\u0644\u063a\u0631\u0636"}
    )
    words = shown(
        controlled(parse("\u0627\u0644\u063a\u0631\u0636\n")[0], copy(document=foreign)), tmp_path
    )

    assert re.search(r"Number +PRO-001 +Revision +2 \(replaces revision 1\)", words)


def test_every_page_says_what_it_is_of_and_that_it_is_no_longer_in_force(tmp_path: Path) -> None:
    text = parse("One.\n\n\\pagebreak\n\nTwo.\n" + "A long text. " * 900)[0]
    old = copy(state="superseded", superseded_by="3", superseded_on="2027-01-15")
    first, *pages = shown(controlled(text, old), tmp_path).removesuffix("\f").split("\f")

    assert len(pages) > 1
    for page in (first, *pages):
        head, foot = page.strip().splitlines()[:4], page.strip().splitlines()[-3:]
        assert any("Varnesund Pump Service AS" in line and "PRO-001" in line for line in head)
        assert any("Control of documents" in line and "Revision 2" in line for line in head)
        assert any("SUPERSEDED by revision 3 on 2027-01-15" in line for line in head)
        assert any("Status: Superseded" in line and " of " in line for line in foot)
        assert any("Uncontrolled when printed" in line for line in foot)
