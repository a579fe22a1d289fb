"""What starts the time of keeping a record: worked out from the history, or stated by somebody."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import dropwhile
from types import MappingProxyType
from typing import NamedTuple

from docctl.model.base import Word
from docctl.rules.records.archive import Archive
from docctl.rules.records.record import Started
from docctl.rules.records.retention.ageing import Ageing

#: Computed from the records that refer to a record; where none does, somebody states it.
DEPENDANTS = "dependants"


class Computed(NamedTuple):
    """A trigger that is worked out from the history."""

    started: Callable[[Archive, Ageing], Started | None]

    looks_at: Callable[[Ageing], object]
    """What of a record decides about it: where that is the same, so is the answer."""


def started(archive: Archive, record: Ageing, name: Word) -> Started | None:
    """Return the day on which a trigger happened to a record; nothing where that is not known."""
    computed = _COMPUTED.get(name)
    return computed.started(archive, record) if computed else record.facts.get(name)


def looked_at(name: Word) -> Callable[[Ageing], object]:
    """Return what of a record decides about a trigger."""
    computed = _COMPUTED.get(name)
    return computed.looks_at if computed else lambda record: record.facts.get(name)


def _captured(_: Archive, record: Ageing) -> Started:
    return Started(record.captured_on, record.captured_on)


def _closed(_: Archive, record: Ageing) -> Started | None:
    return record.closed


def _form_superseded(archive: Archive, record: Ageing) -> Started | None:
    dossier = archive.dossier(record.form)
    revisions = dossier.revisions if dossier else ()
    later = [*dropwhile(lambda one: one.label != record.form_revision, revisions)][1:]
    days = [one.effective_on for one in later if one.phase == "released" and one.effective_on]
    return _no_sooner(record, min(days, default=None))


def _form_withdrawn(archive: Archive, record: Ageing) -> Started | None:
    dossier = archive.dossier(record.form)
    return _no_sooner(record, dossier.withdrawn_on if dossier else None)


def _person_left(archive: Archive, record: Ageing) -> Started | None:
    person = archive.world.authority.persons.get(record.subject or "")
    if person is None or person.left_on is None:
        return None
    stated = person.left_stated_on or person.left_on
    return Started(person.left_on, max(stated, record.captured_on))


def _dependants(archive: Archive, record: Ageing) -> Started | None:
    """Return the day on which the last record that refers to it was closed, if all of them are.

    Where none refers to it, somebody may state that none will.
    """
    closed = [one.closed for one in archive.dependants(record.number)]
    if not closed:
        return record.facts.get(DEPENDANTS)
    known = [one for one in closed if one is not None]
    return max(known, key=lambda one: one.counts) if len(known) == len(closed) else None


def _no_sooner(record: Ageing, day: date | None) -> Started | None:
    """Return a day that counts from the capture on, should it lie before."""
    return Started(day, max(day, record.captured_on)) if day else None


_COMPUTED: Mapping[Word, Computed] = MappingProxyType(
    {
        "captured": Computed(_captured, lambda record: record.captured_on),
        "closed": Computed(_closed, lambda record: record.closed),
        "form_superseded": Computed(
            _form_superseded, lambda record: (record.form_revision, record.captured_on)
        ),
        "form_withdrawn": Computed(_form_withdrawn, lambda record: record.captured_on),
        DEPENDANTS: Computed(
            _dependants, lambda record: (record.number, record.facts.get(DEPENDANTS))
        ),
        "person_left": Computed(_person_left, lambda record: (record.subject, record.captured_on)),
    }
)
