"""What a change leaves in the history for ever: no person's address or number, unless meant."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from docctl.content.lint.personal import personal_in
from docctl.desk.signing.prepared import Prepared
from docctl.errors import IncompleteError
from docctl.model.access import ACCESS
from docctl.model.base import Model
from docctl.model.event import Event
from docctl.rules.authority import Authority
from docctl.store.layout import META, content_folder
from docctl.store.reading.reader import Reader

_HINT = (
    "the history keeps it for ever: name a function, or let a field of the record say it; "
    "if it is none, or must stand there: --with-personal-data"
)


#: Shorter parts of a name say nothing of whose it is.
_SHORTEST = 3


def require_impersonal(prepared: Prepared, reader: Reader, authority: Authority) -> None:
    """Refuse a change whose reasons, titles or identifiers look like personal data.

    Where the vault keeps names, nothing may hold one, ACCESS included. Of a draft that is
    saved what its front matter says anew is looked at; *reader* has the draft that was.

    Raises:
        IncompleteError: everything that was found, of every statement, with where it stands.
    """
    names = _names_kept_out(authority)
    found = [
        (one.event.item, fault)
        for one in prepared.statements
        for fault in _faults(one.event, dict(_saved(prepared, one.event, reader)), names)
    ]
    if found:
        several = len(prepared.statements) > 1
        faults = [f"{item}: {fault}" if several else fault for item, fault in found]
        what = "the change" if several else found[0][0]
        raise IncompleteError(what, faults, hint=_HINT)


def _faults(event: Event, saved: Mapping[str, str], names: Collection[str]) -> Iterator[str]:
    """Yield what looks personal in an event, or in the front matter that it saves."""
    for where, text in (*_texts(event), *saved.items()):
        yield from (f"{where.replace('_', ' ')}: {fault}" for fault in personal_in(text))
    if names:
        yield from (f"{where}: it holds a person's name" for where in _naming(event, names))
        for where, text in saved.items():
            if any(_holds(text, name) for name in names):
                yield f"{where}: it holds a person's name"


def _saved(prepared: Prepared, event: Event, reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield what the front matter of a saved draft says that it did not say before."""
    path = f"{content_folder(event.item, event.revision or '')}/{META}"
    data = prepared.files.get(path) if event.type == "saved" else None
    if not data:
        return
    before = reader.entry(prepared.base, path) if prepared.base else None
    known = _front(reader.read(before.oid)) if before else {}
    yield from ((name, text) for name, text in _front(data).items() if known.get(name) != text)


def _front(data: bytes) -> dict[str, str]:
    said = json.loads(data)
    change = said.get("change") or {}
    texts = {"title": said.get("title"), **{one: change.get(one) for one in ("reason", "summary")}}
    return {name: text for name, text in texts.items() if text}


def _names_kept_out(authority: Authority) -> Collection[str]:
    """Return the names that the history must not hold: those that the vault keeps."""
    if authority.names == "store":
        return ()
    return [one.name for one in authority.persons.values() if one.named and one.name != one.id]


def require_nameless(what: str, name: str, **texts: str | None) -> None:
    """Refuse to sign words that hold a name whose place is the vault, or the last part of it.

    Raises:
        IncompleteError: one of *texts* does; it is named by its key.
    """
    parts = (name, *name.split()[-1:])
    faults = [
        f"{where}: it holds the person's name"
        for where, text in texts.items()
        if any(_holds(text or "", part) for part in parts)
    ]
    if faults:
        hint = "the history keeps it for ever: leave it out, or say --with-personal-data"
        raise IncompleteError(what, faults, hint=hint)


def tells(text: str, name: str) -> bool:
    """Tell whether a path holds any part of a name."""
    parts = [part for part in name.casefold().split() if len(part) >= _SHORTEST]
    return any(part in text.casefold() for part in parts)


def _holds(text: str, name: str) -> bool:
    words = r"[\W_]+".join(map(re.escape, name.casefold().split()))
    return bool(words) and bool(re.search(rf"(?<![^\W_]){words}(?![^\W_])", text.casefold()))


def _naming(event: Event, names: Collection[str]) -> Iterator[str]:
    """Yield where an event holds a name; keys, digests and ids cannot."""
    said = event.model_dump(mode="json", include={"reason", "data"})
    for where, text in _words(said):
        if any(_holds(text, name) for name in names):
            yield where.replace("_", " ")


def _words(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _words(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one, where)


def _texts(event: Event) -> Iterator[tuple[str, str]]:
    """Yield what people have written into an event, and where; ACCESS is there to name them."""
    yield "reason", event.reason
    data = getattr(event, "data", None)
    for where, value in iter(data or ()) if event.item != ACCESS else ():
        if isinstance(value, str):
            yield where, value
        elif isinstance(value, Mapping):
            yield from ((str(name), one) for name, one in value.items() if isinstance(one, str))
        elif isinstance(value, BaseModel):
            yield from ((name, one) for name, one in value if isinstance(one, str))
        elif isinstance(value, tuple):
            yield from ((where, one) for one in value if isinstance(one, str))
            models = (one for one in value if isinstance(one, Model))
            yield from (
                (name, text) for one in models for name, text in one if isinstance(text, str)
            )
