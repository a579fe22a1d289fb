"""A second opinion: the rules told again, slowly, over the plain list of events.

Nothing here is shared with `docctl.rules`. Every question is answered by looking through the
whole history again; what is read is only what the events say.
"""

from collections.abc import Sequence
from datetime import date

from naive_lives import (
    OPENERS,
    PROPOSALS,
    VOTES,
    answers,
    effective_on,
    fillable,
    fits,
    kind,
    phase,
    settled,
    text_of,
    used,
)
from naive_people import NaivePeople, remembered

from docctl.model.control import ControlSettings, Route
from docctl.model.event import Signed
from docctl.model.lifecycle import FrozenRoute, FrozenStep

#: Events that answer an open proposal, and the roles that may sign them.
ANSWERS = {
    "reviewed": ("route",),
    "approved": ("route",),
    "returned": ("route",),
    "rerouted": ("document_controller",),
    "cancelled": ("owner", "document_controller"),
}


class NaiveLedger(NaivePeople):
    """The whole history, and what can be said of it."""

    def at(self, on: date) -> "NaiveLedger":
        """The ledger as it was at the end of a day: what was filed before anything later."""
        then = type(self)(self.settings)
        latest: dict[str, date] = {}
        for one in self.events:
            item = one.event.item
            latest[item] = max(latest.get(item, date.min), one.event.date)
            if latest[item] <= on:
                then.events.append(one)
        return then

    @remembered
    def of(self, item: str) -> list[Signed]:
        return [one for one in self.events if one.event.item == item]

    @remembered
    def day(self, item: str) -> date:
        steps = (one for one in self.of(item) if kind(one) not in VOTES)
        return max((one.event.date for one in steps), default=date.min)

    @remembered
    def lives(self, item: str) -> list[list[Signed]]:
        """The events of each revision that counts, oldest revision first."""
        lives: list[list[Signed]] = []
        for one in self.of(item):
            if kind(one) in {"created", "established", "revised"}:
                if lives and not used(lives[-1]):
                    lives.pop()
                lives.append([one])
            else:
                label = one.event.revision
                next(life for life in lives if life[0].event.revision == label).append(one)
        return lives

    @remembered
    def state(self, item: str, life: Sequence[Signed], on: date) -> str:
        now = phase(life)
        if now != "released":
            return now
        lives = self.lives(item)
        begun = [one for one in lives if phase(one) == "released" and effective_on(one) <= on]
        if life not in begun:
            return "scheduled"
        if life != begun[-1]:
            return "superseded"
        gone = self.withdrawn_on(item)
        if gone and gone <= on:
            return "withdrawn"
        stops = [kind(one) for one in life if kind(one) in {"suspended", "resumed"}]
        return "suspended" if stops[-1:] == ["suspended"] else "effective"

    @remembered
    def current(self, item: str, on: date) -> list[Signed] | None:
        """The life of the revision in force."""
        for life in self.lives(item):
            if self.state(item, life, on) in {"effective", "suspended"}:
                return life
        return None

    @remembered
    def withdrawn_on(self, item: str) -> date | None:
        """The day of the withdrawal: named by the proposal, never before the last signature."""
        for proposal in (one for one in self.of(item) if kind(one) == "withdrawal_proposed"):
            if day := self.settled_on(item, proposal):
                return max(proposal.event.data.from_on, day)
        return None

    def settled_on(self, item: str, proposal: Signed) -> date | None:
        """The day on which the last signature of a proposal arrived."""
        mine = self.of(item)
        for end in range(len(mine) + 1):
            known = mine[:end]
            if proposal in known and settled(proposal, known):
                return max(one.event.date for one in known)
        return None

    @remembered
    def proposal(self, item: str, on: date) -> Signed | None:
        """The review or withdrawal that waits, unless its revision is out of force."""
        mine, current = self.of(item), self.current(item, on)
        made = [one for one in mine if kind(one) in PROPOSALS]
        if not made or current is None or made[-1] not in current:
            return None
        last = made[-1]
        over = any(kind(one) == "cancelled" for one in current[current.index(last) :])
        returned = any(kind(vote) == "returned" for vote in answers(last, mine))
        return None if over or returned or settled(last, mine) else last

    @remembered
    def meant(self, item: str, verb: str, on: date) -> tuple[list[Signed], Signed | None]:
        """The revision that an event of this type is about, and the proposal it answers."""
        lives, current = self.lives(item), self.current(item, on)
        proposal = self.proposal(item, on)
        if verb == "assigned":
            return lives[-1], None
        if proposal and current and verb in ANSWERS:
            return current, proposal
        if verb in {*PROPOSALS, "suspended", "resumed"}:
            return current or lives[-1], None
        scheduled = [life for life in lives if self.state(item, life, on) == "scheduled"]
        if verb == "postponed" and scheduled:
            return scheduled[-1], None
        waiting = phase(lives[-1]) in {"draft", "in_review", "approved"} or lives[-1] in scheduled
        return (lives[-1] if waiting or current is None else current), None

    @remembered
    def round(self, item: str, verb: str, on: date) -> Signed | None:
        """The statement that votes answer now, or that was answered last."""
        life, proposal = self.meant(item, verb, on)
        submitted = [one for one in life if kind(one) == "submitted"]
        return proposal or (submitted[-1] if submitted else None)

    @remembered
    def votes(self, item: str, verb: str, on: date) -> list[Signed]:
        opened = self.round(item, verb, on)
        return answers(opened, self.of(item)) if opened else []

    def owns(self, person: str, item: str) -> bool:
        first = self.of(item)[0]
        owner = first.event.data.owner.name if kind(first) == "created" else first.event.signer
        for one in self.of(item):
            if kind(one) == "assigned" and one.event.data.owner:
                owner = one.event.data.owner.name
        return person == owner

    # --- routes ---------------------------------------------------------------------------

    @remembered
    def control(self) -> ControlSettings:
        released = [life for life in self.lives("CONTROL") if phase(life) == "released"]
        return self.settings[text_of(released[-1])]

    def wanted(self, item: str, change: str) -> Route:
        if item == "CONTROL":
            return self.control().control_route
        name = self.of(item)[0].event.data.document_type
        kind_ = next(one for one in self.control().types if one.name == name)
        short = change == "editorial" and kind_.editorial_route
        return kind_.editorial_route if short else kind_.route

    def authors(self, life: Sequence[Signed]) -> tuple[str, ...]:
        wrote = [o.event.signer for o in life if kind(o) in {*OPENERS, "saved", "submitted"}]
        return tuple(dict.fromkeys(wrote))

    def route(self, item: str, verb: str, person: str, on: date, change: str) -> FrozenRoute | None:
        """The route that an event must carry, or nothing where it cannot be filled."""
        life, proposal = self.meant(item, verb, on)
        own: tuple[str, ...] = self.authors(life)
        if verb == "submitted":
            own = (*own, person)
        elif verb in PROPOSALS:
            own, change = (person,), "content"
        elif proposal:
            own, change = (proposal.event.signer,), "content"
        barred = {one for one in own if not self.excepted(one, on)}
        signed = self.votes(item, verb, on) if verb == "rerouted" else []
        persons = []
        for step in self.wanted(item, change).steps:
            able = self.holders(step.role) - barred - {vote.event.signer for vote in signed}
            stands = {v.event.signer for v in signed if fits(v, step.meaning, step.role)}
            persons.append((step, sorted(able | stands)))
        if not fillable([who for step, who in persons for _ in range(step.persons)]):
            return None
        return FrozenRoute(
            steps=tuple(
                FrozenStep(
                    meaning=step.meaning,
                    role=step.role,
                    count=step.persons,
                    order=step.order,
                    persons=tuple(who),
                )
                for step, who in persons
            )
        )
