"""The folder of a site: what a run that is killed leaves, whose files stay, where none may lie."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from firm import Firm, files_below

from docctl import State
from docctl.errors import DiskError, InputError, PathError, TakenError

#: Publishes, and dies at the call of the operating system that comes so many before the end.
DYING = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
import docctl

root, site, moment = sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3])
at = int(sys.argv[4])
library, count = docctl.Library.open(root, clock=lambda: moment), 0

def counted(real):
    def call(*given, **named):
        global count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return call

with library:
    library.register()
    for name in ("open", "replace", "rename", "unlink", "remove", "mkdir", "rmdir"):
        setattr(os, name, counted(getattr(os, name)))
    import io, builtins
    io.open = builtins.open = counted(io.open)
    library.publish(site)
print(count)
"""


def run_until(firm: Firm, site: Path, at: int) -> int:
    """Publish in a process that kills itself at a call; return how many it made, 0 if killed."""
    moment = firm.clock.now.isoformat()
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(firm.root), str(site), moment, str(at)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == -signal.SIGKILL:
        return 0
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def changed(firm: Firm) -> None:
    """Let one document go and another one come."""
    gone = firm.ada.register()[0].number
    firm.withdraw(gone)
    firm.sign(gone)
    firm.reach(State.EFFECTIVE, title="New ways")


@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_a_run_that_is_killed_leaves_nothing_that_the_next_does_not_mend(
    firm: Firm, place: Path, again: bool
) -> None:
    firm.reach(State.EFFECTIVE)
    if again:
        firm.ada.publish(place / "before")
        changed(firm)
    calls = run_until(firm, fresh(place, "count", again=again), 0)
    whole = files_below(place / "count")

    for at in range(1, calls + 1, max(calls // 25, 1)):
        site = fresh(place, f"killed-{at}", again=again)
        assert run_until(firm, site, at) == 0
        firm.ada.publish(site)
        assert files_below(site) == whole, at


def fresh(place: Path, name: str, *, again: bool) -> Path:
    """Return the folder of a site, as it was before where there was one."""
    if again:
        subprocess.run(["cp", "-a", place / "before", place / name], check=True)
    return place / name


@pytest.mark.parametrize("left", ["docctl-site.writing", ".docctl-0123456789abcdef.part"])
def test_what_a_killed_run_left_at_its_beginning_is_in_nobodys_way(
    firm: Firm, site: Path, left: str
) -> None:
    number = firm.reach(State.EFFECTIVE)
    site.mkdir()
    (site / left).write_bytes(b"")

    firm.ada.publish(site)

    assert f"documents/{number}.html" in files_below(site)
    assert left not in files_below(site)


def test_a_folder_that_somebody_made_stays_where_nothing_comes_of_it(
    firm: Firm, place: Path
) -> None:
    firm.reach(State.EFFECTIVE)
    (place / "mine").mkdir()

    for folder in (place / "mine", place / "new" / "deep"):
        with firm.refuses(InputError, "no format"):
            firm.ada.publish(folder, formats=("rtf",))

    assert (place / "mine").is_dir()
    assert not (place / "new").exists()


def test_a_site_is_published_through_a_link_to_its_folder(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    (place / "2026").mkdir()
    (place / "current").symlink_to("2026")

    firm.ada.publish(place / "current")

    assert (place / "current").is_symlink()
    assert (place / "2026" / "documents" / f"{number}.html").is_file()


@pytest.mark.parametrize("name", ["documents/PRO-001.html", "index.html", "docctl-site.writing"])
def test_a_link_in_place_of_a_file_is_never_written_through(
    firm: Firm, site: Path, place: Path, name: str
) -> None:
    firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)
    (place / "mine.txt").write_text("mine")
    (site / name).unlink(missing_ok=True)
    (site / name).symlink_to(place / "mine.txt")

    if name == "docctl-site.writing":
        with firm.refuses(PathError, "link"):
            firm.ada.publish(site)
    else:
        firm.ada.publish(site)
        assert not (site / name).is_symlink()

    assert (place / "mine.txt").read_text() == "mine"


def test_a_folder_full_of_other_things_is_no_place(firm: Firm) -> None:
    firm.reach(State.EFFECTIVE)

    for place in (Path("/"), firm.root):
        with firm.refuses(TakenError, "did not write"):
            firm.ada.publish(place)


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_what_can_be_no_folder_is_refused(firm: Firm, place: Path, name: str) -> None:
    with pytest.raises((PathError, DiskError)):
        firm.ada.publish(place / name)


def test_where_the_disk_is_full_the_site_that_was_there_still_works(
    firm: Firm, place: Path
) -> None:
    resource = pytest.importorskip("resource")
    firm.reach(State.EFFECTIVE)
    firm.ada.publish(place / "site")
    before = files_below(place / "site")
    firm.reach(State.EFFECTIVE, title="Large", body="Many words. " * 20_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(DiskError):
            firm.ada.publish(place / "site")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert before.items() <= files_below(place / "site").items()
    assert not [one for one in files_below(place / "site") if one.endswith(".part")]
    firm.ada.publish(place / "site")
    firm.ada.publish(place / "fresh")
    assert files_below(place / "site") == files_below(place / "fresh")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(firm: Firm, site: Path) -> None:
    firm.reach(State.EFFECTIVE)
    site.mkdir(mode=0o500)

    with pytest.raises(DiskError, match="Permission denied"):
        firm.ada.publish(site)
