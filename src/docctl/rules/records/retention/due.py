"""When a record may go, and why. Unknown means: not yet."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from docctl.model.answers.retention import Due, DueState
from docctl.model.base import Number, Word
from docctl.model.records.record import RecordId
from docctl.model.records.retention import Action, RetentionClass, Triggers
from docctl.rules.records.archive import Archive
from docctl.rules.records.hold import Hold
from docctl.rules.records.record import Review, Started
from docctl.rules.records.retention.ageing import Ageing
from docctl.rules.records.retention.asked import Known, covers
from docctl.rules.records.retention.triggers import started

_LOST_CLASS = "it stays until the class is back (docctl control change)"
_CHANGE = (
    "change class {} (docctl control change); it stays until then, and nobody should read it "
    "without need"
)
_AGAIN = "review it again (docctl retention review)"


def assess(archive: Archive, record: Ageing, on: date) -> Due:
    """Return when a record may be disposed of, as of the end of a day, and every reason for it.

    It is due from the day after the last day of keeping (ISO 15489-1:2016, 9.9). An open record,
    a trigger that has not happened, a longest time that ends before the shortest, a review that
    nobody has made, and a hold each keep it.
    """
    kind = archive.world.control.retention_of(record.retention)
    holds = holding(archive, record)
    if record.disposed is not None:
        return _answer(record, "disposed", holds=holds)
    if kind is None:
        return _answer(
            record,
            "conflict",
            holds=holds,
            because=(f"the schedule has no class {record.retention} any more", _LOST_CLASS),
        )
    return _scheduled(archive, record, kind, on, holds)


def holding(archive: Archive, record: Ageing) -> tuple[RecordId, ...]:
    """Return the holds that stand on a record."""
    return tuple(
        sorted(
            one.number
            for one in archive.holds()
            if one.lifted is None and covered(archive, one, record)
        )
    )


def covered(archive: Archive, hold: Hold, record: Ageing) -> bool:
    """Tell whether a hold covers a record: by its list, its documents, a stamp, or its question.

    A hold on a form covers the records made on it, and one on the document above the form too:
    no text of a document is ever destroyed, so nothing else could be meant.
    """
    return (
        record.number in hold.records
        or hold.number in record.holds
        or bool(hold.documents and hold.documents & documents_of(archive, record))
        or bool(hold.where and covers(hold.where, record))
    )


def documents_of(archive: Archive, record: Known) -> frozenset[Number]:
    """Return the form of a record, and the document under which it stood."""
    dossier = archive.dossier(record.form)
    revision = dossier.revision(record.form_revision) if dossier else None
    above = revision and archive.parent(record.form, record.form_revision, revision.content)
    return frozenset({record.form, above} if above else {record.form})


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
    last, more, conflict = _last_day(kind, began, record.review)
    since = last + timedelta(days=1) if last < date.max else None
    over = since is not None and since <= on
    end = _ended(kind, record.review, since)
    held = (f"held by {', '.join(holds)}",) if holds else ()
    return _answer(
        record,
        _state(end, on, conflict=conflict, over=over, held=bool(holds)),
        kind,
        since=end.since,
        action=end.action,
        holds=holds,
        because=(*reasons, *more, *end.because, *held),
    )


class _End(NamedTuple):
    """What becomes of a record at the end of its period, and from which day on."""

    action: Action
    since: date | None
    because: tuple[str, ...] = ()


def _ended(kind: RetentionClass, review: Review | None, since: date | None) -> _End:
    """Return what becomes of a record: what its class says, or what was decided about it."""
    if review is not None and review.then == "permanent":
        return _End("permanent", None)
    if kind.action != "review":
        return _End(kind.action, since)
    if review is None or review.then is None:
        return _End("review", since, ("then somebody decides about it",))
    said = f"{review.then}: decided on {review.decided.isoformat()}"
    return _End(review.then, max(since, review.decided) if since else None, (said,))


def _state(end: _End, on: date, *, conflict: bool, over: bool, held: bool) -> DueState:
    """Return how a record stands whose period has begun."""
    if conflict:
        return "conflict"
    if end.action == "permanent":
        return "permanent"
    if end.action == "review":
        return "review" if over else "running"
    if end.since is None or end.since > on:
        return "running"
    return "held" if held else "due"


def _began(
    archive: Archive, record: Ageing, kind: RetentionClass
) -> tuple[date | None, tuple[str, ...], tuple[Word, ...]]:
    """Return the day that starts the period, what it follows from, and unknown triggers."""
    found = {name: started(archive, record, name) for name in kind.triggers}
    known = {name: one for name, one in found.items() if one is not None}
    missing = tuple(name for name, one in found.items() if one is None)
    every = not (isinstance(kind.trigger, Triggers) and kind.trigger.earliest)
    reasons = tuple(_sentence(name, one) for name, one in known.items())
    unknown = tuple(f"{_words(name)}: not known yet" for name in missing)
    if not known or (every and missing):
        return None, reasons + unknown, missing
    pick: Callable[[Iterable[date]], date] = max if every else min
    return pick(one.counts for one in known.values()), reasons, ()


def _sentence(name: Word, found: Started) -> str:
    said = f"{_words(name)} on {found.on.isoformat()}"
    if found.entered > found.on:
        said += f", entered on {found.entered.isoformat()}: the later day counts"
    return said


def _words(name: Word) -> str:
    return name.replace("_", " ")


def _last_day(
    kind: RetentionClass, began: date, review: Review | None = None
) -> tuple[date, tuple[str, ...], bool]:
    """Return the last day of keeping, what it follows from, and whether limits contradict."""
    last = kind.last_day(began, kind.period)
    reasons = [f"+ {kind.period}" + _drawn_out(kind)]
    if kind.minimum:
        shortest = kind.last_day(began, kind.minimum.period)
        if shortest > last:
            last = shortest
            reasons.append(f"at least {kind.minimum.period} ({kind.minimum.mandate})")
    if review is not None and review.keeps:
        until = review.until or date.max
        how_long = f"kept until {until.isoformat()}" if review.until else "kept for ever"
        reasons.append(f"{how_long}: decided on {review.decided.isoformat()}")
        last = max(last, until)
    longest = kind.last_day(began, kind.maximum.period) if kind.maximum else date.max
    if kind.maximum and longest < last:
        reasons.append(
            f"but at most {kind.maximum.period} ({kind.maximum.mandate}): somebody must decide and "
            f"{_AGAIN if review is not None and review.keeps else _CHANGE.format(kind.name)}"
        )
    return last, tuple(reasons), longest < last


def _drawn_out(kind: RetentionClass) -> str:
    if kind.rounding == "day":
        return ""
    own = "" if kind.year_begins == 1 else f" that begins with month {kind.year_begins}"
    calendar = "calendar " if kind.rounding == "year" and not own else ""
    return f", end of {calendar}{kind.rounding}{own}"


def _answer(
    record: Ageing,
    state: DueState,
    kind: RetentionClass | None = None,
    *,
    since: date | None = None,
    action: Action | None = None,
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
        action=action or (kind.action if kind else None),
        because=because,
        missing=missing,
        holds=holds,
    )
