"""Statements: an event with its bytes and signatures, and what an event says by default."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from docctl.model.base import PersonId, Word
from docctl.model.event import Event
from docctl.model.events import AnyEvent
from docctl.rules.steps import Case, closing_votes, expected_route
from docctl.store.layout import signature_path
from docctl.trust.canonical import digest
from office.keys import Key

#: Every kind of event by its name.
EVENTS: Mapping[Word, type[Event]] = {
    one.model_fields["type"].default: one for one in get_args(get_args(AnyEvent)[0])
}


@dataclass(frozen=True)
class Statement:
    """An event with its bytes and signatures, and the content that lands with it."""

    event: Event
    path: str
    data: bytes
    signatures: Mapping[str, bytes]
    keys: tuple[str, ...]
    content: Mapping[str, bytes | None] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        return digest(self.data)

    @property
    def files(self) -> dict[str, bytes | None]:
        return {self.path: self.data, **self.signatures, **self.content}

    def rewritten(self, data: bytes, key: Key) -> "Statement":
        """Return it with other bytes, signed by this key."""
        made = {signature_path(self.path): key.sign(data).encode()}
        return replace(self, data=data, signatures=made, keys=(key.public_key.fingerprint,))

    def moved(self, path: str) -> "Statement":
        """Return it at another path."""
        (made,) = self.signatures.values()
        return replace(self, path=path, signatures={signature_path(path): made})

    def cosigned(self, person: PersonId, key: Key | None = None) -> "Statement":
        """Return it with a further administrator's signature."""
        key = key or Key(person)
        made = {signature_path(self.path, person): key.sign(self.data).encode()}
        keys = (*self.keys, key.public_key.fingerprint)
        return replace(self, signatures={**self.signatures, **made}, keys=keys)


def _submitted(case: Case, stub: Event) -> dict[str, Any]:
    authors = tuple(dict.fromkeys((*case.revision.editors, stub.signer)))
    return {
        "route": expected_route(case, stub, authors),
        "change": case.revision.change,
        "authors": authors,
        **_closing(case, stub),
    }


def _closing(case: Case, _: Event) -> dict[str, Any]:
    return {"votes": closing_votes(case)}


def _revised(case: Case, _: Event) -> dict[str, Any]:
    label = str(int(case.dossier.newest.label) + case.dossier.newest.used)
    return {"revision": label, "based_on": case.revision.label, "change": "content"}


def _proposed(case: Case, stub: Event) -> dict[str, Any]:
    return {"route": expected_route(case, stub, (stub.signer,))}


#: The data of a legal event, as far as they follow from the case.
DATA: Mapping[Word, Callable[[Case, Event], dict[str, Any]]] = {
    "submitted": _submitted,
    "saved": lambda case, _: {"base": case.revision.content, **_closing(case, _)},
    "revised": _revised,
    "rerouted": lambda case, stub: {"route": expected_route(case, stub, case.revision.editors)},
    "reopened": _closing,
    "cancelled": _closing,
    "released": lambda case, stub: {"effective_on": stub.date, **_closing(case, stub)},
    "review_proposed": lambda case, stub: {"outcome": "keep", **_proposed(case, stub)},
    "withdrawal_proposed": lambda case, stub: {"from_on": stub.date, **_proposed(case, stub)},
}
