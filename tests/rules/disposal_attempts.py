"""What somebody may try with disposals that are proposed, authorised or carried out."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from paper_keeping import Keeping, a_class, stub

from docctl.model.event import Signed

A, B, C, D = (f"FRM-001-000{n}" for n in range(1, 5))
DAY = timedelta(days=1)
ARCHIVIST = {"kind": "function", "name": "Archivist"}
KIM = {"kind": "person", "name": "kim"}
Act = Callable[[Keeping], Signed]


def scene(**changes: Any) -> Keeping:
    """Four records that are due; A and B are proposed by ria as D-1, and D is on no list."""
    keeping = Keeping(a_class(window_days=2, residual=("site",), **changes), a_class("case"))
    for number in (A, B, C, D):
        keeping.capture(number, identifiers={"site": "Oslo"})
    keeping.wait(31)
    keeping.propose("D-1", A, B)
    keeping.propose("D-2", C)
    return keeping


def agreed(**want: Any) -> Keeping:
    """D-1 is authorised by rob, and its window is over."""
    keeping = scene()
    keeping.authorise("D-1", **want)
    keeping.wait(2)
    return keeping


def carried_out() -> Keeping:
    keeping = agreed()
    for number in (A, B):
        keeping.land(keeping.disposing(number, "D-1"))
    return keeping


def propose(keeping: Keeping, number: str = D, by: str = "ria", role: str = "records",
            item: Mapping[str, Any] | None = None, **want: Any) -> Signed:  # fmt: skip
    items = [keeping.item(number, **(item or {}))]
    return keeping.event(
        "disposal_proposed", by, "D-3", role, **{"items": items, "schedule": "CONTROL 1", **want}
    )


def authorise(keeping: Keeping, by: str = "rob", role: str = "records", **want: Any) -> Signed:
    if "not_before" not in want:
        want["not_before"] = keeping.today + 2 * DAY
    return keeping.event("disposal_authorised", by, "D-1", role, **want)


def refuse(keeping: Keeping, by: str = "rob", role: str = "records", **want: Any) -> Signed:
    return keeping.event("disposal_refused", by, "D-1", role, **want)


def certify(keeping: Keeping, by: str = "ria", role: str = "records", **want: Any) -> Signed:
    result = want.pop("result", "destroyed")
    outcomes = [{"record": one, "result": result} for one in want.pop("of", (A, B))]
    given = {"outcomes": outcomes, "method": "fire", "copies": ("vault",), **want}
    return keeping.event("disposal_certified", by, "D-1", role, **given)


def held(keeping: Keeping, number: str = D) -> Keeping:
    keeping.do("hold_placed", "kim", "H-1", "management", matter="M", records=(number,))
    return keeping


def amended(keeping: Keeping, number: str = D) -> Keeping:
    keeping.do("amended", "ria", number, "records", payload=stub(), event_on=keeping.today)
    return keeping


def lost(keeping: Keeping) -> Keeping:
    """The schedule has no class `log` any more."""
    keeping.schedule(a_class("case"))
    return keeping


def rescheduled(keeping: Keeping, **changes: Any) -> Keeping:
    keeping.schedule(a_class(**{"window_days": 2, **changes}))
    return keeping


def after(act: Act, then: Callable[[Keeping], Signed]) -> Act:
    def both(keeping: Keeping) -> Signed:
        keeping.land(act(keeping))
        return then(keeping)

    return both


def go(keeping: Keeping, number: str = A, disposal: str = "D-1", **want: Any) -> Signed:
    return keeping.disposing(number, disposal, **want)


def far(keeping: Keeping) -> Keeping:
    keeping.now = datetime(9999, 12, 30, tzinfo=UTC)
    return keeping
