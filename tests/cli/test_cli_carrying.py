"""Prepare here, sign there, land here: with stock ssh-keygen."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from company import LATER, Company


def carried(company: Company, *arguments: object, by: str = "qm") -> str:
    """Prepare a change with a public key, sign it elsewhere, land it; return what is printed."""
    file = f"{company.place}/carried/{len(list(company.place.glob('carried/*.json')))}.json"
    before = company.head
    said = company.run(*arguments, "--prepare", file, by=f"{by}.pub")
    assert said.exit_code == 0, said.output
    assert company.head == before
    assert f"docctl land {file}" in said.stdout
    company.signed(by, file)
    return company.done("land", file, by="")


def test_every_step_can_be_signed_elsewhere(company: Company) -> None:
    private = company.place / "safe"
    (company.place / "keys").rename(private)
    (company.place / "keys").mkdir()
    for name in ("qm", "ws"):
        (private / f"{name}.pub").rename(company.place / "keys" / f"{name}.pub")
    os.environ.pop("SSH_AUTH_SOCK", None)
    company.file("pictures/rig.png", b"\x89PNG")
    text = company.file("text.md", "## Purpose\n\n![The rig](pictures/rig.png)\n")

    def step(*arguments: object, by: str = "qm") -> str:
        (private / by).rename(company.key(by))
        try:
            return carried(company, *arguments, by=by)
        finally:
            Path(company.key(by)).rename(private / by)

    assert "landed: PRO-001 1: created by qm" in step("new", "procedure", "Tests", "--from", text)
    assert "working copy" in step("save", "PRO-001", company.file("two.md", "## Purpose\n\nTwo.\n"))
    step("submit", "PRO-001")
    assert "revision 1 is approved" in step("approve", "PRO-001", "--remark", "Good", by="ws")
    step("release", "PRO-001", "--effective", LATER)
    assert "a draft" in step("reopen", "PRO-001", "--reason", "A typo")
    assert company.told("show", "PRO-001", by="")["attachments"] == []
    assert company.told("verify", by="")["problems"] == []


def test_no_passphrase_is_asked_for_to_prepare(company: Company) -> None:
    number = company.new("One")
    company.done("submit", number)
    key = company.key("ws")
    locked = ["ssh-keygen", "-q", "-p", "-P", "", "-N", "a long passphrase", "-f", key]
    subprocess.run(locked, check=True)
    file = f"{company.place}/approval.json"

    said = company.run("approve", number, "--prepare", file, by="ws")
    assert said.exit_code == 0, said.output
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-n", "docctl-event@v1", "-f", key, file]
    asked = {"SSH_ASKPASS_REQUIRE": "force", "SSH_ASKPASS": company.file("ask", ASK)}
    Path(asked["SSH_ASKPASS"]).chmod(0o700)
    subprocess.run(sign, check=True, env={**os.environ, **asked})
    assert "revision 1 is approved" in company.done("land", file, by="")


#: Types the passphrase.
ASK = "#!/bin/sh\necho 'a long passphrase'\n"


def test_settings_and_people_can_be_changed_from_elsewhere(company: Company) -> None:
    settings = company.file("settings.json", company.done("control", "show", "--json"))
    assert "CONTROL 2" in carried(company, "control", "change", settings, "--reason", "X")
    add = ("person", "add", "bo", "--name", "Bo Vik", "--key", company.key("newcomer.pub"))
    assert "landed: ACCESS: person_added by qm" in carried(company, *add)
    assert "landed: ACCESS: accepted by bo" in carried(company, "person", "accept", by="newcomer")


def test_a_release_of_several_has_a_file_for_each(company: Company) -> None:
    numbers = [company.new("One"), company.new("Two")]
    for number in numbers:
        company.done("submit", number)
        company.done("approve", number, by="ws")
    folder = company.place / "release"
    handed = company.told("release", *numbers, "--prepare", folder)
    files = [one["files"][0] for one in handed]
    assert [one["item"] for one in handed] == numbers
    assert "nobody has signed" in _lacking(company, folder, *company.signed("qm", files[0]))
    made = company.signed("qm", files[1])
    landed = company.told("land", folder, *made, f"{files[0]}.sig", by="")
    assert [one["state"] for one in landed["documents"]] == ["effective", "effective"]


def _lacking(company: Company, *arguments: object) -> str:
    return company.refused(3, "land", *arguments, by="")


def test_a_change_of_people_takes_the_signatures_of_several_administrators(
    company: Company,
) -> None:
    company.done("person", "role", "ws", "administrator")
    assert "--prepare FILE" in company.refused(3, "person", "threshold", 2)
    file = company.place / "two.json"
    company.done("person", "threshold", 2, "--prepare", file)
    [mine] = company.signed("qm", file)
    assert "2 administrators" in company.refused(3, "land", file)
    both = [company.file("one.sig", Path(mine).read_bytes())]
    Path(mine).unlink()
    both += company.signed("ws", file)
    assert "ACCESS: threshold_set by qm" in company.done("land", file, *reversed(both), by="")
    assert company.told("authority")["administrators_needed"] == 2


def test_a_signature_of_other_bytes_does_not_land(company: Company) -> None:
    number = company.new()
    file, other = company.place / "submit.json", company.file("other.json", "{}")
    company.done("submit", number, "--prepare", file)
    assert "hint: name a new file" in company.refused(3, "submit", number, "--prepare", file)
    [wrong] = company.signed("qm", other)
    assert "signature does not hold" in company.refused(3, "land", file, wrong)
    assert "signature does not hold" in company.refused(3, "land", file, company.file("x.sig", "x"))
    assert "there is no file" in company.refused(4, "land", file)


@pytest.mark.parametrize(
    ("change", "code", "word"),
    [
        (lambda event: event | {"signer": "ws"}, 3, "did not sign"),
        (lambda event: event | {"content": "0" * 64}, 3, "not the one that the event names"),
        (lambda event: event | {"library": "0" * 64}, 3, "another library"),
        (lambda event: event | {"type": "abolished"}, 3, "--prepare"),
        (lambda event: event | {"revision": "x"}, 3, "is not a revision"),
    ],
)
def test_an_event_that_was_tampered_with_does_not_land(
    company: Company, change: object, code: int, word: str
) -> None:
    file = company.place / "event.json"
    company.done("new", "procedure", "X", "--prepare", file)
    event = change(json.loads(file.read_text()))
    file.write_text(json.dumps(event, sort_keys=True, separators=(",", ":")))
    company.signed("qm", file)
    assert word in company.refused(code, "land", file)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("body.md", "Another text.\n", "not the one that the event names"),
        ("meta.json", '{"title":"X","type":"procedure","number":"PRO-9"}', "PRO-9"),
        ("meta.json", "{", "JSON"),
        ("body.md", b"\xff", "not UTF-8"),
        ("files/a\tb", "x", "cannot be used"),
    ],
)
def test_content_that_was_tampered_with_does_not_land(
    company: Company, name: str, content: str | bytes, word: str
) -> None:
    file = company.place / "event.json"
    company.done("new", "procedure", "X", "--prepare", file)
    company.file(f"event.json.content/{name}", content)
    company.signed("qm", file)
    before = company.head
    result = company.run("land", file)
    assert result.exit_code in {2, 3}
    assert word in result.stderr
    assert company.head == before


def test_content_that_was_lost_does_not_land(company: Company) -> None:
    file = company.place / "event.json"
    company.done("new", "procedure", "X", "--prepare", file)
    (company.place / "event.json.content").rename(company.place / "lost")
    company.signed("qm", file)
    assert "hint: keep the folder" in company.refused(3, "land", file)


def test_what_is_no_event_does_not_land(company: Company) -> None:
    file = company.file("event.json", '{"a": 1}')
    company.signed("qm", file)
    assert "not the bytes of an event" in company.refused(3, "land", file)
    (company.place / "empty").mkdir()
    assert "no prepared event" in company.refused(2, "land", company.place / "empty")
