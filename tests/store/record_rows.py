"""Records of every kind by the thousand, in tables of the index, without a store behind them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time
from typing import Any

from docctl.model.event import Signed
from docctl.model.records.record import Captured, CapturedData, Disposed, DisposedData, Stub
from docctl.rules.query import Question
from docctl.rules.records import Record, begin
from docctl.store.index.records import filling, lists, said
from docctl.store.index.schema import create

CONTENT = "a" * 64


def record(
    number: str,
    captured_on: date,
    *,
    form: str = "FRM-1",
    retention: str = "logs",
    signer: str = "ben",
    event_on: date | None = None,
    subject: str | None = None,
    identifiers: Mapping[str, str] | None = None,
    holds: Sequence[str] = (),
    state: str = "closed",
) -> Record:
    data = CapturedData(
        form=form,
        form_revision="1",
        form_content=CONTENT,
        retention=retention,
        payload=Stub(commitment=number.encode().hex().ljust(64, "0")[:64], size=1),
        event_on=event_on or captured_on,
        identifiers=dict(identifiers or {}),
        subject=subject,
        holds=tuple(holds),
        open=state == "open",
    )
    made = begin(signed(Captured, "captured", number, captured_on, signer, data))
    assert isinstance(made, Record)
    if state == "disposed":
        gone = DisposedData(disposal="D-1", authorised=CONTENT, action="destroy")
        made = made.after(signed(Disposed, "disposed", number, captured_on, signer, gone))
    return made


def signed(kind: Any, word: str, number: str, on: date, signer: str, data: Any) -> Signed:
    event = kind(
        item=number, type=word, meaning="It is so", seq=1, signer=signer, role="holder",
        time=datetime.combine(on, time(8), UTC), date=on, tool="test", data=data,
    )  # fmt: skip
    return Signed(event, CONTENT)


def filled(
    records: Iterable[Record], heard: Mapping[str, Mapping[str, Sequence[str]]] | None = None
) -> "closing[sqlite3.Connection]":
    """Return tables that hold these records, and what they say."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create(connection)
    filling.write(connection, records)
    if heard is not None:
        names = sorted({name for fields in heard.values() for name in fields})
        for name in names:
            said.follow(connection, name, said.forms(connection), heard.get)
    return closing(connection)


def found(
    connection: sqlite3.Connection,
    question: Question | None,
    form: str | None = None,
    page: lists.Page = lists.EVERYTHING,
) -> list[str]:
    return [one.number for one in lists.listed(connection, question, form, page)]
