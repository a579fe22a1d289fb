"""The files of a change, sorted into what they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from docctl.model.access import ACCESS
from docctl.model.base import FileName, Label, Number, PersonId
from docctl.model.control import CONTROL
from docctl.model.problem import Problem
from docctl.store.history import ChangedFile
from docctl.store.layout import (
    BODY,
    FILES,
    META,
    SETTINGS,
    STORE_FILE,
    SUMS,
    EventName,
    Place,
    event_name,
    place,
)
from docctl.verify.codes import listed, problem

#: The only mode of a file.
PLAIN = "100644"

_KINDS = MappingProxyType(
    {
        "120000": "a symbolic link",
        "160000": "a submodule",
        "100755": "executable",
    }
)

_TEXTS = frozenset({META, BODY, SUMS})
_CONTROLS = frozenset({SETTINGS, SUMS})
_NUMBER: TypeAdapter[Any] = TypeAdapter(Number)
_LABEL: TypeAdapter[Any] = TypeAdapter(Label)
_NAME: TypeAdapter[Any] = TypeAdapter(FileName)


class EventFile(NamedTuple):
    """The file of a new event, and what its path says of it."""

    file: ChangedFile
    place: Place
    name: EventName


class SignatureFile(NamedTuple):
    """The file of a new signature; *person* is the one whom its name gives, if any."""

    file: ChangedFile
    person: PersonId


RevisionFolder = tuple[str, Label]
"""The content of a revision: its item and label."""


@dataclass(slots=True)
class Files:
    """What a change touched."""

    events: list[EventFile] = field(default_factory=list)
    signatures: defaultdict[str, list[SignatureFile]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By the path of the event that they sign."""

    content: defaultdict[RevisionFolder, dict[str, ChangedFile]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """By folder, and by name inside it."""

    store_file: ChangedFile | None = None
    problems: list[Problem] = field(default_factory=list)


def sorted_files(changed: Iterable[ChangedFile]) -> Files:
    """Sort the files of a change; what has no place in a store is a problem."""
    files = Files()
    foreign = []
    for file in changed:
        if file.mode not in {PLAIN, ""}:
            kind = _KINDS.get(file.mode, f"of the mode {file.mode}")
            files.problems.append(problem("foreign-mode", file.path, f"it is {kind}"))
        here = place(file.path)
        if file.path == STORE_FILE:
            files.store_file = file
        elif here is None or not _is_known(here):
            foreign.append(file.path)
        elif here.part == "content":
            files.content[here.item, here.label or ""][here.name] = file
        elif name := event_name(here.name):
            _sort_event(files, file, here, name)
        else:
            foreign.append(file.path)
    if foreign:
        sentence = f"the layout of a store has no such path: {listed(foreign)}"
        files.problems.append(problem("foreign-path", foreign[0], sentence))
    return files


def _sort_event(files: Files, file: ChangedFile, here: Place, name: EventName) -> None:
    if file.existed:
        code, what = ("event-changed", "changed") if file.mode else ("event-deleted", "deleted")
        files.problems.append(
            problem(code, file.path, f"it was signed and stored before, and is {what} here")
        )
    elif name.kind == "json":
        files.events.append(EventFile(file, here, name))
    else:
        event, person = _signed_by(file.path, here, name)
        files.signatures[event].append(SignatureFile(file, person))


def _signed_by(path: str, here: Place, name: EventName) -> tuple[str, PersonId]:
    """Return the path of the event that a signature is for, and the cosigner it names."""
    if here.item == ACCESS and name.person:
        return f"{path.removesuffix(f'.{name.person}.sig')}.json", name.person
    return f"{path.removesuffix('.sig')}.json", ""


@lru_cache(maxsize=1 << 14)
def _fits(adapter: TypeAdapter[Any], text: str | None) -> bool:
    try:
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True


def _is_known(here: Place) -> bool:
    if here.item == ACCESS:
        return True
    if here.root != "documents":
        return _fits(_NUMBER, here.item)
    if not _fits(_LABEL, here.label):
        return False
    if here.item == CONTROL:
        return here.part == "events" or here.name in _CONTROLS
    if not _fits(_NUMBER, here.item):
        return False
    return here.part == "events" or here.name in _TEXTS or _is_attachment(here.name)


def _is_attachment(name: str) -> bool:
    return name.startswith(FILES) and _fits(_NAME, name.removeprefix(FILES))
