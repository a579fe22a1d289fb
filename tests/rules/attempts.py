"""What must be refused, tried at once: deviations, wrong changes of ACCESS, further refusals."""

from collections.abc import Callable, Iterator
from functools import partial

from access_rows import ROWS
from correct_scenes import ITEM, MADE
from deviations import DEVIATIONS
from further_refusals import FURTHER
from test_rules_access import office_for, signed

from docctl.errors import RefusedError
from docctl.rules import guards

Attempt = Callable[[], object]


def _deviations() -> Iterator[tuple[str, Attempt]]:
    for (type_, before), (office, correct) in MADE.items():
        for deviation in DEVIATIONS:
            deviant = deviation.make(office, correct)
            if deviant is not None:
                name = f"{type_} after {before.__name__}: {deviation.name}"
                yield name, partial(guards.check, office.world, office.dossiers[ITEM], deviant)


def _changes() -> Iterator[tuple[str, Attempt]]:
    for row in ROWS:
        if row.error:
            office = office_for(row)
            yield row.case, partial(office.judge, signed(office, row.change))


ATTEMPTS: dict[str, Attempt] = {
    **dict(_deviations()),
    **dict(_changes()),
    **{row.case: row.make() for row in FURTHER},
}


def outcome(attempt: Attempt) -> tuple[str, str]:
    """Return how an attempt ends: the kind of error, and its sentence."""
    try:
        attempt()
    except RefusedError as error:
        return type(error).__name__, str(error)
    except (KeyError, AttributeError, TypeError, ValueError, StopIteration, IndexError) as error:
        return "broken", str(error)
    return "accepted", ""
