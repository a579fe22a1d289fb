"""No guard of records is there for nothing: without it, something that is tried ends otherwise."""

from collections.abc import Callable

import pytest
import test_rules_records_anonymous as anonymous
import test_rules_records_blanks as blanks
import test_rules_records_capturing as capturing
import test_rules_records_disposing as disposing
import test_rules_records_holding as holding
import test_rules_records_keeping as keeping
import test_rules_records_requesting as requesting
import test_rules_records_reviewing as reviewing
import test_rules_records_transferring as handing
from paper_keeping import Keeping
from planted_guards import KEPT, Guard
from record_attempts import scene

from docctl.errors import DocctlError
from docctl.model.access import PersonErased
from docctl.model.event import Signed
from docctl.rules.records import check, check_erasure

Attempt = tuple[Callable[[], Keeping], Callable[[Keeping], Signed | PersonErased]]

ATTEMPTS: dict[str, Attempt] = {
    **{f"blanks: {name}": (scene, row[0]) for name, row in blanks.REFUSED.items()},
    **{f"capturing: {name}": (scene, row[0]) for name, row in capturing.REFUSED.items()},
    **{f"keeping: {name}": (scene, row[0]) for name, row in keeping.REFUSED.items()},
    **{f"holding: {name}": (holding.scene, row[0]) for name, row in holding.REFUSED.items()},
    "holding: the name of a witness": (holding.scene, holding.erasure),
    **{f"requesting: {name}": (scene, row[0]) for name, row in requesting.REFUSED.items()},
    **{f"reviewing: {name}": (reviewing.scene, row[0]) for name, row in reviewing.REFUSED.items()},
    **{f"handing: {name}": (handing.scene, row[0]) for name, row in handing.REFUSED.items()},
    **{f"anonymous: {name}": (begin, act) for name, (begin, act, *_) in anonymous.REFUSED.items()},
    **{f"disposing: {name}": (begin, row[0]) for begin, name, row in disposing.EVERY},
}


def judge(office: Keeping, made: Signed | PersonErased) -> None:
    """Let the rules of records judge what was made."""
    if isinstance(made, PersonErased):
        check_erasure(office, made)
    else:
        check(office, made)


def outcome(attempt: Attempt) -> tuple[str, str]:
    """Return how an attempt ends: the kind of error, and its sentence."""
    begin, act = attempt
    try:
        office = begin()
        judge(office, act(office))
    except DocctlError as error:
        return type(error).__name__, str(error)
    except (KeyError, AttributeError, TypeError) as error:
        return "broken", str(error)
    return "accepted", ""


REFUSED = {name: outcome(attempt) for name, attempt in ATTEMPTS.items()}


def test_whatever_is_tried_is_refused() -> None:
    assert {kind for kind, _ in REFUSED.values()} & {"accepted", "broken"} == set()
    assert len(KEPT) > 60


@pytest.mark.parametrize("guard", KEPT, ids=str)
def test_a_guard_that_is_taken_out_is_missed(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    function, code = guard.taken_out()
    monkeypatch.setattr(function, "__code__", code)
    assert any(outcome(attempt) != REFUSED[name] for name, attempt in ATTEMPTS.items())
