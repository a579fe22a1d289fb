"""Transfer: records are packed for a receiver, and go from here once the receipt is there."""

import os
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import RawIOBase
from pathlib import Path
from typing import Any

from docctl.desk.recording.disposal import disposing, handing
from docctl.desk.recording.telling import showing
from docctl.errors import InputError
from docctl.library.checked import checked
from docctl.library.handle import Handle
from docctl.library.outward import write_out_pieces, write_out_secret
from docctl.model.answers.record import DisposalShown
from docctl.model.answers.retention import PackageMade
from docctl.model.base import Line
from docctl.model.records.record import RecordId
from docctl.store.files import is_folder, is_there, read_file
from docctl.store.placing import remove_unfinished
from docctl.trust.sealing import KEY

#: No manifest and no receipt is larger, in bytes.
LARGEST = 256 << 20

#: What the reader of archives raises over a file that is none, or is damaged.
_NO_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
)

#: What stands in an archive as the time of every file: none.
_TIMELESS = (1980, 1, 1, 0, 0, 0)


@checked
class Handing(Handle):
    """Handing records over: the package, and the receipt without which nothing goes from here."""

    def retention_package(
        self,
        number: RecordId,
        to: str | os.PathLike[str],
        *,
        seal_with: str | os.PathLike[str] | None = None,
    ) -> PackageMade:
        """Pack the records of a disposal that are to be transferred, and return what was packed.

        *to* is a folder, or an archive whose name ends in `.zip`. It holds what the records say as
        plain files, their signed history, their forms, and last a manifest with the SHA-256 of
        every file. With *seal_with* what they say is sealed under the key in that file, which is
        made where there is none, or an empty one, and which travels by another way.

        The same records make the same package: one that was cut short is made again.

        Raises:
            RetentionError: nothing is to be handed over, or not yet.
            StoreError: what a record says cannot be had, or the package not be written.
        """
        key = _key(Path(seal_with)) if seal_with is not None else b""
        packing = handing.Packing(self.bench, disposing.get_disposal(self.bench, number), key)
        target = Path(to)
        if target.suffix.casefold() == ".zip":
            write_out_pieces(target, _zipped(packing.files()))
        else:
            for name, pieces in packing.files():
                write_out_pieces(target / name, pieces)
            remove_unfinished(target)
        waiting = handing.handed(self.bench, packing.disposal)
        return PackageMade(
            disposal=number,
            path=str(target),
            manifest=packing.manifest,
            sealed=bool(key),
            records=tuple(one.record for one in waiting),
            files=len(packing.listed) + 1,
            size=sum(int(one["bytes"]) for one in packing.listed.values()),
        )

    def retention_receive(
        self,
        number: RecordId,
        *,
        package: str | os.PathLike[str],
        receipt: str | os.PathLike[str],
        receiver: Line,
    ) -> DisposalShown:
        """Record that a *receiver* has a package of a disposal; now its records may go from here.

        *package* is what `retention_package` has made, or its manifest alone; *receipt* is the file
        in which the receiver says so. The history keeps the digests of both, and not the receipt:
        keep it, for instance as a record.

        Raises:
            InputError: it is no package of this disposal, the receipt is empty, or one of them
                is not there or cannot be read.
            RetentionError: a record was changed since it was packed, or is not to be handed over.
        """
        manifest = _manifest(Path(package))
        records = handing.received(self.bench, number, manifest)
        told = _read(Path(receipt))
        if not told.strip():
            raise InputError(f"{receipt} is empty", hint="name what the receiver has sent")
        self.act(
            "retention_receive",
            number,
            records=records,
            package=sha256(manifest).hexdigest(),
            receipt=sha256(told).hexdigest(),
            receiver=receiver,
        )
        return showing.disposal_shown(disposing.get_disposal(self.bench, number))


def _key(path: Path) -> bytes:
    """Return the key in a file; a new one, for good, where there is no file, or nothing in it."""
    if not (is_there(path) and _read(path)):
        write_out_secret(path, secrets.token_hex(KEY).encode() + b"\n")
    return handing.key_of(_read(path).decode("latin-1"))


def _manifest(path: Path) -> bytes:
    if is_folder(path):
        return _read(path / handing.MANIFEST)
    if path.suffix.casefold() != ".zip":
        return _read(path)
    try:
        with zipfile.ZipFile(path) as archive, archive.open(handing.MANIFEST) as found:
            return found.read(LARGEST)
    except _NO_ARCHIVE as error:
        raise InputError(f"{path} is no package", hint="name what was packed") from error


def _read(path: Path) -> bytes:
    return read_file(path, limit=LARGEST)


class _Passing(RawIOBase):
    """What is written to it can be taken out again."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Hold what is written."""
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since it was last asked."""
        found, self._held = b"".join(self._held), []
        return found


def _zipped(files: Iterable[handing.File]) -> Iterator[bytes]:
    """Yield an archive of files, the same for the same files; it is never whole in memory."""
    passing = _Passing()
    with zipfile.ZipFile(passing, "w", zipfile.ZIP_STORED) as archive:
        for name, pieces in files:
            entry = zipfile.ZipInfo(name, _TIMELESS)
            with archive.open(entry, "w", force_zip64=True) as target:
                for piece in pieces:
                    target.write(piece)
                    yield passing.taken()
    yield passing.taken()
