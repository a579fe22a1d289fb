"""Fixity: every vault held against the history, and put right where that is safe."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.errors import InputError, VaultAccessError, VaultError
from docctl.model.answers.vault import (
    VaultCopied,
    VaultCopy,
    VaultFault,
    VaultMended,
    VaultReport,
    VaultStranger,
)
from docctl.model.base import Word
from docctl.model.records.record import Disposed, RecordId, Stub
from docctl.store.vault.mending import Mended
from docctl.store.vault.scrubbing import Scrub, Stranger
from docctl.store.vault.several import MarkedVault
from docctl.store.vault.shelf import UNFINISHED, key_name, payload_name

Progress = Callable[[int, int], None]


class Looked(NamedTuple):
    """One vault, and what a look through it found."""

    name: Word | None
    vault: MarkedVault | None
    """Nothing where this machine does not know it."""

    found: Scrub


class _Gone(NamedTuple):
    """What a file on a shelf was, before a disposal let it go."""

    record: RecordId
    disposal: RecordId


def expected(bench: Bench, vault: Word | None = None) -> Iterator[tuple[RecordId, Stub]]:
    """Yield every payload that history promises in a vault."""
    for record in bench.archive().records():
        if record.vault == vault:
            yield from record.there
    people = bench.world.authority.persons.values() if vault is None else ()
    yield from ((one.id, one.named) for one in people if one.named)


def looked_through(bench: Bench, progress: Progress | None = None) -> tuple[Looked, ...]:
    """Read every copy of every payload of every vault to its end.

    A vault that cannot be read is told like a copy that was not reached.
    """
    vaults = {name: _known(bench, name) for name in _used(bench)}
    told = _counted(bench, vaults, progress) if progress else int
    return tuple(
        Looked(name, vault, _scrubbed(bench, name, told)) for name, vault in vaults.items()
    )


def brought_up_to_date(
    bench: Bench, *, only_missing: bool, progress: Progress | None = None
) -> VaultCopied:
    """Write anew what a copy of a vault lacks or holds altered; see `Vault.mend`."""
    vaults = {name: _known(bench, name) for name in _used(bench)}
    told = _counted(bench, vaults, progress) if progress else int
    done: list[VaultMended] = []
    unreached: list[str] = []
    for name in vaults:
        try:
            vault = bench.vaults.of(name)
            found = vault.mend(expected(bench, name), told, only_missing=only_missing)
            done += map(_mended, found)
        except VaultError as error:
            unreached.append(str(error))
    return VaultCopied(
        payloads=sum(1 for name in vaults for _ in expected(bench, name)),
        mended=tuple(done),
        unreached=tuple(unreached),
    )


def begun(bench: Bench, address: str) -> None:
    """Mark a place that the settings of this machine name, so that it is used from now on.

    Raises:
        InputError: they name no such place.
        VaultError: it cannot be reached, or carries another mark.
    """
    if not any(vault.begin_at(address) for vault in bench.vaults.all):
        raise InputError(
            f"docctl.toml names no place {address} of a vault",
            hint="add it there first: to vault, or to payloads of [vaults.NAME]",
        )


def _mended(one: Mended) -> VaultMended:
    return VaultMended(
        record=one.record,
        commitment=one.stub.commitment,
        copy_at=one.address,
        was=one.was,
        why=one.why,
    )


def let_go(bench: Bench, looked: Sequence[Looked]) -> tuple[Looked, ...]:
    """Leave only the strangers that history once named and let go, and what was never finished.

    What it has never named may belong to a newer history than this one.
    """
    gone, unfinished = _gone(bench), f"{UNFINISHED}/"
    return tuple(
        one._replace(
            found=one.found.but(
                each
                for each in one.found.strangers
                if (one.name, each.name) in gone or each.name.startswith(unfinished)
            )
        )
        for one in looked
    )


def swept(looked: Iterable[Looked]) -> tuple[str, ...]:
    """Remove the strangers, and return what could not be removed and why."""
    reached = [one.vault.sweep(one.found.strangers) for one in looked if one.vault]
    return tuple(why for one in reached for why in one.not_reached)


def report(bench: Bench, looked: Sequence[Looked]) -> VaultReport:
    """Return what a look through the vaults found."""
    gone = _gone(bench)
    leftovers = {(one.name, each) for one in looked for each in _harmless(bench, one)}
    return VaultReport(
        payloads=sum(one.found.payloads for one in looked),
        copies=tuple(copy for one in looked for copy in _copies(one)),
        faults=tuple(
            VaultFault(
                record=fault.record,
                commitment=fault.stub.commitment,
                copy_at=fault.address,
                outcome=fault.outcome,
            )
            for one in looked
            for fault in one.found.faults
        ),
        strangers=tuple(
            _stranger(each, gone.get((one.name, each.name)))
            for one in looked
            for each in one.found.strangers
            if (one.name, each) not in leftovers
        ),
        leftovers=len(leftovers),
        unreached=tuple(why for one in looked for why in one.found.unreached),
    )


def _used(bench: Bench) -> dict[Word | None, None]:
    """Return the vaults in which history promises something, or once did."""
    used = {record.vault for record in bench.archive().records() if record.stubs}
    if bench.world.authority.names == "vault":
        used.add(None)
    return dict.fromkeys(sorted(used, key=lambda name: name or ""))


def _known(bench: Bench, name: Word | None) -> MarkedVault | None:
    try:
        return bench.vaults.of(name)
    except VaultAccessError:
        return None


def _counted(
    bench: Bench, vaults: Mapping[Word | None, MarkedVault | None], progress: Progress
) -> Callable[[int], None]:
    """Return what tells *progress* of every byte that is read, of all copies together."""
    total = sum(
        stub.size * len(vault.payloads)
        for name, vault in vaults.items()
        if vault is not None
        for _, stub in expected(bench, name)
    )
    done = 0

    def told(size: int) -> None:
        nonlocal done
        done += size
        progress(min(done, total), total)

    return told


def _scrubbed(bench: Bench, name: Word | None, told: Callable[[int], object]) -> Scrub:
    try:
        return bench.vaults.of(name).scrub(expected(bench, name), progress=told)
    except VaultError as error:
        promised = sum(1 for _ in expected(bench, name))
        return Scrub(promised, (), (), (str(error),))


def _gone(bench: Bench) -> dict[tuple[Word | None, str], _Gone | None]:
    """Return what was let go, by vault and name of the file: of a disposal, or a person's name."""
    gone: dict[tuple[Word | None, str], _Gone | None] = {}
    for one in bench.world.authority.persons.values():
        gone |= {(None, payload_name(stub.commitment)): None for stub in one.let_go}
        gone |= {(None, key_name(one.id)): None} if one.erased else {}
    for record in bench.archive().records():
        event = record.disposed.event if record.disposed else None
        if isinstance(event, Disposed):
            names = (
                key_name(record.number),
                *(payload_name(one.commitment) for one in record.stubs),
            )
            was = _Gone(record.number, event.data.disposal)
            gone |= {(record.vault, name): was for name in names}
    return gone


def _harmless(bench: Bench, looked: Looked) -> Iterator[Stranger]:
    """Yield keys without anything that they open, left where a capture was refused."""
    archive, at = bench.archive(), looked.vault.keys.address if looked.vault else ""
    keys = (one for one in looked.found.strangers if one.address == at)
    people = bench.world.authority.persons
    owners = ((one, one.name.rpartition("/")[2]) for one in keys)
    return (one for one, of in owners if archive.record(of) is None and of not in people)


def _stranger(found: Stranger, was: _Gone | None) -> VaultStranger:
    return VaultStranger(
        copy_at=found.address,
        name=found.name,
        record=was.record if was else None,
        disposal=was.disposal if was else None,
    )


def _copies(looked: Looked) -> Iterator[VaultCopy]:
    """Yield each copy of a vault, and the place of its keys, with what was found there."""
    found = looked.found
    for shelf in looked.vault.payloads if looked.vault else ():
        reached = shelf.address in found.looked_at
        faults = sum(1 for one in found.faults if one.address == shelf.address)
        yield VaultCopy(
            vault=looked.name,
            copy_at=shelf.address,
            reached=reached,
            right=found.payloads - faults if reached else 0,
            faults=faults,
            strangers=sum(1 for one in found.strangers if one.address == shelf.address),
        )
