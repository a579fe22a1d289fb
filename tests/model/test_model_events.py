"""Events as they are signed: every kind goes through JSON and comes back the same."""

import json
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from docctl.model import access, base
from docctl.model.event import Event
from docctl.model.events import EVENT, AnyEvent
from docctl.model.lifecycle import VOTES
from docctl.model.records import record, request, retention
from docctl.trust.canonical import canonical, parse_canonical

KINDS: tuple[type[Event], ...] = get_args(get_args(AnyEvent)[0])
NAMES = [one.model_fields["type"].default for one in KINDS]

texts = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12).map(
    lambda text: TypeAdapter(base.Words).validate_python(text) or "x"
)
BY_FORM = {
    base.Number: st.sampled_from(["PRO-001", "SOP-QA-7"]),
    base.Label: st.sampled_from(["1", "B", "2.1"]),
    base.PersonId: st.sampled_from(["ola", "k-berg"]),
    base.Word: st.sampled_from(["author", "procedure"]),
    base.Digest: st.sampled_from(["0" * 64, "ab" * 32]),
    record.RecordId: st.sampled_from(["NC-2026-1", "H-3"]),
    retention.ClassName: st.sampled_from(["quality-records", "logs"]),
    request.ItemId: st.sampled_from(["NC-2026-1", "ola"]),
    base.Line: texts,
    base.Words: st.one_of(st.just(""), texts),
    base.Instant: st.datetimes(
        datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001
    ).map(lambda when: when.replace(microsecond=0)),
}  # fmt: skip

BY_TYPE = {
    bool: st.booleans(),
    int: st.integers(1, 9),
    date: st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    str: texts,
}


@cache
def values(model: type[base.Model]) -> st.SearchStrategy[base.Model]:
    """Any value of a model: its little types as they stand in `base`, the rest as declared."""
    fields = {
        name: field_values(hint)
        for name, hint in hints(model).items()
        if name not in {"type", "v", "salt"}
    }
    fixed = {"salt": st.just("0" * 32)} if "salt" in model.model_fields else {}
    return st.fixed_dictionaries({**fields, **fixed}).map(paired).map(model.model_validate)


def paired(fields: dict[str, Any]) -> dict[str, Any]:
    """A person's key comes with its fingerprint or not at all."""
    if {"until", "then"} <= {*fields}:  # a record is kept until a day, or something becomes of it
        return fields | {"then": None if fields["until"] else fields["then"] or "destroy"}
    if "decisions" in fields:  # each item is decided once
        once = {one.subject: one for one in fields["decisions"]}
        return fields | {"decisions": tuple(once.values())}
    if {"asks", "items"} <= {*fields}:
        return fields | {"items": tuple(dict.fromkeys(fields["items"]))}
    if "verdict" in fields:  # what is kept has a basis
        kept = fields["verdict"] == "keep"
        return fields | {"basis": (fields["basis"] or "other") if kept else None}
    alone = None in {fields.get("key", ""), fields.get("fingerprint", "")}
    fields = fields | {"key": None, "fingerprint": None} if alone else fields
    if {"name", "named"} <= {*fields} and (fields["name"] is None) == (fields["named"] is None):
        return fields | {"name": "Ola", "named": None}
    return fields


def hints(model: type[base.Model]) -> dict[str, Any]:
    """A model's fields, each annotated as it was written."""
    written = get_type_hints(model, include_extras=True)
    return {name: written[name] for name in model.model_fields}


def field_values(hint: Any) -> st.SearchStrategy[Any]:
    inner = get_args(hint)
    if hint in BY_FORM:
        return BY_FORM[hint]
    if isinstance(hint, type) and issubclass(hint, base.Model):
        return values(hint)
    if type(None) in inner:
        return st.none() | field_values(next(one for one in inner if one is not type(None)))
    if getattr(hint, "__origin__", None) is dict:
        return st.dictionaries(*map(field_values, inner), max_size=2)
    if getattr(hint, "__origin__", None) is tuple:
        return st.lists(field_values(inner[0]), min_size=1, max_size=2).map(tuple)
    return BY_TYPE[hint] if hint in BY_TYPE else st.sampled_from(inner)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def test_an_event_is_read_as_it_was_written(kind: type[Event], data: st.DataObject) -> None:
    """DESIGN 4: what is signed is stored bytes; reading them loses and adds nothing."""
    event = data.draw(values(kind))
    written = canonical(event.model_dump(mode="json", exclude_none=True))

    for read in (EVENT.validate_json(written), EVENT.validate_json(written, strict=True)):
        assert type(read) is kind
        assert read == event
        assert canonical(read.model_dump(mode="json", exclude_none=True)) == written
    assert parse_canonical(written)["type"] == event.type


def test_what_is_known_of_a_key_belongs_together() -> None:
    mark = "SHA256:x"
    for half in ({"key": "ssh-ed25519 AAAA"}, {"fingerprint": mark}):
        with pytest.raises(ValidationError, match="come together"):
            access.PersonNew(id="ola", name="Ola", **half)
    held = access.KeyHeld(fingerprint=mark, key="ssh-ed25519 AAAA", accepted_at=2)
    with pytest.raises(ValidationError, match="has not ended"):
        held.but(suspect_from=3)
    assert held.but(suspect_from=3, ended_at=5).suspect_from == 3


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_every_event_has_a_schema_and_its_own_name(kind: type[Event]) -> None:
    schema = kind.model_json_schema()

    assert schema["additionalProperties"] is False
    assert schema["properties"]["type"]["const"] == kind.model_fields["type"].default
    assert schema["properties"]["data"]
    assert kind.__doc__


def test_events_are_told_apart_by_their_type() -> None:
    schema = EVENT.json_schema()

    assert len({*NAMES}) == len(NAMES)
    assert {*schema["discriminator"]["mapping"]} == {*NAMES}
    assert {*NAMES} > VOTES


GOOD = {
    "v": 1, "library": "0" * 64, "item": "PRO-001", "revision": "1", "type": "commented",
    "meaning": "I comment.", "content": "0" * 64, "seq": 2, "prev": "1" * 64, "signer": "ola",
    "role": "author", "time": "2026-03-02T08:00:00Z", "date": "2026-03-02", "reason": "",
    "tool": "docctl 0.1", "data": {"text": "why?", "line": 3},
}  # fmt: skip


def read(**changes: Any) -> Event:
    given_ = {**GOOD, **changes}
    return EVENT.validate_json(
        json.dumps({name: one for name, one in given_.items() if one is not ...}), strict=True
    )


def test_the_good_event_is_good() -> None:
    assert read().seq == 2
    assert read(function=...).function is None


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 0}, {"v": "1"}, {"v": 1.5}, {"seq": 0}, {"seq": "2"}, {"seq": True},
        {"type": "agreed"}, {"type": ...}, {"data": ...}, {"data": {}}, {"signer": "Ola K"},
        {"signer": ...}, {"role": "a b"}, {"time": ...}, {"time": "2026-03-02T08:00:00+01:00"},
        {"time": 1772438400}, {"date": "2026-02-30"}, {"date": 20000}, {"revision": "01"},
        {"library": "xyz"}, {"prev": "A" * 64}, {"content": ""}, {"meaning": ""}, {"tool": ""},
        {"extra": 1}, {"function": ""}, {"reason": "a\u202eb"}, {"meaning": "two\nlines"},
        {"data": {"text": "x", "line": "3"}}, {"data": {"text": "x", "line": 3.0}},
        {"data": {"text": "x", "more": 1}}, {"data": {"text": ""}},
    ],
    ids=repr,
)  # fmt: skip
def test_an_event_with_one_thing_wrong_is_not_read(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(**changes)
