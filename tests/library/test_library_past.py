"""What was answered about a day is answered again, whatever happened since."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from firm import TEXT, Firm
from office import Key

from docctl import State
from docctl.errors import IllegalMoveError, MissingApprovalError, RefusedError
from docctl.model.assignment import Assignments, Owner
from docctl.model.control import CONTROL, ControlSettings, Function

Act = Callable[[Firm, Random, str], object]


def settings(firm: Firm, chance: Random, _: str) -> object:
    """Change everything that copies and lists take from CONTROL."""
    old: ControlSettings = firm.ada.control()
    word = chance.choice(["North", "South", "East"])
    kinds = tuple(
        one.but(title=f"{word} {one.name}", review_months=chance.choice([6, 12, 24]))
        for one in old.types
    )
    changed = old.but(
        organization=f"Acme {word}",
        notice=f"Sample data of {word}",
        types=kinds,
        paper=chance.choice(["A4", "Letter"]),
        roles={"fitter": f"fits in the {word}"},
        functions=(Function(title="Foreman", responsibility=word),),
    )
    return firm.change_control(changed)


def rewrite(firm: Firm, chance: Random, number: str) -> object:
    ben, label = firm.by("ben"), firm.ada.bench.get(number).newest.label
    text = ben.text(number, label)
    title = f"Control of {chance.choice(['documents', 'records', 'gauges'])}"
    document = text.document.but(title=title, classification=chance.choice(["public", "secret"]))
    return ben.save_text(number, type(text)(document, f"{text.body}\nMore.\n", {}))


def forward(firm: Firm, chance: Random, number: str) -> object:
    """Take a document a step further on its way."""
    for step in (firm.submit, firm.sign, chance.choice([firm.release, firm.schedule]), firm.revise):
        before = firm.head
        with suppress(IllegalMoveError, MissingApprovalError):
            step(number)
        if firm.head != before:
            return number
    return firm.withdraw(number)


def person(firm: Firm, chance: Random, _: str) -> object:
    name = f"p{chance.randrange(10**6)}"
    return firm.add(name, "approver")


def leave(firm: Firm, chance: Random, _: str) -> object:
    gone = [one.id for one in firm.ada.people() if one.id[0] == "p" and not one.left_on]
    return firm.ada.person_leave(chance.choice(gone)) if gone else None


def steal(firm: Firm, chance: Random, _: str) -> object:
    """Somebody's key is found to have been stolen a while ago; he or she gets another."""
    victim = chance.choice(["eva", "kim"])
    held = firm.ada.person(victim).keys
    current = next(one for one in held if one.ended_at is None)
    since = firm.ada.verify().changes - 4
    firm.ada.person_revoke(victim, current.fingerprint, reason="Stolen", suspect_from=since)
    fresh = Key(f"{victim}-{len(held)}")
    firm.keys[victim] = f"{victim}-{len(held)}"
    firm.ada.person_key(victim, fresh.public_key)
    return firm.by(victim).person_accept()


def assign(firm: Firm, chance: Random, number: str) -> object:
    owner = Owner(kind="function", name=chance.choice(["Foreman", "Quality Manager"]))
    place = chance.choice(["Hall 1", "Hall 2"])
    return firm.ada.assign(number, Assignments(owner=owner, location=place), reason="Moved")


def function(firm: Firm, chance: Random, _: str) -> object:
    return firm.ada.person_function(chance.choice(["ben", "eva", "kim"]), "Foreman")


ACTS: tuple[Act, ...] = (
    settings,
    rewrite,
    person,
    leave,
    steal,
    assign,
    function,
    *[forward] * 4,
    lambda firm, _, number: firm.suspend(number),
    lambda firm, _, number: firm.by("kim").resume(number, reason="Mended"),
    lambda firm, _, number: firm.by("ben").periodic_review(number, reason="Read"),
    lambda firm, _, number: firm.by("ben").reopen(number, reason="A slip"),
    lambda firm, _, number: firm.by("eva").return_(number, reason="Unclear"),
    lambda firm, _, __: firm.new(),
    lambda firm, _, __: firm.ada.person_exception(
        "ben", reason="We are few", until=firm.today + timedelta(days=20)
    ),
)


def act(firm: Firm, chance: Random) -> None:
    """Do something that is possible now: the settings, people or documents change."""
    number = chance.choice([one.number for one in firm.ada.register()])
    for one in chance.sample(ACTS, len(ACTS)):  # until one is possible
        with suppress(RefusedError, StopIteration):
            one(firm, chance, number)
            return


def answers(firm: Firm, on: date, folder: Path) -> Iterator[Any]:
    """Everything that can be asked about the end of a day."""
    ada = firm.ada
    listed = ada.register(as_of=on)
    yield "register", listed
    yield "authority", ada.authority(on=on)
    yield "due", ada.due(on=on)
    for number in (CONTROL, *(one.number for one in listed)):
        yield number, ada.show(number, as_of=on)
        yield number, ada.export(number, folder / "copy.md", as_of=on).read_bytes()


@pytest.mark.parametrize("seed", range(3))
def test_later_events_change_no_answer_about_a_day(firm: Firm, place: Path, seed: int) -> None:
    """LIF-03: a day is answered from the events up to its end, alike whenever it is asked."""
    chance = Random(seed)  # noqa: S311
    firm.reach(State.EFFECTIVE)
    firm.new(body=TEXT)
    told = {}
    for _ in range(14):
        for _ in range(4):
            act(firm, chance)
        told[firm.today] = list(answers(firm, firm.today, place))
        firm.clock.wait(days=chance.choice([1, 1, 3, 40]))

    for day, before in told.items():
        for was, now in zip(before, answers(firm, day, place), strict=True):
            assert was == now, day
    assert not firm.ada.verify().problems


def test_a_draft_of_a_past_day_has_the_title_and_text_of_that_day(firm: Firm, place: Path) -> None:
    number, then = firm.new(title="Control of paper"), firm.today
    firm.clock.wait(days=3)
    text = firm.by("ben").text(number)
    document = text.document.but(title="Control of files", classification="secret")
    firm.by("ben").save_text(number, type(text)(document, "## Purpose\n\nAnother.\n", {}))

    (was,), (now,) = firm.ada.register(as_of=then), firm.ada.register()

    assert (was.title, was.classification) == ("Control of paper", "internal")
    assert (now.title, now.classification) == ("Control of files", "secret")
    assert firm.ada.show(number, as_of=then).status.title == "Control of paper"
    copy = firm.ada.export(number, place / "copy.md", as_of=then).read_text()
    assert "Say how it is done." in copy
    assert "Another" not in copy


def test_a_cancelled_draft_is_what_it_was_though_its_label_was_used_again(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.revise(number, body="## Purpose\n\nFirst try.\n")
    then = firm.today
    firm.by("ben").cancel(number, reason="No")
    firm.clock.wait(days=3)
    firm.revise(number, body="## Purpose\n\nSecond try.\n")

    was = firm.ada.show(number, revision="2", as_of=then)

    assert was.controlled.state == State.CANCELLED
    assert was.controlled.content != firm.ada.show(number, revision="2").controlled.content


def test_the_next_review_of_a_day_follows_the_interval_of_that_day(firm: Firm) -> None:
    number, then = firm.reach(State.EFFECTIVE), firm.today
    firm.clock.wait(days=30)
    control = firm.ada.control()
    kinds = tuple(one.but(review_months=24) for one in control.types)
    firm.change_control(control.but(types=kinds, notice="Sample data"))

    (was,), (now,) = firm.ada.register(as_of=then), firm.ada.register()

    assert (was.review_due_on, now.review_due_on) == (date(2027, 1, 5), date(2028, 1, 5))
    assert firm.ada.show(number, as_of=then).controlled.review_due_on == date(2027, 1, 5)
    assert firm.ada.show(number, as_of=then).controlled.notes == ()
    assert firm.ada.show(number).controlled.notes == ("Sample data",)
    assert firm.reopened().ada.register(as_of=then) == [was]


def test_the_matrix_of_a_day_has_the_roles_of_that_day(firm: Firm) -> None:
    then = firm.today
    firm.clock.wait(days=2)
    firm.change_control(firm.ada.control().but(roles={"fitter": "fits"}))

    assert "fitter" in firm.ada.authority().roles
    assert "fitter" not in firm.ada.authority(on=then).roles


def test_what_is_on_its_way_today_is_not_shown_of_an_earlier_day(firm: Firm) -> None:
    number, then = firm.reach(State.EFFECTIVE), firm.today
    firm.clock.wait(days=2)
    firm.revise(number)

    assert firm.ada.show(number).status.state == State.DRAFT
    status = firm.ada.show(number, as_of=then).status
    assert (status.revision, status.state, status.working_copy) == ("1", State.EFFECTIVE, "")


def test_changes_end_with_today_where_no_last_day_is_named(firm: Firm) -> None:
    """A machine whose clock runs ahead leaves events of days that are still to come."""
    now, since = firm.clock.now, firm.today
    firm.clock.wait(days=30)
    firm.new()
    then, firm.clock.now = firm.today, now

    assert {one.date for one in firm.ada.changes(since=since)} == {since}
    assert {one.date for one in firm.ada.changes(since=since, until=then)} == {since, then}
