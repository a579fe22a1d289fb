"""The little types that everything is made of."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from docctl.model import base
from docctl.model.assignment import Assignments, Owner
from docctl.model.document import Change
from docctl.model.numbering import Numbering

QUICK = settings(max_examples=100, deadline=None)


def ok(kind: object, value: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


NO_NUMBERS = (
    "PRO pro-001 PRO- -001 PRO-001- PRO--1 PRO_001 PRO-001/2 ../PRO-1 PRO-00l CON-001 NUL-1 "
    "COM1-1 LPT9-X 1PRO-1 PRO-1-2-3-4-5 ÅRO-1 PRO-\u0661"
)
GRAMMAR = [
    (base.Number, "PRO-001 SOP-QA-014 A-1 WI-10000 X1-Y2-Z3-4-5 CONX-1", NO_NUMBERS),
    (base.Label, "1 9999 A ZZZ 1.0 2.12 B.1", "0 01 10000 a AAAA 1. .1 1.1.1 1.1000 A1 1A -1"),
    (base.PersonId, "ola k-berg a a1", "Ola 1a -a a_b ola@x ola.k " + "a" * 32),
    (base.Word, "work_instruction a a1", "Work 1a a-b _a " + "a" * 42),
    (base.Digest, "0" * 64 + " " + "abcdef01" * 8, "0" * 63 + " " + "A" * 64 + " " + "0" * 65),
    (base.Clause, "iso9001:2015#7.5.3.2 iso27001:2022#A.5.33 part11:1997#11.10",
     "iso9001 iso9001:2015 ISO9001:2015#7 iso9001:15#7 iso9001:2015# iso9001:2015#.7"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "good", "bad"), GRAMMAR)
def test_each_grammar_takes_what_it_should_and_nothing_else(
    kind: object, good: str, bad: str
) -> None:
    """Threats 25 and 26: identities are short ASCII, safe as names on every system."""
    assert [one for one in good.split() if not ok(kind, one)] == []
    assert [one for one in bad.split() if ok(kind, one)] == []
    assert not any(ok(kind, f"{one}{tail}") for one in good.split() for tail in ("\n", " ", "\x00"))


@QUICK
@given(st.text(max_size=20))
def test_no_number_can_leave_its_folder(text: str) -> None:
    for value in (text, text.upper(), f"PRO-{text}"):
        if ok(base.Number, value):
            assert re.fullmatch(r"[A-Z0-9-]{3,64}", value)
            assert value.casefold() != value


@QUICK
@given(st.text(max_size=40))
def test_a_line_is_one_visible_line(text: str) -> None:
    """Threat 47: no control, invisible or direction-changing characters reach a signature."""
    if ok(base.Line, text):
        kept = TypeAdapter(base.Line).validate_python(text)
        assert kept
        assert kept == unicodedata.normalize("NFC", kept).strip()
        assert not any(unicodedata.category(one).startswith(("Cc", "Cf", "Zl")) for one in kept)


@pytest.mark.parametrize("text", ["", "   ", "a\nb", "a\x00b", "a\u202eb", "a\u200bb", "x" * 501])
def test_what_is_no_line_is_refused(text: str) -> None:
    assert not ok(base.Line, text)


@pytest.mark.parametrize("name", ["map.png", "a/b/c/d.txt", "Plan 2.pdf", "_x", "a+b-c.tar.gz"])
def test_an_attachment_has_a_plain_name(name: str) -> None:
    assert base.attachment_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "../x", "a//b", "/a", "a/", ".git", "a\\b", "a.", "a ", "NUL", "con.txt", "lpt1.png", "ø",
     "a/b/c/d/e", "x" * 101, "a\n", "-rf"],
)  # fmt: skip
def test_an_attachment_never_leaves_its_folder(name: str) -> None:
    """Threat 25: no name that a system reserves, hides or reads as a path."""
    with pytest.raises(ValueError, match=r"plain|reserved|deep"):
        base.attachment_name(name)


def test_words_may_be_empty() -> None:
    assert ok(base.Words, "")
    assert not ok(base.Words, "x" * 2001)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T08:30:00+00:00", "2026-01-31 08:30:00Z", "2026-01-31T08:30Z", "2026-01-31",
        "2026-01-31T08:30:00.5Z", "1769848200", "2026-13-31T08:30:00Z",
    ],
)  # fmt: skip
def test_an_instant_has_one_written_form(text: str) -> None:
    assert not ok(base.Instant, text)


@QUICK
@given(st.datetimes(timezones=st.just(UTC)), st.integers(-14, 14))
def test_an_instant_reads_what_it_writes_from_any_zone(when: datetime, hours: int) -> None:
    if not 999 < when.year < 9998:
        return
    kind = TypeAdapter(base.Instant)
    moved = when.astimezone(timezone(timedelta(hours=hours)))
    kept = kind.validate_python(moved)

    assert kept == when.replace(microsecond=0)
    assert kind.validate_json(kind.dump_json(kept)) == kept
    assert base.instant_text(kept) == kind.dump_python(kept)


def test_an_instant_without_zone_is_none() -> None:
    assert not ok(base.Instant, datetime(2026, 1, 31, 8))  # noqa: DTZ001


def test_a_model_is_frozen_closed_and_checked_when_changed() -> None:
    change = Change(reason="law changed", summary="section 4")

    with pytest.raises(ValidationError):
        change.reason = "x"
    with pytest.raises(ValidationError):
        Change.model_validate({"reason": "a", "summary": "b", "wish": "c"})
    with pytest.raises(ValidationError):
        change.but(reason="")
    assert change.but(class_="editorial").model_dump()["class"] == "editorial"
    assert Change.model_validate({"class": "editorial", "reason": "a", "summary": "b"})
    assert Assignments().but(checked_on=date(2026, 1, 1)).checked_on == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("person:ola", "person", "ola"),
        ("function: Works Manager", "function", "Works Manager"),
        ("Works Manager", "function", "Works Manager"),
        ("unit: North", "function", "unit: North"),
    ],
)
def test_an_owner_is_a_function_unless_named_as_a_person(text: str, kind: str, name: str) -> None:
    assert Owner.parse(text) == Owner(kind=kind, name=name)


@QUICK
@given(st.sampled_from(["PRO", "SOP-QA"]), st.integers(1, 6), st.integers(1, 10**7))
def test_a_counter_can_be_read_from_its_number(prefix: str, digits: int, counter: int) -> None:
    pattern = Numbering(prefix=prefix, digits=digits)

    assert pattern.counter(pattern.number(counter)) == counter
    assert pattern.counter(f"OTHER-{counter}") == 0
    assert pattern.counter(f"{prefix}-X{counter}") == 0
