"""What a thief of the store writes past every rule, `verify` reports."""

from datetime import timedelta
from typing import Any

import pytest
from archive import Keeping
from forging import forged
from office import Key

from docctl.desk.recording.telling.contents import payload
from docctl.model.records.hold import DisposalAuthorisedData, DisposalProposedData
from docctl.model.records.record import Attached, ClosedData, DisposedData, Plain, Stub
from docctl.rules.records.chain import data_of
from docctl.rules.records.record import Record, remains_of


def put_in(keeping: Keeping, kind: str, item: str, data: Any, *, by: str, **more: Any) -> str:
    """Write an event that stands where it belongs and is signed, and return its digest."""
    bench = keeping.firm.ada.bench
    when = more.pop("time", bench.desk.ledger.newest(bench.head).time + timedelta(minutes=1))
    said = {"signer": by, "role": "records", "tool": "git", "time": when, **more}
    event = forged(bench, kind, item, data, key=Key(by), **said)
    summary = f"{item}: {kind} by {by}\n"
    keeping.firm.ada.store.land(event.files, message=summary, author=by, when=when)
    return event.digest


@pytest.fixture
def due(keeping: Keeping) -> tuple[Keeping, str, str]:
    """A record that is due, and a proposal that nobody has authorised."""
    number = keeping.log()
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(number).disposal
    return keeping, number, made


def refused(keeping: Keeping) -> list[str]:
    return [one.sentence for one in keeping.firm.ada.verify().problems if one.code != "wrong-time"]


def test_a_record_that_nobody_has_authorised_to_go(due: tuple[Keeping, str, str]) -> None:
    keeping, number, made = due
    data = DisposedData(disposal=made, authorised="0" * 64, action="destroy")
    put_in(keeping, "disposed", number, data, by="ria")
    assert any("nobody has authorised" in one for one in refused(keeping))


def test_an_authorisation_by_who_has_proposed(due: tuple[Keeping, str, str]) -> None:
    keeping, _, made = due
    data = DisposalAuthorisedData(not_before=keeping.firm.ada.today())
    put_in(keeping, "disposal_authorised", made, data, by="ria")
    assert any("proposed" in one for one in refused(keeping))


def test_a_record_that_goes_under_a_hold(due: tuple[Keeping, str, str]) -> None:
    keeping, number, made = due
    keeping.by("rob").retention_authorise(made)
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[number])
    keeping.wait(3)
    keeping.log()
    disposal = keeping.firm.ada.bench.archive().disposal(made)
    assert disposal
    assert disposal.authorised
    data = DisposedData(disposal=made, authorised=disposal.authorised.digest, action="destroy")
    put_in(keeping, "disposed", number, data, by="ria")
    assert any("is held by H-1" in one for one in refused(keeping))


def test_a_proposal_of_what_is_not_due(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(number).disposal
    items = keeping.firm.ada.bench.archive().disposal(made).items  # type: ignore[union-attr]
    fresh = keeping.log()
    record = keeping.firm.ada.bench.archive().record(fresh)
    assert record
    item = items[0].but(record=fresh, last=record.chain.last, stubs=record.stubs)
    data = DisposalProposedData(items=(item,), schedule="CONTROL 2")
    put_in(keeping, "disposal_proposed", "D-2", data, by="rob")
    assert any("may not go" in one for one in refused(keeping))


def test_a_hold_that_somebody_else_lifts(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[number])
    put_in(keeping, "hold_lifted", "H-1", Plain(), by="ben", reason="I want to")
    assert any("ben" in one for one in refused(keeping))


def test_a_record_that_is_closed_before_it_happened(keeping: Keeping) -> None:
    number = (
        keeping.by("ben").record_capture("FRM-002", {"site": "Oslo", "what": "A leak"}).entry.record
    )
    keeping.by("ben").record_add(number, "analysed", {"cause": "A seal"})
    past = keeping.firm.ada.today() - timedelta(days=4000)
    put_in(keeping, "closed", number, ClosedData(closed_on=past), by="ben", role="holder")
    assert any("lies before what the record tells of" in one for one in refused(keeping))


def test_a_payload_of_another_record(keeping: Keeping) -> None:
    keeping.log()
    keeping.log()
    one, other = sorted(path for path in keeping.payloads() if "vault-keys" not in str(path))
    mine, yours = one.read_bytes(), other.read_bytes()
    one.write_bytes(yours)
    other.write_bytes(mine)
    assert keeping.codes() == ["altered-payload", "altered-payload"]


def left_over(keeping: Keeping, said: bytes) -> None:
    """Let a record be made anonymous by hand; what remains of it is said by who does it."""
    keeping.reschedule("logs", action="anonymise", removes=("what",))
    record = anonymous(keeping, keeping.log(), said)
    keeping.firm.ada.bench.vault.undo(record.stubs)


def anonymous(keeping: Keeping, number: str, said: bytes) -> Record:
    """Let a record be made anonymous by hand, and leave what it said; return it as it was."""
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(number).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(3)
    keeping.log()
    bench = keeping.firm.ada.bench
    disposal, record = bench.archive().disposal(made), bench.archive().record(number)
    assert disposal
    assert disposal.authorised
    assert record
    data = DisposedData(
        disposal=made,
        authorised=disposal.authorised.digest,
        action="anonymise",
        remains=bench.vault.put(remains_of(number), said),
        removed=("what",),
    )
    put_in(keeping, "disposed", number, data, by="ria")
    return record


BESIDE = (Attached(name="photo.jpg", stub=Stub(commitment="0" * 64, size=1)),)


@pytest.mark.parametrize(
    ("said", "code", "sentence"),
    [
        (payload({"site": "Bergen", "what": "A leak"}), "not-anonymous", "still says 'what'"),
        (payload({"site": "Bergen"}, BESIDE), "not-anonymous", "a file still lies beside"),
        (b"no content", "altered-payload", "what remains of it cannot be read"),
    ],
    ids=["a field", "a file", "no content"],
)
def test_a_record_that_is_called_anonymous_and_is_not(
    keeping: Keeping, said: bytes, code: str, sentence: str
) -> None:
    left_over(keeping, said)
    (problem,) = keeping.firm.ada.verify().problems
    assert problem.code == code
    assert sentence in problem.sentence


def test_remains_that_are_sound_are_no_problem_until_they_are_gone(keeping: Keeping) -> None:
    left_over(keeping, payload({"site": "Bergen"}))
    assert keeping.codes() == []
    for path in keeping.payloads():
        path.unlink()
    assert {*keeping.codes()} == {"missing-payload"}


def test_an_original_that_says_nothing_readable_is_no_measure_of_what_remains(
    keeping: Keeping,
) -> None:
    keeping.reschedule("logs", action="anonymise", removes=("what",))
    first = keeping.log()
    bench = keeping.firm.ada.bench
    like = bench.archive().record(first)
    assert like
    event, number = like.captured.event, "FRM-001-0002"
    data = data_of(like.captured).model_copy(
        update={"payload": bench.vault.put(number, b"no content")}
    )
    put_in(keeping, "captured", number, data, by=event.signer, role=event.role)
    anonymous(keeping, number, payload({"site": "Bergen"}))
    assert "altered-payload" not in keeping.codes()
