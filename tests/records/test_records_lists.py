"""Lists over the whole library tell of records too: what waits, what was bent, what happened."""

from datetime import date, timedelta
from typing import Any

import pytest
from archive import FIELDS, RECORD, STEPS, Keeping
from click.testing import CliRunner

from docctl import Circumstances
from docctl.cli.app import docctl
from docctl.errors import NotFoundError
from docctl.model.answers.record import DisposalShown, HoldShown, RecordShown

#: The form of nonconformities with a day by which they are to be closed.
DATED: dict[str, Any] = {
    **FIELDS,
    "properties": {**FIELDS["properties"], "due": {"type": "string", "format": "date"}},
}


def told(keeping: Keeping, *words: str) -> str:
    result = CliRunner().invoke(docctl, ["-C", str(keeping.firm.root), *words])
    assert result.exit_code == 0, result.output
    return result.output


def waits(keeping: Keeping, what: str, on: date | None = None) -> list[tuple[str, str, int]]:
    found = keeping.by("ben").due(on=on)
    return [(one.item, one.sentence, one.overdue_days) for one in found if one.what == what]


def dated(keeping: Keeping, days: int, **more: Any) -> str:
    """Capture a record that is to be closed so many days from now."""
    form = keeping.form("quality-records", DATED, steps=STEPS, pattern="CA-{n}", **more)
    due = (keeping.firm.ada.today() + timedelta(days=days)).isoformat()
    return keeping.by("ben").record_capture(form, {**RECORD, "due": due}).entry.record


# --- due ----------------------------------------------------------------------------------------


def test_an_open_record_waits_for_its_steps_and_then_to_be_closed(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    number = ben.record_capture("FRM-002", RECORD).entry.record
    said = f"{number} Form of quality-records waits for Analysis (step analysed)"
    assert waits(keeping, "record") == [(number, said, 0)]
    ben.record_add(number, "analysed", {"cause": "A worn seal"})
    assert [one[1].endswith("can be closed") for one in waits(keeping, "record")] == [True]
    ben.record_close(number)
    assert waits(keeping, "record") == []


def test_a_record_is_late_once_its_day_has_passed(keeping: Keeping) -> None:
    number = dated(keeping, 10)
    keeping.wait(13)
    (item, sentence, late), *_ = waits(keeping, "record")
    assert (item, late) == (number, 3)
    assert sentence.endswith(", 3 days overdue")
    (line,) = (one for one in keeping.by("ben").exceptions() if one.kind == "overdue-record")
    assert (line.subject, "3 days overdue" in line.sentence) == (number, True)


@pytest.mark.parametrize("found_by", [["due"], ["site"]])
def test_a_day_that_is_none_makes_nothing_late(keeping: Keeping, found_by: list[str]) -> None:
    odd = {**FIELDS, "properties": {**FIELDS["properties"], "due": {"format": "date"}}}
    form = keeping.form("quality-records", odd, steps=STEPS, pattern="CA-{n}", identifiers=found_by)
    for given in ({"due": 5}, {}):
        keeping.by("ben").record_capture(form, {**RECORD, **given})
    keeping.wait(400)
    assert [late for _, _, late in waits(keeping, "record")] == [0, 0]


def test_signatures_are_waited_for_from_those_who_entered_nothing(keeping: Keeping) -> None:
    asked = [{"meaning": "verified", "role": "records"}]
    form = keeping.form("quality-records", FIELDS, steps=STEPS, signatures=asked, pattern="V-{n}")
    ria = keeping.by("ria")
    number = ria.record_capture(form, RECORD).entry.record
    ria.record_add(number, "analysed", {"cause": "A worn seal"})
    (one,) = (one for one in ria.due() if one.what == "record")
    assert one.who == ("rob",)
    assert "waits for the signature 'verified'" in one.sentence


def test_what_was_open_on_an_earlier_day_waited_then(keeping: Keeping) -> None:
    keeping.wait(2)
    ben, captured = keeping.by("ben"), keeping.firm.ada.today()
    number = ben.record_capture("FRM-002", RECORD).entry.record
    keeping.wait(2)
    ben.record_add(number, "analysed", {"cause": "A worn seal"})
    ben.record_close(number)
    assert waits(keeping, "record") == []
    assert ["waits for Analysis" in one[1] for one in waits(keeping, "record", captured)] == [True]
    assert waits(keeping, "record", captured - timedelta(days=1)) == []


def test_what_was_entered_by_an_earlier_day_counted_then(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    number = ben.record_capture("FRM-002", RECORD).entry.record
    ben.record_add(number, "analysed", {"cause": "A worn seal"})
    entered = keeping.firm.ada.today()
    keeping.wait(2)
    ben.record_close(number)
    assert [one[1].endswith("can be closed") for one in waits(keeping, "record", entered)] == [True]


@pytest.mark.parametrize(
    ("owner", "who"),
    [({"kind": "person", "name": "kim"}, ("kim",)), ({"kind": "function", "name": "Judge"}, ())],
)
def test_classes_to_decide_about_wait_for_their_owner(
    keeping: Keeping, owner: dict[str, str], who: tuple[str, ...]
) -> None:
    keeping.reschedule("logs", action="review", owner=owner)
    keeping.log()
    keeping.wait(31)
    (one,) = (one for one in keeping.by("ben").due() if one.what == "retention")
    assert one.who == who
    assert "1 record of class logs to decide about" in one.sentence
    assert one.on == keeping.firm.ada.today()


def test_classes_that_contradict_themselves_wait_without_a_day(keeping: Keeping) -> None:
    keeping.log()
    keeping.reschedule("logs", maximum={"period": "10 days", "mandate": "A law"})
    keeping.wait(31)
    (one,) = (one for one in keeping.by("ben").due() if one.what == "retention")
    assert (one.on, one.overdue_days) == (None, 0)
    assert "that wait for a decision: " in one.sentence


def test_a_hold_is_looked_at_again(keeping: Keeping) -> None:
    number, day = keeping.log(), keeping.firm.ada.today() + timedelta(days=100)
    kim = keeping.by("kim")
    kim.hold_place(matter="Claim", reason="A letter", records=[number], review_on=day)
    assert waits(keeping, "hold") == []
    assert [late for _, _, late in waits(keeping, "hold", day + timedelta(days=4))] == [4]
    kim.hold_lift("H-1", reason="Settled")
    assert waits(keeping, "hold", day) == []


def test_a_disposal_waits_for_another_person_and_for_its_window(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    (item, sentence, _), *_ = waits(keeping, "retention")
    assert (item, sentence.startswith("1 record of class logs")) == ("logs", True)
    keeping.by("ria").retention_propose(number)
    assert waits(keeping, "retention") == []
    (waiting,) = (one for one in keeping.by("ben").due() if one.what == "disposal")
    assert waiting.who == ("rob",)
    keeping.by("rob").retention_authorise("D-1")
    (waiting,) = (one for one in keeping.by("ben").due() if one.what == "disposal")
    assert waiting.on == keeping.firm.ada.today() + timedelta(days=2)
    assert "retention run D-1" in waiting.sentence
    keeping.wait(2)
    keeping.by("ria").retention_run("D-1")
    assert waits(keeping, "disposal") == []


# --- exceptions ---------------------------------------------------------------------------------


def test_late_entries_are_shown_by_form_and_person(keeping: Keeping) -> None:
    today, ben = keeping.firm.ada.today(), keeping.by("ben")
    for days in (3, 30, 40, 50, 60):
        late = Circumstances(on=today - timedelta(days=days), late_reason=f"{days} days in a box")
        ben.record_capture("FRM-001", RECORD, circumstances=late)
    (line,) = (one for one in ben.exceptions() if one.kind == "late-entry")
    assert line.subject == "FRM-001"
    assert "FRM-001-0002, FRM-001-0003, FRM-001-0004 and 1 more records" in line.sentence
    assert "60 days at the most (FRM-001-0005: 60 days in a box)" in line.sentence


def test_what_is_entered_for_somebody_is_shown(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    for whom in ("eva", "eva", "cat"):
        ben.record_capture("FRM-001", RECORD, circumstances=Circumstances(entered_for=whom))
    said = [one.sentence for one in ben.exceptions() if one.kind == "entered-for"]
    assert said == [
        "ben entered FRM-001-0001 and FRM-001-0002 for eva, who did not sign",
        "ben entered FRM-001-0003 for cat, who did not sign",
    ]


# --- changes and histories ----------------------------------------------------------------------


def test_changes_tell_of_records_holds_and_disposals(keeping: Keeping) -> None:
    first = keeping.log()
    keeping.by("ben").record_amend(first, {"site": "Oslo"}, reason="Wrong site")
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[first])
    keeping.by("kim").hold_lift("H-1", reason="Settled")
    keeping.wait(31)
    since = keeping.firm.ada.today()
    keeping.disposed(first)
    kinds = [one.type for one in keeping.by("ben").changes(since=since)]
    assert kinds == ["disposal_proposed", "disposal_authorised", "disposed", "disposal_certified"]
    before = keeping.by("ben").changes(since=since - timedelta(days=31), until=since - timedelta(1))
    kept = [(one.item, one.type) for one in before if one.item in {first, "H-1"}]
    assert kept == [(first, "captured"), (first, "amended"), ("H-1", "hold_placed"),
                    ("H-1", "hold_lifted")]  # fmt: skip
    assert [one.time for one in before] == sorted(one.time for one in before)


def test_records_holds_and_disposals_have_histories(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[number])
    keeping.by("kim").hold_lift("H-1", reason="Settled")
    keeping.wait(31)
    keeping.disposed(number)
    ben, store = keeping.by("ben"), keeping.firm.ada.store
    for item, kinds in {
        number: ["captured", "disposed"],
        "H-1": ["hold_placed", "hold_lifted"],
        "D-1": ["disposal_proposed", "disposal_authorised", "disposal_certified"],
    }.items():
        entries = ben.history(item)
        assert [one.type for one in entries] == kinds
        for one in entries:
            assert store.reader.entry(store.head(), one.path) is not None
    note = ben.history(number)[0].note
    assert note.startswith("happened on 2026-")
    assert "site: Bergen" in note
    assert "commitment" not in note
    assert "records: FRM-001-0001" in ben.history("D-1")[0].note
    with pytest.raises(NotFoundError, match="document, record, hold, disposal or request"):
        ben.history("NC-2026-99")


# --- what bears a number ------------------------------------------------------------------------


def test_whatever_bears_a_number_is_found(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[number])
    second = keeping.log()
    keeping.wait(31)
    keeping.by("ria").retention_propose(second)
    ben = keeping.by("ben")
    assert isinstance(ben.find(number), RecordShown)
    assert isinstance(ben.find("H-1"), HoldShown)
    assert isinstance(ben.find("D-1"), DisposalShown)
    assert ben.find("FRM-001") == ben.show("FRM-001")
    assert "What: A leak" in told(keeping, "show", number.lower())
    assert "H-1: Claim" in told(keeping, "show", "H-1")
    assert "D-1: proposed" in told(keeping, "show", "D-1")
    assert "captured" in told(keeping, "history", number)


@pytest.mark.parametrize(
    ("number", "hint"),
    [("FRM-001-0001", "record show"), ("H-1", "hold show"), ("D-1", "retention show")],
)
def test_what_is_no_document_says_what_it_is(keeping: Keeping, number: str, hint: str) -> None:
    keeping.log()
    keeping.wait(31)
    keeping.by("ria").retention_propose("FRM-001-0001")
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=["FRM-001-0001"])
    with pytest.raises(NotFoundError) as caught:
        keeping.by("ben").show(number, revision="1")
    assert f"docctl {hint} {number}" in caught.value.hint
    with pytest.raises(NotFoundError):
        keeping.by("ben").show("PRO-999")


def test_where_a_form_is_used_counts_its_records(keeping: Keeping) -> None:
    assert "records" not in told(keeping, "where", "FRM-002")
    for _ in range(2):
        keeping.by("ben").record_capture("FRM-002", RECORD)
    keeping.log()
    said = told(keeping, "where", "FRM-002")
    assert "2 records made on it, 2 open: docctl record list --form FRM-002" in said


def test_search_finds_records_by_what_identifies_them(keeping: Keeping) -> None:
    first, second = keeping.log(), keeping.log(site="Oslo")
    ben = keeping.by("ben")
    hits = [one for one in ben.search("bergen") if one.kind == "record"]
    assert [(one.number, one.title, one.state, one.excerpt) for one in hits] == [
        (first, "Form of logs", "closed", "site Bergen")
    ]
    assert [one.number for one in ben.search(f'"{second}" oslo')] == [second]
    assert [one.number for one in ben.search("frm-001-000") if one.kind == "record"] == [
        second, first,
    ]  # fmt: skip
    assert ben.search("leak") == []  # it stands in the vault
    assert ben.search('""') == []
    assert f"{first} Form of logs (a record, closed)" in told(keeping, "search", "Bergen")
