"""A shelf that does not carry the mark of its library and vault is never taken for one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from servers import S3, Sftp
from vaults import OTHER, RECORD, file_of, files, flip, moved, read

from docctl.errors import VaultAccessError, VaultError, WrongVaultError
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.marks import MarkedShelf
from docctl.store.vault.several import MarkedVault, Vaults
from docctl.store.vault.shelf import MARK

ACME, OTHERS = "a" * 64, "b" * 64
NOBODY = 65534


def marked(place: Path, library: str = ACME, name: str | None = None) -> MarkedVault:
    copies = [FolderShelf(place / "copy1"), FolderShelf(place / "copy2")]
    keys = FolderShelf(place / "keys")
    return MarkedVault(copies, keys, library=lambda: library, name=name)


@pytest.fixture
def vault(place: Path) -> MarkedVault:
    made = marked(place)
    assert not made.known()
    made.create()
    assert made.known()
    return made


@contextmanager
def hidden_from_us(path: Path) -> Iterator[None]:
    """Let nobody but root enter a folder, and be nobody."""
    for above in (path.parent, path.parent.parent):
        above.chmod(0o755)
    mode = path.stat().st_mode
    path.chmod(0o700 if os.geteuid() == 0 else 0o000)
    us = os.geteuid()
    os.seteuid(NOBODY if us == 0 else us)
    try:
        yield
    finally:
        os.seteuid(us)
        path.chmod(mode)


def test_each_copy_has_a_mark_of_its_own_that_nobody_takes_for_a_stranger(
    vault: MarkedVault,
) -> None:
    vault.create()  # it may be repeated
    stub = vault.put(RECORD, b"payload")

    assert read(vault, stub) == b"payload"
    assert vault.scrub([(RECORD, stub)])
    marks = [shelf.mark() for shelf in vault.marked]
    assert [one.holds for one in marks] == ["payloads", "payloads", "keys"]
    assert len({one.shelf for one in marks}) == 3


@pytest.mark.parametrize("again", [False, True], ids=["the same handle", "a new one"])
@pytest.mark.parametrize("folder", ["copy1", "copy2", "keys"])
def test_the_place_of_a_disk_that_is_not_plugged_in_is_no_empty_vault(
    vault: MarkedVault, place: Path, folder: str, again: bool
) -> None:
    stub = vault.put(RECORD, b"payload")
    vault = marked(place) if again else vault
    with moved(place / folder):
        (place / folder).mkdir()
        with pytest.raises(WrongVaultError, match=f"{folder} is not used.*no mark") as caught:
            vault.put(OTHER, b"more")
        assert "vault copy --begin" in caught.value.hint
        assert not files(place / folder)
        shutil.rmtree(place / folder)

    assert read(vault, stub) == b"payload"
    with moved(place / "copy1"), moved(place / "copy2"):
        for name in ("copy1", "copy2"):
            (place / name).mkdir()
        with pytest.raises(WrongVaultError):
            vault.outcome(RECORD, stub)
        assert len(vault.scrub([(RECORD, stub)]).unreached) == 2
        reach = vault.destroy(RECORD, [stub])
        assert len(reach.not_reached) == 2
        for name in ("copy1", "copy2"):
            (place / name).rmdir()


def test_what_was_never_marked_is_not_used_and_can_be_begun(place: Path) -> None:
    (place / "copy1/ab").mkdir(parents=True)
    (place / "copy1/ab/x").write_text("mine")
    vault = marked(place)

    with pytest.raises(WrongVaultError, match=r"copy1.*no mark"):
        vault.create()
    vault.marked[0].begin_here()
    vault.create()
    assert vault.scrub([]).strangers[0].name == "ab/x"


@pytest.mark.parametrize(
    ("library", "name", "why"),
    [(OTHERS, None, "another library"), (ACME, "personnel", "part of the library's own vault")],
)
def test_another_librarys_or_classs_vault_is_refused(
    vault: MarkedVault, place: Path, library: str, name: str | None, why: str
) -> None:
    stub = vault.put(RECORD, b"payload")
    wrong = marked(place, library, name)

    for act in (
        wrong.create,
        wrong.marked[0].begin_here,
        lambda: wrong.put(OTHER, b"more"),
        lambda: read(wrong, stub),
        lambda: wrong.destroy(RECORD, [stub]),
    ):
        with pytest.raises(WrongVaultError, match=why) as caught:
            act()
        assert (caught.value.exit_code, bool(caught.value.hint)) == (5, True)
    assert len(wrong.undo([stub]).not_reached) == 2
    assert read(vault, stub) == b"payload"


def test_keys_and_payloads_that_changed_places_are_refused(vault: MarkedVault, place: Path) -> None:
    vault.put(RECORD, b"payload")
    (place / "keys").rename(place / "away")
    (place / "copy1").rename(place / "keys")
    (place / "away").rename(place / "copy1")

    with pytest.raises(WrongVaultError, match="holds the payloads of the library's own vault"):
        marked(place).put(OTHER, b"more")


def test_a_mark_that_cannot_be_read_is_none(vault: MarkedVault, place: Path) -> None:
    for wrong in (b"", b"{}", b"x" * 10_000):
        (place / "keys" / MARK).write_bytes(wrong)
        with pytest.raises(WrongVaultError, match="mark cannot be read"):
            marked(place).put(RECORD, b"payload")
    assert vault.known()  # it had been seen, and is looked at again before anything is placed
    with pytest.raises(WrongVaultError, match="mark cannot be read"):
        vault.put(RECORD, b"payload")


def test_two_who_begin_a_shelf_at_once_agree(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = FolderShelf.settle

    def meanwhile(shelf: FolderShelf, parcels: list) -> None:
        monkeypatch.setattr(FolderShelf, "settle", real)
        marked(place).create()
        shelf.settle(parcels)

    monkeypatch.setattr(FolderShelf, "settle", meanwhile)
    ours = marked(place)
    ours.create()
    assert [one.mark() for one in ours.marked] == [one.mark() for one in marked(place).marked]
    assert not list((place / "copy1/tmp").iterdir())


@pytest.mark.parametrize("folder", ["keys", "copy1"])
def test_who_may_not_read_a_vault_is_told_so(vault: MarkedVault, place: Path, folder: str) -> None:
    """Permissions of the folder are the right to read."""
    stub = vault.put(RECORD, b"payload")
    flip(file_of(place / "copy2", stub))
    with hidden_from_us(place / folder):
        theirs = marked(place)
        assert theirs.outcome(RECORD, stub) == "not readable here"
        with pytest.raises(VaultAccessError, match="not readable here: Permission denied") as told:
            read(theirs, stub)
        assert "ask those who may" in told.value.hint
        with pytest.raises(VaultAccessError):
            list(FolderShelf(place / folder).names())
    assert read(vault, stub) == b"payload"


def test_a_vault_that_this_machine_does_not_know_is_not_readable_here(place: Path) -> None:
    vaults = Vaults(marked(place), {"personnel": marked(place / "p", name="personnel")})

    assert vaults.of(None) is vaults.own
    assert vaults.of("personnel").name == "personnel"
    assert vaults.names == ("personnel",)
    with pytest.raises(VaultAccessError, match=r"medical is not readable.*\[vaults.medical\]"):
        vaults.of("medical")


@pytest.mark.parametrize("kind", ["sftp", "s3"])
def test_marks_hold_on_servers_too(request: pytest.FixtureRequest, place: Path, kind: str) -> None:
    server: Sftp | S3 = request.getfixturevalue(kind)
    plain = server.vault(place)
    ours = MarkedVault(plain.payloads, plain.keys, library=lambda: ACME)
    ours.create()
    stub = ours.put(RECORD, b"payload")

    assert read(ours, stub) == b"payload"
    assert ours.scrub([(RECORD, stub)])
    wrong = MarkedVault(plain.payloads, plain.keys, library=lambda: OTHERS)
    with pytest.raises(WrongVaultError, match="another library"):
        wrong.put(OTHER, b"more")
    plain.payloads[0].remove(MARK)
    with pytest.raises(VaultError, match="no mark"):
        ours.put(OTHER, b"more")


def test_a_folder_that_is_copied_keeps_its_mark(vault: MarkedVault, place: Path) -> None:
    """A backup that is brought back is the same shelf; what it lacks is found by a scrub."""
    shutil.copytree(place / "copy1", place / "backup")
    stub = vault.put(RECORD, b"payload")
    shutil.rmtree(place / "copy1")
    (place / "backup").rename(place / "copy1")

    again = marked(place)
    assert isinstance(again.payloads[0], MarkedShelf)
    assert [one.outcome for one in again.scrub([(RECORD, stub)]).faults] == ["missing"]
