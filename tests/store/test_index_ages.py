"""When records may go, worked out for all of them at once, is what each is told by itself."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from record_archive import Memory, form, hold, people, scheduled
from record_rows import filled, record

from docctl.model.records.retention import Limit, RetentionClass, Triggers
from docctl.rules.records import Dues, Record, assess
from docctl.rules.records.record import Review, Started
from docctl.rules.world import World
from docctl.store.index.records.lists import ages

FIRST = date(2024, 2, 20)
FEW = st.integers(0, 30).map(lambda days: FIRST + timedelta(days=days))
STARTED = st.builds(Started, FEW, FEW)
TRIGGER = st.sampled_from(
    ["captured", "closed", "dependants", "form_superseded", "form_withdrawn", "person_left",
     "contract_ended", "project_ended"]
)  # fmt: skip
SEVERAL = st.lists(TRIGGER, min_size=1, max_size=3, unique=True).map(tuple)
REVIEW = st.builds(Review, FEW, until=FEW) | st.builds(
    Review, FEW, then=st.sampled_from(["destroy", "permanent"])
)
PERIODS = st.sampled_from(["0 days", "5 days", "2 weeks", "1 month", "1 year"])
LIMITS = st.none() | st.builds(Limit, period=PERIODS, mandate=st.just("A law"))
SAID = st.sampled_from(["Oslo", "Bergen", "A-17"])
FORMER = st.dictionaries(st.sampled_from(["site", "serial"]), SAID)
QUESTIONS = st.sampled_from(
    ["what=unknown", "site=oslo", "SITE!=Oslo", "Serial~17 and form=FRM-2", "not class=logs",
     "site=Oslo or what=unknown", "captured<2024-03-01", "number in (R-1, R-3)",
     "happened>=2024-03-10 and revision=1", "this is no question"]
)  # fmt: skip
CLASSES = st.builds(
    RetentionClass,
    name=st.just("logs"),
    title=st.just("Logs"),
    trigger=TRIGGER | st.builds(Triggers, earliest=SEVERAL) | st.builds(Triggers, latest=SEVERAL),
    period=PERIODS,
    rounding=st.sampled_from(["day", "month", "quarter", "year"]),
    action=st.sampled_from(["destroy", "destroy", "review", "permanent"]),
    minimum=LIMITS,
    maximum=LIMITS,
)


@st.composite
def archives(draw: st.DrawFn) -> Memory:
    records: dict[str, Record] = {}
    for counter in range(1, draw(st.integers(1, 8)) + 1):
        made = record(
            f"R-{counter}",
            draw(FEW),
            form=draw(st.sampled_from(["FRM-1", "FRM-2", "FRM-3"])),
            retention=draw(st.sampled_from(["logs", "logs", "gone"])),
            event_on=draw(FEW),
            subject=draw(st.sampled_from([None, "ben", "eva", "nobody"])),
            identifiers=draw(st.dictionaries(st.sampled_from(["site", "serial"]), SAID)),
            holds=draw(st.lists(st.sampled_from(["H-1", "H-2", "H-3"]), unique=True)),
            state=draw(st.sampled_from(["open", "closed", "closed", "disposed"])),
        )
        facts = draw(
            st.dictionaries(
                st.sampled_from(["contract_ended", "project_ended", "dependants"]), STARTED
            )
        )
        closed = None if made.open else draw(st.none() | STARTED)
        review = draw(st.none() | REVIEW)
        before = draw(st.lists(st.sampled_from(sorted(records)), max_size=1)) if records else []
        records[made.number] = made._replace(
            facts=facts,
            closed=closed,
            review=review,
            related=tuple(before),
            former=tuple(draw(st.lists(FORMER, max_size=2))),
        )
    listed = st.lists(st.sampled_from(sorted(records)), unique=True)
    holds = [
        hold(
            f"H-{n}",
            draw(listed),
            draw(FEW),
            lifted=draw(st.booleans()),
            where=draw(QUESTIONS),
            documents=draw(st.lists(st.sampled_from(["FRM-2", "PRO-1"]), max_size=1)),
        )
        for n in (1, 2)
    ]
    forms = {
        number: form(number, draw(st.lists(FEW, max_size=2)), draw(st.none() | FEW))
        for number in ("FRM-1", "FRM-2")
    }
    leaving = st.none() | st.tuples(FEW, FEW)
    world = World(people({"ben": draw(leaving), "eva": draw(leaving)}), scheduled([draw(CLASSES)]))
    return Memory(world, records, holds, forms)


@given(archives(), st.integers(0, 800))
@settings(max_examples=400, deadline=None)
def test_all_at_once_is_told_what_each_is_told(archive: Memory, days: int) -> None:
    on = FIRST + timedelta(days=days)
    with filled(archive.kept.values()) as connection:
        dues = Dues(archive, on)
        found = {one.record: one for one in map(dues.of, ages(connection))}
    assert found == {number: assess(archive, one, on) for number, one in archive.kept.items()}


def test_records_of_the_same_days_share_an_answer_and_no_number() -> None:
    kind = RetentionClass(
        name="logs", title="Logs", trigger="captured", period="5 days", action="destroy"
    )
    records = {f"R-{n}": record(f"R-{n}", FIRST) for n in range(1, 4)}
    archive = Memory(World(people({}), scheduled([kind])), records, (), {})
    dues = Dues(archive, FIRST + timedelta(days=6))
    assert [dues.of(one).record for one in records.values()] == ["R-1", "R-2", "R-3"]
    assert {dues.of(one).state for one in records.values()} == {"due"}
