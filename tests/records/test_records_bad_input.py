"""Bad input for records: a typed error that says what is wrong, and nothing is left behind."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import pytest
from archive import FIELDS, LOG, RECORD, Keeping
from click.testing import CliRunner

from docctl import Circumstances
from docctl.cli.app import docctl
from docctl.errors import DateError, IncompleteError, InputError, UnreadableError
from docctl.model.control import CONTROL
from docctl.model.records.definition import RecordDefinition

DAYS: dict[str, Any] = {
    "properties": {
        "site": {"type": "string"},
        "due": {"type": "string", "format": "date"},
        "at": {"type": "string", "format": "date-time"},
        "parts": {
            "type": "array",
            "items": {"type": "object", "properties": {"count": {"type": "integer"}}},
        },
    }
}


def untouched(keeping: Keeping) -> bool:
    """Tell whether no record was captured, and the vault holds nothing that nobody expects."""
    ben = keeping.by("ben")
    return ben.record_list() == () and ben.vault_scrub().strangers == ()


# --- types, units, unknown fields ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"weight": "2.5 kg"}, "weight"),
        ({"weight": "heavy"}, "weight"),
        ({"weight": True}, "weight"),
        ({"weight": 0}, "weight"),
        ({"weight": [2.5]}, "weight"),
        ({"what": 5}, "what"),
        ({"what": ""}, "what"),
        ({"what": {"said": "A leak"}}, "what"),
        ({"colour": "red"}, "colour"),
        ({"Weight": 2}, "Weight"),
        ({"cause": None}, "cause"),
    ],
)
def test_values_of_another_kind_and_unknown_fields_are_named(
    keeping: Keeping, wrong: dict[str, Any], named: str
) -> None:
    with pytest.raises(IncompleteError) as caught:
        keeping.by("ben").record_capture("FRM-001", {**RECORD, **wrong})
    assert len(caught.value.faults) == 1
    assert named in caught.value.faults[0]
    assert untouched(keeping)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", {1, 2}, object()])
def test_what_json_does_not_have_is_refused(keeping: Keeping, value: object) -> None:
    with pytest.raises(InputError, match="no value of a record"):
        keeping.by("ben").record_capture("FRM-001", {**RECORD, "weight": value})
    assert untouched(keeping)


def test_a_unit_in_a_table_is_named_with_its_row(keeping: Keeping, tmp_path: Path) -> None:
    table = tmp_path / "week.csv"
    table.write_text("site,what,weight\nOslo,A leak,2.5 kg\n")
    (row,) = keeping.by("ben").record_sheet("FRM-001", table).wrong
    assert row.line == 2
    assert "weight" in row.faults[0]


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 30, 40_000])
def test_nothing_has_happened_yet_that_will(keeping: Keeping, days: int) -> None:
    ben = keeping.by("ben")
    on = ben.today() + timedelta(days=days)
    with pytest.raises(DateError, match="lies in the future"):
        ben.record_capture("FRM-001", RECORD, circumstances=Circumstances(on=on))
    assert untouched(keeping)


@pytest.mark.parametrize("on", [date(1899, 12, 31), date(26, 1, 1), date.min])
def test_no_record_is_older_than_anybody(keeping: Keeping, on: date) -> None:
    late = Circumstances(on=on, late_reason="Found in the cellar")
    with pytest.raises(DateError, match="too long ago"):
        keeping.by("ben").record_capture("FRM-001", RECORD, circumstances=late)
    assert untouched(keeping)


def test_a_time_is_no_day(keeping: Keeping) -> None:
    at = Circumstances(on=datetime(2026, 1, 5, 8, tzinfo=UTC))
    with pytest.raises(InputError, match="is no day"):
        keeping.by("ben").record_capture("FRM-001", RECORD, circumstances=at)


@pytest.mark.parametrize(
    "said",
    ["2026-02-29", "2026-02-30", "2026-13-01", "0000-01-01", "29.02.2028", "2026-2-1", "soon", ""],
)
def test_a_field_takes_days_that_there_are(keeping: Keeping, said: str) -> None:
    form, ben = keeping.form("logs", DAYS), keeping.by("ben")
    with pytest.raises(IncompleteError, match="due"):
        ben.record_capture(form, {"due": said})
    assert ben.record_capture(form, {"due": "2028-02-29"}).fields == {"due": "2028-02-29"}


def test_what_happened_on_a_leap_day_is_kept_until_there_is_such_a_day_or_the_next(
    keeping: Keeping,
) -> None:
    form = keeping.form("contracts", LOG)
    leap = Circumstances(on=date(2024, 2, 29), late_reason="Found in the cellar")
    number = keeping.by("ben").record_capture(form, RECORD, circumstances=leap).entry.record
    ria = keeping.by("ria")
    ria.record_fact(number, fact="contract_ended", on=date(2028, 2, 29), reason="The letter")
    (due,) = [one for one in ria.retention_due(date(2029, 12, 31)) if one.record == number]
    assert due.due_since == date(2029, 3, 2)  # 1 March 2029 is the last day of keeping
    assert keeping.codes() == []


# --- time zones ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", ["2026-01-05T25:00:00Z", "2026-01-05 08:30", "2026-01-05", "08:30", "T"]
)
def test_a_time_that_is_none_is_refused(keeping: Keeping, said: str) -> None:
    form = keeping.form("logs", DAYS)
    with pytest.raises(IncompleteError, match="at"):
        keeping.by("ben").record_capture(form, {"at": said})


def test_times_keep_the_offset_in_which_they_were_written(keeping: Keeping) -> None:
    form, said = keeping.form("logs", DAYS), {"at": "2026-01-05T08:30:00+13:00"}
    assert keeping.by("ben").record_capture(form, said).fields == said


def test_today_is_the_day_where_the_library_is(keeping: Keeping) -> None:
    """In Auckland it is tomorrow already: it can happen there what has not happened in London."""
    firm = keeping.firm
    firm.ada.control_change(firm.ada.control().but(time_zone="Pacific/Auckland"), reason="We moved")
    firm.ada.submit(CONTROL)
    firm.by("kim").approve(CONTROL)
    firm.ada.release(CONTROL)
    while firm.clock.now.astimezone(UTC).hour < 14:
        keeping.wait(1 / 24)
    tomorrow = firm.clock.now.astimezone(UTC).date() + timedelta(days=1)
    ben = keeping.by("ben")
    shown = ben.record_capture("FRM-001", RECORD, circumstances=Circumstances(on=tomorrow))
    assert (shown.entry.happened_on, shown.entry.captured_on) == (tomorrow, tomorrow)
    later = Circumstances(on=tomorrow + timedelta(days=1))
    with pytest.raises(DateError, match="lies in the future"):
        ben.record_capture("FRM-001", RECORD, circumstances=later)
    assert keeping.codes() == []


# --- the same twice ------------------------------------------------------------------------------


def test_two_records_may_bear_the_same_identifier_and_both_are_found(keeping: Keeping) -> None:
    numbers = {keeping.log(site="Oslo"), keeping.log(site="Oslo")}
    assert {one.record for one in keeping.by("ben").record_list(where="site=Oslo")} == numbers


@pytest.mark.parametrize("field", ["identifiers", "personal"])
def test_a_form_names_a_field_once(field: str) -> None:
    with pytest.raises(ValueError, match="'what' is named twice"):
        RecordDefinition(fields=FIELDS, retention="logs", **{field: ("what", "what")})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"site": "Oslo", "site": "Bergen", "what": "A leak"}'),
        ("a.yaml", "site: Oslo\nsite: Bergen\nwhat: A leak\n"),
        ("a.csv", "site,what,site\nOslo,A leak,Bergen\n"),
    ],
)
def test_a_file_that_names_a_field_twice_is_refused(
    keeping: Keeping, tmp_path: Path, name: str, text: str
) -> None:
    key, path = keeping.key("ben", tmp_path), tmp_path / name
    path.write_text(text)
    words = ["-C", str(keeping.firm.root), "--key", str(key), "record", "capture", "FRM-001"]
    done = CliRunner().invoke(docctl, [*words, "--data", str(path)])
    assert done.exit_code not in {0, 1}
    assert "Traceback" not in done.output
    assert untouched(keeping)


def test_two_attachments_of_one_name_are_refused(keeping: Keeping, tmp_path: Path) -> None:
    key, data = keeping.key("ben", tmp_path), tmp_path / "a.json"
    data.write_text(json.dumps(RECORD))
    other = tmp_path / "b"
    other.mkdir()
    (other / "a.json").write_text("{}")
    words = ["-C", str(keeping.firm.root), "--key", str(key), "record", "capture", "FRM-001"]
    files = ["--data", str(data), "--attach", str(data), "--attach", str(other / "a.json")]
    done = CliRunner().invoke(docctl, [*words, *files])
    assert "two files are called 'a.json'" in done.output
    assert untouched(keeping)


# --- attachments ---------------------------------------------------------------------------------


class Vanishing(type(Path())):  # type: ignore[misc]
    """A file that is gone in the moment in which it is opened."""

    def open(self, *arguments: Any, **options: Any) -> IO[Any]:
        self.unlink(missing_ok=True)
        opened: IO[Any] = super().open(*arguments, **options)
        return opened


def vanishing(folder: Path) -> Path:
    path: Path = Vanishing(folder / "photo.png")
    path.write_bytes(b"PNG")
    return path


@pytest.mark.parametrize(
    "file",
    [
        vanishing,
        lambda folder: folder / "never-there.png",
        lambda folder: folder,
        lambda _: Path("/proc/self/mem"),  # it opens, and reading it fails
    ],
    ids=["vanishes", "is not there", "is a folder", "fails while it is read"],
)
def test_an_attachment_that_cannot_be_read_leaves_nothing_behind(
    keeping: Keeping, tmp_path: Path, file: Callable[[Path], Path]
) -> None:
    whole = tmp_path / "whole.txt"
    whole.write_text("This one is there")
    files = {"whole.txt": whole, "photo.png": file(tmp_path)}
    with pytest.raises(
        (InputError, UnreadableError), match=r"cannot be read|no plain file|Input/output error"
    ):
        keeping.by("ben").record_capture("FRM-001", RECORD, attachments=files)
    assert untouched(keeping)
    assert keeping.by("ben").record_capture("FRM-001", RECORD).entry.record == "FRM-001-0001"
    assert keeping.codes() == []
