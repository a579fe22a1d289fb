"""Errors keep what they carry: through a pickle, and however long the list of faults is."""

import pickle
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from docctl import errors
from docctl.errors import DocctlError, FrontMatterError, IncompleteError

#: What a class is made from, where that is not one sentence.
MADE: dict[str, tuple[Any, ...]] = {
    "DateError": ("PRO-001", date(2026, 1, 2), "lies behind us"),
    "FrontMatterError": ("PRO-001.md", ["line 2: no title", "line 3: no owner"]),
    "GitError": ("cat-file", "died"),
    "IllegalMoveError": ("PRO-001", "release", "in_review", ["approve"]),
    "IncompleteError": ("PRO-001", ["no title", "no owner"]),
    "LimitError": ("PRO-001.md", 12, 10),
    "LockedError": ("HEAD.lock", "another program"),
    "NewerFormatError": (2, 1),
    "NotAuthorisedError": ("eva", "is no approver"),
    "PathError": ("../x", "it leads out"),
    "RouteError": ("PRO-001", ["approver"]),
    "SeparationOfDutiesError": ("PRO-001", "eva"),
    "StaleApprovalError": ("PRO-001", "a" * 64, "b" * 64),
    "StaleDraftError": ("PRO-001", "eva"),
    "TakenError": ("PRO-001", "is taken"),
    "EventError": ("PRO-001", "has no chain"),
    "ExportForbiddenError": ("EXT-001", "one workplace"),
    "UnreadableError": ("a.md", "it is not UTF-8"),
}


def family(root: type[DocctlError] = DocctlError) -> Iterator[type[DocctlError]]:
    yield root
    for child in root.__subclasses__():
        yield from family(child)


def made(kind: type[DocctlError]) -> DocctlError:
    if kind.__name__ == "MissingApprovalError":
        return errors.MissingApprovalError("PRO-001", ["approval by eva"], next_verb="approve")
    return kind(*MADE.get(kind.__name__, ("something",)))


@pytest.mark.parametrize("kind", dict.fromkeys(family()), ids=lambda kind: kind.__name__)
def test_an_error_reaches_another_process_as_it_is(kind: type[DocctlError]) -> None:
    error = made(kind)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), str(again), vars(again)) == (kind, str(error), vars(error))
    assert again.hint == error.hint


@pytest.mark.parametrize("kind", [FrontMatterError, IncompleteError])
def test_faults_stay_apart_however_many_they_are(kind: type[FrontMatterError]) -> None:
    faults = [f"line {number}: it has no title, and no owner either" for number in range(150)]
    error = kind("PRO-001", faults)
    assert error.faults == tuple(faults)
    assert len(error.lead) < 30
    assert 4000 < len(str(error)) < 4010
