"""What is refused of drafts, and of what is in force."""

from collections.abc import Callable
from datetime import timedelta

from paper_office import Office
from paper_scenes import drafted, effective
from refusal_row import Attempt, Row, judged

from docctl.errors import DateError, EventError, IllegalMoveError, SeparationOfDutiesError
from docctl.model.control import CONTROL

ITEM = "PRO-001"


def beside_a_proposal(what: str, verb: str) -> Callable[[], Attempt]:
    def make() -> Attempt:
        office = effective()
        if verb == "submitted":
            office.do("revised", "bob", ITEM)
        office.do(what, "bob", ITEM)
        return judged(office, office.prepare(verb, "bob", ITEM))

    return make


def leaving() -> Office:
    """A document that will be withdrawn in a while."""
    office = effective()
    office.do("withdrawal_proposed", "bob", ITEM, from_on=office.today + timedelta(days=9))
    office.do("approved", "cy", ITEM)
    return office


def after_its_withdrawal(verb: str) -> Callable[[], Attempt]:
    def make() -> Attempt:
        office = leaving()
        return judged(office, office.prepare(verb, "bob", ITEM))

    return make


def editorial_at_first() -> Attempt:
    office = drafted()
    return judged(office, office.prepare("submitted", "bob", ITEM, change="editorial"))


def class_against_the_label() -> Attempt:
    office = Office()
    office.do("created", "bob", "POL-001", document_type="policy")
    office.do("submitted", "bob", "POL-001")
    office.do("approved", "dot", "POL-001")
    office.do("released", "ana", "POL-001")
    office.do("revised", "bob", "POL-001", change="editorial")
    return judged(office, office.prepare("submitted", "bob", "POL-001", change="content"))


def control(verb: str, person: str) -> Callable[[], Attempt]:
    def make() -> Attempt:
        office = Office()
        return judged(office, office.prepare(verb, person, CONTROL))

    return make


def while_open_in(*steps: str, verb: str) -> Callable[[], Attempt]:
    def make() -> Attempt:
        office = effective()
        for one in steps:
            office.do(one, "bob", ITEM)
        return judged(office, office.prepare(verb, "bob", ITEM))

    return make


def resumed_by_the_same() -> Attempt:
    office = effective()
    office.do("suspended", "fay", ITEM)
    return judged(office, office.prepare("resumed", "fay", ITEM))


def control_later() -> Attempt:
    office = Office()
    office.do("revised", "bob", CONTROL)
    office.do("submitted", "bob", CONTROL)
    office.do("approved", "dot", CONTROL)
    day = office.today + timedelta(days=1)
    return judged(office, office.prepare("released", "ana", CONTROL, effective_on=day))


def out_of_order() -> Attempt:
    office = Office()
    office.approved(ITEM)
    office.do("released", "ana", ITEM, effective_on=office.today + timedelta(days=9))
    office.do("revised", "bob", ITEM)
    office.approved(ITEM)
    return judged(office, office.prepare("released", "ana", ITEM, effective_on=office.today))


ROWS = (
    Row("revised beside its withdrawal", IllegalMoveError,
        beside_a_proposal("withdrawal_proposed", "revised")),
    Row("submitted beside a proposal", IllegalMoveError,
        beside_a_proposal("review_proposed", "submitted")),
    Row("proposed beside a proposal", IllegalMoveError,
        beside_a_proposal("review_proposed", "withdrawal_proposed")),
    Row("revised before it is withdrawn", IllegalMoveError, after_its_withdrawal("revised")),
    Row("reviewed before it is withdrawn", IllegalMoveError,
        after_its_withdrawal("review_proposed")),
    Row("editorial at first", EventError, editorial_at_first),
    Row("a class against the label", EventError, class_against_the_label),
    Row("control withdrawn", IllegalMoveError, control("withdrawal_proposed", "ana")),
    Row("control suspended", IllegalMoveError, control("suspended", "fay")),
    Row("withdrawn with a draft open", IllegalMoveError,
        while_open_in("revised", verb="withdrawal_proposed")),
    Row("reviewed while under review", IllegalMoveError,
        while_open_in("revised", "submitted", verb="review_proposed")),
    Row("resumed by the same", SeparationOfDutiesError, resumed_by_the_same),
    Row("control in the future", DateError, control_later),
    Row("before its predecessor", DateError, out_of_order),
)  # fmt: skip
