"""An office whose documents are in every state, and what an index must say about it."""

import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

from docctl.model.answers.register import RegisterEntry
from docctl.model.base import Number
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.lifecycle import State
from docctl.rules import asof
from docctl.rules.dossier import Dossier
from docctl.store.index import Index
from docctl.store.layout import SETTINGS
from docctl.store.reading.ledger import Ledger

__all__ = ["FOUNDER", "Office", "State", "document"]

sys.path.insert(0, str(Path(__file__).parents[1]))
_office = import_module("office")
FOUNDER, Office, document = _office.FOUNDER, _office.Office, _office.document

#: What follows from a commit alone, whatever was in the file before.
TABLES = (
    "SELECT * FROM span",
    "SELECT * FROM shown",
    "SELECT * FROM event",
    "SELECT * FROM person",
    "SELECT * FROM interval",
    "SELECT * FROM reference",
)


def furnished(path: Path) -> Office:
    """Return an office with a document in each state, all done on different days."""
    office = Office.found(path)
    for counter, state in enumerate(State, start=1):
        office.reach(f"PRO-{counter:03d}", state)
        office.wait(days=3)
    owner = {"kind": "person", "name": "ben"}
    office.new("WI-1", data={"owner": owner, "document_type": "work_instruction", "title": "x"})
    office.new("WI-1000")
    office.new("WI-999")
    office.do("review_proposed", "PRO-005", by=FOUNDER, reason="A year has passed")
    office.approve("PRO-005")
    office.wait(days=5)
    office.revise("PRO-005")
    leaving = {"from_on": office.today + timedelta(days=20), "replaced_by": "PRO-005"}
    office.do("withdrawal_proposed", "PRO-007", by=FOUNDER, data=leaving, reason="Out of use")
    office.approve("PRO-007")
    return office


def head_of(office: Office) -> str:
    return str(office.store.head())


def index_of(office: Office, path: Path, *, patience: float = 2.0) -> Index:
    return Index(path, Ledger(office.store.reader), patience=patience)


def numbers(office: Office) -> list[Number]:
    """Return the office's documents as a register prints them."""
    return sorted(set(office.dossiers) - {CONTROL}, key=lambda one: (one[:2], len(one), one))


def expected(office: Office, on: date) -> list[RegisterEntry]:
    """Return the register as the rules have it, document by document."""
    found = (asof.at(office.dossiers[number].events, on) for number in numbers(office))
    return [_entry(office, dossier, on) for dossier in found if dossier]


def control_on(office: Office, on: date) -> ControlSettings:
    """Return the settings in force at the end of a day, the first ones before there were any."""
    begun = [one for one in office.dossiers[CONTROL].revisions if one.phase == "released"]
    known = [one for one in begun if one.effective_on and one.effective_on <= on] or begun[:1]
    data = office.contents[CONTROL, known[-1].label][SETTINGS]
    return ControlSettings.model_validate_json(data)


def _entry(office: Office, dossier: Dossier, on: date) -> RegisterEntry:
    span, kind = asof.span(dossier, on), control_on(office, on).type_of(dossier.document_type)
    due = asof.review_due(dossier, on, kind.review_months) if kind else None
    waiting = asof.open_proposal(dossier, on)
    leaving = dossier.withdrawal and dossier.withdrawal.opened.event
    person = office.authority.persons.get(dossier.owner.name)
    return RegisterEntry(
        number=dossier.number,
        type=dossier.document_type,
        title=f"Title of {dossier.number}",
        revision=span.shown.label,
        state=span.state,
        effective_on=span.shown.effective_on,
        review_due_on=due,
        owner=person.name if person else dossier.owner.name,
        review_overdue=due is not None and due < on,
        pending_revision=span.pending.label if span.pending else None,
        pending_state=span.pending_state,
        parent=None,
        classification="internal",
        withdrawn_on=dossier.withdrawn_on,
        replaced_by=leaving.data.replaced_by if leaving else None,
        proposal=waiting.opened.event.type if waiting else None,
    )


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that an index file holds, sorted."""
    with closing(sqlite3.connect(path)) as connection:
        return {table: sorted(connection.execute(table), key=repr) for table in TABLES}
