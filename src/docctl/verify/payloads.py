"""What lies in the vault, held against what the history says of it: four outcomes of a payload.

Present and right; lawfully destroyed, with a certificate; kept elsewhere; or missing, altered, or
back after its destruction, which are problems.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from pydantic import ValidationError

from docctl.errors import StoreError, VaultAccessError
from docctl.model.access import ACCESS, Person
from docctl.model.base import PersonId, Word
from docctl.model.problem import Problem
from docctl.model.records.record import Content, RecordId, Stub
from docctl.rules.records import Record
from docctl.rules.records.anonymous import payloads_of, says, without
from docctl.rules.records.chain import data_of
from docctl.rules.records.record import remains_of
from docctl.store.layout import folder, kept_folder
from docctl.store.vault.copies import Outcome
from docctl.store.vault.reading import VaultReader
from docctl.verify.archive import JudgedArchive
from docctl.verify.codes import advice, problem

Progress = Callable[[int, int], None]
"""Is told how many changes or records are done, and how many there are."""

_PEOPLE = folder(ACCESS)

#: What is reported of a payload that should be there, by what became of it.
_LOST = MappingProxyType(
    {
        "missing": ("missing-payload", "history promises it, and it is not in the vault"),
        "key missing": ("missing-payload", "its key is not there, so nobody can read it"),
        "altered": ("altered-payload", "it is not what was captured"),
    }
)

#: What says nothing against a disposal.
_NOT_SEEN = frozenset({"missing", "not readable here"})

#: Gives the vault of a name, the library's own without one; raises `VaultAccessError`.
VaultOf = Callable[[Word | None], VaultReader]

Outcomes = Sequence[tuple[Stub, Outcome]]


def payloads(
    archive: JudgedArchive, vaults: VaultOf, progress: Progress | None = None
) -> Iterator[Problem]:
    """Yield what is wrong with the payloads of every record. Nothing is changed.

    Those of a vault that may not be read here are counted, and told as one advice; those that a
    vault could not show, as one problem for each reason.
    """
    records = list(archive.records())
    closed: Counter[str] = Counter()
    failed: dict[tuple[str, str], list[RecordId]] = defaultdict(list)
    for done, record in enumerate(records, start=1):
        name = f"vault {record.vault or ''}".strip()
        try:
            outcomes = _outcomes(vaults, record)
            if "not readable here" not in {one for _, one in outcomes}:
                yield from _remaining(vaults, record)
        except StoreError as error:
            failed[name, str(error)].append(record.number)
        else:
            closed[name] += [one for _, one in outcomes].count("not readable here")
            yield from _problems(archive, record, outcomes)
        if progress is not None:
            progress(done, len(records))
    yield from _unread(closed, failed)
    yield from _every_name(archive, vaults)


def _unread(
    closed: Counter[str], failed: Mapping[tuple[str, str], Sequence[RecordId]]
) -> Iterator[Problem]:
    """Yield which vaults could not be looked at, once for each reason."""
    for (name, why), numbers in sorted(failed.items()):
        sentence = f"{why}; records not looked at: {len(numbers)}, beginning with {numbers[0]}"
        yield problem("unreadable-vault", name, sentence)
    for name, count in sorted(closed.items()):
        if count:
            sentence = f"{count} of its payloads were not looked at: it is not readable here"
            yield advice("closed-vault", name, sentence)


def _every_name(archive: JudgedArchive, vaults: VaultOf) -> Iterator[Problem]:
    """Yield what is said of the names of people, once where the vault cannot be reached."""
    failed: dict[str, list[PersonId]] = defaultdict(list)
    for person in archive.world.authority.persons.values():
        try:
            yield from _names(vaults, person)
        except StoreError as error:
            failed[str(error)].append(person.id)
    for why, people in sorted(failed.items()):
        yield advice("unreadable-name", _PEOPLE, f"{why}; names not looked at: {len(people)}")


def _names(vaults: VaultOf, person: Person) -> Iterator[Problem]:
    """Yield what is said of a person's name: no verdict needs it, and no clone has to have it."""
    place = f"{_PEOPLE}/{person.id}"
    if person.named and vaults(None).outcome(person.id, person.named) != "present":
        yield advice(
            "unreadable-name", place, "the name is not readable here: its id stands for it"
        )
    if any(vaults(None).outcome(person.id, stub) != "missing" for stub in person.let_go):
        yield problem("returned-name", place, "the name was let go, and it is in the vault")


def _outcomes(vaults: VaultOf, record: Record) -> Outcomes:
    if not record.stubs:
        return []
    try:
        vault = vaults(record.vault)
    except VaultAccessError:
        return [(stub, "not readable here") for stub in record.stubs]
    return [(stub, vault.outcome(record.number, stub)) for stub in record.stubs]


def _remaining(vaults: VaultOf, record: Record) -> Iterator[Problem]:
    """Yield what is wrong with what remains of an anonymous record."""
    left, place = record.remains, kept_folder("records", record.number)
    if left is None:
        return
    vault = vaults(record.vault)
    key = remains_of(record.number)
    if lost := _LOST.get(vault.outcome(key, left)):
        yield problem(lost[0], f"{place}/{left.commitment[:12]}", lost[1])
        return
    removed = record.removed
    try:
        said = Content.model_validate_json(b"".join(vault.read(key, left)))
    except ValidationError:
        yield problem("altered-payload", place, "what remains of it cannot be read")
        return
    if found := [name for name in removed if name in said.fields]:
        yield problem("not-anonymous", place, f"what remains of it still says {found[0]!r}")
    if said.attachments:
        yield problem("not-anonymous", place, "a file still lies beside what remains of it")
    before = _before(vault, record)
    if before is not None and without(says(before), removed) != without(said.fields, removed):
        yield problem("altered-payload", place, "what remains of it is not what it said")


def _before(vault: VaultReader, record: Record) -> list[Content] | None:
    """Return what a record said before it was made anonymous; nothing where that is gone."""
    stubs = payloads_of(record)
    if any(vault.outcome(record.number, one) != "present" for one in stubs):
        return None
    with suppress(ValidationError):
        read = (b"".join(vault.read(record.number, one)) for one in stubs)
        return [Content.model_validate_json(data) for data in read]
    return None


def _problems(archive: JudgedArchive, record: Record, outcomes: Outcomes) -> Iterator[Problem]:
    place = kept_folder("records", record.number)
    if record.disposed is None:
        for stub, outcome in outcomes:
            if outcome in _LOST:
                code, sentence = _LOST[outcome]
                yield problem(code, f"{place}/{stub.commitment[:12]}", sentence)
        return
    left = [stub for stub, outcome in outcomes if outcome not in _NOT_SEEN]
    if record.elsewhere and record.original_gone is None and record.status != "transferred":
        sentence = "it was let go, and nobody has stated that its original elsewhere was destroyed"
        yield advice("unfinished-disposal", place, sentence)
    if not left:
        return
    number = getattr(getattr(record.disposed.event, "data", None), "disposal", "")
    disposal = archive.disposal(number)
    certified = data_of(disposal.certified) if disposal and disposal.certified else None
    results = {one.record: one.result for one in getattr(certified, "outcomes", ())}
    if results.get(record.number) == "not_reached":
        sentence = f"{number} could not reach every copy; run it again where it still lies"
        yield advice("unfinished-disposal", place, sentence)
    elif certified is None:
        sentence = f"{number} has let it go, and it is still in the vault"
        yield advice("unfinished-disposal", place, sentence)
    else:
        sentence = f"{number} certifies that it is gone, and it is in the vault"
        yield problem("returned-payload", place, sentence)
