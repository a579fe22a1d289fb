"""Objects read in bulk, each hashed again."""

from collections.abc import Iterator, Sequence

from docctl.errors import StoreError
from docctl.store.reader import WINDOW, Reader


class Objects:
    """Reads objects in bulk and believes none of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._form = reader.format
        #: The objects that could not be read at all.
        self.missing: set[str] = set()

    def read(self, kind: str, oids: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each id with the object's bytes; nothing where they cannot be had or believed."""
        name, compute = kind.encode(), self._form.hash
        for start in range(0, len(oids), WINDOW):
            some = oids[start : start + WINDOW]
            for oid, data in zip(some, self._window(some), strict=True):
                if data is None:
                    yield oid, None
                else:
                    said = compute(b"%b %d\0%b" % (name, len(data), data)).hexdigest()
                    yield oid, data if said == oid else None

    def _window(self, oids: Sequence[str]) -> list[bytes | None]:
        try:
            return list(self._reader.read_many(oids))
        except StoreError:
            return [self._one(oid) for oid in oids]

    def _one(self, oid: str) -> bytes | None:
        try:
            return self._reader.read(oid)
        except StoreError:
            self.missing.add(oid)
            return None
