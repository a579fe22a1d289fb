"""Records, certificates and blank forms as files: `cases_records/NAME.md`, `blank.txt`.

`REFRESH=1 pytest tests/render/test_records_on_paper.py` writes them anew; look at the diff.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from evidence import FORM, GONE, disposal_copy, mixed_copy, record_copy
from ooxml_invariants import faults
from openxml_audit import OpenXmlValidator
from wordml import described, part

from docctl.content.tree import Document
from docctl.content.walk import plain
from docctl.errors import InputError
from docctl.model.records.definition import RecordDefinition
from docctl.render import docx, html, markdown
from docctl.render.cover import Cover
from docctl.render.docx.entries import written
from docctl.render.docx.pens.pen import Ink, Look
from docctl.render.docx.place import Place
from docctl.render.docx.plan import planned
from docctl.render.entries import named, sheets, tag
from docctl.render.records import certificate, record
from docctl.render.records.values import is_table, table, text

CASES = Path(__file__).with_name("cases_records")
COPIES = {
    "record": record(record_copy()),
    "open": record(record_copy("open")),
    "destroyed": record(record_copy("disposed", **GONE)),
    "certificate": certificate(disposal_copy()),
    "mixed": certificate(mixed_copy()),
    "proposed": certificate(disposal_copy("proposed")),
    "authorised": certificate(disposal_copy("authorised")),
}


def expected(name: str, found: str) -> str:
    path = CASES / name
    if os.environ.get("REFRESH"):
        path.write_text(found, encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COPIES)
def test_evidence_is_written_as_the_case_says(name: str) -> None:
    tree, cover = COPIES[name]
    found = markdown.covered(tree, cover, dict(cover.properties)).decode()
    assert found == expected(f"{name}.md", found)


@pytest.mark.parametrize("name", COPIES)
def test_evidence_as_docx_is_sound_and_always_the_same(name: str, tmp_path: Path) -> None:
    tree, cover = COPIES[name]
    made = docx.covered(tree, cover)
    (tmp_path / "x.docx").write_bytes(made)
    assert OpenXmlValidator().validate(tmp_path / "x.docx").errors == []
    assert (faults(made), docx.covered(tree, cover)) == ([], made)


@pytest.mark.parametrize(
    ("name", "mark"),
    [("record", ""), ("open", "OPEN"), ("destroyed", "DESTROYED"), ("certificate", ""),
     ("proposed", "NOT CARRIED OUT"), ("authorised", "NOT CARRIED OUT")],
)  # fmt: skip
def test_what_is_not_complete_bears_a_mark_on_every_page(name: str, mark: str) -> None:
    head = "".join(part(docx.covered(*COPIES[name]), "word/header_portrait.xml").itertext())
    assert (mark in head) if mark else ("OPEN" not in head and "NOT" not in head)


def test_a_signature_that_fell_away_is_marked_in_every_format() -> None:
    first = record_copy()
    told = list(first.shown.statements)
    told[3] = told[3].but(fell_away_with=5)
    later = first.but(shown=first.shown.but(statements=tuple(told)))
    fallen = "No longer counts: something was entered afterwards on 2026-02-01 (no. 5)."

    for copy, times in ((first, 0), (later, 2)):
        tree, cover = record(copy)
        shown = [
            "".join(part(docx.covered(tree, cover), "word/document.xml").itertext()),
            html.covered(tree, cover).decode(),
            markdown.covered(tree, cover, {}).decode(),
        ]
        assert [text.count(fallen) for text in shown] == [times] * 3
        assert all("Signed as accepted." in text for text in shown)


def test_a_destroyed_record_says_nothing_of_what_it_said() -> None:
    tree, cover = COPIES["destroyed"]
    text = "".join(part(docx.covered(tree, cover), "word/document.xml").itertext())
    assert not [word for word in ("leaks", "Wrong tag", "workshop", "seal") if word in text]
    assert "D-1" in text
    assert "Oslo" in text


# --- blank forms ---------------------------------------------------------------------------------


def test_a_blank_form_has_a_place_for_each_field_as_the_case_says() -> None:
    plan = planned(Document(()), "A form")
    ink = Ink.new(Document(()), plan, {}, 9412, Look(plan.shift, plan.numbers))
    found = described(written(ink, sheets(RecordDefinition.model_validate(FORM)), Place(9412)))
    assert found == expected("blank.txt", found)


def test_a_blank_form_is_sound(tmp_path: Path) -> None:
    _, cover = COPIES["open"]
    made = docx.form(Document(()), cover, {}, sheets(RecordDefinition.model_validate(FORM)))
    (tmp_path / "x.docx").write_bytes(made)
    assert OpenXmlValidator().validate(tmp_path / "x.docx").errors == []
    assert faults(made) == []


@pytest.mark.parametrize(
    ("field", "column"), [("site", ""), ("what is/it?", ""), ("parts", "a/b"), ("år", "%2f")]
)
def test_the_name_of_a_place_leads_back_to_its_field(field: str, column: str) -> None:
    assert named(tag(field, column)) == (field, column)


def test_a_field_that_no_word_processor_can_name_is_refused() -> None:
    with pytest.raises(InputError, match="too long"):
        tag("a_field_with_a_name", "and_a_column_whose_name_goes_on_and_on_for_ever")
    assert named("somebody-else") is None


def test_a_cover_needs_no_more_than_what_it_is() -> None:
    tree, cover = COPIES["record"]
    bare = Cover(cover.kind, cover.title, cover.created, cover.running, cover.facts)
    assert faults(docx.covered(tree, bare)) == []


def test_a_record_that_is_kept_elsewhere_says_where() -> None:
    copy = record_copy("open")
    where = {"medium": "Paper", "location": "Shelf 4", "custodian": "Archivist"}
    tree, cover = record(copy.but(shown=copy.shown.but(elsewhere=where, fields={})))
    found = markdown.covered(tree, cover, {}).decode()
    assert "| Kept           | Paper; Shelf 4; by Archivist" in found
    assert "What it says" not in found


VALUES: dict[str, Any] = {
    "yes": (True, "yes"),
    "nothing": (None, "none"),
    "number": (7, "7 mm"),
    "object": ({"b": 1, "a": False, "c": "x"}, "B: 1; A: no; C: x"),
    "list": (["x", 2], "x\n2 mm"),
    "lines": ("a\r\nb", "a\nb"),
}
SCHEMAS: dict[str, Any] = {
    "number": {"x-unit": "mm"},
    "object": {"properties": {"b": {}, "a": {}}},
    "list": {"items": {"x-unit": "mm"}},
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_stands_in_a_cell_as_people_write_it(kind: str) -> None:
    said, shown = VALUES[kind]
    assert text(SCHEMAS.get(kind, {}), said) == shown


def test_a_table_shows_what_its_form_does_not_know_last_and_anything_else_as_text() -> None:
    schema = {"items": {"properties": {"b": {"title": "Bee"}, "a": {}}}}
    made = table(schema, [{"z": 1, "a": 2}])
    assert [plain(cell) for cell in made.head] == ["Bee", "A", "Z"]
    assert [plain(cell) for cell in made.rows[0]] == ["\u2013", "2", "1"]
    assert not is_table(schema, ["no row"])
    assert not is_table({"items": True}, [{}])
