"""How a copy that nobody altered stands today, in a word and in a sentence."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from docctl.desk.bench import Bench
from docctl.desk.copies.compiling import outdated
from docctl.desk.copies.facts.copying import controlled_copy
from docctl.desk.copies.judging.claims import Claim
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.answers.verified import CopyVerdict
from docctl.model.lifecycle import State
from docctl.rules import asof

__all__ = ["CopyStanding", "standing_of"]

_WORDS: Mapping[State, Callable[[ControlledCopy], str]] = MappingProxyType(
    {
        State.DRAFT: lambda _: "genuine, but a draft that nobody has approved",
        State.IN_REVIEW: lambda _: "genuine, but still under review",
        State.APPROVED: lambda _: "genuine and approved, but not released",
        State.SCHEDULED: lambda one: f"genuine, but not effective before {one.effective_on}",
        State.EFFECTIVE: lambda one: f"genuine, and in force since {one.effective_on}",
        State.SUSPENDED: lambda one: f"genuine, but suspended since {one.suspended_on}",
        State.SUPERSEDED: lambda one: (
            f"genuine, but superseded on {one.superseded_on} by revision {one.superseded_by}"
        ),
        State.WITHDRAWN: lambda one: f"genuine, but withdrawn on {one.withdrawn_on}",
        State.CANCELLED: lambda _: "genuine, but of a revision that was given up",
    }
)

_SINCE: Mapping[State, str] = MappingProxyType(
    {
        State.EFFECTIVE: "effective_on",
        State.SUSPENDED: "suspended_on",
        State.SUPERSEDED: "superseded_on",
        State.WITHDRAWN: "withdrawn_on",
    }
)


class CopyStanding(NamedTuple):
    """How a genuine copy stands today, in a word and a sentence, and what it is a copy of."""

    verdict: CopyVerdict
    sentence: str
    fields: dict[str, Any]
    """Of `VerifiedCopy`, by their names."""


def standing_of(bench: Bench, claim: Claim, told: Mapping[str, str]) -> CopyStanding:
    """Return how a genuine copy stands; *told* is what it says of itself.

    Raises:
        DamagedStoreError: the store does not hold what was signed.
    """
    if bench.find(claim.number) is None:
        return _of_record(bench, claim.number, told)
    copy = controlled_copy(bench.day(bench.today()), claim.number, told.get("Revision"))
    fields = {
        "number": copy.number,
        "revision": copy.revision,
        "state": copy.state,
        "since": getattr(copy, _SINCE.get(copy.state, ""), None),
        "instead": _instead(bench, copy),
    }
    verdict, words = _standing(copy, told)
    if claim.issue and verdict == "current":
        verdict, words = _compiled(bench, claim.number, told, words)
    return CopyStanding(verdict, words, fields)


def _of_record(bench: Bench, number: str, told: Mapping[str, str]) -> CopyStanding:
    """Return how a copy of a record or a disposal stands: current until more is stated."""
    archive = bench.archive()
    fields: dict[str, Any] = {"number": number, "revision": ""}
    kept = archive.record(number) or archive.disposal(number)
    if kept is None:
        return CopyStanding("unknown", "there is no such record any more", fields)
    last = kept.chain.events[-1]
    if told.get("LastEventSHA256") == last.digest:
        words = f"genuine, and nothing was stated since {last.event.date}"
        return CopyStanding("current", words, fields)
    again = f"docctl export {number}"
    words = f"genuine, but more was stated on {last.event.date}: {last.event.type}; see {again}"
    return CopyStanding("outdated", words, {**fields, "since": last.event.date})


def _standing(copy: ControlledCopy, told: Mapping[str, str]) -> tuple[CopyVerdict, str]:
    stated = told.get("Status", copy.state.value)
    if told.get("ContentSHA256", copy.content) != copy.content:
        return "outdated", f"genuine, but of a draft that was changed since; {_now(copy)}"
    if copy.state is not State.EFFECTIVE:
        return cast("CopyVerdict", copy.state.value), _WORDS[copy.state](copy)
    if stated != copy.state.value:
        words = stated.replace("_", " ")
        day = told.get("StatusAsOf", "")
        return "outdated", f"genuine, but it says {words} (as of {day}); {_now(copy)}"
    return "current", _WORDS[copy.state](copy)


def _compiled(
    bench: Bench, number: str, told: Mapping[str, str], words: str
) -> tuple[CopyVerdict, str]:
    """Return whether a genuine manual still holds what is in force."""
    changed = [*outdated(bench.day(bench.today()), number, told)]
    if not changed:
        return "current", words
    first = f"{changed[0].place}: {changed[0].sentence}"
    more = f", and {len(changed) - 1} more" if changed[1:] else ""
    return "outdated", f"genuine, but compiled from what is not in force: {first}{more}"


def _now(copy: ControlledCopy) -> str:
    words = copy.state.value.replace("_", " ")
    since = f" since {copy.effective_on}" if copy.state is State.EFFECTIVE else ""
    return f"revision {copy.revision} is {words}{since}"


def _instead(bench: Bench, copy: ControlledCopy) -> str:
    """Return what to use instead of a revision that is not in force."""
    if copy.state is State.EFFECTIVE:
        return ""
    number = copy.replaced_by if copy.state is State.WITHDRAWN else copy.number
    dossier = bench.day(bench.today()).find(number) if number else None
    current = asof.in_force(dossier, bench.today()) if dossier else None
    if current is None or dossier is None or current.suspended:
        return ""
    return f"{dossier.number} revision {current.label}"
