from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from access_rows import ROWS, TODAY, Change, Row
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_forms import made_up_digest
from paper_office import Office

from docctl.errors import DateError, EventError, IllegalMoveError, NotAuthorisedError, RefusedError
from docctl.model import access
from docctl.model.control import ROLES
from docctl.model.event import Signed
from docctl.model.lifecycle import VoteData
from docctl.rules import access as access_rules
from docctl.rules import guards
from docctl.rules.authority import Authority

QUICK = settings(max_examples=30, deadline=None)


def office_for(row: Row) -> Office:
    office = Office(hire=False, day=TODAY)
    office.hire("fay", "management")
    office.hire("dot", "approver", "management")
    office.hire("bob", "author", "approver")
    office.hire("robot", "author", kind="service")
    for change in row.after:
        office.land(signed(office, change))
    return office


def signed(office: Office, change: Change) -> Signed:
    keys = tuple(f"SHA256:{one}" for one in change.keys) or None
    return office.administered(
        change.type, dict(change.data), by=change.by, role=change.role, keys=keys, **change.more
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.case.replace(" ", "-"))
def test_each_change_of_access_is_taken_or_refused(row: Row) -> None:
    """Threats 9 to 13: compromise, rotation, rollback, leavers, tricks with the threshold."""
    office = office_for(row)
    tried = signed(office, row.change)

    if row.error is None:
        office.land(tried)
    else:
        with pytest.raises(row.error) as refused:
            office.judge(tried)
        assert str(refused.value)
        assert type(refused.value) is row.error


def test_the_table_of_changes_is_long_enough() -> None:
    assert len(ROWS) >= 40


@QUICK
@given(st.lists(st.sampled_from([row for row in ROWS if row.error is None]), max_size=8))
def test_old_changes_of_access_cannot_be_landed_again(rows: list[Row]) -> None:
    """Threat 11: an older state of people and keys never comes back."""
    office = office_for(Row("", rows[0].change) if rows else ROWS[0])
    for row in rows:
        try:
            office.land(signed(office, row.change))
        except RefusedError:
            continue

    for old in office.naive.access(*(row.change.type for row in ROWS), "founded"):
        with pytest.raises(RefusedError):
            office.judge(old)


def test_a_key_counts_from_its_acceptance_to_its_end() -> None:
    office = Office(hire=False)
    key, two = office.key("ana"), office.key("ana", 2)
    data = {"person": "ana", "fingerprint": two}
    office.administer("key_added", {**data, "key": "key"})
    before = office.authority.counts(two)
    office.accept("ana", 2)
    ended = office.administer("key_revoked", {"person": "ana", "fingerprint": key})

    assert (before, office.authority.counts(two), office.authority.counts(key)) == (
        False, True, False,
    )  # fmt: skip
    assert office.authority.key(key).ended_at == ended.position
    assert office.authority.key("SHA256:nobody") is None


def test_a_later_suspicion_does_not_move_the_end_of_a_key() -> None:
    office = Office()
    data = {"person": "bob", "fingerprint": office.key("bob")}
    ended = office.administer("key_revoked", data)
    office.administer("key_revoked", {**data, "suspect_from": 2})

    held = office.authority.key(office.key("bob"))

    assert (held.ended_at, held.suspect_from) == (ended.position, 2)


def test_whoever_left_keeps_a_name_and_nothing_else() -> None:
    """SIG-03: identities of leavers stay resolvable."""
    office = Office()
    office.administer("function_given", {"person": "bob", "function": "Welder", "on": office.today})
    office.administer("key_added", {"person": "bob", "fingerprint": "SHA256:b2", "key": "k"})
    office.administer("key_revoked", {"person": "bob", "fingerprint": office.key("bob")})
    office.pass_days(1)
    office.administer("person_left", {"person": "bob", "on": office.today})

    bob = office.authority.persons["bob"]

    assert (bob.name, bob.roles, bob.left_on) == ("bob", (), office.today)
    assert all(one.ended_at for one in bob.keys)
    assert office.authority.functions("bob", office.today) == ()
    assert office.authority.functions("bob", office.today - timedelta(days=1)) == ("Welder",)
    assert not office.authority.active("bob")


@QUICK
@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 9)), max_size=4), st.integers(-9, 20))
def test_a_function_is_held_from_its_day_until_the_day_named(
    spans: list[tuple[int, int]], asked: int
) -> None:
    office, day = Office(hire=False), date(2026, 3, 2)
    for number, (since, length) in enumerate(spans):
        data = {"person": "ana", "function": f"F{number}", "on": day + timedelta(days=since)}
        office.administer("function_given", data)
        office.administer("function_ended", {**data, "on": data["on"] + timedelta(days=length)})

    held = office.authority.functions("ana", day + timedelta(days=asked))

    assert held == tuple(f"F{n}" for n, (a, b) in enumerate(spans) if a <= asked < a + b)


def test_ending_an_exception_keeps_its_reason() -> None:
    office = Office()
    until = office.today + timedelta(days=9)
    for person in ("bob", "eve"):
        data = {"person": person, "until": until}
        office.administer("exception_granted", data, reason="we are two")
    last = until - timedelta(days=3)
    office.administer("exception_ended", {"person": "bob", "until": last}, reason="hired")
    office.administer("exception_granted", {"person": "eve", "until": last}, reason="shorter")

    assert [(one.person, one.reason, one.until) for one in office.authority.exceptions] == [
        ("bob", "we are two", last), ("eve", "shorter", last),
    ]  # fmt: skip


def test_an_event_of_a_document_is_no_change_of_access() -> None:
    office = Office()
    stray = office.prepare("commented", "bob", "CONTROL")

    for event in (stray.event, stray.event.but(item="ACCESS")):
        with pytest.raises(EventError, match="no change of ACCESS"):
            access_rules.check(office.authority, replace(stray, event=event), roles=ROLES)


# --- founding ----------------------------------------------------------------------------------


def founding(**changes: object) -> Signed:
    founder = access.PersonNew(id="ana", name="Ana", key="k", fingerprint="SHA256:ana-1")
    data = access.FoundedData(
        organization="Acme", founder=founder, profile="standard", control="1" * 64, salt="0" * 32
    )
    event = access.Founded.model_validate(
        {
            "item": "ACCESS",
            "meaning": "I found this library and answer for its first settings and people.",
            "seq": 1,
            "signer": "ana",
            "role": "administrator",
            "time": datetime(2026, 3, 2, 8, tzinfo=UTC),
            "date": date(2026, 3, 2),
            "tool": "paper",
            "data": data.but(founder=founder.but(**dict(changes.pop("founder", {})))),
            **changes,
        }
    )
    return Signed(event, made_up_digest(), ("SHA256:ana-1",), 1)


def test_a_library_is_founded_once() -> None:
    authority = Authority()
    guards.check_access(authority, founding(), roles=ROLES)
    founded = authority.after(founding())

    assert (founded.holders("author"), founded.administrators()) == (("ana",), ("ana",))
    again = founding(seq=2, prev=founded.last, library=founded.library)
    with pytest.raises(IllegalMoveError):
        guards.check_access(founded, again, roles=ROLES)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"signer": "bob"}, NotAuthorisedError),
        ({"founder": {"kind": "service"}}, NotAuthorisedError),
        ({"founder": {"key": None, "fingerprint": None}}, NotAuthorisedError),
        ({"founder": {"fingerprint": "SHA256:other"}}, NotAuthorisedError),
        ({"role": "management"}, NotAuthorisedError),
        ({"function": "Director"}, NotAuthorisedError),
        ({"library": "2" * 64}, EventError),
        ({"seq": 2}, EventError),
        ({"prev": "2" * 64}, EventError),
        ({"meaning": "I found it."}, EventError),
        ({"item": "CONTROL"}, EventError),
        ({"v": 2}, EventError),
        ({"date": date(2026, 3, 4)}, DateError),
    ],
)
def test_a_library_is_founded_in_person_with_the_founders_key(
    changes: dict[str, object], error: type[RefusedError]
) -> None:
    with pytest.raises(error):
        guards.check_access(Authority(), founding(**changes), roles=ROLES)


def test_a_founder_may_state_the_function_that_is_founded() -> None:
    signed_ = founding(founder={"functions": ("Director",)}, function="Director")

    guards.check_access(Authority(), signed_, roles=ROLES)


def test_the_first_event_of_access_is_the_founding() -> None:
    event = access.PersonLeft.model_validate(
        {
            **dict(founding().event),
            "type": "person_left",
            "meaning": "I state that this person has left.",
            "data": access.PersonLeftData(person="ana", on=date(2026, 3, 2)),
        }
    )

    with pytest.raises(NotAuthorisedError):
        guards.check_access(Authority(), Signed(event, "0" * 64, ("SHA256:ana-1",)), roles=ROLES)


def established(office: Office, **changes: object) -> Signed:
    first = office.naive.of("CONTROL")[0]
    return replace(first, event=first.event.but(**changes))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"content": "2" * 64}, EventError),
        ({"revision": "2", "meaning": "I establish the first control settings."}, EventError),
        ({"seq": 2}, EventError),
        ({"library": "2" * 64}, EventError),
        ({"signer": "bob"}, NotAuthorisedError),
        ({"role": "management"}, NotAuthorisedError),
        ({"item": "PRO-001"}, EventError),
    ],
)
def test_the_first_settings_are_exactly_those_that_were_founded(
    changes: dict[str, object], error: type[RefusedError]
) -> None:
    office = Office(hire=False)

    guards.check_established(office.authority, established(office))
    with pytest.raises(error):
        guards.check_established(office.authority, established(office, **changes))


def test_settings_are_established_at_no_other_time_and_by_no_other_event() -> None:
    office = Office(hire=False)
    first = established(office)
    created = office.prepare("created", "ana", "PRO-001")
    stranger = replace(first, event=first.event.but(data=VoteData(remark="x"), signer="zed"))

    with pytest.raises(EventError, match="only CONTROL"):
        guards.check_established(office.authority, created)
    with pytest.raises(IllegalMoveError):
        guards.check_established(Authority(), first)
    with pytest.raises(NotAuthorisedError):
        guards.check_established(office.authority, stranger)
    with pytest.raises(EventError):
        guards.check(office.world, None, first)
    office.hire("bob", "author")
    with pytest.raises(IllegalMoveError):
        guards.check_established(office.authority, first)
