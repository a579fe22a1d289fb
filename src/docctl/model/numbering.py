"""How documents are numbered and revisions labelled."""

import re
from typing import Literal

from pydantic import Field

from docctl.model.base import Model, Number

LabelScheme = Literal["integers", "letters", "major_minor"]
"""`1, 2, 3` · `A, B, … Z, AA` · `1.0, 1.1, 2.0` (an editorial change counts the second part)."""


_DIGITS = re.compile("[0-9]+")

#: The largest counter of a number.
LARGEST = 999_999_999


def number_place(number: str) -> str:
    """Return what a number is sorted by, so that `PRO-999` comes before `PRO-1000`."""
    return _DIGITS.sub(lambda found: found[0].zfill(15), number)


class Numbering(Model):
    """The pattern of a type's numbers: a prefix and a counter of at least `digits` digits."""

    prefix: str = Field(pattern=r"^[A-Z][A-Z0-9]{0,15}(-[A-Z0-9]{1,15}){0,3}$")
    """What stands before the counter, without the last hyphen: `PRO`, `SOP-QA`."""

    digits: int = Field(default=3, ge=1, le=6)
    """The counter is padded to this length and simply grows beyond it, up to nine digits."""

    def number(self, counter: int) -> Number:
        """Return the number with this counter, 1 being the first."""
        return f"{self.prefix}-{counter:0{self.digits}d}"

    def fits(self, number: Number) -> bool:
        """Tell whether *number* is one that this pattern gives out."""
        counter = self.counter(number)
        return 0 < counter <= LARGEST and self.number(counter) == number

    def counter(self, number: Number) -> int:
        """Return the counter of *number*, 0 when it does not follow this pattern."""
        head, _, tail = number.rpartition("-")
        return int(tail) if head == self.prefix and tail.isdigit() else 0
