"""A whole day at the office, through the command line, on real keys."""

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from company import LATER, TEXT, Company

from docctl.cli.app import docctl


def test_a_document_goes_from_its_first_line_into_force(company: Company) -> None:
    assert "PRO-001 Control of documents" in company.done(
        "new", "procedure", "Control of documents", "--from", company.file("text.md")
    )
    assert "waits for: approval by ws (approver)" in company.done("submit", "PRO-001")
    assert "next: docctl release PRO-001" in company.done("approve", "PRO-001", by="ws")
    assert "revision 1 is effective" in company.done("release", "pro-001")

    [entry] = company.told("register", by="")
    assert entry["number"] == "PRO-001"
    assert entry["type"] == "procedure"
    assert entry["title"] == "Control of documents"
    assert (entry["revision"], entry["state"], entry["owner"]) == ("1", "effective", "Kari Berg")
    assert entry["effective_on"] < entry["review_due_on"]
    assert company.told("verify", by="")["problems"] == []


def test_a_revision_supersedes_on_its_day(company: Company) -> None:
    number = company.effective()
    company.done("revise", number, "--reason", "Audit finding 3")
    company.done("save", number, company.file("new.md", f"{TEXT}\nAnd more.\n"))
    company.done("submit", number, "--effective", LATER)
    company.done("approve", number, by="ws")
    company.done("release", number, "--effective", LATER)

    later = company.told("register", "--as-of", LATER)
    assert [one["revision"] for one in company.told("register")] == ["1"]
    assert [one["revision"] for one in later] == ["2"]
    assert "+And more." in company.done("diff", number)
    assert company.told("diff", number, "2", "1")["after"] == "1"
    assert "scheduled" in company.done("register")
    assert f"2    scheduled   {LATER}" in company.done("show", number)
    company.done("postpone", number, "--effective", "2099-01-01", "--reason", "Training")
    assert "takes effect on 2099-01-01" in company.done("due")
    assert "takes effect on 2099-01-01" in company.done("show", number, "--revision", "2")
    assert "a draft" in company.done("reopen", number, "--reason", "A wrong limit")
    assert "cancelled" in company.done("cancel", number, "--reason", "Not needed")


def test_two_revisions_are_compared_in_the_terminal_and_as_files(company: Company) -> None:
    number = company.effective()
    company.done("revise", number, "--reason", "Audit finding 3")
    company.done("save", number, company.file("new.md", TEXT.replace("Everything", "Nothing")))

    assert "[-Everything-]{+Nothing+} here." in company.done("diff", number, "--words")
    for name in ("a.docx", "a.html", "a.md"):
        result = company.run("diff", number, "--to", company.place / name)
        assert (result.exit_code, result.stderr) == (
            0,
            "1 place differs between revisions 1 and 2\n",
        )
        assert name in result.stdout
    with ZipFile(company.place / "a.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert re.search(r"<w:del [^>]*>.*?>Everything<", text)
    assert re.search(r"<w:ins [^>]*>.*?>Nothing<", text)
    assert "<del>Everything</del><ins>Nothing</ins>" in (company.place / "a.html").read_text()
    assert "{--Everything--}{++Nothing++}" in (company.place / "a.md").read_text()
    refused = company.run("diff", number, "--to", company.place / "a.xyz")
    assert refused.exit_code == 2
    assert not (company.place / "a.xyz").exists()


def test_comments_are_answered_before_the_approval(company: Company) -> None:
    number = company.new()
    company.done("submit", number)
    said = company.told("comment", number, "Who calibrates this?", "--line", "3", by="ws")
    assert said["comments"][0]["text"] == "Who calibrates this?"
    asked = said["comments"][0]["comment"]
    assert "on line 3: Who" in company.done("show", number)
    assert "comment" in company.refused(3, "approve", number, by="ws")
    company.done("resolve", number, asked, "--as", "rejected", "--answer", "See PRO-002")
    assert "a draft" in company.done("return", number, "--reason", "Section 4", by="ws")


def test_a_document_is_suspended_resumed_reviewed_and_withdrawn(company: Company) -> None:
    number = company.effective()
    company.done(
        "suspend", number, "--reason", "A hose burst", "--instruction", "Stop; call the workshop"
    )
    assert "Stop; call the workshop" in company.done("show", number)
    company.refused(3, "resume", number, "--reason", "I changed my mind")
    company.done("person", "role", "ws", "document_controller")
    company.done("resume", number, "--reason", "New hoses", by="ws")
    assert "open: review proposed" in company.done(
        "periodic-review", number, "--reason", "Still right", "--next", LATER
    )
    company.done("approve", number, "--remark", "Agreed", by="ws")
    company.done("withdraw", number, "--reason", "Merged")
    company.done("reroute", number, "--reason", "Another approver")
    assert "withdrawn" in company.done("approve", number, by="ws")


def test_several_documents_are_released_together_or_not_at_all(company: Company) -> None:
    first, second = company.new("One"), company.new("Two")
    company.done("submit", first)
    company.done("approve", first, by="ws")
    assert second in company.refused(3, "release", first, second)
    company.done("submit", second)
    company.done("approve", second, by="ws")
    released = company.told("release", first, second)
    assert [one["state"] for one in released] == ["effective", "effective"]


def test_people_come_change_and_leave(company: Company) -> None:
    added = company.told("person", "add", "bo", "--name", "Bo Vik", "--function", "Fitter")
    assert added["functions"][0]["function"] == "Fitter"
    assert "waits for: docctl person accept" in company.done(
        "person", "key", "bo", company.key("newcomer")
    )
    company.done("person", "accept", by="newcomer")
    company.done("person", "role", "bo", "author")
    company.done("person", "role", "bo", "author", "--end")
    company.done("person", "function", "bo", "Foreman", "--on", "2026-02-01")
    company.done("person", "function", "bo", "Fitter", "--end")
    assert "Foreman since 2026-02-01" in company.done("person", "list")
    company.done("person", "revoke", "bo", company.key("newcomer.pub"), "--reason", "Lost")
    company.done("person", "leave", "bo", "--reason", "Retired")
    assert "left on" in company.done("authority")
    assert "robot" in company.done("person", "add", "robot", "--name", "robot", "--service")
    assert "must sign a change of it: 1" in company.done("person", "threshold", 1)
    assert company.told("authority")["administrators_needed"] == 1
    assert "it was founded on" in company.refused(4, "authority", "--on", "2001-01-01")


def test_an_exception_is_granted_used_shown_and_ended(company: Company) -> None:
    company.done("person", "role", "qm", "approver")
    until = ("--until", LATER, "--reason", "Nobody else can")
    company.done("person", "exception", "qm", *until)
    number = company.new()
    company.done("submit", number)
    company.done("approve", number)
    assert "own-work-signed" in company.done("exceptions")
    assert "exception:" in company.done("exceptions")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    company.done("person", "exception", "qm", "--end", "--until", yesterday, "--reason", "Hired")
    assert "exception:" not in company.done("exceptions")


def test_control_is_changed_like_a_document(company: Company) -> None:
    settings = company.file("s.json", company.done("control", "show", "--json"))
    changed = Path(settings).read_text().replace('"notice": ""', '"notice": "A sample."')
    file = company.file("new.json", changed)
    company.done("control", "change", file, "--reason", "A notice")
    company.done("control", "change", file, "--reason", "A notice")
    company.done("submit", "CONTROL")
    company.done("approve", "CONTROL", by="ws")
    assert "CONTROL Control settings" in company.done("release", "CONTROL")
    assert company.told("control", "show")["notice"] == "A sample."
    assert "1 approval by management" in company.done("control", "show")
    company.done("revise", "CONTROL", "--reason", "More")
    assert "A sample." in company.done("show", "CONTROL")
    assert company.told("check", "CONTROL") == []


def test_a_skeleton_is_edited_checked_and_saved(company: Company) -> None:
    company.done("new", "form", "Test report", "--owner", "Workshop Manager", "--number", "FRM-007")
    found = company.run("check", "FRM-007")
    assert found.exit_code == 1
    assert "still to be replaced [placeholder]" in found.stdout
    path = Path(company.done("edit", "FRM-007").strip())
    text = path.read_text()
    path.write_text(text[: text.index("## ")] + "## Instructions\n\nFill it in.\n\n## Form\n\nA.\n")
    assert "docctl save FRM-007" in company.refused(3, "submit", "FRM-007")
    company.done("save", "FRM-007")
    found = company.done("check", "FRM-007")
    assert "0 errors, 1 of advice" in found
    assert "its owner Workshop Manager is a function that nobody holds [vacant-owner]" in found
    company.done("person", "function", "ws", "Workshop Manager")
    assert company.run("check", "FRM-007").stderr == "no problems found\n"
    assert company.told("edit", "FRM-007")["working_copy"] == str(path)


def test_attachments_come_along(company: Company) -> None:
    company.file("pictures/rig.png", b"\x89PNG")
    text = company.file("text.md", "## Purpose\n\n![The rig](pictures/rig.png)\n")
    log = company.file("log.csv", "a,b\n")
    company.done("new", "procedure", "Tests", "--from", text, "--attach", log)
    assert company.told("show", "PRO-001")["attachments"] == ["log.csv", "pictures/rig.png"]


def test_facts_are_assigned_without_a_new_revision(company: Company) -> None:
    number = company.effective()
    company.done(
        "assign", number, "owner=Workshop Manager", "distribution=Workshop, Office",
        "location=Binder 3", "--reason", "Reorganisation",
    )  # fmt: skip
    card = company.done("show", number)
    assert "Workshop, Office" in card
    assert "Binder 3" in card
    assert company.told("register", "--function", "Workshop Manager")[0]["revision"] == "1"
    company.done("assign", number, "owner=person:ws", "checked_on=2026-02-01", "--reason", "Again")
    assert "Ola Moe" in company.done("show", number)


def test_what_happened_can_be_looked_up(company: Company) -> None:
    company.effective("Purchasing")
    text = company.file("two.md", "## Purpose\n\nCalibrate as in [[PRO-001]].\n")
    company.done("new", "work_instruction", "Calibration", "--from", text)
    assert "WI-001" in company.done("where", "PRO-001")
    assert "PRO-001" in company.done("show", "WI-001")
    assert "WI-001 Calibration" in company.done("search", "calibrate")
    assert "created" in company.done("changes", "--since", "2026-01-01")
    types = [one["type"] for one in company.told("history", "PRO-001")]
    assert types == ["created", "submitted", "approved", "released"]
    assert "person added" in company.done("history", "ACCESS")
    assert company.run("due").stderr == "nothing is due\n"
    assert company.run("changes", "--since", "2999-01-01").stderr == "nothing happened\n"


@pytest.mark.parametrize("to", ["out/", "out.docx", "out.md", "out.html", "out.pdf"])
def test_copies_are_exported(company: Company, to: str) -> None:
    number = company.effective()
    path = Path(company.told("export", number, "--to", company.place / to)["file"])
    assert path.stat().st_size
    assert company.done("export", "CONTROL", "--to", company.place / to)


def test_a_compiled_manual_is_outdated_once_its_text_has_another_revision(company: Company) -> None:
    number = company.new("The manual", "manual")
    steps = (("submit", "qm"), ("approve", "ws"), ("release", "qm"))
    for step, who in steps:
        company.done(step, number, by=who)
    path = company.told("manual", number, "--to", company.place / "manual.docx")["file"]
    assert company.run("outdated", number, path).exit_code == 0

    company.done("revise", number, "--reason", "It changed")
    for step, who in steps:
        company.done(step, number, by=who)

    found = company.run("outdated", number, path)
    assert found.exit_code == 1
    assert "error: the file holds revision 1; in force is revision 2" in found.stdout
    assert {
        one["severity"]
        for one in json.loads(company.run("outdated", number, path, "--json").stdout)
    } == {"error", "advice"}


def test_anybody_can_check_a_signature_with_stock_tools(company: Company) -> None:
    number = company.effective()
    signers = company.file("allowed_signers", company.done("allowed-signers"))
    [line] = [one for one in company.told("history", number) if one["type"] == "approved"]
    show = ["git", "--git-dir", f"{company.root}/store.git", "show"]
    event = subprocess.run([*show, f"main:{line['path']}"], capture_output=True, check=True).stdout
    path = line["path"].removesuffix("json") + "sig"
    made = subprocess.run([*show, f"main:{path}"], capture_output=True, check=True).stdout
    who = ["-f", signers, "-I", "ws", "-n", "docctl-event@v1", "-s", company.file("e.sig", made)]
    subprocess.run(["ssh-keygen", "-Y", "verify", *who], input=event, check=True)


def test_a_manual_is_compiled_from_what_is_in_force(company: Company) -> None:
    company.effective("Purchasing")
    matter = "---\nscope: Pumps.\nchapters:\n- title: Procedures\n  type: procedure\n---\n"
    text = company.file("manual.md", f"{matter}\n## Scope\n\nPumps.\n")
    company.done("new", "manual", "Quality manual", "--from", text)
    company.done("submit", "MAN-001")
    company.done("approve", "MAN-001", by="ws")
    company.done("release", "MAN-001")
    path = Path(company.done("manual", "MAN-001", "--to", company.place / "manual.md").strip())
    assert "Purchasing" in path.read_text()


def test_texts_from_another_system_lose_what_docctl_does_not_know(company: Company) -> None:
    text = company.file("old.md", "---\ntitle: Old\nwiki_id: 7\n---\n\n## Purpose\n\nX.\n")
    result = company.run("new", "procedure", "Old", "--from", text, "--foreign")
    assert result.stderr == "left out: wiki_id\n"
    assert "PRO-001 Old" in result.stdout


@pytest.mark.slow
def test_the_example_company_can_be_visited(tmp_path: Path) -> None:
    tour = Company(tmp_path)
    said = CliRunner().invoke(docctl, ["demo", tour.root])
    assert said.exit_code == 0, said.output
    assert f"docctl -C {tour.root} register" in said.stdout
    assert (tmp_path / "acme" / "exports" / "MAN-001.docx").exists()
    assert tour.told("verify", by="")["problems"] == []


def test_what_was_assigned_is_printed(company: Company) -> None:
    number, facts = company.effective(), ("owner=Quality Manager", "distribution=Office, Yard")
    said = company.done("assign", number, *facts, "location=", "--reason", "Tidy")
    assert said.endswith(
        "  owner: Quality Manager\n  distribution: Office, Yard\n  location: none\n"
    )


def test_the_settings_show_what_the_library_added(company: Company) -> None:
    assert "Paper          A4" in company.done("control", "show")
    assert "Notice" not in company.done("control", "show")
    settings = company.told("control", "show")
    functions = [{"title": "Welder", "responsibility": "Seams", "authority": "May stop a weld"}]
    more = {
        "roles": {"welder": "welds"},
        "functions": functions,
        "notice": "Sample",
        "paper": "Letter",
    }
    file = company.file("settings.json", json.dumps({**settings, **more}))
    company.done("control", "change", file, "--reason", "More")
    company.done("submit", "CONTROL")
    company.done("approve", "CONTROL", by="ws")
    company.done("release", "CONTROL")
    shown = company.done("control", "show")
    for words in ("Paper          Letter", "Notice         Sample", "May stop a weld"):
        assert words in shown
    assert re.search("^welder +welds$", shown, re.MULTILINE)


def test_what_was_not_saved_stays_when_its_document_is_given_up(company: Company) -> None:
    number = company.new()
    company.file(f"acme/drafts/{number}/document.md", "Mine")
    said = company.done("cancel", number, "--reason", "Not needed")
    assert "not saved, and left for you: " in said


def test_a_title_may_stand_in_the_file_alone(company: Company) -> None:
    file = company.file("titled.md", f"---\ntitle: Of titles\n---\n\n{TEXT}")
    assert "PRO-001 Of titles" in company.done("new", "procedure", "--from", file)
    assert "Missing argument 'TITLE'" in company.refused(2, "new", "procedure")
    assert "title" in company.refused(
        2, "new", "procedure", "--from", company.file("bare.md", TEXT)
    )
