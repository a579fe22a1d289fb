"""What a record says, read back from the vault: as captured, step by step, with every amendment."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from docctl.desk.bench import Bench
from docctl.errors import DamagedStoreError, NotFoundError
from docctl.model.event import Signed
from docctl.model.records.record import Attached, Content, Entry, RecordId, Stub
from docctl.rules.records import Record
from docctl.rules.records.anonymous import says
from docctl.rules.records.record import remains_of


class Written(NamedTuple):
    """One statement of a record with what it says."""

    signed: Signed
    content: Content | None
    """Nothing where it is kept elsewhere."""


def written(bench: Bench, record: Record) -> tuple[Written, ...]:
    """Return what each statement of a record says, in order; of an anonymous one what remains.

    Raises:
        StoreError: a payload cannot be had, or is not the one that was captured.
    """
    gone, left = record.disposed, record.remains
    if gone is not None:
        content = _content(bench, record, left, key=remains_of(record.number))
        return (Written(gone, content),) if left else ()
    entries = (
        (signed, data)
        for signed in record.chain.events
        if isinstance(data := getattr(signed.event, "data", None), Entry)
    )
    return tuple(Written(signed, _content(bench, record, data.payload)) for signed, data in entries)


def _content(bench: Bench, record: Record, stub: Stub | None, *, key: str = "") -> Content | None:
    if stub is None:
        return None
    data = b"".join(bench.vaults.of(record.vault).read(key or record.number, stub))
    try:
        return Content.model_validate_json(data)
    except ValidationError as error:
        raise DamagedStoreError(f"the payload of {record.number} cannot be read") from error


def current(said: tuple[Written, ...]) -> dict[str, Any]:
    """Return the fields as they stand now: later statements stand over earlier ones."""
    return says(one.content for one in said if one.content)


def files_of(said: tuple[Written, ...]) -> tuple[str, ...]:
    """Return the names of the files beside a record, in order."""
    every = (file.name for one in said if one.content for file in one.content.attachments)
    return tuple(dict.fromkeys(every))


def attached(said: tuple[Written, ...], number: RecordId, name: str) -> Attached:
    """Return the file of this name that was attached last.

    Raises:
        NotFoundError: there is none.
    """
    files = {one.name: one for each in said if each.content for one in each.content.attachments}
    if name not in files:
        known = ", ".join(files) or "none"
        raise NotFoundError(f"file {name!r} of {number}", hint=f"its files: {known}")
    return files[name]


def payload(
    fields: Mapping[str, Any],
    attachments: tuple[Attached, ...] = (),
    *,
    removed: tuple[str, ...] = (),
) -> bytes:
    """Return the bytes of what a statement says, as they go to the vault."""
    content = Content(fields=dict(fields), attachments=attachments, removed=removed)
    dumped = content.model_dump(mode="json", exclude=set() if removed else {"removed"})
    return json.dumps(dumped, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
