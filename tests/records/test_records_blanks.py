"""Numbered blanks: issued, filled in, captured once; taken back, void, or still out."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from archive import LOG, RECORD, Keeping
from click.testing import CliRunner
from filling import filled_in
from test_records_forged import put_in

from docctl import Circumstances
from docctl.cli.app import docctl
from docctl.errors import EventError, IllegalMoveError, InputError, NotFoundError
from docctl.store.reading.reader import Reader
from docctl.verify import verify_since

SAID = {"site": "Oslo", "what": "A leak"}


def issued(
    keeping: Keeping, to: Path, *, copies: int = 1, form: str = "FRM-001"
) -> tuple[str, ...]:
    ria = keeping.by("ria")
    return tuple(one.blank for one in ria.blank_issue(form, to, issued_to="Line 3", copies=copies))


def run(keeping: Keeping, key: Path, *words: str) -> str:
    begin = ["-C", str(keeping.firm.root), "--key", str(key)]
    done = CliRunner().invoke(docctl, [*begin, *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_blank_bears_its_number_and_one_record_comes_of_it(
    keeping: Keeping, tmp_path: Path
) -> None:
    paper = tmp_path / "blank.docx"
    assert issued(keeping, paper) == ("B-1",)
    with ZipFile(paper) as archive:
        assert b"B-1, issued to Line 3 on 2026-01-05" in archive.read("word/document.xml")
        heads = [archive.read(one) for one in archive.namelist() if "header" in one]
        assert all(b"blank B-1" in one for one in heads)  # on every page
        assert heads
    paper.write_bytes(filled_in(paper.read_bytes(), SAID))
    ben = keeping.by("ben")
    read = ben.record_filled(paper)
    assert read.blank == "B-1"
    shown = ben.record_capture("FRM-001", read.fields, circumstances=Circumstances(blank="B-1"))
    assert shown.blank == "B-1"
    assert (ben.blank_show("B-1").status, ben.blank_show("B-1").record) == (
        "used", shown.entry.record,
    )  # fmt: skip
    with pytest.raises(EventError, match="used already, for FRM-001-0001"):
        ben.record_capture("FRM-001", read.fields, circumstances=Circumstances(blank="B-1"))
    assert ben.vault_scrub().strangers == ()
    copy = ben.export(shown.entry.record, tmp_path / "copy.md").read_text(encoding="utf-8")
    assert "B-1" in copy
    assert keeping.codes() == []


def test_who_has_which_blank_and_what_became_of_it_is_listed(
    keeping: Keeping, tmp_path: Path
) -> None:
    assert issued(keeping, tmp_path / "stack", copies=4) == ("B-1", "B-2", "B-3", "B-4")
    assert len([*(tmp_path / "stack").iterdir()]) == 4
    ben, ria = keeping.by("ben"), keeping.by("ria")
    ben.record_capture("FRM-001", SAID, circumstances=Circumstances(blank="B-2"))
    ria.blank_return("B-3")
    with pytest.raises(EventError, match="needs a reason"):
        ria.act("blank_end", "B-4", outcome="void")
    assert ria.blank_void("B-4", reason="Coffee was spilt on it").reason == "Coffee was spilt on it"
    assert [one.status for one in ben.blank_list()] == ["out", "used", "returned", "void"]
    told = [(one.item, one.type) for one in ben.changes(since=ben.today())]
    assert {one for one in told if one[0].startswith("B-")} == {
        *((f"B-{number}", "blank_issued") for number in range(1, 5)),
        ("B-2", "blank_used"), ("B-3", "blank_ended"), ("B-4", "blank_ended"),
    }  # fmt: skip
    assert ben.blank_list(form="FRM-002") == ()
    with pytest.raises(IllegalMoveError):
        ben.record_capture("FRM-001", SAID, circumstances=Circumstances(blank="B-4"))
    assert issued(keeping, tmp_path / "more") == ("B-5",)
    assert keeping.codes() == []


def test_a_blank_whose_file_was_lost_is_written_again(keeping: Keeping, tmp_path: Path) -> None:
    paper, again = tmp_path / "a.docx", tmp_path / "b.docx"
    issued(keeping, paper)
    keeping.by("ben").export_blank("FRM-001", again, blank="B-1")
    assert again.read_bytes() == paper.read_bytes()
    with pytest.raises(InputError, match="one of FRM-001"):
        keeping.by("ben").export_blank("FRM-002", again, blank="B-1")
    with pytest.raises(NotFoundError, match="B-9"):
        keeping.by("ben").export_blank("FRM-001", again, blank="B-9")
    with pytest.raises(NotFoundError, match="B-1"):
        keeping.by("ben").show("B-1")


def test_what_cannot_be_written_is_not_issued(keeping: Keeping, tmp_path: Path) -> None:
    ria = keeping.by("ria")
    with pytest.raises(InputError, match="one file for 2 blanks"):
        ria.blank_issue("FRM-001", tmp_path / "a.docx", issued_to="Line 3", copies=2)
    with pytest.raises(InputError, match="only DOCX"):
        ria.blank_issue("FRM-001", tmp_path / "a.pdf", issued_to="Line 3")
    with pytest.raises(InputError, match="0 blanks"):
        ria.blank_issue("FRM-001", tmp_path, issued_to="Line 3", copies=0)
    assert ria.blank_list() == ()


def test_a_blank_makes_one_record_and_no_step(keeping: Keeping, tmp_path: Path) -> None:
    issued(keeping, tmp_path, form="FRM-002")
    ben, blank = keeping.by("ben"), Circumstances(blank="B-1")
    with pytest.raises(InputError, match="one record"):
        ben.record_capture_many("FRM-002", [RECORD, RECORD], circumstances=blank)
    number = ben.record_capture("FRM-002", RECORD, circumstances=blank).entry.record
    with pytest.raises(InputError, match="no blank"):
        ben.record_add(number, "analysed", {"cause": "Age"}, circumstances=blank)


def test_a_form_may_ask_for_numbered_blanks(keeping: Keeping, tmp_path: Path) -> None:
    form = keeping.form("logs", LOG, numbered_blanks=True)
    ben = keeping.by("ben")
    with pytest.raises(EventError, match="made on numbered blanks") as caught:
        ben.record_capture(form, SAID)
    assert f"docctl export {form} --blank --issue-to" in caught.value.hint
    issued(keeping, tmp_path, form=form)
    ben.record_capture(form, SAID, circumstances=Circumstances(blank="B-1"))
    assert keeping.codes() == []


def test_a_record_from_a_blank_that_nobody_marked_is_found(
    keeping: Keeping, tmp_path: Path
) -> None:
    """Somebody who writes past the rules leaves the use of the blank out."""
    issued(keeping, tmp_path)
    ben = keeping.by("ben")
    record = ben.record_capture("FRM-001", SAID).entry.record
    before = ben.bench.archive().record(record)
    assert before is not None
    data = before.captured.event.data.but(blank="B-1")  # type: ignore[union-attr]
    put_in(keeping, "captured", "FRM-001-0002", data, by="ben", role="holder")
    assert "unrelated-events" in keeping.codes()


def test_the_command_line_issues_captures_and_lists(keeping: Keeping, tmp_path: Path) -> None:
    ria, ben = keeping.key("ria", tmp_path), keeping.key("ben", tmp_path)
    stack = tmp_path / "stack"
    issue = ("export", "FRM-001", "--blank", "--issue-to", "Line 3")
    assert run(keeping, ria, *issue, "--copies", "3", "--to", str(stack)) == "B-1\nB-2\nB-3\n"
    paper = stack / "B-1.docx"
    paper.write_bytes(filled_in(paper.read_bytes(), SAID))
    assert run(keeping, ben, "record", "capture", "FRM-001", "--data", str(paper)) == (
        "FRM-001-0001\n"
    )
    assert "  from blank: B-1" in run(keeping, ben, "record", "show", "FRM-001-0001")
    assert "void on" in run(keeping, ria, "blank", "void", "B-2", "--reason", "Torn")
    out = run(keeping, ben, "blank", "list", "--out").splitlines()
    assert [one.split()[0] for one in out] == ["Blank", "B-3"]
    told = json.loads(run(keeping, ben, "blank", "list", "--json"))
    assert [one["status"] for one in told] == ["used", "void", "out"]
    shown = run(keeping, ben, "blank", "show", "B-1")
    assert "used for: FRM-001-0001" in shown
    assert run(keeping, ben, "show", "B-1") == shown
    assert "returned on" in run(keeping, ria, "blank", "return", "B-3")
    again = ("export", "FRM-001", "--blank", "--number", "B-3", "--to", str(tmp_path / "c.docx"))
    assert run(keeping, ben, *again).endswith("c.docx\n")
    assert "no problems found" in run(keeping, ben, "verify")
    begin = ["-C", str(keeping.firm.root), "export", "FRM-001", "--to", str(tmp_path / "d.docx")]
    for odd in (["--issue-to", "Line 3"], ["--blank", "--copies", "2"]):
        assert CliRunner().invoke(docctl, [*begin, *odd]).exit_code == 2


def test_blanks_that_were_out_before_a_known_commit_are_known_there(
    keeping: Keeping, tmp_path: Path
) -> None:
    """A site is published again by what came since: a blank that was out then may be used."""
    issued(keeping, tmp_path / "stack", copies=2)
    ben = keeping.by("ben")
    ben.record_capture("FRM-001", SAID, circumstances=Circumstances(blank="B-1"))
    known = keeping.firm.head
    ben.record_capture("FRM-001", SAID, circumstances=Circumstances(blank="B-2"))
    reader = Reader(keeping.firm.ada.store.reader.git)
    assert verify_since(reader, known, until=keeping.firm.head).problems == ()
