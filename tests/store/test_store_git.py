"""Git does what we ask, and nothing that a repository, a user or a machine would like it to."""

import subprocess
import sys
from pathlib import Path

import pytest
from stores import events, git, land

from docctl.errors import DiskError, GitError, NotFoundError, StoreError
from docctl.store.git import Conversation, Git
from docctl.store.git.process import stop
from docctl.store.reading.reader import Reader
from docctl.store.writing.change import Store


def test_nothing_that_a_hostile_repository_has_set_up_is_run_or_obeyed(
    store: Store, path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = place / "ran"
    script = place / "script"
    script.write_text(f'#!/bin/sh\necho "$0" >> {ran}\n')
    script.chmod(0o755)
    first, second = land(store, 1).commit, land(store, 2).commit
    (path / "hooks").mkdir()
    for hook in ("reference-transaction", "pre-auto-gc", "post-commit"):
        (path / "hooks" / hook).symlink_to(script)
    for key in ("core.fsmonitor", "diff.external", "core.alternateRefsCommand", "core.pager"):
        git(path, "config", key, str(script))
    git(path, "config", "core.hooksPath", str(path / "hooks"))
    git(path, "config", "gc.auto", "1")
    (path / "logs").mkdir()  # so that Git moves the branch
    evil = git(path, "commit-tree", f"{second}^{{tree}}", "-m", "evil")
    git(path, "update-ref", f"refs/replace/{first}", evil)
    (path / "info").mkdir()
    (path / "info/grafts").write_text(f"{second}\n")
    (path / "shallow").write_text(f"{second}\n")
    for name, value in {
        "GIT_OBJECT_DIRECTORY": str(place),
        "GIT_EXTERNAL_DIFF": str(script),
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_1": "docctl.environment",
        "GIT_CONFIG_VALUE_1": "obeyed",
        "GIT_CONFIG_KEY_0": "core.hooksPath",
        "GIT_CONFIG_VALUE_0": str(path / "hooks"),
        "GIT_DIR": str(place),
    }.items():
        monkeypatch.setenv(name, value)
    ran.unlink(missing_ok=True)
    with Store.open(path) as again:
        third = land(again, 3).commit
        commits = list(again.reader.commits(None, third))
        assert [commit.message for commit in commits] == ["event 1\n", "event 2\n", "event 3\n"]
        assert len(list(again.reader.changed(first, third))) == 4
        again.maintain()
        assert events(again) == [1, 2, 3]
    with pytest.raises(GitError):
        Git(path).run("config", "--get", values=["docctl.environment"])
    assert not ran.exists()


def test_values_are_never_options(store: Store, path: Path, place: Path) -> None:
    land(store, 1)
    target = place / "written"
    with pytest.raises(GitError):
        Git(path).run("log", values=[f"--output={target}"])
    assert not target.exists()


@pytest.mark.parametrize("when", ["gone before GitPython looks", "gone later"])
def test_a_machine_without_git_is_told_so(
    path: Path, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if when == "gone later":
        monkeypatch.setenv("PATH", "/nowhere")
    else:
        monkeypatch.setitem(sys.modules, "git.cmd", None)
    with pytest.raises(StoreError, match="Git cannot be started") as caught:
        Git(path).run("version")
    assert "install Git" in caught.value.hint


def test_a_full_disk_is_told_as_such_when_git_notices_it(path: Path) -> None:
    full = "alias.full=!echo fatal: write error: No space left on device >&2; exit 128"
    with pytest.raises(DiskError, match="No space left"):
        Git(path).run("-c", full, "full")


def test_a_process_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docctl.store.git.process._PATIENCE", 0.01)
    stay = "alias.stay=!while kill -0 $PPID; do sleep 0.1; done"
    talk = Conversation(("-c", stay, "stay"), {})
    talk._running()
    process = talk._process
    talk.close()
    assert process is not None
    assert process.returncode == -9


def test_a_command_takes_lines_and_is_read_meanwhile(store: Store, path: Path) -> None:
    """More goes in, comes out and is complained about than any pipe holds."""
    land(store, 1)
    talk = "alias.talk=!while read line; do echo $line; echo $line >&2; done; exit 3"
    lines = [f"{number:0100d}" for number in range(3000)]
    said: list[bytes] = []
    with pytest.raises(GitError) as caught:
        said.extend(Git(path).pour("-c", talk, "talk", lines=iter(lines)))
    assert b"".join(said).decode().split() == caught.value.answer.split() == lines


def test_a_command_that_ends_early_takes_no_more_lines(path: Path) -> None:
    ends = "alias.ends=!read line; echo $line"
    lines = (f"{number:0100d}" for number in range(100_000))
    assert b"".join(Git(path).pour("-c", ends, "ends", lines=lines)) == b"%0100d\n" % 0


def test_a_command_that_nobody_reads_any_more_is_ended(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docctl.store.git.process._PATIENCE", 1e6)  # nobody waits for its own end
    endless = "alias.endless=!yes"
    pieces = Git(path).pour("-c", endless, "endless")
    assert next(pieces).startswith(b"y\n")
    pieces.close()


def test_git_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, docctl.store.writing.change; print('git' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_conversation_survives_the_death_of_its_process(store: Store) -> None:
    oid = next(iter(land(store, 1).blobs.values()))
    data = store.reader.read(oid)
    talk = store._git.cat_file
    talk._process.kill()
    talk._process.wait()
    assert store.reader.read(oid) == data
    with pytest.raises(KeyboardInterrupt):
        talk.exchange(f"{oid}\n".encode(), interrupted)
    assert store.reader.read(oid) == data
    with pytest.raises(GitError, match="without an answer"):
        talk.exchange(b"", ended)


def test_a_foretold_question_is_answered_whatever_is_asked_and_dies_meanwhile(
    store: Store,
) -> None:
    first, second = [[oid] for oid in land(store, 1).blobs.values()][:2]
    talk = store._git.cat_file
    known = {first[0]: talk.ask(first), second[0]: talk.ask(second)}
    for asked in (first, second):
        talk.expect(first)
        talk.expect(second)  # one at a time: this one waits until it is asked
        assert talk.ask(asked) == known[asked[0]]
    for asked in (first, second):
        talk.expect(first)
        talk._process.kill()
        talk._process.wait()
        assert talk.ask(asked) in (known[asked[0]], None)  # answered before it died, or not
        assert talk.ask(asked) == known[asked[0]]
    talk.expect(first)
    talk.close()
    assert talk.ask(second) == known[second[0]]


def test_a_change_is_whole_though_git_dies_while_it_is_made(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(path) as store:
        land(store, 1)
    with Store.open(path, durability="none") as store:
        real = store._git.cat_file._say

        def say(request: bytes) -> "subprocess.Popen[bytes]":
            if b":" in request:
                raise GitError("cat-file", "killed")
            return real(request)

        monkeypatch.setattr(store._git.cat_file, "_say", say)
        land(store, 2)
        assert events(store) == [1, 2]


def interrupted(_: object) -> None:
    raise KeyboardInterrupt


def ended(_: object) -> None:
    raise EOFError


def test_there_is_no_format_without_a_repository(place: Path) -> None:
    with pytest.raises(NotFoundError):
        Reader(Git(place / "nothing"))


def test_a_forked_copy_leaves_the_process_alone(store: Store) -> None:
    land(store, 1)
    assert events(store) == [1]
    process = store._git.cat_file._process
    assert process is not None
    assert stop(process, owner=0) == b""
    process.returncode = None
    assert process.poll() is None
