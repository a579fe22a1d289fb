"""What users meet first: plain words where something is missing, mistyped or gone."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from firm import TEXT, Firm
from office import Key

from docctl import Policy, State
from docctl.errors import FrontMatterError, IllegalMoveError, InputError
from docctl.model.control import CONTROL
from docctl.model.document import Chapter, Manual


def test_submit_says_how_much_there_is_to_look_at(firm: Firm) -> None:
    number = firm.new(body=f"{TEXT}\n<b>Bold</b>\n\n## Empty\n")
    found = firm.ada.check(number)
    assert len(found) > 1
    said = firm.by("ben").submit(number)
    assert said.advice == (f"{len(found)} things to look at: docctl check {number}",)


def test_submit_says_nothing_of_checks_that_find_nothing(firm: Firm) -> None:
    body = "## Purpose\n\nText.\n"
    number = firm.by("ben").new(Policy(title="Quality"), body).number
    found = firm.ada.check(number)
    said = firm.by("ben").submit(number).advice
    assert len(said) == bool(found)


def test_a_copy_that_is_saved_over_a_draft_keeps_the_reason_of_the_change(
    firm: Firm, place: Path
) -> None:
    number, ben = firm.reach(State.EFFECTIVE), firm.by("ben")
    copy = ben.export(number, place / "copy.md")
    ben.revise(number, reason="Audit finding 3")
    ben.save(number, copy)
    change = ben.text(number, ben.status(number).revision).document.change
    assert change is not None
    assert change.reason == "Audit finding 3"
    assert ben.submit(number).state is State.IN_REVIEW


def test_the_card_of_a_withdrawn_document_says_who_and_why(firm: Firm) -> None:
    number, other = firm.reach(State.EFFECTIVE), firm.reach(State.EFFECTIVE)
    firm.ada.withdraw(number, reason="Merged", replaced_by=other)
    assert firm.ada.show(number).withdrawn_by == ()
    firm.sign(number)
    card = firm.ada.show(number)
    assert card.withdrawn_by == ("Ada Ask", "Eva")
    assert card.withdrawal_reason == "Merged"
    assert (card.controlled.withdrawn_on, card.controlled.replaced_by) == (firm.today, other)
    assert firm.ada.show(other).withdrawn_by == ()


@pytest.mark.parametrize("verb", ["periodic_review", "withdraw"])
def test_a_second_proposal_is_told_what_the_first_one_waits_for(firm: Firm, verb: str) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.by("ben").periodic_review(number, reason="Read")
    words = "is waiting for signatures on its periodic review"
    with firm.refuses(IllegalMoveError, words) as told:
        getattr(firm.by("ben"), verb)(number, reason="Read again")
    assert told.value.hint == "possible now: approve, return, cancel"


def test_a_working_copy_goes_with_its_draft_wherever_the_signature_was_made(firm: Firm) -> None:
    for verb, options in (("submit", {}), ("cancel", {"reason": "Not needed"})):
        number = firm.new()
        folder, ben = firm.working(number).parent, firm.by("ben")
        assert folder.exists()
        prepared = ben.prepare(verb, number, **options)
        ben.hand_out(prepared, firm.root.parent / f"{verb}.json")
        signature = firm.root.parent / f"{verb}.json.sig"
        signature.write_text(Key("ben").sign(prepared.message))
        ben.take_back(firm.root.parent / f"{verb}.json")
        assert not folder.exists()


def test_comments_of_a_cancelled_revision_wait_for_nobody(firm: Firm) -> None:
    number = firm.reach(State.IN_REVIEW)
    assert firm.by("eva").comment(number, "Who?").comments
    cancelled = firm.by("ben").cancel(number, reason="Not needed")
    assert (cancelled.state, cancelled.comments) == (State.CANCELLED, ())


def test_settings_cannot_add_a_field_to_a_type_that_is_built_in(firm: Firm) -> None:
    settings = firm.ada.control()
    fields = {"properties": {"risk": {"type": "string"}}}
    types = tuple(one.but(fields=fields) if one.name == "policy" else one for one in settings.types)
    with firm.refuses(InputError, "'policy' is built in and can have no field 'risk'"):
        firm.ada.control_change(settings.but(types=types), reason="A field more")
    described = {"properties": {"summary": {"type": "string", "minLength": 5}}}
    types = tuple(
        one.but(fields=described) if one.name == "policy" else one for one in settings.types
    )
    firm.ada.control_change(settings.but(types=types), reason="A longer summary")
    assert firm.ada.status(CONTROL).state is State.DRAFT


def test_a_hint_names_no_option_that_the_command_lacks(firm: Firm, place: Path) -> None:
    number, file = firm.new(), place / "text.md"
    file.write_text("---\ntitle: T\nstatus: old\n---\n\nText.\n")
    with firm.refuses(FrontMatterError) as told:
        firm.by("ben").save(number, file)
    assert "--foreign" not in told.value.hint
    with firm.refuses(FrontMatterError) as told:
        firm.by("ben").begin("procedure", "T", source=file)
    assert "'new --foreign' leaves others out" in told.value.hint


HEADED = f"{TEXT}\n## Settings of the relief valve {{#settings}}\n\n4 bar.\n"


def test_a_reference_to_a_section_is_printed_with_its_title(firm: Firm, place: Path) -> None:
    there = firm.reach(State.EFFECTIVE, title="Pressure test", body=HEADED)
    text = f"{TEXT}\nSee [[{there}#settings]] and [[{there}#purpose]].\n"
    number = firm.reach(State.EFFECTIVE, body=text)
    chapters = (Chapter(title="Work", include=(there, number)),)
    manual = firm.by("ben").new(Manual(title="Manual", chapters=chapters), "The frame.\n").number
    for step in (firm.submit, firm.sign, firm.release):
        step(manual)
    wanted = f"{there} Pressure test, Settings of the relief valve"
    assert wanted in firm.ada.export(number, place / "a.md").read_text()
    assert wanted in firm.ada.manual(manual, place / "b.md").read_text()
    with ZipFile(firm.ada.export(number, place / "a.docx")) as file:
        assert wanted in re.sub("<[^>]+>", "", file.read("word/document.xml").decode())


def test_a_section_that_another_document_lacks_is_told(firm: Firm) -> None:
    there = firm.reach(State.EFFECTIVE, body=HEADED)
    number = firm.new(body=f"{TEXT}\n[[{there}#settings]], [[{there}#gone]], [[CONTROL#x]].\n")
    told = [one.sentence for one in firm.ada.check(number) if one.code == "dangling-anchor"]
    assert told == [f"{there} has no place #gone"]
    firm.revise(there, body=f"{TEXT}\n## Gone\n\nText.\n")
    assert "dangling-anchor" not in {one.code for one in firm.ada.check(number)}
