"""How a genuine copy of a record, or of a disposal, stands today."""

from collections.abc import Mapping
from typing import Any

from docctl.desk.bench import Bench
from docctl.model.answers.verified import CopyVerdict

__all__ = ["record_standing"]


def record_standing(
    bench: Bench, number: str, told: Mapping[str, str]
) -> tuple[CopyVerdict, str, dict[str, Any]]:
    """Return the verdict on a genuine copy of a record or a disposal, its sentence, its fields.

    *told* is what the copy says of itself. It is current while nothing was stated since.
    """
    archive = bench.archive()
    record, disposal = archive.record(number), archive.disposal(number)
    fields: dict[str, Any] = {"number": number, "revision": ""}
    kept = record or disposal
    if kept is None:
        return "unknown", "there is no such record any more", fields
    last = kept.chain.events[-1]
    if told.get("LastEventSHA256") == last.digest:
        return "current", f"genuine, and nothing was stated since {last.event.date}", fields
    again = f"docctl export {number}"
    words = f"genuine, but more was stated on {last.event.date}: {last.event.type}; see {again}"
    return "outdated", words, {**fields, "since": last.event.date}
