"""Holds: placed by list and by question, extended, lifted."""

from collections.abc import Mapping, Sequence
from datetime import date

from docctl.desk.bench import Bench
from docctl.desk.signing.intent import Intent
from docctl.errors import InputError, NotFoundError
from docctl.model.base import Number
from docctl.model.records import hold as holds
from docctl.model.records.record import Plain, RecordId
from docctl.rules.query_reading import question
from docctl.rules.records import Hold
from docctl.rules.records.guards.holding import PLACERS

Intents = Sequence[Intent]


def hold_place(
    bench: Bench,
    *,
    matter: str,
    reason: str,
    records: Sequence[RecordId] = (),
    documents: Sequence[Number] = (),
    where: str = "",
    review_on: date | None = None,
) -> Intents:
    """Place a hold on records and documents; *where* covers records of later days too.

    *records* are all that are held now, those that fit the question among them.
    """
    if where:
        question(where)
    _require_there(bench, records, documents)
    if not (records or documents or where):
        raise InputError(
            "nothing is named that the hold should cover",
            hint="name records (--record ID), documents (--document NUMBER), or ask for what a "
            "record says (--where QUESTION)",
        )
    data = holds.HoldPlacedData(
        matter=matter,
        records=tuple(dict.fromkeys(records)),
        documents=tuple(dict.fromkeys(documents)),
        where=where,
        review_on=review_on,
    )
    number = next_hold(bench)
    return [Intent(number, "place", holds.HoldPlaced, data, reason=reason, roles=PLACERS)]


def _require_there(bench: Bench, records: Sequence[RecordId], documents: Sequence[Number]) -> None:
    """Refuse to hold what is not there.

    Raises:
        NotFoundError: there is no such record or document.
    """
    for number in records:
        if bench.archive().record(number) is None:
            raise NotFoundError(f"record {number:.100}", hint="see: docctl record list")
    for number in documents:
        bench.get(number)


def hold_extend(
    bench: Bench,
    number: RecordId,
    *,
    reason: str,
    records: Sequence[RecordId] = (),
    documents: Sequence[Number] = (),
    review_on: date | None = None,
) -> Intents:
    """Let a hold cover more, or be looked at later."""
    get_hold(bench, number)
    _require_there(bench, records, documents)
    if not (records or documents or review_on):
        raise InputError(
            "nothing is named that the hold should cover",
            hint="name records (--record ID) or documents (--document NUMBER)",
        )
    data = holds.HoldExtendedData(
        records=tuple(records), documents=tuple(documents), review_on=review_on
    )
    return [Intent(number, "extend", holds.HoldExtended, data, reason=reason, roles=PLACERS)]


def hold_lift(bench: Bench, number: RecordId, *, reason: str) -> Intents:
    """Lift a hold; others on the same records stay."""
    hold = get_hold(bench, number)
    first = hold.placed.event.role
    roles = (first, *(one for one in PLACERS if one != first))
    return [Intent(number, "lift", holds.HoldLifted, Plain(), reason=reason, roles=roles)]


def get_hold(bench: Bench, number: RecordId) -> Hold:
    """Return a hold.

    Raises:
        NotFoundError: there is none with this number.
    """
    found = bench.archive().hold(number)
    if found is None:
        raise NotFoundError(f"hold {number:.100}", hint="see: docctl hold list")
    return found


def next_hold(bench: Bench) -> RecordId:
    """Return the number of the next hold."""
    return _next(bench, "holds", "H")


def next_disposal(bench: Bench) -> RecordId:
    """Return the number of the next disposal."""
    return _next(bench, "disposals", "D")


def _next(bench: Bench, root: str, prefix: str) -> RecordId:
    last = bench.archive().last(root, prefix)
    return f"{prefix}-{int(last.rpartition('-')[2]) + 1 if last else 1}"


class StandingQuestions:
    """The holds that stand on whatever fits a question, now and on later days."""

    def __init__(self, bench: Bench) -> None:
        """Look at every hold."""
        self._asked = [
            (one.number, question(one.where))
            for one in bench.archive().holds()
            if one.lifted is None and one.where
        ]

    def fitting(self, values: Mapping[str, Sequence[str]]) -> tuple[RecordId, ...]:
        """Return the holds whose question these values answer."""
        return tuple(number for number, asked in self._asked if asked.fits(values))
