"""The store cannot serve: a full disk, a lock, damage, a newer format. Nothing is half done."""

import errno
import os
import resource
import shutil
from collections.abc import Callable
from contextlib import suppress
from fnmatch import fnmatch
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from deeds.done import VERBS, Verb
from deeds.scenes import MINE
from firm import Firm
from stores import At, git, raise_error
from stores import watched as disk_calls

from docctl import DocctlError, Library, State
from docctl.errors import (
    DamagedStoreError,
    DiskError,
    LockedError,
    NewerFormatError,
    NotFoundError,
    StoreError,
)
from docctl.store.layout import folder
from docctl.store.placing import UNFINISHED
from docctl.store.writing import branch

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def texts(firm: Firm) -> dict[str, bytes]:
    return {
        str(path.relative_to(firm.root)): path.read_bytes()
        for path in (firm.root / "drafts").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("sticky", [True, False], ids=["from-then-on", "once"])
@pytest.mark.parametrize("name", ["new", "save", "submit", "release"])
def test_a_full_disk_stops_a_verb_before_or_after_it_has_happened(
    firm: Firm, place: Path, name: str, sticky: bool, step: int
) -> None:
    verb = VERBS[name]
    number = verb.scene(firm)
    for call in count(1, step):
        copy = firm.copy(place / f"full-{call}")
        at = At(call, raise_error(FULL), sticky=sticky)
        before, written, done = copy.head, texts(copy), False
        with suppress(DiskError), disk_calls(at):
            verb.act(copy, number)
            done = True
        if not done:
            assert copy.head == before
        assert {*written} <= {*texts(copy)} or done
        assert name != "save" or texts(copy) == written
        _goes_on(copy, verb, number, done=done)
        copy.close()
        if not at.hit:
            break
    assert call > 5


def _goes_on(firm: Firm, verb: Verb, number: str, *, done: bool) -> None:
    if not done:
        verb.act(firm, number)
    assert firm.ada.history(number)[-1].type == verb.event
    assert not firm.ada.verify().problems


def test_a_copy_that_does_not_fit_on_the_disk_is_not_there_in_part(firm: Firm, place: Path) -> None:
    number, whole = firm.reach(State.EFFECTIVE), place / "whole.md"
    firm.ada.export(number, whole)
    for call in count(1):
        out = place / f"out-{call}"
        out.mkdir()
        at = At(call, raise_error(FULL), sticky=True)
        with suppress(DiskError), disk_calls(at):
            firm.ada.export(number, out / "PRO-001.md")
            assert not at.hit
        found = [one for one in out.iterdir() if not fnmatch(one.name, UNFINISHED)]
        assert [one.read_bytes() for one in found] in ([], [whole.read_bytes()])
        if not at.hit:
            break
    assert call > 2


@pytest.mark.parametrize("name", ["new", "save", "submit", "release"])
def test_a_disk_that_takes_only_small_files_stops_a_verb_or_does_not(
    firm: Firm, place: Path, name: str
) -> None:
    """The system itself refuses here, to Git and to SQLite as well."""
    verb, ended = VERBS[name], set()
    number = verb.scene(firm)
    for size in (0, 100, 700, 2000, 9000, 1 << 20):
        copy = firm.copy(place / f"small-{size}")
        before, written = copy.head, texts(copy)
        code = _with_small_files(size, copy, lambda own: verb.act(own, number))
        assert code in {0, DiskError.exit_code}
        assert code == 0 or copy.head == before
        assert name == "submit" or texts(copy).items() >= written.items()
        _goes_on(copy, verb, number, done=code == 0)
        copy.close()
        ended.add(code)
    assert ended == {0, DiskError.exit_code}


def _with_small_files(size: int, firm: Firm, act: Callable[[Firm], object]) -> int:
    """Act in a process that can write no file larger than *size*; return how it ended."""
    pid = os.fork()
    if not pid:
        code = 70
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            with firm.reopened() as own:
                act(own)
            code = 0
        except DocctlError as error:
            code = error.exit_code
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


# --- locks -----------------------------------------------------------------------------------


def test_a_lock_of_another_program_is_left_alone(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch, "PATIENCE", 0.05)
    number = firm.reach(State.IN_REVIEW)
    lock = firm.root / "store.git/refs/heads/main.lock"
    lock.write_text("another program's\n")
    head = firm.head
    with pytest.raises(LockedError, match=r"main\.lock") as caught:
        firm.by("eva").approve(number)
    assert (caught.value.exit_code, bool(caught.value.hint)) == (5, True)
    assert caught.value.path.endswith("main.lock")
    assert firm.head == head
    assert lock.read_text() == "another program's\n"
    assert firm.ada.status(number).state == State.IN_REVIEW
    lock.unlink()
    assert firm.by("eva").approve(number).state == State.APPROVED


# --- formats ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b'{"format":99,"object_format":"sha1"}', NewerFormatError),
        (b'{"format":"1","object_format":"sha1"}', DamagedStoreError),
        (b"{", DamagedStoreError),
        (None, DamagedStoreError),
    ],
)
def test_a_store_of_another_format_is_not_opened(
    firm: Firm, content: bytes | None, error: type[DocctlError]
) -> None:
    firm.ada.store.land(
        {"store.json": content}, message="x", author="ada", when=firm.clock(), expected=firm.head
    )
    with firm.refuses(error) as caught:
        Library.open(firm.root)
    assert caught.value.exit_code == 5
    if isinstance(caught.value, NewerFormatError):
        assert (caught.value.found, caught.value.known) == (99, 1)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (shutil.rmtree, NotFoundError),
        (lambda store: (shutil.rmtree(store), store.write_text("x")), NotFoundError),
        (lambda store: (store / "HEAD").unlink(), StoreError),
        (lambda store: (store / "refs/heads/main").unlink(), StoreError),
        (lambda store: (store / "refs/heads/main").write_text("gibberish\n"), StoreError),
        (lambda store: (store / "refs/heads/main").write_text("0" * 40 + "\n"), StoreError),
    ],
)
def test_a_store_that_is_none_is_told(
    firm: Firm, spoil: Callable[[Path], object], error: type[DocctlError]
) -> None:
    firm.ada.store.maintain()
    shutil.rmtree(firm.root / "store.git/docctl")  # nothing to heal from
    spoil(firm.root / "store.git")
    with pytest.raises(error) as caught:
        Library.open(firm.root)
    assert caught.value.exit_code in {4, 5}
    assert caught.value.hint


# --- damage ----------------------------------------------------------------------------------

#: What is asked of a damaged library: the answer is the old one, or that it is damaged.
QUESTIONS: dict[str, Callable[[Library], Any]] = {
    "register": lambda library: library.register(),
    "show": lambda library: library.show("PRO-001"),
    "history": lambda library: library.history("PRO-001"),
    "text": lambda library: library.text("PRO-001"),
    "authority": lambda library: library.authority(),
    "exceptions": lambda library: library.exceptions(),
    "due": lambda library: library.due(),
    "search": lambda library: library.search("pump"),
    "check": lambda library: library.check(),
    "changes": lambda library: library.changes(since=library.today()),
}


def removed(path: Path) -> None:
    path.chmod(0o644)
    path.unlink()


def cut_off(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"")


def flipped(path: Path) -> None:
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def apart(store: Path) -> list[Path]:
    """Let stock Git lay every object out as a file of its own; return these."""
    packs = [path.rename(store / path.name) for path in (store / "objects/pack").glob("*.pack")]
    for path in (store / "objects/pack").iterdir():
        removed(path)
    for pack in packs:
        git(store, "unpack-objects", "-q", stdin=pack.read_bytes())
        removed(pack)
    return sorted((store / "objects").rglob("??/" + "?" * 38))


def together(store: Path) -> list[Path]:
    """Return the files of objects as docctl has written them."""
    return sorted(path for path in (store / "objects").rglob("*") if path.is_file())


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("files", [apart, together])
@pytest.mark.parametrize("spoil", [removed, cut_off, emptied, flipped])
def test_a_damaged_object_is_told_and_never_taken_for_true(
    firm: Firm,
    place: Path,
    spoil: Callable[[Path], None],
    files: Callable[[Path], list[Path]],
    every: int,
) -> None:
    firm.reach(State.EFFECTIVE, body="## Purpose\n\nA pump.\n")
    firm.reach(State.DRAFT)
    (firm.root / "index.sqlite").unlink(missing_ok=True)
    shutil.rmtree(firm.root / "store.git/docctl")  # nothing to heal from
    with firm.reopened() as own:
        true = {name: ask(own.ada) for name, ask in QUESTIONS.items()}
    (firm.root / "index.sqlite").unlink()
    objects = files(firm.root / "store.git")
    assert len(objects) > 10
    for index, path in enumerate(objects[::every]):
        copy = Path(shutil.copytree(firm.root, place / f"damaged-{index}"))
        spoil(copy / path.relative_to(firm.root))
        told = {name: _asked(copy, firm, ask) for name, ask in QUESTIONS.items()}
        wrong = {name for name, answer in told.items() if answer not in (None, true[name])}
        assert not wrong, path
        shutil.rmtree(copy)


def _asked(root: Path, firm: Firm, ask: Callable[[Library], Any]) -> Any:
    """Return an answer, or nothing where the library says that it is damaged."""
    try:
        with Library.open(root, clock=lambda: firm.clock.now) as library:
            return ask(library)
    except StoreError:
        return None


def test_nothing_is_written_on_a_damaged_past(firm: Firm) -> None:
    """A verb that needs what is gone is refused, and the head stays."""
    number = firm.reach(State.DRAFT)
    shutil.rmtree(firm.root / "store.git/docctl")
    head, own = firm.head, firm.reopened()
    for path in together(firm.root / "store.git"):
        removed(path)
    with pytest.raises(StoreError) as caught:
        own.by("ben").save_text(number, MINE)
    assert (caught.value.exit_code, bool(caught.value.hint)) == (5, True)
    assert own.head == head
    own.close()


def test_only_what_lies_in_its_own_folder_is_a_document(firm: Firm) -> None:
    """Paths are identity: what somebody put elsewhere is for `verify` to report."""
    sure = [firm.new(), firm.new(number="PRO-250"), "PRO-QA-X"]
    astray = ("PRO/00/PRO-150", "PRO/00/PRO-QA-Y", "POL/00/PRO-007", "PRO/a/b/c/d/e/PRO-008")
    folders = [folder("PRO-QA-X"), *(f"documents/{one}" for one in astray)]
    firm.ada.store.land(
        {f"{one}/1/events/0001.created.json": b"{}" for one in folders},
        message="x", author="ada", when=firm.clock(), expected=firm.head,
    )  # fmt: skip

    assert {*firm.ada.bench.desk.ledger.numbers(firm.head)} == {*sure}
    assert {*firm.ada.bench.numbers("PRO")} == {*sure}
