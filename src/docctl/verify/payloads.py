"""What lies in the vault, held against what the history says of it: four outcomes of a payload.

Present and right; lawfully destroyed, with a certificate; kept elsewhere; or missing, altered, or
back after its destruction, which are problems.
"""

from collections.abc import Callable, Iterator
from types import MappingProxyType

from docctl.errors import StoreError
from docctl.model.problem import Problem
from docctl.rules.records import Record
from docctl.store.layout import kept_folder
from docctl.store.vault.reading import VaultReader
from docctl.verify.archive import JudgedArchive
from docctl.verify.codes import advice, problem

Progress = Callable[[int, int], None]

#: What is reported of a payload that should be there, by what became of it.
_LOST = MappingProxyType(
    {
        "missing": ("missing-payload", "history promises it, and it is not in the vault"),
        "key missing": ("missing-payload", "its key is not there, so nobody can read it"),
        "altered": ("altered-payload", "it is not what was captured"),
    }
)


def payloads(
    archive: JudgedArchive, vault: VaultReader, progress: Progress | None = None
) -> Iterator[Problem]:
    """Yield what is wrong with the payloads of every record. Nothing is changed."""
    records = list(archive.records())
    for done, record in enumerate(records, start=1):
        try:
            yield from _problems(archive, vault, record)
        except StoreError as error:
            yield problem("unreadable-vault", kept_folder("records", record.number), str(error))
        if progress is not None:
            progress(done, len(records))


def _problems(archive: JudgedArchive, vault: VaultReader, record: Record) -> Iterator[Problem]:
    place = kept_folder("records", record.number)
    outcomes = [(stub, vault.outcome(record.number, stub)) for stub in record.stubs]
    if record.disposed is None:
        for stub, outcome in outcomes:
            if outcome in _LOST:
                code, sentence = _LOST[outcome]
                yield problem(code, f"{place}/{stub.commitment[:12]}", sentence)
        return
    left = [stub for stub, outcome in outcomes if outcome != "missing"]
    if not left:
        return
    number = getattr(getattr(record.disposed.event, "data", None), "disposal", "")
    disposal = archive.disposal(number)
    if disposal is None or disposal.certified is None:
        sentence = f"{number} has let it go, and it is still in the vault"
        yield advice("unfinished-disposal", place, sentence)
    else:
        sentence = f"{number} certifies that it is gone, and it is in the vault"
        yield problem("returned-payload", place, sentence)
