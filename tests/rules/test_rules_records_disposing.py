"""Each refusal of a disposal, from its proposal to its certificate."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from disposal_attempts import (
    ARCHIVIST,
    DAY,
    KIM,
    A,
    Act,
    B,
    C,
    D,
    after,
    agreed,
    amended,
    authorise,
    carried_out,
    certify,
    far,
    go,
    held,
    lost,
    propose,
    refuse,
    rescheduled,
    scene,
)
from paper_keeping import Keeping, a_class, stub

from docctl.errors import (
    DateError,
    DocctlError,
    EventError,
    HoldError,
    IllegalMoveError,
    NotAuthorisedError,
    RetentionError,
    SeparationOfDutiesError,
    TakenError,
)
from docctl.rules.records import check
from docctl.rules.records.guards.disposing import window

PROPOSED: dict[str, tuple[Act, type[DocctlError], str]] = {
    "by a service": (lambda k: propose(k, by="bot", role="author"), NotAuthorisedError, "service"),
    "by anybody": (lambda k: propose(k, by="bob", role="author"), NotAuthorisedError, "as author"),
    "a number twice": (
        lambda k: k.event("disposal_proposed", "ria", "D-1", "records", items=[k.item(D)],
                          schedule="x"), TakenError, "never used twice"),
    "a record twice": (
        lambda k: propose(k, items=[k.item(D), k.item(D)]), EventError, "names a record twice"),
    "what is no record": (
        lambda k: propose(k, item={"record": "X-1"}), EventError, "is no record that could be"),
    "what is on another list": (lambda k: propose(k, A), EventError, "is proposed already: D-1"),
    "another last event": (
        lambda k: propose(k, item={"last": "0" * 64}), RetentionError, "something happened to it"),
    "another class": (
        lambda k: propose(k, item={"retention": "case"}), RetentionError, "something happened"),
    "other payloads": (
        lambda k: propose(k, item={"stubs": (stub(),)}), RetentionError, "something happened"),
    "another action": (
        lambda k: propose(k, item={"action": "permanent"}), RetentionError, "it may not go on"),
    "another day": (
        lambda k: propose(k, item={"due_since": date(2026, 1, 1)}), RetentionError, "may not go"),
    "what is held": (lambda k: propose(held(k)), HoldError, "is held by H-1"),
    "what is not due": (
        lambda k: propose(rescheduled(k, period="1 year")), RetentionError, "it may not go on"),
    "what has no class": (lambda k: propose(lost(k)), RetentionError, "no class log any more"),
}  # fmt: skip

AUTHORISED: dict[str, tuple[Act, type[DocctlError], str]] = {
    "nothing": (
        lambda k: k.event("disposal_authorised", "rob", "D-9", "records", not_before=k.today),
        EventError, "before it was begun"),
    "twice": (after(authorise, authorise), IllegalMoveError, "'authorise' is not possible"),
    "what was given up": (after(refuse, authorise), IllegalMoveError, "is given up"),
    "by a service": (lambda k: authorise(k, "bot", "author"), NotAuthorisedError, "a service"),
    "by who proposed": (lambda k: authorise(k, "ria"), SeparationOfDutiesError, "ria proposed"),
    "without the role": (lambda k: authorise(k, "own", "holder"), NotAuthorisedError, "do this"),
    "by another function": (
        lambda k: authorise(rescheduled(k, owner=ARCHIVIST)), NotAuthorisedError, "answer for"),
    "by another person": (
        lambda k: authorise(rescheduled(k, owner=KIM)), NotAuthorisedError, "does not answer for"),
    "what nobody answers for any more": (
        lambda k: authorise(lost(k), not_before=k.today), RetentionError, "no class log any more"),
    "what nobody answers for, by anybody": (
        lambda k: authorise(lost(k), "bob", "author", not_before=k.today),
        RetentionError, "no class"),
    "keeping a stranger": (lambda k: authorise(k, kept=(D,)), EventError, "is not on the list"),
    "keeping without reason": (
        lambda k: authorise(k, kept=(A,), reason=""), EventError, "needs a reason"),
    "too early": (lambda k: authorise(k, not_before=k.today), DateError, "not the end of the"),
    "at the end of the calendar": (
        lambda k: authorise(far(k), not_before=date.max), DateError, "not the end of the window"),
    "before it was proposed": (
        lambda k: authorise(k, time=k.now - DAY / 2, date=k.today), DateError, "before the event"),
}  # fmt: skip

DISPOSED: dict[str, tuple[Act, type[DocctlError], str]] = {
    "by a service": (lambda k: go(k, by="bot"), NotAuthorisedError, "cannot do this"),
    "by anybody": (lambda k: go(k, by="bob"), NotAuthorisedError, "cannot do this"),
    "by a disposal that is none": (
        lambda k: go(k, disposal="D-2", number=D), RetentionError, "D-2"),
    "without authority": (lambda k: go(k, C, "D-2"), RetentionError, "nobody has authorised D-2"),
    "by another authority": (lambda k: go(k, authorised="0" * 64), EventError, "another authoris"),
    "what is on no list": (lambda k: go(k, D), EventError, "D-1 does not let it go"),
    "by another action": (lambda k: go(k, action="permanent"), EventError, "authorised to destroy"),
    "within its window": (
        lambda k: go(k, date=k.today - DAY, time=k.now - DAY), DateError, "lies in the window"),
    "what was changed": (lambda k: go(amended(k, A)), RetentionError, "something happened to it"),
    "what is held": (lambda k: go(held(k, A)), HoldError, "is held by H-1"),
    "what is kept longer now": (
        lambda k: go(rescheduled(k, period="1 year")), RetentionError, "may not go"),
    "what has been due for longer now": (
        lambda k: go(rescheduled(k, period="1 day")), RetentionError, "may not go"),
    "what has no class any more": (lambda k: go(lost(k)), RetentionError, "no class log any more"),
    "when it is over": (
        after(lambda k: certify(k, result="kept"), go), EventError, "D-1 is no open disposal"),
    "when it was given up": (after(refuse, go), EventError, "D-1 is no open disposal"),
}  # fmt: skip

ENDED: dict[str, tuple[Act, type[DocctlError], str]] = {
    "a certificate by anybody": (
        lambda k: certify(k, "bob", "author"), NotAuthorisedError, "as author"),
    "a certificate by a service": (
        lambda k: certify(k, "bot", "author"), NotAuthorisedError, "a service"),
    "a certificate of something else": (
        lambda k: certify(k, of=(B, A)), EventError, "does not list what was proposed"),
    "a certificate that lies": (
        lambda k: certify(k, result="kept"), EventError, "the certificate says kept"),
    "a certificate that says too much": (
        lambda k: certify(k, residual={A: {"who": "Ola"}}), EventError, "more than CONTROL allows"),
    "a certificate that says something else": (
        lambda k: certify(k, residual={A: {"site": "Bergen"}}), EventError, "does not say"),
    "a certificate that names a stranger": (
        lambda k: certify(k, residual={D: {"site": "Oslo"}}), EventError, "more than CONTROL"),
    "a second certificate": (after(certify, certify), IllegalMoveError, "is certified"),
    "giving up what was carried out": (refuse, IllegalMoveError, "is being carried out"),
}  # fmt: skip

GIVEN_UP: dict[str, tuple[Act, type[DocctlError], str]] = {
    "a certificate without authority": (
        lambda k: certify(k, result="kept"), IllegalMoveError, "is not authorised"),
    "giving up without reason": (lambda k: refuse(k, reason=""), EventError, "needs a reason"),
    "giving up by a service": (lambda k: refuse(k, "bot", "author"), NotAuthorisedError, "service"),
    "giving up by anybody": (lambda k: refuse(k, "bob", "holder"), NotAuthorisedError, "do this"),
    "giving up what is another's": (
        lambda k: refuse(rescheduled(k, owner=KIM), "own", "holder"), NotAuthorisedError, "answer"),
    "giving up by anybody what nobody answers for": (
        lambda k: refuse(lost(k), "bob", "holder"), RetentionError, "no class log any more"),
}  # fmt: skip

SCENES = (
    (scene, PROPOSED), (scene, AUTHORISED), (agreed, DISPOSED), (carried_out, ENDED),
    (scene, GIVEN_UP),
)  # fmt: skip
EVERY = [(begin, name, row) for begin, rows in SCENES for name, row in rows.items()]


@pytest.mark.parametrize(
    ("begin", "row"), [(b, r) for b, _, r in EVERY], ids=[name for _, name, _ in EVERY]
)
def test_this_is_refused(
    begin: Callable[[], Keeping], row: tuple[Act, type[DocctlError], str]
) -> None:
    act, error, sentence = row
    keeping = begin()

    with pytest.raises(error) as caught:
        check(keeping, act(keeping))

    assert type(caught.value) is error
    assert sentence in str(caught.value)
    assert caught.value.hint


def test_a_record_stays_until_its_window_is_over() -> None:
    keeping = scene()
    keeping.authorise("D-1")
    for _ in range(2):
        with pytest.raises(DateError, match="lies in the window: it may go from"):
            check(keeping, keeping.disposing(A, "D-1"))
        keeping.wait(1)
    check(keeping, keeping.disposing(A, "D-1"))


def test_what_the_authoriser_keeps_stays_and_may_be_proposed_again() -> None:
    keeping = agreed(kept=(A,))

    with pytest.raises(EventError, match="D-1 does not let it go"):
        check(keeping, keeping.disposing(A, "D-1"))
    keeping.land(keeping.disposing(B, "D-1"))
    keeping.propose("D-3", A)


def test_the_longest_window_of_all_classes_counts() -> None:
    keeping = Keeping(a_class(window_days=1), a_class("case", window_days=9))
    keeping.completed()
    keeping.do("closed", "bob", "NC-2026-1", closed_on=keeping.today)
    keeping.capture(A)
    keeping.wait(31)
    keeping.propose("D-1", A, "NC-2026-1")

    with pytest.raises(DateError):
        keeping.authorise("D-1", not_before=keeping.today + DAY)
    keeping.authorise("D-1", not_before=keeping.today + 9 * DAY)


@pytest.mark.parametrize(("owner", "by"), [(ARCHIVIST, "own"), (KIM, "kim")])
def test_who_owns_a_class_authorises_and_gives_up_without_any_role(owner: Any, by: str) -> None:
    keeping = rescheduled(scene(), owner=owner)
    keeping.authorise("D-1", by, "holder")
    keeping.do("disposal_refused", by, "D-1")

    assert not keeping.disposal("D-1").open


def test_a_class_that_is_gone_has_no_window() -> None:
    keeping = scene()

    assert window(keeping, keeping.disposal("D-1")) == 2
    assert window(lost(keeping), keeping.disposal("D-1")) == 0


def test_who_keeps_records_gives_up_what_nobody_answers_for() -> None:
    keeping = lost(scene())
    keeping.land(refuse(keeping, "ria"))

    assert not keeping.disposal("D-1").open


def test_a_certificate_tells_what_the_history_tells() -> None:
    keeping = carried_out()
    keeping.land(certify(keeping, residual={A: {"site": "Oslo"}}))

    assert keeping.disposal("D-1").certified
    assert not keeping.disposal("D-1").open


def test_a_class_that_comes_back_lends_no_authority_to_what_was_signed_without_it() -> None:
    """While a class is gone nobody answers for it, whoever would like to."""
    keeping = lost(scene())
    with pytest.raises(RetentionError):
        keeping.authorise("D-1", "bob", "author", not_before=keeping.today)
    rescheduled(keeping)
    keeping.wait(9)

    with pytest.raises(RetentionError, match="nobody has authorised D-1"):
        check(keeping, keeping.disposing(A, "D-1"))
