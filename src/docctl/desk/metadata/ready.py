"""What a form says of its records, begun from a ready model."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docctl.errors import NotFoundError
from docctl.errors.meant import did_you_mean
from docctl.late import Late
from docctl.model.base import Word

if TYPE_CHECKING:
    from docctl.model.records.kinds import table
    from docctl.model.records.kinds.kind import RecordKind
else:
    table = Late("docctl.model.records.kinds.table")

#: Names in what is said of records the ready model that it begins from.
KIND = "kind"


def ready(name: str) -> "RecordKind":
    """Return a ready model.

    Raises:
        NotFoundError: there is none of this name; the hint lists them.
    """
    kinds: Mapping[Word, RecordKind] = table.RECORD_KINDS
    if name not in kinds:
        hint = f"{did_you_mean(name, kinds)}there are: {', '.join(kinds)}"
        raise NotFoundError(f"ready record {name!r}", hint=hint)
    return kinds[name]


def completed(fields: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata of a form with what is said of its records.

    What *record* says stands above what the metadata say, and both above the ready model that
    *record* names under `kind`. The clauses of that model stand where the metadata have none.

    Raises:
        NotFoundError: there is no such ready model.
    """
    said = fields.get("record")
    own = said if isinstance(said, Mapping) else {}
    given = {name: one for name, one in record.items() if name != KIND}
    if KIND not in record:
        return {**fields, "record": {**own, **given}}
    kind = ready(str(record[KIND]))
    clauses = fields.get("clauses") or list(kind.clauses)
    return {**fields, "clauses": clauses, "record": {**kind.facts(), **own, **given}}
