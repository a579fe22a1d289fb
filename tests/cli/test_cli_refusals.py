"""What must not happen does not happen: the right exit code, a hint, and nothing changed."""

import os
import shutil
from pathlib import Path

import pytest
from company import LATER, Company

MATTER = "---\n{}\n---\n\n## Purpose\n\nText.\n"
BOMB = "\n".join(["a: &a [x, x, x]", *(f"{n}: &{n} [*a, *a, *a, *a]" for n in "bcdefgh")])


def test_nobody_approves_what_they_wrote(company: Company) -> None:
    company.done("person", "role", "qm", "approver")
    number = company.new()
    company.done("submit", number)
    assert "hint: another person must sign" in company.refused(3, "approve", number)


def test_an_outsider_approves_nothing(company: Company) -> None:
    number = company.new()
    company.done("submit", number)
    said = company.refused(3, "approve", number, by="stranger")
    assert "belongs to nobody in this library" in said
    assert "hint: an administrator adds it" in said


def test_a_key_that_was_not_accepted_does_not_count(company: Company) -> None:
    key = ("--key", company.key("newcomer.pub"), "--role", "approver")
    company.done("person", "add", "bo", "--name", "Bo Vik", *key)
    number = company.new()
    company.done("submit", number)
    assert "accept" in company.refused(3, "approve", number, by="newcomer")


def test_nothing_is_released_without_its_route(company: Company) -> None:
    number = company.new()
    assert "possible now: save, submit" in company.refused(3, "release", number)
    company.done("submit", number)
    assert "hint:" in company.refused(3, "release", number)


def test_nothing_takes_effect_in_the_past(company: Company) -> None:
    number = company.new()
    company.done("submit", number)
    company.done("approve", number, by="ws")
    assert "2001-01-01" in company.refused(3, "release", number, "--effective", "2001-01-01")


def test_there_is_one_open_draft(company: Company) -> None:
    number = company.effective()
    company.done("revise", number, "--reason", "More")
    assert "hint:" in company.refused(3, "revise", number, "--reason", "Even more")


def test_a_newer_draft_is_not_overwritten(company: Company) -> None:
    number = company.new()
    mine, drafts = company.place / "mine", Path(company.root) / "drafts" / number
    shutil.copytree(drafts, mine)
    company.done("save", number, company.file("theirs.md", "## Purpose\n\nTheirs.\n"))
    shutil.rmtree(drafts)
    shutil.copytree(mine, drafts)
    company.file(f"acme/drafts/{number}/document.md", MATTER.format("title: Mine"))
    assert "hint: keep your file" in company.refused(3, "save", number)
    assert "older draft" in company.refused(3, "edit", number)


def test_a_role_for_nobody_is_refused(company: Company) -> None:
    assert "docctl person list" in company.refused(3, "person", "role", "nobody", "author")


def test_used_numbers_stay_used(company: Company) -> None:
    number = company.new()
    company.done("cancel", number, "--reason", "Not needed")
    assert "never used twice" in company.refused(3, "new", "procedure", "X", "--number", number)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("show", "PRO-404"), "docctl register"),
        (("show", "ACCESS"), "docctl register"),
        (("edit", "PRO-404"), "docctl register"),
        (("approve", "PRO-404"), "docctl register"),
        (("new", "recipe", "Soup"), "types: policy"),
        (("new", "procedure", "X", "--from", "nowhere.md"), "there is no file"),
        (("land", "nowhere.json"), "there is no file"),
        (("control", "change", "nowhere.json", "--reason", "X"), "there is no file"),
        (("schema", "recipe"), "docctl schema"),
        (("register", "--type", "procedur"), "types: policy, manual, procedure"),
        (("register", "--function", "typo"), "functions: Quality Manager"),
    ],
)
def test_what_is_not_there_is_not_found(
    company: Company, arguments: tuple[str, ...], word: str
) -> None:
    assert word in company.refused(4, *arguments)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("show", "../x"), "not a document number"),
        (("show", "--output=x"), "No such option"),
        (("show", "--", "--output=x"), "not a document number"),
        (("new", "procedure", "X", "--number", "../../etc/passwd"), "not a document number"),
        (("new", "procedure", "X", "--number", "CON-1"), "reserved"),
        (("new", "procedure", "X", "--number", "PRO-" + "9" * 99), "more than 64"),
        (("new", "procedure", ""), "title: is empty"),
        (("new", "procedure", "a\x1b[31mb"), "U+001B"),
        (("new", "procedure", "X", "--owner", "person:"), "name: is empty"),
        (("person", "add", "Bad Id", "--name", "X"), "not a person's id"),
        (("person", "add", "ok", "--name", ""), "name: is empty"),
        (("person", "add", "ok", "--name", "X", "--role", "Big Boss"), "not a plain word"),
        (("person", "role", "ws", "Big Boss"), "not a plain word"),
        (("person", "function", "ws", "F", "--on", "01.02.2026"), "not a day"),
        (("person", "revoke", "ws", "nokey.pub", "--reason", "X"), "there is no key"),
        (("release", "PRO-001", "--effective", "2026-02-30"), "not a day"),
        (("register", "--as-of", "yesterday"), "not a day"),
        (("register", "--state", "lost"), "is not one of"),
        (("search", ""), "no words to look for"),
        (("revise", "PRO-001"), "Missing option '--reason'"),
        (("assign", "PRO-001", "owner", "--reason", "X"), "not FIELD=VALUE"),
        (("assign", "PRO-001", "colour=red", "--reason", "X"), "no field 'colour' to assign"),
        (("assign", "PRO-001", "checked_on=soon", "--reason", "X"), "not a date"),
        (("aprove", "PRO-001"), "No such command 'aprove'. Did you mean 'approve'"),
        (("regsiter",), "Did you mean 'register'?"),
        (("qqq",), "No such command 'qqq'."),
        (("person", "lst"), "Did you mean 'list'?"),
        (("register", "--typ", "form"), "--type"),
        ((), "Usage: docctl"),
    ],
)
def test_bad_words_are_usage_errors(
    company: Company, arguments: tuple[str, ...], word: str
) -> None:
    assert word in company.refused(2, *(arguments or ("--json",)))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (MATTER.format("title: [unclosed"), "line"),
        (MATTER.format("title: *alias"), "alias"),
        (MATTER.format("title: !!python/object:os.system x"), "tag"),
        (MATTER.format(BOMB), "is not read"),
        (MATTER.format("summary: " + "x" * 70_000), "longer than 65,536 bytes"),
        (MATTER.format("colour: red"), "colour is not a field"),
        (MATTER.format("type: policy"), "type is 'policy', and must be 'procedure'"),
        (MATTER.format("title: one\ntitle: two"), "stands here and on line"),
        (MATTER.format("parent: ../x"), "not a document number"),
        (b"## Purpose\n\n\xff\xfe\n", "line 3 is not UTF-8"),
    ],
)
def test_malformed_texts_are_refused(company: Company, content: str | bytes, word: str) -> None:
    path = company.file("bad.md", content)
    said = company.refused(2, "new", "procedure", "X", "--from", path)
    assert word in said
    assert "hint:" in said


def test_files_over_the_limit_are_refused(company: Company) -> None:
    path = company.file("big.md")
    os.truncate(path, 11 * 2**20)
    assert "the limit is 10,485,760" in company.refused(3, "new", "procedure", "X", "--from", path)


@pytest.mark.parametrize("name", ["a\nb.md", "-rf.md", "name.", "COM1.txt"])
def test_odd_names_of_attachments_are_refused(company: Company, name: str) -> None:
    said = company.refused(2, "new", "procedure", "X", "--attach", company.file(name))
    assert "cannot be used" in said


def test_links_and_paths_lead_nowhere(company: Company) -> None:
    link = company.place / "link.md"
    link.symlink_to("/etc/passwd")
    assert "link" in company.refused(2, "new", "procedure", "X", "--from", link)
    assert "link" in company.refused(2, "new", "procedure", "X", "--attach", link)
    text = company.file("text.md", "## Purpose\n\n![x](../../etc/passwd) ![y](link.md)\n")
    company.done("new", "procedure", "X", "--from", text)
    assert company.told("show", "PRO-001")["attachments"] == []
    assert "unsafe-path" in company.run("check", "PRO-001").stdout


@pytest.mark.parametrize(
    ("settings", "word"),
    [("{", "JSON"), ("{}", "organization: is missing"), ('{"types": [1]}', "types, entry 1")],
)
def test_malformed_settings_are_refused(company: Company, settings: str, word: str) -> None:
    path = company.file("settings.json", settings)
    assert word in company.refused(2, "control", "change", path, "--reason", "X")


def test_keys_that_cannot_be_used_are_named(company: Company) -> None:
    assert "there is no key" in company.refused(2, "person", "accept", by="nobody")
    nonsense = company.file("keys/nonsense", "hello")
    assert nonsense in company.refused(2, "person", "accept", by="nonsense")
    private = ("--key", company.key("ws"))
    Path(company.key("ws.pub")).unlink()
    said = company.refused(2, "person", "add", "bo", "--name", "Bo", *private)
    assert "never the private key" in said


def test_a_library_must_be_there(company: Company, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = company.run("-C", str(tmp_path / "empty"), "register").stderr
    assert "hint: make one with: docctl init" in said


def test_a_damaged_store_cannot_serve(company: Company) -> None:
    store = Path(company.root) / "store.git"
    shutil.rmtree(store / "docctl")
    for file in [*store.glob("objects/pack/*"), *store.glob("objects/??/*")]:
        file.unlink()
    result = company.run("register")
    assert result.exit_code == 5
    assert "hint: restore it from a backup" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_approval_of_another_text_does_not_land(company: Company) -> None:
    number = company.new()
    company.done("submit", number)
    event = str(company.place / "approval.json")
    company.done("approve", number, "--prepare", event, by="ws")
    company.signed("ws", event)
    company.done("return", number, "--reason", "Typo", by="ws")
    company.done("save", number, company.file("other.md", "## Purpose\n\nOther.\n"))
    company.done("submit", number, "--effective", LATER)
    assert "hint: read the text as it is now" in company.refused(3, "land", event)


def test_the_output_is_no_file_to_write_to(company: Company) -> None:
    number = company.new()
    assert "name a file" in company.refused(2, "export", number, "--to", "-")
    assert "name a file" in company.refused(2, "submit", number, "--prepare", "-")


def test_a_path_is_printed_as_one_line(company: Company) -> None:
    to = company.place / "a\nb.docx"
    assert company.done("export", company.new(), "--to", str(to)).endswith("a\\nb.docx\n")
