"""Which document refers to which: built when somebody first asks, caught up with like the texts."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from docctl.content.parse import parse
from docctl.late import Late
from docctl.model.answers.reading import Reference
from docctl.model.base import Number
from docctl.model.builtin import DOCUMENT_CLASSES
from docctl.model.control import ControlSettings
from docctl.model.document import OtherDocument
from docctl.model.lifecycle import State
from docctl.model.naming import named
from docctl.store.index.schema import Values
from docctl.store.reading.reader import Reader

if TYPE_CHECKING:
    from docctl.content.structure import references
else:
    references = Late("docctl.content.structure.references")

#: A text that holds none of these refers to no document; parsing it would be in vain.
_MARKS = ("[[", "doc:")

_WHERE = """
    SELECT span.number, span.revision, span.title, span.state
    FROM reference CROSS JOIN span
        ON span.number = reference.number AND span.revision = reference.revision
    WHERE reference.target = :target AND span.since <= :on AND span.until > :on
    ORDER BY span.place, span.number"""


def follow(connection: Connection, reader: Reader, control: ControlSettings) -> None:
    """Bring the references to what `shown` holds: texts that are new are parsed, others are not.

    All of them are, where *control* describes the fields of its types otherwise than before.
    """
    _begin_anew_for(connection, json.dumps(control.own_fields, sort_keys=True))
    connection.execute(
        "DELETE FROM link WHERE (number, revision, meta, body) NOT IN (SELECT * FROM shown)"
    )
    connection.execute(
        "DELETE FROM reference WHERE (number, revision) NOT IN (SELECT number, revision FROM link)"
    )
    new = connection.execute("SELECT * FROM shown EXCEPT SELECT * FROM link").fetchall()
    data = reader.read_many(chain.from_iterable(row[2:] for row in new))
    for row in new:
        number, revision = row[:2]
        targets = {*_named(next(data), control.own_fields)}
        targets |= {*_cited(next(data).decode("utf-8", "replace"))}
        connection.executemany(
            "INSERT INTO reference VALUES (?, ?, ?)",
            ((target, number, revision) for target in targets - {number}),
        )
    connection.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", new)


def _begin_anew_for(connection: Connection, described: str) -> None:
    """Forget every reference that was found while types described their fields otherwise."""
    if connection.execute("SELECT fields FROM described").fetchone() != (described,):
        connection.execute("DELETE FROM link")
        connection.execute("DELETE FROM reference")
        connection.execute("DELETE FROM described")
        connection.execute("INSERT INTO described VALUES (?)", (described,))


def _named(meta: bytes, own: Mapping[str, Mapping[str, Any]]) -> tuple[Number, ...]:
    fields = json.loads(meta)
    kind = fields.get("type", "")
    return named(fields, DOCUMENT_CLASSES.get(kind, OtherDocument), own.get(kind, {}))


def _cited(body: str) -> Iterator[Number]:
    if any(mark in body for mark in _MARKS):
        document, _ = parse(body)
        yield from (one.number for one in references.references(document))


def where(connection: Connection, number: Number, *, on: date) -> list[Reference]:
    """Return the documents whose text or metadata, as shown on a day, refer to this one."""
    values = {"target": number, "on": on.isoformat()}
    states = Values(State)
    return [
        Reference(number=source, revision=revision, title=title, state=states[state])
        for source, revision, title, state in connection.execute(_WHERE, values)
    ]
