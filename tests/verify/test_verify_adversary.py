"""The judge and the rules agree: what the office would refuse is a problem, the rest is none."""

import json
from pathlib import Path
from typing import Any

from court import Court
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from office import Key, Office, Statement, document

from docctl.errors import RefusedError
from docctl.model.access import ACCESS
from docctl.rules.asof import state_of
from docctl.rules.lifecycle import MOVES, VERBS, allowed

#: Who usually does what; somebody else is one way to go wrong.
USUAL = dict.fromkeys(VERBS, "ada") | {
    "approved": "eva",
    "commented": "eva",
    "created": "ben",
    "resolved": "ben",
    "resumed": "kim",
    "returned": "eva",
    "revised": "ben",
    "saved": "ben",
    "submitted": "ben",
}
DATA: dict[str, dict[str, Any]] = {
    "assigned": {"location": "Shelf"},
    "commented": {"text": "Why?"},
    "postponed": {"effective_on": "2027-01-01"},
    "resolved": {"comment": 3, "disposition": "accepted"},
    "suspended": {"instruction": "Stop."},
}
ITEMS = st.sampled_from(["PRO-001", "PRO-002", "PRO-003", "PRO-004", "PRO-009"])
SLIPS = st.sampled_from(
    [
        {"by": "ben"},
        {"by": "kim"},
        {"by": "nobody"},
        {"function": "Managing Director"},
        {"key": Key("other")},
        {"kind": "released"},
        {"kind": "saved"},
        {"library": "0" * 64},
        {"prev": "0" * 64},
        {"reason": ""},
        {"revision": "7"},
        {"role": "approver"},
        {"seq": 9},
        {"v": 2},
    ]
)
QUIET = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def possible(office: Office, item: str) -> list[str]:
    """Return the kinds of events that the lifecycle knows from where an item stands."""
    dossier = office.dossiers.get(item)
    if dossier is None:
        return ["created"]
    state = state_of(dossier, dossier.newest, office.today)
    return ["assigned", *(MOVES[state, verb].event for verb in allowed(state))]


def stated(office: Office, item: str, deed: dict[str, Any]) -> Statement | None:
    """Return the statement of a deed; nothing where no such statement can be written."""
    given = {"by": USUAL[deed["kind"]], "reason": "So", **deed}
    kind = given.pop("kind")
    if kind in {"saved", "revised"}:
        given["content"] = document(item, f"Text {office.position}")
    try:
        if kind == "created":
            return office.creation(item, **given)
        return office.statement(kind, item, data=DATA.get(kind, {}), **given)
    except (KeyError, RefusedError, TypeError, ValueError):
        return None


def refused(office: Office, made: Statement) -> str:
    """Land a statement; return how it was refused, if it was."""
    try:
        office.land(made)
    except RefusedError as error:
        return type(error).__name__
    return ""


@QUIET
@given(st.data())
def test_the_judge_agrees_with_the_rules(
    original: tuple[Office, Path], data: st.DataObject
) -> None:
    court = Court(original[0])
    for _ in range(data.draw(st.integers(1, 15))):
        item = data.draw(ITEMS)
        kind = data.draw(st.sampled_from(possible(court.office, item)))
        slip: dict[str, Any] = data.draw(SLIPS) if data.draw(st.integers(0, 7)) == 0 else {}
        made = stated(court.office, item, {"kind": kind, **slip})
        if made is None or made.path in court.office.paths:
            continue
        if refusal := refused(court.office, made):
            event(f"refused: {refusal}")
            court.office.smuggle(made)
            assert len(court.problems) == 1, made.path
            return
        event(f"landed: {made.event.type}")
        assert court.problems == []


@QUIET
@given(st.data())
def test_no_bytes_of_an_event_stop_the_judge(
    original: tuple[Office, Path], data: st.DataObject
) -> None:
    court = Court(original[0])
    made = court.office.statement("approved", "PRO-002", by="eva")
    changed = bytearray(made.data)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    court.office.smuggle(made.rewritten(bytes(changed), Key("eva")))
    court.office.smuggle(court.office.statement("approved", "PRO-002", by="kim"))

    assert court.problems or bytes(changed) == made.data


@QUIET
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=5,
    ),
    st.sampled_from(["time", "date", "seq", "data", "item", "revision", "type", "signer", "v"]),
)
def test_no_value_in_an_event_stops_the_judge(
    original: tuple[Office, Path], value: Any, field: str
) -> None:
    court = Court(original[0])
    made = court.office.statement(
        "person_left", ACCESS, by="ada", data={"person": "eva", "on": "2026-01-05"}
    )
    body = {**json.loads(made.data), field: value}
    data = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    court.office.smuggle(made.rewritten(data.encode("utf-8", "surrogatepass"), Key("ada")))

    said = {name: given for name, given in body.items() if given is not None}
    assert court.problems or said == json.loads(made.data)
