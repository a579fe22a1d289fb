"""What a client looks at once the rules allow a verb: who, in which state and when come first."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from docctl.desk.bench import Bench
from docctl.desk.checks import doors
from docctl.errors import IncompleteError, InputError
from docctl.model.base import Number
from docctl.model.control import CONTROL


def in_force_with(bench: Bench, *numbers: Number, effective_on: date | None = None) -> None:
    """Refuse a release while documents are not in force that those to be released refer to.

    Raises:
        IncompleteError: CONTROL wants it so; every one of them is named.
    """
    if bench.control.references != "refuse":
        return
    day, faults = effective_on or bench.today(), list[str]()
    for number in numbers:
        if number != CONTROL:
            text = bench.text(number, bench.get(number).newest.label)
            referred = doors.referred(text, bench.types)
            found = doors.not_in_force(number, referred, bench.find, on=day, together=numbers)
            faults += [f"{number}: {one}" if len(numbers) > 1 else one for one in found]
    if faults:
        item = numbers[0] if len(numbers) == 1 else f"the release of {' and '.join(numbers)}"
        hint = "release them first, or together: docctl release A B"
        raise IncompleteError(item, faults, hint=hint)


def lines_there(bench: Bench, number: Number, text: str, *, line: int | None = None) -> None:
    """Refuse a comment on a line that the file of the text does not have.

    Raises:
        InputError: it says how many there are.
    """
    if line is None or number == CONTROL:
        return
    del text
    whole = bench.text(number, bench.get(number).newest.label)
    last = bench.front(number, whole).body_line + whole.body.count("\n") - 1
    if line > last:
        raise InputError(
            f"{number} has no line {line}: with its front matter it has {last}",
            hint="count in the file of the text, or leave --line out",
        )


#: The checks by the name of the verb; they take the verb's own arguments.
AFTER_RULES: Mapping[str, Callable[..., None]] = MappingProxyType(
    {"release": in_force_with, "comment": lines_there}
)
