"""A second opinion on every record that goes, written from the requirements and from nothing else.

A schedule here is a plain dictionary; a history is a list of lines, and every question is answered
by reading it from its beginning.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from docctl.model.event import Event

DAY = timedelta(days=1)
SPANS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Line:
    """An event that was accepted, and what held when it was."""

    event: Any
    digest: str
    schedule: Mapping[str, Mapping[str, Any]]
    roles: Mapping[str, frozenset[str]]
    functions: Mapping[str, frozenset[str]]
    left: Mapping[str, tuple[date, date]]
    """Who left on which day, and on which day that was stated."""

    superseded: Mapping[str, date]
    """From which day on the first revision of a form is superseded."""

    today: date
    """What the calendar on the wall says."""

    numbered: frozenset[str] = frozenset()
    """The forms whose records are made on numbered blanks."""

    @property
    def day(self) -> date:
        """The day it says it is; nobody is believed who lives further ahead than a time zone."""
        return min(self.event.date, self.today + DAY)


# --- dates ----------------------------------------------------------------------------------


def last_day(began: date, period: str, kind: Mapping[str, Any]) -> date:
    """Count day by day and month by month, as with a finger on a calendar."""
    count, unit = period.split()
    steps = int(count)
    day = began
    if unit.startswith(("day", "week")):
        day += timedelta(days=steps * (7 if unit.startswith("week") else 1))
    else:
        year, month = began.year, began.month
        for _ in range(steps * (12 if unit.startswith("year") else 1)):
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        length = monthrange(year, month)[1]
        day = date(year, month, min(began.day, length))
        if began.day > length and kind.get("leap_day", "later") == "later":
            day += DAY
    rounding = kind.get("rounding", "day")
    if rounding != "day":
        while span_of(day + DAY, rounding, kind) == span_of(day, rounding, kind):
            day += DAY
    return day


def span_of(day: date, rounding: str, kind: Mapping[str, Any]) -> int:
    """Number the months, quarters or years from the one in which the organisation's year begins."""
    return (day.year * 12 + day.month - kind.get("year_begins", 1)) // SPANS[rounding]


# --- one record -----------------------------------------------------------------------------


def of(history: Sequence[Line], item: str, *types: str) -> list[Line]:
    return [one for one in history if one.event.item == item and one.event.type in types]


RECORD = (
    "captured", "added", "amended", "countersigned", "closed", "opened_again", "fact_stated",
    "retention_reviewed", "custody_changed", "disposed",
)  # fmt: skip


def closed_on(history: Sequence[Line], record: str) -> date | None:
    """The day from which a closed record counts as closed; nothing while it is open."""
    found: date | None = None
    for one in of(history, record, *RECORD):
        event = one.event
        if event.type == "captured" and not event.data.open:
            found = event.date
        elif event.type == "closed":
            found = max(event.data.closed_on, event.date)
        elif event.type == "opened_again":
            found = None
    return found


def trigger_day(history: Sequence[Line], record: str, name: str, now: Line) -> date | None:
    captured = of(history, record, "captured")[0].event
    if name == "captured":
        return captured.date
    if name == "closed":
        return closed_on(history, record)
    if name == "person_left":
        left = now.left.get(captured.data.subject)
        return max(*left, captured.date) if left else None
    if name == "form_superseded":
        day = now.superseded.get(captured.data.form)
        return max(day, captured.date) if day else None
    if name == "dependants":
        them = {
            one.event.item for one in history if record in getattr(one.event.data, "related", ())
        }
        days = [closed_on(history, one) for one in them]
        if days:
            return None if None in days else max(one for one in days if one)
    stated = [
        one.event for one in of(history, record, "fact_stated") if one.event.data.fact == name
    ]
    return max(stated[-1].data.on, stated[-1].date) if stated else None


def keeps_until(history: Sequence[Line], record: str, now: Line) -> date | str:
    """The last day of keeping, or why there is none."""
    captured = of(history, record, "captured")[0].event
    kind = now.schedule.get(captured.data.retention)
    if kind is None:
        return "the schedule has no such class"
    if kind["action"] == "permanent":
        return "kept for ever"
    if closed_on(history, record) is None:
        return "it is open"
    trigger = kind["trigger"]
    names = [trigger] if isinstance(trigger, str) else next(iter(trigger.values()))
    days = [trigger_day(history, record, one, now) for one in names]
    known = [one for one in days if one is not None]
    first = isinstance(trigger, dict) and "earliest" in trigger
    if not known or (len(known) < len(days) and not first):
        return "a trigger is not known"
    return ends(history, record, kind, min(known) if first else max(known))


def ends(history: Sequence[Line], record: str, kind: Mapping[str, Any], began: date) -> date | str:
    """The last day of a period that has begun, or why it has none."""
    last = last_day(began, kind["period"], kind)
    if "minimum" in kind:
        last = max(last, last_day(began, kind["minimum"]["period"], kind))
    kept, decision = decided(history, record)
    last = max(last, kept or last)
    if "maximum" in kind and last_day(began, kind["maximum"]["period"], kind) < last:
        return "its limits contradict each other"
    if kind["action"] == "review":
        return max(last, decision - DAY) if decision else "nobody has decided that it may go"
    return last


def decided(history: Sequence[Line], record: str) -> tuple[date | None, date | None]:
    """Until when somebody has decided to keep it, or on which day that it may go."""
    lines = of(history, record, *RECORD)
    reviews = [one for one in lines if one.event.type == "retention_reviewed"]
    if not reviews:
        return None, None
    data = reviews[-1].event.data
    if data.until or data.then == "permanent":
        return data.until or date.max, None
    return None, reviews[-1].event.date if reviews[-1] is lines[-1] else None


def holds_on(history: Sequence[Line], record: str) -> Iterator[str]:
    """The holds that cover a record and were not lifted by somebody who may."""
    named = {hold for one in of(history, record, *RECORD) for hold in _named(one.event)}
    for one in history:
        if one.event.type != "hold_placed":
            continue
        hold = one.event.item
        covered = {*one.event.data.records, *one.event.data.documents}
        for more in of(history, hold, "hold_extended"):
            covered |= {*more.event.data.records, *more.event.data.documents}
        form = of(history, record, "captured")[0].event.data.form
        lifted = any(may_lift(line, one.event) for line in of(history, hold, "hold_lifted"))
        fits = answers(history, record, one.event.data.where)
        if not lifted and (covered & {record, form} or hold in named or fits):
            yield hold


def answers(history: Sequence[Line], record: str, where: str) -> bool:
    """Whether the history says that a record is, or ever was, of the site or form asked for."""
    field, _, wanted = where.partition("=")
    ever = {"form": [of(history, record, "captured")[0].event.data.form]}
    for one in of(history, record, "captured", "amended"):
        for name, value in one.event.data.identifiers.items():
            ever[name] = [*ever.get(name, []), value]
    return bool(where) and wanted.casefold() in [one.casefold() for one in ever.get(field, [])]


def _named(event: Event) -> tuple[str, ...]:
    return getattr(event.data, "holds", ())


def may_lift(line: Line, placed: Event) -> bool:
    who = line.event.signer
    if not line.roles[who] & {"management", "records"}:
        return False
    if placed.function:
        return placed.function in line.functions[who]
    return who == placed.signer or placed.role in line.roles[who]


# --- is it lawful? --------------------------------------------------------------------------


def faults(history: Sequence[Line]) -> Iterator[str]:
    """Every reason for which the last line, by which a record went, should not stand there."""
    now, before = history[-1], history[:-1]
    event = now.event
    record, disposal = event.item, event.data.disposal
    if not of(before, record, "captured") or of(before, record, "disposed"):
        yield "there is no such record any more"
        return
    until = keeps_until(before, record, now)
    if isinstance(until, str):
        yield until
    elif now.day <= until:
        yield f"it is kept until {until}, and this is {now.day}"
    yield from (f"held by {hold}" for hold in holds_on(before, record))
    if "records" not in now.roles[event.signer]:
        yield f"{event.signer} does not keep records"
    yield from _closing(before, record)
    yield from _reviews(before, record)
    proposed = of(before, disposal, "disposal_proposed")
    authorised = of(before, disposal, "disposal_authorised")
    if not proposed or not authorised:
        yield "it was not proposed and authorised"
        return
    if of(before, disposal, "disposal_refused", "disposal_certified"):
        yield "the disposal is over"
    receipts = of(before, disposal, "transfer_received")
    first = authorised[0].event.data.not_before
    good = [one for one in receipts if "records" in one.roles[one.event.signer]]
    has = {one for line in good if line.event.date >= first for one in line.event.data.records}
    if event.data.action == "transfer" and record not in has:
        yield "no receiver has it"
    remains, removed = event.data.remains, event.data.removed
    lay = [
        stub for one in of(before, record, *RECORD) for stub in getattr(one.event.data, "stubs", ())
    ]
    if event.data.action == "anonymise" and (not removed or not remains or remains in lay):
        yield "nothing was taken out of it"
    items = [one for one in proposed[0].event.data.items if one.record == record]
    if items and items[0].action != event.data.action:
        yield "something else was authorised"
    yield from _proposal(before, proposed[0], record)
    yield from _authority(authorised[0], proposed[0], now)


def _proposal(before: Sequence[Line], proposed: Line, record: str) -> Iterator[str]:
    items = [one for one in proposed.event.data.items if one.record == record]
    at = before.index(proposed)
    if not items:
        yield "it is on no list"
        return
    if "records" not in proposed.roles[proposed.event.signer]:
        yield "it was proposed by somebody who keeps no records"
    then = of(before[:at], record, *RECORD)
    if items[0].last != then[-1].digest or of(before[at:], record, *RECORD):
        yield "something happened to it since it was proposed"
    until = keeps_until(before[:at], record, proposed)
    if isinstance(until, str) or proposed.event.date <= until:
        yield f"it was proposed too soon: {until}"


def _authority(authorised: Line, proposed: Line, now: Line) -> Iterator[str]:
    event = authorised.event
    item = next((one for one in proposed.event.data.items if one.record == now.event.item), None)
    if event.signer == proposed.event.signer:
        yield "one person alone has proposed and authorised it"
    if now.event.item in event.data.kept:
        yield "it was decided to keep it"
    if now.event.data.authorised != authorised.digest:
        yield "it names another authorisation"
    kind = authorised.schedule.get(item.retention) if item else None
    if kind is None:
        yield "nobody could authorise it: there was no such class"
        return
    if not answers_for(kind, authorised):
        yield f"{event.signer} does not answer for the class"
    if now.event.date < event.date + timedelta(days=kind.get("window_days", 0)):
        yield "its window is not over"


def answers_for(kind: Mapping[str, Any], line: Line) -> bool:
    """Whether who signed it owns the class; without an owner whoever keeps records does."""
    owner, who = kind.get("owner"), line.event.signer
    if owner is None:
        return "records" in line.roles[who]
    if owner["kind"] == "person":
        return bool(owner["name"] == who)
    return owner["name"] in line.functions[who]


def _reviews(before: Sequence[Line], record: str) -> Iterator[str]:
    """Who decides about a record is who answers for its class, and has waited for the day."""
    name = of(before, record, "captured")[0].event.data.retention
    for one in of(before, record, "retention_reviewed"):
        event, early = one.event, before[: before.index(one)]
        if not answers_for(one.schedule[name], one):
            yield f"{event.signer} decided about what belongs to somebody else"
        plain = {**one.schedule[name], "action": "destroy"}
        early = [each for each in early if each.event.type != "retention_reviewed"]
        asked = replace(one, schedule={name: plain})
        until = keeps_until(early, record, asked)
        if isinstance(until, str) or event.date <= until:
            yield f"it was decided about too soon: {until}"


def _closing(before: Sequence[Line], record: str) -> Iterator[str]:
    """A record that stays open is closed with its step and by somebody's signature."""
    captured = of(before, record, "captured")[0].event
    for one in of(before, record, "closed"):
        at = before.index(one)
        early = before[:at]
        entered = captured.data.elsewhere or of(early, record, "added")  # paper says its steps
        complete = entered and of(early, record, "countersigned")
        if captured.data.open and not complete:
            yield "it was closed without its step and its signature"
        who = one.event.signer
        if who != captured.signer and "records" not in one.roles[who]:
            yield f"{who} closed what belongs to somebody else"
