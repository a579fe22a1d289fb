"""A second opinion: the rules told again, slowly, over the plain list of events.

Nothing here is shared with `docctl.rules`. Every question is answered by looking through the
whole history again; what is read is only what the events say.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import wraps
from typing import Any

from docctl.model.control import ControlSettings, Route
from docctl.model.event import Signed
from docctl.model.lifecycle import FrozenRoute, FrozenStep

VOTES = ("reviewed", "approved", "returned")
PROPOSALS = ("review_proposed", "withdrawal_proposed")

#: Event → (states it may start from, roles that may sign it, whether a reason is needed), as the
#: table in the design has it. `owner`, `route` and `releaser` depend on the document.
TABLE = {
    "saved": ({"draft"}, ("author",), False),
    "submitted": ({"draft"}, ("author",), False),
    "reviewed": ({"in_review"}, ("route",), False),
    "approved": ({"in_review"}, ("route",), False),
    "returned": ({"in_review"}, ("route",), True),
    "rerouted": ({"in_review"}, ("document_controller",), True),
    "reopened": ({"approved", "scheduled"}, ("author", "document_controller"), True),
    "cancelled": (
        {"draft", "in_review", "approved", "scheduled"},
        ("author", "document_controller"),
        True,
    ),
    "released": ({"approved"}, ("releaser",), False),
    "postponed": ({"scheduled"}, ("releaser",), True),
    "revised": ({"effective", "suspended", "scheduled"}, ("author",), True),
    "review_proposed": ({"effective"}, ("owner",), True),
    "withdrawal_proposed": ({"effective", "suspended"}, ("owner", "document_controller"), True),
    "suspended": ({"effective"}, ("document_controller", "management"), True),
    "resumed": ({"suspended"}, ("document_controller", "management"), True),
    "commented": (
        {"draft", "in_review"},
        ("reviewer", "approver", "management", "document_controller", "author", "route"),
        False,
    ),
    "resolved": ({"draft", "in_review", "approved"}, ("author",), False),
    "assigned": (None, ("owner", "document_controller"), True),
}
#: While a review or withdrawal waits for signatures, on the revision in force.
ANSWERS = {
    "reviewed": ("route",),
    "approved": ("route",),
    "returned": ("route",),
    "rerouted": ("document_controller",),
    "cancelled": ("owner", "document_controller"),
}


def kind(one: Signed) -> str:
    return one.event.type


def remembered(method: Any) -> Any:
    """Keep the answer until the next event is filed."""

    @wraps(method)
    def asked(self: "NaiveLedger", *about: Any) -> Any:
        lives = [one[0].digest if isinstance(one, list) else one for one in about]
        question = (method.__name__, *lives)
        if question not in self.memory:
            self.memory[question] = method(self, *about)
        return self.memory[question]

    return asked


class NaiveLedger:
    """The whole history, and what can be said of it."""

    def __init__(self, settings: dict[str, ControlSettings]) -> None:
        self.events: list[Signed] = []
        self.memory: dict[Any, Any] = {}
        self.settings = settings
        """Control settings by the content digest under which they were established or released."""

    def file(self, signed: Signed) -> None:
        self.events.append(signed)
        self.memory.clear()

    # --- people ---------------------------------------------------------------------------

    def access(self, *types: str) -> list[Signed]:
        return [one for one in self.events if one.event.item == "ACCESS" and kind(one) in types]

    @remembered
    def left(self) -> set[str]:
        return {one.event.data.person for one in self.access("person_left")}

    @remembered
    def people(self) -> dict[str, str]:
        """Person → kind, of all who are here."""
        new = [one.event.data.founder for one in self.access("founded")]
        new += [one.event.data for one in self.access("person_added")]
        return {one.id: one.kind for one in new if one.id not in self.left()}

    @remembered
    def roles(self, person: str) -> set[str]:
        if person not in self.people():
            return set()
        held: set[str] = set()
        for one in self.access("founded", "person_added", "role_granted", "role_withdrawn"):
            data = one.event.data
            if kind(one) == "founded" and data.founder.id == person:
                held |= {"administrator", "author", "document_controller"}
            elif kind(one) == "person_added" and data.id == person:
                held |= {*data.roles}
            elif kind(one) == "role_granted" and data.person == person:
                held.add(data.role)
            elif kind(one) == "role_withdrawn" and data.person == person:
                held.discard(data.role)
        return held

    @remembered
    def holders(self, role: str) -> set[str]:
        return {
            p for p, what in self.people().items() if what == "person" and role in self.roles(p)
        }

    @remembered
    def keys(self, person: str) -> set[str]:
        """The keys of a person that count now."""
        accepted = {
            one.event.data.fingerprint
            for one in self.access("accepted")
            if one.event.data.person == person
        }
        accepted |= {
            one.event.data.founder.fingerprint
            for one in self.access("founded")
            if one.event.data.founder.id == person
        }
        gone = {one.event.data.fingerprint for one in self.access("key_revoked")}
        return accepted - gone if person in self.people() else set()

    def excepted(self, person: str, day: date) -> bool:
        said = [
            one.event.data.until
            for one in self.access("exception_granted", "exception_ended")
            if one.event.data.person == person
        ]
        return bool(said) and day <= said[-1]

    # --- one item -------------------------------------------------------------------------

    @remembered
    def of(self, item: str) -> list[Signed]:
        return [one for one in self.events if one.event.item == item]

    @remembered
    def day(self, item: str) -> date:
        return max((one.event.date for one in self.of(item)), default=date.min)

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
        mine = self.of(item)
        for proposal in (one for one in mine if kind(one) == "withdrawal_proposed"):
            for end in range(len(mine) + 1):
                known = mine[:end]
                if proposal in known and settled(proposal, known):
                    return max(proposal.event.data.from_on, *(one.event.date for one in known))
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

    # --- verdicts -------------------------------------------------------------------------

    @remembered
    def roles_for(self, item: str, verb: str, on: date) -> tuple[str, ...]:
        proposal = self.meant(item, verb, on)[1]
        named = ANSWERS[verb] if proposal else TABLE[verb][1]
        opened = self.round(item, verb, on)
        steps = route_of(opened, self.of(item)).steps if opened else ()
        special = {
            "route": tuple(step.role for step in steps),
            "releaser": self.control().release_roles,
        }
        return tuple(role for name in named for role in special.get(name, (name,)))

    @remembered
    def acts_as(self, person: str, item: str, verb: str, on: date) -> str | None:
        """A role in which the person may sign such an event of this item, if there is one."""
        if verb in {"reviewed", "approved"}:
            return self.place(person, item, verb, on)
        service = self.people().get(person) == "service"
        drafting = {"saved", "submitted", "commented", "resolved", "revised"}
        for role in self.roles_for(item, verb, on):
            held = self.owns(person, item) if role == "owner" else role in self.roles(person)
            writes = person in self.authors(self.meant(item, verb, on)[0])
            late = verb in {"released", "postponed"} and role == "author" and not writes
            if held and not late and (not service or (role == "author" and verb in drafting)):
                return role
        return None

    @remembered
    def place(self, person: str, item: str, verb: str, on: date) -> str | None:
        """The role of an open step that this vote would fill, one or another where two would do."""
        opened = self.round(item, verb, on)
        if opened is None:
            return None
        open_ = open_places(route_of(opened, self.of(item)), answers(opened, self.of(item)))
        first = min((step.order for step in open_), default=0)
        for step in open_ if len(self.events) % 2 else reversed(open_):
            mine = step.meaning == verb and person in step.persons and step.order == first
            if mine and step.role in self.roles(person):
                return step.role
        return None

    @remembered
    def may(self, person: str, item: str, verb: str, on: date, change: str = "content") -> bool:
        """Whether a correct event of this type by this person would be accepted on a day."""
        if not self.keys(person) or self.acts_as(person, item, verb, on) is None:
            return False
        life, proposal = self.meant(item, verb, on)
        states = TABLE[verb][0]
        if proposal is None and states and self.state(item, life, on) not in states:
            return False
        extra = getattr(self, f"_{verb}", None)
        return extra(person, item, on, change) if extra else True

    def _may_vote(self, person: str, item: str, verb: str, on: date) -> bool:
        life, proposal = self.meant(item, verb, on)
        own = (proposal.event.signer,) if proposal else self.authors(life)
        if person in own and not self.excepted(person, on) and verb != "returned":
            return False
        opened = self.round(item, verb, on)
        route = route_of(opened, self.of(item))
        voted = {vote.event.signer for vote in answers(opened, self.of(item))}
        return person not in voted and any(person in step.persons for step in route.steps)

    def _reviewed(self, person: str, item: str, on: date, _: str) -> bool:
        return self._may_vote(person, item, "reviewed", on)

    def _approved(self, person: str, item: str, on: date, _: str) -> bool:
        life = self.meant(item, "approved", on)[0]
        return self._may_vote(person, item, "approved", on) and not open_comments(life)

    def _returned(self, person: str, item: str, on: date, _: str) -> bool:
        return self._may_vote(person, item, "returned", on)

    def _rerouted(self, person: str, item: str, on: date, _: str) -> bool:
        change = class_of(self.meant(item, "rerouted", on)[0])
        return self.route(item, "rerouted", person, on, change) is not None

    def _submitted(self, person: str, item: str, on: date, change: str) -> bool:
        lives = self.lives(item)
        first = not any(phase(life) == "released" for life in lives[:-1])
        if self.proposal(item, on) or (change == "editorial" and first):
            return False
        if change != class_of(lives[-1]) and "." in lives[-1][0].event.revision:
            return False
        return self.route(item, "submitted", person, on, change) is not None

    def _revised(self, _: str, item: str, on: date, __: str) -> bool:
        waiting = self.proposal(item, on)
        leaving = waiting is not None and kind(waiting) == "withdrawal_proposed"
        return not leaving and self.withdrawn_on(item) is None

    def _released(self, _: str, item: str, *__: object) -> bool:
        return not open_comments(self.lives(item)[-1])

    def _postponed(self, _: str, item: str, __: date, ___: str) -> bool:
        return item != "CONTROL"

    def _suspended(self, _: str, item: str, __: date, ___: str) -> bool:
        return item != "CONTROL"

    def _resumed(self, person: str, item: str, on: date, _: str) -> bool:
        life = self.meant(item, "resumed", on)[0]
        return [one for one in life if kind(one) == "suspended"][-1].event.signer != person

    def _resolved(self, _: str, item: str, on: date, __: str) -> bool:
        return bool(open_comments(self.meant(item, "resolved", on)[0]))

    def _proposed(self, person: str, item: str, on: date, verb: str) -> bool:
        free = self.proposal(item, on) is None and self.withdrawn_on(item) is None
        reviewing = phase(self.lives(item)[-1]) == "in_review"
        return free and not reviewing and bool(self.route(item, verb, person, on, "content"))

    def _review_proposed(self, person: str, item: str, on: date, _: str) -> bool:
        return self._proposed(person, item, on, "review_proposed")

    def _withdrawal_proposed(self, person: str, item: str, on: date, _: str) -> bool:
        newest = self.lives(item)[-1]
        alone = newest == self.current(item, on) or phase(newest) == "cancelled"
        free = item != "CONTROL" and alone
        return free and self._proposed(person, item, on, "withdrawal_proposed")


OPENERS = ("created", "established", "revised")


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
