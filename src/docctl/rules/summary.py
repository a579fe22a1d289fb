"""The line that says what a change is. Commits bear it, and `verify` expects it."""

from collections.abc import Sequence

from docctl.model.access import Founded
from docctl.model.event import Event


def summary(events: Sequence[Event]) -> str:
    """Return what a change of these events is, in whatever order they are given.

    `POL-001 1, PRO-002 3: released by ada`; the founding of a library names the organisation.
    """
    first, *others = sorted(events, key=lambda event: event.item)
    if isinstance(first, Founded):
        return f"{first.data.organization}: founded by {first.signer}"
    items = ", ".join(_subject(event) for event in (first, *others))
    return f"{items}: {first.type} by {first.signer}"


def _subject(event: Event) -> str:
    return f"{event.item} {event.revision}" if event.revision else event.item
