"""Somebody with a key that counts writes into the store what no command would: nothing goes by it.

Each of these is one lie in an otherwise lawful history, and what would be destroyed for it stays.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from archive import LOG, RECORD, SCHEDULE, Keeping
from office import Key
from quiet import OLA, Quiet
from test_records_forged import put_in

from docctl import Form
from docctl.desk.recording.telling.contents import payload
from docctl.errors import HoldError, RetentionError
from docctl.model.control import CONTROL
from docctl.model.records.record import CapturedData, DisposedData, Stub
from docctl.rules.records import Record
from docctl.rules.records.record import remains_of

FIELDS: dict[str, Any] = {
    "properties": {"site": {"type": "string"}, "who": {"type": "string"}},
    "required": ["site", "who"],
}


def forge(keeping: Keeping, kind: str, item: str, data: Any, *, by: str, **more: Any) -> None:
    """Write an event at this very time."""
    now = keeping.firm.clock.now
    put_in(keeping, kind, item, data, by=by, **{"time": now, "date": now.date(), **more})


def record(keeping: Keeping, number: str) -> Record:
    found = keeping.firm.ada.bench.archive().record(number)
    assert found
    return found


def authorised(keeping: Keeping, number: str) -> str:
    """Let two persons decide that a record may go, and the window be over."""
    made = keeping.by("ria").retention_propose(number).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    return made


@pytest.fixture
def personal(keeping: Keeping) -> tuple[Keeping, str, str]:
    """A record whose data of persons are to go, and the disposal that says so."""
    keeping.reschedule("logs", action="anonymise")
    form = keeping.form("logs", FIELDS, personal=["who"])
    said = {"site": "Oslo", "who": "Ola Nordmann"}
    number = keeping.by("ben").record_capture(form, said).entry.record
    keeping.wait(31)
    return keeping, number, authorised(keeping, number)


def disposed(keeping: Keeping, number: str, made: str, remains: Stub) -> None:
    disposal = keeping.firm.ada.bench.archive().disposal(made)
    assert disposal
    assert disposal.authorised
    data = DisposedData(
        disposal=made,
        authorised=disposal.authorised.digest,
        action="anonymise",
        remains=remains,
        removed=("who",),
    )
    forge(keeping, "disposed", number, data, by="ria")


def test_what_remains_of_a_record_is_what_it_said(personal: tuple[Keeping, str, str]) -> None:
    keeping, number, made = personal
    vault = keeping.firm.ada.bench.vaults.own
    forged = vault.put(remains_of(number), payload({"site": "Bergen"}))
    before = {*keeping.payloads()}
    disposed(keeping, number, made, forged)

    assert "altered-payload" in keeping.codes()
    with pytest.raises(RetentionError, match="is not what it said"):
        keeping.by("ria").retention_run(made)
    assert before <= {*keeping.payloads()}


def test_what_remains_of_a_record_is_there_before_the_rest_goes(
    personal: tuple[Keeping, str, str],
) -> None:
    keeping, number, made = personal
    before = {*keeping.payloads()}
    disposed(keeping, number, made, Stub(commitment="5" * 64, size=40))

    assert "missing-payload" in keeping.codes()
    with pytest.raises(RetentionError, match="is not there"):
        keeping.by("ria").retention_run(made)
    assert before <= {*keeping.payloads()}


def capture_of(keeping: Keeping, like: str, stub: Stub) -> str:
    """Write a record of the logs that names a payload which is another's."""
    data = record(keeping, like).captured.event.data  # type: ignore[attr-defined]
    assert isinstance(data, CapturedData)
    today = keeping.firm.ada.today()
    decoy = f"{data.form}-9000"
    said = data.but(payload=stub, event_on=today)
    forge(keeping, "captured", decoy, said, by="ben", role="holder")
    return decoy


def test_what_remains_of_a_record_goes_with_no_other(personal: tuple[Keeping, str, str]) -> None:
    keeping, number, made = personal
    keeping.by("ria").retention_run(made)
    keeping.reschedule("logs", action="destroy")
    left = record(keeping, number).remains
    assert left
    decoy = capture_of(keeping, keeping.log(), left)
    keeping.wait(31)

    with pytest.raises(RetentionError, match=f"a payload of {number}"):
        keeping.by("ria").retention_run(authorised(keeping, decoy))
    assert keeping.by("ria").record_show(number).fields == {"site": "Oslo"}


def test_a_payload_of_a_record_under_hold_goes_with_no_other(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[number])
    decoy = capture_of(keeping, number, record(keeping, number).stubs[0])
    keeping.wait(31)

    with pytest.raises(RetentionError, match=f"a payload of {number}"):
        keeping.by("ria").retention_run(authorised(keeping, decoy))
    assert keeping.by("ria").record_show(number).fields == RECORD


def test_a_record_does_not_go_by_the_date_of_tomorrow(keeping: Keeping) -> None:
    """The day of an event is one that some clock shows: nothing ends a window before its time."""
    number = keeping.log()
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(number).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(1)
    disposal = keeping.firm.ada.bench.archive().disposal(made)
    assert disposal
    assert disposal.authorised
    data = DisposedData(disposal=made, authorised=disposal.authorised.digest, action="destroy")
    tomorrow = (keeping.firm.clock.now + timedelta(days=1)).date()
    forge(keeping, "disposed", number, data, by="ria", date=tomorrow)

    assert "bad-date" in keeping.codes()
    with pytest.raises(RetentionError, match="nothing is destroyed"):
        keeping.by("ria").retention_run(made)


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[tuple[Quiet, str]]:
    """A library whose names the vault keeps; somebody who left has captured a held record."""
    quiet = Quiet.found(tmp_path / "acme")
    kari, ola = quiet.kari, quiet.kari.person_found(OLA)
    kari.person_role(ola, "management")
    kari.person_add(None, "Per Lie", key=Key("per").public_key, roles=["records"])
    per = kari.acting(Key("per"))
    per.person_accept()
    kari.control_change(kari.control().but(retention=SCHEDULE), reason="A schedule")
    kari.submit(CONTROL)
    quiet.ola.approve(CONTROL)
    per.approve(CONTROL)
    kari.release(CONTROL)
    said = {"fields": LOG, "retention": "logs", "identifiers": ["site"]}
    form = kari.new(Form(title="Log", record=said), "## Form\n\nFill it in.\n").number
    kari.submit(form)
    quiet.ola.approve(form)
    kari.release(form)
    number = quiet.ola.record_capture(form, RECORD).entry.record
    quiet.ola.hold_place(matter="Claim", reason="A letter", records=[number])
    kari.person_leave(ola)
    yield quiet, ola
    kari.close()


def test_the_name_of_a_witness_goes_by_no_command(witness: tuple[Quiet, str]) -> None:
    quiet, ola = witness
    with pytest.raises(HoldError):
        quiet.kari.person_erase(ola, reason="Asked for")
    assert OLA in {one.name for one in quiet.kari.people()}


def test_the_name_of_a_witness_that_was_let_go_in_the_store_stays_in_the_vault(
    witness: tuple[Quiet, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet, ola = witness
    before = {path for path in quiet.files() if path.startswith("vault")}
    with monkeypatch.context() as lying:
        lying.setattr("docctl.rules.records.check_erasure", lambda *_: None)
        quiet.kari.act("person_erase", ola, reason="Asked for")

    assert {"refused", "returned-name"} == {*quiet.codes()}
    for act in (quiet.kari.vault_sweep, lambda: quiet.kari.person_erase(ola, reason="Again")):
        with pytest.raises(RetentionError, match="nothing is destroyed"):
            act()
    assert before == {path for path in quiet.files() if path.startswith("vault")}
