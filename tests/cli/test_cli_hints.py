"""Somebody who mistypes, or is one step early, is told what was meant and what to do next."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from company import TEXT, Company

CHAPTERS = (
    "---\nscope: Pumps.\nchapters:\n  - title: All\n    type: procedure\n---\n\n## Scope\n\nX.\n"
)


def packed() -> bytes:
    """Return the beginning of what a word processor writes: a ZIP file with letters in it."""
    paper = BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:document>" + "ø" * 2000)
    return paper.getvalue()


@pytest.mark.parametrize(
    ("code", "arguments", "meant"),
    [
        (4, ("new", "work-instruction", "X"), "did you mean 'work_instruction'? types: policy"),
        (4, ("new", "Work Instruction", "X"), "did you mean 'work_instruction'?"),
        (4, ("new", "polcy", "X"), "did you mean 'policy'?"),
        (4, ("new", "minutes", "X"), "hint: types: policy"),
        (4, ("new", "form", "X", "--record", "traning"), "did you mean 'training'?"),
        (4, ("schema", "polciy"), "did you mean 'policy'?"),
        (3, ("person", "role", "ws", "recrods"), "did you mean 'records'? roles:"),
        (2, ("assign", "PRO-001", "ownr=x", "--reason", "R"), "did you mean 'owner'? fields:"),
        (2, ("person", "show", "ws"), "There are: accept, add"),
    ],
)
def test_what_was_meant_is_said(
    company: Company, code: int, arguments: tuple[str, ...], meant: str
) -> None:
    assert meant in company.refused(code, *arguments)


@pytest.mark.parametrize("given", ["PRO-1", "PROC-001", "PRO-0001", "PR0-001"])
def test_a_number_written_in_another_way_is_recognised(company: Company, given: str) -> None:
    number = company.new()
    assert number == "PRO-001"
    assert "did you mean 'PRO-001'? see: docctl register" in company.refused(4, "show", given)


def test_a_document_is_no_record(company: Company) -> None:
    number = company.new()
    for asked in (("record", "show"), ("trace",)):
        assert f"it is a document: docctl show {number}" in company.refused(4, *asked, number)
        for odd in ("PRO-099", "../x", "a b", "-", "ø" * 300):
            assert "see: docctl record list" in company.refused(4, *asked, "--", odd)


def test_another_count_is_no_slip_of_the_pen(company: Company) -> None:
    company.new()
    assert "did you mean" not in company.refused(4, "show", "PRO-011")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("old.docx", packed(), "pandoc -t gfm"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx first"),
        ("old.pdf", b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "begin from the file that it was made of"),
        ("old.txt", "Größe".encode("utf-16"), "it is UTF-16"),
        ("old.md", "Gr\u00f6\u00dfe".encode("latin-1"), "line 1 is not UTF-8"),
    ],
)
def test_a_file_that_is_no_markdown_is_called_what_it_is(
    company: Company, name: str, data: bytes, said: str
) -> None:
    assert said in company.refused(2, "new", "procedure", "X", "--from", company.file(name, data))


def test_the_heading_at_the_head_of_a_text_is_its_title(company: Company) -> None:
    file = company.file("old.md", f"# Control of *things*\n\n{TEXT}")
    assert company.told("new", "procedure", "--from", file)["title"] == "Control of things"
    assert company.told("new", "procedure", "Other", "--from", file)["title"] == "Other"
    own = company.file("own.md", f"---\ntitle: Its own\n---\n\n# Control of things\n\n{TEXT}")
    assert company.told("new", "procedure", "--from", own)["title"] == "Its own"


def test_a_text_without_any_title_asks_for_one(company: Company) -> None:
    said = company.refused(2, "new", "procedure", "--from", company.file("old.md"))
    assert "docctl new procedure TITLE" in said


def test_a_document_begun_from_prompts_is_filled_in_first(company: Company) -> None:
    assert "next: docctl save PRO-001" in company.done("new", "procedure", "Prompts")
    written = company.done("new", "procedure", "X", "--from", company.file("text.md"))
    assert "next: docctl submit PRO-002" in written


def test_a_comment_is_answered_before_anybody_approves(company: Company) -> None:
    number = company.new()
    company.done("submit", number)
    asked = company.done("comment", number, "Who?", by="ws")
    assert f"next: docctl resolve {number} 3 --answer TEXT" in asked
    answered = company.done("resolve", number, "3", "--answer", "Ola")
    assert f"next: docctl approve {number}" in answered


def test_what_is_not_saved_is_not_compared_in_silence(company: Company) -> None:
    number = company.effective()
    company.done("revise", number, "--reason", "More")
    assert company.run("diff", number).stderr == ""
    copy = company.place / "acme" / "drafts" / number / "document.md"
    copy.write_text(copy.read_text("utf-8").replace("Everything", "All"), "utf-8")
    assert f"save it: docctl save {number}" in company.run("diff", number).stderr
    copy.write_text(copy.read_text("utf-8").replace("language:", "langage:"), "utf-8")
    assert f"save it: docctl save {number}" in company.run("diff", number).stderr


def test_words_to_search_for_need_no_quotation_marks(company: Company) -> None:
    number = company.effective()
    assert [one["number"] for one in company.told("search", "how", "it", "is")] == [number]
    assert company.told("search", "how", "elephants") == []


def test_a_day_before_the_founding_is_called_so(company: Company) -> None:
    number, early = company.new(), ("--as-of", "2001-01-01")
    file = str(company.place / "a.docx")
    for arguments in (("register",), ("export", number, "--to", file)):
        assert "it was founded on 20" in company.refused(4, *arguments, *early)


def test_several_drafts_are_handed_over_one_after_the_other(company: Company) -> None:
    one, two, three = company.new("One"), company.new("Two"), company.new("Three")
    file = company.file("unready.md", "Write it on [[FRM-099]].\n")
    unready = company.told("new", "procedure", "Unready", "--from", file)["number"]
    handed = company.told("submit", one, two)
    assert [state["state"] for state in handed] == ["in_review", "in_review"]
    stopped = company.run("submit", three, unready, "--json")
    assert (stopped.exit_code, json.loads(stopped.stdout)[0]["number"]) == (3, three)
    assert "there is no document FRM-099" in stopped.stderr
    assert company.told("submit", company.new("Four"))["state"] == "in_review"
    paper = ("--prepare", company.place / "paper.json")
    assert "name one document" in company.refused(2, "submit", one, two, *paper)


def test_whatever_is_signed_is_signed_for_several_documents(company: Company) -> None:
    both = company.effective("One"), company.effective("Two")
    because, later = ("--reason", "It is time"), ("--effective", "2099-01-01")

    def states(*arguments: object, by: str = "qm") -> set[str]:
        verb, *options = arguments
        done = company.told(verb, *both, *options, by=by)
        assert [one["number"] for one in done] == [*both]
        return {one["state"] for one in done}

    assert states("suspend", *because, "--instruction", "Stop") == {"suspended"}
    assert states("resume", *because, by="ws") == {"effective"}
    assert states("periodic-review", *because) == {"effective"}
    assert states("approve", by="ws") == {"effective"}
    for number in both:
        company.done("revise", number, *because)
        company.done("save", number, company.file("next.md", f"{TEXT}\nMore.\n"))
    assert states("submit") == {"in_review"}
    assert states("return", *because, by="ws") == {"draft"}
    assert states("submit") == {"in_review"}
    assert states("approve", by="ws") == {"approved"}
    assert states("release", *later) == {"scheduled"}
    assert states("postpone", *because, "--effective", "2099-02-01") == {"scheduled"}
    assert states("reopen", *because) == {"draft"}
    assert states("cancel", *because) == {"cancelled"}
    assert states("withdraw", *because) == {"effective"}
    assert states("reroute", *because) == {"effective"}
    assert states("approve", by="ws") == {"withdrawn"}
    assert "no problems found" in company.done("verify")


def test_the_first_of_several_that_is_refused_ends_it(company: Company) -> None:
    one, two, three = company.new("One"), company.new("Two"), company.new("Three")
    company.done("submit", one, three)

    stopped = company.run("approve", one, two, three, by="ws")

    assert stopped.exit_code == 3
    assert stopped.stdout.startswith(one)
    assert two in stopped.stderr
    assert "approved" in company.done("show", one)
    assert "approved" not in company.done("show", three)


def test_several_copies_are_looked_at_together(company: Company) -> None:
    number, desk = company.effective(), company.place
    for name in ("a.docx", "b.md", "copies/c.html"):
        company.done("export", number, "--to", str(desk / name))
    files = [str(desk / name) for name in ("a.docx", "b.md", "copies")]
    found = company.told("verify-copy", *files)
    assert [one["file"] for one in found["copies"]] == [
        str(desk / name) for name in ("a.docx", "b.md", "copies/c.html")
    ]
    assert "3 looked at: 3 current" in company.done("verify-copy", *files)


def test_a_manual_of_the_command_line_bears_its_code(company: Company) -> None:
    company.effective()
    number = str(
        company.told("new", "manual", "M", "--from", company.file("m.md", CHAPTERS))["number"]
    )
    company.done("submit", number)
    company.done("approve", number, by="ws")
    company.done("release", number)
    plain, coded = company.place / "plain.docx", company.place / "coded.docx"
    company.done("manual", number, "--to", plain)
    company.done("manual", number, "--to", coded, "--qr")
    assert len(pictures(coded)) == len(pictures(plain)) + 1


def test_a_key_that_is_not_noted_is_named_in_what_comes_next(
    company: Company, tmp_path: Path
) -> None:
    vault = ("--name", "Ivy Stone", "--names", "vault", "--organization", "Byte")
    told = company.done("init", tmp_path / "told", *vault, "--key", tmp_path / "ivy", by="")
    assert "docctl.toml does not note it" in told
    assert f"told --key {tmp_path / 'ivy'} person add --name NAME" in told
    quiet = company.done("init", tmp_path / "quiet", *vault, "--key", tmp_path / "key", by="")
    assert "quiet person add --name NAME" in quiet


def pictures(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as archive:
        return [name for name in archive.namelist() if name.startswith("word/media/")]
