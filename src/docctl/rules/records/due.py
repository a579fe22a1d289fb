"""When a record may go, and why. Unknown means: not yet."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from itertools import dropwhile
from types import MappingProxyType

from docctl.model.answers.retention import Due, DueState
from docctl.model.base import Word
from docctl.model.records.record import RecordId
from docctl.model.records.retention import RetentionClass, Triggers
from docctl.rules.records.ageing import Ageing
from docctl.rules.records.archive import Archive
from docctl.rules.records.asked import covers
from docctl.rules.records.hold import Hold
from docctl.rules.records.record import Started


def assess(archive: Archive, record: Ageing, on: date) -> Due:
    """Return when a record may be disposed of, as of the end of a day, and every reason for it.

    It is due from the day after the last day of keeping (ISO 15489-1:2016, 9.9). An open record,
    a trigger that has not happened, a longest time that ends before the shortest, and a hold each
    keep it.
    """
    kind = archive.world.control.retention_of(record.retention)
    holds = holding(archive, record)
    if record.disposed is not None:
        return _answer(record, "disposed", holds=holds)
    if kind is None:
        return _answer(
            record, "conflict", holds=holds,
            because=(f"the schedule has no class {record.retention} any more",),
        )  # fmt: skip
    return _scheduled(archive, record, kind, on, holds)


def holding(archive: Archive, record: Ageing) -> tuple[RecordId, ...]:
    """Return the holds that stand on a record."""
    return tuple(
        sorted(one.number for one in archive.holds() if one.lifted is None and covered(one, record))
    )


def covered(hold: Hold, record: Ageing) -> bool:
    """Tell whether a hold covers a record: by its list, by a stamp, or by facts of the history."""
    return (
        record.number in hold.records
        or hold.number in record.holds
        or bool(hold.where and covers(hold.where, record))
    )


def _scheduled(
    archive: Archive, record: Ageing, kind: RetentionClass, on: date, holds: tuple[RecordId, ...]
) -> Due:
    if record.open:
        return _answer(record, "open", kind, holds=holds, because=("it is not closed",))
    if kind.action == "permanent":
        reason = f"class {kind.name} is kept for ever"
        return _answer(record, "permanent", kind, holds=holds, because=(reason,))
    began, reasons, missing = _began(archive, record, kind)
    if began is None:
        return _answer(
            record, "trigger_missing", kind, holds=holds, because=reasons, missing=missing
        )
    last, more, conflict = _last_day(kind, began)
    since = last + timedelta(days=1) if last < date.max else None
    state: DueState = "due" if since and since <= on else "running"
    if conflict:
        state = "conflict"
    elif holds and state == "due":
        state = "held"
    held = (f"held by {', '.join(holds)}",) if holds else ()
    return _answer(
        record, state, kind, since=since, holds=holds, because=(*reasons, *more, *held),
    )  # fmt: skip


def _began(
    archive: Archive, record: Ageing, kind: RetentionClass
) -> tuple[date | None, tuple[str, ...], tuple[Word, ...]]:
    """Return the day that starts the period, what it follows from, and unknown triggers."""
    found = {name: _started(archive, record, name) for name in kind.triggers}
    known = {name: one for name, one in found.items() if one is not None}
    missing = tuple(name for name, one in found.items() if one is None)
    every = not (isinstance(kind.trigger, Triggers) and kind.trigger.earliest)
    reasons = tuple(_sentence(name, one) for name, one in known.items())
    unknown = tuple(f"{_words(name)}: not known yet" for name in missing)
    if not known or (every and missing):
        return None, reasons + unknown, missing
    pick: Callable[[Iterable[date]], date] = max if every else min
    return pick(one.counts for one in known.values()), reasons, ()


def _sentence(name: Word, started: Started) -> str:
    said = f"{_words(name)} on {started.on.isoformat()}"
    if started.entered > started.on:
        said += f", entered on {started.entered.isoformat()}: the later day counts"
    return said


def _words(name: Word) -> str:
    return name.replace("_", " ")


def _last_day(kind: RetentionClass, began: date) -> tuple[date, tuple[str, ...], bool]:
    """Return the last day of keeping, what it follows from, and whether limits contradict."""
    last = kind.last_day(began, kind.period)
    reasons = [f"+ {kind.period}" + _drawn_out(kind)]
    if kind.minimum:
        shortest = kind.last_day(began, kind.minimum.period)
        if shortest > last:
            last = shortest
            reasons.append(f"at least {kind.minimum.period} ({kind.minimum.mandate})")
    longest = kind.last_day(began, kind.maximum.period) if kind.maximum else date.max
    if kind.maximum and longest < last:
        reasons.append(
            f"but at most {kind.maximum.period} ({kind.maximum.mandate}): somebody must decide"
        )
    return last, tuple(reasons), longest < last


def _drawn_out(kind: RetentionClass) -> str:
    if kind.rounding == "day":
        return ""
    own = "" if kind.year_begins == 1 else f" that begins with month {kind.year_begins}"
    calendar = "calendar " if kind.rounding == "year" and not own else ""
    return f", end of {calendar}{kind.rounding}{own}"


def _started(archive: Archive, record: Ageing, name: Word) -> Started | None:
    if computed := _COMPUTED.get(name):
        return computed(archive, record)
    return record.facts.get(name)


def _captured(_: Archive, record: Ageing) -> Started:
    return Started(record.captured_on, record.captured_on)


def _closed(_: Archive, record: Ageing) -> Started | None:
    return record.closed


def _form_superseded(archive: Archive, record: Ageing) -> Started | None:
    dossier = archive.dossier(record.form)
    revisions = dossier.revisions if dossier else ()
    later = [*dropwhile(lambda one: one.label != record.form_revision, revisions)][1:]
    days = [one.effective_on for one in later if one.phase == "released" and one.effective_on]
    first = min(days, default=None)
    return Started(first, max(first, record.captured_on)) if first else None


def _form_withdrawn(archive: Archive, record: Ageing) -> Started | None:
    dossier = archive.dossier(record.form)
    day = dossier.withdrawn_on if dossier else None
    return Started(day, max(day, record.captured_on)) if day else None


def _person_left(archive: Archive, record: Ageing) -> Started | None:
    person = archive.world.authority.persons.get(record.subject or "")
    if person is None or person.left_on is None:
        return None
    stated = person.left_stated_on or person.left_on
    return Started(person.left_on, max(stated, record.captured_on))


_COMPUTED: Mapping[Word, Callable[[Archive, Ageing], Started | None]] = MappingProxyType(
    {
        "captured": _captured,
        "closed": _closed,
        "form_superseded": _form_superseded,
        "form_withdrawn": _form_withdrawn,
        "person_left": _person_left,
    }
)


def _answer(
    record: Ageing,
    state: DueState,
    kind: RetentionClass | None = None,
    *,
    since: date | None = None,
    holds: tuple[RecordId, ...] = (),
    because: tuple[str, ...] = (),
    missing: tuple[Word, ...] = (),
) -> Due:
    return Due(
        record=record.number,
        form=record.form,
        retention=record.retention,
        state=state,
        due_since=since,
        action=kind.action if kind else None,
        because=because,
        missing=missing,
        holds=holds,
    )
