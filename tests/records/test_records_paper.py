"""Copies of records and certificates of destruction, as the library hands them out."""

from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from archive import RECORD, Keeping
from click.testing import CliRunner

from docctl import Circumstances
from docctl.cli.app import docctl
from docctl.errors import DamagedStoreError, InputError, NotFoundError, StoreError
from docctl.model.control import CONTROL


def exported(keeping: Keeping, number: str, ending: str = "md") -> Path:
    to = keeping.firm.root.parent / f"{number}.{ending}"
    return keeping.by("ben").export(number, to)


def text(keeping: Keeping, number: str) -> str:
    return exported(keeping, number).read_text(encoding="utf-8")


def test_a_copy_shows_every_amendment_beside_the_original(keeping: Keeping) -> None:
    """Amendments are visible in every rendering of a record."""
    number = keeping.log(what="A leak")
    keeping.by("ben").record_amend(number, {"site": "Oslo", "weight": 3}, reason="Wrong tag")
    shown = text(keeping, number)
    assert "| Site (amended)   | Oslo" in shown
    for field, before, after in (("Site", "Bergen", "Oslo"), ("Weight", "2.5 kg", "3 kg")):
        (line,) = [
            one for one in shown.splitlines() if one.startswith(f"| {field} ") and before in one
        ]
        cells = [one.strip() for one in line.strip("|").split("|")]
        assert cells[:4] == [field, before, after, "Ben, Holder"]
        assert cells[5] == "Wrong tag"


def test_a_late_entry_for_somebody_else_is_shown_as_such(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    circumstances = Circumstances(
        on=ben.today() - timedelta(days=30), late_reason="It was Christmas", entered_for="eva"
    )
    made = ben.record_capture("FRM-001", RECORD, circumstances=circumstances)
    shown = text(keeping, made.entry.record)
    assert "Entered late: It was Christmas" in shown
    assert "entered by Ben (Holder) for Eva" in shown


def test_a_copy_shows_steps_countersignatures_and_files(keeping: Keeping) -> None:
    form = keeping.form(
        "archive",
        {"properties": {"a": {}, "b": {}}},
        signatures=[{"meaning": "accepted", "role": "management"}],
        identifiers=[],
        steps=[{"name": "seen", "title": "Seen", "fields": ["b"]}],
    )
    ben = keeping.by("ben")
    number = ben.record_capture(form, {"a": "x"}, attachments={"a.txt": b"four"}).entry.record
    assert "This record is open" in text(keeping, number)
    ben.record_add(number, "seen", {"b": "y"})
    keeping.by("kim").record_sign(number, meaning="accepted")
    ben.record_close(number)
    shown = text(keeping, number)
    assert all(one in shown for one in ("Step entered: Seen", "Countersigned: accepted"))
    stub = ben.bench.archive().record(number).captured.event.data.attachments[0]  # type: ignore[union-attr]
    (line,) = [one for one in shown.splitlines() if one.startswith("| a.txt ")]
    assert "4 bytes" in line
    assert stub.commitment in line
    sentences = ("I captured", "I enter this step", "I have read", "I close")
    assert all(sentence in shown for sentence in sentences)


def test_the_same_record_gives_the_same_bytes(keeping: Keeping) -> None:
    number = keeping.log()
    first = [exported(keeping, number, ending).read_bytes() for ending in ("docx", "md")]
    again = [exported(keeping, number, ending).read_bytes() for ending in ("docx", "md")]
    assert first == again


def test_a_record_that_lost_its_payload_has_no_copy(keeping: Keeping) -> None:
    number = keeping.log()
    for one in keeping.payloads():
        one.unlink()
    with pytest.raises(StoreError):
        exported(keeping, number)


def test_a_copy_shows_no_signature_that_does_not_hold(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = keeping.log()
    other = keeping.log(what="Another")
    ledger = keeping.by("ben").bench.desk.ledger
    read = type(ledger.reader).entry

    def swapped(self: object, commit: str, path: str) -> object:
        """Give the signature of one record for that of another."""
        at = path.replace(number, other) if path.endswith(".sig") else path
        return read(self, commit, at)  # type: ignore[arg-type]

    monkeypatch.setattr(type(ledger.reader), "entry", swapped)
    with pytest.raises(DamagedStoreError):
        exported(keeping, number)


def test_a_copy_of_a_record_speaks_of_today(keeping: Keeping) -> None:
    number, ben = keeping.log(), keeping.by("ben")
    with pytest.raises(InputError, match="as they stand today"):
        ben.export(number, "x.md", as_of=ben.today())
    with pytest.raises(InputError, match="no format"):
        ben.export(number, "x.odt")
    with pytest.raises(NotFoundError):
        ben.export("FRM-001-9999", "x.md")


# --- the end -------------------------------------------------------------------------------------


def test_of_a_destroyed_record_only_the_tombstone_is_left(keeping: Keeping) -> None:
    number = keeping.log(what="Ola fell")
    keeping.by("ben").record_amend(number, {"what": "Kari fell"}, reason="It was Kari")
    keeping.wait(40)
    keeping.disposed(number)
    shown = text(keeping, number)
    with ZipFile(exported(keeping, number, "docx")) as archive:
        whole = shown + "".join(archive.read(one).decode() for one in archive.namelist())
    assert not [word for word in ("Ola", "Kari") if word in whole]
    assert "DESTROYED" in shown
    assert "D-1" in shown
    assert "| Site       | Bergen |" in shown
    record = keeping.by("ben").bench.archive().record(number)
    assert record is not None
    assert all(stub.commitment in shown for stub in record.stubs)


def test_the_certificate_says_what_went_by_whom_and_what_stayed(keeping: Keeping) -> None:
    numbers = [keeping.log(what=f"Leak {at}") for at in range(3)]
    keeping.wait(40)
    made = keeping.by("ria").retention_propose(*numbers).disposal
    assert "NOT CARRIED OUT" in text(keeping, made)
    keeping.by("rob").retention_authorise(made, keep=(numbers[1],), reason="The audit asks for it")
    keeping.by("ria").hold_place(matter="M", reason="R", records=(numbers[2],))
    assert "NOT CARRIED OUT" in text(keeping, made)
    keeping.wait(2)
    keeping.by("ria").retention_run(made)

    shown = text(keeping, made)
    assert "NOT CARRIED OUT" not in shown
    for person in ("ria", "rob"):
        key = keeping.by(person).require_signer().public_key.fingerprint
        assert key in shown
    for number, result in zip(numbers, ("Destroyed", "Kept", "Stays: held (H-1)"), strict=True):
        assert [one for one in shown.splitlines() if number in one and result in one]
    assert "captured on 2026-01-05; + 30 days" in shown
    assert "none stood on the 1 that went" in shown
    archive = keeping.by("ben").bench.archive()
    gone, kept = (archive.record(one) for one in numbers[:2])
    assert gone is not None
    assert kept is not None
    assert gone.stubs[0].commitment in shown
    assert kept.stubs[0].commitment not in shown


def test_the_certificate_shows_the_schedule_that_was_followed(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(40)
    made = keeping.disposed(number)
    before = text(keeping, made)
    firm = keeping.firm
    classes = [one.but(period="3 years") for one in firm.ada.control().retention]
    firm.ada.control_change(firm.ada.control().but(retention=classes), reason="Longer")
    firm.ada.submit(CONTROL)
    for person in ("kim", "rob"):
        firm.by(person).approve(CONTROL)
    firm.ada.release(CONTROL)
    assert text(keeping, made) == before


def test_the_command_line_writes_copies_of_all_of_them(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(40)
    made = keeping.disposed(number)
    root, runner = keeping.firm.root, CliRunner()
    for what in (number, made, "FRM-001"):
        to = root.parent / f"cli-{what}.docx"
        more = ["--blank"] if what == "FRM-001" else []
        asked = ["-C", str(root), "export", what, "--to", str(to), *more]
        assert runner.invoke(docctl, asked).exit_code == 0
        assert to.read_bytes().startswith(b"PK")


def test_a_certificate_names_other_copies_and_the_heads_of_the_history(
    keeping: Keeping, place: Path
) -> None:
    keeping.log()
    keeping.wait(31)
    ria = keeping.by("ria")
    made = ria.retention_propose().disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    before = ria.verify().head
    ria.retention_run(made, known_copies=["Backup tape, until 2027-03-31"])
    after = ria.verify().head

    page = ria.export(made, place / "certificate.md").read_text()
    assert "Backup tape, until 2027-03-31" in page
    assert before in page
    assert after in page
    assert ria.verify().problems == ()
