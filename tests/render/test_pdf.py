"""PDF copies: cases as files (`cases/NAME.md` becomes `cases_pdf/NAME.typ`), and what always holds.

`REFRESH=1 pytest tests/render/test_pdf.py` writes the expected files anew; look at the diff.
"""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from copies import copy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pictures import PNG
from trees import DOCUMENTS

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.tree import Document, FootnoteRef, Image, Link, Paragraph, Text
from docctl.errors import InputError
from docctl.render.cover import cover
from docctl.render.pdf import controlled
from docctl.render.pdf.block import inner, statements
from docctl.render.pdf.compiler import compiled
from docctl.render.pdf.document import covered
from docctl.render.pdf.pen import Pen
from docctl.render.pdf.pictures import Pictures
from docctl.render.pdf.source import string

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
    pen = Pen.new(tree, Pictures({"rig.png": PNG}), write=inner, shift=0, room=480)

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
        "Uncontrolled when printed.", "Page 1 of ",
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
