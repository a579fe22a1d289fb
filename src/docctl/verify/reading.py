"""Changes by themselves, whatever stood before them: files, statements, signatures."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from docctl.model.access import ACCESS
from docctl.model.control import CONTROL
from docctl.model.events import AnyEvent
from docctl.model.problem import Problem
from docctl.store.history import ChangedFiles
from docctl.verify.files import EventFile, Files, sorted_files
from docctl.verify.statements import EventSignatures, misplaced, read_event, signatures

_RANK = MappingProxyType({ACCESS: 0, CONTROL: 1})


class FoundStatement(NamedTuple):
    """A new event that could be read, and the file that it was read from."""

    event: AnyEvent
    file: EventFile

    def order(self) -> tuple[object, ...]:
        """Return its place among the events of its change: people, settings, documents."""
        item = self.event.item
        return _RANK.get(item, len(_RANK)), item, self.file.name.seq, self.event.seq is None


class Reading(NamedTuple):
    """A change, and what its files say."""

    changed: ChangedFiles
    files: Files
    statements: tuple[FoundStatement, ...]
    """In the order in which they are judged."""

    problems: tuple[Problem, ...]
    """Of events that cannot be read, or stand where they should not."""

    signatures: Mapping[str, EventSignatures]
    """By the path of the event that they sign."""


def read(changes: Sequence[ChangedFiles]) -> list[Reading]:
    """Return what each of these changes says, with every signature verified.

    They are read together, one kind of work after the other: a processor is much faster at what
    it has just done.
    """
    files = [sorted_files(one.files) for one in changes]
    statements = [_statements(one) for one in files]
    return [
        Reading(changed, sort, *stated, _signatures(sort, stated[0]))
        for changed, sort, stated in zip(changes, files, statements, strict=True)
    ]


def _statements(files: Files) -> tuple[tuple[FoundStatement, ...], tuple[Problem, ...]]:
    statements, problems = [], []
    for file in files.events:
        if file.file.data is None:
            continue
        event = read_event(file.file.data, file.file.path)
        if isinstance(event, Problem):
            problems.append(event)
        elif wrong := misplaced(event, file):
            problems.append(wrong)
        else:
            statements.append(FoundStatement(event, file))
    if len(statements) > 1:
        statements.sort(key=FoundStatement.order)
    return tuple(statements), tuple(problems)


def _signatures(files: Files, statements: Sequence[FoundStatement]) -> dict[str, EventSignatures]:
    return {
        file.path: signatures(file.data or b"", files.signatures.get(file.path, ()))
        for file in (one.file.file for one in statements)
    }
