"""The door itself: real processes, terminals, pipes, interrupts, keys, JSON."""

import fcntl
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from company import Company

from docctl import Library
from docctl.cli.app import docctl
from docctl.cli.contents import SECTIONS
from docctl.cli.printing import clean, folded, lined, progress

DOCCTL = (sys.executable, "-m", "docctl")


def process(company: Company, *arguments: str, **options: object) -> "subprocess.Popen[str]":
    command = [*DOCCTL, "-C", company.root, *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, **{**pipes, **options})


def on_terminal(company: Company, *arguments: str, columns: int = 60, typed: str = "") -> str:
    """Run a command in a terminal of its own and return what appears on it."""
    leader, follower = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    ends = {"stdin": follower, "stdout": follower, "stderr": follower}
    running = process(company, *arguments, **ends, env=env, start_new_session=True)
    os.close(follower)
    shown = b""
    try:
        while piece := os.read(leader, 4096):
            shown += piece
            if typed and b"assphrase" in shown:
                os.write(leader, f"{typed}\n".encode())
                typed = ""
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    running.wait()
    return shown.decode()


def test_help_is_light() -> None:
    code = "import sys; from docctl.cli import main; sys.argv[1:] = ['--help']\ntry: main()\nexcept"
    code += " SystemExit: pass\nprint([m for m in ('pydantic', 'git', 'docx') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.endswith("[]\n")
    for section, commands in SECTIONS.items():
        assert f"\n{section}:\n" in shown.stdout
        assert all(f"  {name} " in shown.stdout for name in commands)


def test_a_check_that_finds_no_new_text_loads_nothing_that_reads_one(company: Company) -> None:
    company.effective()
    code = "import sys; from docctl.cli import main; sys.argv[1:] = ['-C', {!r}, 'check']\n"
    code += "try: main()\nexcept SystemExit: pass\nprint([m for m in {} if m in sys.modules])"
    names = ("markdown_it", "docctl.content.tree", "docctl.render.docx", "jsonschema", "lxml")
    command = [sys.executable, "-c", code.format(company.root, names)]
    first, again = (
        subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2)
    )
    assert first.stdout.endswith("['markdown_it', 'docctl.content.tree']\n")
    assert again.stdout == first.stdout.replace("'markdown_it', 'docctl.content.tree'", "")


def test_the_version_is_printed() -> None:
    shown = subprocess.run([*DOCCTL, "--version"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("docctl ")


def test_without_a_folder_the_library_is_looked_for_upwards(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = Path(company.root) / "drafts" / "PRO-001"
    inside.mkdir(parents=True)
    for place, code in ((inside, 0), (company.place, 4)):
        monkeypatch.chdir(place)
        assert CliRunner().invoke(docctl, ["register"]).exit_code == code


def at_work(running: "subprocess.Popen[str]") -> bool:
    """Tell whether a process has begun to ask Git, or has ended."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    return running.poll() is not None or bool(children.read_text())


def test_an_interrupt_ends_cleanly(company: Company) -> None:
    lock = Path(company.root) / "store.git" / "docctl" / "lock"
    with lock.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        running = process(company, "new", "procedure", "Purchasing")
        while not at_work(running):
            time.sleep(0.02)
        time.sleep(0.5)  # by now it waits for the other writer
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said.strip() == "docctl: interrupted"
    assert company.told("register") == []


def test_a_closed_pipe_is_quiet(company: Company) -> None:
    company.new()
    reader, writer = os.pipe()
    running = process(company, "verify", "--json", stdout=writer)
    os.close(writer)
    os.close(reader)
    assert running.communicate() == (None, "")
    assert running.returncode == 0


@contextmanager
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this process write to a terminal of 40 columns."""
    leader, follower = pty.openpty()
    with monkeypatch.context() as patch, os.fdopen(follower, "w") as terminal:
        patch.setenv("COLUMNS", "40")
        patch.setattr("sys.stdout", terminal)
        patch.setattr("sys.stderr", terminal)
        yield
    os.close(leader)


def test_long_lines_are_wrapped_under_their_last_column(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "Refers to       PRO-001, PRO-002, PRO-003, PRO-004"
    wrapped = ["Refers to       PRO-001, PRO-002,", "                PRO-003, PRO-004"]
    with screen(monkeypatch):
        folds = list(folded([line, "", "short"]))
        head, rule, *rows = lined(("Number", "Title", "Owner"), [("A-1", "word " * 9, "")])
        with progress("working") as report:
            report(1, 2)
            report(2, 2)
    assert folds == [*wrapped, "", "short"]
    assert head.split() == ["Number", "Title"]
    assert set(rule) == {"─"}
    assert [row[:8] for row in rows] == ["A-1     ", "        "]


def test_a_table_fits_the_terminal_and_is_whole_in_a_pipe(company: Company) -> None:
    title = "The control of documents that come from outside and of those that do not"
    company.new(title)
    shown = on_terminal(company, "register", columns=60)
    assert max(map(len, shown.splitlines())) <= 60
    assert title not in shown
    assert "of documents" in shown
    assert title in company.done("register")


def test_where_a_table_has_no_room_every_row_stands_in_lines_of_its_own(company: Company) -> None:
    number = company.effective("The control of documents that come from outside")
    shown = on_terminal(company, "register", columns=60).replace("\r", "").splitlines()
    assert max(map(len, shown)) <= 60
    assert shown[0] == f"{number}  The control of documents that come from outside"
    assert shown[1].startswith("  Rev: 1; State: effective; Effective: 20")
    assert "Owner: Kari Berg" in " ".join(shown)


def test_long_work_shows_a_bar_on_a_terminal_only(company: Company) -> None:
    assert "verifying" in on_terminal(company, "verify")
    assert "no problems found" in company.done("verify")


def test_a_passphrase_is_asked_for_on_a_terminal_only(company: Company) -> None:
    key = company.key("secret")
    subprocess.run(
        ["ssh-keygen", "-q", "-a", "1", "-N", "open sesame", "-t", "ed25519", "-f", key], check=True
    )
    company.done("person", "add", "bo", "--name", "Bo Vik", "--key", f"{key}.pub")
    accept = ("--key", key, "person", "accept")
    said = company.refused(2, *accept[2:], by="secret")
    assert f"hint: let ssh-agent hold it (ssh-add {key}), and name the key as {key}.pub" in said
    assert "does not open" in on_terminal(company, *accept, typed="wrong")
    shown = on_terminal(company, *accept, typed="open sesame")
    assert "accepted" in shown
    assert "open sesame" not in shown


@pytest.fixture
def agent(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real ssh-agent without any keys, named by the environment."""
    socket = str(company.place / "agent")
    with subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.DEVNULL) as process:
        monkeypatch.setenv("SSH_AUTH_SOCK", socket)
        while subprocess.run(["ssh-add", "-l"], check=False, capture_output=True).returncode > 1:
            time.sleep(0.02)
        yield
        process.terminate()


@pytest.mark.usefixtures("agent")
def test_a_public_key_stands_for_one_that_the_agent_holds(company: Company) -> None:
    number = company.new()
    company.done("submit", number)
    key = Path(company.key("ws"))
    subprocess.run(["ssh-add", "-q", key], check=True)
    key.write_text("locked away")  # the agent is asked first
    assert "approved" in company.done("approve", number, by="ws.pub")


@pytest.mark.usefixtures("agent")
def test_a_public_key_stands_for_the_private_one_beside_it_too(company: Company) -> None:
    number = company.new()
    company.done("submit", number)
    key = Path(company.key("ws"))
    lock = ("ssh-keygen", "-q", "-p", "-a", "1", "-P", "", "-N", "sesame", "-f", str(key))
    kept = key.read_bytes()
    subprocess.run(lock, check=True, stdout=subprocess.DEVNULL)
    said = company.refused(2, "approve", number, by="ws.pub")
    assert f"ssh-agent does not hold {key}.pub, and the key {key} is protected" in said
    key.write_bytes(Path(company.key("qm")).read_bytes())
    assert "is another one" in company.refused(2, "approve", number, by="ws.pub")
    key.unlink()
    assert "no private key lies beside" in company.refused(2, "approve", number, by="ws.pub")
    key.write_bytes(kept)
    assert "approved" in company.done("approve", number, by="ws.pub")


def test_without_an_agent_a_public_key_says_so(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    number = company.new()
    company.done("submit", number)
    key = Path(company.key("ws"))
    kept = key.read_bytes()
    key.unlink()
    said = company.refused(2, "approve", number, by="ws.pub")
    assert "no ssh-agent is running, and no private key lies beside" in said
    key.write_bytes(kept)
    assert "approved" in company.done("approve", number, by="ws.pub")


def test_json_may_stand_before_or_behind_the_command(company: Company) -> None:
    company.new()
    assert company.told("show", "PRO-001") == json.loads(company.done("--json", "show", "PRO-001"))
    assert company.told("person", "list") == json.loads(company.done("--json", "person", "list"))


def test_nothing_stored_can_steer_a_terminal(company: Company) -> None:
    text = company.file("text.md", "## Purpose\n\n\x1b[2Jgone \x9b1m \u202eback\n")
    company.done("new", "procedure", "X", "--from", text)
    company.done("cancel", "PRO-001", "--reason", "X")
    company.done("new", "procedure", "Y", "--from", company.file("two.md", "## Purpose\n\nY\n"))
    outputs = [
        company.run("check", "PRO-001").stdout,
        company.run("diff", "PRO-001", "1", "1").stdout,
        company.run("search", "gone").stdout,
        company.run("search", "gone", "--json").stdout,
        company.run("show", "\x1b[2J").stderr,
        company.run("schema", "\x1b[2J").stderr,
    ]
    assert not any(set("\x1b\x9b\u202e") & set(one) for one in outputs)
    assert clean("a\x1b[2Jb\u202e\ud800é\t🧑\u200d🔧") == "a\\x1b[2Jb\\u202e\\ud800é\t🧑\u200d🔧"


WHO = {"--organization": "Acme", "--person": "qm", "--name": "Kari Berg"}


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, as somebody without keys."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def founding(*arguments: str, **changes: str) -> Result:
    given = {**WHO, **{f"--{name.replace('_', '-')}": value for name, value in changes.items()}}
    words = [word for pair in given.items() for word in pair]
    return CliRunner().invoke(docctl, [*arguments, "init", "acme", *words])


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"key": "mine/qm"}, "mine/qm"), ({}, "keys/qm"), ({"key": "known"}, "known")],
)
def test_init_uses_a_key_or_makes_one(
    nowhere: Path, founded: Company, changes: dict[str, str], place: str
) -> None:
    (nowhere / "known").write_bytes(Path(founded.key("newcomer")).read_bytes())
    told = json.loads(founding("--json", **changes).stdout)
    assert Path(told["key"]) in {Path(place), nowhere / place}
    assert (nowhere / place).exists()
    assert not [*(nowhere / "acme").rglob("*qm*")]
    with Library.open("acme") as library:
        assert library.whoami() == "qm"


def test_init_uses_the_usual_key_of_its_founder(nowhere: Path, founded: Company) -> None:
    usual = nowhere.parent / "home" / ".ssh" / "id_ed25519"
    usual.parent.mkdir(parents=True)
    usual.write_bytes(Path(founded.key()).read_bytes())
    said = founding().stdout
    assert str(usual) in said
    assert "this key is new" not in said


def test_a_new_key_is_announced(nowhere: Path) -> None:
    assert "this key is new and has no passphrase" in founding(key=str(nowhere / "qm")).stdout


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"person": "Q M"}, "not a person's id"),
        ({"name": ""}, "name: is empty"),
        ({"organization": ""}, "organization: is empty"),
        ({"time_zone": "Mars/Base"}, "for example: Europe/Oslo"),
        ({"key": "acme/qm"}, "would lie inside a library"),
        ({"profile": "lax"}, "is not one of"),
    ],
)
def test_init_refuses_before_it_makes_anything(
    nowhere: Path, changes: dict[str, str], word: str
) -> None:
    result = founding(**changes)
    assert result.exit_code == 2
    assert word in result.stderr
    assert not any(nowhere.iterdir())


def test_a_folder_in_use_is_not_founded_again(company: Company) -> None:
    who = ("--organization", "Acme", "--person", "qm", "--name", "Kari")
    key = company.place / "nokey"
    said = company.refused(3, "init", company.root, *who, "--key", key)
    assert "hint: name a folder that does not exist yet" in said
    assert not key.exists()


def test_every_command_has_a_module_and_help() -> None:
    for name in docctl.list_commands(None):
        command = docctl.get_command(None, name)
        assert command is not None
        assert command.name == name
        assert command.help
