"""The guards of requests about personal data."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from docctl.errors import (
    DateError,
    EventError,
    HoldError,
    IllegalMoveError,
    IncompleteError,
    SeparationOfDutiesError,
)
from docctl.model.base import Word
from docctl.model.event import Event, Signed
from docctl.model.records.request import Decision, SubjectItem
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.persons import KEEPER, require_person, require_role
from docctl.rules.records.guards.records import require_reason
from docctl.rules.records.request import Request
from docctl.rules.records.retention.due import holding

#: Who may open, decide and answer a request.
ANSWERERS = (KEEPER, "management")


def opened(archive: Archive, signed: Signed) -> None:
    """Refuse a request about what does not exist, or from a day that is still to come."""
    event, data = signed.event, data_of(signed)
    require_reason(event)
    _require_answerer(archive, event)
    if data.received_on > event.date:
        raise DateError(event.item, data.received_on, "is still to come: nobody has asked yet")
    for one in data.items:
        if not _THERE[one.kind](archive, one.item):
            raise EventError(event.item, f"there is no {one.kind} {one.item}")


def decided(archive: Archive, signed: Signed) -> None:
    """Refuse decisions that somebody may not make, or that what is decided of does not allow."""
    event = signed.event
    request = _standing(archive, event, "decide")
    _require_answerer(archive, event)
    for one in data_of(signed).decisions:
        if one.subject not in request.items:
            raise EventError(
                event.item,
                f"{one.subject.item} is no item of it",
                hint=f"see its items: docctl subject show {event.item}",
            )
        if one.verdict == "erase":
            _require_other(archive, event, request)
            _require_erasable(archive, one)
        if one.basis == "hold" and not _holds(archive, one.subject):
            raise EventError(
                event.item,
                f"no hold stands on {one.subject.item}",
                hint="see: docctl hold list; or keep it on another basis",
            )


def answered(archive: Archive, signed: Signed) -> None:
    """Refuse an answer while something is undecided, or decided and not done."""
    event = signed.event
    request = _standing(archive, event, "answer")
    _require_answerer(archive, event)
    missing = [f"{one.item}: nothing is decided" for one in sorted(request.undecided, key=_by_item)]
    missing += [
        f"{subject.item}: {waits}"
        for subject in sorted(request.decisions, key=_by_item)
        if (waits := waits_for(archive, request, subject))
    ]
    if missing:
        raise IncompleteError(event.item, missing, hint=f"see: docctl subject show {event.item}")


def waits_for(archive: Archive, request: Request, subject: SubjectItem) -> str:
    """Return what is still to be done with an item by what was decided of it; else nothing."""
    decision, made = request.decisions[subject]
    return _DONE.get((subject.kind, decision.verdict), _nothing)(archive, subject.item, made)


def _by_item(one: SubjectItem) -> tuple[str, str]:
    return one.kind, one.item


def _standing(archive: Archive, event: Event, verb: str) -> Request:
    request = archive.request(event.item)
    if request is None or request.answered is not None:
        raise IllegalMoveError(event.item, verb, "answered", ())
    return request


def _require_answerer(archive: Archive, event: Event) -> None:
    require_person(archive, event)
    require_role(archive, event, ANSWERERS)


def _require_other(archive: Archive, event: Event, request: Request) -> None:
    """Let two persons erase: one who has found the items, and one who decides."""
    alone = archive.world.authority.excepted(event.signer, "self_approval", event.date)
    if event.signer == request.opened.event.signer and not alone:
        raise SeparationOfDutiesError(
            event.item, event.signer, did="opened", cannot="decide to erase for"
        )


def _require_erasable(archive: Archive, decision: Decision) -> None:
    subject = decision.subject
    if held := _holds(archive, subject):
        raise HoldError(subject.item, held)
    names = archive.world.authority.names
    if subject.kind == "document" or (subject.kind == "person" and names == "store"):
        raise EventError(
            subject.item,
            "the history keeps it for ever, and nothing can be erased there",
            hint="a document is rectified by a revision; names go where the vault keeps them",
        )


def _holds(archive: Archive, subject: SubjectItem) -> tuple[str, ...]:
    record = archive.record(subject.item) if subject.kind == "record" else None
    if record is not None:
        return tuple(holding(archive, record))
    standing = (one for one in archive.holds() if one.lifted is None)
    return tuple(one.number for one in standing if subject.item in one.documents)


def _nothing(_: Archive, __: str, ___: Signed) -> str:
    return ""


def _record_gone(archive: Archive, item: str, _: Signed) -> str:
    record = archive.record(item)
    return "" if record is None or record.disposed else "its disposal, authorised and run"


def _name_gone(archive: Archive, item: str, _: Signed) -> str:
    person = archive.world.authority.persons.get(item)
    return "" if person is None or person.erased else "the erasure of the name"


def _record_corrected(archive: Archive, item: str, made: Signed) -> str:
    record = archive.record(item)
    events = [one.event for one in record.chain.events] if record else []
    later = any(one.type == "amended" and one.time >= made.event.time for one in events)
    return "" if later else "an amendment of it"


def _document_corrected(archive: Archive, item: str, made: Signed) -> str:
    dossier = archive.dossier(item)
    events = [one.event for one in dossier.events] if dossier else []
    later = any(one.type == "released" and one.time >= made.event.time for one in events)
    return "" if later else "the release of a corrected revision"


#: Whether there is something of a kind.
_THERE: Mapping[Word, Callable[[Archive, str], object]] = MappingProxyType(
    {
        "record": lambda archive, item: archive.record(item),
        "person": lambda archive, item: archive.world.authority.persons.get(item),
        "document": lambda archive, item: archive.dossier(item),
    }
)

#: What shows that a decision was carried out; what is not here needs no more than the decision.
_DONE: Mapping[tuple[Word, Word], Callable[[Archive, str, Signed], str]] = MappingProxyType(
    {
        ("record", "erase"): _record_gone,
        ("person", "erase"): _name_gone,
        ("record", "rectify"): _record_corrected,
        ("document", "rectify"): _document_corrected,
    }
)
