"""Verbs that look at the library before their events are made: what is begun, saved, submitted."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from docctl.desk.bench import Bench
from docctl.desk.checks import doors, surroundings
from docctl.desk.metadata.stored import with_number
from docctl.desk.metadata.written import Text
from docctl.desk.signing.intent import Intent
from docctl.desk.verbs import approval, drafting, release
from docctl.errors import IllegalMoveError, InputError, NotFoundError, StaleDraftError, TakenError
from docctl.model.assignment import Assignments, Owner
from docctl.model.base import Digest, Label, Number
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.document import Change, ChangeClass
from docctl.model.lifecycle import PENDING
from docctl.rules import asof
from docctl.rules.dossier import Dossier, Revision
from docctl.rules.lifecycle import allowed
from docctl.rules.numbering import next_number

Intents = Sequence[Intent]


def new(bench: Bench, text: Text, *, number: Number | None = None, owner: Owner) -> Intents:
    """Begin a document; without a number it gets the next one of its type."""
    _require_answerable(bench, owner)
    kind = bench.types.kind(text.document.type)
    if number is None:
        prefix = kind.numbering.prefix
        number = next_number(kind.numbering, bench.numbers(prefix))
    elif bench.find(number):
        raise TakenError(
            number,
            "exists already; numbers are never used twice",
            hint="leave the number out, and the next one is given",
        )
    document = bench.types.typed(with_number(text.document, number))
    if not kind.numbering.fits(number):
        raise InputError(
            f"{number} is not a number of a document of type {kind.name}",
            hint=f"a number looks like {kind.numbering.number(1)}; one from another system can "
            "stand in former_numbers",
        )
    whole = Text(document, text.body, text.attachments)
    limits = bench.control.limits
    return (drafting.create(number, whole, kind=kind, owner=owner, limits=limits),)


def save(bench: Bench, number: Number, text: Text, *, base: Digest | None = None) -> Intents:
    """Replace the draft with this text."""
    dossier = bench.get(number)
    newest = dossier.newest
    if newest.phase == "draft" and base not in {None, newest.content}:
        raise StaleDraftError(number, (newest.saved or newest.opened).event.signer)
    document = with_number(text.document, text.document.number or number)
    if (document.number, document.type) != (number, dossier.document_type):
        raise InputError(
            f"the metadata are those of {document.number} ({document.type})",
            hint=f"{number} stays what it is: a document of type {dossier.document_type}",
        )
    whole = Text(bench.types.typed(document), text.body, text.attachments)
    content = drafting.content_of(whole, bench.control.limits)
    return (drafting.save(number, content, base=newest.content),)


def save_settings(bench: Bench, settings: ControlSettings) -> Intents:
    """Replace the draft of CONTROL."""
    content = drafting.settings_content(settings, bench.types.classes)
    return (drafting.save(CONTROL, content, base=bench.get(CONTROL).newest.content),)


def revise(
    bench: Bench, number: Number, *, reason: str, change: ChangeClass = "content"
) -> Intents:
    """Open a further revision, beginning from the newest one released."""
    dossier = bench.get(number)
    begun = [one for one in dossier.revisions if one.phase == "released"]
    last = (begun or [dossier.newest])[-1]
    text = bench.text(number, last.label)
    why = Change(class_=change, reason=reason, summary=reason) if reason else None
    document = text.document.but(change=why)
    content = drafting.content_of(Text(document, text.body, text.attachments), bench.control.limits)
    return (drafting.revise(number, content, change=change, reason=reason),)


def revise_settings(bench: Bench, settings: ControlSettings, *, reason: str) -> Intents:
    """Open a further revision of CONTROL with these settings."""
    content = drafting.settings_content(settings, bench.types.classes)
    return (drafting.revise(CONTROL, content, change="content", reason=reason),)


def submit(bench: Bench, number: Number, *, effective_on: date | None = None) -> Intents:
    """Hand the draft over, once the checks at the door find nothing that stops it."""
    dossier = bench.get(number)
    revision = dossier.newest
    if number == CONTROL or revision.phase != "draft":
        schedule = number == CONTROL and _reschedules(bench, revision)
        return (
            approval.submit(
                number, change=revision.change, planned_on=effective_on, schedule=schedule
            ),
        )
    text = bench.text(number, revision.label)
    front = partial(bench.front, number, text)
    examined = doors.Examined(text, dossier, revision, front)
    found = doors.problems(examined, surroundings.Surroundings(bench))
    doors.require_ready(number, found, bench.control)
    change = text.document.change.class_ if text.document.change else revision.change
    return (approval.submit(number, change=change, planned_on=effective_on),)


def _reschedules(bench: Bench, revision: Revision) -> bool:
    """Tell whether a draft of CONTROL changes the retention schedule."""
    settings = bench.desk.ledger.settings(bench.head, revision)
    return settings.retention != bench.control.retention


def released(_: Bench, *numbers: Number, effective_on: date | None = None) -> Intents:
    """Release one or several documents in one change."""
    if not numbers or len({*numbers}) != len(numbers):
        raise InputError("no document is named, or one of them twice", hint="name each one once")
    return tuple(
        release.release(
            number,
            effective_on=effective_on,
            together_with=tuple(one for one in numbers if one != number),
        )
        for number in numbers
    )


def withdraw(
    bench: Bench,
    number: Number,
    *,
    reason: str,
    from_on: date | None = None,
    replaced_by: Number | None = None,
    referred_by: tuple[Number, ...] = (),
) -> Intents:
    """Propose to withdraw a document; the documents that refer to it are listed in the event."""
    if replaced_by:
        bench.get(replaced_by)
    return (
        release.withdraw(
            number,
            reason=reason,
            from_on=from_on,
            replaced_by=replaced_by,
            referred_by=referred_by,
        ),
    )


def assign(bench: Bench, number: Number, changes: Assignments, *, reason: str) -> Intents:
    """Change administrative facts; who is named in them must be here."""
    if changes.owner:
        _require_answerable(bench, changes.owner)
    if changes.next_reviewer:
        _require_here(bench, changes.next_reviewer)
    return (release.assign(number, changes, reason=reason),)


def _require_answerable(bench: Bench, owner: Owner) -> None:
    if owner.kind == "person":
        _require_here(bench, owner.name)


def _require_here(bench: Bench, person: str) -> None:
    authority = bench.world.authority
    if person not in authority.persons:
        raise NotFoundError(f"person {person!r}", hint="see their ids: docctl person list")
    if not authority.active(person):
        raise InputError(f"{person} has left", hint="name somebody else: docctl person list")


def cancel(bench: Bench, number: Number, *, reason: str, revision: Label | None = None) -> Intents:
    """Give up the open revision or the periodic review beside it: the one named, or the only one.

    A review is named by the revision that it is about.
    """
    dossier = bench.get(number)
    on = max(bench.today(), dossier.day)
    given_up = _open(dossier, on)
    if revision is None and len(given_up) > 1:
        ways = ", ".join(f"--revision {label} for {what}" for label, what in given_up.items())
        raise InputError(
            f"{number} has two things that could be given up: {' and '.join(given_up.values())}",
            hint=f"name one: {ways}",
        )
    if revision is not None and revision not in given_up:
        label = bench.revision_of(number, revision, on)
        meant = next(one for one in dossier.revisions if one.label == label)
        state = asof.state_of(dossier, meant, on)
        raise IllegalMoveError(f"{number} revision {label}", "cancel", state.value, allowed(state))
    return (approval.cancel(number, reason=reason, about=revision),)


def _open(dossier: Dossier, on: date) -> Mapping[Label, str]:
    """Return what can be given up, by the revision that names it."""
    found, newest, proposal = dict[Label, str](), dossier.newest, asof.open_proposal(dossier, on)
    if proposal and proposal.label:
        found[proposal.label] = f"the proposal on revision {proposal.label}"
    if asof.state_of(dossier, newest, on) in PENDING:
        found[newest.label] = f"revision {newest.label} itself"
    return found
