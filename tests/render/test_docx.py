"""The whole file: what a reader, a program and a word processor find in it."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from copies import DOCUMENT, SIGNATURES, copy
from lxml import etree
from ooxml_invariants import WP, faults
from openxml_audit import OpenXmlValidator
from pictures import GIF, JPEG, PNG, taken
from wordml import W, described, part

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.tree import Document
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.document import Policy
from docctl.model.lifecycle import State
from docctl.render.docx import write

EVERYTHING = "\n\n".join(
    case.read_text(encoding="utf-8")
    for case in sorted(Path(__file__).with_name("cases").glob("*.md"))
)
WIDE = (
    "## Before\n\nText.\n\n## Matrix\n\n| a | b |\n|--|--|\n| 1 | 2 |\n{.landscape}\n\n## After\n"
)
IMAGES = {"rig.png": PNG, "photo.jpg": JPEG, "sign.gif": GIF, "broken.png": b"\x89PNG no"}


def tree(text: str) -> Document:
    return numbered(parse(text)[0])


def written(text: str, facts: ControlledCopy | None = None) -> bytes:
    return write(tree(text), facts or copy(), IMAGES)


def opened(package: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(package))


def names(package: bytes) -> list[str]:
    with ZipFile(BytesIO(package)) as archive:
        return archive.namelist()


def words(package: bytes, name: str) -> str:
    return " ".join(part(package, name).itertext())


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (EVERYTHING, copy()),
        ("", copy(document={"type": "x", "title": "Empty"}, signatures=(), history=())),
        (WIDE, copy(state=State.DRAFT, paper="Letter", effective_on=None)),
        ("# One\n\n## Two\n\n## Not counted {.unnumbered}", copy(state=State.WITHDRAWN)),
        ("[one](#two)\n\n# Two\n\n[^a]\n\n[^a]: b", copy(notes=("Sample & <data>",))),
    ],
)
def test_the_file_is_valid(text: str, facts: ControlledCopy, tmp_path: Path) -> None:
    package = written(text, facts)
    (tmp_path / "x.docx").write_bytes(package)

    assert faults(package) == []
    assert OpenXmlValidator().validate(tmp_path / "x.docx").errors == []


def test_the_same_copy_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from copies import copy\n"
        "from docctl.content.structure.outline import numbered\n"
        "from docctl.content.parse import parse\n"
        "from docctl.render.docx import write\n"
        "tree = numbered(parse(sys.stdin.buffer.read().decode())[0])\n"
        "sys.stdout.buffer.write(write(tree, copy()))"
    )
    packages = {
        subprocess.run(
            [sys.executable, "-c", script, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            input=EVERYTHING.encode(),
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert packages == {write(tree(EVERYTHING), copy())}


def kept(scope: str) -> list[bool]:
    """Return of each row of the particulars whether it stays on the page of the next one."""
    procedure = DOCUMENT.model_copy(update={"purpose": "To be sure.", "scope": scope})
    rows = opened(written("Text.", copy(document=procedure))).tables[-1].rows
    return [row.cells[0].paragraphs[0].paragraph_format.keep_with_next is True for row in rows]


def test_short_particulars_stay_on_one_page_and_long_ones_may_go_on() -> None:
    *before, last = kept("All documents.")

    assert before
    assert all(before)
    assert not last
    assert not any(kept("All documents. " * 200))


def test_the_control_sheet_shows_title_block_approvals_history_and_particulars() -> None:
    block, approval, history, particulars = opened(written("Text.")).tables

    assert [cell.text for cell in block.rows[0].cells][:2] == ["Number", "PRO-001"]
    assert [cell.text for cell in approval.rows[1].cells][:3] == [
        "Prepared",
        "Ingrid Solberg",
        "Quality Manager",
    ]
    assert "Retention times added." in history.rows[2].cells[3].text
    assert particulars.rows[0].cells[1].text == "All documents."


def test_every_page_has_a_head_and_a_foot() -> None:
    (section,) = opened(written("Text.")).sections
    head, foot = section.header.tables[0], section.footer.tables[0]

    assert head.rows[0].cells[0].text == "Varnesund Pump Service AS\nControl of documents"
    assert head.rows[0].cells[1].text == "PRO-001\nRevision 2"
    assert foot.rows[0].cells[0].text == (
        "Status: Effective · Effective from 2026-12-01 · Classification: internal\n"
        "Uncontrolled when printed"
    )
    assert "Page 1 of 1" in foot.rows[0].cells[1].text


@pytest.mark.parametrize("state", State)
def test_what_is_not_effective_bears_a_mark_on_every_page(state: State) -> None:
    package = written(WIDE, copy(state=state))
    for orientation in ("portrait", "landscape"):
        header = part(package, f"word/header_{orientation}.xml")
        marks = header.xpath("//v:shape/v:textpath/@string", namespaces=header.nsmap)

        assert len(marks) == (0 if state is State.EFFECTIVE else 1)
        assert all(mark in "".join(header.itertext()) for mark in marks)


def test_a_wide_table_turns_its_page_and_takes_its_heading_along() -> None:
    document = opened(written(WIDE))

    assert [section.orientation for section in document.sections] == [0, 1, 0]
    assert document.sections[1].page_width == document.sections[0].page_height
    heading, table, *_ = document.sections[1].iter_inner_content()
    assert (heading.text, table.cell(1, 0).text) == ("Matrix", "1")


def test_a_table_too_wide_for_an_upright_page_lies_across_unasked() -> None:
    row = "|" + "|".join(f"Column {n}" for n in range(15)) + "|\n"
    package = written(f"## Before\n\n## Matrix\n\n{row}{'|-' * 15}|\n{row}\n## After\n")

    assert [section.orientation for section in opened(package).sections] == [0, 1, 0]
    assert faults(package) == []


def test_a_row_longer_than_a_page_may_be_torn_apart_and_no_other() -> None:
    text = f"| a | b |\n|---|---|\n| 1 | {'word ' * 900} |\n| 2 | short |\n"
    *_, long, short = part(written(text), "word/document.xml").findall(f".//{W}tr")[:-1]

    assert long.find(f"{W}trPr/{W}cantSplit") is None
    assert short.find(f"{W}trPr/{W}cantSplit") is not None


@pytest.mark.parametrize("text", ["| a |\n|---|\n| 1 |", "Text.", WIDE.partition("## After")[0]])
def test_no_blank_page_follows_a_table_that_ends_its_page(text: str) -> None:
    body = part(written(text, copy(document=Policy(title="x"))), "word/document.xml")[0]
    ends = [node for node in body if node.find(f".//{W}sectPr") is not None] + [body[-2]]

    styles = {node.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for node in ends}

    assert styles <= {"Break", "BodyText"}


def test_the_paper_is_the_one_of_the_organisation() -> None:
    assert round(opened(written("x")).sections[0].page_height.mm) == 297
    assert round(opened(written("x", copy(paper="Letter"))).sections[0].page_height.mm) == 279


def test_the_properties_tell_programs_what_the_file_is() -> None:
    package = write(tree("x"), copy(), properties={"Issue": "7", "Odd": "<\x00>"})
    core = opened(package).core_properties
    custom = {node.get("name"): node[0].text for node in part(package, "docProps/custom.xml")}

    assert (core.title, core.identifier, core.version) == ("Control of documents", "PRO-001", "2")
    assert (core.language, core.author) == ("en", "Ingrid Solberg")
    assert core.created.isoformat() == "2026-12-01T00:00:00+00:00"
    assert custom["ContentSHA256"] == "3f" * 32
    assert (custom["Issue"], custom["Odd"]) == ("7", "<\ufffd>")


@pytest.mark.parametrize(
    ("signatures", "created"),
    [(SIGNATURES, "2026-11-20T08:40:00+00:00"), ((), "2026-12-02T00:00:00+00:00")],
)
def test_a_file_is_as_old_as_its_last_signature_or_the_day_it_tells_of(
    signatures: tuple[dict[str, str], ...], created: str
) -> None:
    facts = copy(effective_on=None, signatures=signatures)

    assert opened(written("x", facts)).core_properties.created.isoformat() == created


# --- headings and contents -----------------------------------------------------------------


def contents(package: bytes) -> list[str]:
    lines = part(package, "word/document.xml").iter(f"{W}sdtContent")
    return [line.split(" ", 1)[1] for box in lines for line in described_lines(box)]


def described_lines(box: etree._Element) -> list[str]:
    fragment = "".join(etree.tostring(node, encoding="unicode") for node in box)
    return described(fragment).splitlines()


def test_the_contents_are_filled_and_lead_to_the_headings() -> None:
    package = written("# One\n\n## Two\n\n#### Four\n\n# Three")

    assert contents(package) == [
        'TOCHeading "Contents"',
        'TOC1 keep link(#one)["1⇥One"]',
        'TOC2 keep link(#two)["1.1⇥Two"]',
        'TOC1 link(#three)["2⇥Three"]',
    ]


def test_a_short_text_has_no_contents_and_a_long_one_shows_fewer_levels() -> None:
    assert contents(written("# One\n\n# Two")) == []
    long = "\n\n".join(f"# A{n}\n\n## B{n}\n\n### C{n}" for n in range(80))
    assert len(contents(written(long))) == 81
    assert len(opened(written(long)).sections) == 2


def test_numbers_are_counted_by_the_word_processor_only_if_it_comes_to_the_same() -> None:
    def counted(text: str) -> list[str]:
        styles = part(written(text), "word/styles.xml").iter(f"{W}style")
        return [
            s.get(f"{W}styleId")[-1] for s in styles if next(s.iter(f"{W}numPr"), None) is not None
        ]

    assert counted("# One\n\n## Two\n\n# Three") == list("123456")
    assert counted("# A heading of its own\n\n## One\n\n### Two") == list("23456")
    assert counted("# One\n\n### Two\n\n# Three") == []
    assert counted("# 1. One\n\n# 2. Two\n\n# 4. Four") == []


def test_a_heading_that_repeats_the_title_is_not_printed_twice() -> None:
    package = written("# Control of documents\n\n## One\n\n[up](#control-of-documents)")
    document = opened(package)

    assert [p.text for p in document.paragraphs].count("Control of documents") == 1
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["One"]
    assert faults(package) == []


# --- notes, pictures, odd content ------------------------------------------------------------


def test_a_note_that_only_a_note_mentions_is_set_below_it() -> None:
    package = written("a[^1]\n\n[^1]: see[^2]\n\n    # Head\n\n    more\n\n[^2]: [x](http://x.y)")
    notes = part(package, "word/footnotes.xml")

    assert [note.get(f"{W}id") for note in notes] == ["-1", "0", "1"]
    assert "".join(notes.itertext()) == " see2Headmore2 x"
    assert faults(package) == []


def test_notes_that_nothing_leads_to_stand_at_the_end_of_the_text() -> None:
    text = "a[^1]\n\n[^1]: one\n[^1]: two\n[^x]: lost[^y]\n[^y]: led to\n[^p]: a[^q]\n[^q]: b[^p]"
    package = written(text, copy(document=Policy(title="x")))
    told = [p.text for p in opened(package).paragraphs]

    assert told[told.index("Notes without a mark in the text") + 1 :] == [
        "[1-2] two",
        "[x] lost",
        "[q] b",
    ]
    assert "led to" in words(package, "word/footnotes.xml")
    assert faults(package) == []


def test_a_thousand_notes_take_no_longer_than_their_number() -> None:
    text = "".join(f"[^{n}]" for n in range(5000)) + "\n\n"
    package = written(text + "".join(f"[^{n}]: note\n" for n in range(5000)))

    assert len(part(package, "word/footnotes.xml")) == 5002


def test_a_mark_without_a_note_is_text() -> None:
    assert "[^lost]" in words(written("a[^lost]"), "word/document.xml")


def test_pictures_of_three_kinds_are_shown_and_each_is_stored_once() -> None:
    package = written("![a](rig.png)\n\n![b](rig.png) ![c](photo.jpg) ![d](sign.gif)")

    assert sorted(name.rpartition(".")[2] for name in names(package) if "media" in name) == [
        "gif",
        "jpeg",
        "png",
    ]
    assert faults(package) == []


def test_a_photograph_held_upright_is_turned_and_has_the_room_it_needs() -> None:
    package = write(tree('![A pump](held.jpg "The pump")'), copy(), {"held.jpg": taken(6)})
    (inline,) = part(package, "word/document.xml").iter(f"{WP}inline")
    shape = next(inline.iter("{*}xfrm"))
    stored = [inline[0].attrib, shape[1].attrib]

    assert shape.get("rot") == "5400000"
    assert [(int(size["cx"]), int(size["cy"])) for size in stored] == [(285750, 190500)] * 2
    assert dict(inline[1].attrib) == {"l": "0", "t": "47625", "r": "0", "b": "47625"}
    assert inline[2].get("title") == "The pump"
    assert faults(package) == []


@pytest.mark.parametrize("source", ["./rig.png", "files/rig.png", "rig.png?raw=1", "<./rig.png>"])
def test_a_picture_is_found_however_its_path_is_written(source: str) -> None:
    assert "Picture not shown" not in words(written(f"![The rig]({source})"), "word/document.xml")


@pytest.mark.parametrize("source", ["broken.png", "missing.png"])
def test_a_picture_that_cannot_be_shown_is_told_in_words(source: str) -> None:
    assert "[Picture not shown: The rig]" in words(
        written(f"![The rig]({source})"), "word/document.xml"
    )


def test_lists_deeper_than_a_word_processor_counts_keep_their_numbers() -> None:
    text = "".join(f"{'   ' * depth}1. level {depth}\n" for depth in range(12))
    package = written(text)
    lines = described(
        "".join(
            etree.tostring(node, encoding="unicode")
            for node in part(package, "word/document.xml").iter(f"{W}p")
        )
    )

    assert 'num=14.8 "level 8"' in lines
    assert '"1." "⇥" "level 9"' in lines
    assert faults(package) == []


def test_nothing_in_the_file_asks_a_reader_to_update_fields() -> None:
    assert b"updateFields" not in etree.tostring(part(written("x"), "word/settings.xml"))
