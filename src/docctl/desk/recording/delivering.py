"""Files and fields on their way to the vault: all that belongs together, or nothing of it."""

import mimetypes
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording import values
from docctl.desk.recording.made import Attachments, Made
from docctl.desk.recording.telling.contents import payload
from docctl.errors import DocctlError, InputError
from docctl.model.records.record import Attached, CapturedData, RecordId, Stub
from docctl.model.wellformed import well_formed
from docctl.store.vault.writing import Vault

Taken = Callable[[], None]
"""Told of every record that the vault has taken up."""

Stowed = tuple[Stub | None, tuple[Stub, ...]]
"""The payload of what is said, and the files beside it."""


def undo(bench: Bench, made: Sequence[Made]) -> None:
    """Take out of the vault what did not become part of the history after all."""
    archive = bench.archive()
    for one in made:
        kept = archive.record(one.record)
        known = {*kept.stubs} if kept else set[Stub]()
        left = [stub for stub in one.data.stubs if stub not in known]
        name = one.data.vault if isinstance(one.data, CapturedData) else kept and kept.vault
        with suppress(DocctlError):  # what is left there is found by: docctl vault scrub
            bench.vaults.of(name).undo(left)


def stowed(
    vault: Vault,
    number: RecordId,
    fields: Mapping[str, Any] | None,
    files: Attachments,
    *,
    removed: tuple[str, ...] = (),
) -> Stowed:
    """Put files and fields into the vault; what went in goes out again if something fails."""
    return all_stowed(vault, [(number, fields, files)], removed=removed)[0]


def all_stowed(
    vault: Vault,
    said: Sequence[tuple[RecordId, Mapping[str, Any] | None, Attachments]],
    *,
    removed: tuple[str, ...] = (),
    taken: Taken = lambda: None,
) -> list[Stowed]:
    """Put files and fields of several records into the vault: of all of them, or of none.

    Of one whose fields are None, because all of it is kept elsewhere, nothing goes there.
    *removed* are fields that an amendment takes out; *taken* is called as each is taken up.
    """
    done: list[Stub] = []
    try:
        attached = [
            tuple(_attached(vault, number, name, one, done) for name, one in files.items())
            for number, _, files in said
        ]
        payloads = [
            (number, _small(number, payload(fields, files, removed=removed)))
            for (number, fields, _), files in zip(said, attached, strict=True)
            if fields is not None
        ]
        done += (stubs := vault.put_many(_told(payloads, taken)))
    except BaseException:
        with suppress(DocctlError):
            vault.undo(done)
        raise
    whole = iter(stubs)
    return [
        (None if fields is None else next(whole), tuple(one.stub for one in files))
        for (_, fields, _), files in zip(said, attached, strict=True)
    ]


def _told(
    payloads: Iterable[tuple[RecordId, bytes]], taken: Taken
) -> Iterator[tuple[RecordId, bytes]]:
    for one in payloads:
        yield one
        taken()


def _small(number: RecordId, data: bytes) -> bytes:
    if len(data) > values.LARGEST:
        raise InputError(f"what {number} says has {len(data):,} bytes", hint="attach files instead")
    return data


def _attached(
    vault: Vault, number: RecordId, name: str, given: bytes | Path, done: list[Stub]
) -> Attached:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with well_formed():
        Attached(name=name, media_type=kind, stub=Stub(commitment="0" * 64, size=0))
    if isinstance(given, bytes):
        stub = vault.put(number, given)
    else:
        if not given.is_file():
            raise InputError(f"{given} is no plain file", hint="name a file that is there")
        try:
            with given.open("rb") as source:
                stub = vault.put(number, source)
        except OSError as error:
            raise InputError(f"{given} cannot be read: {error.strerror}") from error
    done.append(stub)
    return Attached(name=name, media_type=kind, stub=stub)
