"""Bugs of the rules of records, planted one by one: the second opinion must find each of them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from docctl.errors import (
    DateError,
    EventError,
    IllegalMoveError,
    NotAuthorisedError,
    SeparationOfDutiesError,
)
from docctl.model.records.hold import DisposalAuthorisedData
from docctl.model.records.retention import RetentionClass
from docctl.rules.guards import joint
from docctl.rules.records import guards, record
from docctl.rules.records.chain import Chain
from docctl.rules.records.disposal import Disposal
from docctl.rules.records.guards import blanks, capturing, certifying, disposing, reviewing
from docctl.rules.records.record import Record, Review, Started
from docctl.rules.records.retention import due, triggers

LAST_DAY = due._last_day

Plant = Callable[[pytest.MonkeyPatch], None]


def nothing(*_: Any, **__: Any) -> None:
    """A guard that was forgotten."""


def forget(name: str, module: Any = disposing) -> Plant:
    return lambda patch: patch.setattr(module, name, nothing)


def swallow(kind: str, error: type[Exception]) -> Plant:
    """A guard of a kind of event that refuses nothing for this sort of reason."""
    kept = guards._GUARDS[kind]

    def lenient(*given: Any) -> None:
        with suppress(error):
            kept(*given)

    return lambda patch: patch.setattr(guards, "_GUARDS", {**guards._GUARDS, kind: lenient})


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


def moves_leave_no_trace(patch: pytest.MonkeyPatch) -> None:
    """A record that was moved since it was proposed passes for the same."""
    kept = Record.after

    def after(self: Record, signed: Any) -> Record:
        moved = signed.event.type == "custody_changed"
        found = kept(self, signed)
        same = found.chain._replace(seq=self.chain.seq, last=self.chain.last)
        return found._replace(chain=same) if moved else found

    patch.setattr(Record, "after", after)


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
    "one person is enough": swallow("disposal_authorised", SeparationOfDutiesError),
    "windows are over at once": windows_are_over_at_once,
    "kept records go": kept_records_go,
    "everybody lifts holds": swallow("hold_lifted", Exception),
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
    "originals of what is kept go": swallow("original_destroyed", IllegalMoveError),
    "an original goes before its record": swallow("original_destroyed", DateError),
    "certificates forget originals": forget("require_gone_elsewhere", certifying),
    "everybody moves paper": swallow("custody_changed", NotAuthorisedError),
    "paper lies where it does not lie yet": swallow("custody_changed", DateError),
    "what moved since is let go all the same": moves_leave_no_trace,
    "a blank makes two records": forget("_require_out", blanks),
    "a blank of any form will do": forget("require_blank", capturing),
    "a blank and its record part": forget("_check_blanks", joint),
    "everybody hands out blanks": swallow("blank_issued", NotAuthorisedError),
    "blanks of superseded forms go out": swallow("blank_issued", EventError),
}
