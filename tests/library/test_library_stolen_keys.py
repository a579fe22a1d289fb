"""A key was stolen: since which change it is suspect, and what rests on it."""

import pytest
from firm import Firm
from office import Key

from docctl import State
from docctl.errors import DamagedStoreError, EventError, IllegalMoveError
from docctl.store.reading.reader import Reader
from docctl.verify import verify_since

EVA = Key("eva").public_key.fingerprint


def changes(firm: Firm) -> list[str]:
    return [one.oid for one in firm.ada.store.reader.commits(None, firm.head)]


def revoke(firm: Firm, suspect_from: int | None = None) -> None:
    firm.ada.person_revoke("eva", EVA, reason="Stolen", suspect_from=suspect_from)


def questioned(firm: Firm) -> list[str]:
    return [one.sentence for one in firm.ada.exceptions() if one.kind == "questioned"]


def test_people_tell_the_changes_in_which_their_keys_began_and_ended(firm: Firm) -> None:
    """As `git log --reverse` counts them."""
    said = [one.message.strip() for one in firm.ada.store.reader.commits(None, firm.head)]
    held = {one.id: one.keys[0] for one in firm.ada.people()}
    assert held["ada"].accepted_at == 1
    for person in ("ben", "cat", "eva", "kim", "max"):
        assert said[held[person].accepted_at - 1] == f"ACCESS: accepted by {person}"
    revoke(firm)
    assert firm.ada.person("eva").keys[0].ended_at == len(changes(firm))


def test_a_key_is_not_suspect_since_a_change_that_is_still_to_come(firm: Firm) -> None:
    number = len(changes(firm)) + 1
    with firm.refuses(EventError, "still to come"):
        revoke(firm, number + 1)
    revoke(firm, number)
    assert not firm.ada.verify().problems


def test_a_key_that_was_ended_turns_out_to_be_stolen_and_earlier_than_thought(firm: Firm) -> None:
    firm.reach(State.APPROVED)
    since = len(changes(firm))
    revoke(firm)
    revoke(firm, since - 1)
    with firm.refuses(IllegalMoveError, "this key is ended already"):
        revoke(firm, since)
    revoke(firm, since - 2)
    assert firm.ada.person("eva").keys[0].suspect_from == since - 2
    assert not firm.ada.verify().problems


@pytest.mark.parametrize("part", range(3))
def test_who_verifies_from_a_later_change_on_counts_from_the_founding(
    firm: Firm, part: int
) -> None:
    firm.reach(State.APPROVED)
    since = len(changes(firm))
    revoke(firm)
    revoke(firm, since)
    revoke(firm, since - 1)
    known = changes(firm)[since - 1 + part]
    reader = Reader(firm.ada.store.reader.git)
    assert not verify_since(reader, known, until=firm.head).problems


def test_what_a_stolen_key_signed_is_reported_until_it_is_signed_again(firm: Firm) -> None:
    """Nothing is silently invalidated, and nothing is silently kept."""
    sound, other = firm.reach(State.EFFECTIVE), firm.reach(State.IN_REVIEW)
    stolen = len(changes(firm)) + 1
    firm.by("eva").approve(other)
    firm.release(other)
    revoke(firm, stolen)
    doubted = f"eva signed {other} revision 1 (approved, 2026-01-05) with a key that is suspect"
    assert [one.startswith(doubted) for one in questioned(firm)] == [True]
    assert [one.state for one in firm.ada.register()] == [State.EFFECTIVE] * 2
    assert sound not in str(questioned(firm))

    ben = firm.by("ben")
    ben.revise(other, reason="To be signed again")
    ben.submit(other)
    firm.by("kim").approve(other)
    firm.ada.release(other)
    assert questioned(firm) == []
    assert not firm.ada.verify().problems


def test_a_key_that_ended_in_order_leaves_no_doubt(firm: Firm) -> None:
    firm.reach(State.EFFECTIVE)
    revoke(firm)
    assert questioned(firm) == []


def test_a_doubtful_signature_that_does_not_hold_is_called_damage(firm: Firm) -> None:
    number = firm.reach(State.IN_REVIEW)
    firm.by("eva").approve(number)
    vote = firm.ada.history(number)[-1]
    revoke(firm, 1)
    assert len(questioned(firm)) == 1
    firm.ada.store.land(
        {vote.path.removesuffix(".json") + ".sig": b"not a signature\n"},
        message="x", author="ada", when=vote.time, expected=firm.head,
    )  # fmt: skip
    with firm.refuses(DamagedStoreError, r"approved\.eva\.sig"):
        firm.ada.exceptions()
    assert firm.ada.verify().problems
