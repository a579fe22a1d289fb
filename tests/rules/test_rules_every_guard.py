"""No guard is there for nothing: taken out, each changes the answer to something that is tried."""

import pytest
from attempts import ATTEMPTS, outcome
from further_refusals import FURTHER
from planted_guards import GUARDS, Guard
from refusal_row import Row


@pytest.mark.parametrize("row", FURTHER, ids=lambda row: row.case.replace(" ", "-"))
def test_it_is_refused(row: Row) -> None:
    with pytest.raises(row.error) as refused:
        row.make()()
    assert type(refused.value) is row.error
    assert refused.value.hint


REFUSED = {name: outcome(attempt) for name, attempt in ATTEMPTS.items()}


def test_whatever_is_tried_is_refused() -> None:
    assert {kind for kind, _ in REFUSED.values()} & {"accepted", "broken"} == set()


@pytest.mark.parametrize("guard", GUARDS, ids=str)
def test_a_guard_that_is_taken_out_is_missed(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    function, code = guard.taken_out()
    monkeypatch.setattr(function, "__code__", code)
    assert any(outcome(attempt) != REFUSED[name] for name, attempt in ATTEMPTS.items())


def test_guards_are_found_where_they_stand() -> None:
    """If the rules move, the list of modules moves along."""
    assert len(GUARDS) > 100
    assert {guard.module.rpartition(".")[2] for guard in GUARDS} >= {
        "changes", "signers", "documents", "form", "founding", "joint", "moves", "signer",
        "case", "drafting", "proposing", "releasing", "voting", "standing",
    }  # fmt: skip
