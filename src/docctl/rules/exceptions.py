"""What every report must show: where the rules were bent, by whom, and until when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from docctl.model import lifecycle as life
from docctl.model.access import ACCESS
from docctl.model.control import CONTROL
from docctl.model.event import Signed
from docctl.rules.asof import in_force
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier
from docctl.rules.questioned import doubted_signers, to_look_at, to_sign_again

Kind = Literal[
    "exception",
    "own-work-signed",
    "sole-administrator",
    "no-spare-administrator",
    "too-few-administrators",
    "founded-without-approval",
    "questioned",
]


@dataclass(frozen=True, slots=True)
class Departure:
    """One fact that reports show, as a sentence."""

    kind: Kind
    subject: str
    """The person or the item that it is about."""

    sentence: str
    until: date | None = None
    """The last day of it, where it has one."""


def exceptions(
    authority: Authority,
    dossiers: Iterable[Dossier],
    *,
    on: date,
    changes: Iterable[Signed] = (),
) -> tuple[Departure, ...]:
    """Return what every report of a day must show, people first, then item by item.

    *dossiers* are those to be reported on, CONTROL among them, *changes* the events of ACCESS.
    Doubtful signatures are found only in events that carry their position and keys.
    """
    return (
        *_granted(authority, on),
        *_administrators(authority),
        *_changes(authority, changes),
        *(one for dossier in dossiers for one in _of_item(authority, dossier, on)),
    )


def _granted(authority: Authority, on: date) -> Iterator[Departure]:
    for grant in authority.exceptions:
        if on <= grant.until and authority.active(grant.person):
            yield Departure(
                "exception",
                grant.person,
                f"{grant.person} may review and approve what he or she wrote until "
                f"{grant.until.isoformat()}: {grant.reason}",
                grant.until,
            )


def _administrators(authority: Authority) -> Iterator[Departure]:
    able, needed = authority.administrators(), authority.threshold
    names = " and ".join(able)
    if not able:
        yield Departure(
            "too-few-administrators",
            ACCESS,
            "nobody can take up people or give keys and roles any more: no administrator can sign",
        )
    elif len(able) < needed:
        yield Departure(
            "too-few-administrators",
            ACCESS,
            "nobody can take up people or give keys and roles any more: it takes "
            f"{needed} administrators, and only {names} can sign",
        )
    elif len(able) == needed == 1:
        yield Departure(
            "sole-administrator", names, f"{names} alone can change people, keys and roles"
        )
    elif len(able) == needed:
        yield Departure(
            "no-spare-administrator",
            ACCESS,
            f"every change of people, keys and roles needs {names}: nobody can stand in for them",
        )


def _changes(authority: Authority, changes: Iterable[Signed]) -> Iterator[Departure]:
    for signed in to_look_at(authority, changes):
        event = signed.event
        who = " and ".join(doubted_signers(authority, signed))
        yield Departure(
            "questioned",
            ACCESS,
            f"{who} signed a change of {ACCESS} ({event.type}, {event.date.isoformat()}, event "
            f"{event.seq}) with a key that is suspect since then; look whether it may stand",
        )


def _of_item(authority: Authority, dossier: Dossier, on: date) -> Iterator[Departure]:
    current = in_force(dossier, on)
    if dossier.number == CONTROL and current and current.opened.event.type == "established":
        day = current.opened.event.date.isoformat()
        yield Departure(
            "founded-without-approval",
            CONTROL,
            f"the control settings in force were founded on {day} by "
            f"{current.opened.event.signer} without approval by another person",
        )
    yield from _own_work(dossier)
    for signed in to_sign_again(authority, dossier, on):
        event = signed.event
        yield Departure(
            "questioned",
            dossier.number,
            f"{event.signer} signed {dossier.number} revision {event.revision} "
            f"({event.type}, {event.date.isoformat()}) with a key that is suspect since then; "
            "it must be signed again",
        )


def _own_work(dossier: Dossier) -> Iterator[Departure]:
    wrote: dict[str, tuple[str, ...]] = {}
    for signed in dossier.events:
        event = signed.event
        if isinstance(event, life.Submitted):
            wrote[signed.digest] = event.data.authors
        elif isinstance(event, life.ReviewProposed | life.WithdrawalProposed):
            wrote[signed.digest] = (event.signer,)
        elif event.type in {"reviewed", "approved"} and event.signer in wrote.get(
            event.prev or "", ()
        ):
            yield Departure(
                "own-work-signed",
                dossier.number,
                f"{event.signer} {event.type} {dossier.number} revision {event.revision} on "
                f"{event.date.isoformat()}, which he or she wrote or proposed",
            )
