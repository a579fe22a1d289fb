"""Errors keep what they carry: through a pickle, and however long the list of faults is."""

import pickle
from collections.abc import Iterator
from datetime import date

import pytest

from docctl.errors import DocctlError, FrontMatterError, IncompleteError


def family(root: type[DocctlError] = DocctlError) -> Iterator[type[DocctlError]]:
    yield root
    for child in root.__subclasses__():
        yield from family(child)


def made(kind: type[DocctlError]) -> DocctlError:
    """Return an error of this class with data of its own, whatever its class is made from."""
    error = kind.__new__(kind)
    DocctlError.__init__(error, "PRO-001:", faults=["no title", "no owner"], hint="add them")
    error.__dict__["given"] = date(2026, 1, 2)
    return error


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
