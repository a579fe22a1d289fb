"""A thief of the disk: writes into the store what no rule allows."""

from datetime import timedelta
from typing import Any

from firm import BEGINNING, Firm
from office import Key
from office.statement import EVENTS

from docctl.model.lifecycle import VOTES
from docctl.rules.meaning import meaning
from docctl.store.layout import event_path, signature_path
from docctl.trust.canonical import canonical, digest

Files = dict[str, bytes | None]


def smuggle(firm: Firm, files: Files) -> None:
    """Write files into the store with no event that allows it, as a thief of the disk could."""
    firm.ada.store.land(files, message="Nothing to see\n", author="ada", when=BEGINNING)


def stored(firm: Firm, path: str) -> bytes:
    """Return the bytes of a file of the store."""
    reader = firm.ada.store.reader
    found = reader.entry(firm.head, path)
    assert found
    return reader.read(found.oid)


def put_in(firm: Firm, kind: str, number: str, data: Any, *, role: str = "author") -> str:
    """Write an event by the author that stands where it belongs, and return its digest."""
    dossier = firm.ada.bench.get(number)
    opened, voted = dossier.newest.round, kind in VOTES
    event = EVENTS[kind](
        v=1,
        library=dossier.events[0].event.library,
        item=number,
        revision="1",
        type=kind,
        meaning=meaning(kind, item=number, revision="1", answers="submitted" if voted else ""),
        content=dossier.newest.content,
        seq=None if voted else dossier.seq + 1,
        prev=opened.opened.digest if opened and voted else dossier.last,
        signer="ben",
        role=role,
        time=dossier.time + timedelta(minutes=1),
        date=firm.today,
        tool="git",
        data=data,
    )
    bytes_ = canonical(event.model_dump(mode="json", exclude_none=True))
    path = event_path(event, answers=opened.opened.event.seq if opened else None)
    smuggle(firm, {path: bytes_, signature_path(path): Key("ben").sign(bytes_).encode()})
    return digest(bytes_)
