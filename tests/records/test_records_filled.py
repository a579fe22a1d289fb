"""Forms to be filled in, and what is read back from them."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from archive import Keeping
from click.testing import CliRunner
from filling import MAIN, W, filled_in, part, with_part
from lxml import etree
from pydantic import BaseModel

from docctl import KeyFile, generate_key
from docctl.cli.app import docctl
from docctl.cli.commands.keeping.given import given
from docctl.errors import IncompleteError, InputError, NotFoundError, UnreadableError
from docctl.render.docx.filled import filled

FIELDS: dict[str, Any] = {
    "properties": {
        "what": {"type": "string", "minLength": 1},
        "site": {"type": "string", "enum": ["Bergen", "Oslo"]},
        "count": {"type": "integer"},
        "grade": {"enum": [1, 2, 3]},
        "weight": {"type": ["number", "null"], "x-unit": "kg"},
        "repeated": {"type": "boolean"},
        "when": {"type": "string", "format": "date"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "parts": {
            "type": "array",
            "items": {
                "properties": {"serial": {"type": "string"}, "length": {"type": "number"}},
                "type": "object",
            },
        },
        "place": {"type": "object", "properties": {"hall": {"type": "string"}}},
        "cause": {"type": "string"},
    },
    "required": ["what", "cause"],
}
SAID: dict[str, Any] = {
    "@on": "2026-01-04",
    "what": "A leak <here> & there\nand more",
    "site": "Oslo",
    "count": "12",
    "grade": "2",
    "weight": "2.5",
    "repeated": "yes",
    "when": "2026-01-03",
    "tags": "seal\nleak",
    "parts/serial": ["A-17", "A-18"],
    "parts/length": ["12.5", ""],
    "place/hall": "North",
    "cause": "A worn seal",
}
MEANT = {
    "what": "A leak <here> & there\nand more",
    "site": "Oslo",
    "count": 12,
    "grade": 2,
    "weight": 2.5,
    "repeated": True,
    "when": "2026-01-03",
    "tags": ["seal", "leak"],
    "parts": [{"serial": "A-17", "length": 12.5}, {"serial": "A-18"}],
    "place": {"hall": "North"},
}
STEPS = [{"name": "analysed", "title": "Analysis", "fields": ["cause"]}]


@pytest.fixture(scope="module")
def office(equipped: Keeping, tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    """A firm with a form of every kind of field, FRM-003; nothing is changed in it."""
    made = equipped.copied(tmp_path_factory.mktemp("forms") / "acme")
    made.form("archive", FIELDS, steps=STEPS, identifiers=["site"])
    return made


@pytest.fixture(scope="module")
def blank(office: Keeping) -> bytes:
    path = office.firm.root.parent / "blank.docx"
    return office.by("ben").export_blank("FRM-003", path).read_bytes()


def put(office: Keeping, data: bytes) -> Path:
    path = office.firm.root.parent / "filled.docx"
    path.write_bytes(data)
    return path


def test_a_filled_form_is_read_back_as_what_it_means(office: Keeping, blank: bytes) -> None:
    read = office.by("ben").record_filled(put(office, filled_in(blank, SAID)))
    assert read.fields == MEANT
    assert read.steps == {"analysed": {"cause": "A worn seal"}}
    assert (read.form, read.revision, str(read.happened_on)) == ("FRM-003", "1", "2026-01-04")


def test_a_blank_form_says_nothing_and_is_always_the_same(office: Keeping, blank: bytes) -> None:
    read = office.by("ben").record_filled(put(office, blank))
    assert (read.fields, read.steps, read.happened_on) == ({}, {}, None)
    again = office.by("ben").export_blank("FRM-003", office.firm.root.parent)
    assert (again.name, again.read_bytes()) == ("FRM-003.docx", blank)


def test_words_that_somebody_moved_away_are_not_read(blank: bytes) -> None:
    data = filled_in(blank, {"what": "A leak"})
    xml = part(data, MAIN)
    run = re.search(rb"<w:r>(?:(?!</w:r>).)*A leak</w:t></w:r>", xml)
    assert run
    moved = b'<w:moveFrom w:id="900" w:author="Ben">%b</w:moveFrom>' % run[0]

    both = with_part(data, MAIN, xml.replace(run[0], moved + run[0]))

    assert filled(both, "x.docx").fields["what"] == "A leak"


def test_a_record_is_captured_from_a_filled_form(keeping: Keeping) -> None:
    ben, folder = keeping.by("ben"), keeping.firm.root.parent
    made = ben.export_blank("FRM-002", folder / "blank.docx").read_bytes()
    said = {"@on": "2026-01-04", "site": "Oslo", "what": "A leak", "cause": "Age"}
    path = folder / "filled.docx"
    path.write_bytes(filled_in(made, said))
    read = given(ben, lambda: "FRM-002", path)
    assert (read.fields, str(read.on), read.revision) == (
        {"site": "Oslo", "what": "A leak"}, "2026-01-04", "1",
    )  # fmt: skip
    number = ben.record_capture("FRM-002", read.fields, revision=read.revision).entry.record
    shown = ben.record_add(
        number, "analysed", given(ben, lambda: "FRM-002", path, step="analysed").fields
    )
    assert shown.fields == {"site": "Oslo", "what": "A leak", "cause": "Age"}
    with pytest.raises(InputError, match="FRM-002, not FRM-001"):
        given(ben, lambda: "FRM-001", path)
    with pytest.raises(NotFoundError, match="verified"):
        given(ben, lambda: "FRM-002", path, step="verified")


def test_what_does_not_fit_stays_text_and_is_refused_by_name(office: Keeping, blank: bytes) -> None:
    said = {"what": "A leak", "count": "many", "repeated": "perhaps", "site": "Paris"}
    read = office.by("ben").record_filled(put(office, filled_in(blank, said)))
    assert read.fields == said
    with pytest.raises(IncompleteError) as caught:
        office.by("ben").record_capture("FRM-003", read.fields)
    assert len(caught.value.faults) == 3


def changed(data: bytes, change: Callable[[etree._Element], None]) -> bytes:
    root = etree.fromstring(part(data, MAIN))
    change(root)
    return with_part(data, MAIN, etree.tostring(root))


def test_a_form_whose_controls_lost_their_names_is_read_by_its_bookmarks(
    office: Keeping, blank: bytes
) -> None:
    """As LibreOffice saves it."""

    def nameless(root: etree._Element) -> None:
        for tag in list(root.iter(f"{W}tag")):
            tag.getparent().remove(tag)

    data = changed(filled_in(blank, SAID), nameless)
    assert office.by("ben").record_filled(put(office, data)).fields == MEANT


def test_rows_that_were_added_are_read_too(office: Keeping, blank: bytes) -> None:
    def longer(root: etree._Element) -> None:
        tags = root.iter(f"{W}tag")
        tag = next(one for one in tags if one.get(f"{W}val") == "docctl:parts/serial")
        table = next(tag.iterancestors(f"{W}tbl"))
        last = table[-1]
        for at in range(3):
            row = etree.fromstring(etree.tostring(table[-1 - at]))
            cells = list(row.iter(f"{W}tc"))
            for cell in cells:
                for inner in list(cell.iter(f"{W}sdt")):
                    inner.getparent().remove(inner)
            run = etree.SubElement(next(cells[0].iter(f"{W}p")), f"{W}r")
            etree.SubElement(run, f"{W}t").text = f"X-{at}"
            last.addnext(row)
            last = row

    data = changed(filled_in(blank, SAID), longer)
    parts = office.by("ben").record_filled(put(office, data)).fields["parts"]
    assert [one["serial"] for one in parts] == ["A-17", "A-18", "X-0", "X-1", "X-2"]


def test_words_beside_a_control_count_and_prompts_do_not(office: Keeping, blank: bytes) -> None:
    def beside(root: etree._Element) -> None:
        for tag in root.iter(f"{W}tag"):
            cell = next(tag.iterancestors(f"{W}tc"))
            if tag.get(f"{W}val") == "docctl:what":
                run = etree.SubElement(next(cell.iter(f"{W}p")), f"{W}r")
                etree.SubElement(run, f"{W}t").text = " And beside."
            if tag.get(f"{W}val") == "docctl:cause":
                next(cell.iter(f"{W}t")).text = "Click here to write"
                etree.SubElement(tag.getparent(), f"{W}showingPlcHdr")

    data = changed(filled_in(blank, {"what": "Inside."}), beside)
    read = office.by("ben").record_filled(put(office, data))
    assert (read.fields, read.steps) == ({"what": "Inside. And beside."}, {})


class Part(BaseModel):
    serial: str
    broken: bool = False


class Report(BaseModel):
    what: str
    parts: list[Part] = []
    other: Part | None = None
    weight: float | None = None


def test_the_schema_of_a_model_makes_a_form_in_the_order_of_its_fields(keeping: Keeping) -> None:
    form = keeping.form("archive", Report.model_json_schema(), identifiers=[])
    ben, path = keeping.by("ben"), keeping.firm.root.parent / "f.docx"
    made = ben.export_blank(form, path).read_bytes()
    tags = [one.get(f"{W}val") for one in etree.fromstring(part(made, MAIN)).iter(f"{W}tag")]
    assert list(dict.fromkeys(tags)) == [
        f"docctl:{one}"
        for one in ("@on", "what", "parts/serial", "parts/broken", "other/serial", "other/broken",
                    "weight")
    ]  # fmt: skip
    said = {"what": "x", "parts/serial": ["a"], "parts/broken": ["no"], "other/serial": "b",
            "weight": "2"}  # fmt: skip
    path.write_bytes(filled_in(made, said))
    read = ben.record_filled(path).fields
    assert read == {
        "what": "x", "parts": [{"serial": "a", "broken": False}], "other": {"serial": "b"},
        "weight": 2.0,
    }  # fmt: skip
    assert ben.record_capture(form, read).fields == read


# --- what is no such form ------------------------------------------------------------------------


def test_only_forms_that_define_records_can_be_filled_in(keeping: Keeping, tmp_path: Path) -> None:
    ben = keeping.by("ben")
    with pytest.raises(InputError, match="is no form"):
        ben.export_blank("CONTROL", tmp_path / "x.docx")
    with pytest.raises(InputError, match="only DOCX"):
        ben.export_blank("FRM-001", tmp_path / "x.md")
    with pytest.raises(NotFoundError):
        ben.export_blank("FRM-009", tmp_path / "x.docx")


def test_a_form_of_another_text_is_refused(office: Keeping, blank: bytes) -> None:
    name = "docProps/custom.xml"
    properties = part(blank, name).decode()
    content = office.by("ben").show("FRM-003").status.content
    assert content in properties
    for other in (properties.replace(content, "0" * 64), properties.replace(">1<", ">7<")):
        with pytest.raises(InputError, match="another text"):
            office.by("ben").record_filled(put(office, with_part(blank, name, other.encode())))


ENTITIES = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (at + 1, b"&%c;" % at * 10) for at in range(97, 110))
    + b"]><w>&n;</w>"
)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        (MAIN, None, "no part"),
        (MAIN, ENTITIES, "declares entities|ntity"),
        (MAIN, LAUGHS, "declares entities|ntity"),
        (MAIN, b"<w>", "document.xml"),
        (MAIN, b"", "document.xml"),
        ("_rels/.rels", None, "no part"),
        ("docProps/custom.xml", None, "which form"),
        ("docProps/custom.xml", b"<Properties/>", "which form"),
        ("docProps/custom.xml", ENTITIES, "declares entities|ntity"),
    ],
)
def test_a_file_that_is_not_whole_or_asks_for_more_is_refused(
    blank: bytes, name: str, content: bytes | None, what: str
) -> None:
    with pytest.raises(UnreadableError, match=what):
        filled(with_part(blank, name, content), "x.docx")


def test_a_file_that_swells_is_not_unpacked(blank: bytes) -> None:
    made = BytesIO()
    with ZipFile(BytesIO(blank)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, old.read(one) if one != MAIN else b"<w>" + b" " * (33 << 20))
    assert len(made.getvalue()) < 1 << 20
    with pytest.raises(UnreadableError, match="too large unpacked"):
        filled(made.getvalue(), "x.docx")


def test_a_part_that_is_larger_than_it_says_is_refused(blank: bytes) -> None:
    """The directory of the zip lies about its size."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new, ZipFile(BytesIO(blank)) as old:
        for one in old.namelist():
            new.writestr(one, old.read(one))
    data = made.getvalue()
    size = len(part(blank, MAIN)).to_bytes(4, "little")
    at = data.index(size, data.index(b"PK\x01\x02"))
    with pytest.raises(UnreadableError):
        filled(data[:at] + (10).to_bytes(4, "little") + data[at + 4 :], "x.docx")


def test_too_many_parts_or_one_twice_are_refused(blank: bytes) -> None:
    made = BytesIO(blank)
    with ZipFile(made, "a") as archive:
        for at in range(2001):
            archive.writestr(f"{at}.xml", b"")
    with pytest.raises(UnreadableError, match="too many parts"):
        filled(made.getvalue(), "x.docx")
    twice = BytesIO(blank)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(twice, "a") as archive:
        archive.writestr(MAIN, b"<w/>")
    with pytest.raises(UnreadableError, match="one of them twice"):
        filled(twice.getvalue(), "x.docx")


def test_wherever_a_file_is_cut_or_spoilt_it_is_refused_or_read(blank: bytes) -> None:
    def read(data: bytes) -> bool:
        try:
            return filled(data, "x.docx").form == "FRM-003"
        except UnreadableError:
            return False

    places = range(0, len(blank), len(blank) // 60)
    assert not any(read(blank[:at]) for at in places)
    assert not all(read(blank[:at] + b"\xff\x00\xff" + blank[at + 3 :]) for at in places)


def test_a_day_that_is_none_is_refused(office: Keeping, blank: bytes) -> None:
    with pytest.raises(UnreadableError, match="no day"):
        office.by("ben").record_filled(put(office, filled_in(blank, {"@on": "yesterday"})))


def test_the_command_line_captures_a_filled_form_and_says_what_is_left(keeping: Keeping) -> None:
    root, folder = keeping.firm.root, keeping.firm.root.parent
    public = generate_key(folder / "key", comment="ben")
    keeping.firm.ada.person_key("ben", public)
    keeping.by("ben").acting(KeyFile(folder / "key")).person_accept()
    blank = folder / "blank.docx"

    def run(*words: str) -> str:
        done = CliRunner().invoke(docctl, ["-C", str(root), "--key", str(folder / "key"), *words])
        assert done.exit_code == 0, done.output
        return done.output

    run("export", "FRM-002", "--blank", "--to", str(blank))
    said = {"site": "Oslo", "what": "A leak", "cause": "Age"}
    blank.write_bytes(filled_in(blank.read_bytes(), said))
    *told, number = run("record", "capture", "FRM-002", "--data", str(blank)).split("\n")[:-1]
    assert "analysed is filled in too" in "".join(told)
    shown = run("record", "add", number, "--step", "analysed", "--data", str(blank))
    assert "Cause: Age" in shown


def test_an_empty_blank_is_known_again_and_a_filled_one_says_what_was_written(
    office: Keeping, blank: bytes
) -> None:
    ben = office.by("ben")
    (empty,) = ben.verify_copy(put(office, blank)).copies
    (written,) = ben.verify_copy(put(office, filled_in(blank, SAID))).copies

    assert (empty.verdict, empty.alterations) == ("unjudged", ())
    assert "an empty blank of FRM-003 revision 1, as docctl writes it" in empty.sentence
    assert written.verdict == "unjudged"
    assert "somebody wrote or changed something" in written.sentence
    assert any("A leak" in one.found for one in written.alterations)
