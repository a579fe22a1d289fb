"""From what somebody wants to do with a record, a hold or a disposal to the event that says it."""

from docctl.desk.signing.intent import Intent, Moment, kind_of, statement
from docctl.desk.signing.prepared import Statement
from docctl.errors import InputError, OvertakenError
from docctl.model.event import Signed
from docctl.rules import records
from docctl.rules.meaning import meaning
from docctl.rules.records import Archive
from docctl.rules.records.guards import found
from docctl.rules.records.guards.persons import HOLDER


def compose(intent: Intent, archive: Archive, moment: Moment) -> Statement:
    """Return the statement for an intent on a record, hold or disposal.

    Raises:
        RefusedError: a rule forbids it.
    """
    world, kind = archive.world, kind_of(intent.event)
    before = found(archive, kind, intent.item)
    if before is not None:
        moment = moment.not_before(before.chain.time, world.control.time_zone)
    if callable(intent.data):
        raise InputError(f"{kind} knows what it says", hint="hand in a model")
    held = (role for role in intent.roles if world.authority.has_role(moment.person, role))
    functions = world.authority.functions(moment.person, moment.today)
    fields = {
        "meaning": meaning(kind, item=intent.item, revision=None),
        "seq": before.chain.seq + 1 if before else 1,
        "prev": before.chain.last if before else None,
        "role": next(held, HOLDER),
        "function": functions[0] if functions else None,
        "data": intent.data,
    }
    return statement(intent, world, moment, fields)


def judge(archive: Archive, signed: Signed) -> None:
    """Refuse an event that must not land where the archive stands.

    Raises:
        OvertakenError: somebody else was quicker.
        RefusedError: a rule forbids it.
    """
    event = signed.event
    before = found(archive, event.type, event.item)
    if before is not None and event.seq not in {None, 1, before.chain.seq + 1}:
        raise OvertakenError(event.item)
    records.check(archive, signed)
