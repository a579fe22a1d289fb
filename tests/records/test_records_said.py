"""What is said of records to whoever enters them, shows them and lets them go: in plain words."""

from typing import Any

import pytest
from archive import FIELDS, LOG, Keeping
from click.testing import CliRunner, Result

from docctl import Owner, RetentionClass
from docctl.cli.app import docctl
from docctl.desk.metadata.fields import faults
from docctl.desk.recording.filling.rows import value
from docctl.errors import EventError, IncompleteError, InputError, RetentionError
from docctl.model.wellformed import well_formed

KINDS: dict[str, Any] = {
    "properties": {
        "site": {"enum": ["Bergen", "Oslo"]},
        "hours": {"type": "number"},
        "safe": {"type": "boolean"},
        "on": {"type": "string", "format": "date"},
        "note": {"type": "string", "pattern": "^[A-Z]"},
        "mixed": {"type": ["number", "null"]},
    },
    "required": ["who"],
}


def run(keeping: Keeping, *arguments: str) -> Result:
    place = ("-C", str(keeping.firm.root))
    return CliRunner().invoke(docctl, (*place, *arguments), catch_exceptions=False)


def test_what_does_not_fit_is_said_without_the_words_of_a_schema() -> None:
    given = {"site": "Rome", "hours": "two", "safe": "si", "on": "31/1", "note": "a", "mixed": "b"}
    assert {*faults({"type": "object", **KINDS}, given, "FRM-001")} == {
        "who is missing",
        "site: 'Rome' is none of: Bergen, Oslo",
        "hours: 'two' is no number",
        "safe: 'si' is neither yes nor no (true or false in JSON)",
        "on: '31/1' is no day, such as 2026-01-31",
        "note: 'a' does not match '^[A-Z]'",
        "mixed: 'b' is not of type 'number', 'null'",
    }


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("31.12.2026", "2026-12-31"),
        ("1.2.2026", "2026-02-01"),
        ("1/2/2026", "1/2/2026"),
        ("31.31.2026", "31.31.2026"),
    ],
)
def test_a_day_between_points_is_read_and_one_between_strokes_is_not(cell: str, read: str) -> None:
    assert value({"type": "string", "format": "date"}, cell) == read
    assert value({"type": "string"}, cell) == cell


def test_a_table_with_a_file_beside_it_is_refused_before_the_file_is_lost(keeping: Keeping) -> None:
    table = keeping.firm.root.parent / "table.csv"
    table.write_text("site,what\nOslo,a\n")
    for option in (("--attach", str(table)), ("--blank", "B-1")):
        told = run(keeping, "record", "capture", "FRM-001", "--data", str(table), *option)
        assert told.exit_code == 2
        assert "a table has no --attach and no --blank: capture such records one" in told.output


def test_a_field_of_another_step_is_named_with_where_it_is_entered(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    early = {"site": "Oslo", "what": "a", "cause": "b"}
    with pytest.raises(IncompleteError, match="cause is entered with the step analysed") as told:
        ben.record_capture("FRM-002", early)
    assert told.value.hint == "see what it asks for: docctl record fields FRM-002"
    kept = ben.record_capture("FRM-002", {"site": "Oslo", "what": "a"}).entry.record
    with pytest.raises(IncompleteError, match="site is entered when the record is captured"):
        ben.record_add(kept, "analysed", {"site": "Oslo", "cause": "b"})


def test_a_signature_that_is_not_asked_for_is_told_which_are(keeping: Keeping) -> None:
    form = keeping.form(
        "quality-records", FIELDS, signatures=[{"meaning": "verified", "role": "management"}]
    )
    kept = keeping.by("ben").record_capture(form, {"site": "Oslo", "what": "a", "cause": "b"})
    with pytest.raises(EventError) as told:
        keeping.by("ada").record_sign(kept.entry.record, meaning="approved")
    assert told.value.hint == "it asks for: verified"


def test_a_period_that_is_none_is_told_how_to_write_one() -> None:
    logs = {"name": "logs", "title": "Logs", "trigger": "captured", "action": "destroy"}
    refused = pytest.raises(InputError, match="'3 yrs' is no length of time, such as 10 years")
    with refused, well_formed():
        RetentionClass.model_validate({**logs, "period": "3 yrs"})


def test_a_proposal_is_for_one_owner_who_can_authorise_all_of_it(keeping: Keeping) -> None:
    keeping.reschedule("logs", period="30 days", owner=Owner(kind="person", name="ben"))
    logged = keeping.log()
    keeping.schedule(
        *keeping.firm.ada.control().retention,
        RetentionClass(
            name="visits", title="Visits", trigger="captured", period="30 days", action="destroy"
        ),
    )
    visit = keeping.by("ben").record_capture(
        keeping.form("visits", LOG), {"site": "Oslo", "what": "a"}
    )
    keeping.wait(32)
    ria = keeping.by("ria")
    with pytest.raises(
        RetentionError, match="authorised by a holder of records, and those be"
    ) as e:
        ria.retention_propose(logged, visit.entry.record)
    assert e.value.hint == "propose them apart from each other"
    lists = [ria.retention_propose(), ria.retention_propose()]
    assert [len(one.records) for one in lists] == [1, 1]
    with pytest.raises(RetentionError, match="nothing is due"):
        ria.retention_propose()
    owned = {one.records[0]: one.disposal for one in lists}
    assert keeping.by("ben").retention_authorise(owned[logged]).state == "authorised"
    assert keeping.by("rob").retention_authorise(owned[visit.entry.record]).state == "authorised"


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("function:Quality", "function", "Quality"),
        ("Quality", "function", "Quality"),
        ("person:ria", "person", "ria"),
        ({"kind": "person", "name": "ria"}, "person", "ria"),
    ],
)
def test_the_owner_of_a_class_is_written_like_that_of_a_document(
    written: object, kind: str, name: str
) -> None:
    given = {"name": "logs", "title": "Logs", "trigger": "captured", "period": "1 year"}
    one = RetentionClass.model_validate({**given, "action": "destroy", "owner": written})
    assert one.owner == Owner.model_validate({"kind": kind, "name": name})
    assert one.model_dump(mode="json")["owner"] == {"kind": kind, "name": name}


def test_the_schema_of_the_settings_takes_both_ways_of_writing_an_owner() -> None:
    owner = RetentionClass.model_json_schema()["properties"]["owner"]
    assert {"$ref", "type"} <= {key for one in owner["anyOf"] for key in one}
