"""What is refused at the beginning of a library or document, and in changes of several."""

from dataclasses import replace

from paper_keeping import Keeping
from paper_office import Office
from paper_scenes import drafted
from refusal_row import Attempt, Row, but, judged

from docctl.errors import EventError, IllegalMoveError, NotAuthorisedError, TakenError
from docctl.model.control import ROLES
from docctl.model.event import Signed
from docctl.rules import access, guards
from docctl.rules.authority import Authority
from docctl.rules.guards.joint import check_joint
from docctl.rules.meaning import meaning

ITEM = "PRO-001"


def founded() -> tuple[Office, Signed, Signed]:
    """Return an office with nobody but its founder, and the two events that founded it."""
    office = Office(hire=False)
    first, second = office.naive.events
    return office, replace(first, keys=(office.key("ana"),)), second


def founding(authority: Authority, signed: Signed) -> Attempt:
    return lambda: guards.check_access(authority, signed, roles=ROLES)


def founded_for_another() -> Attempt:
    _, first, _ = founded()
    data = first.event.data
    return founding(Authority(), but(first, data=data.but(founder=data.founder.but(id="zed"))))


def founded_again() -> Attempt:
    office, first, _ = founded()
    library = office.authority.library
    return founding(office.authority, but(first, seq=2, prev=office.authority.last,
                                          library=library))  # fmt: skip


def founded_with_another_key() -> Attempt:
    _, first, _ = founded()
    return founding(Authority(), replace(first, keys=("SHA256:other",)))


def established(late: bool = False, **changes: object) -> Attempt:
    office, _, second = founded()
    if late:
        office.hire("bob", "author")
    return lambda: guards.check_established(office.authority, but(second, **changes))


def established_by_another_event() -> Attempt:
    office, _, _ = founded()
    created = office.prepare("created", "ana", ITEM)
    return lambda: guards.check_established(office.authority, created)


def no_change_of_access() -> Attempt:
    office = Office()
    created = office.prepare("created", "bob", ITEM)
    return lambda: access.check(office.authority, created, roles=ROLES)


def created_again() -> Attempt:
    office = drafted()
    return judged(office, office.dossiers[ITEM].events[0])


def begun_otherwise() -> Attempt:
    office = drafted()
    saved = but(office.prepare("saved", "bob", ITEM), seq=1, prev=None)
    return lambda: guards.check(office.world, None, saved)


def begun(document_type: str = "procedure", **changes: object) -> Attempt:
    office = Office()
    created = office.prepare("created", "bob", ITEM)
    data = created.event.data.but(document_type=document_type)
    return judged(office, but(created, data=data, **changes))


def begun_without_a_number() -> Attempt:
    office = Office()
    created = office.prepare("created", "bob", "pro-1")
    return judged(office, created)


def twice_in_a_change() -> Attempt:
    office = drafted()
    events = [office.prepare("saved", "bob", ITEM), office.prepare("submitted", "bob", ITEM)]
    return lambda: check_joint(events)


def with_a_part_missing() -> Attempt:
    office = Office()
    office.approved(ITEM)
    released = office.prepare("released", "ana", ITEM, together_with=("PRO-002",))
    return lambda: check_joint([released])


def with_an_event_of_its_own() -> Attempt:
    office = drafted()
    saved = office.prepare("saved", "bob", ITEM)
    return lambda: check_joint([saved, office.prepare("created", "bob", "PRO-002")])


def blank_used_without_its_record() -> Attempt:
    used = Keeping().event("blank_used", "bob", "B-1", record="FRM-001-0001")
    return lambda: check_joint([used])


ROWS = (
    Row("founded for another", NotAuthorisedError, founded_for_another),
    Row("founded again", IllegalMoveError, founded_again),
    Row("founded with another key", NotAuthorisedError, founded_with_another_key),
    Row("established late", IllegalMoveError, lambda: established(late=True)),
    Row("established by another", NotAuthorisedError,
        lambda: established(role="management")),
    Row("established with other settings", EventError, lambda: established(content="2" * 64)),
    Row("established by another event", EventError, established_by_another_event),
    Row("a document is no change of ACCESS", EventError, no_change_of_access),
    Row("created again", TakenError, created_again),
    Row("begun otherwise", EventError, begun_otherwise),
    Row("begun without a number", EventError, begun_without_a_number),
    Row("begun in an unknown type", EventError, lambda: begun("recipe")),
    Row("begun with another label", EventError,
        lambda: begun(revision="7", meaning=meaning("created", item=ITEM, revision="7"))),
    Row("twice in a change", EventError, twice_in_a_change),
    Row("with a part missing", EventError, with_a_part_missing),
    Row("with an event of its own", EventError, with_an_event_of_its_own),
    Row("a blank used without its record", EventError, blank_used_without_its_record),
)  # fmt: skip
