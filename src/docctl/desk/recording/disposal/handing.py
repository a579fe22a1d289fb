"""Records on their way to a receiver: a package that can be checked without docctl.

The same records make the same package, so one that was lost or cut short is simply made again.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording.disposal.certifying import stays
from docctl.desk.recording.disposal.disposing import get_disposal
from docctl.desk.recording.telling.contents import Written, current, written
from docctl.errors import InputError, RetentionError
from docctl.model.base import Digest
from docctl.model.records.hold import DisposalItem
from docctl.model.records.record import Entry, RecordId, Stub
from docctl.rules.records import Disposal, Record
from docctl.rules.records.chain import data_of
from docctl.store.layout import content_folder, kept_folder
from docctl.trust.sealing import ID, KEY, SALT, Sealer

#: What a package says of itself, last of all its files.
MANIFEST = "manifest.json"

#: The layout that it has.
FORMAT = "docctl-transfer@v1"

File = tuple[str, Iterable[bytes]]
"""The path of a file within a package, and its bytes."""


@dataclass
class Packing:
    """A package in the making: take its files one after the other, each to its end."""

    bench: Bench
    disposal: Disposal
    key: bytes = b""
    """Seals what the records say, where there is one."""

    listed: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Every file so far: its length and its SHA-256."""

    manifest: Digest = ""
    """SHA-256 of the manifest, once it was taken."""

    def files(self) -> Iterator[File]:
        """Yield every file of the package; the manifest comes last.

        Raises:
            RetentionError: nothing of the disposal is to be handed over now.
            StoreError: what a record says cannot be had.
        """
        records = [_record(self.bench, item) for item in handed(self.bench, self.disposal)]
        told = []
        for record in records:
            said = written(self.bench, record)
            before = {*self.listed}
            for name, pieces in self._of(record, said):
                yield name, self._noted(name, pieces)
            mine = [name for name in self.listed if name not in before]
            told.append(_told(record, mine))
        for form, label in sorted({(one.form, one.form_revision) for one in records}):
            yield from self._all(f"forms/{form}-{label}", self._stored(content_folder(form, label)))
        data = _json(self._says(told))
        self.manifest = sha256(data).hexdigest()
        yield MANIFEST, [data]

    def _of(self, record: Record, said: tuple[Written, ...]) -> Iterator[File]:
        place = f"records/{record.number}"
        for name, data in self._stored(f"{kept_folder('records', record.number)}/events"):
            yield f"{place}/events/{name}", [data]
        if not self.key:
            yield f"{place}/record.json", [_json(current(said))]
        for one in said:
            entry = data_of(one.signed)
            if not isinstance(entry, Entry) or entry.payload is None or one.content is None:
                continue
            step = f"{place}/{one.signed.event.seq:04}"
            yield self._payload(record, f"{step}.json", entry.payload)
            for file in one.content.attachments:
                yield self._payload(record, f"{step}/{file.name}", file.stub)

    def _payload(self, record: Record, name: str, stub: Stub) -> File:
        pieces = self.bench.vaults.of(record.vault).read(record.number, stub)
        return (f"{name}.sealed", _sealed(pieces, self.key, stub)) if self.key else (name, pieces)

    def _stored(self, place: str) -> Iterator[tuple[str, bytes]]:
        """Yield the files in a folder of the store."""
        reader = self.bench.desk.ledger.reader
        found = reader.entry(self.bench.head, place)
        listed = [*reader.walk(found.oid, "")] if found else []
        names = [name for name, _ in listed]
        yield from zip(names, reader.read_many(oid for _, oid in listed), strict=True)

    def _all(self, place: str, files: Iterable[tuple[str, bytes]]) -> Iterator[File]:
        for name, data in files:
            yield f"{place}/{name}", self._noted(f"{place}/{name}", [data])

    def _noted(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        found, size = sha256(), 0
        for piece in pieces:
            found.update(piece)
            size += len(piece)
            yield piece
        self.listed[name] = {"bytes": size, "sha256": found.hexdigest()}

    def _says(self, records: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "library": self.bench.world.authority.library,
            "organization": self.bench.control.organization,
            "disposal": self.disposal.number,
            "schedule": self.disposal.schedule,
            "sealed": bool(self.key),
            "records": records,
            "files": self.listed,
        }


def handed(bench: Bench, disposal: Disposal) -> tuple[DisposalItem, ...]:
    """Return what of a disposal is to be handed over now, whether or not a receiver has it.

    Raises:
        RetentionError: nothing is, or not yet.
    """
    authority = disposal.authority
    if authority is None:
        hint = f"somebody else authorises it: docctl retention authorise {disposal.number}"
        raise RetentionError(disposal.number, "nobody has authorised it", hint=hint)
    if bench.today() < authority.not_before:
        raise RetentionError(disposal.number, f"nothing leaves before {authority.not_before}")
    found = [one for one in disposal.items if one.action == "transfer"]
    found = [one for one in found if _waits(bench, disposal, one)]
    if not found:
        raise RetentionError(
            disposal.number,
            "nothing of it is to be handed over",
            hint=f"see what became of it: docctl retention show {disposal.number}",
        )
    return tuple(found)


def _waits(bench: Bench, disposal: Disposal, item: DisposalItem) -> bool:
    why = stays(bench, disposal, item)
    return why is None or why.result == "refused"


def received(bench: Bench, number: RecordId, manifest: bytes) -> tuple[RecordId, ...]:
    """Return the records in a package of a disposal that a receiver is not known to have.

    Raises:
        InputError: it is no manifest of a package of this disposal.
        RetentionError: a record in it is not as it was proposed.
    """
    disposal = get_disposal(bench, number)
    try:
        told = json.loads(manifest)
        ours = (told["format"], told["library"], told["disposal"])
        records = {str(one["record"]): str(one["last"]) for one in told["records"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        hint = "name the package that docctl retention package has made"
        raise InputError("that is no manifest of a package", hint=hint) from error
    if ours != (FORMAT, bench.world.authority.library, number):
        raise InputError(f"that is no package of {number}", hint="name the package of this one")
    for record, last in records.items():
        item = disposal.item(record)
        if item is None or item.last != last:
            raise RetentionError(
                record,
                f"{number} does not hand it over as the package has it",
                hint=f"pack it again: docctl retention package {number}",
            )
    found = tuple(one for one in records if one not in disposal.received)
    if not found:
        raise RetentionError(
            number,
            "receivers have everything that is in this package",
            hint=f"see what is left: docctl retention show {number}",
        )
    return found


def waiting(bench: Bench, number: RecordId) -> tuple[RecordId, ...]:
    """Return the records of a disposal that no receiver has yet."""
    disposal = get_disposal(bench, number)
    handed = (one for one in disposal.items if one.action == "transfer")
    found = ((one.record, stays(bench, disposal, one)) for one in handed)
    return tuple(record for record, why in found if why and why.result == "refused")


def _record(bench: Bench, item: DisposalItem) -> Record:
    found = bench.archive().record(item.record)
    if found is None:
        raise RetentionError(item.record, "is no record", hint="see: docctl record list")
    return found


def _told(record: Record, files: list[str]) -> dict[str, Any]:
    where = record.elsewhere
    return {
        "record": record.number,
        "form": record.form,
        "form_revision": record.form_revision,
        "form_content": record.form_content,
        "retention": record.retention,
        "identifiers": dict(record.identifiers),
        "captured_on": record.captured_on.isoformat(),
        "closed_on": record.closed.on.isoformat() if record.closed else None,
        "last": record.chain.last,
        "commitments": [stub.commitment for stub in record.stubs],
        "elsewhere": where.model_dump(mode="json") if where else None,
        "files": files,
    }


def _sealed(pieces: Iterator[bytes], key: bytes, stub: Stub) -> Iterator[bytes]:
    """Yield a payload under the key of a package; the same key makes the same bytes."""
    told = key + stub.commitment.encode()
    ident, salt = sha256(b"id" + told).digest()[:ID], sha256(b"salt" + told).digest()[:SALT]
    return map(bytes, Sealer(_Reading(pieces).read_into, key=key, ident=ident, salt=salt))


class _Reading:
    """Pieces, read as a file is."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read_into(self, room: memoryview) -> int:
        while not self._left and (piece := next(self._pieces, None)) is not None:
            self._left = piece
        found, self._left = self._left[: len(room)], self._left[len(room) :]
        room[: len(found)] = found
        return len(found)


def key_of(text: str) -> bytes:
    """Return the key of a package from the 64 hexadecimal digits that a file says.

    Raises:
        InputError: they are none.
    """
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY:
        raise InputError("that is no key of a package", hint="let docctl make one: name a new file")
    return key


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()
