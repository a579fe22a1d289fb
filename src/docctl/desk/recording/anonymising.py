"""What remains of a record that is made anonymous goes to the vault, under a key of its own."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.recording.disposing import get_disposal
from docctl.desk.recording.keeping import definition_of, get
from docctl.desk.recording.telling.contents import current, payload, written
from docctl.errors import DocctlError
from docctl.model.base import Word
from docctl.model.records.record import RecordId, Stub
from docctl.rules.records.anonymous import taken_out
from docctl.rules.records.record import remains_of


class Remains(NamedTuple):
    """What is left of a record, and which fields are not in it any more."""

    stub: Stub
    removed: tuple[Word, ...]


def stow(bench: Bench, number: RecordId, records: Iterable[RecordId]) -> dict[RecordId, Remains]:
    """Put what remains of those records that a disposal makes anonymous into the vault.

    Files beside them do not remain: nobody can tell what stands in them.

    Raises:
        StoreError: what a record says cannot be had, or the vault cannot take it.
    """
    disposal, done = get_disposal(bench, number), dict[RecordId, Remains]()
    try:
        for name in records:
            item = disposal.item(name)
            if item and item.action == "anonymise":
                done[name] = _remains(bench, name)
    except BaseException:
        undo(bench, done)
        raise
    return done


def _remains(bench: Bench, number: RecordId) -> Remains:
    record = get(bench, number)
    kind = bench.control.retention_of(record.retention)
    removed = taken_out(definition_of(bench, record), kind) if kind else ()
    said = current(written(bench, record))
    left = {name: value for name, value in said.items() if name not in removed}
    vault = bench.vaults.of(record.vault)
    return Remains(vault.put(remains_of(number), payload(left)), removed)


def undo(bench: Bench, made: Mapping[RecordId, Remains]) -> None:
    """Take out of the vault what did not become part of the history after all."""
    archive = bench.archive()
    for number, one in made.items():
        record = archive.record(number)
        if record and record.remains != one.stub:
            with suppress(DocctlError):  # what is left there is found by: docctl vault scrub
                bench.vaults.of(record.vault).undo([one.stub])
