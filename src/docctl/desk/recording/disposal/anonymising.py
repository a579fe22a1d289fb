"""What remains of a record that is made anonymous goes to the vault, under a key of its own."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.recording.disposal.disposing import get_disposal
from docctl.desk.recording.keeping import definition_of, get
from docctl.desk.recording.telling.contents import current, payload, written
from docctl.errors import DocctlError, RetentionError
from docctl.model.base import Word
from docctl.model.records.record import RecordId, Stub
from docctl.rules.records import Record
from docctl.rules.records.anonymous import payloads_of, taken_out, without
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
    left = without(current(written(bench, record)), removed)
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


def require_remains(bench: Bench, record: Record) -> None:
    """Refuse to destroy what a record said while what remains of it is not there, or not true.

    Somebody may have written it into the store past every command. Where the destruction has
    begun, its key is gone, and there is nothing to compare with.

    Raises:
        RetentionError: nothing of the record is destroyed.
        StoreError: the vault cannot be read.
    """
    left, vault = record.remains, bench.vaults.of(record.vault)
    before = payloads_of(record)
    if left is None or any(vault.outcome(record.number, one) != "present" for one in before):
        return
    hint = "somebody has written what is not true: see docctl verify"
    if vault.outcome(remains_of(record.number), left) != "present":
        raise RetentionError(record.number, "what is to remain of it is not there", hint=hint)
    said = current(written(bench, record._replace(disposed=None)))
    if current(written(bench, record)) != without(said, record.removed):
        raise RetentionError(
            record.number, "what is to remain of it is not what it said", hint=hint
        )
