import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from indexed import Office, State, expected, furnished, head_of, index_of, rows

from docctl.store.index.cache import Cache

#: Asks again and again about two commits in turns; its index is made anew now and then.
ASKING = """
import sys
from pathlib import Path
from docctl.store.git import Git
from docctl.store.index import Index
from docctl.store.reading.ledger import Ledger
from docctl.store.reading.reader import Reader

store, path, rounds, one, other = sys.argv[1:]
from datetime import date
index = Index(Path(path), Ledger(Reader(Git(Path(store)))))
answers = {}
print("ready", flush=True)
for turn in range(int(rounds)):
    head = (one, other)[turn % 2]
    answer = index.changes(date.min, date.max, head=head)
    assert answers.setdefault(head, answer) == answer
    if turn % 10 == 9:
        index.close()
        Path(path).unlink(missing_ok=True)
assert answers[one] != answers[other]
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = furnished(tmp_path_factory.mktemp("office") / "store.git")
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def template(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "index.sqlite"
    with closing(index_of(office, path)) as index:
        index.where("PRO-001", on=office.today, head=head_of(office))
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "index.sqlite"))


def assert_right(office: Office, path: Path, *, patience: float = 2.0) -> None:
    """Ask in a way that reads every kind of row."""
    with closing(index_of(office, path, patience=patience)) as index:
        head = head_of(office)
        assert index.register(office.today, head=head) == expected(office, office.today)
        told = index.changes(date.min, date.max, head=head)
        assert [one.type for one in told if one.item == "PRO-007"] == [
            one.event.type for one in office.dossiers["PRO-007"].events
        ]
        assert index.where("PRO-001", on=office.today, head=head) == []


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[5000:] = bytes(range(256)) * (len(data) // 256)
    path.write_bytes(data)


def sql(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)

    change.__name__ = statement
    return change


def foreign(path: Path) -> None:
    path.unlink()
    sql("CREATE TABLE somebodys (thing TEXT)")(path)


DAMAGE = (
    lambda path: path.unlink(),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"This is no database. " * 1000),
    lambda path: path.write_bytes(path.read_bytes()[:20_000]),
    overwritten,
    foreign,
    sql("PRAGMA user_version = 7"),
    sql("DROP TABLE span"),
    sql("UPDATE part SET boot = 'an earlier run of the machine'"),
    sql("UPDATE part SET head = 'ffffffffffffffffffffffffffffffffffffffff'"),
    sql("UPDATE part SET head = 'not the id of a commit'"),
    sql("UPDATE span SET effective_on = 'soon'"),
    sql("UPDATE span SET state = 'lost'"),
)


@pytest.mark.parametrize("damage", DAMAGE)
def test_whatever_stands_in_the_file_the_answers_are_right_and_the_file_is_again(
    office: Office, template: Path, path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    assert_right(office, path)
    assert_right(office, template)
    assert rows(path) == rows(template)
    assert [each.name for each in path.parent.iterdir()] == ["index.sqlite"]


def test_the_index_of_another_library_is_replaced(
    office: Office, path: Path, tmp_path: Path
) -> None:
    other = Office.found(tmp_path / "other.git")
    with closing(other.store):
        other.reach("PRO-777", State.EFFECTIVE)
        assert_right_for_other(other, path)
    assert_right(office, path)


def assert_right_for_other(other: Office, path: Path) -> None:
    with closing(index_of(other, path)) as index:
        found = index.register(other.today, head=head_of(other))
    assert found == expected(other, other.today)


def test_a_locked_file_is_left_alone_and_answered_without(office: Office, path: Path) -> None:
    before = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert_right(office, path, patience=0.01)
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", ["/proc/index.sqlite", "/proc/version", "/proc", "missing/index"])
def test_where_no_file_can_be_the_index_is_made_in_memory(office: Office, place: str) -> None:
    assert_right(office, Path(place))


def test_a_full_disk_is_not_noticed(office: Office, path: Path) -> None:
    path.unlink()
    with files_up_to(8192):
        assert_right(office, path)
    assert_right(office, path)


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_file_that_is_deleted_while_it_is_open_disturbs_nobody(
    office: Office, path: Path
) -> None:
    with closing(index_of(office, path)) as one, closing(index_of(office, path)) as other:
        for index in (one, other):
            index.up_to_date(head_of(office))
        path.unlink()
        office.save("PRO-001")
        for index in (one, other, one):
            found = index.changes(office.today, office.today, head=head_of(office))
            assert found[-1].type == "saved"
    assert_right(office, path)


def test_a_file_that_somebody_has_replaced_already_is_not_thrown_away(
    office: Office, path: Path, template: Path
) -> None:
    with closing(index_of(office, path)) as index:
        index.up_to_date(head_of(office))
        sql("PRAGMA user_version = 7")(path)
        new = Path(shutil.copy(template, path.with_name("new"))).replace(path)
        inode = new.stat().st_ino
        found = index.register(office.today, head=head_of(office))
    assert (found, path.stat().st_ino) == (expected(office, office.today), inode)


def test_where_the_machine_cannot_say_when_it_started_everything_is_flushed(path: Path) -> None:
    for boot, flushing in (("this run", 0), ("", 2)):
        with closing(Cache(path, boot=boot, patience=1)) as cache:
            asked = cache.ask(
                lambda connection: connection.execute("PRAGMA synchronous").fetchone()
            )
        assert asked == (flushing,)


def asking(office: Office, path: Path, rounds: int) -> "subprocess.Popen[bytes]":
    heads = [commit.oid for commit in office.store.reader.commits(None, head_of(office))]
    store = office.store.reader._git.git_dir
    argv = [sys.executable, "-c", ASKING, store, path, str(rounds), heads[-1], heads[-9]]
    return subprocess.Popen(argv, stdout=subprocess.PIPE)


def test_several_processes_use_one_file_and_make_it_anew_at_once(
    office: Office, path: Path
) -> None:
    processes = [asking(office, path, 20) for _ in range(3)]
    for process in processes:
        with process:
            process.communicate()
        assert process.returncode == 0
    assert_right(office, path)


def test_a_process_that_dies_while_it_writes_leaves_nothing_wrong(
    office: Office, path: Path
) -> None:
    for moment in (0.05, 0.17):
        with asking(office, path, 100_000) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        assert_right(office, path)
