"""An owner whom nobody is, and functions that nobody holds, are told at once and stop nothing."""

from firm import TEXT, Firm

from docctl import Owner, Procedure, State
from docctl.model.assignment import Assignments
from docctl.model.control import Function
from docctl.model.document import Manual, Process, Responsibility

BUYER = Owner(kind="function", name="Qualty Manager")


def codes(firm: Firm, number: str) -> dict[str, str]:
    """What `check` says of those who should answer: code and hint, by the place."""
    found = firm.ada.check(number)
    return {one.place: f"{one.code} {one.hint}" for one in found if "vacant" in one.code}


def test_an_owner_function_that_nobody_holds_is_told_when_it_is_given(firm: Firm) -> None:
    begun = firm.by("ben").new(Procedure(title="Buying"), TEXT, owner=BUYER)
    (said,) = begun.advice
    assert said.startswith("its owner Qualty Manager is a function that nobody holds")
    assert "did you mean 'Quality Manager'?" in said
    assert codes(firm, begun.number) == {
        begun.number: "vacant-owner did you mean 'Quality Manager'? "
        f"docctl assign {begun.number} owner=… --reason R"
    }
    assert firm.by("ben").submit(begun.number).state is State.IN_REVIEW

    right = Assignments(owner=Owner(kind="function", name="Quality Manager"))
    assert firm.ada.assign(begun.number, right, reason="Mistyped").advice == ()
    assert firm.ada.assign(begun.number, Assignments(owner=BUYER), reason="Again").advice == (said,)
    assert firm.ada.assign(begun.number, right, reason="Mistyped").advice == ()
    assert codes(firm, begun.number) == {}


def test_an_owner_who_has_left_is_told(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    assert codes(firm, number) == {}
    firm.ada.person_leave("ben", reason="Retired")
    assert codes(firm, number)[number].startswith("vacant-owner")


def test_functions_in_the_metadata_are_told_by_their_line(firm: Firm) -> None:
    duties = (
        Responsibility(function="Quality Manager", duty="Decides."),
        Responsibility(function="Buyer", duty="Orders."),
    )
    begun = firm.by("ben").new(Procedure(title="Buying", responsibilities=duties), TEXT)
    lines = firm.working(begun.number).read_text().splitlines()
    at = next(at for at, line in enumerate(lines, 1) if "Buyer" in line)
    assert codes(firm, begun.number) == {
        f"{begun.number}:{at}": "vacant-function docctl person function ID 'Buyer'"
    }
    assert "nobody holds the function 'Buyer'" in begun.advice[0]
    assert firm.by("ben").save(begun.number).advice == begun.advice

    firm.ada.person_function("eva", "Buyer")
    assert firm.by("ben").save(begun.number).advice == ()
    assert codes(firm, begun.number) == {}


def test_a_function_that_the_settings_list_is_known_though_vacant(firm: Firm) -> None:
    process = Process(name="Buy", owner="Buyer")
    text = f"{TEXT}\nThe [[function:Buyer]] orders.\n"
    number = firm.by("ben").new(Manual(title="Manual", processes_map=(process,)), text).number
    assert [one for one in codes(firm, number).values() if "vacant-function" in one]
    assert "unknown-function" in {one.code for one in firm.ada.check(number)}

    listed = (Function(title="Buyer", responsibility="Orders"),)
    firm.change_control(firm.ada.control().but(functions=listed))
    assert codes(firm, number) == {}
    assert "unknown-function" not in {one.code for one in firm.ada.check(number)}


def test_of_the_settings_the_owner_alone_is_looked_at(firm: Firm) -> None:
    assert firm.ada.assign("CONTROL", Assignments(owner=BUYER), reason="Handed over").advice
