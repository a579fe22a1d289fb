"""Each refusal of an event as such, and of a capture: its kind of error and its sentence."""

from datetime import UTC, date, datetime

import pytest
from paper_keeping import CASE, LOG, a_class, refuses, stub
from record_attempts import (
    DAY,
    LONG_AGO,
    ONE,
    PAPER,
    Refused,
    add,
    amend,
    capture,
    define,
    scene,
    superseded,
    unknown_revision,
)

from docctl.errors import DateError, DocctlError, EventError, NotAuthorisedError, TakenError
from docctl.rules.records import check

REFUSED: dict[str, tuple[Refused, type[DocctlError], str]] = {
    "what refers to nothing": (
        lambda k: capture(k, related=("X-1",)), EventError, "refers to X-1, which is no record"),
    # what every event must have right
    "a number twice": (lambda k: capture(k, ONE, seq=1, prev=None), TakenError, "twice"),
    "no number": (lambda k: capture(k, "frm/1"), EventError, "is no number"),
    "a number too long": (lambda k: capture(k, "A" * 16 + "-" + "B" * 16), EventError, "no number"),
    "before it was begun": (
        lambda k: add(k, "NC-2026-9", seq=1), EventError, "before it was begun"),
    "out of order": (lambda k: amend(k, seq=3), EventError, "does not follow"),
    "another past": (lambda k: amend(k, prev="0" * 64), EventError, "does not follow"),
    "another library": (lambda k: amend(k, library="0" * 64), EventError, "another library"),
    "another sentence": (lambda k: amend(k, meaning="I agree."), EventError, "the signed sentence"),
    "another rule set": (lambda k: amend(k, v=2), EventError, "rule set 2"),
    "a time before the last": (
        lambda k: amend(k, time=datetime(2026, 2, 1, 20, tzinfo=UTC), date=date(2026, 2, 2)),
        DateError, "before the event that it follows"),
    "a day before the last": (
        lambda k: amend(k, time=datetime(2026, 2, 2, 9, tzinfo=UTC), date=date(2026, 2, 1),
                        event_on=date(2026, 2, 1)),
        DateError, "lies before what it follows: 2026-02-02"),
    "another day than its time": (
        lambda k: amend(k, date=k.today + 2 * DAY), DateError, "not the day"),
    "another's key": (lambda k: amend(k, keys=("SHA256:bob-1",)), NotAuthorisedError, "key is not"),
    "a stranger": (lambda k: amend(k, "FRM-001-0001", "zoe"), NotAuthorisedError, "not in ACCESS"),
    "a role that is not held": (lambda k: amend(k, by="eve"), NotAuthorisedError, "as records"),
    "a function not held": (
        lambda k: amend(k, function="Pope"), NotAuthorisedError, "the function"),
    "of a revision": (lambda k: amend(k, revision="1"), EventError, "about no revision"),
    "of a content": (lambda k: amend(k, content="0" * 64), EventError, "about no revision"),
    # capture
    "a form without records": (
        lambda k: capture(k, form_content="0" * 64), EventError, "definition"),
    "no form": (lambda k: capture(k, form_revision="7"), EventError, "definition"),
    "an unknown revision": (
        lambda k: capture(unknown_revision(k), form_content="0" * 64),
        EventError, "no such revision"),
    "a draft": (lambda k: capture(superseded(k, "draft")), EventError, "is not in force"),
    "a cancelled form": (lambda k: capture(superseded(k, "cancelled")), EventError, "not in force"),
    "a withdrawn form": (
        lambda k: capture(superseded(k, withdrawn_on=LONG_AGO), reason=""),
        EventError, "was not in force on 2026-02-03"),
    "another form's number": (
        lambda k: capture(k, "NC-2026-2"), EventError, "no number of a record"),
    "another class": (
        lambda k: capture(k, retention="case"), EventError, "keeps its records as log"),
    "a class that is gone": (
        lambda k: (k.schedule(a_class("case")), capture(k))[1], EventError, "has no class log"),
    "another vault than that of its class": (
        lambda k: capture(k, vault="secret"), EventError, "go to the library's own vault"),
    "a strange identifier": (
        lambda k: capture(k, identifiers={"who": "Ola"}), EventError, "'who' is no identifier"),
    "about somebody": (
        lambda k: capture(k, "NC-2026-2", form=CASE, subject="sam"), EventError, "about no person"),
    "open without steps": (lambda k: capture(k, open=True), EventError, "stays open if"),
    "closed with steps": (
        lambda k: capture(k, "NC-2026-2", form=CASE, open=False), EventError, "stays open if"),
    "nowhere": (lambda k: capture(k, payload=None), EventError, "in the vault or elsewhere"),
    "files without a word": (
        lambda k: capture(k, payload=None, elsewhere=PAPER, attachments=(stub(),)),
        EventError, "it says nothing"),
    "a day to come": (lambda k: capture(k, event_on=k.today + DAY), DateError, "in the future"),
    "an absurd day": (lambda k: capture(k, event_on=date(1899, 12, 31)), DateError, "too long ago"),
    "a late entry": (lambda k: capture(k, event_on=LONG_AGO), DateError, "more than 7 days ago"),
    "for nobody": (lambda k: capture(k, entered_for="zoe"), EventError, "person 'zoe'"),
    "a service for nobody": (lambda k: capture(k, by="bot"), EventError, "bot is a service"),
    "a service for itself": (
        lambda k: capture(k, by="bot", entered_for="bot"), EventError, "records are of persons"),
    "a role nobody asked for": (
        lambda k: capture(k, role="author"), NotAuthorisedError, "cannot do this to FRM-001-0002"),
    "capture without the role": (
        lambda k: capture(define(k, LOG, capture=("reviewer",))), NotAuthorisedError, "do this"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_this_is_refused(name: str) -> None:
    refuses(scene(), *REFUSED[name])


ACCEPTED: dict[str, Refused] = {
    "a late entry that says why": lambda k: capture(k, event_on=LONG_AGO, late_reason="post"),
    "a withdrawn form that says why": lambda k: capture(superseded(k, withdrawn_on=LONG_AGO)),
    "a service for somebody": lambda k: capture(k, by="bot", entered_for="sam"),
    "somebody for somebody": lambda k: capture(k, entered_for="sam"),
    "paper": lambda k: capture(
        k, payload=None, elsewhere={"medium": "paper", "location": "shelf", "custodian": "QM"}
    ),
    "capture in the role": lambda k: capture(
        define(k, LOG, capture=("reviewer",)), by="eve", role="reviewer"
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_this_is_accepted(name: str) -> None:
    keeping = scene()
    check(keeping, ACCEPTED[name](keeping))
