"""What the index says of records is what their history says, whatever is asked."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from record_rows import filled, found, record

from docctl.desk.recording.telling.asking import answers
from docctl.rules.query import Comparison, Joined, Question
from docctl.rules.query_reading import question
from docctl.rules.records import Record
from docctl.rules.records.record import Started
from docctl.store.index.records import asking, lists

DAY = date(2026, 1, 30)

#: Texts that are alike in one way and not in another.
TEXTS = st.sampled_from(
    ["Bergen", "bergen", "BERG", "Straße", "STRASSE", "\u0131", "I", "1", "01", "1.0", "-0", "0",
     "10", "٣", "3", "a  b", "%", "_", "'", "2026-01-30", "2026-01", "FRM-1", "frm-1", "R-2",
     "open", "closed", "disposed", "logs", "ben", "B", "b", "1.5", "2"]
)  # fmt: skip
DAYS = st.integers(0, 40).map(lambda days: DAY + timedelta(days=days))
STARTED = DAYS.map(lambda day: Started(day, day))
IDENTIFIERS = st.sampled_from(["site", "serial", "status", "by", "captured"])
FIELDS = st.sampled_from(
    ["site", "SITE", "Status", "serial", "cause", "nothing", "number", "form", "revision",
     "class", "status", "happened", "captured", "closed", "by", "anything"]
)  # fmt: skip
STATES = st.sampled_from(["open", "closed", "disposed"])

COMPARISONS = st.builds(
    Comparison,
    FIELDS,
    st.sampled_from(["=", "=", "=", "!=", "<", "<=", ">", ">=", "~"]),
    st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
)
QUESTIONS: st.SearchStrategy[Question] = st.recursive(
    COMPARISONS,
    lambda below: (
        st.builds(
            Joined,
            st.sampled_from(["and", "or"]),
            st.lists(below, min_size=2, max_size=3).map(tuple),
        )
        | st.builds(Joined, st.just("not"), below.map(lambda one: (one,)))
    ),
    max_leaves=6,
)


@st.composite
def libraries(draw: st.DrawFn) -> tuple[list[Record], dict[str, dict[str, list[str]]]]:
    """Draw records, and what some of them say beside their identifiers."""
    records: list[Record] = []
    heard: dict[str, dict[str, list[str]]] = {}
    for counter in draw(st.sets(st.integers(1, 30), max_size=12)):
        captured = draw(DAYS)
        made = record(
            f"R-{counter}" if counter % 2 else f"Q-{counter:04d}",
            captured,
            form=draw(st.sampled_from(["FRM-1", "FRM-2"])),
            retention=draw(st.sampled_from(["logs", "archive"])),
            signer=draw(st.sampled_from(["ben", "eva"])),
            event_on=draw(DAYS),
            identifiers=draw(st.dictionaries(IDENTIFIERS, TEXTS, max_size=3)),
            state=draw(STATES),
        )
        made = made._replace(form_revision=draw(st.sampled_from(["1", "2", "10", "B", "1.5"])))
        made = made._replace(closed=None if made.open else draw(st.none() | STARTED))
        records.append(made)
        says = st.dictionaries(
            st.sampled_from(["site", "cause", "status"]), st.lists(TEXTS, max_size=2), max_size=3
        )
        heard[made.number] = draw(says)
    return records, heard


def fitting(
    records: Sequence[Record], heard: Mapping[str, Mapping[str, Sequence[str]]], asked: Question
) -> list[str]:
    """Return what fits by the rule, in the order of lists."""
    chosen = [
        one
        for one in records
        if asked.fits(answers(one, {} if one.disposed else heard[one.number]))
    ]
    return [one.number for one in sorted(chosen, key=_place)]


def _place(one: Record) -> Any:
    head, _, counter = one.number.rpartition("-")
    return one.captured_on, head, int(counter)


@given(libraries(), QUESTIONS, st.sampled_from([1, 3, 5_000]))
@settings(max_examples=400, deadline=None)
def test_a_question_finds_by_index_what_it_fits(
    library: tuple[list[Record], dict[str, dict[str, list[str]]]], asked: Question, many: int
) -> None:
    records, heard = library
    asking.MANY, before = many, asking.MANY
    try:
        with filled(records, heard) as connection:
            assert found(connection, asked) == fitting(records, heard, asked)
    finally:
        asking.MANY = before


def test_pages_follow_each_other() -> None:
    records = [record(f"R-{n}", DAY + timedelta(days=n % 3)) for n in range(1, 26)]
    asked = question("class=logs and status=closed")
    with filled(records) as connection:
        every = found(connection, asked)
        pages = [found(connection, asked, page=lists.Page(10, start)) for start in (0, 10, 20, 30)]
        assert [number for page in pages for number in page] == every
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert found(connection, None, "FRM-2") == []
    assert every[:3] == ["R-3", "R-6", "R-9"]


def test_numbers_are_listed_as_people_count() -> None:
    records = [record(number, DAY) for number in ("R-10", "R-9", "R-1", "R-09", "Q-2")]
    with filled(records) as connection:
        assert found(connection, None) == ["Q-2", "R-1", "R-9", "R-09", "R-10"]
