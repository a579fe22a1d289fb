"""Records that are kept elsewhere, on paper or in another system: from shelf to shredder."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from archive import Keeping
from click.testing import CliRunner, Result

from docctl import Circumstances, Elsewhere
from docctl.cli.app import docctl
from docctl.errors import IncompleteError, InputError, RetentionError

PAPER = Elsewhere(medium="paper", location="Archive, box 17", custodian="Quality Manager")


def registered(keeping: Keeping, **fields: object) -> str:
    return keeping.by("ben").record_register("FRM-001", PAPER, fields).entry.record


def text(keeping: Keeping, number: str) -> str:
    to = keeping.firm.root.parent / f"{number}.md"
    return keeping.by("ben").export(number, to).read_text(encoding="utf-8")


def run(keeping: Keeping, key: Path, *arguments: str) -> Result:
    begin = ["-C", str(keeping.firm.root), "--key", str(key)]
    return CliRunner().invoke(docctl, [*begin, *arguments])


def test_a_record_on_paper_says_where_it_is_and_who_has_it(keeping: Keeping) -> None:
    shown = keeping.by("ben").record_register("FRM-001", PAPER)
    assert (shown.elsewhere, shown.fields, shown.entry.status) == (PAPER, {}, "closed")
    assert keeping.payloads() == []
    assert keeping.codes() == []
    copy = text(keeping, shown.entry.record)
    assert "| paper  | Archive, box 17 | Quality Manager |" in copy
    assert "What it says" not in copy
    assert keeping.by("ben").trace(shown.entry.record).form == "FRM-001"


def test_it_is_found_by_the_fields_that_were_given_for_it(keeping: Keeping) -> None:
    number = registered(keeping, site="Bergen")
    registered(keeping)
    (found,) = keeping.by("ben").record_list(where="site=Bergen")
    assert (found.record, found.identifiers) == (number, {"site": "Bergen"})
    copy = text(keeping, number)
    assert "What is known of it here" in copy
    assert "| Site   | Bergen |" in copy
    assert keeping.codes() == []


def test_what_is_said_of_it_must_be_what_the_form_asks_for(keeping: Keeping) -> None:
    with pytest.raises(IncompleteError) as caught:
        keeping.by("ben").record_register("FRM-001", PAPER, {"site": "Paris", "colour": "red"})
    assert len(caught.value.faults) == 2
    assert keeping.payloads() == []


def test_many_are_registered_at_once_or_none(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    late = Circumstances(on=ben.today() - timedelta(days=400), late_reason="An old archive")
    rows = [{"site": "Oslo"}, {}, {"site": "Bergen"}]
    made = ben.record_register_many("FRM-001", PAPER, rows, circumstances=late)
    assert [ben.record_show(one).fields for one in made] == rows
    with pytest.raises(IncompleteError, match="row 2"):
        ben.record_register_many("FRM-001", PAPER, [{}, {"site": "Paris"}])
    assert len(ben.record_list()) == 3


def test_a_scan_lies_in_the_vault_beside_it(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    number = ben.record_register("FRM-001", PAPER, attachments={"a.pdf": b"%PDF"}).entry.record
    to = keeping.firm.root.parent / "a.pdf"
    assert ben.record_file(number, "a.pdf", to).read_bytes() == b"%PDF"
    assert keeping.codes() == []


def test_its_steps_say_as_much_as_is_wanted(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    number = ben.record_register("FRM-002", PAPER, {"site": "Oslo"}).entry.record
    with pytest.raises(InputError, match="no place and no blank of its own"):
        ben.record_add(number, "analysed", {}, circumstances=Circumstances(elsewhere=PAPER))
    ben.record_add(number, "analysed", {})
    assert ben.record_close(number).entry.status == "closed"
    amended = ben.record_amend(number, {"cause": "A worn seal"}, reason="Read from the paper")
    assert amended.fields == {"site": "Oslo", "cause": "A worn seal"}
    assert keeping.codes() == []


def test_a_change_of_custody_says_who_has_it_where_since_when_and_why(keeping: Keeping) -> None:
    number = registered(keeping)
    keeping.wait(3)
    ben = keeping.by("ben")
    since = ben.today() - timedelta(days=1)
    shown = ben.record_move(number, location="Box 18", since=since, reason="Box 17 was full")
    assert shown.elsewhere == PAPER.but(location="Box 18")
    ria = keeping.by("ria")
    ria.record_move(number, custodian="Lab", medium="microfilm", reason="They keep their own")
    history = [(one.elsewhere, one.happened_on) for one in shown.statements]
    assert history[1] == (PAPER.but(location="Box 18"), since)
    copy = text(keeping, number)
    for cells in ("Archive, box 17 | Quality Manager", "Box 18          | Quality Manager",
                  "Box 18          | Lab             | They keep their own"):  # fmt: skip
        assert cells in copy
    assert keeping.codes() == []
    with pytest.raises(InputError, match="lies in the vault"):
        ben.record_move(keeping.log(), location="Box 1", reason="R")


def test_the_end_of_the_paper_is_stated_by_a_person_before_it_is_certified(
    keeping: Keeping,
) -> None:
    number, other = registered(keeping, site="Oslo"), keeping.log()
    keeping.wait(40)
    ria = keeping.by("ria")
    made = ria.retention_propose(number, other).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    with pytest.raises(RetentionError, match="nobody has stated that it was destroyed") as caught:
        ria.retention_run(made)
    assert f"docctl record destroyed {number}" in caught.value.hint
    assert keeping.payloads() == []
    assert keeping.codes() == ["unfinished-disposal"]

    ria.record_destroyed(number, method="shredded", by="Shred Ltd, certificate 4711")
    certified = ria.retention_run(made)
    assert [one.result for one in certified.outcomes] == ["destroyed", "destroyed"]
    assert keeping.codes() == []
    certificate = text(keeping, made)
    (line,) = [one for one in certificate.splitlines() if "Shred Ltd" in one]
    assert all(one in line for one in (number, "paper; Archive, box 17", "shredded", "Ria"))
    assert "Original destroyed" in text(keeping, number)


def test_a_certificate_that_is_none_yet_says_what_is_not_stated(keeping: Keeping) -> None:
    number = registered(keeping)
    keeping.wait(40)
    made = keeping.by("ria").retention_propose(number).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    with pytest.raises(RetentionError):
        keeping.by("ria").retention_run(made)
    assert "not stated yet" in text(keeping, made)


def test_the_report_says_what_is_not_in_the_hands_of_docctl(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    bare, known = registered(keeping), registered(keeping, site="Oslo")
    ben.record_move(known, location="Box 18", reason="R")
    report = ben.record_report(bare, known)
    told = {
        one.record: {each.name: (each.evidence, each.missing) for each in one.qualities}
        for one in report.records
    }
    assert "docctl knows nothing of what it says" in told[bare]["accurate"][1]
    assert told[known]["accurate"] == (("what it says fits the schema of its form",), ())
    assert "1 change of custody, each with a reason" in told[known]["original"][0]
    for number in (bare, known):
        for quality in ("legible", "enduring", "available"):
            assert any("docctl" in one for one in told[number][quality][1])


def test_no_address_of_a_person_says_who_keeps_it(keeping: Keeping) -> None:
    with pytest.raises(IncompleteError, match=r"custodian: .* looks like a person's"):
        keeping.by("ben").record_register("FRM-001", PAPER.but(custodian="jane.doe@acme.example"))


def test_the_command_line_registers_moves_and_ends(keeping: Keeping, tmp_path: Path) -> None:
    gone = registered(keeping)
    keeping.wait(40)
    made = keeping.by("ria").retention_propose(gone).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    with pytest.raises(RetentionError):
        keeping.by("ria").retention_run(made)
    ben, ria = keeping.key("ben", tmp_path), keeping.key("ria", tmp_path)
    data, table = tmp_path / "a.json", tmp_path / "b.csv"
    data.write_text(json.dumps({"site": "Bergen"}))
    table.write_text("site,what\nOslo,\n,A leak\n")

    where = ("--medium", "paper", "--location", "Box 17", "--custodian", "Lab")
    register = (keeping, ben, "record", "register", "FRM-001", *where)
    assert run(*register, "--data", str(data)).output == "FRM-001-0002\n"
    assert run(*register, "--data", str(table)).output == "FRM-001-0003\nFRM-001-0004\n"
    assert run(*register, "--attach", str(data)).output == "FRM-001-0005\n"
    both = run(*register, "--data", str(table), "--attach", str(data))
    assert "a table has no attachments" in both.output
    empty = run(keeping, ben, "record", "register", "FRM-001", *where[:4], "--custodian", "")
    assert "custodian" in empty.output
    move = ("record", "move", "FRM-001-0002", "--location", "Box 18", "--reason", "Full")
    assert "  kept: paper, Box 18, by Lab" in run(keeping, ben, *move).output
    end = ("record", "destroyed", gone, "--method", "shredded", "--by", "Shred Ltd")
    assert "       destroyed: shredded, by Shred Ltd" in run(keeping, ria, *end).output
    assert run(keeping, ria, "retention", "run", made).exit_code == 0
    assert run(keeping, ria, "verify").exit_code == 0
