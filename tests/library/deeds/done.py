"""Every verb of `Library` as a row: where it may be done, by whom, and what it leaves behind.

    verb = VERBS["suspend"]
    number = verb.scene(firm)
    verb.do(firm.by(verb.by), number)

The rows serve several tests: that a verb succeeds, that it can be signed elsewhere, that a rival
may come first, and that it may be cut short at any moment.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from firm import Firm
from office import Key

from deeds.scenes import (
    DAY,
    EVA,
    MINE,
    OWNER,
    WHY,
    Do,
    Scene,
    at,
    commented,
    edited,
    excepted,
    first_comment,
    newcomer,
    nobody_new,
    nowhere,
    proposed,
    settings_drafted,
    welder,
    with_a_reviewer,
    with_another_approver,
)
from docctl import Assignments, Library, State
from docctl.model.control import CONTROL

#: Who waits for whom in a document under review.
WAITS = ("approval by 1 of eva, kim (approver)",)


@dataclass(frozen=True)
class Verb:
    """One verb, done rightly."""

    name: str
    """As the desk's table has it."""

    by: str
    event: str
    """The type of the event that it adds to the history of its item."""

    do: Do
    scene: Scene
    """Brings a document to where the verb may be done, and returns its number."""

    then: Mapping[str, Any] = field(default_factory=dict)
    """What the status of the document says afterwards, or the card of the person."""

    person: str = ""
    """Whom it is about, where it changes ACCESS."""

    def act(self, firm: Firm, number: str) -> Any:
        return self.do(firm.by(self.by), number)

    def __str__(self) -> str:
        return f"{self.name} by {self.by}"


_DRAFTING = (
    Verb("new", "ben", "created", lambda lib, _: lib.new(MINE.document, MINE.body), nowhere,
         {"state": State.DRAFT, "revision": "1", "title": "Control of documents"}),
    Verb("save", "ben", "saved", lambda lib, number: lib.save(number), edited,
         {"state": State.DRAFT, "revision": "1"}),
    Verb("save", "ben", "saved", lambda lib, number: lib.save_text(number, MINE), at(State.DRAFT),
         {"state": State.DRAFT, "revision": "1"}),
    Verb("save_settings", "ada", "saved",
         lambda lib, _: lib.control_change(lib.control().but(notice="Sample."), **WHY),
         settings_drafted, {"state": State.DRAFT, "revision": "2"}),
    Verb("revise", "ben", "revised", lambda lib, number: lib.revise(number, **WHY),
         at(State.EFFECTIVE), {"state": State.DRAFT, "revision": "2"}),
    Verb("revise_settings", "ada", "revised",
         lambda lib, _: lib.control_change(lib.control().but(notice="Sample."), **WHY),
         lambda _: CONTROL, {"state": State.DRAFT, "revision": "2"}),
)  # fmt: skip

_APPROVAL = (
    Verb("submit", "ben", "submitted", lambda lib, number: lib.submit(number), at(State.DRAFT),
         {"state": State.IN_REVIEW, "waiting_for": WAITS, "working_copy": ""}),
    Verb("review", "cat", "reviewed", lambda lib, number: lib.review(number), with_a_reviewer,
         {"state": State.IN_REVIEW, "waiting_for": WAITS}),
    Verb("approve", "eva", "approved", lambda lib, number: lib.approve(number, remark="Good"),
         at(State.IN_REVIEW), {"state": State.APPROVED, "waiting_for": ()}),
    Verb("approve", "kim", "approved", lambda lib, number: lib.approve(number), proposed,
         {"state": State.WITHDRAWN, "proposal": ""}),
    Verb("return_", "eva", "returned", lambda lib, number: lib.return_(number, **WHY),
         at(State.IN_REVIEW), {"state": State.DRAFT, "waiting_for": ()}),
    Verb("reroute", "ada", "rerouted", lambda lib, number: lib.reroute(number, **WHY),
         with_another_approver,
         {"state": State.IN_REVIEW, "waiting_for": ("approval by 1 of eva, kim, lou (approver)",)}),
    Verb("reopen", "ben", "reopened", lambda lib, number: lib.reopen(number, **WHY),
         at(State.SCHEDULED), {"state": State.DRAFT, "revision": "1"}),
    Verb("cancel", "ben", "cancelled", lambda lib, number: lib.cancel(number, **WHY),
         at(State.IN_REVIEW), {"state": State.CANCELLED, "waiting_for": ()}),
    Verb("cancel", "ada", "cancelled", lambda lib, number: lib.cancel(number, **WHY), proposed,
         {"state": State.EFFECTIVE, "proposal": ""}),
    Verb("comment", "eva", "commented", lambda lib, number: lib.comment(number, "Why?", line=2),
         at(State.IN_REVIEW), {"state": State.IN_REVIEW, "waiting_for": WAITS}),
    Verb("resolve", "ben", "resolved",
         lambda lib, number: lib.resolve(number, first_comment(lib, number), answer="Number 2"),
         commented, {"state": State.IN_REVIEW, "comments": ()}),
)  # fmt: skip

_RELEASE = (
    Verb("release", "ada", "released", lambda lib, number: lib.release(number), at(State.APPROVED),
         {"state": State.EFFECTIVE, "revision": "1"}),
    Verb("release", "ben", "released",
         lambda lib, number: lib.release(number, effective_on=lib.today() + DAY),
         at(State.APPROVED), {"state": State.SCHEDULED, "revision": "1"}),
    Verb("postpone", "ada", "postponed",
         lambda lib, number: lib.postpone(number, effective_on=lib.today() + 40 * DAY, **WHY),
         at(State.SCHEDULED), {"state": State.SCHEDULED}),
    Verb("periodic_review", "ben", "review_proposed",
         lambda lib, number: lib.periodic_review(number, **WHY), at(State.EFFECTIVE),
         {"state": State.EFFECTIVE, "proposal": "review_proposed", "waiting_for": WAITS}),
    Verb("suspend", "ada", "suspended",
         lambda lib, number: lib.suspend(number, instruction="Stop.", **WHY), at(State.EFFECTIVE),
         {"state": State.SUSPENDED}),
    Verb("resume", "kim", "resumed", lambda lib, number: lib.resume(number, **WHY),
         at(State.SUSPENDED), {"state": State.EFFECTIVE}),
    Verb("withdraw", "ada", "withdrawal_proposed",
         lambda lib, number: lib.withdraw(number, **WHY), at(State.EFFECTIVE),
         {"state": State.EFFECTIVE, "proposal": "withdrawal_proposed", "waiting_for": WAITS}),
    Verb("assign", "ben", "assigned",
         lambda lib, number: lib.assign(number, Assignments(owner=OWNER), **WHY),
         at(State.EFFECTIVE), {"state": State.EFFECTIVE, "revision": "1"}),
)  # fmt: skip


def _access(name: str, event: str, do: Callable[[Library], Any], person: str, scene: Scene,
            by: str = "ada", **then: Any) -> Verb:  # fmt: skip
    return Verb(name, by, event, lambda lib, _: do(lib), scene, then, person)


_PEOPLE = (
    _access("person_add", "person_added",
            lambda lib: lib.person_add("lou", "Lou Lie", key=Key("lou").public_key,
                                       roles=("author",)),
            "lou", nobody_new, roles=("author",), keys=0),
    _access("person_accept", "accepted", lambda lib: lib.person_accept(), "lou", newcomer, "lou",
            roles=("approver",), keys=1),
    _access("person_key", "key_added",
            lambda lib: lib.person_key("eva", Key("next").public_key), "eva", nobody_new,
            keys=1, waiting_keys=1),
    _access("person_revoke", "key_revoked",
            lambda lib: lib.person_revoke("eva", EVA, reason="Lost"), "eva", nobody_new, keys=0),
    _access("person_role", "role_granted", lambda lib: lib.person_role("eva", "author"), "eva",
            nobody_new, roles=("approver", "author")),
    _access("person_role_end", "role_withdrawn",
            lambda lib: lib.person_role_end("eva", "approver"), "eva", nobody_new, roles=()),
    _access("person_function", "function_given",
            lambda lib: lib.person_function("eva", "Welder"), "eva", nobody_new,
            functions=["Welder"]),
    _access("person_function_end", "function_ended",
            lambda lib: lib.person_function_end("eva", "Welder"), "eva", welder, functions=[]),
    _access("person_leave", "person_left",
            lambda lib: lib.person_leave("eva", reason="Retired"), "eva", nobody_new, left=True),
    _access("person_rename", "person_renamed",
            lambda lib: lib.person_rename("eva", "Eva Berg", reason="Married"), "eva", nobody_new,
            called="Eva Berg"),
    _access("person_exception", "exception_granted",
            lambda lib: lib.person_exception("ben", until=lib.today() + DAY, **WHY), "ben",
            nobody_new, excepted=True),
    _access("person_exception_end", "exception_ended",
            lambda lib: lib.person_exception_end("ben", until=lib.today(), **WHY), "ben",
            excepted, excepted=True),
    _access("threshold", "threshold_set", lambda lib: lib.threshold(1), "ada", nobody_new,
            threshold=1),
)  # fmt: skip

ROWS = (*_DRAFTING, *_APPROVAL, *_RELEASE, *_PEOPLE)

#: The first row of each verb.
VERBS: Mapping[str, Verb] = {row.name: row for row in reversed(ROWS)}
