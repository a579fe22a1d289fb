"""A record, folded from its events."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from docctl.model.answers.record import RecordState
from docctl.model.base import Digest, Label, Line, Number, PersonId, Word
from docctl.model.event import Signed
from docctl.model.records.record import CapturedData, Elsewhere, RecordId, Stub
from docctl.model.records.retention import Action, ClassName, Fate
from docctl.rules.records.chain import Chain, data_of

#: How a record has gone, by what was authorised.
_GONE: Mapping[Action, RecordState] = MappingProxyType(
    {"destroy": "disposed", "transfer": "transferred", "anonymise": "anonymised"}
)


#: What is known of where a record is, if it is kept elsewhere.
PLACE: tuple[Word, ...] = ("medium", "location", "custodian")


class Started(NamedTuple):
    """A day that starts a time of keeping: the day stated, and the day on which it was entered."""

    on: date
    entered: date

    @property
    def counts(self) -> date:
        """Return the later day: nothing is destroyed sooner because a past day was stated."""
        return max(self.on, self.entered)


class Review(NamedTuple):
    """What was decided about a record at the end of its time of keeping."""

    decided: date
    """The day of the decision."""

    until: date | None = None
    """The last day until which it is kept."""

    then: Fate | None = None
    """What becomes of it, where it is not kept until a day."""

    @property
    def keeps(self) -> bool:
        """Tell whether it was decided to keep it: that outlasts whatever happens to it."""
        return self.until is not None or self.then == "permanent"


class Record(NamedTuple):
    """A record as it stands: everything but its content, which lies in the vault."""

    number: RecordId
    form: Number
    form_revision: Label
    form_content: Digest
    retention: ClassName
    vault: Word | None
    """The vault of its class, if that has one of its own."""

    captured: Signed
    event_on: date
    subject: PersonId | None
    elsewhere: Elsewhere | None
    identifiers: Mapping[Word, Line]
    holds: frozenset[RecordId]
    """Holds whose query its content fitted when it was entered."""

    stubs: tuple[Stub, ...]
    """Everything of it in the vault."""

    chain: Chain
    open: bool
    closed: Started | None = None
    """The last closing, nothing while it is open."""

    steps: tuple[Word, ...] = ()
    countersigned: tuple[Word, ...] = ()
    """What others have signed since something was entered last."""

    facts: Mapping[Word, Started] = MappingProxyType({})
    enterers: tuple[PersonId, ...] = ()
    """Everybody who entered or amended something."""

    review: Review | None = None
    """What was decided about it last, as far as that still counts."""

    disposed: Signed | None = None
    kept_since: date | None = None
    """Since when it is kept where it is, for one that is kept elsewhere."""

    former: tuple[Mapping[Word, Line], ...] = ()
    """What it was found by before each amendment that changed that."""

    related: tuple[RecordId, ...] = ()
    """The records that it refers to."""

    original_gone: Signed | None = None
    """Who stated that the original was destroyed, for one that was kept elsewhere."""

    @property
    def status(self) -> RecordState:
        """Return whether it is open or closed, or how it has gone."""
        if self.disposed is not None:
            return _GONE.get(data_of(self.disposed).action, "disposed")
        return "open" if self.open else "closed"

    @property
    def givers(self) -> frozenset[PersonId]:
        """Return everybody for whom something was entered: who gave what it says, unsigned."""
        given = (getattr(data_of(one), "entered_for", None) for one in self.chain.events)
        return frozenset(one for one in given if one)

    @property
    def remains(self) -> Stub | None:
        """Return what is left of it, if it was made anonymous."""
        return data_of(self.disposed).remains if self.disposed is not None else None

    @property
    def every_stub(self) -> tuple[Stub, ...]:
        """Return everything that it ever had in the vault, and what is left of it."""
        return (*self.stubs, self.remains) if self.remains else self.stubs

    @property
    def removed(self) -> tuple[Word, ...]:
        """Return the fields that are not in what is left of it."""
        return data_of(self.disposed).removed if self.disposed is not None else ()

    @property
    def there(self) -> tuple[tuple[str, Stub], ...]:
        """Return what the vault must have of it now, each with the name of its key."""
        if self.disposed is None:
            return tuple((self.number, stub) for stub in self.stubs)
        left = self.remains
        return ((remains_of(self.number), left),) if left else ()

    @property
    def place(self) -> Mapping[Word, Line]:
        """Return where its original is, if that is kept elsewhere, by the names of `PLACE`."""
        where = self.elsewhere
        return {name: getattr(where, name) for name in PLACE} if where else {}

    @property
    def captured_on(self) -> date:
        """Return the day of its capture."""
        return self.captured.event.date

    def after(self, signed: Signed) -> "Record":
        """Return the record once this event has happened."""
        makes = _MAKES.get(signed.event.type)
        # Who decided to let it go has not seen what happens to it afterwards.
        lapses = self.review is not None and not self.review.keeps
        before = self._replace(review=None) if lapses else self
        changed = makes(before, data_of(signed), signed) if makes else before
        return changed._replace(chain=self.chain.after(signed))


def remains_of(number: RecordId) -> str:
    """Return under which name the key lies of what remains of an anonymous record."""
    return f"{number}.anonymised"  # no record can have such a number


def begin(signed: Signed) -> Record:
    """Return the record that a `captured` event begins."""
    event, data = signed.event, data_of(signed)
    if not isinstance(data, CapturedData):
        raise TypeError(event.type)
    return Record(
        number=event.item,
        form=data.form,
        form_revision=data.form_revision,
        form_content=data.form_content,
        retention=data.retention,
        vault=data.vault,
        captured=signed,
        event_on=data.event_on,
        subject=data.subject,
        elsewhere=data.elsewhere,
        identifiers=MappingProxyType(data.identifiers),
        holds=frozenset(data.holds),
        stubs=data.stubs,
        chain=Chain.of(signed),
        open=data.open,
        closed=None if data.open else Started(event.date, event.date),
        enterers=(event.signer,),
        related=data.related,
    )


def _entered(record: Record, data: Any, signed: Signed) -> Record:
    return record._replace(
        stubs=record.stubs + data.stubs,
        holds=record.holds | {*data.holds},
        enterers=tuple(dict.fromkeys((*record.enterers, signed.event.signer))),
        countersigned=(),  # a signature is about what was there to be read
    )


def _added(record: Record, data: Any, signed: Signed) -> Record:
    return _entered(record, data, signed)._replace(steps=(*record.steps, data.step))


def _amended(record: Record, data: Any, signed: Signed) -> Record:
    now = {**record.identifiers, **data.identifiers}
    left = {name: one for name, one in now.items() if name not in data.removed}
    entered = _entered(record, data, signed)
    if left == record.identifiers:
        return entered
    former = (*record.former, record.identifiers)
    return entered._replace(identifiers=MappingProxyType(left), former=former)


def _countersigned(record: Record, data: Any, _: Signed) -> Record:
    return record._replace(countersigned=(*record.countersigned, data.meaning))


def _closed(record: Record, data: Any, signed: Signed) -> Record:
    return record._replace(open=False, closed=Started(data.closed_on, signed.event.date))


def _opened_again(record: Record, _: Any, __: Signed) -> Record:
    return record._replace(open=True, closed=None)


def _fact_stated(record: Record, data: Any, signed: Signed) -> Record:
    stated = {data.fact: Started(data.on, signed.event.date)}
    return record._replace(facts=MappingProxyType({**record.facts, **stated}))


def _reviewed(record: Record, data: Any, signed: Signed) -> Record:
    return record._replace(review=Review(signed.event.date, data.until, data.then))


def _disposed(record: Record, _: Any, signed: Signed) -> Record:
    return record._replace(disposed=signed)


def _custody_changed(record: Record, data: Any, _: Signed) -> Record:
    return record._replace(elsewhere=data.elsewhere, kept_since=data.since)


def _original_destroyed(record: Record, _: Any, signed: Signed) -> Record:
    return record._replace(original_gone=signed)


_MAKES: Mapping[Word, Callable[[Record, Any, Signed], Record]] = MappingProxyType(
    {
        "added": _added,
        "amended": _amended,
        "countersigned": _countersigned,
        "closed": _closed,
        "opened_again": _opened_again,
        "fact_stated": _fact_stated,
        "retention_reviewed": _reviewed,
        "disposed": _disposed,
        "custody_changed": _custody_changed,
        "original_destroyed": _original_destroyed,
    }
)
