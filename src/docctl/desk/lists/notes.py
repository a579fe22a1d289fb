"""What events say, for people who read a history."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from docctl.desk.copies.facts.copying import name_of
from docctl.model.answers.register import HistoryEntry
from docctl.model.base import PersonId
from docctl.model.event import Event, Signed
from docctl.rules.authority import Authority

#: What a note leaves out: keys and digests are for programs, which read the event itself.
_UNSAID: Any = {
    **dict.fromkeys(("route", "votes", "key", "base", "control", "salt"), True),
    **dict.fromkeys(("payload", "attachments", "form_content", "last", "authorised"), True),
    **dict.fromkeys(("residual", "copies", "open", "named"), True),
    "founder": {"key", "fingerprint", "named"},
}

#: How a field of an event is said; others by their name and value.
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "administrators": "{} must sign changes of ACCESS",
        "answer": "{}",
        "based_on": "based on revision {}",
        "change": "{} change",
        "checked_on": "edition checked on {}",
        "comment": "comment {}",
        "disposition": "{}",
        "disposal": "by {}",
        "document_type": "{}",
        "effective_on": "effective on {}",
        "entered_for": "entered for {}",
        "event_on": "happened on {}",
        "fact": "{}",
        "fingerprint": "key {}",
        "form_revision": "revision {}",
        "from_on": "from {}",
        "id": "{}",
        "instruction": "meanwhile: {}",
        "kind": "a {}",
        "items": "records: {}",
        "late_reason": "late: {}",
        "line": "on line {}",
        "matter": "{}",
        "name": "{}",
        "not_before": "not before {}",
        "on": "from {}",
        "organization": "{}",
        "person": "{}",
        "planned_on": "planned for {}",
        "profile": "{} profile",
        "referred_by": "referred to by {}",
        "remark": "{}",
        "replaced_by": "replaced by {}",
        "retention": "kept as {}",
        "review_on": "to be looked at on {}",
        "suspect_from": "in doubt from change {} on",
        "text": "{}",
        "title": "{}",
        "together_with": "together with {}",
        "until": "until {}",
        "where": "covers whatever fits: {}",
    }
)

#: Of whom an event speaks is said first.
_WHO = frozenset({"id", "person"})

#: Values that are words of a program, as people say them.
_VALUES: Mapping[tuple[str, object], str] = MappingProxyType(
    {
        ("document_type", "work_instruction"): "work instruction",
        ("outcome", "keep"): "it stays as it is",
        ("outcome", "revise"): "it is to be revised",
        ("outcome", "withdraw"): "it is to be withdrawn",
        ("newer_edition", ""): "none",
    }
)


def history_entry(
    signed: Signed, path: str, authority: Authority, cosigners: tuple[PersonId, ...]
) -> HistoryEntry:
    """Return an event as a history shows it; *path* is where its bytes lie."""
    event = signed.event
    return HistoryEntry(
        seq=event.seq,
        revision=event.revision,
        type=event.type,
        signer=event.signer,
        name=name_of(authority, event.signer),
        cosigners=cosigners,
        role=event.role,
        function=event.function or "",
        time=event.time,
        date=event.date,
        meaning=event.meaning,
        reason=event.reason,
        content=event.content,
        digest=signed.digest,
        path=path,
        note=note_of(event),
    )


def note_of(event: Event) -> str:
    """Return what an event says beside its type, in one line."""
    data = getattr(event, "data", None)
    if data is None:
        return ""
    return _said(
        data.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude=_UNSAID)
    )


def _said(fields: Mapping[str, Any]) -> str:
    in_order = sorted(fields.items(), key=lambda field: field[0] not in _WHO)
    return "; ".join(_phrase(name, value) for name, value in in_order)


def _phrase(name: str, value: object) -> str:
    if name == "owner" and isinstance(value, Mapping):
        return f"owner: {value['name']}"
    if isinstance(value, Mapping):
        return f"{_words(name)}: {_said(value)}"
    if name == "items" and isinstance(value, list) and "kind" in value[0]:
        name = "about"  # people and documents are among what a request is about
    words = _several(value) if isinstance(value, list) else _VALUES.get((name, value), str(value))
    return _SAID.get(name, f"{_words(name)}: {{}}").replace("{}", words)


#: Of a longer list so many are named, and the others counted.
_NAMED = 10


def _several(value: list[object]) -> str:
    words = [_one(one) for one in value[:_NAMED]]
    more = [f"{len(value) - _NAMED} more"] if len(value) > _NAMED else []
    return " and ".join((*words, *more)) or "nobody"


def _one(value: object) -> str:
    """Return one of several; an item by its number, and what is decided or became of it."""
    if not isinstance(value, Mapping):
        return str(value)
    named = value.get("record") or value.get("item") or value["subject"]["item"]
    decided = value.get("verdict", ""), f"({value['why']})" if "why" in value else ""
    return " ".join(filter(None, (named, value.get("result", ""), *decided)))


def _words(name: str) -> str:
    return name.replace("_", " ")
