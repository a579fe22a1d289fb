"""Objects read in bulk, each hashed again."""

from collections.abc import Iterator, Sequence

from docctl.errors import StoreError
from docctl.store.objects import Object
from docctl.store.reading.reader import Reader

#: How many objects are asked for at a time.
WINDOW = 128


class Objects:
    """Reads objects in bulk and believes none of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._form = reader.format
        #: The objects that could not be read at all.
        self.missing: set[str] = set()

    def expect(self, oids: Sequence[str]) -> None:
        """Let Git get the first of these ready, if they are read next."""
        if oids:
            self._reader.expect(oids[:WINDOW])

    def read(
        self, kind: str, oids: Sequence[str], *, then: Sequence[str] = ()
    ) -> Iterator[tuple[str, bytes | None]]:
        """Yield each id with the object's bytes; nothing where they cannot be had or believed.

        Git gets those ready meanwhile that are read *then*.
        """
        name, compute = kind.encode(), self._form.hash
        for start in range(0, len(oids), WINDOW):
            some = oids[start : start + WINDOW]
            found = self._look(some)
            self.expect(oids[start + WINDOW : start + 2 * WINDOW] or then)
            for oid, thing in zip(some, found, strict=True):
                if thing is None:
                    self.missing.add(oid)
                    yield oid, None
                else:
                    data = thing.data
                    said = compute(b"%b %d\0%b" % (name, len(data), data)).hexdigest()
                    yield oid, data if said == oid else None

    def _look(self, oids: Sequence[str]) -> list[Object | None]:
        try:
            return self._reader.look(oids)
        except StoreError:  # a commit may name anything in place of a tree
            whole = self._form.is_id
            return [self._reader.look([oid])[0] if whole(oid) else None for oid in oids]
