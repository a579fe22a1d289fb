"""What the plain events of one revision say: nothing here is shared with `docctl.rules`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from docctl.model.event import Signed
from docctl.model.lifecycle import FrozenRoute, FrozenStep

VOTES = ("reviewed", "approved", "returned")
PROPOSALS = ("review_proposed", "withdrawal_proposed")
OPENERS = ("created", "established", "revised")


def kind(one: Signed) -> str:
    return one.event.type


def used(life: Iterable[Signed]) -> bool:
    return any(kind(one) in {"submitted", "established"} for one in life)


def text_of(life: Sequence[Signed]) -> str:
    return [one for one in life if kind(one) in {*OPENERS, "saved"}][-1].event.content or ""


def class_of(life: Sequence[Signed]) -> str:
    said = [one.event.data.change for one in life if kind(one) in {"revised", "submitted"}]
    return said[-1] if said else "content"


def effective_on(life: Sequence[Signed]) -> date:
    last = [one for one in life if kind(one) in {"established", "released", "postponed"}][-1].event
    return last.date if last.type == "established" else last.data.effective_on


def open_comments(life: Sequence[Signed]) -> set[int]:
    done = {one.event.data.comment for one in life if kind(one) == "resolved"}
    return {one.event.seq or 0 for one in life if kind(one) == "commented"} - done


def phase(life: Sequence[Signed]) -> str:
    """What the last event that decides says."""
    own = [one for one in life if not after_release(one, life)]
    deciding = {"saved", "submitted", "reopened", "cancelled", "released", "postponed"}
    last = [one for one in own if kind(one) in deciding or kind(one) in OPENERS][-1]
    simple = {
        **dict.fromkeys(("created", "revised", "saved", "reopened"), "draft"),
        **dict.fromkeys(("established", "released", "postponed"), "released"),
        "cancelled": "cancelled",
    }
    if kind(last) in simple:
        return simple[kind(last)]
    votes = answers(last, life)
    if any(kind(vote) == "returned" for vote in votes):
        return "draft"
    return "approved" if not open_places(route_of(last, life), votes) else "in_review"


def after_release(one: Signed, life: Sequence[Signed]) -> bool:
    """Whether a cancellation or new route is about a proposal: the revision was in force then."""
    if kind(one) not in {"cancelled", "rerouted"}:
        return False
    earlier = life[: life.index(one)]
    days = [e for e in earlier if kind(e) in {"established", "released", "postponed", "reopened"}]
    return bool(days) and kind(days[-1]) != "reopened" and effective_on(earlier) <= one.event.date


def answers(opened: Signed, events: Iterable[Signed]) -> list[Signed]:
    return [one for one in events if kind(one) in VOTES and one.event.prev == opened.digest]


def route_of(opened: Signed, events: Sequence[Signed]) -> FrozenRoute:
    """The route of a round: its own, or the last one that replaced it."""
    later = list(events)[list(events).index(opened) :]
    for one in later[1:]:
        if kind(one) in {"submitted", *PROPOSALS}:
            break
        if kind(one) == "rerouted":
            opened = one
    return opened.event.data.route


def fits(vote: Signed, meaning: str, role: str) -> bool:
    return (kind(vote), vote.event.role) == (meaning, role)


def open_places(route: FrozenRoute, votes: Iterable[Signed]) -> list[FrozenStep]:
    """The places nobody has signed yet, counted by meaning and role."""
    given = Counter((kind(v), v.event.role) for v in votes)
    open_ = []
    for step in sorted(route.steps, key=lambda one: one.order):
        for _ in range(step.count):
            if given[step.meaning, step.role] > 0:
                given[step.meaning, step.role] -= 1
            else:
                open_.append(step)
    return open_


def settled(opened: Signed, events: Sequence[Signed]) -> bool:
    votes = answers(opened, events)
    if any(kind(vote) == "returned" for vote in votes):
        return False
    return not open_places(route_of(opened, events), votes)


def fillable(places: Sequence[Sequence[str]]) -> bool:
    """Whether different persons can take all these places: every way is tried."""
    if not places:
        return True
    return any(
        fillable([[one for one in other if one != person] for other in places[1:]])
        for person in places[0]
    )
