"""What a record and a hold look like on the terminal: as their forms have it, and what counts."""

from pathlib import Path
from typing import Any

import pytest
from archive import RECORD, STEPS, Keeping
from click.testing import CliRunner, Result

from docctl import Circumstances, RetentionClass
from docctl.cli.app import docctl
from docctl.errors import IncompleteError
from docctl.model.lifecycle import State
from docctl.model.records.record import Elsewhere

#: A form whose order is not that of the alphabet, with titles, units and a table.
ORDERED: dict[str, Any] = {
    "properties": {
        "what": {"type": "string", "title": "What was found"},
        "site": {"type": "string"},
        "mass": {"type": "number", "x-unit": "kg", "title": "Mass"},
        "readings": {
            "type": "array",
            "title": "Readings",
            "items": {
                "type": "object",
                "properties": {
                    "point": {"type": "string", "title": "Point"},
                    "bar": {"type": "number", "x-unit": "bar", "title": "Pressure"},
                },
            },
        },
        "cause": {"type": "string", "title": "Cause"},
    },
    "required": ["what", "cause"],
}

SIGNED = [{"meaning": "verified", "role": "management"}]


def run(keeping: Keeping, *words: object, key: Path | None = None) -> Result:
    by = ("--key", str(key)) if key else ()
    told = CliRunner().invoke(docctl, ["-C", str(keeping.firm.root), *by, *map(str, words)])
    assert told.exit_code == 0, told.output
    return told


def staged(keeping: Keeping, **more: Any) -> str:
    """Capture a record of a form with a step and a signature, and return its number."""
    asks = {"steps": STEPS, "signatures": SIGNED, **more}
    form = keeping.form("quality-records", ORDERED, pattern="CA-{n}", **asks)
    rows = [{"bar": 3.5, "point": "inlet"}, {"bar": 2, "point": "outlet"}]
    said = {"what": "A leak", "site": "Bergen", "mass": 2.5, "readings": rows}
    return keeping.by("ben").record_capture(form, said).entry.record


def test_a_record_is_shown_in_the_order_of_its_form_with_titles_and_units(keeping: Keeping) -> None:
    number = staged(keeping)
    shown = run(keeping, "record", "show", number).output
    said = shown[shown.index("  What was found:") : shown.index("  kept as")]
    assert said.splitlines() == [
        "  What was found: A leak",
        "  Site: Bergen",
        "  Mass: 2.5 kg",
        "  Readings:",
        "    Point inlet; Pressure 3.5 bar",
        "    Point outlet; Pressure 2 bar",
    ]
    keeping.by("ben").record_amend(number, {"mass": 3}, reason="Weighed again")
    assert "       Mass: 2.5 kg → 3 kg\n" in run(keeping, "show", number).output
    assert [*keeping.by("ben").record_show(number).fields] == ["what", "site", "mass", "readings"]


def test_an_open_record_says_what_is_missing_and_which_holds_stand_on_it(keeping: Keeping) -> None:
    number = staged(keeping)
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[number])
    shown = run(keeping, "record", "show", number).output
    assert "  still missing: the step Analysis (analysed) was not entered\n" in shown
    assert "  still missing: nobody has signed it as verified (role management)\n" in shown
    assert "  held by: H-1\n" in shown


def test_a_signature_that_fell_away_says_so_and_is_missing_again(
    keeping: Keeping, tmp_path: Path
) -> None:
    number, kim, ben = staged(keeping), keeping.key("kim", tmp_path), keeping.key("ben", tmp_path)
    sign = ("record", "sign", number, "--as", "verified")
    told = run(keeping, *sign, key=kim)
    assert told.stderr == "still to be entered: analysed; this signature falls away then\n"
    file = tmp_path / "cause.json"
    file.write_text('{"cause": "A worn seal"}')
    added = run(keeping, "record", "add", number, "--step", "analysed", "--data", file, key=ben)
    assert added.stderr == (
        "the signature 'verified' by Kim fell away, and is given again with: "
        f"docctl record sign {number} --as verified\n"
    )
    assert "Kim, fell away with statement 3\n" in added.stdout
    assert "still missing: nobody has signed it as verified" in added.stdout
    shown = run(keeping, *sign, key=kim)
    assert (shown.stderr, "still missing" in shown.stdout) == ("", False)
    told_of = {
        one.seq: one.fell_away_with for one in keeping.by("ben").record_show(number).statements
    }
    assert told_of == {1: None, 2: 3, 3: None, 4: None}
    file.write_text('{"mass": 3}')
    amend = ("record", "amend", number, "--data", file, "--reason", "Weighed again")
    assert "'verified' by Kim fell away" in run(keeping, *amend, key=ben).stderr


def test_a_record_that_is_gone_names_the_disposal_by_which_it_went(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    keeping.disposed(number)
    shown = run(keeping, "record", "show", number).output
    assert "  was kept as logs; destroyed: docctl retention show D-1\n" in shown
    assert "       by: D-1\n" in shown


def test_an_anonymous_record_names_what_it_no_longer_says_by_its_title(keeping: Keeping) -> None:
    kind = RetentionClass(
        name="complaints", title="Complaints", trigger="captured", period="30 days",
        action="anonymise",
    )  # fmt: skip
    keeping.schedule(*keeping.firm.ada.control().retention, kind)
    form = keeping.form("complaints", {**ORDERED, "required": ["what"]}, personal=["cause"])
    said = {"what": "A leak", "cause": "Jane Doe"}
    number = keeping.by("ben").record_capture(form, said).entry.record
    keeping.wait(31)
    keeping.disposed(number)
    shown = run(keeping, "record", "show", number).output
    assert "Jane" not in shown
    assert "  was kept as complaints; made anonymous: docctl retention show D-1\n" in shown
    assert "       no longer says: Cause\n" in shown


def test_a_record_on_paper_can_be_closed_without_the_steps_that_its_original_holds(
    keeping: Keeping,
) -> None:
    ben, box = keeping.by("ben"), Elsewhere(medium="paper", location="Box 17", custodian="Lab")
    there = Circumstances(elsewhere=box)
    number = ben.record_capture("FRM-002", {"site": "Oslo"}, circumstances=there).entry.record
    assert ben.record_show(number).lacks == ()
    assert ["can be closed" in one.sentence for one in ben.due() if one.item == number] == [True]
    assert ben.record_close(number).entry.status == "closed"
    here = ben.record_capture("FRM-002", RECORD).entry.record
    with pytest.raises(IncompleteError, match="Analysis"):
        ben.record_close(here)
    assert keeping.codes() == []


def test_an_open_record_of_somebody_who_left_waits_for_those_who_keep_records(
    keeping: Keeping,
) -> None:
    number = keeping.by("ben").record_capture("FRM-002", RECORD).entry.record
    assert [one.who for one in keeping.by("ria").due() if one.item == number] == [("ben",)]
    keeping.firm.ada.person_leave("ben", reason="Retired")
    assert [one.who for one in keeping.by("ria").due() if one.item == number] == [("ria", "rob")]


# --- holds --------------------------------------------------------------------------------------


def test_a_hold_names_the_records_that_it_covers_through_a_document(keeping: Keeping) -> None:
    numbers = [keeping.log(), keeping.log(site="Oslo")]
    other = keeping.by("ben").record_capture("FRM-002", RECORD).entry.record
    kim = keeping.by("kim")
    kim.hold_place(matter="Claim", reason="A letter", documents=["FRM-001"], records=numbers[:1])
    shown = run(keeping, "hold", "show", "H-1").output
    assert f"  covers: {numbers[0]}\n  and through its documents: {numbers[1]}\n" in shown
    assert other not in shown
    assert run(keeping, "hold", "list").output.splitlines()[1].split()[-4:-2] == ["2", "1"]


def test_a_hold_on_a_procedure_names_the_records_of_the_forms_under_it(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    above = keeping.firm.reach(State.EFFECTIVE)
    form = ben.begin("form", "Under it", source=_under(keeping, above)).number
    ben.submit(form)
    keeping.by("eva").approve(form)
    ben.release(form)
    number = ben.record_capture(form, {"site": "Oslo"}).entry.record
    held = keeping.by("kim").hold_place(matter="Claim", reason="A letter", documents=[above])
    assert (held.records, held.through) == ((), (number,))


def _under(keeping: Keeping, above: str) -> Path:
    path = keeping.firm.root.parent / "under.md"
    path.write_text(
        f"---\nparent: {above}\nrecord:\n  retention: logs\n  fields:\n    properties:\n"
        "      site: {type: string}\n---\n\n## Form\n\nThe site.\n"
    )
    return path


def test_a_lifted_hold_says_why_and_covers_nothing_through_documents(keeping: Keeping) -> None:
    keeping.log()
    kim = keeping.by("kim")
    kim.hold_place(matter="Claim", reason="A letter", documents=["FRM-001"])
    kim.hold_lift("H-1", reason="It was settled")
    shown = run(keeping, "hold", "show", "H-1").output
    assert "by kim: It was settled\n" in shown
    assert "through" not in shown


def test_of_many_records_under_a_hold_the_first_are_named(keeping: Keeping) -> None:
    many = keeping.by("ben").record_capture_many("FRM-001", [{"site": "Oslo", "what": "a"}] * 23)
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", documents=["FRM-001"])
    shown = run(keeping, "hold", "show", "H-1").output
    assert f"{many[19]} and 3 more\n" in shown


def test_each_of_several_holds_names_its_own(keeping: Keeping) -> None:
    log = keeping.log()
    other = keeping.by("ben").record_capture("FRM-002", RECORD).entry.record
    kim = keeping.by("kim")
    for documents in (["FRM-001"], ["FRM-002"], ["FRM-001", "FRM-002"]):
        kim.hold_place(matter="Claim", reason="A letter", documents=documents)
    kim.hold_lift("H-1", reason="Settled")
    assert [one.through for one in kim.hold_list()] == [(), (other,), (log, other)]
