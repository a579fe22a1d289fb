"""The adversary: from a correct event, everything that differs from it in exactly one point."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from naive_lives import VOTES, kind, open_comments, open_places, route_of
from naive_verdicts import TABLE
from paper_forms import made_up_digest, somebody
from paper_office import Office

from docctl.errors import (
    DateError,
    EventError,
    MissingApprovalError,
    NotAuthorisedError,
    RefusedError,
    SeparationOfDutiesError,
    StaleApprovalError,
    StaleDraftError,
)
from docctl.model.assignment import Assignments
from docctl.model.event import Signed
from docctl.rules.meaning import meaning

DRAFTS = ("created", "revised", "saved")
Make = Callable[[Office, Signed], Signed | None]


@dataclass(frozen=True)
class Deviation:
    name: str
    error: type[RefusedError]
    make: Make
    """The deviant event, or nothing where this deviation is no deviation here."""


def but(signed: Signed, **changes: Any) -> Signed:
    return replace(signed, event=signed.event.but(**changes))


def field(only: Callable[[Signed], bool] = lambda _: True, **changes: Any) -> Make:
    def make(_: Office, signed: Signed) -> Signed | None:
        return but(signed, **changes) if only(signed) else None

    return make


def data(name: str, value: Callable[[Office, Signed], Any]) -> Make:
    """Another value in the event's data, where it has that field."""

    def make(office: Office, signed: Signed) -> Signed | None:
        old = signed.event.data
        if name not in type(old).model_fields:
            return None
        new = value(office, signed)
        return None if new is None else but(signed, data=old.but(**{name: new}))

    return make


def vote(signed: Signed) -> bool:
    return kind(signed) in VOTES


def draft(signed: Signed) -> bool:
    return kind(signed) in DRAFTS


def other_key(office: Office, signed: Signed) -> Signed:
    other = "fay" if signed.event.signer != "fay" else "bob"
    return replace(signed, keys=(office.key(other),))


def ended_key(office: Office, signed: Signed) -> Signed | None:
    revoked = [one.event.data for one in office.naive.access("key_revoked")]
    mine = [one.fingerprint for one in revoked if one.person == signed.event.signer]
    return replace(signed, keys=(mine[0],)) if mine else None


def other_label(_: Office, signed: Signed) -> Signed:
    said = signed.event.meaning
    label = signed.event.revision or ""
    return but(signed, revision="77", meaning=said.replace(f"revision {label} ", "revision 77 ")
               .replace(f"revision {label}.", "revision 77."))  # fmt: skip


def other_sentence(_: Office, signed: Signed) -> Signed:
    said = meaning("commented", item=signed.event.item, revision=signed.event.revision)
    return but(signed, meaning=said if said != signed.event.meaning else "I agree.")


def writer(office: Office, signed: Signed) -> Signed | None:
    """The same vote by somebody who wrote or proposed what it is about."""
    if kind(signed) not in {"reviewed", "approved"}:
        return None
    naive, item, on = office.naive, signed.event.item, signed.event.date
    life, proposal = naive.meant(item, kind(signed), on)
    own = (proposal.event.signer,) if proposal else naive.authors(life)
    able = [one for one in own if naive.keys(one) and not naive.excepted(one, on)]
    if not able:
        return None
    return replace(but(signed, signer=able[0]), keys=(min(naive.keys(able[0])),))


def service(office: Office, signed: Signed) -> Signed | None:
    """The same decision by a service that may write."""
    deciding = kind(signed) in {"cancelled", "reopened", "released", "postponed"}
    if not deciding or "robot" not in office.naive.people():
        return None
    keys = (min(office.naive.keys("robot")),)
    return replace(but(signed, signer="robot", role="author"), keys=keys)


def other_author(office: Office, signed: Signed) -> Signed | None:
    """The same by an author of something else, where only an author of this may."""
    naive, item, on = office.naive, signed.event.item, signed.event.date
    if kind(signed) not in {"released", "postponed"}:
        return None
    wrote = naive.authors(naive.meant(item, kind(signed), on)[0])
    others = sorted(naive.holders("author") - {*wrote})
    able = [one for one in others if naive.keys(one)]
    if not able:
        return None
    return replace(but(signed, signer=able[0], role="author"), keys=(min(naive.keys(able[0])),))


def before_its_turn(office: Office, signed: Signed) -> Signed | None:
    """A signature for a later step while an earlier one is open."""
    naive, item, on = office.naive, signed.event.item, signed.event.date
    if kind(signed) not in {"reviewed", "approved"}:
        return None
    life, proposal = naive.meant(item, kind(signed), on)
    opened = naive.round(item, kind(signed), on)
    votes = naive.votes(item, kind(signed), on)
    open_ = open_places(route_of(opened, naive.of(item)), votes)
    own = (proposal.event.signer,) if proposal else naive.authors(life)
    barred = {*own, *(one.event.signer for one in votes)}
    later = [step for step in open_ if step.order > open_[0].order and not open_comments(life)]
    for step in later:
        for person in {*step.persons} - barred:
            if naive.keys(person) and step.role in naive.roles(person):
                return office.prepare(step.meaning, person, item, role=step.role)
    return None


def out_of_place(office: Office, signed: Signed) -> Signed | None:
    """A correct event of a type that the present state does not allow, by somebody able to."""
    naive, item, on = office.naive, signed.event.item, signed.event.date
    turn = len(naive.events) % len(TABLE)
    for verb in [*TABLE][turn:] + [*TABLE][:turn]:
        life, proposal = naive.meant(item, verb, on)
        states = TABLE[verb][0]
        if proposal is None and states and naive.state(item, life, on) not in states:
            for person in naive.people():
                if naive.keys(person) and naive.acts_as(person, item, verb, on):
                    return office.prepare(verb, person, item)
    return None


def earlier_time(office: Office, signed: Signed) -> Signed:
    naive, item = office.naive, signed.event.item
    opened = naive.round(item, kind(signed), signed.event.date)
    steps = [one for one in naive.of(item) if not vote(one)]
    before = [opened] if vote(signed) and opened else steps
    limit = max(one.event.time for one in before)
    return but(signed, time=limit - timedelta(seconds=1))


def earlier_date(office: Office, signed: Signed) -> Signed | None:
    naive, item = office.naive, signed.event.item
    opened = naive.round(item, kind(signed), signed.event.date)
    limit = opened.event.date if vote(signed) and opened else naive.day(item)
    early = signed.event.date - timedelta(days=1)
    return but(signed, date=early) if early < limit else None


def later_date(_: Office, signed: Signed) -> Signed:
    return but(signed, date=signed.event.date + timedelta(days=2))


def day_before(_: Office, signed: Signed) -> Any:
    return signed.event.date - timedelta(days=1)


def fewer_votes(_: Office, signed: Signed) -> Any:
    return signed.event.data.votes[1:] if signed.event.data.votes else None


def more_votes(_: Office, signed: Signed) -> Any:
    return (*signed.event.data.votes, made_up_digest())


def itself(_: Office, signed: Signed) -> Any:
    return signed.event.item


def nothing_assigned(_: Office, signed: Signed) -> Signed | None:
    return but(signed, data=Assignments()) if kind(signed) == "assigned" else None


def needs_reason(signed: Signed) -> bool:
    return TABLE[kind(signed)][2]


DEVIATIONS = (
    Deviation("another person's key", NotAuthorisedError, other_key),
    Deviation("an unknown key", NotAuthorisedError, lambda _, s: replace(s, keys=("SHA256:x",))),
    Deviation("a key that ended", NotAuthorisedError, ended_key),
    Deviation("no key", NotAuthorisedError, lambda _, s: replace(s, keys=())),
    Deviation("a role not held", NotAuthorisedError, field(role="records")),
    Deviation("a function not held", NotAuthorisedError, field(function="Director")),
    Deviation("a stranger", NotAuthorisedError, field(signer="mallory")),
    Deviation("own work", SeparationOfDutiesError, writer),
    Deviation("a service", NotAuthorisedError, service),
    Deviation("an author of something else", NotAuthorisedError, other_author),
    Deviation("out of place", RefusedError, out_of_place),
    Deviation("before its turn", MissingApprovalError, before_its_turn),
    Deviation("stale content", StaleApprovalError,
              lambda _, s: None if draft(s) else but(s, content=made_up_digest())),
    Deviation("no content", EventError, field(draft, content=None)),
    Deviation("another prev", EventError, lambda _, s: but(s, prev=made_up_digest())),
    Deviation("another seq", EventError, lambda _, s: but(s, seq=(s.event.seq or 0) + 1)),
    Deviation("another library", EventError, lambda _, s: but(s, library=made_up_digest())),
    Deviation("another rule set", EventError, field(v=2)),
    Deviation("another sentence", EventError, other_sentence),
    Deviation("another label", EventError, other_label),
    Deviation("another document", EventError, field(item="PRO-999")),
    Deviation("no reason", EventError, field(needs_reason, reason="")),
    Deviation("an earlier time", DateError, earlier_time),
    Deviation("an earlier date", DateError, earlier_date),
    Deviation("a date that is not the day", RefusedError, later_date),
    Deviation("another route", EventError, data("route", lambda _, __: somebody())),
    Deviation("an omitted vote", EventError, data("votes", fewer_votes)),
    Deviation("an invented vote", EventError, data("votes", more_votes)),
    Deviation("other authors", EventError, data("authors", lambda _, __: ("nobody",))),
    Deviation("a stale draft", StaleDraftError, data("base", lambda _, __: made_up_digest())),
    Deviation("another origin", EventError, data("based_on", lambda _, __: "77")),
    Deviation("effective in the past", DateError, data("effective_on", day_before)),
    Deviation("planned in the past", DateError, data("planned_on", day_before)),
    Deviation("withdrawn in the past", DateError, data("from_on", day_before)),
    Deviation("reviewed in the past", DateError, data("next_review_on", day_before)),
    Deviation("replaced by itself", EventError, data("replaced_by", itself)),
    Deviation("another comment", EventError, data("comment", lambda _, __: 999)),
    Deviation("nothing assigned", EventError, nothing_assigned),
)  # fmt: skip
