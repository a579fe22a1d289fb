"""Each refusal of a request about personal data: its kind of error and its sentence."""

from typing import Any

import pytest
from paper_keeping import LOG, Keeping, refuses, stub
from record_attempts import DAY, ONE, Refused, scene

from docctl.errors import (
    DateError,
    DocctlError,
    EventError,
    HoldError,
    IllegalMoveError,
    IncompleteError,
    NotAuthorisedError,
    SeparationOfDutiesError,
)
from docctl.model.event import Signed
from docctl.rules.records import check

REQUEST = "SR-1"
RECORD = {"kind": "record", "item": ONE}
SAM = {"kind": "person", "item": "sam"}
FORM = {"kind": "document", "item": LOG}


def ask(keeping: Keeping, *items: Any, by: str = "ria", role: str = "records",
        **want: Any) -> Signed:  # fmt: skip
    given = {"asks": "erasure", "received_on": keeping.today, "items": items or (RECORD,), **want}
    return keeping.event("request_opened", by, REQUEST, role, **given)


def asked(keeping: Keeping, *items: Any) -> Keeping:
    keeping.land(ask(keeping, *(items or (RECORD, SAM, FORM))))
    return keeping


def decide(keeping: Keeping, subject: Any = RECORD, verdict: str = "erase", by: str = "rob",
           role: str = "records", basis: str | None = None) -> Signed:  # fmt: skip
    made = {"subject": subject, "verdict": verdict, "why": "No duty to keep it", "basis": basis}
    return keeping.event("request_decided", by, REQUEST, role, decisions=(made,))


def decided(keeping: Keeping, subject: Any = RECORD, verdict: str = "erase") -> Keeping:
    asked(keeping, subject).land(decide(keeping, subject, verdict))
    return keeping


def answer(keeping: Keeping, by: str = "rob", role: str = "records") -> Signed:
    return keeping.event("request_answered", by, REQUEST, role)


def over(keeping: Keeping) -> Keeping:
    decided(keeping, verdict="copy").land(answer(keeping))
    return keeping


def held(keeping: Keeping) -> Keeping:
    keeping.do("hold_placed", "kim", "H-1", "management", matter="M", records=(ONE,),
               documents=(LOG,))  # fmt: skip
    return keeping


REFUSED: dict[str, tuple[Refused, type[DocctlError], str]] = {
    "asking without a reason": (lambda k: ask(k, reason=""), EventError, "needs a reason"),
    "asking by anybody": (lambda k: ask(k, by="bob", role="holder"), NotAuthorisedError, "do this"),
    "asking by a service": (
        lambda k: ask(k, by="bot", role="author"), NotAuthorisedError, "a service"),
    "asking on a day to come": (
        lambda k: ask(k, received_on=k.today + DAY), DateError, "nobody has asked yet"),
    "a record that is not": (
        lambda k: ask(k, {"kind": "record", "item": "FRM-001-9"}), EventError, "no record FRM"),
    "a person who is not": (
        lambda k: ask(k, {"kind": "person", "item": "zoe"}), EventError, "there is no person"),
    "a document that is not": (
        lambda k: ask(k, {"kind": "document", "item": "PRO-9"}), EventError, "no document PRO"),
    "deciding by anybody": (
        lambda k: decide(asked(k), by="bob", role="holder"), NotAuthorisedError, "do this"),
    "deciding of something else": (
        lambda k: decide(asked(k, SAM)), EventError, "is no item of it"),
    "erasing alone": (lambda k: decide(asked(k), by="ria"), SeparationOfDutiesError, "opened"),
    "erasing what is held": (lambda k: decide(held(asked(k))), HoldError, "H-1"),
    "erasing a document that is held": (
        lambda k: decide(held(asked(k)), FORM), HoldError, "H-1"),
    "erasing a document": (lambda k: decide(asked(k), FORM), EventError, "for ever"),
    "erasing a name in the store": (lambda k: decide(asked(k), SAM), EventError, "for ever"),
    "keeping for a hold that is none": (
        lambda k: decide(asked(k), verdict="keep", basis="hold"), EventError, "no hold stands"),
    "deciding once answered": (lambda k: decide(over(k)), IllegalMoveError, "answered"),
    "answering by anybody": (
        lambda k: answer(decided(k), "bob", "holder"), NotAuthorisedError, "do this"),
    "answering twice": (lambda k: answer(over(k)), IllegalMoveError, "answered"),
    "answering what is undecided": (
        lambda k: answer(asked(k)), IncompleteError, "nothing is decided"),
    "answering before it went": (
        lambda k: answer(decided(k)), IncompleteError, "its disposal, authorised and run"),
    "answering before it was amended": (
        lambda k: answer(decided(k, verdict="rectify")), IncompleteError, "an amendment of it"),
    "answering before it was released": (
        lambda k: answer(decided(k, FORM, "rectify")), IncompleteError, "corrected revision"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_request_is_refused(name: str) -> None:
    act, error, sentence = REFUSED[name]
    refuses(scene(), act, error, sentence)


def test_what_is_kept_for_a_hold_stands_under_one() -> None:
    keeping = held(asked(scene()))
    check(keeping, decide(keeping, verdict="keep", basis="hold"))
    check(keeping, decide(keeping, FORM, "keep", basis="hold"))


def test_what_was_corrected_or_went_is_answered() -> None:
    keeping = decided(scene(), verdict="rectify")
    keeping.wait(1)
    keeping.do("amended", "ria", ONE, "records", payload=stub(), event_on=keeping.today)
    keeping.land(answer(keeping))
    keeping = decided(scene(), verdict="copy")
    keeping.land(answer(keeping))
    assert keeping.request(REQUEST).answered
