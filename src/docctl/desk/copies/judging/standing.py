"""How a copy that nobody altered stands today, in a word and in a sentence."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.copies.copying import controlled_copy
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.answers.verified import CopyVerdict
from docctl.model.lifecycle import State
from docctl.rules import asof

__all__ = ["standing", "standing_today"]

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


def standing_today(bench: Bench, number: str, label: str) -> dict[str, Any]:
    """Return how a revision stands today: fields of `VerifiedCopy`.

    Raises:
        NotFoundError: there is no such document or revision any more.
        DamagedStoreError: the store does not hold what was signed.
    """
    copy = controlled_copy(bench.day(bench.today()), number, label or None)
    since: date | None = getattr(copy, _SINCE.get(copy.state, ""), None)
    return {
        "number": number,
        "revision": copy.revision,
        "state": copy.state,
        "since": since,
        "instead": _instead(bench, copy),
    }


def standing(
    bench: Bench, told: Mapping[str, str], today: Mapping[str, Any]
) -> tuple[CopyVerdict, str]:
    """Return the verdict on a genuine copy, and its sentence.

    *told* is what the copy says of itself, *today* how its revision stands today.
    """
    number, label, state = today["number"], today["revision"], today["state"]
    copy = controlled_copy(bench.day(bench.today()), number, label)
    said = _WORDS[state](copy)
    stated = told.get("Status", state.value)
    if told.get("ContentSHA256", copy.content) != copy.content:
        return "outdated", f"genuine, but of a draft that was changed since; {_now(copy)}"
    if state is State.EFFECTIVE and stated != state.value:
        words = stated.replace("_", " ")
        day = told.get("StatusAsOf", "")
        return "outdated", f"genuine, but it says {words} (as of {day}); {_now(copy)}"
    if state is State.EFFECTIVE:
        return "current", said
    return state.value, said


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
