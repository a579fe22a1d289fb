"""What records, holds and disposals are after each event; folding asks no questions."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_keeping import CASE, Keeping, stub
from records_driver import Driver

from docctl.rules.records import KEPT, begin, kinds
from docctl.rules.records import disposal as disposals
from docctl.rules.records import hold as holds
from docctl.rules.records import record as records
from docctl.rules.records.kinds import BLANKS, DISPOSALS, HOLDS, RECORDS, REQUESTS
from docctl.rules.records.record import Started
from docctl.store.layout import ROOTS

ONE = "FRM-001-0001"


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(5_000_000, 6_000_000))
def test_what_stands_is_folded_from_the_events_alone(seed: int) -> None:
    driver = Driver(seed)
    driver.run(60)

    for kept in driver.keeping.kept.values():
        first, *rest = kept.chain.events
        again = begin(first)
        for signed in rest:
            again = again.after(signed)
        assert again == kept
        assert kept.chain.seq == len(kept.chain.events)
        assert kept.chain.last == kept.chain.events[-1].digest
        assert kept.chain.day == max(one.event.date for one in kept.chain.events)
        assert kept.chain.time == max(one.event.time for one in kept.chain.events)


@given(on=st.dates(), entered=st.dates())
def test_of_two_days_the_later_counts(on: date, entered: date) -> None:
    assert Started(on, entered).counts == max(on, entered)


def test_every_kind_of_event_belongs_to_one_thing() -> None:
    assert {*ROOTS} == KEPT == RECORDS | HOLDS | DISPOSALS | REQUESTS | BLANKS
    assert len(KEPT) == sum(map(len, (RECORDS, HOLDS, DISPOSALS, REQUESTS, BLANKS)))


def test_a_record_gathers_what_is_entered() -> None:
    keeping = Keeping()
    first, step, correction = stub(1), stub(2), stub(3)
    keeping.capture("NC-2026-1", CASE, payload=first, identifiers={"site": "Oslo"}, holds=("H-1",))
    keeping.do("added", "eve", "NC-2026-1", step="analysed", payload=step, event_on=keeping.today,
               holds=("H-2",))  # fmt: skip
    keeping.do("amended", "ria", "NC-2026-1", "records", payload=correction,
               event_on=keeping.today, identifiers={"site": "Bergen"})  # fmt: skip
    found = keeping.record("NC-2026-1")

    assert found.stubs == (first, step, correction)
    assert found.holds == {"H-1", "H-2"}
    assert found.identifiers == {"site": "Bergen"}
    assert found.steps == ("analysed",)
    assert found.enterers == ("bob", "eve", "ria")
    assert found.captured_on == keeping.today
    assert found.open
    assert found.closed is None


def test_an_identifier_that_is_taken_out_is_gone() -> None:
    keeping = Keeping()
    keeping.capture(ONE, identifiers={"site": "Oslo"})
    keeping.do("amended", "bob", ONE, payload=stub(), event_on=keeping.today, removed=("site",))
    assert keeping.record(ONE).identifiers == {}


def test_an_event_that_makes_no_sense_lengthens_the_chain_and_changes_nothing() -> None:
    keeping = Keeping()
    keeping.capture(ONE)
    again = keeping.event("captured", "bob", ONE, **keeping.captured())
    before = keeping.record(ONE)

    assert before.after(again)._replace(chain=before.chain) == before
    assert before.after(again).chain.seq == 2


def test_nothing_but_lifting_lifts_a_hold_and_nothing_but_giving_up_gives_up() -> None:
    """Folding is blind to what is legal; it must not be fooled by it."""
    keeping = Keeping()
    keeping.capture(ONE)
    placed = keeping.do("hold_placed", "kim", "H-1", "management", matter="M", records=(ONE,))
    assert keeping.hold("H-1").after(placed).lifted is None
    keeping.do("hold_lifted", "kim", "H-1", "management")
    keeping.wait(31)
    keeping.propose("D-1", ONE)
    proposed = keeping.disposal("D-1").proposed
    assert keeping.disposal("D-1").after(proposed).open


def test_a_hold_that_is_extended_keeps_its_day_unless_another_is_named() -> None:
    keeping = Keeping()
    keeping.capture(ONE)
    day = keeping.today + timedelta(days=90)
    keeping.do("hold_placed", "kim", "H-1", "management", matter="M", records=(ONE,), review_on=day)
    keeping.do("hold_extended", "kim", "H-1", "management", documents=("FRM-001",))
    assert keeping.hold("H-1").review_on == day
    keeping.do("hold_extended", "kim", "H-1", "management", review_on=keeping.today)
    found = keeping.hold("H-1")

    assert found.review_on == keeping.today
    assert found.documents == {"FRM-001"}
    assert found.records == {ONE}


@pytest.mark.parametrize("room", [records, holds, disposals])
def test_only_its_first_event_begins_a_thing(room: object) -> None:
    keeping = Keeping()
    keeping.capture("NC-2026-1", CASE)
    other = keeping.event("closed", "bob", "NC-2026-1", closed_on=keeping.today)

    with pytest.raises(TypeError, match="closed"):
        room.begin(other)
    with pytest.raises(KeyError):
        kinds.begin(other)
