"""The places in documents that references can name."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from docctl.content.parse import parse
from docctl.desk.bench import Bench
from docctl.errors import DocctlError
from docctl.late import Late
from docctl.model.control import CONTROL
from docctl.rules.asof import FOREVER, span

if TYPE_CHECKING:
    from docctl.content.structure import outline
else:
    outline = Late("docctl.content.structure.outline")


class Places(Mapping[str, frozenset[str]]):
    """The anchors of each document, looked up once, and when they are asked for.

    Those of the text in force count, and those of a draft on its way: both may be released
    together. A document that cannot be read has no entry. Gone through, it has those asked for.
    """

    def __init__(self, bench: Bench, on: date) -> None:
        """Look at the library as it stands now."""
        self._bench, self._on = bench, on
        self._known: dict[str, frozenset[str] | None] = {}

    def __getitem__(self, number: str) -> frozenset[str]:
        """Return the anchors of a document."""
        if number not in self._known:
            self._known[number] = self._read(number)
        found = self._known[number]
        if found is None:
            raise KeyError(number)
        return found

    def _read(self, number: str) -> frozenset[str] | None:
        dossier = None if number == CONTROL else self._bench.find(number)
        if dossier is None:
            return None
        day, found = self._bench.day(FOREVER), frozenset[str]()
        with suppress(DocctlError):
            for revision in {span(dossier, self._on).shown.label, dossier.newest.label}:
                text = day.text(dossier, dossier.revision(revision) or dossier.newest)
                found |= outline.anchors(parse(text.body)[0])
            return found
        return None

    def __iter__(self) -> Iterator[str]:
        """Yield the numbers that were asked for."""
        return (number for number, found in self._known.items() if found is not None)

    def __len__(self) -> int:
        """Return how many were asked for."""
        return sum(1 for _ in self)
