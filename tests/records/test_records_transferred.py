"""Records are packed for a receiver; what lies here goes once the receipt is there, not before."""

import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from archive import RECORD, Keeping
from stores import Call, Disk, watched

from docctl.errors import InputError, NotAuthorisedError, NotFoundError, RetentionError
from docctl.trust.sealing import KEY, Opener


@pytest.fixture
def agreed(keeping: Keeping) -> tuple[Keeping, list[str], str]:
    """Two records with a file that are to be transferred, authorised and over their window."""
    keeping.reschedule("logs", action="transfer")
    ben = keeping.by("ben")
    numbers = [
        ben.record_capture("FRM-001", RECORD, attachments={"photo.txt": b"A photo"}).entry.record
        for _ in range(2)
    ]
    keeping.wait(31)
    made = keeping.by("ria").retention_propose().disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    return keeping, numbers, made


@pytest.fixture
def receipt(place: Path) -> Path:
    path = place / "receipt.txt"
    path.write_text("We have it.")
    return path


def test_a_package_can_be_checked_without_docctl(
    agreed: tuple[Keeping, list[str], str], place: Path
) -> None:
    keeping, numbers, made = agreed
    found = keeping.by("ria").retention_package(made, place / "out")

    assert found.records == tuple(numbers)
    manifest = (place / "out" / "manifest.json").read_bytes()
    assert sha256(manifest).hexdigest() == found.manifest
    told = json.loads(manifest)
    for name, one in told["files"].items():
        assert sha256((place / "out" / name).read_bytes()).hexdigest() == one["sha256"]
    lying = {
        str(one.relative_to(place / "out")) for one in (place / "out").rglob("*") if one.is_file()
    }
    assert lying == {*told["files"], "manifest.json"}
    first = place / "out" / "records" / numbers[0]
    assert json.loads((first / "record.json").read_text()) == RECORD
    assert (first / "0001" / "photo.txt").read_bytes() == b"A photo"
    assert sorted(one.name for one in (first / "events").iterdir()) == [
        "0001.captured.json",
        "0001.captured.sig",
    ]
    assert told["records"][0]["identifiers"] == {"site": "Bergen"}
    assert (place / "out" / "forms" / "FRM-001-1" / "meta.json").is_file()


def test_the_same_records_make_the_same_package(
    agreed: tuple[Keeping, list[str], str], place: Path
) -> None:
    keeping, _, made = agreed
    ria = keeping.by("ria")
    one = ria.retention_package(made, place / "one.zip")
    keeping.wait(1)
    two = ria.retention_package(made, place / "two.zip")
    folder = ria.retention_package(made, place / "out")
    again = ria.retention_package(made, place / "out")

    assert (place / "one.zip").read_bytes() == (place / "two.zip").read_bytes()
    assert one.manifest == two.manifest == folder.manifest == again.manifest
    with zipfile.ZipFile(place / "one.zip") as archive:
        assert archive.testzip() is None
        assert archive.read("manifest.json") == (place / "out" / "manifest.json").read_bytes()


def test_a_sealed_package_says_nothing_without_its_key(
    agreed: tuple[Keeping, list[str], str], place: Path
) -> None:
    keeping, numbers, made = agreed
    ria, key = keeping.by("ria"), place / "package.key"
    found = ria.retention_package(made, place / "out", seal_with=key)
    assert ria.retention_package(made, place / "out", seal_with=key).manifest == found.manifest

    everything = b"".join(one.read_bytes() for one in (place / "out").rglob("*") if one.is_file())
    assert b"A photo" not in everything
    assert b"A leak" not in everything
    secret = bytes.fromhex(key.read_text())
    assert len(secret) == KEY
    sealed = place / "out" / "records" / numbers[0] / "0001" / "photo.txt.sealed"
    with sealed.open("rb") as source:
        opener = Opener(source.read, key=secret, commitment=_committed(sealed, secret))
        assert b"".join(opener) == b"A photo"
    key.write_text("")  # an empty file is filled, as one is that a power cut has left
    assert ria.retention_package(made, place / "new", seal_with=key).sealed
    assert len(bytes.fromhex(key.read_text())) == KEY
    key.write_text("no key")
    with pytest.raises(InputError, match="no key of a package"):
        ria.retention_package(made, place / "out", seal_with=key)


def test_the_key_outlasts_a_power_cut_once_something_is_sealed_with_it(
    agreed: tuple[Keeping, list[str], str], place: Path, tmp_path: Path
) -> None:
    keeping, _, made = agreed
    key, seen = place / "keys" / "here" / "package.key", list[Call]()
    cut = tmp_path / "cut"
    with Disk(place) as disk:
        disk.sync()

        def cutting(call: Call) -> None:
            if not seen and str(place / "out") in str(call.args[0]):
                seen.append(call)
                disk.after_power_cut(cut)

        with watched(cutting):
            keeping.by("ria").retention_package(made, place / "out", seal_with=key)
    left = cut / key.relative_to(place)
    assert left.read_bytes() == key.read_bytes()
    assert key.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in left.parent.iterdir()] == [key.name]


def _committed(path: Path, key: bytes) -> str:
    """What a sealed file commits to, learnt by opening it once."""
    with path.open("rb") as source:
        opener = Opener(source.read, key=key, commitment="")
        with pytest.raises(Exception, match="not what was committed to"):
            b"".join(opener)
        return opener.commitment


def test_without_a_receipt_nothing_goes(agreed: tuple[Keeping, list[str], str]) -> None:
    keeping, numbers, made = agreed
    ria, before = keeping.by("ria"), keeping.payloads()

    with pytest.raises(RetentionError, match="2 records without the receipt"):
        ria.retention_run(made)

    assert keeping.payloads() == before
    left = ria.retention_run(made, leave_waiting=True)
    assert [one.result for one in left.outcomes] == ["refused", "refused"]
    assert keeping.payloads() == before
    assert {one.record: one.state for one in ria.retention_due()} == dict.fromkeys(numbers, "due")
    assert keeping.codes() == []
    assert ria.retention_propose(*numbers).records == tuple(numbers)


def test_with_a_receipt_it_goes_and_history_says_where(
    agreed: tuple[Keeping, list[str], str], place: Path, receipt: Path
) -> None:
    keeping, numbers, made = agreed
    ria = keeping.by("ria")
    ria.retention_package(made, place / "out.zip")

    ria.retention_receive(made, package=place / "out.zip", receipt=receipt, receiver="City archive")
    done = ria.retention_run(made)

    assert [one.result for one in done.outcomes] == ["transferred", "transferred"]
    assert keeping.payloads() == []
    assert keeping.codes() == []
    assert {one.status for one in ria.record_list()} == {"transferred"}
    assert [one.record for one in ria.record_list(where="status=transferred")] == numbers
    page = ria.export(numbers[0], place / "record.md").read_text()
    assert "handed over to a receiver by the disposal" in page
    certificate = ria.export(made, place / "certificate.md").read_text()
    assert "Transferred" in certificate
    assert "City archive" in certificate
    assert sha256(receipt.read_bytes()).hexdigest() in certificate


def test_a_receipt_is_for_a_package_of_this_disposal(
    agreed: tuple[Keeping, list[str], str], place: Path, receipt: Path
) -> None:
    keeping, numbers, made = agreed
    ria, package = keeping.by("ria"), place / "out"
    ria.retention_package(made, package)

    def receive(by: str = "ria", package: Path = package, receipt: Path = receipt) -> None:
        keeping.by(by).retention_receive(made, package=package, receipt=receipt, receiver="Archive")

    (place / "empty.txt").write_text(" ")
    with pytest.raises(InputError, match="is empty"):
        receive(receipt=place / "empty.txt")
    with pytest.raises(InputError, match="no manifest"):
        receive(package=receipt)
    with pytest.raises(NotFoundError, match="nothing"):
        receive(package=place / "nothing")
    (place / "none.zip").write_text("no archive")
    for none in (place / "none.zip", place / "nothing.zip", place / "a\0.zip"):
        with pytest.raises(InputError, match="is no package"):
            receive(package=none)
    told = json.loads((package / "manifest.json").read_text())
    (place / "other.json").write_text(json.dumps({**told, "disposal": "D-9"}))
    with pytest.raises(InputError, match="no package of D-1"):
        receive(package=place / "other.json")
    told["records"][0]["last"] = "0" * 64
    (place / "changed.json").write_text(json.dumps(told))
    with pytest.raises(RetentionError, match="does not hand it over as the package has it"):
        receive(package=place / "changed.json")
    with pytest.raises(NotAuthorisedError):
        receive(by="ben")
    receive()
    with pytest.raises(RetentionError, match="have everything"):
        receive()
    assert keeping.codes() == []
    assert len(numbers) == 2


def test_nothing_is_packed_before_it_may_leave(keeping: Keeping, place: Path) -> None:
    keeping.reschedule("logs", action="transfer")
    number = keeping.log()
    keeping.wait(31)
    ria = keeping.by("ria")
    made = ria.retention_propose(number).disposal
    with pytest.raises(RetentionError, match="nobody has authorised it"):
        ria.retention_package(made, place / "out")
    keeping.by("rob").retention_authorise(made)
    with pytest.raises(RetentionError, match="nothing leaves before"):
        ria.retention_package(made, place / "out")
    keeping.wait(2)
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[number])
    with pytest.raises(RetentionError, match="nothing of it is to be handed over"):
        ria.retention_package(made, place / "out")
    assert not (place / "out").exists()
