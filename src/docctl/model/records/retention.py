"""The retention schedule: how long records of a class are kept, from when, and what then happens.

The schedule stands in CONTROL; its classes are proposals of the library, never of docctl. What law
and contracts ask for is for its owner to find out (ISO 15489-1:2016, 8.5).
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from docctl.model.assignment import NamedOwner
from docctl.model.base import Line, Model, Word, Words

#: The name of a retention class: `quality-records`.
ClassName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]

#: How long: `10 years`, `18 months`, `6 weeks`, `30 days`, or `0 days` for at once.
Period = Annotated[
    str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,3}) (days?|weeks?|months?|years?)$")
]

Rounding = Literal["day", "month", "quarter", "year"]
"""Up to the end of which span a period is drawn out; `day` leaves it as it is."""

Action = Literal["destroy", "transfer", "anonymise", "permanent", "review"]
"""What becomes of a record at the end of its period; `review`: a person decides about each."""

Fate = Literal["destroy", "transfer", "anonymise", "permanent"]
"""What a person may decide that becomes of a record, beside keeping it longer."""

#: Triggers that are worked out from the history. Every other word is a fact that a person states.
COMPUTED: Mapping[Word, str] = MappingProxyType(
    {
        "captured": "the day on which it was captured",
        "closed": "the day on which it was closed",
        "form_superseded": "the day on which a later revision of its form took effect",
        "form_withdrawn": "the day on which its form was withdrawn",
        "dependants": "the day on which the last record that refers to it was closed",
        "person_left": "the day on which the person whom it is about left",
    }
)

_MONTHS = MappingProxyType({"month": 1, "year": 12})
_DAYS = MappingProxyType({"day": 1, "week": 7})
_SPANS = MappingProxyType({"month": 1, "quarter": 3, "year": 12})


class Triggers(Model):
    """Several triggers of which the earliest or the latest counts; exactly one list is given.

    With `latest` (all of them must have happened; it may be written `all`) a record is not due
    while one is unknown; with `earliest` the first known one starts the period.
    """

    earliest: tuple[Word, ...] = ()
    latest: tuple[Word, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _all_is_latest(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or "all" not in given or "latest" in given:
            return given
        return {"latest" if name == "all" else name: said for name, said in given.items()}

    @model_validator(mode="after")
    def _one_list(self) -> "Triggers":
        if bool(self.earliest) == bool(self.latest):
            raise ValueError("name the triggers under 'earliest' or under 'latest'")
        return self


class Limit(Model):
    """A shortest or longest time of keeping, and what demands it."""

    period: Period
    mandate: Line
    """The law, contract, standard or business reason, in the library's own words."""


class RetentionClass(Model):
    """One entry of the retention schedule. Each record has exactly one (ISO 15489-1:2016, 8.5)."""

    name: ClassName
    """The word that forms and commands use."""

    title: Line
    """What people call it."""

    scope: Words = ""
    """Which records it is for."""

    trigger: Word | Triggers
    """What starts the period: one of `COMPUTED`, or a fact that a person states."""

    period: Period = "0 days"
    """How long after the trigger; it may be left out where records are kept for ever."""

    rounding: Rounding = "day"
    """Up to the end of which span the period is drawn out."""

    year_begins: int = Field(default=1, ge=1, le=12)
    """The month with which years and quarters begin, where they are not those of the calendar."""

    leap_day: Literal["later", "earlier"] = "later"
    """Where 29 February has no anniversary: 1 March, or 28 February."""

    action: Action
    """What becomes of the record then."""

    minimum: Limit | None = None
    """The shortest time of keeping, from the same trigger."""

    maximum: Limit | None = None
    """The longest time of keeping, for instance for data of persons; drawn out like the period."""

    owner: NamedOwner | None = None
    """Who authorises disposal; another holder of the role `records` where nobody is named.

    A job title, `function:TITLE` or `person:ID` will do.
    """

    jurisdiction: Words = ""
    """Whose law it answers to."""

    method: Line = "destruction of payload, salt and key"
    """How records are destroyed, as the certificate states it."""

    vault: Word | None = None
    """A vault of its own, whose permissions are the right to read what its records say."""

    window_days: int = Field(default=0, ge=0, le=366)
    """Days between the authorisation and the first day on which it is carried out."""

    removes: tuple[Word, ...] = ()
    """Fields that go beside data of persons where records are made anonymous."""

    residual: tuple[Word, ...] = ()
    """Identifiers that the certificate may go on naming."""

    @model_validator(mode="before")
    @classmethod
    def _says_how_long(cls, given: Any) -> Any:
        kept = isinstance(given, Mapping) and given.get("action") != "permanent"
        if kept and not given.get("period"):
            raise ValueError("say how long: period, such as '10 years'")
        return given

    @property
    def triggers(self) -> tuple[Word, ...]:
        """Return every trigger that it names."""
        if isinstance(self.trigger, Triggers):
            return self.trigger.earliest or self.trigger.latest
        return (self.trigger,)

    @property
    def stated(self) -> tuple[Word, ...]:
        """Return the triggers that a person has to state."""
        return tuple(one for one in self.triggers if one not in COMPUTED)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return what may be a slip: a fact to be stated, written almost like a computed trigger.

        Nothing else fires it but a person who states it, so a record may wait for ever.
        """
        near = {one: get_close_matches(one, COMPUTED, n=1, cutoff=0.8) for one in self.stated}
        return tuple(
            f"class {self.name} waits until somebody states {one!r}: did you mean {found[0]!r}?"
            for one, found in near.items()
            if found
        )

    def last_day(self, began: date, period: Period) -> date:
        """Return the last day of keeping; disposal is possible from the following day on."""
        return _end_of(self._after(began, period), self.rounding, self.year_begins)

    def _after(self, began: date, period: Period) -> date:
        count, _, units = period.partition(" ")
        unit = units.removesuffix("s")
        if unit in _DAYS:
            return _no_later(began.toordinal() + int(count) * _DAYS[unit])
        year, month = divmod(began.year * 12 + began.month - 1 + int(count) * _MONTHS[unit], 12)
        if year > date.max.year:
            return date.max
        last = monthrange(year, month + 1)[1]
        if began.day <= last:
            return date(year, month + 1, began.day)
        short = date(year, month + 1, last)
        return short if self.leap_day == "earlier" else short + timedelta(days=1)


def _no_later(ordinal: int) -> date:
    return date.fromordinal(min(ordinal, date.max.toordinal()))


def _end_of(day: date, rounding: Rounding, year_begins: int) -> date:
    """Return the last day of the span that a day lies in."""
    if rounding == "day":
        return day
    span = _SPANS[rounding]
    passed = (day.month - year_begins) % span
    year, month = divmod(day.year * 12 + day.month - 1 + span - 1 - passed, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, monthrange(year, month + 1)[1])
