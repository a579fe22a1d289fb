"""What is handed over goes from here once a receiver has said that it has it, and not before."""

from collections.abc import Callable
from typing import Any

import pytest
from disposal_attempts import DAY, A, B, D, certify, held, refuse
from disposal_attempts import scene as destroyed
from paper_keeping import Keeping, a_class, refuses
from record_days import due

from docctl.errors import (
    DateError,
    DocctlError,
    EventError,
    HoldError,
    IllegalMoveError,
    NotAuthorisedError,
    RetentionError,
)
from docctl.model.event import Signed
from docctl.rules.records import check


def proposed(**changes: Any) -> Keeping:
    """A and B are to be transferred by D-1; the window is two days."""
    keeping = Keeping(a_class(action="transfer", window_days=2, **changes), a_class("case"))
    for number in (A, B, D):
        keeping.capture(number)
    keeping.wait(31)
    keeping.propose("D-1", A, B)
    return keeping


def scene() -> Keeping:
    """D-1 is authorised, and its window is over."""
    keeping = proposed()
    keeping.authorise("D-1")
    keeping.wait(2)
    return keeping


def receive(keeping: Keeping, *records: str, by: str = "ria", role: str = "records",
            disposal: str = "D-1", **want: Any) -> Signed:  # fmt: skip
    given = {"receiver": "City archive", "package": "0" * 64, "receipt": "1" * 64, **want}
    records = records or (A, B)
    return keeping.event("transfer_received", by, disposal, role, records=records, **given)


def received(keeping: Keeping, *records: str) -> Keeping:
    keeping.land(receive(keeping, *records))
    return keeping


def kept() -> Keeping:
    keeping = proposed()
    keeping.authorise("D-1", kept=(A,))
    keeping.wait(2)
    return keeping


REFUSED: dict[str, tuple[Callable[[Keeping], Signed], type[DocctlError], str]] = {
    "a receipt by a service": (
        lambda k: receive(k, by="bot", role="author"), NotAuthorisedError, "service"),
    "a receipt by anybody": (
        lambda k: receive(k, by="bob", role="author"), NotAuthorisedError, "as author"),
    "a receipt of a record twice": (lambda k: receive(k, A, A), EventError, "a record twice"),
    "a second receipt": (lambda k: receive(received(k)), EventError, "a receiver has it already"),
    "a receipt of what is on no list": (
        lambda k: receive(k, D), EventError, "D-1 does not hand it over"),
    "a receipt within the window": (
        lambda k: receive(k, date=k.today - DAY, time=k.now - DAY), DateError, "in the window"),
    "a receipt after the end": (
        lambda k: k.land(refuse(k)) and receive(k), IllegalMoveError, "is given up"),
    "what no receiver has": (
        lambda k: k.disposing(A, "D-1"), RetentionError, "no receiver has said that it has it"),
    "what another receiver has": (
        lambda k: received(k, B).disposing(A, "D-1"), RetentionError, "no receiver has said"),
    "what is destroyed instead": (
        lambda k: received(k).disposing(A, "D-1", action="destroy"), EventError,
        "authorised to transfer it"),
    "what is held meanwhile": (
        lambda k: held(received(k), A).disposing(A, "D-1"), HoldError, "is held by H-1"),
    "a certificate that says destroyed": (
        lambda k: certify(gone(k)), EventError, "the certificate says destroyed"),
}  # fmt: skip


def gone(keeping: Keeping) -> Keeping:
    received(keeping)
    for number in (A, B):
        keeping.land(keeping.disposing(number, "D-1"))
    return keeping


@pytest.mark.parametrize(("act", "error", "sentence"), REFUSED.values(), ids=REFUSED)
def test_this_is_refused(
    act: Callable[[Keeping], Signed], error: type[DocctlError], sentence: str
) -> None:
    refuses(scene(), act, error, sentence)


@pytest.mark.parametrize("result", ["transferred", "not_reached"])
def test_what_a_receiver_has_goes_and_is_certified(result: str) -> None:
    keeping = gone(scene())

    assert keeping.record(A).status == "transferred"
    keeping.land(certify(keeping, result=result))


def test_receipts_come_one_by_one() -> None:
    keeping = received(received(scene(), A), B)
    assert keeping.disposal("D-1").received == {A, B}


def test_nothing_that_is_kept_or_destroyed_is_received() -> None:
    keeping = kept()
    with pytest.raises(EventError, match="does not hand it over"):
        check(keeping, receive(keeping, A))
    keeping = destroyed()
    keeping.authorise("D-1")
    keeping.wait(2)
    with pytest.raises(EventError, match="does not hand it over"):
        check(keeping, receive(keeping, A))


def test_nobody_hands_over_what_nobody_has_authorised() -> None:
    keeping = proposed()
    with pytest.raises(RetentionError, match="nobody has authorised D-1"):
        check(keeping, receive(keeping, A))


def test_a_reviewer_may_have_it_transferred() -> None:
    keeping = proposed()
    keeping.schedule(a_class(action="review"), a_class("case"))
    keeping.do("retention_reviewed", "ria", D, "records", then="transfer")
    assert (due(keeping, D).state, due(keeping, D).action) == ("due", "transfer")
