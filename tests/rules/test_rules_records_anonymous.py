"""A record is made anonymous: what remains of it is everything but what the form calls personal."""

from collections.abc import Callable
from typing import Any

import pytest
from disposal_attempts import A, certify
from paper_keeping import LOG, Keeping, a_class, stub

from docctl.errors import DocctlError, EventError, RetentionError
from docctl.model.event import Signed
from docctl.rules.records import check
from docctl.rules.records.anonymous import taken_out

Begin = Callable[[], Keeping]
Act = Callable[[Keeping], Signed]
WHO_AND_WHY = ("who", "why")


def captured(**changes: Any) -> Keeping:
    """A record of a class that is made anonymous; its form has a subject, its class removes why."""
    keeping = Keeping(a_class(**{"action": "anonymise", "removes": ("why",), **changes}))
    keeping.capture(A)
    keeping.wait(31)
    return keeping


def scene() -> Keeping:
    keeping = captured()
    keeping.propose("D-1", A)
    keeping.authorise("D-1")
    return keeping


def go(keeping: Keeping, **want: Any) -> Signed:
    return keeping.disposing(A, "D-1", **{"remains": stub(), "removed": WHO_AND_WHY, **want})


def propose(keeping: Keeping) -> Signed:
    items = [keeping.item(A)]
    return keeping.event("disposal_proposed", "ria", "D-1", "records", items=items, schedule="x")


def with_form(removes: tuple[str, ...] = (), **changes: Any) -> Begin:
    def begin() -> Keeping:
        keeping = captured(removes=removes)
        keeping.definitions[LOG] = keeping.definitions[LOG].but(**changes)
        return keeping

    return begin


def without_form() -> Keeping:
    keeping = captured()
    del keeping.definitions[LOG]
    return keeping


def elsewhere() -> Keeping:
    keeping = Keeping(a_class(action="anonymise"))
    place = {"medium": "Paper", "location": "Shelf 4", "custodian": "Workshop"}
    keeping.capture(A, payload=None, elsewhere=place)
    keeping.wait(31)
    return keeping


REFUSED: dict[str, tuple[Begin, Act, type[DocctlError], str]] = {
    "without remains": (
        scene, lambda k: go(k, remains=None), EventError, "all but: who, why"),
    "without what the class removes": (
        scene, lambda k: go(k, removed=("who",)), EventError, "all but: who, why"),
    "with what was to go": (
        scene, lambda k: go(k, remains=k.record(A).stubs[0]), EventError, "is what was to go"),
    "destroyed instead": (
        scene, lambda k: go(k, action="destroy"), EventError, "authorised to anonymise it"),
    "a certificate that says destroyed": (
        scene, lambda k: (k.land(go(k)), certify(k, of=(A,)))[1], EventError,
        "the certificate says destroyed"),
    "what says nothing of persons": (
        with_form(subject=None), propose, RetentionError, "marks no field as personal"),
    "an identifier": (
        with_form(identifiers=("site", "why"), removes=("why",)), propose, RetentionError,
        "'why' is an identifier"),
    "what no form tells of": (without_form, propose, RetentionError, "marks no field"),
    "what lies elsewhere": (elsewhere, propose, RetentionError, "nothing of it lies in the vault"),
}  # fmt: skip


@pytest.mark.parametrize(("begin", "act", "error", "sentence"), REFUSED.values(), ids=REFUSED)
def test_this_is_refused(begin: Begin, act: Act, error: type[DocctlError], sentence: str) -> None:
    keeping = begin()
    with pytest.raises(error) as caught:
        check(keeping, act(keeping))
    assert sentence in str(caught.value)
    assert caught.value.hint


def test_what_remains_is_everything_but_what_is_personal() -> None:
    keeping = scene()
    left = stub()
    keeping.land(go(keeping, remains=left))
    record = keeping.record(A)

    assert (record.status, record.remains) == ("anonymised", left)
    assert record.there == ((f"{A}.anonymised", left),)
    keeping.land(certify(keeping, of=(A,), result="anonymised"))


def test_what_is_destroyed_leaves_nothing() -> None:
    keeping = captured(action="destroy")
    keeping.propose("D-1", A)
    keeping.authorise("D-1")
    with pytest.raises(EventError, match="all but: nothing"):
        check(keeping, go(keeping))
    keeping.land(keeping.disposing(A, "D-1"))
    assert keeping.record(A).there == ()


def test_the_fields_that_go_are_told_in_the_order_of_the_form() -> None:
    keeping = captured()
    definition = keeping.definitions[LOG].but(personal=("why", "site"), identifiers=())
    assert taken_out(definition, a_class()) == ("site", "who", "why")
