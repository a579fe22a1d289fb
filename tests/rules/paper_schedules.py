"""Retention schedules in plain words, and five forms whose records are kept by them."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

from paper_keeping import CASE, DEFINITIONS, FIELDS, LOG, equipped
from paper_office import Office

from docctl.model.control import ControlSettings
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.retention import RetentionClass
from docctl.rules.dossier import Dossier

CONTRACT, TRAINING, CHECKLIST = "FRM-003", "FRM-004", "FRM-005"
FORMS = {LOG: "log", CASE: "case", CONTRACT: "contract", TRAINING: "person", CHECKLIST: "form"}
TRIGGERS: Mapping[str, tuple[Any, ...]] = {
    "log": ("captured", {"latest": ("captured", "closed")}, {"latest": ("captured", "dependants")}),
    "case": ("closed", {"earliest": ("closed", "court_decided")}),
    "contract": (
        "contract_ended",
        {"latest": ("contract_ended", "closed")},
        {"earliest": ("contract_ended", "court_decided")},
    ),
    "person": ("person_left", {"latest": ("person_left", "captured")}),
    "form": ("form_superseded", {"earliest": ("form_superseded", "contract_ended")}),
}
PERIODS = ("0 days", "3 days", "10 days", "2 weeks", "1 month", "2 months", "1 year")
OWNERS = (
    None,
    None,
    {"kind": "function", "name": "Archivist"},
    {"kind": "person", "name": "kim"},
)
VARIANTS = 8


def variants(name: str) -> tuple[Mapping[str, Any], ...]:
    """Different lines that the schedule may have for a class, in plain words."""
    chance = Random(f"schedule {name}")  # noqa: S311 - a game, not a secret
    return tuple(_variant(name, chance) for _ in range(VARIANTS))


def _variant(name: str, chance: Random) -> Mapping[str, Any]:
    plain = {
        "trigger": chance.choice(TRIGGERS[name]),
        "period": chance.choice(PERIODS),
        "action": chance.choice(
            ["destroy"] * 5 + ["transfer", "review", "review", "anonymise", "permanent"]
        ),
        "rounding": chance.choice(["day", "day", "month", "quarter", "year"]),
        "year_begins": chance.choice([1, 1, 4, 11]),
        "leap_day": chance.choice(["later", "earlier"]),
        "window_days": chance.choice([0, 0, 1, 5]),
        "owner": chance.choice(OWNERS),
    }
    if plain["action"] == "anonymise":
        plain["removes"] = ("why",)
    if chance.random() < 0.3:
        plain["minimum"] = {"period": chance.choice(PERIODS), "mandate": "a law"}
    if chance.random() < 0.2:
        plain["maximum"] = {"period": chance.choice(PERIODS), "mandate": "a law"}
    return plain


PLAIN = {name: variants(name) for name in TRIGGERS}


@cache
def office() -> Office:
    """Forms in force, one of them with a second revision to come; for copying only."""
    return equipped((LOG, CASE, CONTRACT, TRAINING, CHECKLIST))


@cache
def followed() -> Dossier:
    """The checklist with a second revision in force."""
    later = deepcopy(office())
    later.do("revised", "bob", CHECKLIST)
    later.effective(CHECKLIST)
    return later.dossiers[CHECKLIST]


@cache
def settings_of(chosen: tuple[tuple[str, int], ...]) -> ControlSettings:
    classes = tuple(RetentionClass(name=n, title=n, **PLAIN[n][index]) for n, index in chosen)
    return office().world.control.but(retention=classes)


def definitions() -> dict[str, RecordDefinition]:
    plain = {"fields": FIELDS, "identifiers": ("site",), "pattern": "{form}-{n:04}"}
    return {
        **DEFINITIONS,
        CONTRACT: RecordDefinition(retention="contract", **plain),
        TRAINING: RecordDefinition(retention="person", subject="who", **plain),
        CHECKLIST: RecordDefinition(retention="form", **plain),
    }
