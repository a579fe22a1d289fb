"""Holds by question, judged from what the history itself knows of a record.

Whoever captures a record stamps the holds whose question it fits, for only there everything that
it says is at hand. Where a question asks for nothing but facts of the history, nobody is believed:
it is judged here, at every position anew.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from docctl.errors import InputError
from docctl.model.base import Label, Line, Number, Word
from docctl.model.records.record import RecordId
from docctl.model.records.retention import ClassName
from docctl.rules.query import Question
from docctl.rules.query_reading import question

__all__ = ["Known", "covers", "readable"]


class Known(Protocol):
    """A record, or as much of it as the history can answer a question with."""

    @property
    def number(self) -> RecordId:
        """Return its number."""

    @property
    def form(self) -> Number:
        """Return the form on which it was made."""

    @property
    def form_revision(self) -> Label:
        """Return the revision of the form that was followed."""

    @property
    def retention(self) -> ClassName:
        """Return its class in the schedule."""

    @property
    def event_on(self) -> date:
        """Return the day on which it happened."""

    @property
    def captured_on(self) -> date:
        """Return the day of its capture."""

    @property
    def identifiers(self) -> Mapping[Word, Line]:
        """Return what it is found by."""

    @property
    def former(self) -> Sequence[Mapping[Word, Line]]:
        """Return what it was found by before each amendment that changed that."""

    @property
    def holds(self) -> frozenset[RecordId]:
        """Return the holds whose question it fitted when it was entered."""


def covers(where: str, record: Known) -> bool:
    """Tell whether a record fits, or once fitted, a question by facts of the history alone.

    Whoever amends a record takes it out of no hold: what it was found by before counts too.

    It is not told to fit where something else is asked for: then the stamps of its statements say
    it. What is asked for in other words than the question's language fits nothing.
    """
    asked = _read(where)
    if asked is None:
        return False
    names = {name.casefold() for name in asked.fields()}
    ever = (_facts(record, one) for one in (record.identifiers, *record.former))
    return any(names <= known.keys() and asked.fits(known) for known in ever)


def readable(where: str) -> bool:
    """Tell whether a question can be understood."""
    return _read(where) is not None


@lru_cache(maxsize=256)
def _read(where: str) -> Question | None:
    try:
        return question(where)
    except InputError:
        return None


def _facts(record: Known, identifiers: Mapping[Word, Line]) -> Mapping[str, tuple[str, ...]]:
    """Return what the history answers; a name of ours counts before one that a form gives."""
    return {
        **{name.casefold(): (said,) for name, said in identifiers.items()},
        "number": (record.number,),
        "form": (record.form,),
        "revision": (record.form_revision,),
        "class": (record.retention,),
        "happened": (record.event_on.isoformat(),),
        "captured": (record.captured_on.isoformat(),),
    }
