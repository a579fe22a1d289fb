"""Records that are kept elsewhere: they change hands, and their originals are destroyed."""

from collections.abc import Sequence
from datetime import date

from docctl.desk.bench import Bench
from docctl.desk.recording.keeping import get
from docctl.desk.signing.intent import Intent
from docctl.errors import InputError
from docctl.model.base import Line
from docctl.model.records import custody
from docctl.model.records.record import Elsewhere, RecordId
from docctl.rules.records.guards.persons import KEEPER

Intents = Sequence[Intent]


def record_move(
    bench: Bench,
    number: RecordId,
    *,
    reason: str,
    medium: Line | None = None,
    location: Line | None = None,
    custodian: Line | None = None,
    since: date | None = None,
) -> Intents:
    """State where a record is kept from now on; what is not named stays as it was."""
    where = get(bench, number).elsewhere
    if where is None:
        raise InputError(
            f"{number} lies in the vault: it has no place of its own",
            hint="where the vault lies stands in docctl.toml",
        )
    now = Elsewhere(
        medium=medium or where.medium,
        location=location or where.location,
        custodian=custodian or where.custodian,
    )
    data = custody.CustodyData(elsewhere=now, since=since or bench.today())
    return [Intent(number, "move", custody.CustodyChanged, data, reason=reason, roles=(KEEPER,))]


def record_destroyed(
    bench: Bench, number: RecordId, *, method: Line, by: Line, on: date | None = None
) -> Intents:
    """State that the original of a record was destroyed, which the history has let go."""
    get(bench, number)
    data = custody.OriginalDestroyedData(on=on or bench.today(), method=method, by=by)
    return [
        Intent(
            number,
            "state the destruction of",
            custody.OriginalDestroyed,
            data,
            roles=(KEEPER,),
        )
    ]
