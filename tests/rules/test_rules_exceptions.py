"""What every report shows, and what a stolen key makes doubtful."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from paper_forms import settings
from paper_office import Office

from docctl.model.control import CONTROL
from docctl.rules.exceptions import exceptions
from docctl.rules.questioned import questioned

#: What is lost where too few administrators can sign.
LOST = "nobody can take up people or give keys and roles any more"
TIED = "every change of people, keys and roles needs ana and fay"

QUICK = examples(max_examples=40, deadline=None)


def told(office: Office, days: int = 0) -> dict[str, list[str]]:
    """The sentences of a report by kind."""
    on = office.today + timedelta(days=days)
    found = exceptions(office.authority, office.dossiers.values(), on=on)
    return {kind: [o.sentence for o in found if o.kind == kind] for kind in {o.kind for o in found}}


def test_a_new_library_reports_its_sole_administrator_and_its_founding() -> None:
    office = Office(hire=False)

    founded = "the control settings in force were founded on 2026-03-02 by ana without approval"
    assert told(office) == {
        "sole-administrator": ["ana alone can change people, keys and roles"],
        "founded-without-approval": [f"{founded} by another person"],
    }
    assert {o.subject for o in exceptions(office.authority, (), on=office.today)} == {"ana"}


@pytest.mark.parametrize(
    ("able", "needed", "kind", "sentence"),
    [
        ("ana", 1, "sole-administrator", "ana alone can change people, keys and roles"),
        ("ana fay", 2, "no-spare-administrator", f"{TIED}: nobody can stand in for them"),
        ("fay", 2, "too-few-administrators", f"{LOST}: it takes 2 administrators, and only fay"),
        (
            "ana fay",
            3,
            "too-few-administrators",
            f"{LOST}: it takes 3 administrators, and only ana",
        ),
        ("", 1, "too-few-administrators", f"{LOST}: no administrator can sign"),
        ("", 2, "too-few-administrators", f"{LOST}: no administrator can sign"),
        ("ana fay", 1, "", ""),
        ("ana dot fay", 2, "", ""),
    ],
)
def test_too_few_administrators_are_told_as_exactly_as_they_are_needed(
    able: str, needed: int, kind: str, sentence: str
) -> None:
    office = Office()
    persons = {
        one.id: one.but(roles=("administrator",) if one.id in able.split() else ())
        for one in office.authority.persons.values()
    }
    authority = replace(office.authority, persons=persons, threshold=needed)

    told = exceptions(authority, (), on=office.today)

    assert [one.kind for one in told] == [kind] * bool(kind)
    assert all(one.sentence.startswith(sentence) for one in told)


def test_what_was_put_right_is_no_longer_reported() -> None:
    office = Office()
    office.administer("role_granted", {"person": "fay", "role": "administrator"})
    office.do("revised", "bob", CONTROL)
    office.do("submitted", "bob", CONTROL)
    office.do("approved", "dot", CONTROL)
    office.naive.settings[office.dossiers[CONTROL].newest.content] = settings()
    office.do("released", "ana", CONTROL)

    assert told(office) == {}


def test_exceptions_are_reported_while_they_hold_and_whenever_they_were_used() -> None:
    """REV-03: a documented exception is visible in every report."""
    office = Office()
    office.administer("role_granted", {"person": "ana", "role": "management"})
    data = {"person": "bob", "until": office.today + timedelta(days=3)}
    office.administer("exception_granted", data, reason="we are two")
    office.approved(by="bob")
    office.do("released", "ana", "PRO-001")
    office.do("withdrawal_proposed", "bob", "PRO-001")
    office.do("approved", "bob", "PRO-001")

    used = ["bob approved PRO-001 revision 1 on 2026-03-02, which he or she wrote or proposed"] * 2
    assert told(office)["own-work-signed"] == used
    assert told(office, 3)["exception"] == [
        "bob may review and approve what he or she wrote until 2026-03-05: we are two"
    ]
    assert "exception" not in told(office, 4)


def test_signatures_by_a_stolen_key_are_reported_until_nothing_rests_on_them() -> None:
    """Threat 9: a list of what must be signed again; nothing is silently invalidated."""
    office = Office()
    office.effective()
    office.approved("PRO-002", by="dot")
    before = office.dossiers["PRO-001"]
    data = {"person": "cy", "fingerprint": office.key("cy"), "suspect_from": 3}
    office.administer("key_revoked", data)

    doubted = "cy signed PRO-001 revision 1 (approved, 2026-03-02) with a key that is suspect"
    assert told(office)["questioned"] == [f"{doubted} since then; it must be signed again"]
    assert office.dossiers["PRO-001"] == before
    office.do("revised", "bob", "PRO-001")
    assert "questioned" in told(office)
    office.approved(by="dot")
    office.do("released", "ana", "PRO-001")
    assert "questioned" not in told(office)


@QUICK
@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_a_key_is_doubted_from_its_suspicion_to_its_end(first: int, end: int, asked: int) -> None:
    office = Office(hire=False)
    one = office.naive.events[0]
    data = {"person": "ana", "fingerprint": office.key("ana"), "suspect_from": first}
    revoked = replace(office.administered("key_revoked", data), position=end)
    authority = office.authority.after(revoked)
    signed = replace(one, position=asked)

    doubted = questioned(authority, [signed, replace(signed, keys=("SHA256:x",))])

    assert doubted == ((signed,) if first <= asked < end else ())
    assert questioned(office.authority, [signed]) == ()
