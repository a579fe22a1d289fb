"""Whoever hands in a value of another kind is told which argument it was, and nothing happens."""

import inspect
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from firm import Firm

from docctl import Assignments, DocctlError, Founder, InputError, Library, Procedure, State
from docctl.desk.verbs.table import VERBS

DAY = date(2027, 1, 1)

#: Values that somebody could hand in by mistake, or to see what happens.
ODD: tuple[Any, ...] = (
    None, 0, -1, -(10**30), 10**30, 1.5, float("nan"), b"PRO-001", b"\xff", True, "",
    "PRO-001\0", "\udcff", "x" * 100_000, "PRO-001/../x", [], {}, (), set(), object(), Path("a\0b"),
    datetime(2026, 1, 1, tzinfo=UTC), date.max, iter("abc"), print, ["PRO-001"], inspect,
)  # fmt: skip

#: A good value for an argument, by its name.
GOOD: dict[str, Any] = {
    "number": "PRO-001",
    "label": "1",
    "numbers": "PRO-001",
    "document": Procedure(title="T"),
    "document_type": "procedure",
    "changes": Assignments(location="here"),
    "person": "ben",
    "role": "reviewer",
    "verb": "submit",
    "comment": 3,
    "administrators": 1,
    **dict.fromkeys(("on", "until", "effective_on", "since"), DAY),
}

#: What lends its name to a method, but is about the handle and not the library.
NOT_HERE = {"open", "init", "close", "acting", "note_key"}


def public() -> Iterator[str]:
    for kind in Library.__mro__[:-1]:
        for name, one in vars(kind).items():
            if isinstance(one, FunctionType | classmethod) and name[0] != "_":
                yield name


def calls(method: Any, odd: Any) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Yield calls in which one argument is odd and the others are good."""
    asked = [one for one in inspect.signature(method).parameters.values() if one.name != "self"]
    for wrong in asked:
        given, named = list[Any](), dict[str, Any]()
        for one in asked:
            value = GOOD.get(one.name, "r" if one.default is one.empty else one.default)
            value = odd if one is wrong else value
            if one.kind is one.KEYWORD_ONLY:
                named[one.name] = value
            elif one.kind is not one.VAR_KEYWORD:
                given.append(value)
        yield given, named


@pytest.mark.parametrize("name", sorted({*public()} - NOT_HERE))
def test_no_method_fails_in_any_other_way_than_it_says(
    firm: Firm, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm.reach(State.IN_REVIEW)
    monkeypatch.chdir(tmp_path)
    method = getattr(firm.ada, name)
    for odd in ODD:
        for given, named in calls(method, odd):
            with suppress(DocctlError):
                method(*given, **named)


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_that_is_prepared_does(firm: Firm, verb: str) -> None:
    firm.reach(State.IN_REVIEW)
    for odd in ODD:
        for given in ((odd,), ("PRO-001", odd)):
            try:
                firm.ada.prepare(verb, *given)
            except DocctlError:
                pass
            else:
                assert isinstance(odd, str | int | date | None)


LANDED: tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...] = (
    ("comment", ("PRO-001", b"text"), {}),
    ("comment", ("PRO-001", "text"), {"line": True}),
    ("threshold", (True,), {}),
    ("person_function", ("ben", b"Fitter"), {}),
    ("person_leave", ("ben",), {"reason": b"why"}),
    ("cancel", ("PRO-001",), {"reason": b"why"}),
    *(("new", (Procedure(title="T"), ""), {"owner": owner}) for owner in (0, [], {}, "", False)),
)


@pytest.mark.parametrize(("name", "given", "named"), LANDED, ids=str)
def test_nothing_lands_that_nobody_could_have_meant(
    firm: Firm, name: str, given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    firm.reach(State.IN_REVIEW)
    with firm.refuses(InputError, match=f"^{name}: .* cannot be "):
        getattr(firm.ada, name)(*given, **named)


def test_it_is_told_which_argument_it_was_and_of_what_kind_it_is(firm: Firm) -> None:
    with pytest.raises(InputError) as told:
        firm.ada.comment("PRO-001", b"text")  # type: ignore[arg-type]
    assert str(told.value) == "comment: text cannot be b'text'"
    assert told.value.hint == "text is of the kind str"


def test_a_signer_is_one_that_can_sign(firm: Firm) -> None:
    for odd in (None, "key", Path("key")):
        with pytest.raises(InputError, match="acting: signer cannot be"):
            firm.ada.acting(odd)  # type: ignore[arg-type]
        with pytest.raises(InputError, match="init: signer cannot be"):
            Library.init("x", organization="O", founder=Founder("ada", "Ada"), signer=odd)  # type: ignore[arg-type]
