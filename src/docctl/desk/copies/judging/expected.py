"""What docctl itself wrote, or would have written, as the copy that a file says it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.copies.compiling import compiled, issue_day
from docctl.desk.copies.issuing import Issued, issue
from docctl.desk.copies.judging.claims import Claim
from docctl.desk.day import Day
from docctl.errors import InputError, NotFoundError
from docctl.intake import Foreign, Form, read
from docctl.model.access import ACCESS
from docctl.model.control import CONTROL
from docctl.store.layout import folder

__all__ = ["Expected", "expected", "read_again"]

#: How many moments of a busy day are tried.
_MOMENTS = 40


class Expected(NamedTuple):
    """A copy as docctl writes it."""

    day: Day
    issued: Issued


def expected(bench: Bench, claim: Claim, form: Form) -> Iterator[Expected]:
    """Yield the copies that a file may be: as of its day, then as of moments of that day.

    What happened on a day after a copy was made, that copy does not know. Nothing is yielded
    where there was no such document or revision.

    Raises:
        DocctlError: it cannot be written; the error says why.
    """
    today = bench.today()
    on = min(issue_day({"Issue": claim.issue}) or claim.on or today, today)
    known = False
    for day in _days(bench, claim.number, on):
        try:
            yield Expected(day, _written(day, claim, form))
            known = True
        except NotFoundError:
            continue
    if not known and on < today:
        yield from expected(bench, claim._replace(on=today, issue=""), form)


def read_again(one: Expected, source: str) -> Foreign:
    """Return what a copy that docctl wrote says, read as any foreign file is."""
    return read(one.issued.file, source)


def _written(day: Day, claim: Claim, form: Form) -> Issued:
    if claim.issue:
        try:
            return compiled(day, claim.number, wanted=form)
        except InputError as error:
            raise NotFoundError(f"manual {claim.number}") from error
    return issue(day, claim.number, claim.revision or None, wanted=form)


def _days(bench: Bench, number: str, on: date) -> Iterator[Day]:
    """Yield the day as it is known now, and as it was known at moments of the day, last first."""
    now = bench.day(on)
    yield now
    ledger = bench.desk.ledger
    positions = ledger.positions(now.head)
    first = max(bench.first_change(on) - 1, 1)
    last = bench.first_change(on + timedelta(days=1)) - 1
    seen = {_state(bench, now.head, number)}
    for position in range(last, first - 1, -1)[:_MOMENTS]:
        commit = positions.commit(position)
        state = _state(bench, commit, number)
        if state not in seen:
            seen.add(state)
            yield replace(now, head=commit)


def _state(bench: Bench, commit: str, number: str) -> tuple[str, ...]:
    """Return what stands of a document, of people and of settings at a commit."""
    reader = bench.desk.ledger.reader
    found = (reader.entry(commit, folder(one)) for one in (number, ACCESS, CONTROL))
    return tuple(one.oid if one else "" for one in found)
