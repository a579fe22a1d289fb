"""What was in force when: the same answer whenever it is asked."""

from datetime import date, timedelta
from itertools import accumulate, pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from naive_lives import VOTES, kind
from naive_verdicts import TABLE
from paper_forms import STAFF
from paper_office import Office

from docctl.model.event import Signed
from docctl.rules.asof import FOREVER, add_months, at, in_force, span, spans, state_of
from docctl.rules.dossier import Dossier, Folding, begin, fold

DAY = date(2026, 3, 2)
WISHES = [*TABLE, *["submitted", "approved", "released", "revised"] * 4]
PEOPLE = ("ana", *STAFF)


def history(seed: int, length: int) -> tuple[Signed, ...]:
    """A legal history of PRO-001: steps that the second opinion allows, over some weeks."""
    chance, office = Random(seed), Office(day=DAY)  # noqa: S311
    office.do("created", chance.choice(["bob", "eve"]), "PRO-001")
    for _ in range(length):
        wish = chance.choice(WISHES)
        people = chance.sample(PEOPLE, len(PEOPLE))
        able = [one for one in people if office.naive.may(one, "PRO-001", wish, office.today)]
        want = {}
        if wish == "released":
            later = timedelta(days=chance.choice([0, 0, 3, 9]))
            want["effective_on"] = office.earliest("PRO-001") + later
        if wish == "withdrawal_proposed" and chance.random() < 0.7:
            continue
        if able:
            office.do(wish, able[0], "PRO-001", **want)
        office.pass_days(chance.choice([0, 0, 1, 4]))
    return office.dossiers["PRO-001"].events


histories = st.builds(history, st.integers(0, 10**6), st.integers(5, 40))
QUICK = settings(deadline=None)
FEW = settings(max_examples=20, deadline=None)


def days_of(events: tuple[Signed, ...]) -> list[date]:
    last = max(one.event.date for one in events) + timedelta(days=20)
    return [DAY + timedelta(days=n) for n in range(-2, (last - DAY).days)]


@FEW
@given(histories)
def test_what_was_read_off_while_folding_is_what_its_events_alone_give(
    events: tuple[Signed, ...],
) -> None:
    folding = Folding(begin(events[0]))
    seen = [folding.dossier()]
    for signed in events[1:]:
        folding.add(signed)
        seen.append(folding.dossier())
    assert seen == [fold(events[:count]) for count in range(1, len(events) + 1)]
    assert seen == [*accumulate(events[1:], Dossier.after, initial=begin(events[0]))]
    assert seen[-1].time == max(one.event.time for one in events if kind(one) not in VOTES)


@FEW
@given(histories)
def test_later_events_never_change_the_answer_for_a_day(events: tuple[Signed, ...]) -> None:
    """LIF-03: which revision was in force on a day is answered alike whenever asked."""
    for end in range(1, len(events)):
        day = max(one.event.date for one in events[: end + 1])
        for back in (1, 2, 9):
            on = day - timedelta(days=back)
            if on >= max(one.event.date for one in events[:end]):
                assert at(events[:end], on) == at(events, on)


@FEW
@given(histories)
def test_spans_tile_the_life_of_a_document_and_agree_with_every_day(
    events: tuple[Signed, ...],
) -> None:
    cut = list(spans(events))

    assert cut[0].since == events[0].event.date
    assert cut[-1].until == FOREVER
    assert all(one.until == other.since for one, other in pairwise(cut))
    assert all(one.since < one.until for one in cut)
    for day in days_of(events):
        now = at(events, day)
        here = [one for one in cut if one.since <= day < one.until]
        assert (now is None) == (not here)
        if now:
            told = span(now, day)
            assert (told.shown, told.state, told.pending, told.pending_state) == (
                here[0].shown, here[0].state, here[0].pending, here[0].pending_state,
            )  # fmt: skip


@FEW
@given(histories)
def test_at_most_one_revision_is_in_force(events: tuple[Signed, ...]) -> None:
    """LIF-04: a new one in force supersedes the old one in the same moment."""
    for day in days_of(events):
        dossier = at(events, day)
        if dossier:
            states = [state_of(dossier, one, day).value for one in dossier.revisions]
            living = [one for one in states if one in {"effective", "suspended"}]
            assert len(living) == (in_force(dossier, day) is not None)


@FEW
@given(histories, st.randoms(use_true_random=False))
def test_the_order_in_which_votes_landed_makes_no_difference(
    events: tuple[Signed, ...], chance: Random
) -> None:
    """Votes never collide: neighbours in the history may change places."""
    shuffled = list(events)
    for _ in range(20):
        here = chance.randrange(len(shuffled) - 1) if len(shuffled) > 1 else 0
        pair = shuffled[here : here + 2]
        if all(kind(one) in VOTES for one in pair):
            shuffled[here : here + 2] = reversed(pair)

    one, other = fold(events), fold(shuffled)

    assert one is not None and other is not None  # noqa: PT018
    assert [(r.label, r.phase, r.effective_on) for r in one.revisions] == [
        (r.label, r.phase, r.effective_on) for r in other.revisions
    ]
    assert one.withdrawn_on == other.withdrawn_on


def test_a_vote_that_landed_late_counts_from_the_day_it_was_known() -> None:
    """A signature of yesterday that lands after today's events does not change yesterday."""
    office = Office(day=DAY)
    office.do("created", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    vote = office.prepare("approved", "cy", "PRO-001")
    office.pass_days(5)
    office.do("assigned", "ana", "PRO-001")
    before = at(office.dossiers["PRO-001"].events, DAY)
    office.land(vote)
    events = office.dossiers["PRO-001"].events

    assert at(events, DAY) == before
    assert [(one.since, one.state.value) for one in spans(events)] == [
        (DAY, "in_review"), (DAY + timedelta(days=5), "approved"),
    ]  # fmt: skip


def test_a_vote_of_a_clock_that_ran_ahead_counts_when_the_next_step_is_made() -> None:
    office = Office(day=DAY)
    office.do("created", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    office.pass_days(5000)
    office.do("approved", "cy", "PRO-001")
    office.pass_days(-4998)
    waiting = office.dossiers["PRO-001"].events
    office.do("assigned", "ana", "PRO-001")
    events = office.dossiers["PRO-001"].events
    step = DAY + timedelta(days=2)

    assert [(one.since, one.state.value) for one in spans(waiting)] == [
        (DAY, "in_review"), (DAY + timedelta(days=5000), "approved"),
    ]  # fmt: skip
    assert [(one.since, one.state.value) for one in spans(events)] == [
        (DAY, "in_review"), (step, "approved"),
    ]  # fmt: skip
    assert at(events, DAY) == at(waiting, DAY)
    assert office.dossiers["PRO-001"].day == step


def test_a_register_shows_the_revision_in_force_and_the_one_on_its_way() -> None:
    office = Office(day=DAY)
    office.effective()
    office.do("revised", "bob", "PRO-001")
    later = DAY + timedelta(days=9)
    beside = span(office.dossiers["PRO-001"], DAY)
    office.approved()
    office.do("released", "ana", "PRO-001", effective_on=later)
    cut = list(spans(office.dossiers["PRO-001"].events))

    assert (beside.shown.label, beside.pending.label, beside.pending_state) == ("1", "2", "draft")
    assert [(one.since, one.shown.label, one.pending_state) for one in cut] == [
        (DAY, "1", "scheduled"), (later, "2", None),
    ]  # fmt: skip


def test_a_withdrawn_document_shows_its_last_revision() -> None:
    office = Office(day=DAY)
    office.effective()
    office.do("withdrawal_proposed", "bob", "PRO-001")
    office.do("approved", "cy", "PRO-001")

    shown = span(office.dossiers["PRO-001"], DAY)

    assert (shown.shown.label, shown.state.value, shown.pending) == ("1", "withdrawn", None)


@QUICK
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
def test_months_later_is_never_a_day_too_short(day: date, months: int) -> None:
    later = add_months(day, months)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)

    assert later >= date(year, month + 1, min(day.day, 28))
    assert later.day in {day.day, 1}
    assert add_months(day, months + 1) >= later


def test_months_later_at_the_end_of_a_month() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 3, 1)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 3, 1)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 3, 1)
    assert add_months(date(2026, 10, 31), 1) == date(2026, 12, 1)
    assert add_months(date(9999, 6, 1), 12) == FOREVER
