"""Copies of records and certificates to test with: all facts of one, and any of them changed."""

from typing import Any

from docctl.model.answers.evidence import DisposalCopy, RecordCopy

FORM: dict[str, Any] = {
    "fields": {
        "properties": {
            "site": {"type": "string", "enum": ["Bergen", "Oslo"], "title": "Site"},
            "what": {"type": "string", "title": "What was found"},
            "weight": {"type": "number", "x-unit": "kg"},
            "repeated": {"type": "boolean", "title": "Has it happened before?"},
            "parts": {
                "type": "array",
                "title": "Parts concerned",
                "items": {
                    "properties": {
                        "serial": {"type": "string", "title": "Serial number"},
                        "scrap": {"type": "boolean", "title": "Scrapped"},
                    },
                    "required": ["serial"],
                },
            },
            "tags": {"type": "array", "items": {"type": "string"}, "title": "Key words"},
            "cause": {"type": "string", "title": "Cause", "description": "Ask why five times."},
        },
        "required": ["site", "what", "cause"],
    },
    "retention": "quality-records",
    "steps": [{"name": "analysed", "title": "Analysis", "fields": ["cause"], "roles": ["author"]}],
}

ENTRY: dict[str, Any] = {
    "record": "NC-2026-1",
    "form": "FRM-002",
    "form_revision": "3",
    "status": "closed",
    "happened_on": "2026-01-02",
    "captured_on": "2026-01-20",
    "closed_on": "2026-02-01",
    "by": "ben",
    "entered_for": "eva",
    "retention": "quality-records",
    "identifiers": {"site": "Oslo"},
    "holds": ["H-1"],
}
DUE: dict[str, Any] = {
    "record": "NC-2026-1",
    "form": "FRM-002",
    "retention": "quality-records",
    "state": "held",
    "due_since": "2037-01-01",
    "because": ["closed on 2026-02-01", "+ 10 years, end of calendar year", "held by H-1"],
    "holds": ["H-1"],
}
FILE: dict[str, Any] = {
    "name": "seal.png", "media_type": "image/png", "size": 12345, "commitment": "5a" * 32,
}  # fmt: skip
FIELDS: dict[str, Any] = {
    "site": "Bergen",
    "what": "The seal leaks.\nOil | water <b>in</b> the bilge",
    "weight": 2.5,
    "repeated": True,
    "parts": [{"serial": "A-17", "scrap": True}, {"serial": "A-18"}],
}
STATEMENTS: tuple[dict[str, Any], ...] = (
    {
        "type": "captured", "signer": "ben", "entered_for": "eva", "happened_on": "2026-01-02",
        "late": True, "reason": "The workshop was closed", "fields": FIELDS, "attachments": [FILE],
    },
    {
        "type": "amended", "signer": "ben", "happened_on": "2026-01-21", "reason": "Wrong tag",
        "fields": {"site": "Oslo", "tags": ["seal"]}, "was": {"site": "Bergen", "tags": None},
    },
    {
        "type": "added", "signer": "ben", "step": "analysed", "happened_on": "2026-01-30",
        "fields": {"cause": "A worn seal"},
    },
    {"type": "countersigned", "signer": "kim", "step": "accepted"},
    {"type": "closed", "signer": "ben"},
)  # fmt: skip
NAMES = {"ben": "Ben Moe", "kim": "Kim Berg", "ria": "Ria Lund", "rob": "Rob Lie"}


def seal(kind: str, person: str, day: str, at: int, **more: Any) -> dict[str, Any]:
    return {
        "type": kind, "person": person, "name": NAMES[person], "role": "records",
        "meaning": f"I say that it is {kind.replace('_', ' ')}.", "time": f"{day}T08:0{at}:00Z",
        "event": f"{at}e" * 32, "key": f"SHA256:key-of-{person}", "tool": "docctl 1.0", **more,
    }  # fmt: skip


def record_copy(status: str = "closed", **changes: Any) -> RecordCopy:
    """Return the copy of a record that stands so; *changes* are facts of the copy."""
    days = ("2026-01-20", "2026-01-21", "2026-01-30", "2026-01-31", "2026-02-01")
    told: list[dict[str, Any]] = list(STATEMENTS)
    fields = {**FIELDS, "site": "Oslo", "tags": ["seal"], "cause": "A worn seal"}
    if status == "open":
        told, fields = told[:1], FIELDS
    if status == "disposed":
        bare = {"fields": {}, "was": {}, "attachments": []}
        told = [one | bare for one in told[:2]] + [{"type": "disposed", "signer": "ria"}]
        fields = {}
    seals = [
        seal(one["type"], one["signer"], days[at], at + 1, function="Foreman" if at else "")
        for at, one in enumerate(told)
    ]
    statements = [
        {"seq": at, "name": NAMES[one["signer"]], "time": made["time"], **one}
        for at, (one, made) in enumerate(zip(told, seals, strict=True), start=1)
    ]
    closed = None if status == "open" else ENTRY["closed_on"]
    holds = ENTRY["holds"] if status == "closed" else []
    facts: dict[str, Any] = {
        "organization": "Varnesund Pump Service AS",
        "as_of": "2026-02-03",
        "signatures": seals,
        "shown": {
            "entry": {**ENTRY, "status": status, "closed_on": closed, "holds": holds},
            "title": "Nonconformity report",
            "fields": fields,
            "statements": statements,
            "due": {**DUE, "holds": holds},
        },
        "definition": FORM,
        "form_content": "3f" * 32,
        "classification": "internal",
        "retention_title": "Quality records",
        "names": {"eva": "Eva Dahl"},
        "stubs": [{"commitment": "7b" * 32, "size": 310}, {"commitment": "5a" * 32, "size": 12345}],
        **changes,
    }
    return RecordCopy.model_validate(facts)


GONE: dict[str, Any] = {
    "disposal": "D-1",
    "disposed_on": "2037-01-09",
    "certified_on": "2037-01-10",
    "residual": {"site": "Oslo"},
}

CLASS: dict[str, Any] = {
    "name": "logs", "title": "Logs", "trigger": {"latest": ["closed", "contract_ended"]},
    "period": "2 years", "rounding": "year", "action": "destroy",
    "minimum": {"period": "1 year", "mandate": "Contract with the owner"},
    "owner": {"kind": "function", "name": "Quality Manager"}, "jurisdiction": "Norway",
}  # fmt: skip

_DONE = ("disposal_proposed", "disposal_authorised", "disposal_certified")
_STEPS = {"proposed": 1, "authorised": 2, "certified": 3}


def _item(number: str, result: str, **more: Any) -> dict[str, Any]:
    return {
        "record": number, "form": "FRM-001", "form_revision": "1", "title": "Log of the workshop",
        "retention": "logs", "since": "2024-03-01", "until": "2024-03-09",
        "due_since": "2027-01-01", "because": "closed on 2024-03-09; + 2 years",
        "action": "destroy",
        "stubs": [{"commitment": "9c" * 32, "size": 1310}], "kept": result == "kept", **more,
    }  # fmt: skip


def disposal_copy(state: str = "certified") -> DisposalCopy:
    """Return the copy of a disposal that stands so."""
    who, days = ("ria", "rob", "ria"), ("2027-01-05", "2027-01-06", "2027-01-09")
    done = _STEPS[state]
    results = {"LOG-1": "destroyed", "LOG-2": "kept", "LOG-3": "held"}
    outcomes = [
        {"record": number, "result": result, "detail": {"held": "H-1"}.get(result, "")}
        for number, result in results.items()
    ]
    told = {one["record"]: one for one in outcomes} if state == "certified" else {}
    gone = {"gone_on": "2027-01-09T08:00:00Z", "residual": {"site": "Oslo"}}
    return DisposalCopy.model_validate(
        {
            "organization": "Varnesund Pump Service AS",
            "as_of": "2027-01-10",
            "signatures": [
                seal(_DONE[at], who[at], days[at], at + 1, function="Archivist")
                for at in range(done)
            ],
            "shown": {
                "disposal": "D-1",
                "state": state,
                "proposed_by": "ria",
                "proposed_on": days[0],
                "authorised_by": "rob" if done > 1 else None,
                "not_before": "2027-01-08" if done > 1 else None,
                "records": list(results),
                "schedule": "CONTROL 4",
                "outcomes": list(told.values()),
                "copies": ["vault", "vault-keys"] if told else [],
            },
            "classes": [CLASS],
            "items": [
                _item(
                    number,
                    result if done > 1 else "",
                    outcome=told.get(number),
                    **(gone if told and result == "destroyed" else {}),
                )
                for number, result in results.items()
            ],
            "method": "destruction of payload, salt and key" if told else "",
            "not_reached": ["backup of December, until 2027-03-31"] if told else [],
        }
    )


def mixed_copy() -> DisposalCopy:
    """Return a certificate on which something else than destruction became of most records."""
    plain = disposal_copy()
    left = {"commitment": "7d" * 32, "size": 90}
    outcomes = {
        "LOG-1": {"result": "transferred"},
        "LOG-2": {
            "result": "anonymised", "removed": ["who", "note"], "remains": left, "kept": False,
        },
        "LOG-3": {"result": "not_reached", "detail": "not reached: copy; the key is destroyed"},
    }  # fmt: skip
    items = [
        one.but(
            action="transfer" if one.record == "LOG-1" else "anonymise",
            kept=False,
            gone_on="2027-01-09T08:00:00Z",
            removed=outcomes[one.record].get("removed", ()),
            remains=outcomes[one.record].get("remains"),
            outcome={
                "record": one.record,
                "result": outcomes[one.record]["result"],
                "detail": outcomes[one.record].get("detail", ""),
            },
        )
        for one in plain.items
    ]
    receipt = {
        "receiver": "City archive", "records": ["LOG-1"], "on": "2027-01-09", "by": "ria",
        "package": "5a" * 32, "receipt": "6b" * 32,
    }  # fmt: skip
    return plain.but(
        items=items,
        shown=plain.shown.but(receipts=[receipt]),
        not_reached=["copy", "backup of December, until 2027-03-31"],
        library="ab" * 32,
        head_before="1" * 40,
        head_after="2" * 40,
    )
