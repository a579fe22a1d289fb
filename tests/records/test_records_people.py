"""People in records: named as people name them, found wherever they stand, and let go of."""

import json
from datetime import date
from pathlib import Path

import pytest
from archive import FIELDS, RECORD, STEPS, Keeping
from click.testing import CliRunner, Result
from office import Key
from quiet import KARI, OLA, Quiet

from docctl import Circumstances, RetentionClass
from docctl.cli.app import docctl
from docctl.errors import (
    IncompleteError,
    InputError,
    NotAuthorisedError,
    NotFoundError,
    SeparationOfDutiesError,
)
from docctl.model.records.request import Decision, SubjectItem

JANE = "Jane Doe"

#: A form of records that are about somebody.
ABOUT = {
    "properties": {"person": {"type": "string"}, "course": {"type": "string"}},
    "required": ["person", "course"],
}


def run(keeping: Keeping, *words: object, key: Path | None = None) -> Result:
    by = ("--key", str(key)) if key else ()
    return CliRunner().invoke(docctl, ["-C", str(keeping.firm.root), *by, *map(str, words)])


def anonymised(keeping: Keeping) -> str:
    """Capture a record of a class that is made anonymous after 30 days, and return its number."""
    kind = RetentionClass(
        name="complaints", title="Complaints", trigger="captured", period="30 days",
        action="anonymise",
    )  # fmt: skip
    keeping.schedule(*keeping.firm.ada.control().retention, kind)
    form = keeping.form("complaints", {**FIELDS, "required": []}, personal=["cause"])
    said = {"what": f"A call of {JANE}", "cause": JANE}
    files = {"letter.txt": b"Dear sirs"}
    made = keeping.by("ben").record_capture(form, said, attachments=files)
    return made.entry.record


def trained(keeping: Keeping, *people: str) -> tuple[str, ...]:
    form = keeping.form("logs", ABOUT, identifiers=["course"], subject="person")
    rows = [{"person": one, "course": "Lifting"} for one in people]
    return keeping.by("ben").record_capture_many(form, rows)


# --- named as people name them ------------------------------------------------------------------


def test_somebody_for_whom_a_record_is_entered_can_be_named(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    for_eva = Circumstances(entered_for=" eva ".strip().upper())
    number = ben.record_capture("FRM-002", RECORD, circumstances=for_eva).entry.record
    step = Circumstances(entered_for="Eva")
    shown = ben.record_add(number, "analysed", {"cause": "Age"}, circumstances=step)
    assert [one.entered_for for one in shown.statements] == ["eva", "eva"]
    for name in ("Nobody Here", "nobody"):
        with pytest.raises(NotFoundError, match="there is no person"):
            ben.record_capture("FRM-001", RECORD, circumstances=Circumstances(entered_for=name))
    assert len(ben.record_list()) == 1


def test_who_gave_the_content_does_not_verify_it(keeping: Keeping) -> None:
    keeping.form(
        "quality-records",
        FIELDS,
        steps=STEPS,
        pattern="CHK-{n}",
        signatures=[
            {"meaning": "performed", "role": "approver", "own": True},
            {"meaning": "verified", "role": "approver"},
        ],
    )
    ben, eva, kim = (keeping.by(one) for one in ("ben", "eva", "kim"))
    ben.record_capture("FRM-003", RECORD, circumstances=Circumstances(entered_for="eva"))
    ben.record_add("CHK-1", "analysed", {"cause": "Age"})
    (waits,) = (one for one in ben.due() if one.item == "CHK-1")
    assert "eva" in waits.who
    with pytest.raises(SeparationOfDutiesError, match="eva gave what was entered into CHK-1"):
        eva.record_sign("CHK-1", meaning="verified")
    eva.record_sign("CHK-1", meaning="performed")
    (waits,) = (one for one in ben.due() if one.item == "CHK-1")
    assert "kim" in waits.who
    assert "eva" not in waits.who
    kim.record_sign("CHK-1", meaning="verified")
    ben.record_close("CHK-1")
    assert keeping.codes() == []


def test_the_person_whom_a_record_is_about_can_be_named(keeping: Keeping) -> None:
    first, second = trained(keeping, "Eva", "kim")
    archive = keeping.firm.ada.bench.archive()
    kept = [archive.record(first), archive.record(second)]
    assert [one.subject for one in kept if one] == ["eva", "kim"]
    assert keeping.by("ben").record_show(first).fields["person"] == "eva"
    with pytest.raises(IncompleteError, match="it takes the id or the name of a person") as told:
        keeping.by("ben").record_capture("FRM-003", {"person": "No One", "course": "Lifting"})
    assert len(told.value.faults) == 1


PATTERN = {"pattern": "^[a-z][a-z0-9-]{0,30}$"}


def test_records_are_entered_and_found_by_the_name_of_whom_they_are_about(
    keeping: Keeping, tmp_path: Path
) -> None:
    exact = {
        **ABOUT,
        "properties": {**ABOUT["properties"], "person": {"type": "string", **PATTERN}},
    }
    form = keeping.form("logs", exact, identifiers=["course"], subject="person")
    ben, table = keeping.key("ben", tmp_path), tmp_path / "table.csv"
    table.write_text("person,course\nEva,Lifting\nkim,Lifting\n")
    told = run(keeping, "record", "capture", form, "--data", table, key=ben)
    assert (told.exit_code, len(told.stdout.split())) == (0, 2), told.stderr
    asked = keeping.by("ben").record_list
    assert [one.record for one in asked(where="person=Eva")] == told.stdout.split()[:1]
    assert [one.record for one in asked(where="Person!=EVA")] == told.stdout.split()[1:]
    assert asked(where="person='Nobody Here'") == ()


def test_a_row_about_nobody_is_named_by_its_line_and_can_be_handed_in_again(
    keeping: Keeping, tmp_path: Path
) -> None:
    trained(keeping, "kim")
    ben, table = keeping.key("ben", tmp_path), tmp_path / "table.csv"
    table.write_text("person,course\nNo One,Lifting\nEva,Lifting\n")
    told = run(keeping, "record", "capture", "FRM-003", "--data", table, key=ben)
    assert told.exit_code == 3
    assert "line 2: person: there is no person 'No One'" in told.stderr
    left = tmp_path / "left.csv"
    capture = ("record", "capture", "FRM-003", "--data", table, "--rejects", left)
    told = run(keeping, *capture, key=ben)
    assert (told.exit_code, told.stdout.split()) == (0, ["FRM-003-0002"])
    assert "No One,Lifting,person: there is no person" in left.read_text(encoding="utf-8-sig")


def test_records_are_found_by_the_name_of_who_captured_them(keeping: Keeping) -> None:
    number, ben = keeping.log(), keeping.by("ben")
    by_eva = keeping.by("eva").record_capture("FRM-001", RECORD).entry.record
    assert [one.record for one in ben.record_list(where="by=Ben")] == [number]
    assert [one.record for one in ben.record_list(where="by!=BEN")] == [by_eva]
    asked = "site=Bergen and (by in (Eva, ben) and not by~xyz)"
    assert [one.record for one in ben.record_list(where=asked)] == [number, by_eva]
    with pytest.raises(InputError, match="no record has 'Nobody Here' as its by"):
        ben.record_list(where="by='Nobody Here'")
    with pytest.raises(InputError, match="an empty value"):
        ben.record_list(where="by=''")


def test_a_request_takes_people_by_their_names(keeping: Keeping) -> None:
    number = keeping.log()
    ria, rob = keeping.by("ria"), keeping.by("rob")
    shown = ria.subject_open(number, "Ben", asks="access", reason="A letter")
    assert {(one.kind, one.item) for one in shown.items} == {("record", number), ("person", "ben")}
    about = rob.subject_item("SR-1", "BEN")
    assert about == SubjectItem(kind="person", item="ben")
    assert rob.subject_item("SR-1", number.lower()).item == number
    for given in ("Eva", "Nobody Here", "NC-9-9"):
        with pytest.raises(NotFoundError, match=r"no item"):
            rob.subject_item("SR-1", given)
    keeping.firm.ada.person_add("ben2", "Ben", key=None)
    with pytest.raises(NotFoundError) as caught:
        ria.subject_open("Ben", asks="access", reason="A letter")
    assert caught.value.hint == "several bear this name: ben, ben2"


# --- found wherever they stand ------------------------------------------------------------------


def test_what_an_anonymous_record_still_says_is_found(keeping: Keeping) -> None:
    number = anonymised(keeping)
    ben = keeping.by("ben")
    (found,) = ben.subject_find(JANE).found
    assert (found.item, found.where) == (number, ("field cause", "field what"))
    assert found.files == ("letter.txt",)
    keeping.wait(31)
    keeping.disposed(number)
    (found,) = ben.subject_find(JANE).found
    assert (found.item, found.where, found.files) == (number, ("field what",), ())


def test_the_answer_says_that_files_are_not_searched_and_names_them(keeping: Keeping) -> None:
    anonymised(keeping)
    told = run(keeping, "subject", "find", "jane").output
    assert "Files not searched\n" in told
    assert told.splitlines()[1].endswith("letter.txt")
    assert told.splitlines()[-1] == (
        "not searched: what files beside records say; and copies that were handed out"
    )


# --- requests in the lists of the whole library -------------------------------------------------


def test_a_request_is_shown_and_listed_like_everything_that_has_a_number(keeping: Keeping) -> None:
    number, ria, rob = keeping.log(), keeping.by("ria"), keeping.by("rob")
    until = ria.today().replace(month=3)
    ria.subject_open(number, "ben", asks="erasure", reason="A letter", due_on=until)
    (waits,) = (one for one in ria.due() if one.what == "request")
    assert (waits.item, waits.on, waits.overdue_days) == ("SR-1", until, 0)
    assert "waits for a decision about 2 items" in waits.sentence
    assert {*waits.who} == {"ria", "rob", "kim"}
    for item, kind in ((number, "record"), ("ben", "person")):
        about = SubjectItem.model_validate({"kind": kind, "item": item})
        decision = Decision(subject=about, verdict="keep", why="The law", basis="legal_duty")
        rob.subject_decide("SR-1", decision)
    keeping.wait((until - ria.today()).days + 1)
    (waits,) = (one for one in ria.due() if one.what == "request")
    assert "waits for its answer, to be answered by" in waits.sentence
    assert "1 day overdue" in waits.sentence
    rob.subject_answer("SR-1")
    assert not any(one.what == "request" for one in ria.due())
    assert ria.find("SR-1") == ria.subject_show("SR-1")
    assert run(keeping, "show", "sr-1").output == run(keeping, "subject", "show", "SR-1").output
    told = run(keeping, "history", "SR-1").output
    assert f"about: {number} and ben" in told
    assert f"decisions: {number} keep (The law)" in told
    changed = [one.type for one in ria.changes(since=date(2026, 1, 1)) if one.item == "SR-1"]
    assert changed == ["request_opened", "request_decided", "request_decided", "request_answered"]


# --- carried out --------------------------------------------------------------------------------


def erased(keeping: Keeping, number: str) -> str:
    """Open a request about a record, decide to erase it, and return what stands in the way."""
    keeping.by("ria").subject_open(number, asks="erasure", reason="A letter")
    about = SubjectItem(kind="record", item=number)
    decision = Decision(subject=about, verdict="erase", why="No duty to keep it")
    return next_step(keeping.by("rob").subject_decide("SR-1", decision))


def next_step(shown: object) -> str:
    (item,) = shown.items  # type: ignore[attr-defined]
    return str(item.next_step or item.became)


def test_a_request_says_what_stands_in_the_way_of_an_erasure(keeping: Keeping) -> None:
    ben, ria, rob = keeping.by("ben"), keeping.by("ria"), keeping.by("rob")
    number = ben.record_capture("FRM-002", RECORD).entry.record
    assert erased(keeping, number) == f"it is open: docctl record close {number}"
    ben.record_add(number, "analysed", {"cause": "Age"})
    ben.record_close(number)
    assert next_step(ria.subject_run("SR-1")).startswith("it may go from 2037-01-01 on (closed on")
    assert ria.retention_list() == ()
    assert rob.subject_show("SR-1").items[0].waits_for == "its disposal, authorised and run"
    (waits,) = (one for one in ria.due() if one.what == "request")
    assert f"waits for what was decided of {number} (its disposal, authorised and run): " in (
        waits.sentence
    )


def test_what_many_items_wait_for_is_told_of_the_first(keeping: Keeping) -> None:
    numbers, rob = [keeping.log() for _ in range(5)], keeping.by("rob")
    keeping.by("ria").subject_open(*numbers, asks="rectification", reason="A letter")
    for number in numbers:
        about = SubjectItem(kind="record", item=number)
        decision = Decision(subject=about, verdict="rectify", why="It is wrong")
        rob.subject_decide("SR-1", decision)
    (waits,) = (one for one in rob.due() if one.what == "request")
    assert f"{numbers[2]} (an amendment of it), 2 further items: docctl" in waits.sentence
    assert numbers[3] not in waits.sentence


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"action": "permanent", "period": "0 days"}, "its class keeps it for ever"),
        ({"action": "review"}, "its time is over: docctl retention review FRM-001-0001 --then"),
        ({"trigger": "contract_ended"}, "its time of keeping has not begun (contract ended"),
    ],
)
def test_what_the_schedule_says_of_a_record_is_said_of_its_erasure(
    keeping: Keeping, changes: dict[str, object], said: str
) -> None:
    number = keeping.log()
    keeping.reschedule("logs", **changes)
    keeping.wait(31)
    assert erased(keeping, number).startswith(said)


def test_an_erasure_is_followed_to_its_end(keeping: Keeping) -> None:
    number, ria, rob = keeping.log(), keeping.by("ria"), keeping.by("rob")
    keeping.wait(31)
    assert erased(keeping, number).startswith("it may go: docctl subject run SR-1")
    assert next_step(ria.subject_run("SR-1")) == (
        "proposed; somebody else: docctl retention authorise D-1"
    )
    rob.retention_authorise("D-1")
    day = ria.retention_show("D-1").not_before
    assert next_step(ria.subject_show("SR-1")) == (
        f"authorised; from {day} on: docctl retention run D-1"
    )
    keeping.wait(2)
    ria.retention_run("D-1")
    assert next_step(ria.subject_show("SR-1")) == f"destroyed on {ria.today()} by D-1"
    report = ria.subject_report("SR-1", keeping.firm.root.parent / "report.md").read_text()
    assert f"destroyed on {ria.today()} by D-1" in report


def test_an_erasure_by_a_class_that_makes_anonymous_says_so(keeping: Keeping) -> None:
    number = anonymised(keeping)
    keeping.wait(31)
    erased(keeping, number)
    keeping.by("ria").subject_run("SR-1")
    keeping.by("rob").retention_authorise("D-1")
    keeping.by("ria").retention_run("D-1")
    shown = keeping.by("ria").subject_show("SR-1")
    assert next_step(shown) == f"made anonymous on {keeping.by('ria').today()} by D-1"
    told = run(keeping, "subject", "show", "SR-1").output
    assert "    made anonymous on" in told


def test_records_and_names_are_each_let_go_by_those_who_may(tmp_path: Path) -> None:
    from quiet import Quiet  # noqa: PLC0415

    quiet = Quiet.found(tmp_path / "quiet")
    quiet.kari.person_add(None, "Rita Rask", key=Key("ria").public_key, roles=["records"])
    quiet.kari.person_add(None, "Rolf Rud", key=Key("rob").public_key, roles=["records"])
    rita, rolf = quiet.kari.acting(Key("ria")), quiet.kari.acting(Key("rob"))
    rita.person_accept()
    rolf.person_accept()
    rita.subject_open(OLA, asks="erasure", reason="A letter")
    about = rita.subject_item("SR-1", OLA)
    rolf.subject_decide("SR-1", Decision(subject=about, verdict="erase", why="Gone"))
    assert next_step(rita.subject_show("SR-1")) == (
        "once the person has left, an administrator: docctl subject run SR-1"
    )
    quiet.kari.person_leave(about.item)
    with pytest.raises(NotAuthorisedError, match="administrator whose key counts"):
        rita.subject_run("SR-1")
    assert next_step(quiet.kari.subject_run("SR-1")) == "the name is erased"
    assert quiet.codes() == []


# --- names on the terminal ----------------------------------------------------------------------


def test_lists_print_names_where_ids_tell_nothing(tmp_path: Path) -> None:
    quiet = Quiet.found(tmp_path / "quiet")
    place, own = ["-C", str(quiet.root)], quiet.kari.whoami() or ""
    told = CliRunner().invoke(docctl, [*place, "changes", "--since", "2026-01-01"]).output
    assert (KARI in told, own in told) == (True, False)
    as_json = CliRunner().invoke(docctl, [*place, "--json", "changes", "--since", "2026-01-01"])
    assert json.loads(as_json.output)[0]["signer"] == own
