"""Numbers and labels: given out once, never reused."""

import re
from collections.abc import Iterable

from docctl.model.base import Label, Number
from docctl.model.document import ChangeClass
from docctl.model.numbering import LARGEST, LabelScheme, Numbering

_LETTERS = re.compile(r"[A-Z]+")


def next_number(numbering: Numbering, used: Iterable[Number]) -> Number:
    """Return the number after the highest one that was ever used; gaps are never filled.

    One that somebody chose at the end of all numbers does not end them: then it is the number
    after the highest one behind which there is room.
    """
    counters = {0, *(numbering.counter(number) for number in used)}
    last = max(counters)
    if last >= LARGEST:
        last = max(one for one in counters if one < LARGEST and one + 1 not in counters)
    return numbering.number(last + 1)


def next_label(scheme: LabelScheme, used: Iterable[Label], change: ChangeClass) -> Label:
    """Return the label after the last one of this scheme that was used up.

    With `major_minor` an editorial change counts the second part: 1.0, 1.1, 2.0. Where CONTROL
    changes the scheme, letters begin at A beside the numbers used before, numbers go on counting
    after the last number, and no label comes twice.
    """
    if scheme == "letters":
        return _letters(max((_letter_value(label) for label in used), default=0) + 1)
    major, minor = max((_parts(label) for label in used), default=(0, 0))
    if scheme == "integers":
        return str(major + 1)
    return f"{major}.{minor + 1}" if change == "editorial" and major else f"{major + 1}.0"


def _parts(label: Label) -> tuple[int, int]:
    major, _, minor = label.partition(".")
    return (int(major), int(minor or 0)) if major.isdigit() else (0, 0)


def _letter_value(label: Label) -> int:
    value = 0
    for letter in label if _LETTERS.fullmatch(label) else "":
        value = value * 26 + ord(letter) - ord("A") + 1
    return value


def _letters(value: int) -> str:
    text = ""
    while value:
        value, rest = divmod(value - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
