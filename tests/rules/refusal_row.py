"""A refusal as a row: the office it happens in, what is tried, and the error that comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from paper_office import Office

from docctl.errors import RefusedError
from docctl.model.event import Signed

ITEM = "PRO-001"

Attempt = Callable[[], object]


@dataclass(frozen=True)
class Row:
    case: str
    error: type[RefusedError]
    make: Callable[[], Attempt]
    """Builds the office and returns what is tried in it."""


def judged(office: Office, signed: Signed) -> Attempt:
    return lambda: office.judge(signed)


def but(signed: Signed, **changes: object) -> Signed:
    return replace(signed, event=signed.event.but(**changes))
