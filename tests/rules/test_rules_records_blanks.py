"""Each refusal of a numbered blank: its kind of error and its sentence."""

from typing import Any

import pytest
from paper_keeping import CASE, LOG, Keeping, refuses
from record_attempts import (
    NC,
    ONE,
    PAPER,
    TWO,
    Refused,
    add,
    capture,
    define,
    scene,
    superseded,
    unknown_revision,
)

from docctl.errors import DocctlError, EventError, IllegalMoveError, NotAuthorisedError
from docctl.model.event import Signed
from docctl.rules.guards import check_joint
from docctl.rules.records import check
from docctl.rules.records.blank import begin

BLANK = "B-1"


def issue(keeping: Keeping, by: str = "ria", role: str = "records", form: str = LOG,
          **want: Any) -> Signed:  # fmt: skip
    revision = keeping.dossiers[form].revisions[0]
    given = {
        "form": form, "form_revision": revision.label, "form_content": revision.content,
        "issued_to": "Line 3",
    }  # fmt: skip
    return keeping.event("blank_issued", by, BLANK, role, **{**given, **want})


def out(keeping: Keeping, form: str = LOG) -> Keeping:
    keeping.land(issue(keeping, form=form))
    return keeping


def use(keeping: Keeping, by: str = "bob", record: str = TWO) -> Signed:
    return keeping.event("blank_used", by, BLANK, record=record)


def used(keeping: Keeping) -> Keeping:
    out(keeping).land(use(keeping))
    return keeping


def end(keeping: Keeping, by: str = "ria", role: str = "records", outcome: str = "returned",
        **want: Any) -> Signed:  # fmt: skip
    return keeping.event("blank_ended", by, BLANK, role, outcome=outcome, **want)


def ended(keeping: Keeping) -> Keeping:
    out(keeping).land(end(keeping))
    return keeping


def strict(keeping: Keeping) -> Keeping:
    return define(keeping, LOG, numbered_blanks=True)


def keeping_use(keeping: Keeping) -> Signed:
    return keeping.event("blank_used", "bob", BLANK, record=TWO, seq=1)


REFUSED: dict[str, tuple[Refused, type[DocctlError], str]] = {
    "issuing by a service": (
        lambda k: issue(k, "bot", "author"), NotAuthorisedError, "a service"),
    "issuing by anybody": (lambda k: issue(k, "bob", "holder"), NotAuthorisedError, "do this"),
    "a blank of no form": (
        lambda k: issue(k, form_content="0" * 64), EventError, "no definition of records"),
    "a blank of an unknown revision": (
        lambda k: issue(unknown_revision(k), form_revision="7"), EventError, "not in force"),
    "a blank of a draft": (lambda k: issue(superseded(k, "draft")), EventError, "not in force"),
    "using it before it was issued": (
        keeping_use, EventError, "comes before it was begun"),
    "using it twice": (
        lambda k: use(used(k), record="FRM-001-0003"),
        EventError, "used already, for FRM-001-0002"),
    "using what is back": (lambda k: use(ended(k)), IllegalMoveError, "'use' is not possible"),
    "taking back what was used": (lambda k: end(used(k)), EventError, "used already"),
    "taking back what is back": (
        lambda k: end(ended(k)), IllegalMoveError, "'return or void' is not"),
    "taking back by a service": (
        lambda k: end(out(k), "bot", "author"), NotAuthorisedError, "a service"),
    "taking back by anybody": (
        lambda k: end(out(k), "bob", "holder"), NotAuthorisedError, "do this"),
    "void without a reason": (
        lambda k: end(out(k), outcome="void", reason=""), EventError, "needs a reason"),
    "a record from no blank there is": (
        lambda k: capture(k, blank="B-9"), EventError, "there is no blank B-9"),
    "a record from a blank of another form": (
        lambda k: capture(out(k, CASE), blank=BLANK), EventError, "is of FRM-002 revision A"),
    "a record from a blank that was used": (
        lambda k: capture(used(k), "FRM-001-0003", blank=BLANK), EventError, "used already"),
    "a record from a blank that is back": (
        lambda k: capture(ended(k), blank=BLANK), IllegalMoveError, "'use' is not possible"),
    "a record from none where it must be one": (
        lambda k: capture(strict(k)), EventError, "are made on numbered blanks"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_this_is_refused(name: str) -> None:
    refuses(scene(), *REFUSED[name])


ACCEPTED: dict[str, Refused] = {
    "a blank by who keeps records": issue,
    "its use": lambda k: use(out(k)),
    "its return": lambda k: end(out(k), reason=""),
    "a void one": lambda k: end(out(k), outcome="void"),
    "a record from it": lambda k: capture(out(k), TWO, blank=BLANK),
    "a record from it, marked before": lambda k: capture(used(k), TWO, blank=BLANK),
    "a record from it where it must be one": lambda k: capture(out(strict(k)), TWO, blank=BLANK),
    "paper that never was a blank": lambda k: capture(strict(k), payload=None, elsewhere=PAPER),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_this_is_accepted(name: str) -> None:
    keeping = scene()
    check(keeping, ACCEPTED[name](keeping))


def test_a_record_and_the_use_of_its_blank_are_one_change() -> None:
    keeping = out(scene())
    made, marked = capture(keeping, TWO, blank=BLANK), use(keeping)
    check_joint([made, marked])
    plain, other = capture(keeping, "FRM-001-0003"), use(keeping, record="FRM-001-0003")
    for change in ([made], [marked], [made, other], [plain, marked], [made, plain]):
        with pytest.raises(EventError, match="stated in one change"):
            check_joint(change)
    check_joint([issue(scene())])


def test_a_blank_is_out_until_it_is_used_or_ended() -> None:
    keeping = out(scene())
    assert keeping.blank(BLANK).out
    assert not used(scene()).blank(BLANK).out
    assert not ended(scene()).blank(BLANK).out
    strange = keeping.blank(BLANK).after(issue(scene()))
    assert (strange.used, strange.ended) == (None, None)
    with pytest.raises(TypeError, match="added"):
        begin(add(keeping, NC))
    assert keeping.record(ONE) is not None
