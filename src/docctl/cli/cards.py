"""What models look like as lines of text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from docctl.english import many
from docctl.model.access import KeyHeld, Person
from docctl.model.answers.controlled import ControlledCopy, Manifestation
from docctl.model.answers.reading import Card, Difference
from docctl.model.answers.register import HistoryEntry, Verification
from docctl.model.answers.status import Status
from docctl.model.document import Document
from docctl.model.lifecycle import State
from docctl.model.persons import OPAQUE
from docctl.model.problem import Problem

#: Where the values on a card begin, if no name is longer.
_COLUMN = 16

#: Fields of the front matter that a card shows elsewhere.
_SAID = frozenset({"type", "number", "title", "classification"})


def state_text(state: str) -> str:
    """Return a state as people write it: `in review`."""
    return str(state).replace("_", " ")


def status_lines(status: Status) -> Iterator[str]:
    """Yield how a document stands, and what comes next."""
    scheduled = status.state is State.SCHEDULED
    when = f" and takes effect on {status.effective_on}" if scheduled else ""
    yield f"{status.number} {status.title}"
    state = "a draft" if status.state is State.DRAFT else state_text(status.state)
    yield f"  revision {status.revision} is {state}{when}"
    if status.proposal:
        yield f"  open: {status.proposal.replace('_', ' ')}"
    if status.referred_by:
        yield f"  still referred to by: {', '.join(status.referred_by)}"
    yield from (f"  waits for: {one}" for one in status.waiting_for)
    yield from (f"  advice: {one}" for one in status.advice)
    for comment in status.comments:
        line = f" on line {comment.line}" if comment.line else ""
        yield f"  open comment {comment.comment} by {comment.by}{line}: {comment.text}"
    if status.working_copy and status.state is State.DRAFT:
        yield f"  working copy: {status.working_copy}"
    if status.working_copy and status.state is State.CANCELLED:
        yield f"  not saved, and left for you: {status.working_copy}"
    if status.next_verb:
        yield f"  next: docctl {_next(status)}"


def _next(status: Status) -> str:
    """Return the command that comes next; no approval does while a comment has no answer."""
    if status.comments and status.next_verb == "approve":
        return f"resolve {status.number} {status.comments[0].comment} --answer TEXT"
    return f"{status.next_verb} {status.number}"


def card_lines(card: Card) -> Iterator[str]:
    """Yield a document's card with its approval block."""
    copy = card.controlled
    yield f"{copy.number}  {copy.document.title}"
    yield f"{copy.type_title}, revision {copy.revision}, {_standing(copy)}"
    yield ""
    yield from _pairs(_facts(card))
    yield ""
    yield from _approvals(copy.signatures)
    yield "Revisions"
    for one in card.revisions:
        day = one.effective_on.isoformat() if one.effective_on else ""
        yield f"  {one.revision:<5}{state_text(one.state):<12}{day}".rstrip()
    yield from (f"Note: {note}" for note in copy.notes)
    if card.status.revision != copy.revision or card.status.waiting_for or card.status.comments:
        yield "On its way"
        yield from list(status_lines(card.status))[1:]


def _standing(copy: ControlledCopy) -> str:
    state = state_text(copy.state)
    if copy.state is State.EFFECTIVE and copy.effective_on:
        return f"effective since {copy.effective_on}"
    if copy.state is State.SCHEDULED and copy.effective_on:
        return f"takes effect on {copy.effective_on}"
    if copy.state is State.SUSPENDED and copy.suspended_on:
        return f"suspended since {copy.suspended_on}"
    return state


def _facts(card: Card) -> Iterator[tuple[str, str]]:
    copy = card.controlled
    late = ", overdue" if copy.review_overdue else ""
    yield "Owner", copy.owner
    yield "Classification", copy.document.classification
    yield "Last reviewed", str(copy.last_review or "")
    yield "Next review", f"{copy.review_due_on}{late}" if copy.review_due_on else ""
    yield "Replaces", f"revision {copy.replaces}" if copy.replaces else ""
    if copy.superseded_by:
        yield "Superseded", f"by revision {copy.superseded_by} on {copy.superseded_on}"
    yield "Withdrawn on", copy.withdrawn_on.isoformat() if copy.withdrawn_on else ""
    yield "Withdrawn by", ", ".join(card.withdrawn_by)
    yield "Reason", card.withdrawal_reason
    yield "Replaced by", copy.replaced_by or ""
    yield "Meanwhile", copy.suspended_instruction
    yield "Distribution", ", ".join(copy.distribution)
    yield "Location", copy.location
    yield from _metadata(copy.document)
    yield "Newer edition", card.newer_edition
    yield "Checked on", card.checked_on.isoformat() if card.checked_on else ""
    yield "Refers to", ", ".join(card.refers_to)
    yield "Attachments", ", ".join(card.attachments)
    yield "Content", f"sha256 {copy.content}"
    yield "Compiled", f"issue {card.issue}" if card.issue else ""


def _metadata(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the fields of the front matter that say something in one line."""
    default = {name: field.default for name, field in type(document).model_fields.items()}
    for name, value in document:
        words = value if isinstance(value, tuple | list) else (value,)
        said = name in _SAID or value is None or value == default.get(name, ())
        if not said and all(isinstance(word, str | int | date | Decimal) for word in words):
            yield name.replace("_", " ").capitalize(), ", ".join(map(_word, words))


def _word(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    shown = [(name, value) for name, value in pairs if value]
    width = max(_COLUMN, *(len(name) + 2 for name, _ in shown))
    return (f"{name:<{width}}{value}" for name, value in shown)


def _approvals(signatures: Iterable[Manifestation]) -> Iterator[str]:
    rows = list(signatures)
    if not rows:
        yield "Nobody has approved it"
        return
    for one in rows:
        who = f"{one.name} ({one.person})" + (f", {one.function}" if one.function else "")
        yield f"{one.meaning.capitalize():<{_COLUMN}}{one.time:%Y-%m-%d %H:%M} UTC  {who}"


def difference_lines(difference: Difference) -> Iterator[str]:
    """Yield what changed between two revisions."""
    yield from difference.lines
    yield from (f"attachment {one}: {what}" for one, what in difference.attachments.items())
    if difference.before == difference.after:
        yield f"revision {difference.after} is compared with itself: name another, if there is one"
    elif not (difference.lines or difference.attachments):
        yield f"nothing changed between revisions {difference.before} and {difference.after}"


def passage_lines(difference: Difference) -> Iterator[str]:
    """Yield what changed section by section: `[-deleted-]` and `{+inserted+}` words."""
    yield from (
        f"{fact.name}: {_brackets('deleted', fact.was)}{_brackets('inserted', fact.now)}"
        for fact in difference.facts
    )
    place: tuple[str, ...] | None = None
    for one in difference.passages:
        if one.place != place:
            place = one.place
            yield " > ".join(place) or "(before the first heading)"
        whole = (("deleted", one.was), ("inserted", one.now))
        yield "  " + "".join(_brackets(kind, text) for kind, text in one.parts or whole)
    yield from (f"attachment {one}: {what}" for one, what in difference.attachments.items())
    if not (difference.facts or difference.passages):
        yield from difference_lines(difference.model_copy(update={"attachments": {}}))


def _brackets(kind: str, text: str) -> str:
    before, behind = _BRACKETS[kind]
    return f"{before}{text}{behind}" if text else ""


_BRACKETS = MappingProxyType({"kept": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")})


def history_row(one: HistoryEntry) -> tuple[str, ...]:
    """Return an event as a row: number, time, revision, event, signer, what it says."""
    about = "; ".join(part for part in (one.reason, one.note) if part)
    number, event = str(one.seq or ""), one.type.replace("_", " ")
    signer = one.name if re.fullmatch(OPAQUE, one.signer) else one.signer
    signers = ", ".join((signer, *one.cosigners))
    return (number, f"{one.time:%Y-%m-%d %H:%M}", one.revision or "", event, signers, about)


def person_lines(person: Person) -> Iterator[str]:
    """Yield what is known of a person."""
    gone = f", left on {person.left_on}" if person.left_on else ""
    service = ", a service" if person.kind == "service" else ""
    yield f"{person.id}  {person.name}{service}{gone}"
    if person.roles:
        yield f"  roles: {', '.join(person.roles)}"
    for held in person.functions:
        until = f" until {held.until}" if held.until else ""
        yield f"  {held.function} since {held.since}{until}"
    for key in person.keys:
        yield f"  key {key.fingerprint}: {_counting(key)}"


def _counting(key: KeyHeld) -> str:
    if key.ended_at is not None:
        doubt = f", signatures from change {key.suspect_from} on are in doubt"
        return f"ended{doubt if key.suspect_from else ''}"
    return "accepted" if key.accepted_at is not None else "waits for: docctl person accept"


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield problems, those of one place together, and their number."""
    found, place = tuple(problems), ""
    for one in found:
        if one.place != place:
            place = one.place
            yield place
        yield f"  {one.severity}: {one.sentence} [{one.code}]"
        if one.hint:
            yield f"    hint: {one.hint}"
    yield _counted(found)


def _counted(found: tuple[Problem, ...]) -> str:
    kinds = Counter(one.severity for one in found)
    if not found:
        return "no problems found"
    errors = many(kinds["error"], "error")
    return f"{errors}, {kinds['advice']} of advice" if kinds["advice"] else errors


def verification_lines(found: Verification) -> Iterator[str]:
    """Yield what was verified and what was found."""
    yield from problem_lines(found.problems)
    if found.history_only:
        yield "not looked at: what records say, in their vault"
    counts = (
        (found.changes, "change"),
        (found.events, "event"),
        (found.signatures, "signature"),
        (found.documents, "document"),
        (found.files, "file"),
    )
    yield f"checked: {', '.join(many(*one) for one in counts)}, at {found.head}"
