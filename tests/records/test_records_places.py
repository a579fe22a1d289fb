"""Where paper is kept: asked for in lists, and told with every disposal and hold."""

import json
import shutil
from pathlib import Path

import pytest
from archive import LOG, Keeping
from click.testing import CliRunner, Result

from docctl import Circumstances
from docctl.cli.app import docctl
from docctl.errors import InputError
from docctl.model.records.record import Elsewhere


def run(keeping: Keeping, *words: object) -> Result:
    told = CliRunner().invoke(docctl, ["-C", str(keeping.firm.root), *map(str, words)])
    assert told.exit_code == 0, told.output
    return told


def boxed(keeping: Keeping, location: str, form: str = "FRM-001", **fields: str) -> str:
    box = Elsewhere(medium="paper", location=location, custodian="Lab")
    said = {"site": "Oslo", **fields}
    made = keeping.by("ben").record_capture(form, said, circumstances=Circumstances(elsewhere=box))
    return made.entry.record


def found(keeping: Keeping, where: str) -> list[str]:
    return [one.record for one in keeping.by("ben").record_list(where=where)]


def test_records_are_found_by_where_their_originals_are_kept(keeping: Keeping) -> None:
    first, second, here = boxed(keeping, "Box 17"), boxed(keeping, "Box 18"), keeping.log()
    assert found(keeping, "location~'box 17'") == [first]
    assert found(keeping, "medium=Paper and custodian=lab") == [first, second]
    assert found(keeping, "location in ('Box 18', 'Box 19')") == [second]
    assert found(keeping, "not location~''") == [here]
    assert found(keeping, "medium!=paper") == [here]
    assert found(keeping, "anything~'box 1'") == [first, second]
    keeping.by("ria").record_move(first, location="Cellar", reason="The roof leaks")
    assert found(keeping, "location~box") == [second]
    assert found(keeping, "location=cellar") == [first]


def test_a_list_shows_where_originals_are_kept(keeping: Keeping, tmp_path: Path) -> None:
    first, here = boxed(keeping, "Box 17"), keeping.log()
    columns = ("record", "location", "custodian", "medium")
    assert [*keeping.by("ben").record_values(*columns)] == [
        {"record": first, "location": "Box 17", "custodian": "Lab", "medium": "paper"},
        {"record": here, "location": None, "custodian": None, "medium": None},
    ]
    to = tmp_path / "places.json"
    run(keeping, "record", "list", "--columns", "all", "--to", to)
    assert [one["location"] for one in json.loads(to.read_text())] == ["Box 17", None]


def test_a_field_of_that_name_is_asked_for_as_before(keeping: Keeping) -> None:
    fields = {**LOG, "properties": {**LOG["properties"], "location": {"type": "string"}}}
    form = keeping.form("logs", fields)
    said = {"site": "Oslo", "what": "a", "location": "Hall 3"}
    hall = keeping.by("ben").record_capture(form, said).entry.record
    box = boxed(keeping, "Box 3", form)
    assert found(keeping, "location~3") == [hall, box]
    assert found(keeping, "location='Hall 3'") == [hall]
    values = keeping.by("ben").record_values("record", "location")
    assert [one["location"] for one in values] == ["Hall 3", "Box 3"]
    held = keeping.by("kim").hold_place(matter="M", reason="R", where="location='Hall 3'")
    assert held.records == (hall,)


def test_a_hold_cannot_ask_where_something_is_kept(keeping: Keeping) -> None:
    boxed(keeping, "Box 17")
    with pytest.raises(InputError, match="no form has a field 'location'"):
        keeping.by("kim").hold_place(matter="M", reason="R", where="location='Box 17'")


def test_what_is_gone_is_still_listed_with_its_place(keeping: Keeping) -> None:
    first = boxed(keeping, "Box 17")
    keeping.wait(31)
    ria = keeping.by("ria")
    made = ria.retention_propose(first).disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    with pytest.raises(Exception, match="nobody has stated that it was destroyed"):
        ria.retention_run(made)
    ria.record_destroyed(first, method="shredded", by="Shred Ltd")
    ria.retention_run(made)
    (line,) = ria.record_values("status", "location", where="medium=paper")
    assert line == {"status": "disposed", "location": "Box 17"}


# --- when things were decided -------------------------------------------------------------------


def test_a_disposal_says_when_it_was_authorised_and_carried_out(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(number).disposal
    day = keeping.by("ria").today()
    shown = keeping.by("rob").retention_authorise(made)
    assert (shown.authorised_on, shown.ended_on) == (day, None)
    keeping.wait(2)
    shown = keeping.by("ria").retention_run(made)
    today = keeping.by("ria").today()
    assert (shown.ended_by, shown.ended_on) == ("ria", today)
    told = run(keeping, "retention", "show", made).output
    assert f"  authorised by rob on {day}, not before {shown.not_before}\n" in told
    assert f"  carried out by ria on {today}\n" in told
    listed = run(keeping, "retention", "list").output.splitlines()
    assert "Ended" in listed[0]
    assert str(today) in listed[1]


def test_a_proposal_that_was_given_up_says_why(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    made = keeping.by("ria").retention_propose(number).disposal
    shown = keeping.by("rob").retention_refuse(made, reason="A claim is coming")
    assert shown.refused_because == "A claim is coming"
    today = keeping.by("ria").today()
    told = run(keeping, "show", made).output
    assert f"  refused by rob on {today}: A claim is coming\n" in told


def test_the_list_of_holds_says_why(keeping: Keeping) -> None:
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", where="site=Oslo")
    assert run(keeping, "hold", "list").output.splitlines()[1].endswith("A letter")


def test_a_clone_without_the_vault_is_verified_without_what_records_say(
    keeping: Keeping, tmp_path: Path
) -> None:
    keeping.log()
    clone = tmp_path / "clone"
    shutil.copytree(keeping.firm.root / "store.git", clone / "store.git")
    whole = CliRunner().invoke(docctl, ["-C", str(clone), "verify"])
    assert (whole.exit_code, "cannot serve" in whole.output) == (1, True)
    told = CliRunner().invoke(docctl, ["-C", str(clone), "verify", "--history-only"])
    assert told.exit_code == 0
    assert told.output.startswith("no problems found\nnot looked at: what records say")
