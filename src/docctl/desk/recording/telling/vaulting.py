"""Fixity: the vault held against the history, and put right where that is safe."""

from collections.abc import Callable, Iterator

from docctl.desk.bench import Bench
from docctl.model.answers.vault import VaultFault, VaultReport, VaultStranger
from docctl.model.records.record import RecordId, Stub
from docctl.store.vault.scrubbing import Scrub, Stranger
from docctl.store.vault.shelf import UNFINISHED, key_name, payload_name

Progress = Callable[[int, int], None]


def expected(bench: Bench) -> Iterator[tuple[RecordId, Stub]]:
    """Yield every payload that history promises."""
    for record in bench.archive().records():
        if record.disposed is None:
            yield from ((record.number, stub) for stub in record.stubs)


def scrubbed(bench: Bench, progress: Progress | None = None) -> Scrub:
    """Read every copy of every payload to its end.

    Raises:
        StoreError: the shelf of keys cannot be reached.
    """
    total = sum(stub.size for _, stub in expected(bench)) if progress else 0
    done = 0

    def told(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(min(done, total), total)

    if next(bench.archive().numbers("records"), None) is None:
        return Scrub(0, (), (), ())  # the vault is made with the first record
    return bench.vault.scrub(expected(bench), progress=told)


def let_go(bench: Bench, found: Scrub) -> tuple[Stranger, ...]:
    """Return the strangers that history once named and let go, and what was never finished.

    What it has never named may belong to a newer history than this one.
    """
    gone: set[str] = set()
    for record in bench.archive().records():
        if record.disposed is not None:
            gone |= {key_name(record.number)}
            gone |= {payload_name(stub.commitment) for stub in record.stubs}
    unfinished = f"{UNFINISHED}/"
    return tuple(
        one for one in found.strangers if one.name in gone or one.name.startswith(unfinished)
    )


def report(bench: Bench, found: Scrub) -> VaultReport:
    """Return what a scrub found."""
    archive = bench.archive()
    # A key without anything that it opens is left where a capture was refused: no harm is in it.
    leftovers = {
        one
        for one in found.strangers
        if one.address == bench.vault.keys.address
        and archive.record(one.name.rpartition("/")[2]) is None
    }
    return VaultReport(
        payloads=found.payloads,
        faults=tuple(
            VaultFault(
                record=one.record,
                commitment=one.stub.commitment,
                copy_at=one.address,
                outcome=one.outcome,
            )
            for one in found.faults
        ),
        strangers=tuple(
            VaultStranger(copy_at=one.address, name=one.name)
            for one in found.strangers
            if one not in leftovers
        ),
        leftovers=len(leftovers),
        unreached=found.unreached,
    )
