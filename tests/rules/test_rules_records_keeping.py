"""Each refusal of what may happen to a record: its kind of error and its sentence."""

import pytest
from paper_keeping import CASE, LOG, a_class, refuses
from record_attempts import (
    DAY,
    NC,
    ONE,
    PAPER,
    Refused,
    add,
    amend,
    certify,
    close,
    define,
    ended,
    gone,
    let_go,
    move,
    on_paper,
    ordered,
    performed,
    ready,
    reopen,
    scene,
    shut,
    sign,
    state,
    without_form,
)

from docctl.errors import (
    DateError,
    DocctlError,
    EventError,
    IllegalMoveError,
    IncompleteError,
    NotAuthorisedError,
    RetentionError,
    SeparationOfDutiesError,
)
from docctl.rules.records import check

REFUSED: dict[str, tuple[Refused, type[DocctlError], str]] = {
    # steps
    "no such step": (lambda k: add(k, step="dreamt"), EventError, "has no step 'dreamt'"),
    "a form without steps": (lambda k: add(k, ONE), EventError, "has no step"),
    "a step twice": (lambda k: add(ready(k)), EventError, "was entered already"),
    "a step of a closed record": (
        lambda k: add(shut(k), step="checked"), IllegalMoveError, "'add' is not possible"),
    "an empty step": (lambda k: add(k, payload=None), EventError, "says what it enters"),
    "a step before the one that it follows": (
        lambda k: add(ordered(k), step="checked", by="bob", role="author"),
        EventError, "the step 'checked' comes after 'analysed'"),
    "a step to come": (lambda k: add(k, event_on=k.today + DAY), DateError, "in the future"),
    "a step without its role": (
        lambda k: add(k, by="ria", step="checked"), NotAuthorisedError, "do this"),
    "a step by a form that is lost": (
        lambda k: add(without_form(k)), EventError, "its form FRM-002 cannot be read"),
    # amendments
    "an amendment without reason": (lambda k: amend(k, reason=""), EventError, "needs a reason"),
    "an amendment by a service": (
        lambda k: amend(k, by="bot", role="holder", entered_for="bob"),
        NotAuthorisedError, "a service"),
    "an empty amendment": (lambda k: amend(k, payload=None), EventError, "says what it changes"),
    "a strange identifier amended": (
        lambda k: amend(k, identifiers={"why": "x"}), EventError, "'why' is no identifier"),
    "a strange identifier taken out": (
        lambda k: amend(k, removed=("why",)), EventError, "'why' is no identifier"),
    "an identifier that changes and goes": (
        lambda k: amend(k, identifiers={"site": "x"}, removed=("site",)),
        EventError, "cannot change and go"),
    "an amendment of what is another's": (
        lambda k: amend(k, by="eve", role="holder"), NotAuthorisedError, "do this"),
    "an amendment without the role": (
        lambda k: amend(define(k, LOG, amend=("reviewer",)), by="bob", role="holder"),
        NotAuthorisedError, "do this"),
    "an amendment of what others signed and is closed": (
        lambda k: amend(shut(k), NC), IllegalMoveError, "'amend' is not possible"),
    "closing after an amendment that nobody has signed": (
        lambda k: close((k.land(amend(ready(k), NC)), k)[1]), IncompleteError, "not ready"),
    # signatures
    "a signature not asked for": (
        lambda k: sign(k, meaning="liked"), EventError, "no signature 'liked'"),
    "a signature on what is closed": (
        lambda k: sign(shut(k)), IllegalMoveError, "'countersign' is not possible"),
    "a signature in another role": (
        lambda k: sign(k, "ria", "records"), NotAuthorisedError, "as records"),
    "a signature by a service": (
        lambda k: sign(k, "bot", "author"), NotAuthorisedError, "a service"),
    "a signature on one's own": (
        lambda k: sign((k.land(add(k, by="kim")), k)[1]),
        SeparationOfDutiesError, "cannot countersign"),
    "a signature on what one gave": (
        lambda k: sign((k.land(add(k, entered_for="kim")), k)[1]),
        SeparationOfDutiesError, "kim gave what was entered into NC-2026-1 and cannot countersign"),
    "a signature on what one entered, though the form lets whom it was entered for sign": (
        lambda k: sign((k.land(add(performed(k), by="kim", entered_for="kim")), k)[1]),
        SeparationOfDutiesError, "kim entered something into"),
    "another signature than that by whom it was entered for": (
        lambda k: sign((k.land(add(performed(k), entered_for="kim")), k)[1]),
        SeparationOfDutiesError, "kim gave what was entered into"),
    # closing
    "closing what is not complete": (close, IncompleteError, "not ready"),
    "closing without a signature": (
        lambda k: close((k.land(add(k)), k)[1]), IncompleteError, "not ready"),
    "closing twice": (lambda k: close(shut(k)), IllegalMoveError, "'close' is not possible"),
    "closing tomorrow": (lambda k: close(ready(k), closed_on=k.today + DAY), DateError, "future"),
    "closing before it began": (
        lambda k: close(ready(k), closed_on=k.today - 2 * DAY),
        DateError, "before what the record"),
    "closing by a service": (lambda k: close(ready(k), by="bot"), NotAuthorisedError, "a service"),
    "closing what is another's": (
        lambda k: close(ready(k), by="eve"), NotAuthorisedError, "do this"),
    "closing without the role": (
        lambda k: close(define(ready(k), CASE, close=("reviewer",))),
        NotAuthorisedError, "do this"),
    # opening again
    "opening what is open": (reopen, IllegalMoveError, "'open again' is not possible"),
    "opening without reason": (lambda k: reopen(shut(k), reason=""), EventError, "needs a reason"),
    "opening by a service": (
        lambda k: reopen(shut(k), "bot", "author"), NotAuthorisedError, "a service"),
    "opening by its author": (
        lambda k: reopen(shut(k), "bob", "holder"), NotAuthorisedError, "do this"),
    # facts
    "a fact not waited for": (lambda k: state(k, fact="sold"), EventError, "wait for 'sold'"),
    "a fact that is worked out": (lambda k: state(k, fact="captured"), EventError, "wait for"),
    "a fact of a class that is gone": (
        lambda k: (k.schedule(a_class("case")), state(k))[1], EventError, "does not wait"),
    "a fact without reason": (lambda k: state(k, reason=""), EventError, "needs a reason"),
    "a fact by a service": (lambda k: state(k, "bot", "author"), NotAuthorisedError, "a service"),
    "a fact by anybody": (lambda k: state(k, "bob", "holder"), NotAuthorisedError, "do this"),
    # what is kept elsewhere
    "moving what lies in the vault": (
        lambda k: move(k, number=ONE), EventError, "lies in the vault"),
    "moving it to where it is": (
        lambda k: move(on_paper(k), elsewhere=PAPER), EventError, "kept there already"),
    "moving it tomorrow": (
        lambda k: move(on_paper(k), since=k.today + DAY), DateError, "in the future"),
    "moving it before it was there": (
        lambda k: move(on_paper(k), since=k.today - DAY), DateError, "before what is known"),
    "moving it before it was moved": (
        lambda k: (k.wait(2), k.land(move(on_paper(k))),
                   move(k, elsewhere=PAPER, since=k.today - DAY))[2],
        DateError, "before what is known"),
    "moving without reason": (lambda k: move(on_paper(k), reason=""), EventError, "needs a reason"),
    "moving by a service": (
        lambda k: move(on_paper(k), "bot", "author"), NotAuthorisedError, "a service"),
    "moving what is another's": (
        lambda k: move(on_paper(k), "eve", "holder"), NotAuthorisedError, "do this"),
    "moving what is gone": (lambda k: move(let_go(k)), IllegalMoveError, "'move' is not possible"),
    "an end of what lies in the vault": (
        lambda k: ended(k, number=ONE), EventError, "lies in the vault"),
    "an end of what is kept": (
        lambda k: ended(on_paper(k)), IllegalMoveError, "'state the destruction of'"),
    "an end twice": (
        lambda k: (k.land(ended(let_go(k))), ended(k))[1], EventError, "stated already"),
    "an end tomorrow": (
        lambda k: ended(let_go(k), on=k.today + DAY), DateError, "in the future"),
    "an end before it was let go": (
        lambda k: ended(let_go(k), on=k.today - DAY), DateError, "before the day on which"),
    "an end by a service": (
        lambda k: ended(let_go(k), "bot", "author"), NotAuthorisedError, "a service"),
    "an end by anybody": (
        lambda k: ended(let_go(k), "bob", "holder"), NotAuthorisedError, "do this"),
    "a certificate of what may lie on its shelf still": (
        lambda k: certify(let_go(k)), RetentionError, "nobody has stated that it was destroyed"),
    # what is gone
    "anything on what is gone": (
        lambda k: amend(gone(k)), IllegalMoveError, "'amend' is not possible"),
    "its disposal again": (
        lambda k: gone(k).disposing(ONE, "D-1"), IllegalMoveError, "'dispose of' is not possible"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_this_is_refused(name: str) -> None:
    refuses(scene(), *REFUSED[name])


ACCEPTED: dict[str, Refused] = {
    "a step after the one that it follows": lambda k: add(
        ordered(ready(k)), by="bob", step="checked", role="author"
    ),
    "a step in its role": lambda k: add(k, by="bob", step="checked", role="author"),
    "an amendment of one's own": lambda k: amend(k, by="bob", role="holder"),
    "an amendment of what is closed": lambda k: amend(k, ONE),
    "a signature": sign,
    "a signature on what another gave": lambda k: sign((k.land(add(k, entered_for="sam")), k)[1]),
    "a signature by whom it was entered for, where the form says so": lambda k: sign(
        (k.land(add(performed(k), entered_for="kim")), k)[1], meaning="performed"
    ),
    "closing by who keeps records": lambda k: close(ready(k), by="ria", role="records"),
    "closing in the role": lambda k: close(
        define(ready(k), CASE, close=("reviewer",)), by="eve", role="reviewer"
    ),
    "closing on a day that is over": lambda k: close(ready(k), closed_on=k.today - DAY),
    "opening again": lambda k: reopen(shut(k)),
    "moving what is on paper": lambda k: move(on_paper(k)),
    "moving one's own": lambda k: move(on_paper(k), "bob", "holder"),
    "the end of what was let go": lambda k: ended(let_go(k)),
    "a certificate once the end is stated": lambda k: certify((k.land(ended(let_go(k))), k)[1]),
    "a fact": state,
    "a fact of a day to come": lambda k: state(k, on=k.today + 99 * DAY),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_this_is_accepted(name: str) -> None:
    keeping = scene()
    check(keeping, ACCEPTED[name](keeping))
