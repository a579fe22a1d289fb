"""What a change leaves in the history for ever: no person's address or number, unless meant."""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from docctl.content.lint.personal import personal_in
from docctl.desk.prepared import Prepared
from docctl.errors import IncompleteError
from docctl.model.access import ACCESS
from docctl.model.event import Event

_HINT = (
    "the history keeps it for ever: name a function, or let a field of the record say it; "
    "if it is none, or must stand there: --with-personal-data"
)


def require_impersonal(prepared: Prepared) -> None:
    """Refuse a change whose reasons, titles or identifiers look like personal data.

    Raises:
        IncompleteError: everything that was found, with where it stands.
    """
    for one in prepared.statements:
        faults = [
            f"{where.replace('_', ' ')}: {fault}"
            for where, text in _texts(one.event)
            for fault in personal_in(text)
        ]
        if faults:
            raise IncompleteError(one.event.item, faults, hint=_HINT)


def _texts(event: Event) -> Iterator[tuple[str, str]]:
    """Yield what people have written into an event, and where; ACCESS is there to name them."""
    yield "reason", event.reason
    data = getattr(event, "data", None)
    for where, value in iter(data or ()) if event.item != ACCESS else ():
        if isinstance(value, str):
            yield where, value
        elif isinstance(value, Mapping):
            yield from ((str(name), one) for name, one in value.items() if isinstance(one, str))
        elif isinstance(value, BaseModel):
            yield from ((name, one) for name, one in value if isinstance(one, str))
        elif isinstance(value, tuple):
            yield from ((where, one) for one in value if isinstance(one, str))
