"""A new event of a change: read from its bytes, with the keys whose signatures hold."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from docctl.errors import EventError, InputError, SignatureError
from docctl.model.base import PersonId
from docctl.model.event import Event
from docctl.model.events import EVENT, AnyEvent
from docctl.model.problem import Problem
from docctl.store.layout import event_path
from docctl.trust.canonical import parse_canonical
from docctl.trust.keys import PublicKey
from docctl.trust.sshsig import verify
from docctl.verify.codes import problem
from docctl.verify.files import EventFile, SignatureFile


class Holding(NamedTuple):
    """A signature that holds: whose key made it, and the cosigner whom its path names."""

    path: str
    fingerprint: str
    person: PersonId = ""


class EventSignatures(NamedTuple):
    """The signatures that stand beside an event."""

    holding: tuple[Holding, ...]
    problems: tuple[Problem, ...]
    """Of those that do not hold."""

    own: bool
    """Whether there is one that is not a cosigner's, holding or not."""


def read_event(data: bytes, path: str) -> AnyEvent | Problem:
    """Return the event that these bytes are, or why they are none."""
    try:
        value = parse_canonical(data)
    except EventError as error:
        return problem("not-canonical", path, str(error))
    if not data.isascii() and not unicodedata.is_normalized("NFC", data.decode()):
        return problem("not-canonical", path, "a text in it is not in Unicode's form NFC")
    if "v" not in value:
        return problem("not-an-event", path, "it names no rule set")
    try:
        return EVENT.validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return problem("not-an-event", path, f"{where}: {first['msg']}")


def misplaced(event: Event, found: EventFile) -> Problem | None:
    """Return a problem where an event's fields and its path do not agree."""
    expected = event_path(event, answers=found.name.seq)
    if expected == found.file.path:
        return None
    return problem("misplaced-event", found.file.path, f"its place would be {expected}")


def signatures(data: bytes, files: Sequence[SignatureFile]) -> EventSignatures:
    """Verify the signatures over *data*."""
    holding: list[Holding] = []
    problems: list[Problem] = []
    for file, person in files:
        if file.data is None:  # reported as lost
            continue
        try:
            key = verify(data, file.data).key
        except SignatureError as error:
            problems.append(problem("bad-signature", file.path, str(error)))
        else:
            holding.append(Holding(file.path, key.fingerprint, person))
    own = not all(one.person for one in files)
    return EventSignatures(tuple(holding), tuple(problems), own)


def keys_named(event: AnyEvent, path: str) -> Iterator[Problem]:
    """Yield a problem where a key and its fingerprint in an event do not belong together."""
    data: Any = getattr(event.data, "founder", event.data)
    line = getattr(data, "key", None)
    if line is None:
        return
    try:
        key = PublicKey.parse(line)
    except InputError as error:
        yield problem("key-mismatch", path, str(error))
        return
    if (key.line, key.fingerprint) != (line, data.fingerprint):
        yield problem("key-mismatch", path, f"the key's fingerprint is {key.fingerprint}")
