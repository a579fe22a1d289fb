"""Streams that are closed, full or of another alphabet do not change what a command does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from company import Company

from docctl.errors import (
    DocctlError,
    GitError,
    InputError,
    NotFoundError,
    PathError,
    SignerError,
    StoreError,
    UnreadableError,
)

DOCCTL = f"{sys.executable} -m docctl"


def shell(company: Company, line: str, **env: str) -> "subprocess.CompletedProcess[str]":
    command = f"{DOCCTL} -C {company.root} {line}"
    environment = {**os.environ, **env}
    return subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, env=environment
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full"])
@pytest.mark.parametrize(("command", "code"), [("verify", 0), ("register", 0), ("show PRO-9", 4)])
def test_a_closed_stream_changes_no_exit_code(
    company: Company, command: str, code: int, closed: str
) -> None:
    done = shell(company, f"{command} {closed}")
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_a_change_lands_even_where_nobody_can_be_told(company: Company) -> None:
    number = company.new()
    done = shell(company, f"submit {number} >/dev/full")
    assert done.returncode == 5
    assert "hint: what was asked for is done" in done.stderr
    assert company.told("show", number)["status"]["state"] == "in_review"


@pytest.mark.parametrize("alphabet", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_names_are_shown_whatever_alphabet_the_terminal_has(
    company: Company, alphabet: str
) -> None:
    company.new("Måling")
    python = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = shell(company, "register", LC_ALL=alphabet, **python)
    assert done.returncode == 0
    assert "PRO-001" in done.stdout


def test_what_was_typed_neither_steers_a_terminal_nor_floods_it(company: Company) -> None:
    for arguments in (("\x1b]0;owned\x07",), ("show", "\x9b31m"), ("show", "x" * 100_000)):
        said = company.refused(2, *arguments)
        assert "Error: " in said
        assert said.replace("\n", "").isprintable()
        assert len(said) < 5000


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "PRO-001", "--to", ""),
        ("new", "procedure", "X", "--from", ""),
        ("person", "add", "bo", "--name", "Bo", "--key", ""),
    ],
)
def test_an_empty_path_is_none(company: Company, arguments: tuple[str, ...]) -> None:
    assert "a path cannot be empty" in company.refused(2, *arguments)


def test_no_library_is_founded_in_a_folder_without_a_name(company: Company) -> None:
    who = ("--organization", "Acme", "--person", "qm", "--name", "Kari Berg")
    assert "a path cannot be empty" in company.run("init", "", *who).output


@pytest.mark.parametrize("place", ["pipe", "folder", "/dev/zero", "/dev/null", "large"])
def test_only_a_plain_file_is_a_key(company: Company, place: str) -> None:
    os.mkfifo(company.place / "pipe")
    (company.place / "folder").mkdir()
    with (company.place / "large").open("wb") as large:
        large.truncate(1 << 40)
    number = company.new()
    company.done("submit", number)
    said = company.refused(2, "--key", company.place / place, "approve", number, by="")
    assert "hint: name the file of your private key" in said


def test_a_link_is_no_reason_to_choose_another_name(company: Company) -> None:
    (company.place / "link.md").symlink_to(company.file("text.md"))
    said = company.refused(2, "new", "procedure", "X", "--from", company.place / "link.md")
    assert "hint: name the file itself" in said


@pytest.mark.parametrize(
    "error",
    [
        InputError("x"),
        NotFoundError("x"),
        UnreadableError("x", "y"),
        PathError("x", "y"),
        SignerError("x"),
        StoreError("x"),
        GitError("x", "y"),
    ],
)
def test_every_error_says_what_to_do_next(error: DocctlError) -> None:
    assert error.hint


def test_a_key_may_be_reached_through_a_link(company: Company) -> None:
    Path(company.place / "mine").symlink_to(company.key())
    number = company.new()
    company.done("--key", company.place / "mine", "submit", number, by="")


@pytest.mark.parametrize("path", ["~nobody-at-all/key", "/", "x" * 5000, "x.pub", "a/b"])
def test_a_path_that_leads_to_no_key_is_said_to(company: Company, path: str) -> None:
    assert "hint:" in company.refused(2, "--key", path, "new", "procedure", "X", by="")
    assert "hint:" in company.refused(2, "person", "add", "bo", "--name", "Bo", "--key", path)


def test_no_key_is_made_inside_any_library(company: Company) -> None:
    who = ("--organization", "Acme", "--person", "qm", "--name", "Kari Berg")
    inside = Path(company.root) / "drafts" / "key"
    made = company.run("init", company.place / "other", *who, "--key", inside)
    assert made.exit_code == 2
    assert "would lie inside a library" in made.output
    assert not inside.exists()
