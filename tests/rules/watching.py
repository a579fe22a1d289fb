"""What a watched office is asked, and how a refusal is demanded."""

from collections.abc import Callable
from datetime import date
from typing import Any

from docctl.errors import RefusedError
from docctl.model.event import Signed
from docctl.rules import asof


def answer(events: tuple[Signed, ...], on: date) -> tuple[Any, ...] | None:
    """What a register says of a document on a day."""
    dossier = asof.at(events, on)
    if dossier is None:
        return None
    span = asof.span(dossier, on)
    return (
        span.shown.label, span.state, span.shown.content, span.shown.effective_on,
        span.pending and span.pending.label, span.pending_state,
        asof.review_due(dossier, on, 12), dossier.withdrawn_on,
    )  # fmt: skip


def refuse(
    act: Callable[[], object], error: type[Exception] | tuple[type[Exception], ...], what: str
) -> None:
    """Fail unless *act* raises such an error."""
    try:
        act()
    except error:
        return
    except RefusedError as other:
        raise AssertionError(f"{what} gave {other!r}") from other
    raise AssertionError(f"accepted: {what}")


def told(signed: Signed) -> str:
    event = signed.event
    return f"{event.type} {event.item} {event.revision} by {event.signer}"
