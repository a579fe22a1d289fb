"""Numbered blanks of a form: handed out, used once, taken back, declared void."""

from collections.abc import Iterator, Sequence
from typing import Literal

from docctl.desk.bench import Bench
from docctl.desk.recording.stowing import form_used
from docctl.desk.signing.intent import Intent
from docctl.errors import InputError, NotFoundError
from docctl.model.answers.record import BlankShown
from docctl.model.base import Line, Number
from docctl.model.records import blank as blanks
from docctl.model.records.record import RecordId
from docctl.rules.records import Blank
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.blanks import ISSUERS

Intents = Sequence[Intent]

#: The most blanks that are handed out in one change.
MOST = 1000


def blank_issue(bench: Bench, form: Number, *, issued_to: Line, copies: int = 1) -> Intents:
    """Hand out numbered blanks of the revision of a form that is in force."""
    if not 1 <= copies <= MOST:
        raise InputError(f"{copies} blanks at a time are not handed out", hint=f"1 to {MOST}")
    used = form_used(bench, form, on=bench.today())
    data = blanks.BlankIssuedData(
        form=form,
        form_revision=used.revision,
        form_content=used.content,
        issued_to=issued_to,
    )
    last = bench.archive().last("blanks", "B")
    first = int(last.rpartition("-")[2]) + 1 if last else 1
    return [
        Intent(f"B-{first + at}", "issue", blanks.BlankIssued, data, roles=ISSUERS)
        for at in range(copies)
    ]


def blank_end(
    bench: Bench, number: RecordId, *, outcome: Literal["returned", "void"], reason: str = ""
) -> Intents:
    """State that a blank came back unused, or is void."""
    get_blank(bench, number)
    data = blanks.BlankEndedData(outcome=outcome)
    return [Intent(number, "end", blanks.BlankEnded, data, reason=reason, roles=ISSUERS)]


def get_blank(bench: Bench, number: RecordId) -> Blank:
    """Return a blank.

    Raises:
        NotFoundError: there is none with this number.
    """
    found = bench.archive().blank(number)
    if found is None:
        raise NotFoundError(f"blank {number:.100}", hint="see: docctl blank list")
    return found


def every_blank(bench: Bench, form: Number | None) -> Iterator[BlankShown]:
    """Yield the blanks of a form, or of all, in the order in which they were issued."""
    found = sorted(bench.archive().blanks(), key=lambda one: int(one.number.rpartition("-")[2]))
    yield from (blank_shown(one) for one in found if form in {None, one.said.form})


def blank_shown(blank: Blank) -> BlankShown:
    """Return a blank as it stands."""
    event, ended = blank.issued.event, blank.ended.event if blank.ended else None
    ending = data_of(blank.ended).outcome if blank.ended else None
    return BlankShown(
        blank=blank.number,
        form=blank.said.form,
        form_revision=blank.said.form_revision,
        status="used" if blank.used else ending or "out",
        issued_to=blank.said.issued_to,
        issued_on=event.date,
        issued_by=event.signer,
        record=blank.used,
        ended_on=ended.date if ended else None,
        ended_by=ended.signer if ended else None,
        reason=ended.reason if ended else "",
    )
