"""Times and days that a program hands in: what is none is told, and nothing is guessed."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from firm import BEGINNING, Firm
from office import Key

from docctl import Founder, Library, State
from docctl.errors import InputError

#: No days, whatever they look like.
NO_DAYS = ("tomorrow", datetime(2026, 1, 5, 8, 0, tzinfo=UTC), 20260105)

WHY: Mapping[str, Any] = MappingProxyType({"reason": "It changed"})

#: Every method that takes a day: what its document must be, who calls it, and how.
ASKED: Mapping[str, Callable[[Library, str, Any], object]] = MappingProxyType(
    {
        "register": lambda lib, _, day: lib.register(as_of=day),
        "show": lambda lib, number, day: lib.show(number, as_of=day),
        "changes": lambda lib, _, day: lib.changes(since=day),
        "due": lambda lib, _, day: lib.due(on=day),
        "authority": lambda lib, _, day: lib.authority(on=day),
        "export": lambda lib, number, day: lib.export(number, "x.md", as_of=day),
        "manual": lambda lib, number, day: lib.manual(number, "x.md", as_of=day),
        "periodic_review": lambda lib, number, day: lib.periodic_review(
            number, next_review_on=day, **WHY
        ),
        "withdraw": lambda lib, number, day: lib.withdraw(number, from_on=day, **WHY),
        "person_function": lambda lib, _, day: lib.person_function("ben", "Welder", on=day),
        "person_function_end": lambda lib, _, day: lib.person_function_end("ben", "X", on=day),
        "person_leave": lambda lib, _, day: lib.person_leave("ben", on=day),
        "person_exception": lambda lib, _, day: lib.person_exception("ben", until=day, **WHY),
        "person_exception_end": lambda lib, _, day: lib.person_exception_end(
            "ben", until=day, **WHY
        ),
    }
)


@pytest.mark.parametrize("day", NO_DAYS, ids=["text", "time", "number"])
@pytest.mark.parametrize("method", ASKED)
def test_what_is_no_day_is_told(firm: Firm, method: str, day: Any) -> None:
    number = firm.reach(State.EFFECTIVE)
    with firm.refuses(InputError):
        ASKED[method](firm.ada, number, day)


@pytest.mark.parametrize("day", NO_DAYS, ids=["text", "time", "number"])
def test_what_is_no_day_starts_nothing(firm: Firm, day: Any) -> None:
    draft, approved = firm.new(), firm.reach(State.APPROVED)
    scheduled = firm.reach(State.SCHEDULED)
    with firm.refuses(InputError):
        firm.by("ben").submit(draft, effective_on=day)
    with firm.refuses(InputError):
        firm.ada.release(approved, effective_on=day)
    with firm.refuses(InputError):
        firm.ada.postpone(scheduled, effective_on=day, **WHY)
    fingerprint = Key("ben").public_key.fingerprint
    if not isinstance(day, int):
        with firm.refuses(InputError):
            firm.ada.person_revoke("ben", fingerprint, suspect_from=day, **WHY)


#: What a clock may not say: without a time zone nobody knows when that is.
NO_TIMES = (BEGINNING.replace(tzinfo=None), BEGINNING.isoformat(), date(2026, 1, 5), None, 0.0)


@pytest.mark.parametrize("now", NO_TIMES, ids=["naive", "text", "day", "nothing", "number"])
def test_a_clock_says_a_time_with_a_zone(firm: Firm, now: Any) -> None:
    number = firm.reach(State.EFFECTIVE)
    change = firm.ada.prepare("revise", number, **WHY)
    signature = Key("ada").sign(change.message)
    with Library.open(firm.root, signer=Key("ada"), clock=lambda: now) as library:
        for deed in (
            library.today,
            library.register,
            library.verify,
            lambda: library.revise(number, **WHY),
            lambda: library.land(change, signature),
        ):
            with firm.refuses(InputError, "time with a time zone"):
                deed()


@pytest.mark.parametrize("now", NO_TIMES, ids=["naive", "text", "day", "nothing", "number"])
def test_a_library_is_not_founded_by_such_a_clock(place: Path, now: Any) -> None:
    with pytest.raises(InputError, match="time with a time zone"):
        Library.init(
            place / "new",
            organization="Acme Ltd",
            founder=Founder("ada", "Ada", "Manager"),
            signer=Key("ada"),
            clock=lambda: now,
        )
    assert not (place / "new").exists()
