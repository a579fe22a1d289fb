"""How a copy says where its revision stands: words, marks for every page, sentences for the top."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from docctl.model.answers.controlled import ControlledCopy
from docctl.model.lifecycle import State

__all__ = [
    "STATE_WORDS",
    "effective_label",
    "notices",
    "status_mark",
    "status_words",
    "watermark",
]

#: How a state is printed.
STATE_WORDS: Mapping[State, str] = MappingProxyType(
    {
        State.DRAFT: "Draft",
        State.IN_REVIEW: "In review",
        State.APPROVED: "Approved, not released",
        State.SCHEDULED: "Approved, not yet effective",
        State.EFFECTIVE: "Effective",
        State.SUSPENDED: "Suspended",
        State.SUPERSEDED: "Superseded",
        State.WITHDRAWN: "Withdrawn",
        State.CANCELLED: "Cancelled",
    }
)

#: The short mark that lies across every page; an effective revision has none.
_WATERMARKS: Mapping[State, str] = MappingProxyType(
    {
        State.DRAFT: "DRAFT",
        State.IN_REVIEW: "IN REVIEW",
        State.APPROVED: "NOT YET EFFECTIVE",
        State.SCHEDULED: "NOT YET EFFECTIVE",
        State.EFFECTIVE: "",
        State.SUSPENDED: "SUSPENDED",
        State.SUPERSEDED: "SUPERSEDED",
        State.WITHDRAWN: "WITHDRAWN",
        State.CANCELLED: "CANCELLED",
    }
)

#: In these states an effective date is only a plan.
_NOT_RELEASED = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED, State.CANCELLED})

#: The sentence that each state puts at the top.
_STATE_NOTICES: Mapping[State, str] = MappingProxyType(
    {
        State.DRAFT: "This is a draft. It is not approved: do not work by it.",
        State.IN_REVIEW: "This revision is under review. It is not approved: do not work by it.",
        State.APPROVED: "This revision is approved but not released: do not work by it yet.",
        State.SCHEDULED: "This revision is not effective yet: do not work by it.{before}",
        State.EFFECTIVE: "",
        State.SUSPENDED: "{number} is suspended: do not work by it.{instruction}",
        State.SUPERSEDED: "{newer} replaced this one{superseded}: do not work by it.",
        State.WITHDRAWN: "{number} was withdrawn{withdrawn}: do not work by it.{replacement}",
        State.CANCELLED: "This revision was cancelled and never became effective.",
    }
)


def watermark(copy: ControlledCopy) -> str:
    """Return the short mark for every page, such as `DRAFT`; empty when it is effective."""
    return _WATERMARKS[copy.state]


def status_mark(copy: ControlledCopy) -> str:
    """Return the mark with what replaced it and since when; empty when it is effective."""
    return _WATERMARKS[copy.state] + _since(copy)


def notices(copy: ControlledCopy) -> tuple[str, ...]:
    """Return the sentences that must stand at the top: may one work by it, and what is special."""
    state = _STATE_NOTICES[copy.state].format(
        number=copy.number,
        before=f" Until then revision {copy.replaces} applies." if copy.replaces else "",
        instruction=f" Meanwhile: {copy.suspended_instruction}".rstrip(": "),
        newer=f"Revision {copy.superseded_by}" if copy.superseded_by else "A later revision",
        superseded=_on(copy.superseded_on),
        withdrawn=_on(copy.withdrawn_on),
        replacement=f" {copy.replaced_by} replaces it." if copy.replaced_by else "",
    )
    late = f"The periodic review was due on {copy.review_due_on}." if copy.review_overdue else ""
    return tuple(filter(None, (state, late, *copy.notes)))


def effective_label(copy: ControlledCopy) -> str:
    """Return what the day of taking effect is called: it may be only a plan."""
    return "Planned from" if copy.state in _NOT_RELEASED else "Effective from"


def status_words(copy: ControlledCopy) -> str:
    """Return the state with what replaced it, since when, and the day that the copy speaks of."""
    since = "" if copy.state is State.SCHEDULED else _since(copy)
    return f"{STATE_WORDS[copy.state]}{since} (as of {copy.as_of})"


def _since(copy: ControlledCopy) -> str:
    if copy.state is State.SCHEDULED and copy.effective_on:
        return f": from {copy.effective_on}"
    if copy.state is State.SUPERSEDED:
        by = f" by revision {copy.superseded_by}" if copy.superseded_by else ""
        return by + _on(copy.superseded_on)
    days = {State.WITHDRAWN: copy.withdrawn_on, State.SUSPENDED: copy.suspended_on}
    return _on(days.get(copy.state))


def _on(day: date | None) -> str:
    return f" on {day}" if day else ""
