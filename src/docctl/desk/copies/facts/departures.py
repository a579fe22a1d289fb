"""What every report of a day must show: exceptions held and used, and the like."""

from docctl.desk.day import Day
from docctl.desk.signatures import Signatures
from docctl.model.control import CONTROL
from docctl.rules.exceptions import Departure, exceptions


def departures(day: Day) -> tuple[Departure, ...]:
    """Return where the rules were bent, by whom and until when, as a day knows it."""
    told = Signatures(day)
    numbers = [CONTROL, *day.ledger.numbers(day.head)]
    dossiers = (told.placed(one) for number in numbers if (one := day.find(number)))
    changes = told.placed_events(day.access)
    return exceptions(told.authority, dossiers, on=day.on, changes=changes)
