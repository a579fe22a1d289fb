"""Every kind of trigger that people name, each with what makes it happen and the day that counts.

The rows are those of the requirement matrix, 4.2. What no history can tell is a fact that somebody
states, with a reason.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from paper_keeping import CASE, LOG, Keeping, a_class, refuses
from record_days import DAY, ONE, due, state_fact
from test_rules_records_triggers import leave

from docctl.errors import EventError
from docctl.model.records.retention import Triggers

NC = "NC-2026-1"
Happens = Callable[[Keeping], date]


def scene(trigger: Any) -> Keeping:
    """A log entry and an open case of a class with this trigger; forty days later."""
    keeping = Keeping(
        a_class(trigger=trigger, period="1 month"),
        a_class("case", trigger=trigger, period="1 month"),
    )
    keeping.capture(ONE, subject="sam")
    keeping.completed()
    keeping.wait(40)
    return keeping


def captured(keeping: Keeping) -> date:
    return keeping.today - 40 * DAY


def closed(keeping: Keeping) -> date:
    keeping.do("closed", "bob", NC, closed_on=keeping.today)
    return keeping.today


def form_withdrawn(keeping: Keeping) -> date:
    dossier = keeping.dossiers[LOG]
    keeping.dossiers[LOG] = dossier._replace(withdrawn_on=keeping.today)
    return keeping.today


def form_superseded(keeping: Keeping) -> date:
    dossier = keeping.dossiers[LOG]
    first = dossier.revisions[0]
    later = first._replace(label="2", effective_on=keeping.today)
    keeping.dossiers[LOG] = dossier._replace(revisions=(first, later))
    return keeping.today


def person_left(keeping: Keeping) -> date:
    leave(keeping, keeping.today)
    return keeping.today


def refers(keeping: Keeping, number: str = "NC-2026-2") -> str:
    keeping.completed(number, related=(ONE,))
    return number


def last_dependant(keeping: Keeping) -> date:
    """Two records refer to it; the later closing counts."""
    first, second = refers(keeping), refers(keeping, "NC-2026-3")
    keeping.do("closed", "bob", first, closed_on=keeping.today)
    assert due(keeping).missing == ("dependants",)
    keeping.wait(5)
    keeping.do("closed", "bob", second, closed_on=keeping.today)
    return keeping.today


def stated(fact: str, days: int = 0) -> Happens:
    def happens(keeping: Keeping) -> date:
        on = keeping.today + timedelta(days=days)
        state_fact(keeping, fact, on)
        return on

    return happens


def used_again(keeping: Keeping) -> date:
    """The last statement counts: it was used once more."""
    state_fact(keeping, "last_used")
    keeping.wait(9)
    return stated("last_used")(keeping)


#: What people call it, what the schedule says, which record, and what makes it happen.
ROWS: dict[str, tuple[Any, str, Happens]] = {
    "creation or capture": ("captured", ONE, captured),
    "closure": ("closed", NC, closed),
    "supersession of the form": ("form_superseded", ONE, form_superseded),
    "withdrawal of the form": ("form_withdrawn", ONE, form_withdrawn),
    "end of the product's life": ("last_item_placed", ONE, stated("last_item_placed")),
    "release of the batch": ("batch_released", ONE, stated("batch_released")),
    "expiry of the batch, to come": ("batch_expires", ONE, stated("batch_expires", 700)),
    "end of the contract": ("contract_ended", ONE, stated("contract_ended")),
    "the employee leaves": ("person_left", ONE, person_left),
    "the employee changes role": ("role_changed", ONE, stated("role_changed")),
    "the equipment is retired": ("equipment_retired", ONE, stated("equipment_retired")),
    "the certificate's cycle ends": ("cycle_ended", ONE, stated("cycle_ended", 300)),
    "a fixed date": ("fixed_date", ONE, stated("fixed_date", 1000)),
    "last use": ("last_used", ONE, used_again),
    "an external event": ("court_decided", ONE, stated("court_decided")),
    "the last dependent record": ("dependants", ONE, last_dependant),
}


@pytest.mark.parametrize(("trigger", "number", "happens"), ROWS.values(), ids=ROWS)
def test_a_period_begins_with_its_trigger(trigger: Any, number: str, happens: Happens) -> None:
    keeping = scene(trigger)
    if happens is not captured:
        before = due(keeping, number, date.max)
        assert before.state in {"trigger_missing", "open"}
        assert before.due_since is None

    began = happens(keeping)

    last = a_class(period="1 month").last_day(began, "1 month")
    assert due(keeping, number).due_since == last + DAY
    assert began.isoformat() in due(keeping, number).explanation


@pytest.mark.parametrize("several", ["latest", "all"])
def test_all_of_several_have_to_happen(several: str) -> None:
    keeping = scene({several: ("contract_ended", "court_decided")})
    first = stated("contract_ended")(keeping)
    assert due(keeping, on=date.max).missing == ("court_decided",)
    keeping.wait(10)
    last = stated("court_decided")(keeping)
    assert first < last
    assert due(keeping).due_since == a_class().last_day(last, "1 month") + DAY


def test_the_earliest_of_several_is_enough() -> None:
    keeping = scene({"earliest": ("contract_ended", "court_decided")})
    first = stated("contract_ended")(keeping)
    keeping.wait(10)
    stated("court_decided")(keeping)
    assert due(keeping).due_since == a_class().last_day(first, "1 month") + DAY


def test_all_is_another_word_for_latest() -> None:
    assert Triggers.model_validate({"all": ["closed", "sold"]}) == Triggers(
        latest=("closed", "sold")
    )
    for wrong in ({"all": ["closed"], "latest": ["sold"]}, {"all": ["closed"], "earliest": ["x"]}):
        with pytest.raises(ValueError, match=r"all|earliest"):
            Triggers.model_validate(wrong)


# --- what depends on a record ----------------------------------------------------------------


def test_a_record_that_nothing_refers_to_waits_until_somebody_says_that_nothing_will() -> None:
    keeping = scene("dependants")
    assert due(keeping, on=date.max).state == "trigger_missing"

    began = stated("dependants")(keeping)
    assert due(keeping).due_since == a_class().last_day(began, "1 month") + DAY

    refers(keeping)
    assert due(keeping, on=date.max).state == "trigger_missing"


def test_nobody_states_what_the_history_can_tell() -> None:
    def act(keeping: Keeping) -> Any:
        refers(keeping)
        return keeping.event(
            "fact_stated", "ria", ONE, "records", fact="dependants", on=keeping.today
        )

    refuses(scene("dependants"), act, EventError, "does not wait for 'dependants'")


def test_a_dependant_that_is_opened_again_stops_the_clock() -> None:
    keeping = scene("dependants")
    number = refers(keeping)
    keeping.do("closed", "bob", number, closed_on=keeping.today)
    assert due(keeping).due_since
    keeping.do("opened_again", "ria", number, "records")
    assert due(keeping, on=date.max).missing == ("dependants",)


def test_a_dependant_that_has_gone_counts_from_its_closing() -> None:
    keeping = scene({"latest": ("dependants", "captured")})
    number = "FRM-001-0002"
    keeping.capture(number, related=(ONE,))
    closing = keeping.today
    keeping.schedule(a_class(period="0 days"), a_class("case"))
    keeping.wait(3)
    keeping.propose("D-1", number)
    keeping.authorise("D-1")
    keeping.land(keeping.disposing(number, "D-1"))
    keeping.schedule(a_class(trigger="dependants", period="1 month"), a_class("case"))
    assert due(keeping).due_since == a_class().last_day(closing, "1 month") + DAY


def test_what_refers_to_nothing_is_refused() -> None:
    keeping = scene("dependants")
    want = keeping.captured(CASE, related=("X-1",))

    def act(keeping: Keeping) -> Any:
        return keeping.event("captured", "bob", "NC-2026-9", **want)

    refuses(keeping, act, EventError, "it refers to X-1, which is no record")


# --- conflicts --------------------------------------------------------------------------------


def test_a_conflict_says_what_to_do() -> None:
    limits = {
        "minimum": {"period": "2 years", "mandate": "A law"},
        "maximum": {"period": "1 year", "mandate": "Another law"},
    }
    keeping = Keeping(a_class(**limits), a_class("case"))
    keeping.capture(ONE)
    found = due(keeping, on=date.max)
    assert found.state == "conflict"
    assert "change class log (docctl control change)" in found.explanation
    keeping.schedule(a_class("case"))
    assert "until the class is back (docctl control change)" in due(keeping).explanation


def test_a_decision_that_a_later_schedule_forbids_is_to_be_made_again() -> None:
    keeping = Keeping(a_class(action="review"), a_class("case"))
    keeping.capture(ONE)
    keeping.wait(31)
    keeping.do("retention_reviewed", "ria", ONE, "records", until=keeping.today + 100 * DAY)
    maximum = {"period": "60 days", "mandate": "A law"}
    keeping.schedule(a_class(action="review", maximum=maximum), a_class("case"))
    assert due(keeping).state == "conflict"
    assert "review it again (docctl retention review)" in due(keeping).explanation
