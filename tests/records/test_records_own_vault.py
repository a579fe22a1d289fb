"""A retention class may have a vault of its own: whoever can read it may read its records."""

from pathlib import Path

import pytest
from archive import RECORD, SCHEDULE, Keeping, sealed_files
from firm import Firm
from test_records_forged import put_in

from docctl import Library
from docctl.errors import InputError, VaultAccessError, VaultError, WrongVaultError
from docctl.model.control import CONTROL

SETTINGS = """
[vaults.personnel]
payloads = ["hr/vault", "hr/copy"]
keys = "hr/keys"
"""


@pytest.fixture
def apart(keeping: Keeping) -> Keeping:
    """The records of logs lie in a vault of their own from now on."""
    before = keeping.log(what="An old one")
    assert before == "FRM-001-0001"
    tell(keeping, SETTINGS)
    ada = keeping.firm.ada
    schedule = tuple(one.but(vault="personnel") if one.name == "logs" else one for one in SCHEDULE)
    ada.control_change(ada.control().but(retention=schedule), reason="Logs lie apart")
    ada.submit(CONTROL)
    keeping.by("kim").approve(CONTROL)
    keeping.by("rob").approve(CONTROL)
    ada.release(CONTROL)
    return keeping


def tell(keeping: Keeping, settings: str) -> None:
    """Write the local settings; whoever acts next reads them."""
    path = keeping.firm.root / "docctl.toml"
    kept = path.read_text().partition("\n[")[0]
    path.write_text(f"{kept}\n{settings}")
    again(keeping)


def again(keeping: Keeping) -> None:
    """Open the library anew, as the next command does."""
    keeping.firm.close()
    keeping.firm = Firm(keeping.firm.root, clock=keeping.firm.clock)


def test_its_records_go_there_and_those_of_before_stay(apart: Keeping) -> None:
    root = apart.firm.root
    own = len(sealed_files(root / "vault"))
    number = apart.log(what="A new one")

    assert len(sealed_files(root / "vault")) == own
    assert [len(sealed_files(root / "hr" / one)) for one in ("vault", "copy", "keys")] == [1, 1, 1]
    ben = apart.by("ben")
    assert ben.record_show(number).fields["what"] == "A new one"
    assert ben.record_show("FRM-001-0001").fields["what"] == "An old one"
    ben.record_amend("FRM-001-0001", {"what": "Amended"}, reason="It stays where it is")
    ben.record_amend(number, {"what": "Amended"}, reason="It stays where it is")
    assert len(sealed_files(root / "hr" / "vault")) == 2
    assert apart.codes() == []
    found = apart.firm.ada.vault_scrub()
    assert found.sound
    assert [(one.vault, Path(one.copy_at).name, one.right) for one in found.copies] == [
        (None, "vault", 2), ("personnel", "vault", 2), ("personnel", "copy", 2),
    ]  # fmt: skip


def test_who_does_not_know_it_is_told_that_it_is_not_readable_here(apart: Keeping) -> None:
    number = apart.log()
    tell(apart, "")
    ben = apart.by("ben")

    with pytest.raises(VaultAccessError, match=r"personnel is not readable here") as told:
        ben.record_show(number)
    assert told.value.exit_code == 5
    assert "ask those who may" in told.value.hint
    assert [one.record for one in ben.record_list(where="site=Bergen")] == ["FRM-001-0001", number]
    (found,) = apart.firm.ada.verify().problems
    assert (found.code, found.severity, found.place) == (
        "closed-vault", "advice", "vault personnel",
    )  # fmt: skip
    assert "1 of its payloads were not looked at" in found.sentence
    scrubbed = apart.firm.ada.vault_scrub()
    assert not scrubbed.sound
    assert "personnel is not readable here" in scrubbed.unreached[0]
    with pytest.raises(VaultAccessError):
        apart.log()


def test_a_disposal_destroys_there_and_a_copy_that_comes_back_is_found(
    apart: Keeping,
) -> None:
    number = apart.log()
    root = apart.firm.root / "hr"
    backup = {path: path.read_bytes() for path in sealed_files(root / "copy")}
    apart.wait(31)
    made = apart.disposed(number)
    assert not sealed_files(root)
    assert apart.codes() == []
    for path, data in backup.items():
        path.write_bytes(data)
    assert apart.codes() == ["returned-payload"]
    (stranger,) = apart.firm.ada.vault_scrub().strangers
    assert (stranger.record, stranger.disposal) == (number, made)

    assert apart.firm.ada.vault_sweep().strangers == (stranger,)
    assert not sealed_files(root)
    assert apart.codes() == []
    assert apart.firm.ada.vault_scrub().sound


def test_nobody_puts_a_record_of_the_class_elsewhere(apart: Keeping) -> None:
    number = apart.log()
    record = apart.firm.ada.bench.archive().record(number)
    assert record
    data = record.captured.event.data.but(vault=None)  # type: ignore[attr-defined]
    put_in(apart, "captured", "FRM-001-0003", data, by="ben", role="holder")
    told = [one.sentence for one in apart.firm.ada.verify().problems]
    assert any("records of the class logs go to the vault personnel" in one for one in told)


def test_the_place_of_an_unplugged_disk_is_not_begun_anew(apart: Keeping) -> None:
    apart.log()
    root = apart.firm.root
    (root / "hr/vault").rename(root / "away")
    (root / "hr/vault").mkdir()
    again(apart)

    with pytest.raises(WrongVaultError, match="no mark"):
        apart.log()
    assert not sealed_files(root / "hr/vault")


@pytest.mark.parametrize(
    "wrong", ["personnel = 1", "[vaults.personnel]\nkeys = 'k'", "[vaults.personnel]\npayloads = 1"]
)
def test_settings_say_where_it_lies(apart: Keeping, wrong: str) -> None:
    settings = wrong if wrong.startswith("[") else f"[vaults]\n{wrong}"
    (apart.firm.root / "docctl.toml").write_text(settings)
    with pytest.raises(InputError, match=r"\[vaults.personnel\] does not say where it lies"):
        Library.open(apart.firm.root)


def test_a_record_is_captured_as_before_where_no_class_has_one(keeping: Keeping) -> None:
    number = keeping.by("ben").record_capture("FRM-001", RECORD).entry.record
    record = keeping.firm.ada.bench.archive().record(number)
    assert record
    assert record.vault is None
    assert "vault" not in record.captured.event.model_dump_json(exclude_none=True)


def test_a_new_copy_is_begun_by_name_and_brought_up_to_date(keeping: Keeping) -> None:
    keeping.log()
    root = keeping.firm.root
    (root / "docctl.toml").write_text('vault = ["vault", "copy"]\n')
    again(keeping)
    with pytest.raises(VaultError, match="copy cannot serve"):
        keeping.log()  # it may be a disk that is not plugged in

    with pytest.raises(InputError, match=r"names no place .*elsewhere"):
        keeping.firm.ada.vault_copy(begin=["elsewhere"])
    found = keeping.firm.ada.vault_copy(begin=["copy"])
    assert found.sound
    assert [(one.was, one.why) for one in found.mended] == [("missing", "")]
    assert len(sealed_files(root / "copy")) == 1
    keeping.log()
    assert len(sealed_files(root / "copy")) == 2
    assert keeping.firm.ada.vault_scrub().sound
    assert keeping.firm.ada.vault_copy(only_missing=True).mended == ()


def test_a_copy_is_put_right_from_another_vault_by_vault(apart: Keeping) -> None:
    number = apart.log()
    (damaged,) = sealed_files(apart.firm.root / "hr/copy")
    damaged.write_bytes(b"rubbish")
    told: list[tuple[int, int]] = []

    assert not apart.firm.ada.vault_scrub().sound
    found = apart.firm.ada.vault_copy(progress=lambda *one: told.append(one))
    assert [(one.record, one.was) for one in found.mended] == [(number, "altered")]
    assert told[-1][0] <= told[-1][1]
    assert apart.firm.ada.vault_scrub().sound
    tell(apart, "")
    found = apart.firm.ada.vault_copy()
    assert not found.sound
    assert "personnel is not readable here" in found.unreached[0]
