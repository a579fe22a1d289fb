"""From what somebody wants to the event that says it: every field filled, nothing signed yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from docctl.desk.signing.prepared import Statement
from docctl.errors import IncompleteError, InputError, NotFoundError, RefusedError
from docctl.model.access import ACCESS
from docctl.model.base import Digest, Label, Line, Model, PersonId, Word
from docctl.model.event import Event
from docctl.model.events import EVENT
from docctl.model.lifecycle import VOTES
from docctl.rules import clock, guards
from docctl.rules.dossier import Dossier
from docctl.rules.lifecycle import ALWAYS, OWNER
from docctl.rules.meaning import meaning
from docctl.rules.numbering import next_label
from docctl.rules.steps import Case
from docctl.rules.world import World
from docctl.store.layout import event_path
from docctl.store.reading.contents import content_digest
from docctl.trust.canonical import canonical


def time_zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name.

    Raises:
        InputError: this machine knows none by this name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(
            f"there is no time zone {name!r}", hint="for example: Europe/Oslo"
        ) from error


def instant(given: object) -> datetime:
    """Return what a clock says, in UTC.

    Raises:
        InputError: it is no time, or one without a time zone, which could be any.
    """
    if not isinstance(given, datetime) or given.utcoffset() is None:
        raise InputError(
            f"{given!r} is no time with a time zone",
            hint="let the clock return an aware time: datetime.now(UTC)",
        )
    return given.astimezone(UTC)


def calendar_day(given: object) -> date:
    """Return a day that was handed in.

    Raises:
        InputError: it is none; a time is none either, as its day depends on the time zone.
    """
    if not isinstance(given, date) or isinstance(given, datetime):
        raise InputError(f"{given!r} is no day", hint="give a date: date(2026, 3, 1)")
    return given


@dataclass(frozen=True, slots=True)
class Moment:
    """Who acts when: the clock was read once, at the door."""

    person: PersonId
    time: datetime
    today: date
    tool: Line

    @classmethod
    def of(cls, person: PersonId, now: datetime, zone: str, tool: Line) -> "Moment":
        """Return the moment of an action; *zone* is CONTROL's time zone."""
        exact = instant(now).replace(microsecond=0)
        return cls(person, exact, exact.astimezone(time_zone(zone)).date(), tool)

    def not_before(self, earliest: datetime, zone: str) -> "Moment":
        """Return this moment, or *earliest* where the clock of this machine runs behind it."""
        if earliest <= self.time:
            return self
        return Moment.of(self.person, earliest, zone, self.tool)


@dataclass(frozen=True, slots=True)
class Intent:
    """One event that somebody wants, before it has its place in the history."""

    item: str
    verb: str
    event: type[Event]
    data: Model | Callable[[Case, Event], Model]
    """The event's data, or what makes it from the case and the event as far as it is known."""

    reason: str = ""
    content: Mapping[str, bytes] | None = None
    """The revision's files with SHA256SUMS, where the event brings new content."""

    label: Callable[[Case], Label] | None = None
    """The revision, where the event opens one."""

    about: Label | None = None
    """The revision meant, where several could be."""

    roles: tuple[Word, ...] = ()
    """The roles that may do it to a record, hold or disposal, the one to act in first."""


def compose(intent: Intent, world: World, dossier: Dossier, moment: Moment) -> Statement:
    """Return the statement for an intent on a document that exists.

    Raises:
        IllegalMoveError: the lifecycle has no such move from the document's state.
    """
    followed = (one.event for one in dossier.events if not _misdated(one.event, moment))
    latest = max(event.time for event in followed)
    moment = moment.not_before(latest, world.control.time_zone)
    known = _known(intent, moment)
    move, revision, proposal = guards.target(dossier, intent.verb, known)
    case = Case(world, dossier, revision, proposal)
    vote = known.type in VOTES
    answers = case.round.opened.event if vote and case.round else None
    role = _role(case, known, guards.actors(world, revision, move, proposal))
    label = intent.label(case) if intent.label else revision.label
    data = intent.data(case, known) if callable(intent.data) else intent.data
    subject = answers or (proposal.opened.event if proposal else None)
    fields = {
        "revision": label,
        "content": _content(intent) or revision.content,
        "meaning": meaning(
            known.type, item=intent.item, revision=label, answers=subject.type if subject else ""
        ),
        "seq": None if vote else dossier.seq + 1,
        "prev": case.round.opened.digest if vote and case.round else dossier.last,
        "role": role,
        "function": _function(world, dossier, moment, role),
    }
    return statement(
        intent, world, moment, {**fields, "data": data}, answers=answers.seq if answers else None
    )


def _misdated(event: Event, moment: Moment) -> bool:
    """Tell whether an event is a vote of a clock that ran ahead: nobody has to wait for it."""
    return event.type in VOTES and clock.ahead(event.time, moment.time)


def begin(intent: Intent, world: World, moment: Moment) -> Statement:
    """Return the statement for the first event of a document."""
    kind = getattr(intent.data, "document_type", "")
    label = next_label(world.labels(kind), (), "content")
    fields = {
        "revision": label,
        "content": _content(intent),
        "meaning": meaning(kind_of(intent.event), item=intent.item, revision=label),
        "seq": 1,
        "prev": None,
        "role": ALWAYS[intent.verb].actors[0],
        "function": _function(world, None, moment, ""),
        "data": intent.data,
    }
    return statement(intent, world, moment, fields)


def access(intent: Intent, world: World, moment: Moment) -> Statement:
    """Return the statement for a change of ACCESS."""
    authority = world.authority
    administers = authority.has_role(moment.person, "administrator")
    role = "administrator" if administers else "holder"
    fields = {
        "meaning": meaning(kind_of(intent.event), item=ACCESS, revision=None),
        "seq": authority.seq + 1,
        "prev": authority.last,
        "role": role,
        "function": _function(world, None, moment, role),
        "data": intent.data,
    }
    return statement(intent, world, moment, fields)


def statement(
    intent: Intent,
    world: World,
    moment: Moment,
    fields: Mapping[str, object],
    *,
    answers: int | None = None,
) -> Statement:
    """Return the statement whose fields are known, as it is signed and stored."""
    event = intent.event.model_validate(
        {
            "library": world.authority.library,
            "item": intent.item,
            "signer": moment.person,
            "time": moment.time,
            "date": moment.today,
            "reason": intent.reason,
            "tool": moment.tool,
            **fields,
        }
    )
    data = written(event)
    event = EVENT.validate_json(data)  # whatever is signed can be read again
    return Statement(event, event_path(event, answers=answers), data)


def each(intents: Sequence[Intent], make: Callable[[Intent], Statement]) -> tuple[Statement, ...]:
    """Return the parts of a change, or say what is wrong with all of them.

    Raises:
        RefusedError: the one there is; where there are several, an `IncompleteError` with all.
    """
    made, refused = list[Statement](), dict[str, RefusedError]()
    for intent in intents:
        try:
            made.append(make(intent))
        except RefusedError as error:
            refused.setdefault(str(error), error)
    if not refused:
        return tuple(made)
    first = next(iter(refused.values()))
    if len(refused) == 1:
        raise first
    together = f"the {intents[0].verb} of {' and '.join(one.item for one in intents)}"
    raise IncompleteError(together, tuple(refused), hint=first.hint) from first


def written(event: Event) -> bytes:
    """Return the canonical bytes of an event: what is signed and stored."""
    return canonical(event.model_dump(mode="json", exclude_none=True))


def _known(intent: Intent, moment: Moment) -> Event:
    """Return the event as far as it is known before its place in the history is."""
    return intent.event.model_construct(
        item=intent.item,
        type=kind_of(intent.event),
        revision=intent.about,
        meaning="",
        role="",
        signer=moment.person,
        time=moment.time,
        date=moment.today,
        tool=moment.tool,
    )


def kind_of(event: type[Event]) -> Word:
    """Return the word for a kind of event."""
    return str(event.model_fields["type"].default)


def _content(intent: Intent) -> Digest | None:
    return content_digest(intent.content) if intent.content else None


def _role(case: Case, known: Event, roles: tuple[Word, ...]) -> Word:
    """Return the role to act in: the open step's for a vote, otherwise the first one held."""
    if known.type in {"reviewed", "approved"} and case.round:
        mine = [
            step
            for step in case.round.standing().missing
            if step.meaning == known.type and known.signer in step.persons
        ]
        if mine:
            return min(mine, key=lambda step: step.order).role
    for role in roles:
        if role == OWNER:
            if guards.owns(case.world, case.dossier, known.signer, known):
                return role
        elif case.world.authority.has_role(known.signer, role):
            return role
    return roles[0] if roles else "author"


def _function(world: World, dossier: Dossier | None, moment: Moment, role: Word) -> Line | None:
    held = world.authority.functions(moment.person, moment.today)
    if role == OWNER and dossier is not None and dossier.owner.name in held:
        return dossier.owner.name
    return held[0] if held else None


def require(dossier: Dossier | None, item: str) -> Dossier:
    """Return the dossier, or say that there is no such document.

    Raises:
        NotFoundError: there is none.
    """
    if dossier is None:
        raise NotFoundError(f"document {item:.100}", hint="see: docctl register")
    return dossier
