"""Between the preparation of a change and its landing a rival may act."""

from collections.abc import Callable

import pytest
from firm import Firm
from office import Key

from docctl import Assignments, State
from docctl.errors import NotAuthorisedError, OvertakenError
from docctl.model.control import CONTROL
from docctl.store.reading.ledger import Ledger


def shelf(name: str) -> Assignments:
    return Assignments(location=name)


def as_stored(firm: Firm) -> None:
    """Require that what a handle remembers of every document is what stands in the store."""
    fresh, mine = Ledger(firm.ada.store.reader), firm.ada.bench
    for number in (CONTROL, *fresh.numbers(firm.head)):
        assert mine.find(number) == fresh.dossier(firm.head, number)


@pytest.mark.parametrize("state", [State.SUSPENDED, State.WITHDRAWN, State.CANCELLED])
def test_what_a_handle_remembers_is_what_it_has_written(firm: Firm, state: State) -> None:
    number = firm.new()
    for step in ("submit", "sign", "release", "revise", "submit"):
        getattr(firm, step)(number)
        as_stored(firm)
    firm.reach(state)
    as_stored(firm)


def test_events_of_one_second_have_the_order_that_reading_gives_them(firm: Firm) -> None:
    """A vote stands behind an event that is as old, even if it came first."""
    firm.ada.bench.desk.clock = lambda: firm.clock.now
    number = firm.reach(State.IN_REVIEW)
    firm.by("eva").approve(number)
    firm.ada.assign(number, shelf("mine"), reason="moved")
    as_stored(firm)
    types = [one.event.type for one in firm.ada.bench.get(number).events]
    assert types == ["created", "submitted", "assigned", "approved"]


def test_a_rivals_change_of_the_same_document_wins(firm: Firm) -> None:
    number = firm.new()
    mine = firm.ada.prepare("assign", number, shelf("mine"), reason="moved")
    rival = firm.reopened()
    rival.ada.assign(number, shelf("theirs"), reason="moved")
    with firm.refuses(OvertakenError):
        firm.ada.land(mine, Key("ada").sign(mine.message))
    assert firm.ada.bench.get(number).assigned.location == "theirs"
    firm.ada.assign(number, shelf("mine"), reason="moved again")
    assert rival.ada.bench.get(number).assigned.location == "mine"
    as_stored(firm)
    rival.close()


def test_beside_a_rivals_change_the_same_signed_event_lands(firm: Firm) -> None:
    number, other = firm.new(), firm.new()
    mine = firm.ada.prepare("assign", number, shelf("mine"), reason="moved")
    rival = firm.reopened()
    rival.ada.assign(other, shelf("theirs"), reason="moved")
    firm.ada.land(mine, Key("ada").sign(mine.message))
    for handle in (firm.ada, rival.ada):
        assert handle.bench.get(number).assigned.location == "mine"
        assert handle.bench.get(other).assigned.location == "theirs"
    as_stored(firm)
    assert not firm.ada.verify().problems
    rival.close()


def leave(firm: Firm) -> None:
    firm.ada.person_leave("ben")


def lose_the_role(firm: Firm) -> None:
    firm.ada.person_role_end("ben", "author")


def lose_the_key(firm: Firm) -> None:
    fingerprint = Key("ben").public_key.fingerprint
    firm.ada.person_revoke("ben", fingerprint, reason="It was lost")


@pytest.mark.parametrize("happens", [leave, lose_the_role, lose_the_key])
def test_what_was_right_when_it_was_prepared_is_judged_again_where_it_lands(
    firm: Firm, happens: Callable[[Firm], None]
) -> None:
    number = firm.new()
    prepared = firm.by("ben").prepare("submit", number)
    rival = firm.reopened()
    happens(rival)
    with firm.refuses(NotAuthorisedError):
        firm.by("ben").land(prepared, Key("ben").sign(prepared.message))
    rival.close()


def test_what_was_prepared_for_one_key_does_not_pass_with_another(firm: Firm) -> None:
    number = firm.new()
    prepared = firm.by("ben").prepare("submit", number)
    for other in ("eva", "nobody"):
        with firm.refuses(NotAuthorisedError):
            firm.by("ben").land(prepared, Key(other).sign(prepared.message))


def test_a_change_lands_once(firm: Firm) -> None:
    prepared = firm.ada.prepare("assign", firm.new(), shelf("mine"), reason="moved")
    signature = Key("ada").sign(prepared.message)
    firm.ada.land(prepared, signature)
    with firm.refuses(OvertakenError):
        firm.ada.land(prepared, signature)
