"""The language in which a quality manager asks for records."""

from collections.abc import Mapping, Sequence
from operator import eq, ge, gt, le, lt, ne

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docctl.errors import InputError
from docctl.rules.query import Comparison, Joined, Question
from docctl.rules.query_reading import LONGEST, question

QUICK = settings(max_examples=300, deadline=None)

RECORD: Mapping[str, Sequence[str]] = {
    "site": ["Bergen"],
    "status": ["open"],
    "weight": ["2.5"],
    "captured": ["2026-03-01"],
    "serial": ["A-17", "A-18"],
    "note": ["leak and smell (bad)"],
    "empty": [],
}


def fits(text: str) -> bool:
    return question(text).fits(RECORD)


# --- what it means --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "site=Bergen",
        "site = bergen",
        "SITE = BERGEN",
        "site='Bergen'",
        'site = "Bergen"',
        "site!=Oslo",
        "site~berg",
        "site in (Oslo, Bergen)",
        "site IN (Bergen)",
        "weight = 2.50",
        "weight < 10",
        "weight >= 2.5 and weight <= 2.5",
        "weight > -3",
        "weight in (2.500)",
        "captured >= 2026-01-01",
        "captured < 2026-12-31",
        "serial = A-18",
        "serial in (A-99, A-17)",
        'note ~ "and smell ("',
        "note ~ leak 'and' smell",
        "site=Bergen and status=open",
        "site=Oslo or status=open",
        "not site=Oslo",
        "not (site=Oslo and status=open)",
        "not not site=Bergen",
        "site != Oslo and unknown != 3",
        "empty != x",
        "'site' = Bergen",
        "note = leak 'and' smell '(bad)'",
    ],
)
def test_this_fits(text: str) -> None:
    assert fits(text)


@pytest.mark.parametrize(
    "text",
    [
        "site=Oslo",
        "site != Bergen",
        "site in (Oslo, Stavanger)",
        "weight > 10",
        "weight < 2.5",
        "serial != A-17",
        "unknown = 1",
        "unknown ~ ''",
        "empty = ''",
        "not site=Bergen",
        "site=Bergen and status=closed",
        "site = ''",
    ],
)
def test_this_does_not_fit(text: str) -> None:
    assert not fits(text)


def test_numbers_are_held_against_numbers_and_text_against_text() -> None:
    """`10` is more than `9` as a number, and less as text."""
    assert question("n > 9").fits({"n": ["10"]})
    assert question("n = 1.0").fits({"n": ["1"]})
    assert question("n < 9b").fits({"n": ["10"]})
    assert question("n = +5").fits({"n": ["5"]})
    assert not question("n = 007x").fits({"n": ["7"]})


@QUICK
@given(one=st.integers(-999, 999), other=st.integers(-999, 999))
def test_every_sign_says_of_numbers_what_it_says(one: int, other: int) -> None:
    signs = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}

    for sign, says in signs.items():
        assert question(f"n {sign} {other}").fits({"n": [str(one)]}) == says(one, other)


# --- what binds closer ----------------------------------------------------------------------

truths = st.tuples(st.booleans(), st.booleans(), st.booleans())


@QUICK
@given(truth=truths)
def test_not_binds_closer_than_and_and_and_closer_than_or(truth: tuple[bool, bool, bool]) -> None:
    a, b, c = truth
    values = {name: ["1" if one else "0"] for name, one in zip("abc", truth, strict=True)}

    def told(text: str) -> bool:
        return question(text).fits(values)

    assert told("a=1 or b=1 and c=1") == (a or (b and c))
    assert told("a=1 and b=1 or c=1") == ((a and b) or c)
    assert told("(a=1 or b=1) and c=1") == ((a or b) and c)
    assert told("not a=1 and b=1") == ((not a) and b)
    assert told("not a=1 or b=1") == ((not a) or b)
    assert told("not (a=1 or b=1)") == (not (a or b))
    assert told("a in (1, 2) and not b in (1)") == (a and not b)


# --- there and back -------------------------------------------------------------------------

names = st.from_regex(r"[a-z][a-z_]{0,7}", fullmatch=True)
texts = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters='"'), max_size=12
)
comparisons = st.one_of(
    st.builds(
        Comparison, names, st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "~"]), st.tuples(texts)
    ),
    st.builds(Comparison, names, st.just("="), st.lists(texts, min_size=1, max_size=4).map(tuple)),
)
questions: st.SearchStrategy[Question] = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(Joined, st.just("not"), st.tuples(inner)),
        st.builds(
            Joined,
            st.sampled_from(["and", "or"]),
            st.lists(inner, min_size=2, max_size=3).map(tuple),
        ),
    ),
    max_leaves=6,
)


def written(asked: Question) -> str:
    """A question as somebody writes it who leaves nothing to chance."""
    if isinstance(asked, Comparison):
        quoted = [f'"{one}"' for one in asked.wanted]
        if len(quoted) > 1:
            return f'"{asked.field}" in ({", ".join(quoted)})'
        return f'"{asked.field}" {asked.mark} {quoted[0]}'
    parts = [f"({written(one)})" for one in asked.parts]
    return f"not {parts[0]}" if asked.how == "not" else f" {asked.how} ".join(parts)


@QUICK
@given(asked=questions)
def test_a_question_that_is_written_down_is_read_as_the_same(asked: Question) -> None:
    text = written(asked)

    assert len(text) > LONGEST or question(text) == asked


@QUICK
@given(asked=questions)
def test_a_question_names_every_field_it_asks_about(asked: Question) -> None:
    def comparisons_of(one: Question) -> list[str]:
        if isinstance(one, Comparison):
            return [one.field]
        return [name for part in one.parts for name in comparisons_of(part)]

    assert [*asked.fields()] == comparisons_of(asked)


# --- what cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "a field was expected at the end"),
        ("   ", "a field was expected at the end"),
        ("site", "one of = != < <= > >= ~ in was expected at the end"),
        ("site Bergen", "was expected at 'Bergen'"),
        ("site =", "a value was expected at the end"),
        ("site = and", "a value was expected at 'and'"),
        ("= Bergen", "a field was expected at '='"),
        ("and", "a field was expected at 'and'"),
        ("site=Bergen and", "a field was expected at the end"),
        ("site=Bergen site=Oslo", "'and' or 'or' is missing before site ="),
        ("site=Bergen)", "a parenthesis is closed that was never opened"),
        ("site=Bergen (x)", "nothing was expected at '('"),
        ("site=Bergen, Oslo", "a comma stands only in a list"),
        ("site==Bergen", "two operators follow each other: =="),
        ("(site=Bergen", "a closing parenthesis was expected at the end"),
        ("(site=Bergen,", "a parenthesis is not closed"),
        ("site in Bergen", "an opening parenthesis was expected at 'Bergen'"),
        ("site in = Bergen", "after 'in' comes a list"),
        ("site in ()", "a value was expected at"),
        ("site in (a, )", "a value was expected at"),
        ("site in (a", "a closing parenthesis was expected"),
        ("site in (a =", "a parenthesis is not closed"),
        ("site ( Bergen", "was expected at '('"),
        ("site , Bergen", "was expected at ','"),
        ("site ! Bergen", "cannot be read"),
        ('site = "Bergen', "cannot be read"),
        ("site = it's", "cannot be read"),
        ("not", "a field was expected"),
        ("(" * 30 + "a=1" + ")" * 30, "does not go so deep"),
        ("not " * 30 + "a=1", "does not go so deep"),
        ("a=1 or " * 400 + "a=1", "at most 2,000 characters"),
    ],
)
def test_what_cannot_be_read_is_said_to_be_so(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        question(text)

    assert sentence in str(caught.value)
    assert "site=Bergen" in caught.value.hint


def test_as_deep_and_as_long_as_allowed_is_read() -> None:
    assert fits("(" * 20 + "site=Bergen" + ")" * 20)
    assert fits("site=" + "x" * (LONGEST - 20) + " or site=Bergen") is True
    assert len("a=1 or " * 285 + "a=1") <= LONGEST
    assert question("a=1 or " * 285 + "a=1").fits({"a": ["1"]})


pieces = st.sampled_from(
    ["and", "or", "not", "in", "(", ")", ",", "=", "!=", "<", "<=", ">", ">=", "~", "!", "'", '"',
     "site", "Bergen", "'a b'", '""', "1", "2.5", "2026-01-01", " ", "\t", "\x00", "\u017f", "²"]
)  # fmt: skip
noise = st.one_of(
    st.text(max_size=60),
    st.lists(pieces, max_size=40).map(" ".join),
    st.lists(pieces, max_size=40).map("".join),
)


@settings(max_examples=2000, deadline=None)
@given(text=noise)
@example("\x1c")
@example("a=\ud800")
@example("(" * LONGEST)
@example("not " * 500)
@example("a in (" + "1," * 900)
def test_whatever_is_asked_is_read_or_refused_with_a_hint(text: str) -> None:
    """Never another error: what people type is no programming mistake."""
    try:
        asked = question(text)
    except InputError as error:
        assert error.hint  # noqa: PT017 - both ways out are right
        return
    assert asked.fits(RECORD) in {True, False}
    assert [*asked.fields()]
