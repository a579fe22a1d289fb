"""Questions to the first part of the index, each one select."""

from datetime import date, datetime
from functools import partial
from sqlite3 import Connection

from docctl.model.answers.register import ChangeEntry, RegisterEntry
from docctl.model.base import Number, Word
from docctl.model.lifecycle import State
from docctl.store.index.schema import Values

#: The columns of a register entry, its owner as printed; a day lies in a span from `since` on and
#: before `until`. CONTROL is listed only where its type is asked for.
REGISTER = """
    SELECT number, type, title, revision, state, effective_on, review_due_on,
        coalesce(person.name, owner), pending_revision, pending_state, parent, classification,
        withdrawn_on, replaced_by, proposal
    FROM span LEFT JOIN person ON owner_kind = 'person' AND person.id = owner
    WHERE until > :on AND since <= :on
        AND (type = :type OR :type IS NULL AND type <> 'control')
        AND (:state IS NULL OR state = :state OR pending_state = :state)
    ORDER BY place, number"""

_REWRITTEN = """
    SELECT number FROM span
    WHERE until > :on AND since <= :on AND rewritten ORDER BY place, number"""

_OWNERS = "SELECT number, owner_kind, owner FROM span WHERE until > :on AND since <= :on"

_CHANGES = """
    SELECT time, date, item, revision, type, signer, reason
    FROM event WHERE date BETWEEN ? AND ? ORDER BY time, item, place"""


def register(
    connection: Connection, on: date, *, kind: Word | None = None, state: State | None = None
) -> list[RegisterEntry]:
    """Return the entries of the end of a day, by number."""
    today = on.isoformat()
    days, states = Values(date.fromisoformat), Values(State)
    rows = connection.execute(REGISTER, {"on": today, "type": kind, "state": state})
    # Ten thousand times: calling the class with sixteen arguments would take a third longer.
    entry = partial(tuple.__new__, RegisterEntry)
    return [
        entry(
            (
                number,
                kind,
                title,
                revision,
                states[state],
                days[effective_on],
                days[due_on],
                owner,
                due_on is not None and due_on < today,
                pending,
                states[pending_state],
                parent,
                classification,
                days[withdrawn_on],
                replaced_by,
                proposal,
            )
        )
        for (
            number,
            kind,
            title,
            revision,
            state,
            effective_on,
            due_on,
            owner,
            pending,
            pending_state,
            parent,
            classification,
            withdrawn_on,
            replaced_by,
            proposal,
        ) in rows
    ]


def rewritten(connection: Connection, on: date) -> list[Number]:
    """Return the documents whose entry shows a draft that was replaced after that day."""
    return [number for (number,) in connection.execute(_REWRITTEN, {"on": on.isoformat()})]


def owners(connection: Connection, on: date) -> dict[Number, tuple[str, str]]:
    """Return who answered for each document on a day: `function` or `person`, and title or id."""
    rows = connection.execute(_OWNERS, {"on": on.isoformat()})
    return {number: (kind, name) for number, kind, name in rows}


def changes(connection: Connection, since: date, until: date) -> list[ChangeEntry]:
    """Return every event of these days, the last included, oldest first."""
    days, times = Values(date.fromisoformat), Values(datetime.fromisoformat)
    return [
        ChangeEntry(times[time], days[day], item, revision, kind, signer, reason)
        for time, day, item, revision, kind, signer, reason in connection.execute(
            _CHANGES, (since.isoformat(), until.isoformat())
        )
    ]
