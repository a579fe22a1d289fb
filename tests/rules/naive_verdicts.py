"""The second opinion on what may happen: the table of the design, read once more."""

from datetime import date

from naive_ledger import ANSWERS, NaiveLedger
from naive_lives import (
    answers,
    class_of,
    effective_on,
    kind,
    open_comments,
    open_places,
    phase,
    route_of,
)
from naive_people import remembered

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


def year_later(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if leap_day else day.replace(year=day.year + 1)


class NaiveJudge(NaiveLedger):
    """Whether a correct event of a type, by a person, on a day, would be accepted."""

    def review_due(self, item: str, on: date) -> date | None:
        """A year after it took effect, or after the last review that kept it, or as that says."""
        life = self.current(item, on)
        due = year_later(effective_on(life)) if life else None
        for review in (one for one in life or () if kind(one) == "review_proposed"):
            day = self.settled_on(item, review)
            if day and review.event.data.outcome == "keep":
                due = review.event.data.next_review_on or year_later(day)
        return due

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
