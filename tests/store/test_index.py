from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indexed import Office, State, expected, furnished, head_of, index_of, rows

from docctl.errors import RefusedError
from docctl.model.access import ACCESS
from docctl.model.answers.register import ChangeEntry
from docctl.model.control import CONTROL
from docctl.store.index import Index

DAY = timedelta(days=1)

#: What somebody may do to a document, or to the library.
STEPS = st.sampled_from(
    ["save", "submit", "approve", "release", "schedule", "suspend", "revise", "withdraw", "cancel",
     "hire", "change_control"]
)  # fmt: skip
NUMBERS = st.sampled_from(["PRO-001", "PRO-002", "PRO-003"])
DAYS = st.sampled_from([0, 0, 0, 1, 12])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = furnished(tmp_path_factory.mktemp("office") / "store.git")
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def index(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with closing(index_of(office, tmp_path_factory.mktemp("index") / "index.sqlite")) as made:
        yield made


def test_the_register_of_any_day_is_what_the_rules_say(office: Office, index: Index) -> None:
    days = [date(2025, 1, 1), office.today + 400 * DAY, date(2099, 1, 1)]
    days += [date(2026, 1, 4) + offset * DAY for offset in range(90)]
    for day in days:
        assert index.register(day, head=head_of(office)) == expected(office, day)


def test_a_register_can_be_narrowed_to_a_type_or_to_a_state(office: Office, index: Index) -> None:
    every = expected(office, office.today)
    for state in State:
        found = index.register(office.today, head=head_of(office), state=state)
        assert found == [one for one in every if state in {one.state, one.pending_state}]
    found = index.register(office.today, head=head_of(office), type="work_instruction")
    assert [(one.number, one.owner) for one in found] == [("WI-1", "Ben")]


def test_control_is_listed_only_when_it_is_asked_for(office: Office, index: Index) -> None:
    found = index.register(office.today, head=head_of(office), type="control")
    assert [(one.number, one.title, one.owner) for one in found] == [
        (CONTROL, "Control settings", "Ada Ask")
    ]


def test_changes_are_the_events_of_all_items_in_their_order(office: Office, index: Index) -> None:
    every = index.changes(date.min, date.max, head=head_of(office))
    assert [one.time for one in every] == sorted(one.time for one in every)
    assert {one.item for one in every} == {ACCESS, *office.dossiers}
    assert [one[:2] for one in every if one.item == "PRO-007"] == [
        (one.event.time, one.event.date) for one in office.dossiers["PRO-007"].events
    ]
    first = office.dossiers["PRO-003"].events[0].event
    assert index.changes(first.date, first.date, head=head_of(office))[0] == ChangeEntry(
        first.time, first.date, "PRO-003", "1", "created", "ben", ""
    )


def test_two_commits_can_be_asked_about_in_turns(office: Office, index: Index) -> None:
    before = head_of(office)
    first, past = (
        index.register(office.today, head=before),
        index.changes(date.min, date.max, head=before),
    )
    office.save("PRO-001")
    for _ in range(2):
        assert len(index.changes(date.min, date.max, head=head_of(office))) == len(past) + 1
        assert index.changes(date.min, date.max, head=before) == past
        assert index.register(office.today, head=before) == first


@settings(max_examples=4, deadline=None)
@given(turns=st.lists(st.tuples(STEPS, NUMBERS, DAYS, st.booleans()), min_size=20, max_size=40))
def test_an_index_that_has_followed_every_change_is_like_a_new_one(
    turns: list[tuple[str, str, int, bool]],
) -> None:
    with TemporaryDirectory() as name:
        office, place = Office.found(Path(name) / "store.git"), Path(name)
        with closing(office.store), closing(index_of(office, place / "followed")) as followed:
            for step, number, days, asked in turns:
                office.wait(days=days)
                something(office, step, number, days)
                if asked:
                    followed.where("PRO-001", on=office.today, head=head_of(office))
            for day in (office.today, office.today - 20 * DAY, office.today + 20 * DAY):
                found = followed.register(day, head=head_of(office))
                assert found == expected(office, day)
            followed.where("PRO-001", on=office.today, head=head_of(office))
            with closing(index_of(office, place / "new")) as new:
                new.where("PRO-001", on=office.today, head=head_of(office))
        assert rows(place / "followed") == rows(place / "new")


def something(office: Office, step: str, number: str, days: int) -> None:
    """Do something, if the rules allow it."""
    if step == "hire":
        office.add(f"person{len(office.authority.persons)}", "author")
    elif step == "change_control":
        kinds = (one.but(review_months=6 + days) for one in office.control.types)
        office.change_control(office.control.but(types=tuple(kinds)))
    elif number not in office.dossiers:
        office.new(number)
    else:
        with suppress(RefusedError):
            getattr(office, step)(number)
