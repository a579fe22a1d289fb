"""What lies on the desks of the paper office: forms, settings, a list of staff."""

from hashlib import sha256
from itertools import count
from typing import Any

from docctl.model.control import ControlSettings, Route, Step, default_settings
from docctl.model.event import Event
from docctl.model.events import AnyEvent
from docctl.model.lifecycle import FrozenRoute, FrozenStep

#: Every event class by its type.
EVENTS: dict[str, type[Event]] = {
    one.model_fields["type"].default: one for one in AnyEvent.__origin__.__args__
}
DATA = {name: one.model_fields["data"].annotation for name, one in EVENTS.items()}

#: Who works here, with which roles; `ana` founds the library.
STAFF = {
    "bob": ("author", "approver"),
    "cy": ("reviewer", "approver"),
    "dot": ("approver", "management"),
    "eve": ("reviewer", "author"),
    "fay": ("management", "document_controller"),
}
_counter = count(1)


def made_up_digest() -> str:
    """A digest that never came before."""
    return sha256(str(next(_counter)).encode()).hexdigest()


def step(meaning_: str, role: str, persons: int = 1, order: int = 1) -> Step:
    return Step(meaning=meaning_, role=role, persons=persons, order=order)


def settings(*, strict: bool = False, **changes: Any) -> ControlSettings:
    """Settings with a type of each label scheme; strict ones ask for three signatures."""
    base = default_settings("Acme", profile="standard", time_zone="UTC")
    short = Route(steps=(step("approved", "approver"),))
    long = Route(
        steps=(
            step("reviewed", "reviewer"),
            step("approved", "approver", order=2),
            step("approved", "management", order=2),
        )
    )
    schemes = {"procedure": "integers", "policy": "major_minor", "form": "letters"}
    types = tuple(
        one.but(
            labels=schemes.get(one.name, "integers"),
            route=long if strict else one.route,
            editorial_route=short if strict else None,
        )
        for one in base.types
    )
    route = long if strict else base.control_route
    return base.but(**{"types": types, "control_route": route, **changes})


def somebody() -> FrozenRoute:
    """A route that nobody would expect."""
    one = FrozenStep(meaning="approved", role="approver", count=1, order=1, persons=("nobody",))
    return FrozenRoute(steps=(one,))
