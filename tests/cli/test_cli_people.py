"""People whose names the vault keeps, and requests about them, as somebody types it."""

import subprocess
from pathlib import Path

import pytest
from company import TEXT, Company

from docctl import generate_key

WHO = ("--organization", "Quiet Works", "--name", "Kari Nordmann")


@pytest.fixture
def quiet(tmp_path: Path) -> Company:
    """Return a library whose names are kept in the vault; Ola approves, Per keeps records."""
    company = Company(tmp_path)
    for person in ("qm", "ola", "per"):
        generate_key(tmp_path / "keys" / person, comment=person)
    company.done("init", company.root, *WHO, "--names", "vault", "--key", company.key())
    roles = {"ola": ("Ola Hansen", "approver"), "per": ("Per Lie", "records")}
    for key, (name, role) in roles.items():
        added = ("--name", name, "--role", role, "--key", company.key(f"{key}.pub"))
        company.done("person", "add", *added)
        company.done("person", "accept", by=key)
    return company


def test_a_library_is_founded_with_ids_that_are_chosen_or_made(
    company: Company, tmp_path: Path
) -> None:
    root, key = str(tmp_path / "other"), company.key()
    front = ("init", root, *WHO, "--key", key)
    assert "leave --person out" in company.refused(2, *front, "--names", "vault", "--person", "qm")
    assert "Missing option '--person'" in company.refused(2, *front)
    called = ("init", root, "--organization", "Nordmann AS", *WHO[2:], "--names", "vault")
    assert "it holds the person's name" in company.refused(3, *called, "--key", key)
    assert "p-" in company.done(*called, "--key", key, "--with-personal-data")


def test_a_key_whose_path_tells_the_name_is_not_noted(tmp_path: Path) -> None:
    company = Company(tmp_path)
    key = str(tmp_path / "keys" / "kari-nordmann")
    company.done("init", company.root, *WHO, "--names", "vault", "--key", key, by="")
    noted = (tmp_path / "acme" / "docctl.toml").read_text()
    assert "nordmann" not in noted
    assert "key" not in noted.partition("\n")[2]
    assert (tmp_path / "keys" / "kari-nordmann.pub").read_text().split()[2].startswith("p-")


def test_who_works_here_is_called_by_name(quiet: Company) -> None:
    quiet.done("new", "procedure", "Complaints", "--from", quiet.file("text.md"))
    assert "waits for: approval by Ola Hansen (approver)" in quiet.done("submit", "PRO-001")
    assert "Kari Nordmann" in quiet.done("history", "PRO-001")
    assert "Ola Berg" in quiet.done("person", "rename", "Ola Hansen", "Ola Berg")
    quiet.done("person", "role", "OLA BERG", "reviewer")
    assert "several" not in quiet.done("person", "function", "Ola Berg", "Welder")
    assert "Ola Hansen" in quiet.refused(4, "person", "leave", "Ola Hansen")
    assert "leave the id out" in quiet.refused(2, "person", "add", "lou", "--name", "Lou Lam")


def test_a_person_is_taken_up_by_signatures_made_elsewhere(quiet: Company) -> None:
    file = quiet.file("away/x").replace("/x", "/change.json")
    quiet.done("person", "add", "--name", "Lou Lam", "--prepare", file)
    assert "Lou" not in Path(file).read_text()
    signed = ["ssh-keygen", "-q", "-Y", "sign", "-f", quiet.key(), "-n", "docctl-event@v1", file]
    subprocess.run(signed, check=True, capture_output=True)
    quiet.done("land", file, by="")
    assert "Lou Lam" in quiet.done("person", "list")


def test_a_request_goes_from_the_search_to_the_report(quiet: Company) -> None:
    ola = quiet.done("subject", "find", "Ola Hansen").split()[4]
    assert ola.startswith("p-")
    asked = ("--asks", "erasure", "--received", "2026-01-02", "--reason", "A letter")
    assert "no request was ever opened" in quiet.run("subject", "list").stderr
    quiet.done("new", "procedure", "Complaints", "--from", quiet.file("text.md", TEXT))
    (number,) = quiet.done("subject", "open", ola, "PRO-001", *asked, by="per").split()
    quiet.done("person", "role", "Kari Nordmann", "management")
    why = ("--why", "No duty to keep it")
    decide = ("subject", "decide", number)
    assert "no item PRO-009 of SR-1" in quiet.refused(4, *decide, "PRO-009", "copy", *why)
    assert "--basis says" in quiet.refused(2, *decide, "PRO-001", "keep", *why)
    kept = quiet.done(*decide, "pro-001", "keep", "--basis", "legal_duty", *why)
    assert "document PRO-001: keep (legal duty): No duty to keep it" in kept
    assert "waits for the erasure of the name" in quiet.done(*decide, ola, "erase", *why)
    assert "the erasure of the name" in quiet.refused(3, "subject", "answer", number)
    quiet.done("person", "leave", "Ola Hansen")
    assert "waits for" not in quiet.done("subject", "run", number)
    assert "answered on" in quiet.done("subject", "answer", number)
    assert number in quiet.done("subject", "list")
    assert quiet.told("subject", "show", number)["state"] == "answered"
    path = quiet.file("x").replace("/x", "/request.md")
    assert path in quiet.done("subject", "report", number, "--to", path)
    assert f"person {ola}" in Path(path).read_text()
    assert quiet.done("subject", "find", "Ola Hansen").startswith("found nowhere\nnot searched: ")
    assert "no problems found" in quiet.done("verify")


def test_who_founds_a_library_whose_ids_tell_nothing_is_told_how_people_are_added(
    tmp_path: Path,
) -> None:
    company = Company(tmp_path)
    generate_key(tmp_path / "keys" / "qm", comment="qm")
    told = company.done("init", company.root, *WHO, "--names", "vault", "--key", company.key())
    assert "person add --name NAME --role approver --key FILE.pub\n" in told
