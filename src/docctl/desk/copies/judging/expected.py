"""What docctl itself wrote, or would have written, as the copy that a file says it is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypedDict

from docctl.desk.bench import Bench
from docctl.desk.copies import finishing
from docctl.desk.copies.compiling import compiled, issue_day
from docctl.desk.copies.issuing import Material, evidence, issue, material
from docctl.desk.copies.judging.claims import Claim
from docctl.desk.copies.writers import Issued
from docctl.desk.day import Day
from docctl.errors import InputError, NotFoundError
from docctl.intake import Form
from docctl.model.access import ACCESS
from docctl.model.control import CONTROL
from docctl.model.document import Manual
from docctl.render import qr
from docctl.render.docx import Finish
from docctl.store.layout import folder

__all__ = ["Moment", "Wanted", "approved", "day_of", "moments", "written"]

#: How many moments of a busy day are tried.
_MOMENTS = 40


@dataclass(frozen=True, slots=True)
class _Past(Bench):
    """The desk as it stood at a commit of a day."""

    commit: str = ""
    on: date = date.min

    @property
    def head(self) -> str:
        """The commit on which everything is judged."""
        return self.commit

    def today(self) -> date:
        """Return the day."""
        return self.on


class Moment(NamedTuple):
    """When a copy may have been written."""

    commit: str
    on: date


def moments(bench: Bench, claim: Claim) -> Iterator[Moment]:
    """Yield when a copy may have been written: at the end of its day, then at moments of it.

    What happened on a day after a copy was made, that copy does not know. Today comes last: a
    file may name a day on which there was nothing of the kind.
    """
    today = bench.today()
    on = min(issue_day({"Issue": claim.issue}) or claim.on or today, today)
    yield from _moments(bench, claim.number, on)
    if on < today:
        yield Moment(bench.head, today)


def day_of(bench: Bench, moment: Moment) -> Day:
    """Return the day as it was known at a moment."""
    return replace(bench.day(moment.on), head=moment.commit)


class Wanted(NamedTuple):
    """Which copy is written once more."""

    claim: Claim
    moment: Moment
    form: Form
    template: Literal["own", "named"]
    """In DOCX: the template that the library had on that day, or the one that was named."""

    coded: bool
    """Whether it bears a QR code."""

    version: int
    """Of the words around the text."""


def written(bench: Bench, wanted: Wanted, finish: Finish | None = None) -> Issued | None:
    """Return the copy as of its moment; nothing where there was nothing to write it of.

    Without a *finish* a copy in DOCX is on the template that the library had on that day.

    Raises:
        DocctlError: it cannot be written; the error says why.
    """
    claim, moment = wanted.claim, wanted.moment
    day = day_of(bench, moment)
    if wanted.coded:
        qr.needed()
    try:
        finish = finish or finishing.finish(day, wanted.form)
        if wanted.coded:
            finish = replace(finish, coded_for=day.authority.library)
        how = _How(wanted=wanted.form, finish=finish, version=wanted.version)
        if bench.find(claim.number) is None:
            return evidence(_past(bench, moment), claim.number, **how)
        if claim.issue:
            return compiled(day, claim.number, **how)
        return issue(day, claim.number, claim.revision or None, **how)
    except NotFoundError:
        return None
    except InputError:
        if claim.issue:  # of what is no manual, whatever the file says
            return None
        raise


class _How(TypedDict):
    wanted: Form
    finish: Finish
    version: int


def _past(bench: Bench, moment: Moment) -> Bench:
    return _Past(
        bench.desk,
        bench.drafts,
        bench.vaults,
        bench.index,
        bench.classes,
        commit=moment.commit,
        on=moment.on,
    )


def _moments(bench: Bench, number: str, on: date) -> Iterator[Moment]:
    """Yield the day as it is known now, and as it was known at moments of the day, last first."""
    head = bench.head
    yield Moment(head, on)
    positions = bench.desk.ledger.positions(head)
    first = max(bench.first_change(on) - 1, 1)
    last = bench.first_change(on + timedelta(days=1)) - 1
    seen = {_state(bench, head, number)}
    for position in range(last, first - 1, -1)[:_MOMENTS]:
        commit = positions.commit(position)
        state = _state(bench, commit, number)
        if state not in seen:
            seen.add(state)
            yield Moment(commit, on)


def _state(bench: Bench, commit: str, number: str) -> tuple[str, ...]:
    """Return what stands of a document, of people and of settings at a commit.

    Of a record it is everything: holds and disposals have a part in what its copy says.
    """
    if bench.find(number) is None:
        return (commit,)
    reader = bench.desk.ledger.reader
    found = (reader.entry(commit, folder(one)) for one in (number, ACCESS, CONTROL))
    return tuple(one.oid if one else "" for one in found)


def approved(bench: Bench, wanted: Wanted) -> Material | None:
    """Return the approved text of a copy; nothing where docctl itself words the text."""
    claim = wanted.claim
    if claim.issue or claim.number == CONTROL or bench.find(claim.number) is None:
        return None
    made = material(day_of(bench, wanted.moment), claim.number, claim.revision or None)
    return None if isinstance(made.copy.document, Manual) else made
