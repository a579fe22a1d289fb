"""What `verify` says of records, their payloads and the schedule."""

import shutil
from pathlib import Path

import pytest
from archive import RECORD, SCHEDULE, Keeping
from office import Key
from test_records_forged import put_in

from docctl.desk.recording.made import Circumstances
from docctl.desk.verbs import approval
from docctl.errors import VaultError
from docctl.model.control import CONTROL
from docctl.model.records.record import DisposedData
from docctl.store.reading.reader import Reader
from docctl.verify import verify
from docctl.verify.archive import _said
from docctl.verify.whole import verify_since


def test_a_disposal_that_is_not_carried_out_yet_is_told(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(number).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    keys = keeping.firm.root / "vault-keys"
    away = keys.rename(keys.with_name("away"))
    with pytest.raises(VaultError, match="vault-keys"):
        keeping.by("ria").retention_run(made)
    away.rename(keys)
    (found,) = keeping.firm.ada.verify().problems
    assert (found.code, found.severity) == ("unfinished-disposal", "advice")
    keeping.by("ria").retention_run(made)
    assert keeping.codes() == []


def test_a_form_that_cannot_be_read_defines_nothing() -> None:
    assert _said(b'{"record": {"fields": 1}}', "FRM-001") is None
    assert _said(b"{", "FRM-001") is None


def test_a_record_of_a_form_that_says_something_else_is_refused(keeping: Keeping) -> None:
    number = keeping.log()
    record = keeping.firm.ada.bench.archive().record(number)
    assert record
    data = record.captured.event.data.but(form_content="0" * 64)  # type: ignore[attr-defined]
    put_in(keeping, "captured", "FRM-001-0002", data, by="ben", role="holder")
    told = [one.sentence for one in keeping.firm.ada.verify().problems]
    assert any("no definition of records in FRM-001" in one for one in told)


def test_records_that_others_refer_to_go_after_the_last_of_them(keeping: Keeping) -> None:
    keeping.reschedule("logs", trigger="dependants")
    ben, first = keeping.by("ben"), keeping.log()
    ben.record_capture("FRM-001", RECORD, circumstances=Circumstances(related=(first,)))
    keeping.wait(31)
    made = keeping.disposed(first)
    assert [one.result for one in ben.retention_show(made).outcomes] == ["destroyed"]
    assert keeping.codes() == []


def test_a_vault_that_cannot_be_reached_is_told_once_for_all_records(keeping: Keeping) -> None:
    first, _, _ = [keeping.log() for _ in range(3)]
    keys = keeping.firm.root / "vault-keys"
    keys.rename(keys.with_name("elsewhere"))
    (told,) = keeping.firm.ada.verify().problems
    assert (told.code, told.place) == ("unreadable-vault", "vault")
    assert "vault-keys cannot serve: No such file" in told.sentence
    assert told.sentence.endswith(f"records not looked at: 3, beginning with {first}")
    assert "docctl verify --history-only" in told.hint
    assert keeping.firm.ada.verify(history_only=True).problems == ()


def test_a_schedule_that_records_has_not_approved_is_told(keeping: Keeping) -> None:
    """Whoever leaves the role out of the submission is found out at the release."""
    ada = keeping.firm.ada
    shorter = (SCHEDULE[0].but(period="1 year"), *SCHEDULE[1:])
    ada.control_change(ada.control().but(retention=shorter), reason="Shorter")
    silent = approval.submit(CONTROL, change="content", planned_on=None)
    made = ada.bench.desk.prepare([silent], key=Key("ada").public_key)
    ada.land(made, Key("ada").sign(made.message))
    keeping.by("kim").approve(CONTROL)
    ada.release(CONTROL)
    assert keeping.codes() == ["unapproved-schedule"]


def test_a_change_that_leaves_the_schedule_alone_needs_no_keeper_of_records(
    keeping: Keeping,
) -> None:
    ada = keeping.firm.ada
    ada.control_change(ada.control().but(notice="A sample"), reason="A notice")
    assert "rob" not in str(ada.submit(CONTROL).waiting_for)


def test_what_came_since_a_known_commit_is_verified_alone(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", where="site=Oslo")
    known = keeping.firm.head
    keeping.wait(31)
    keeping.disposed(number)
    reader = Reader(keeping.firm.ada.store.reader.git)
    found = verify_since(reader, known, until=keeping.firm.head)
    assert found.problems == ()
    assert found.events == 4


def test_payloads_are_looked_for_only_where_a_vault_is_given(keeping: Keeping) -> None:
    keeping.log()
    for path in keeping.payloads():
        path.unlink()
    reader = Reader(keeping.firm.ada.store.reader.git)
    assert verify(reader).problems == ()
    told: list[tuple[int, int]] = []
    vaults = keeping.firm.ada.bench.vaults.of
    found = verify(reader, vaults=vaults, progress=lambda *one: told.append(one))
    assert [one.code for one in found.problems] == ["missing-payload"]
    assert told[-1] == (1, 1)
    assert found.records == 1


def test_an_event_of_nothing_that_was_begun_is_refused_and_passed_over(keeping: Keeping) -> None:
    bench = keeping.firm.ada.bench
    data = DisposedData(disposal="D-9", authorised="0" * 64, action="destroy")
    put_in(keeping, "disposed", "FRM-001-0009", data, by="ria")
    assert any("before it was begun" in one.sentence for one in keeping.firm.ada.verify().problems)
    assert bench.archive().disposal("D-9") is None


def test_a_sweep_leaves_what_the_history_has_never_named(keeping: Keeping, place: Path) -> None:
    """Whoever sweeps with a store that is behind would else destroy the newest records."""
    goes = keeping.log()
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(goes).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    vault = keeping.firm.root / "vault"
    shutil.copytree(vault, place / "backup")
    keeping.by("ria").retention_run(made)
    shutil.copytree(place / "backup", vault, dirs_exist_ok=True)
    newer = keeping.firm.ada.bench.vault.put("FRM-001-0099", b"of a newer history")

    swept = keeping.firm.ada.vault_sweep().strangers
    assert swept
    assert keeping.codes() == []
    kept = keeping.firm.ada.bench.vault
    assert b"".join(kept.read("FRM-001-0099", newer)) == b"of a newer history"
    keeping.firm.ada.vault_sweep(unknown=True)
    assert kept.outcome("FRM-001-0099", newer) == "missing"
    assert keeping.firm.ada.vault_scrub().sound
