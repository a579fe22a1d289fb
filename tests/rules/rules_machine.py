"""An office that does random things, watched by a second opinion and troubled by an adversary."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

from deviations import DEVIATIONS
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from naive_lives import PROPOSALS, VOTES, kind
from naive_verdicts import TABLE
from paper_forms import STAFF, settings
from paper_office import Office
from watching import answer, refuse, told

from docctl.errors import EventError, IllegalMoveError, MissingApprovalError, RefusedError
from docctl.model.control import CONTROL
from docctl.model.event import Signed
from docctl.rules import asof, guards

PEOPLE = ("ana", *STAFF, "robot")
VERBS = tuple(TABLE)
ITEMS = ("PRO-001", "POL-001", "FRM-001", CONTROL)
TYPES = {"PRO-001": "procedure", "POL-001": "policy", "FRM-001": "form"}
ROLES = ("author", "reviewer", "approver", "management", "document_controller")

#: What brings a document on.
FORWARD = ("submitted", "resolved", "reviewed", "approved", "released", "revised")

items, verbs, people = st.sampled_from(ITEMS), st.sampled_from(VERBS), st.sampled_from(PEOPLE)
changes = st.sampled_from(["content", "content", "editorial"])
somebody = st.integers(0, len(PEOPLE) - 1)
writers = st.sampled_from(["bob", "eve", "robot"])
wishes = st.tuples(st.sampled_from([*VERBS, *FORWARD]), somebody)
several = st.lists(wishes, min_size=2, max_size=8)


class OfficeMachine(RuleBasedStateMachine):
    """Correct steps are taken, near misses are not, and both sides agree on what is in force."""

    @initialize(strict=st.booleans(), authors=st.lists(writers, min_size=2, max_size=3))
    def found(self, strict: bool, authors: list[str]) -> None:
        self.office = Office(settings(strict=strict))
        self.office.hire("robot", "author", kind="service")
        self.told: dict[tuple[str, date], tuple[Any, ...] | None] = {}
        for (item, type_), author in zip(TYPES.items(), authors, strict=False):
            self.office.do("created", author, item, document_type=type_)

    # --- what happens -------------------------------------------------------------------------

    @rule(days=st.integers(0, 4))
    def pass_days(self, days: int) -> None:
        self.sleep(days)

    def sleep(self, days: int) -> None:
        """Before a day ends, write down what was in force at its end."""
        for item, dossier in self.office.dossiers.items():
            for day in range(days):
                on = self.office.today + timedelta(days=day)
                self.told[item, on] = answer(dossier.events, on)
        self.office.pass_days(days)

    @rule(item=items, wishes=several, change=changes)
    def go_on(self, item: str, wishes: list[tuple[str, int]], change: str) -> None:
        self.take(item, wishes, change)

    @rule(item=items, wishes=several, change=changes)
    def go_on_and_sleep(self, item: str, wishes: list[tuple[str, int]], change: str) -> None:
        self.take(item, wishes, change)
        self.sleep(days=1)

    @rule(item=items, what=st.sampled_from(PROPOSALS), days=st.integers(0, 2), who=somebody)
    def propose(self, item: str, what: str, days: int, who: int) -> None:
        """A proposal that waits some days, with a next revision perhaps approved beside it."""
        for verb in (what, "approved", "released") if days else ("revised", "submitted", what):
            if signed := self.correct(item, verb, who, "content"):
                self.office.land(signed)
            self.sleep(days)

    @rule(item=items, who=somebody, days=st.integers(1, 3))
    def sign_late(self, item: str, who: int, days: int) -> None:
        """Somebody signs today; the signature lands days later, after something else."""
        signed = self.correct(item, "approved", who, "content")
        self.sleep(days)
        if signed and kind(signed) in VOTES and self.may("ana", item, "assigned"):
            self.office.do("assigned", "ana", item)
            with suppress(RefusedError):
                self.office.land(signed)

    @rule(item=items, wish=wishes, change=changes)
    def try_every_deviation(self, item: str, wish: tuple[str, int], change: str) -> None:
        if signed := self.correct(item, *wish, change):
            dossier = self.office.dossiers[item]
            for deviation in DEVIATIONS:
                deviant = deviation.make(self.office, signed)
                if deviant is not None:
                    refuse(
                        partial(guards.check, self.office.world, dossier, deviant),
                        deviation.error,
                        f"{deviation.name}: {told(signed)}",
                    )
            self.office.land(signed)

    @rule(item=items, verb=verbs, person=people, change=changes)
    def try_anything(self, item: str, verb: str, person: str, change: str) -> None:
        """Whatever anybody tries: the rules and the second opinion agree."""
        if item not in self.office.dossiers:
            return
        today, naive = self.office.today, self.office.naive
        signed = self.prepared(verb, person, item, change)
        life, proposal = naive.meant(item, verb, today)
        if naive.may(person, item, verb, today, change):
            self.office.land(signed)
        elif (
            TABLE[verb][0] and not proposal and naive.state(item, life, today) not in TABLE[verb][0]
        ):
            early = (IllegalMoveError, MissingApprovalError)
            refuse(partial(self.office.judge, signed), early, told(signed))
        else:
            refuse(partial(self.office.judge, signed), RefusedError, told(signed))

    @rule(who=somebody, times=st.integers(1, 6), rank=st.integers(0, 1), change=changes)
    def do_what_is_rare(self, who: int, times: int, rank: int, change: str) -> None:
        """Of all that may happen now, what has happened least so far."""
        people = (*PEOPLE[who:], *PEOPLE[:who])
        for _ in range(times):
            done = Counter(kind(one) for one in self.office.naive.events)
            for verb, item, person in product(
                sorted(VERBS, key=done.__getitem__)[rank:], ITEMS, people
            ):
                known = item in self.office.dossiers
                if known and self.may(person, item, verb, change):
                    self.office.land(self.prepared(verb, person, item, change))
                    break

    @rule(days=st.integers(0, 3), left_out=st.integers(0, 2))
    def release_together(self, days: int, left_out: int) -> None:
        """What is approved is released in one change, which must be whole."""
        office = self.office
        ready = [
            item
            for item in ITEMS[:3]
            if item in office.dossiers and self.may("ana", item, "released")
        ]
        if len(ready) < 2:
            return
        day = max(office.earliest(item) for item in ready) + timedelta(days=days)
        parts = [
            office.prepare("released", "ana", item, effective_on=day,
                           together_with=tuple(one for one in ready if one != item))
            for item in ready
        ]  # fmt: skip
        short = [one for index, one in enumerate(parts) if index != left_out % len(parts)]
        refuse(partial(guards.check_joint, short), EventError, "a part left out")
        refuse(partial(guards.check_joint, [*parts, parts[0]]), EventError, "a part twice")
        office.land_together(parts)

    @rule(item=items, back=st.integers(0, 30))
    def replay(self, item: str, back: int) -> None:
        """Nothing can be said twice, and nothing of one document about another."""
        for source in {item, ITEMS[0]} & self.office.dossiers.keys():
            events = self.office.dossiers[source].events
            old = events[-1 - back % len(events)]
            for dossier in self.office.dossiers.values():
                again = partial(guards.check, self.office.world, dossier, old)
                refuse(again, RefusedError, f"again: {told(old)}")

    # --- people come, go and change -----------------------------------------------------------

    @rule(
        person=st.sampled_from([*STAFF]),
        what=st.sampled_from([*ROLES, "rotate", "leave", "except"]),
    )
    def change_staff(self, person: str, what: str) -> None:
        naive, office = self.office.naive, self.office
        if person not in naive.people():
            return
        if what in ROLES:
            type_ = "role_withdrawn" if what in naive.roles(person) else "role_granted"
            office.administer(type_, {"person": person, "role": what})
        elif what == "rotate":
            self.rotate(person)
        elif what == "leave" and not naive.left():
            office.administer("person_left", {"person": person, "on": office.today})
        elif what == "except":
            until = office.today + timedelta(days=3)
            data = {"person": person, "until": until}
            office.administer("exception_granted", data, reason="few people")

    def take(self, item: str, wishes: list[tuple[str, int]], change: str) -> None:
        for verb, who in wishes:
            if signed := self.correct(item, verb, who, change):
                self.office.land(signed)

    def rotate(self, person: str) -> None:
        number = 1 + len(self.office.authority.persons[person].keys)
        old = min(self.office.naive.keys(person))
        key = {"person": person, "fingerprint": self.office.key(person, number), "key": "new"}
        self.office.administer("key_added", key)
        self.office.accept(person, number)
        self.office.administer("key_revoked", {"person": person, "fingerprint": old})

    # --- what always holds --------------------------------------------------------------------

    @invariant()
    def both_sides_agree(self) -> None:
        office = self.office
        for item, dossier in office.dossiers.items():
            lives = office.naive.lives(item)
            for days in (0, 1, 3, 30):
                on = office.today + timedelta(days=days)
                states = {one.label: asof.state_of(dossier, one, on) for one in dossier.revisions}
                assert states == {
                    life[0].event.revision: office.naive.state(item, life, on) for life in lives
                }
                assert sum(one in {"effective", "suspended"} for one in states.values()) <= 1
            proposal = asof.open_proposal(dossier, office.today)
            assert office.naive.proposal(item, office.today) == (proposal and proposal.opened)
            assert dossier.withdrawn_on == office.naive.withdrawn_on(item)
            due = asof.review_due(dossier, office.today, 12)
            assert due == office.naive.review_due(item, office.today)

    @invariant()
    def no_label_comes_twice(self) -> None:
        """Invariant 12: a label is used up by its first submission."""
        for item in self.office.dossiers:
            life = self.office.dossiers[item].events
            opened = [one.event.revision for one in life if kind(one) in {"created", "revised"}]
            spent = [one.event.revision for one in life if kind(one) == "submitted"]
            for label in {*spent}:
                first = next(n for n, o in enumerate(life)
                             if kind(o) == "submitted" and o.event.revision == label)  # fmt: skip
                later = [o for o in life[first:] if kind(o) == "revised"]
                assert label not in {one.event.revision for one in later}
            assert {*spent} <= {*opened}

    def teardown(self) -> None:
        """LIF-03: the answer for a day is the same whenever it is asked, on both sides."""
        for (item, on), before in self.told.items() if hasattr(self, "told") else ():
            events = self.office.dossiers[item].events
            assert answer(events, on) == before
            then, dossier = self.office.naive.at(on), asof.at(events, on)
            states = (
                [asof.state_of(dossier, one, on) for one in dossier.revisions] if dossier else []
            )
            assert states == [then.state(item, life, on) for life in then.lives(item)]

    # --- means --------------------------------------------------------------------------------

    def may(self, person: str, item: str, verb: str, change: str = "content") -> bool:
        return self.office.naive.may(person, item, verb, self.office.today, change)

    def prepared(self, verb: str, person: str, item: str, change: str) -> Signed:
        want = {"change": change} if verb in {"submitted", "revised"} else {}
        if verb == "released" and item != CONTROL:
            later = timedelta(days=3 if change == "editorial" else 0)
            want["effective_on"] = self.office.earliest(item) + later
        signed = self.office.prepare(verb, person, item, **want)
        if item == CONTROL and verb in {"revised", "saved"}:
            text = signed.event.content or ""
            self.office.naive.settings[text] = settings(strict=change == "editorial")
        return signed

    def correct(self, item: str, verb: str, who: int, change: str) -> Signed | None:
        """A correct event, as the second opinion sees it: the one wished for, or what goes on."""
        if item not in self.office.dossiers:
            return None
        today, naive = self.office.today, self.office.naive
        for each in (verb, *FORWARD):
            for person in (*PEOPLE[who:], *PEOPLE[:who]):
                if naive.may(person, item, each, today, change):
                    return self.prepared(each, person, item, change)
        return None
