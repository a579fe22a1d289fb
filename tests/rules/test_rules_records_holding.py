"""Each refusal of a hold, with its kind of error and its sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from paper_keeping import Keeping, refuses, stub

from docctl.errors import (
    DocctlError,
    EventError,
    HoldError,
    IllegalMoveError,
    NotAuthorisedError,
    TakenError,
)
from docctl.model.access import PersonErased, PersonErasedData
from docctl.model.event import Signed
from docctl.rules.records import check, check_erasure
from docctl.rules.records.retention.due import holding

ONE = "FRM-001-0001"


def scene() -> Keeping:
    """H-1 was placed by the Director, H-2 by kim, H-3 by ria, and H-4 is lifted."""
    keeping = Keeping()
    keeping.capture(ONE)
    for hold, by, role, function in (
        ("H-1", "kim", "management", "Director"),
        ("H-2", "kim", "management", None),
        ("H-3", "ria", "records", None),
        ("H-4", "ria", "records", None),
    ):
        keeping.do("hold_placed", by, hold, role, matter="M", records=(ONE,), function=function)
    keeping.do("hold_lifted", "ria", "H-4", "records")
    return keeping


def place(
    keeping: Keeping, hold: str = "H-5", by: str = "kim", role: str = "management", **want: Any
) -> Signed:
    return keeping.event(
        "hold_placed", by, hold, role, **{"matter": "M", "records": (ONE,), **want}
    )


def extend(
    keeping: Keeping, hold: str = "H-1", by: str = "kim", role: str = "management", **want: Any
) -> Signed:
    return keeping.event("hold_extended", by, hold, role, **want)


def lift(
    keeping: Keeping, hold: str = "H-1", by: str = "kim", role: str = "management", **want: Any
) -> Signed:
    return keeping.event("hold_lifted", by, hold, role, **want)


REFUSED: dict[str, tuple[Callable[[Keeping], Signed], type[DocctlError], str]] = {
    "a number twice": (lambda k: place(k, "H-1"), TakenError, "never used twice"),
    "no number": (lambda k: place(k, "../H"), EventError, "is no number"),
    "without reason": (lambda k: place(k, reason=""), EventError, "needs a reason"),
    "by a service": (lambda k: place(k, by="bot", role="author"), NotAuthorisedError, "a service"),
    "by anybody": (lambda k: place(k, by="bob", role="author"), NotAuthorisedError, "as author"),
    "on no record": (lambda k: place(k, records=("X-1",)), EventError, "record X-1"),
    "by a question nobody understands": (
        lambda k: place(k, where="site ="), EventError, "cannot be understood"),
    "on no document": (lambda k: place(k, documents=("X-1",)), EventError, "document X-1"),
    "of nothing": (lambda k: extend(k, "H-9", seq=1), EventError, "before it was begun"),
    "extending a lifted one": (lambda k: extend(k, "H-4"), IllegalMoveError, "'extend' is not"),
    "extending without reason": (lambda k: extend(k, reason=""), EventError, "needs a reason"),
    "extending over no record": (lambda k: extend(k, records=("X-1",)), EventError, "X-1"),
    "extending by anybody": (
        lambda k: extend(k, by="bob", role="holder"), NotAuthorisedError, "do this"),
    "lifting twice": (lambda k: lift(k, "H-4"), IllegalMoveError, "'lift' is not possible"),
    "lifting without reason": (lambda k: lift(k, reason=""), EventError, "needs a reason"),
    "lifting by a service": (
        lambda k: lift(k, by="bot", role="author"), NotAuthorisedError, "is a service"),
    "lifting by anybody": (
        lambda k: lift(k, by="bob", role="holder"), NotAuthorisedError, "do this"),
    "lifting what another function placed": (
        lambda k: lift(k, "H-1", "lea"), NotAuthorisedError, "it was placed by Director"),
    "lifting what another role placed": (
        lambda k: lift(k, "H-2", "ria", "records"), NotAuthorisedError, "placed by management"),
    "lifting what keepers placed": (
        lambda k: lift(k, "H-3", "lea"), NotAuthorisedError, "placed by records"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_this_is_refused(name: str) -> None:
    refuses(scene(), *REFUSED[name])


ACCEPTED: dict[str, Callable[[Keeping], Signed]] = {
    "a hold by query": lambda k: place(k, records=(), where="site=Oslo"),
    "a hold on documents": lambda k: place(k, records=(), documents=("FRM-001",)),
    "a hold by who keeps records": lambda k: place(k, by="ria", role="records"),
    "extending": lambda k: extend(k, documents=("FRM-002",)),
    "extending by somebody else": lambda k: extend(k, by="rob", role="records", records=(ONE,)),
    "lifting by the function": lift,
    "lifting by the same role": lambda k: lift(k, "H-2", "lea"),
    "lifting by another keeper": lambda k: lift(k, "H-3", "rob", "records"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_this_is_accepted(name: str) -> None:
    keeping = scene()
    check(keeping, ACCEPTED[name](keeping))


# --- by question: what history knows, nobody has to stamp ---------------------------------------


@pytest.mark.parametrize(
    ("where", "held"),
    [
        ("site=oslo", True),
        ("SITE in (Bergen, Oslo) and form=FRM-001", True),
        ("class=log and number~0002 and revision=a", True),
        ("captured>=2026-01-01 and happened<2030-01-01", True),
        ("site=Bergen", False),
        ("why=leak", False),
        ("why!=leak", False),
    ],
)
def test_a_record_that_nobody_stamped_is_held_by_what_its_history_says(
    where: str, held: bool
) -> None:
    """`why` stands in no history: there the stamp alone tells whether it fits."""
    keeping = Keeping()
    keeping.capture(ONE)
    keeping.do("hold_placed", "kim", "H-1", "management", matter="M", where=where)
    late = keeping.capture("FRM-001-0002", identifiers={"site": "Oslo"})

    assert holding(keeping, keeping.record(late)) == (("H-1",) if held else ())
    keeping.do("hold_lifted", "kim", "H-1", "management")
    assert holding(keeping, keeping.record(late)) == ()


def test_a_question_that_nobody_understands_holds_nothing_and_stops_nothing() -> None:
    keeping = Keeping()
    keeping.capture(ONE)
    keeping.file(keeping.event("hold_placed", "kim", "H-1", "management", matter="M", where="(("))

    assert holding(keeping, keeping.record(ONE)) == ()


# --- documents, and what a record was found by before --------------------------------------------


@pytest.mark.parametrize("document", ["FRM-001", "PRO-001"])
def test_a_hold_on_a_document_holds_the_records_that_come_from_it(document: str) -> None:
    """On the form, or on the procedure above it: captured before the hold, and after it."""
    keeping = Keeping()
    keeping.dossiers["PRO-001"] = keeping.dossiers["FRM-001"]
    keeping.parents["FRM-001"] = "PRO-001"
    keeping.capture(ONE)
    keeping.do("hold_placed", "kim", "H-1", "management", matter="M", documents=(document,))
    keeping.capture("FRM-001-0002")
    keeping.completed()

    for number, holds in ((ONE, ("H-1",)), ("FRM-001-0002", ("H-1",)), ("NC-2026-1", ())):
        assert holding(keeping, keeping.record(number)) == holds
    del keeping.dossiers["FRM-001"]
    assert holding(keeping, keeping.record(ONE)) == (("H-1",) if document == "FRM-001" else ())


@pytest.mark.parametrize("where", ["site=Oslo", "site!=Bergen"])
def test_who_amends_a_record_takes_it_out_of_no_hold(where: str) -> None:
    keeping = Keeping()
    keeping.capture(ONE, identifiers={"site": "Oslo"})
    keeping.do("hold_placed", "kim", "H-1", "management", matter="M", where=where)
    for site in ("Bergen", "Bergen"):
        keeping.do(
            "amended", "ria", ONE, "records", payload=stub(), event_on=keeping.today,
            identifiers={"site": site},
        )  # fmt: skip

    assert keeping.record(ONE).identifiers == {"site": "Bergen"}
    assert len(keeping.record(ONE).former) == 1
    assert holding(keeping, keeping.record(ONE)) == ("H-1",)


def test_what_a_record_never_was_holds_nothing() -> None:
    keeping = Keeping()
    keeping.capture(ONE, identifiers={"site": "Oslo"})
    keeping.do("hold_placed", "kim", "H-1", "management", matter="M", where="site=Moss")
    assert holding(keeping, keeping.record(ONE)) == ()


def erasure(keeping: Keeping, person: str = "bob") -> PersonErased:
    like = keeping.event("hold_lifted", "kim", "H-1", "management").event
    told = {"type": "person_erased", "item": "ACCESS", "data": PersonErasedData(person=person)}
    return PersonErased.model_validate({**dict(like), **told})


def test_the_name_of_a_witness_stays_while_a_hold_stands() -> None:
    """Whoever signed a held record, or is its subject, may be asked: the name is evidence too."""
    keeping = scene()
    with pytest.raises(HoldError) as caught:
        check_erasure(keeping, erasure(keeping, "bob"))
    assert caught.value.holds == ("H-1", "H-2", "H-3")
    check_erasure(keeping, erasure(keeping, "lea"))  # had nothing to do with it
    check_erasure(keeping, keeping.event("hold_lifted", "kim", "H-1", "management").event)
    for hold, by in (("H-1", "kim"), ("H-2", "kim"), ("H-3", "ria")):
        keeping.do("hold_lifted", by, hold, "records" if by == "ria" else "management")
    check_erasure(keeping, erasure(keeping, "bob"))
