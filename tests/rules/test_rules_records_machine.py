"""No record goes before its time, under a hold, or by one person alone, whatever is tried."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from records_driver import Driver

from docctl.errors import SeparationOfDutiesError
from docctl.model.records.hold import DisposalAuthorisedData
from docctl.model.records.retention import RetentionClass
from docctl.rules.records import guards, record
from docctl.rules.records.chain import Chain
from docctl.rules.records.disposal import Disposal
from docctl.rules.records.guards import disposing, reviewing
from docctl.rules.records.record import Record, Review, Started
from docctl.rules.records.retention import due, triggers

ACTS = 90
#: Runs of one part; twenty parts of them are run by `make test-all`, and a small one always.
PART = 1000

LAST_DAY = due._last_day

Plant = Callable[[pytest.MonkeyPatch], None]


def driven(first: int, runs: int, *, acts: int = ACTS) -> Counter[str]:
    counts: Counter[str] = Counter()
    for seed in range(first, first + runs):
        Driver(seed, counts).run(acts)
    return counts


def test_nothing_goes_unlawfully_and_things_do_go() -> None:
    """Issue 3: records destroyed before their time or under hold, by whatever way: none."""
    counts = driven(0, 300)

    assert counts["disposed"] > 60
    for tried in ("RetentionError", "HoldError", "DateError", "EventError", "NotAuthorisedError"):
        assert counts[f"disposed refused: {tried}"] > 10
    assert counts["disposal_authorised refused: SeparationOfDutiesError"] > 5
    assert counts["hold_lifted"] > 30
    assert counts["disposal_certified"] > 3
    assert counts["retention_reviewed"] > 30
    assert counts["transfer_received"] > 5
    assert counts["request_decided"] > 30
    assert counts["retention_reviewed refused: RetentionError"] > 5


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_nothing_goes_unlawfully_in_many_years(part: int) -> None:
    counts = driven(1_000_000 + part * PART, PART)

    assert counts["disposed"] > PART / 5


# --- what the second opinion is worth: bugs planted one by one, each of which it must find ------


def nothing(*_: Any, **__: Any) -> None:
    """A guard that was forgotten."""


def forget(name: str) -> Plant:
    return lambda patch: patch.setattr(disposing, name, nothing)


def no_holds(patch: pytest.MonkeyPatch) -> None:
    for module in (due, disposing):
        patch.setattr(module, "holding", lambda *_: ())


def holds_of_lists_alone(patch: pytest.MonkeyPatch) -> None:
    for module in (due, disposing):
        patch.setattr(
            module,
            "holding",
            lambda archive, record: tuple(
                one.number for one in archive.holds()
                if not one.lifted and record.number in one.records
            ),
        )  # fmt: skip


def stamps_are_believed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(due, "covers", lambda *_: False)


def stated_days_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Started, "counts", property(lambda started: started.on))


def a_day_too_short(patch: pytest.MonkeyPatch) -> None:
    kept = RetentionClass.last_day
    patch.setattr(
        RetentionClass,
        "last_day",
        lambda self, began, period: kept(self, began, period) - timedelta(days=1),
    )


def the_first_trigger_is_enough(patch: pytest.MonkeyPatch) -> None:
    kept = due._began

    def began(archive: Any, record: Record, kind: RetentionClass) -> Any:
        known = [one for one in kind.triggers if triggers.started(archive, record, one)]
        kind = kind.model_copy(update={"trigger": known[0]}) if known else kind
        return kept(archive, record, kind)

    patch.setattr(due, "_began", began)


def open_records_go(patch: pytest.MonkeyPatch) -> None:
    kept = due._scheduled
    patch.setattr(
        due,
        "_scheduled",
        lambda archive, record, *more: kept(archive, record._replace(open=False), *more),
    )


def contradictions_go(patch: pytest.MonkeyPatch) -> None:
    kept = due._last_day
    patch.setattr(due, "_last_day", lambda *given: (*kept(*given)[:2], False))


def minima_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    kept = due._last_day
    patch.setattr(
        due,
        "_last_day",
        lambda kind, *more: kept(kind.model_copy(update={"minimum": None}), *more),
    )


def reopening_changes_nothing(patch: pytest.MonkeyPatch) -> None:
    makes = {**record._MAKES, "opened_again": lambda one, *_: one}
    patch.setattr(record, "_MAKES", makes)


def one_person_is_enough(patch: pytest.MonkeyPatch) -> None:
    kept = disposing.authorised

    def authorised(*given: Any) -> None:
        with suppress(SeparationOfDutiesError):
            kept(*given)

    patch.setattr(guards, "_GUARDS", {**guards._GUARDS, "disposal_authorised": authorised})


def windows_are_over_at_once(patch: pytest.MonkeyPatch) -> None:
    def authority(self: Disposal) -> DisposalAuthorisedData | None:
        data = self.authorised.event.data if self.authorised else None
        return data and data.model_copy(update={"not_before": date.min})

    patch.setattr(Disposal, "authority", property(authority))


def kept_records_go(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        Disposal,
        "item",
        lambda self, number: next((one for one in self.items if one.record == number), None),
    )


def everybody_lifts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(guards, "_GUARDS", {**guards._GUARDS, "hold_lifted": nothing})


def clocks_are_believed(patch: pytest.MonkeyPatch) -> None:
    """Whoever proposes says which day it is, and whoever authorises does not notice."""
    kept = Chain.of
    early = datetime.min.replace(tzinfo=UTC)
    patch.setattr(Chain, "of", lambda signed: kept(signed)._replace(day=date.min, time=early))


def decisions_outlast_what_follows(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Review, "keeps", property(lambda _: True))
    patch.setattr(due, "_last_day", lambda kind, began, _: LAST_DAY(kind, began))


def keeping_longer_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(due, "_last_day", lambda kind, began, _: LAST_DAY(kind, began))


def receipts_are_not_looked_for(patch: pytest.MonkeyPatch) -> None:
    everything = property(lambda one: frozenset(item.record for item in one.items))
    patch.setattr(Disposal, "received", everything)


def nobody_looks_at_remains(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disposing, "_require_remains", nothing)


def everybody_decides(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reviewing, "require_owner", nothing)


PLANTS: dict[str, Plant] = {
    "holds are forgotten": no_holds,
    "holds of queries are forgotten": holds_of_lists_alone,
    "what nobody stamped is free": stamps_are_believed,
    "days that are stated count": stated_days_count,
    "keeping ends a day too soon": a_day_too_short,
    "the first of several triggers is enough": the_first_trigger_is_enough,
    "open records go": open_records_go,
    "what contradicts itself goes": contradictions_go,
    "the shortest time is forgotten": minima_are_forgotten,
    "opening again stops no clock": reopening_changes_nothing,
    "one person is enough": one_person_is_enough,
    "windows are over at once": windows_are_over_at_once,
    "kept records go": kept_records_go,
    "everybody lifts holds": everybody_lifts,
    "a clock set forward is believed": clocks_are_believed,
    "nobody looks whether it is due": forget("_require_due"),
    "nobody looks whether it changed": forget("_require_same"),
    "decisions outlast what follows": decisions_outlast_what_follows,
    "keeping longer is forgotten": keeping_longer_is_forgotten,
    "receipts are not looked for": receipts_are_not_looked_for,
    "nobody looks at what remains": nobody_looks_at_remains,
    "everybody decides": everybody_decides,
    "roles are forgotten": forget("require_role"),
    "owners are forgotten": forget("require_owner"),
    "classes that are gone have no owner": forget("_require_classes"),
}


@pytest.mark.slow
@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_the_second_opinion_finds_a_planted_bug(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)

    with pytest.raises(AssertionError, match="went, and"):
        driven(3_000_000, 10_000)
