"""A record from its capture to its certificate."""

from datetime import date, timedelta

import pytest
from archive import RECORD, Keeping
from office import Key
from test_records_forged import put_in

from docctl import Circumstances
from docctl.desk.recording.made import Made
from docctl.errors import (
    DateError,
    HoldError,
    IllegalMoveError,
    IncompleteError,
    InputError,
    NotAuthorisedError,
    RetentionError,
    SeparationOfDutiesError,
)
from docctl.model.records.hold import DisposalAuthorisedData
from docctl.rules.records import Record


def test_a_record_says_what_was_captured_and_verifies(keeping: Keeping) -> None:
    shown = keeping.by("ben").record_capture("FRM-001", RECORD, attachments={"a.txt": b"A file"})
    assert shown.entry.record == "FRM-001-0001"
    assert (shown.fields, shown.entry.status) == (RECORD, "closed")
    assert shown.entry.identifiers == {"site": "Bergen"}
    assert keeping.codes() == []
    to = keeping.firm.root.parent / "a.txt"
    assert keeping.by("ben").record_file("FRM-001-0001", "a.txt", to).read_bytes() == b"A file"


def test_nothing_of_what_a_record_says_stands_in_the_history(keeping: Keeping) -> None:
    number = keeping.log(what="Ola Nordmann fell")
    store = keeping.firm.ada.store
    every = [data for _, data in _files(store, store.head())]
    assert any(number.encode() in one for one in every)
    assert not any(b"Ola" in one for one in every)


def _files(store: object, head: object) -> list[tuple[str, bytes]]:
    reader = store.reader  # type: ignore[attr-defined]
    paths = dict(reader.walk(reader.commit(head).tree))
    return list(zip(paths, reader.read_many(paths.values()), strict=True))


def test_every_fault_of_a_record_is_named_at_once(keeping: Keeping) -> None:
    wrong = {"site": "Paris", "weight": "heavy", "colour": "red"}
    with pytest.raises(IncompleteError) as caught:
        keeping.by("ben").record_capture("FRM-001", wrong)
    assert len(caught.value.faults) == 4
    assert keeping.payloads() == []


def test_a_record_with_steps_stays_open_until_they_are_entered(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    number = ben.record_capture("FRM-002", RECORD).entry.record
    assert number == "NC-2026-1"
    with pytest.raises(IncompleteError, match="Analysis"):
        ben.record_close(number)
    ben.record_add(number, "analysed", {"cause": "A worn seal"})
    with pytest.raises(Exception, match="entered already"):
        ben.record_add(number, "analysed", {"cause": "Something else"})
    shown = ben.record_close(number)
    assert shown.fields["cause"] == "A worn seal"
    assert shown.due.due_since is not None
    assert shown.due.due_since.isoformat() == "2037-01-01"
    assert "+ 10 years, end of calendar year" in shown.due.explanation
    assert keeping.codes() == []


def test_an_amendment_shows_what_stood_there_before(keeping: Keeping) -> None:
    number = keeping.log()
    shown = keeping.by("ben").record_amend(number, {"site": "Oslo"}, reason="Wrong site")
    assert (shown.fields["site"], shown.entry.identifiers) == ("Oslo", {"site": "Oslo"})
    last = shown.statements[-1]
    assert (last.type, last.was, last.reason) == ("amended", {"site": "Bergen"}, "Wrong site")
    with pytest.raises(NotAuthorisedError):
        keeping.by("eva").record_amend(number, {"site": "Bergen"}, reason="I think so")


def test_a_late_entry_needs_a_reason(keeping: Keeping) -> None:
    long_ago = keeping.firm.ada.today() - timedelta(days=30)
    with pytest.raises(DateError, match="days ago"):
        keeping.by("ben").record_capture(
            "FRM-001", RECORD, circumstances=Circumstances(on=long_ago)
        )
    late = Circumstances(on=long_ago, late_reason="The paper was found today")
    shown = keeping.by("ben").record_capture("FRM-001", RECORD, circumstances=late)
    assert shown.statements[0].late
    assert keeping.codes() == []


# --- disposal -----------------------------------------------------------------------------------


def test_nothing_goes_before_its_time(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(30)
    with pytest.raises(RetentionError, match="not due"):
        keeping.by("ria").retention_propose(number)


def test_two_persons_and_a_window_stand_before_a_destruction(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    ria = keeping.by("ria")
    made = ria.retention_propose(number).disposal
    with pytest.raises(RetentionError, match="nobody has authorised"):
        ria.retention_run(made)
    with pytest.raises(SeparationOfDutiesError):
        ria.retention_authorise(made)
    with pytest.raises(NotAuthorisedError):
        keeping.by("eva").retention_authorise(made)
    keeping.by("rob").retention_authorise(made)
    with pytest.raises(DateError, match="window"):
        ria.retention_run(made)
    assert keeping.by("ben").record_show(number).fields == RECORD
    keeping.wait(2)
    shown = ria.retention_run(made)
    assert [one.result for one in shown.outcomes] == ["destroyed"]
    assert keeping.payloads() == []
    assert keeping.codes() == []
    assert keeping.by("ben").record_show(number).fields == {}


def test_a_held_record_stays_whatever_its_time(keeping: Keeping) -> None:
    number, other = keeping.log(), keeping.log(site="Oslo")
    kim = keeping.by("kim")
    hold = kim.hold_place(matter="Claim 17", reason="A letter", where="site=Bergen")
    assert hold.records == (number,)
    later = keeping.log()
    keeping.wait(31)
    ria = keeping.by("ria")
    for held in (number, later):
        with pytest.raises(RetentionError, match="held by H-1"):
            ria.retention_propose(held)
    assert ria.retention_propose().records == (other,)
    kim.hold_lift(hold.hold, reason="Settled")
    assert ria.retention_propose().records == (number, later)


def test_a_hold_that_is_placed_before_the_run_is_respected(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(number).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[number])
    keeping.wait(2)
    shown = keeping.by("ria").retention_run(made)
    assert [one.result for one in shown.outcomes] == ["held"]
    assert keeping.by("ben").record_show(number).fields == RECORD
    assert keeping.codes() == []


def test_an_unknown_trigger_means_not_due(keeping: Keeping) -> None:
    form = keeping.form("contracts", {"properties": {"site": {"type": "string"}}})
    number = keeping.by("ben").record_capture(form, {"site": "Oslo"}).entry.record
    keeping.wait(4000)
    (found,) = keeping.by("ria").retention_due()
    assert (found.state, found.missing) == ("trigger_missing", ("contract_ended",))
    today = keeping.firm.ada.today()
    keeping.by("ria").record_fact(
        number, fact="contract_ended", on=today - timedelta(days=3000), reason="A letter"
    )
    (found,) = keeping.by("ria").retention_due()
    assert found.state == "running"
    assert "the later day counts" in found.explanation


def test_what_was_destroyed_cannot_be_changed(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    keeping.disposed(number)
    with pytest.raises(IllegalMoveError):
        keeping.by("ria").record_reopen(number, reason="Why not")


def test_a_payload_that_is_gone_or_back_is_reported(keeping: Keeping) -> None:
    number = keeping.log()
    (payload, key) = sorted(keeping.payloads(), key=lambda one: "vault-keys" in str(one))
    data, secret = payload.read_bytes(), key.read_bytes()
    payload.unlink()
    assert keeping.codes() == ["missing-payload"]
    payload.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert keeping.codes() == ["altered-payload"]
    payload.write_bytes(data)
    assert keeping.codes() == []
    keeping.wait(31)
    keeping.disposed(number)
    payload.write_bytes(data)
    key.write_bytes(secret)
    assert keeping.codes() == ["returned-payload"]


def test_holds_refuse_a_proposal_by_name(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[number])
    assert keeping.by("ben").record_show(number).entry.holds == ("H-1",)
    assert HoldError(number, ("H-1",)).holds == ("H-1",)


def test_a_record_that_is_named_twice_is_proposed_once(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)

    made = keeping.by("ria").retention_propose(number, number)

    assert made.records == (number,)


# --- what must not happen -------------------------------------------------------------------------


def test_a_payload_of_another_record_is_never_destroyed(keeping: Keeping) -> None:
    """Whoever names a payload that belongs to another record gets nobody to destroy it."""
    ben = keeping.by("ben")
    kept = ben.record_capture("FRM-002", RECORD).entry.record
    archive = keeping.firm.ada.bench.archive()
    stub = archive.record(kept).stubs[0]  # type: ignore[union-attr]
    number = keeping.log()
    data = archive_of(keeping, number).captured.event.data.but(payload=stub)  # type: ignore[attr-defined]
    ben.act("record_capture", (Made("FRM-001-0002", data),))
    keeping.wait(31)
    made = keeping.by("ria").retention_propose("FRM-001-0002").disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    with pytest.raises(RetentionError, match="names a payload of NC-2026-1"):
        keeping.by("ria").retention_run(made)
    assert ben.record_show(kept).fields == RECORD


def archive_of(keeping: Keeping, number: str) -> Record:
    found = keeping.firm.ada.bench.archive().record(number)
    assert found
    return found


def test_nothing_is_destroyed_by_a_history_with_problems(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(number).disposal
    data = DisposalAuthorisedData(not_before=keeping.firm.ada.today())
    put_in(keeping, "disposal_authorised", made, data, by="ria")
    keeping.wait(1)
    with pytest.raises(RetentionError, match="the history has"):
        keeping.by("ria").retention_run(made)
    assert keeping.by("ben").record_show(number).fields == RECORD


def test_a_hold_covers_what_a_later_step_says(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    number = ben.record_capture("FRM-002", RECORD).entry.record
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", where="cause~seal")
    ben.record_add(number, "analysed", {"cause": "A worn seal"})
    assert ben.record_show(number).entry.holds == ("H-1",)


def test_a_hold_covers_what_cannot_be_read_now(keeping: Keeping) -> None:
    number = keeping.log()
    vault = keeping.firm.root / "vault"
    vault.rename(vault.with_name("offline"))
    held = keeping.by("kim").hold_place(matter="Claim", reason="A letter", where="what~nothing")
    assert held.records == (number,)


@pytest.mark.parametrize(
    ("asked", "said"),
    [("stie=Oslo", "did you mean 'site'"), ("status=open", "changes in the life")],
)
def test_a_hold_is_not_placed_on_what_nothing_answers(
    keeping: Keeping, asked: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        keeping.by("kim").hold_place(matter="Claim", reason="A letter", where=asked)
    assert said in f"{caught.value} {caught.value.hint}"


def test_a_refused_capture_leaves_nothing_that_a_scrub_minds(keeping: Keeping) -> None:
    keeping.log()
    with pytest.raises(DateError):
        keeping.by("ben").record_capture(
            "FRM-001", RECORD, circumstances=Circumstances(on=date(2020, 1, 1))
        )
    found = keeping.firm.ada.vault_scrub()
    assert (found.sound, found.strangers, found.leftovers) == (True, (), 1)


@pytest.mark.parametrize("given", [{"what": "\ud800"}, {"what": [[]] * 3}, {"what": float("nan")}])
def test_odd_values_are_refused(keeping: Keeping, given: dict[str, object]) -> None:
    with pytest.raises((InputError, IncompleteError)):
        keeping.by("ben").record_capture("FRM-001", {**RECORD, **given})


def test_an_old_statement_about_a_record_does_not_land(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    number = ben.record_capture("FRM-002", RECORD).entry.record
    ben.record_add(number, "analysed", {"cause": "A worn seal"})
    prepared = ben.prepare("record_close", number)
    keeping.wait(2)
    with pytest.raises(DateError, match="more than a day ago"):
        ben.land(prepared, Key("ben").sign(prepared.message))
