"""A stolen key: what it signed while it was suspect is named until it is signed again."""

from pathlib import Path

import pytest
from firm import Firm
from office import Key

from docctl import State
from docctl.model.control import CONTROL


def changes(firm: Firm) -> int:
    return firm.ada.verify().changes


def steal(firm: Firm, person: str, since: int) -> None:
    """Revoke somebody's key as suspect from a change on, and give him or her another."""
    held = next(one for one in firm.ada.person(person).keys if one.ended_at is None)
    by = firm.ada if person != "ada" else firm.by("max")
    by.person_revoke(person, held.fingerprint, reason="Stolen", suspect_from=since)
    firm.keys[person] = f"{person}-new"
    by.person_key(person, Key(f"{person}-new").public_key)
    firm.by(person).person_accept()


def questioned(firm: Firm) -> list[tuple[str, str]]:
    return [
        (one.subject, one.sentence) for one in firm.ada.exceptions() if one.kind == "questioned"
    ]


def due(firm: Firm) -> list[str]:
    return [one.item for one in firm.ada.due() if one.what == "questioned"]


@pytest.fixture
def robbed(firm: Firm) -> Firm:
    """A firm in which eva approved PRO-001 before and PRO-002 after her key was stolen."""
    firm.reach(State.EFFECTIVE)
    since = changes(firm) + 1
    firm.clock.wait(days=2)
    firm.reach(State.EFFECTIVE)
    firm.clock.wait(days=2)
    steal(firm, "eva", since)
    return firm


def test_a_key_can_be_suspect_since_a_day(firm: Firm) -> None:
    firm.reach(State.EFFECTIVE)
    firm.clock.wait(days=2)
    since = changes(firm) + 1
    firm.reach(State.EFFECTIVE)
    held = firm.ada.person("eva").keys[0]
    ended = firm.ada.person_revoke(
        "eva", held.fingerprint, reason="Stolen", suspect_from=firm.ada.today()
    )
    assert ended.keys[0].suspect_from == since
    assert [subject for subject, _ in questioned(firm)] == ["PRO-002"]


@pytest.mark.parametrize("more", range(5, 9))
def test_a_vote_that_landed_late_hides_nothing_of_the_day(firm: Firm, more: int) -> None:
    """A vote keeps the time at which it was signed: times in the history are not in order."""
    number, eva = firm.reach(State.IN_REVIEW), firm.by("eva")
    vote = eva.prepare("approve", number)
    signature = Key("eva").sign(vote.message)
    firm.clock.wait(days=2)
    since, day = changes(firm) + 1, firm.today
    stolen = firm.reach(State.IN_REVIEW)
    eva.approve(stolen)
    eva.land(vote, signature)
    for _ in range(more):
        firm.reach(State.IN_REVIEW)

    held = firm.ada.person("eva").keys[0]
    ended = firm.ada.person_revoke("eva", held.fingerprint, reason="Stolen", suspect_from=day)

    assert ended.keys[0].suspect_from == since
    assert [subject for subject, _ in questioned(firm)] == [number, stolen]


def test_every_report_names_what_must_be_signed_again(robbed: Firm, place: Path) -> None:
    """Threat 9: nothing is silently invalidated, and nobody has to look for it."""
    said = "eva signed PRO-002 revision 1 (approved, 2026-01-07) with a key that is suspect"
    assert questioned(robbed) == [("PRO-002", f"{said} since then; it must be signed again")]
    assert due(robbed) == ["PRO-002"]
    sound, doubted = (robbed.ada.show(one).controlled for one in ("PRO-001", "PRO-002"))
    assert (sound.notes, [one.note for one in sound.signatures]) == ((), ["", "", ""])
    assert [bool(one.note) for one in doubted.signatures] == [False, True, False]
    assert any("must be signed again" in note for note in doubted.notes)
    for ending in ("md", "docx"):
        assert robbed.ada.export("PRO-002", place / f"copy.{ending}").exists()
    assert "must be signed again" in (place / "copy.md").read_text()
    assert not robbed.ada.verify().problems


def test_what_was_answered_before_the_theft_was_known_stays(robbed: Firm) -> None:
    then = robbed.today.replace(day=7)

    assert robbed.ada.show("PRO-002", as_of=then).controlled.notes == ()
    assert not [one for one in robbed.ada.due(on=then) if one.what == "questioned"]


@pytest.mark.parametrize("way", ["a periodic review", "a new revision", "a withdrawal"])
def test_it_is_named_until_it_is_signed_again(robbed: Firm, way: str) -> None:
    number = "PRO-002"
    if way == "a periodic review":
        robbed.by("ben").periodic_review(number, reason="Read again, word by word")
        assert questioned(robbed)
    elif way == "a new revision":
        robbed.revise(number)
        robbed.submit(number)
    else:
        robbed.withdraw(number)
    robbed.sign(number)
    if way == "a new revision":
        assert questioned(robbed)
        robbed.release(number)

    assert questioned(robbed) == []
    assert due(robbed) == []
    assert not [one for one in robbed.ada.show(number).controlled.signatures if one.note]


def test_an_open_round_is_named_too(firm: Firm) -> None:
    number = firm.reach(State.APPROVED)
    firm.by("ben").reopen(number, reason="A slip")
    firm.submit(number)
    since = changes(firm) + 1
    firm.by("eva").approve(number)
    steal(firm, "eva", since)

    assert [subject for subject, _ in questioned(firm)] == [number]
    firm.by("ben").reopen(number, reason="Her key was stolen")
    assert questioned(firm) == []


def test_what_a_thief_gave_in_access_is_named_while_it_is_held(firm: Firm) -> None:
    since = changes(firm) + 1
    thief = firm.by("max")
    thief.person_add("zoe", "Zoe", key=Key("zoe").public_key, roles=("approver",))
    firm.by("zoe").person_accept()
    thief.person_role("ben", "approver")
    thief.person_function("ben", "Purchaser")
    steal(firm, "max", since)

    assert [sentence.partition(" (")[2].partition(",")[0] for _, sentence in questioned(firm)] == [
        "person_added",
        "role_granted",
        "function_given",
    ]
    firm.ada.person_function_end("ben", "Purchaser")
    firm.ada.person_leave("zoe")
    firm.ada.person_role_end("ben", "approver")
    assert questioned(firm) == []


@pytest.mark.parametrize("by", ["ada", "max"])
def test_what_a_thief_signed_beside_another_administrator_is_named_too(firm: Firm, by: str) -> None:
    """Where several must sign a change of ACCESS, each signature carries it."""
    both = [by, *({"ada", "max"} - {by})]

    def change(verb: str, *arguments: object) -> None:
        prepared = firm.by(by).prepare(verb, *arguments)
        firm.ada.land(prepared, *(Key(one).sign(prepared.message) for one in both))

    firm.ada.person_role("eva", "administrator")
    change("threshold", 2)
    since = changes(firm) + 1
    change("person_role", "ben", "approver")
    (held,) = firm.ada.person("max").keys
    firm.by("eva").person_revoke("max", held.fingerprint, reason="Stolen", suspect_from=since)

    ((subject, sentence),) = questioned(firm)
    assert subject == "ACCESS"
    assert sentence.startswith("max signed a change of ACCESS (role_granted, 2026-01-05, event 14)")
    (entry,) = [one for one in firm.ada.due() if one.what == "questioned"]
    assert entry.sentence.startswith("ACCESS event 14: max signed it (role_granted, 2026-01-05)")
    assert not firm.ada.verify().problems


def test_the_settings_are_named_too(firm: Firm) -> None:
    since = changes(firm) + 1
    firm.change_control(firm.ada.control().but(notice="Mine now"))
    steal(firm, "kim", since)

    assert [subject for subject, _ in questioned(firm)] == [CONTROL]
    assert due(firm) == [CONTROL]


@pytest.mark.parametrize("person", ["eva", "max"])
def test_a_key_can_end_itself_as_suspect(firm: Firm, person: str) -> None:
    """Whoever finds the own key stolen has no other at hand."""
    since = changes(firm) + 1
    firm.reach(State.EFFECTIVE)
    (held,) = firm.ada.person(person).keys
    firm.by(person).person_revoke(person, held.fingerprint, reason="Stolen", suspect_from=since)

    assert [subject for subject, _ in questioned(firm)] == ["PRO-001"] * (person == "eva")
    assert due(firm) == ["PRO-001"] * (person == "eva")
    assert not firm.ada.verify().problems


def test_who_leaves_can_sign_it_with_a_key_that_turns_out_to_be_stolen(firm: Firm) -> None:
    (held,) = firm.ada.person("max").keys
    firm.by("max").person_leave("max", reason="A new job")
    firm.ada.person_revoke("max", held.fingerprint, reason="Stolen", suspect_from=1)

    assert questioned(firm) == []  # nothing that it gave is held any more


def test_a_used_exception_is_quoted_as_it_stood_when_it_was_used(firm: Firm) -> None:
    firm.ada.person_role("ben", "approver")
    ben = firm.by("ben")
    number = firm.new()
    for reason, days in (("Everybody is ill", 2), ("The fair", 9)):
        firm.ada.person_exception("ben", reason=reason, until=firm.today.replace(day=5 + days))
        if reason == "Everybody is ill":
            ben.submit(number)
            ben.approve(number)
    firm.release(number)

    (note,) = firm.ada.show(number).controlled.notes

    assert note == (
        "Ben both wrote and approved this revision, by a named exception: Everybody is ill"
    )
