"""Changes of ACCESS as rows: what was done before, what is tried, and what comes of it.

`ana` founded the library and administers it alone; `fay`, `dot`, `bob` and `robot` (a service)
work there with one accepted key each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from docctl.errors import (
    DateError,
    EventError,
    IllegalMoveError,
    NotAuthorisedError,
    RefusedError,
    TakenError,
)

TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Change:
    """An event of ACCESS: its data, its signer, the keys that signed."""

    type: str
    data: dict[str, Any]
    by: str = "ana"
    keys: tuple[str, ...] = ()
    """`ana-1`, the first key of ana; the signer's newest that counts where none is named."""

    role: str = "administrator"
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    case: str
    change: Change
    error: type[RefusedError] | None = None
    after: Sequence[Change] = ()


def add(person: str, *roles: str, key: str | None = None, **more: Any) -> Change:
    keys = {"key": f"key {key}", "fingerprint": f"SHA256:{key}"} if key else {}
    return Change("person_added", {"id": person, "name": person, "roles": roles, **keys, **more})


def key(person: str, name: str, **by: Any) -> Change:
    data = {"person": person, "fingerprint": f"SHA256:{name}", "key": f"key {name}"}
    return Change("key_added", data, **by)


def accept(person: str, name: str, **by: Any) -> Change:
    data = {"person": person, "fingerprint": f"SHA256:{name}"}
    return Change("accepted", data, **{"by": person, "keys": (name,), "role": "holder", **by})


def revoke(person: str, name: str, suspect: int | None = None, **by: Any) -> Change:
    data = {"person": person, "fingerprint": f"SHA256:{name}", "suspect_from": suspect}
    return Change("key_revoked", data, **by)


def grant(person: str, role: str = "administrator", **by: Any) -> Change:
    return Change("role_granted", {"person": person, "role": role}, **by)


def drop(person: str, role: str = "administrator", **by: Any) -> Change:
    return Change("role_withdrawn", {"person": person, "role": role}, **by)


def leave(person: str, days: int = 0, **by: Any) -> Change:
    return Change("person_left", {"person": person, "on": TODAY + timedelta(days=days)}, **by)


def need(administrators: int, **by: Any) -> Change:
    return Change("threshold_set", {"administrators": administrators}, **by)


def call(person: str, name: str, **by: Any) -> Change:
    return Change("person_renamed", {"person": person, "name": name}, **by)


def give(person: str, function: str = "Welder", days: int = 0) -> Change:
    on = TODAY + timedelta(days=days)
    return Change("function_given", {"person": person, "function": function, "on": on})


def end(person: str, function: str = "Welder", days: int = 0) -> Change:
    on = TODAY + timedelta(days=days)
    return Change("function_ended", {"person": person, "function": function, "on": on})


def excuse(
    person: str, days: int = 9, reason: str = "we are two", type_: str = "granted"
) -> Change:
    until = TODAY + timedelta(days=days)
    more = {"reason": reason}
    return Change(f"exception_{type_}", {"person": person, "until": until}, more=more)


TWO = (grant("fay"),)
BOTH = {"keys": ("ana-1", "fay-1")}
STRICT = (*TWO, need(2, **BOTH))
NEW_KEY = (key("bob", "bob-2"),)
ROTATED = (*NEW_KEY, accept("bob", "bob-2"))
GONE = (leave("bob"),)

ROWS = (
    # people
    Row("a person is taken up", add("gil", "author")),
    Row("a person is taken up with a key", add("gil", key="gil-1")),
    Row("an id is never given twice", add("bob"), TakenError),
    Row("an id is never given again", add("bob"), TakenError, GONE),
    Row("a role must be known", add("gil", "wizard"), EventError),
    Row("a key belongs to one person", add("gil", key="bob-1"), TakenError),
    Row("a service may write", add("bot", "author", kind="service")),
    Row("a service never approves", add("bot", "approver", kind="service"), NotAuthorisedError),
    Row("only an administrator adds", replace(add("gil"), by="bob"), NotAuthorisedError),
    Row("an administrator's key makes nobody else one", Change("role_granted",
        {"person": "bob", "role": "reviewer"}, by="bob", keys=("ana-1",)), NotAuthorisedError),
    Row("nobody acts in a role not held", replace(add("gil"), role="management"),
        NotAuthorisedError),
    Row("nobody states a function not held", replace(add("gil"),
        more={"function": "Director"}), NotAuthorisedError),
    # rotation
    Row("a person gets a further key", key("bob", "bob-2")),
    Row("a further key is accepted", accept("bob", "bob-2"), None, NEW_KEY),
    Row("a key is not accepted twice", accept("bob", "bob-1"), IllegalMoveError),
    Row("a key is not accepted with another", accept("bob", "bob-2", keys=("bob-1",)),
        NotAuthorisedError, NEW_KEY),
    Row("nobody accepts for another", accept("bob", "bob-2", by="fay"), NotAuthorisedError,
        NEW_KEY),
    Row("no key is accepted that was not given", accept("bob", "bob-9"), NotAuthorisedError),
    Row("no key is accepted that is another's", accept("bob", "fay-1"), NotAuthorisedError),
    Row("a key is accepted in a role that is held", accept("bob", "bob-2", role="author"), None,
        NEW_KEY),
    Row("a key is not accepted in another role", accept("bob", "bob-2", role="management"),
        NotAuthorisedError, NEW_KEY),
    Row("the old key is revoked by its holder", revoke("bob", "bob-1", by="bob", role="holder"),
        None, ROTATED),
    Row("the old key is revoked with itself", revoke("bob", "bob-1", by="bob", role="holder",
        keys=("bob-1",)), None, ROTATED),
    Row("the only key is revoked by its holder", revoke("bob", "bob-1", by="bob", role="author")),
    Row("a lost key is revoked by any administrator", revoke("bob", "bob-1")),
    Row("a key is not revoked by a colleague", revoke("bob", "bob-1", by="fay"),
        NotAuthorisedError),
    Row("an administrator revokes as administrator", revoke("bob", "bob-1", role="author"),
        NotAuthorisedError),
    Row("an ended key revokes nothing", revoke("bob", "bob-2", by="bob", role="holder",
        keys=("bob-1",)), NotAuthorisedError, (*ROTATED, revoke("bob", "bob-1"))),
    Row("an ended key is not accepted again", accept("bob", "bob-2"), IllegalMoveError,
        (*NEW_KEY, revoke("bob", "bob-2"))),
    Row("an ended key is not given again", key("bob", "bob-1"), TakenError,
        (revoke("bob", "bob-1"),)),
    Row("another's key is not given", key("bob", "fay-1"), TakenError),
    Row("a key is not revoked twice", revoke("bob", "bob-1"), IllegalMoveError,
        (revoke("bob", "bob-1"),)),
    Row("an ended key turns out to be stolen", revoke("bob", "bob-1", 5), None,
        (revoke("bob", "bob-1"),)),
    Row("the suspicion moves back further", revoke("bob", "bob-1", 4), None,
        (revoke("bob", "bob-1", 5),)),
    Row("the suspicion never moves forward", revoke("bob", "bob-1", 6), IllegalMoveError,
        (revoke("bob", "bob-1", 5),)),
    Row("a suspicion does not begin in the future", revoke("bob", "bob-1", 99), EventError),
    Row("a key of somebody else is not his", revoke("bob", "fay-1"), NotAuthorisedError),
    Row("a key that nobody has is not revoked", revoke("bob", "nobody-1"), NotAuthorisedError),
    Row("a service rotates its key", accept("robot", "robot-2"), None, (key("robot", "robot-2"),)),
    Row("a leaver gets no key", key("bob", "bob-2"), NotAuthorisedError, GONE),
    Row("a leaver accepts no key", accept("bob", "bob-2"), IllegalMoveError, (*NEW_KEY, *GONE)),
    Row("a stranger gets no key", key("zed", "zed-1"), NotAuthorisedError),
    Row("the last administrator keeps a key", revoke("ana", "ana-1"), IllegalMoveError),
    Row("the last administrator rotates", revoke("ana", "ana-1", keys=("ana-2",)), None,
        (key("ana", "ana-2"), accept("ana", "ana-2"))),
    Row("a stolen key ends even if it is the last", revoke("ana", "ana-1", 3)),
    Row("one of two administrators ends a key", revoke("ana", "ana-1", by="fay"), None, TWO),
    # roles
    Row("a role is granted", grant("bob", "reviewer")),
    Row("a role is not granted twice", grant("bob", "author"), TakenError),
    Row("a leaver gets no role", grant("bob", "reviewer"), NotAuthorisedError, GONE),
    Row("an unknown role is not granted", grant("bob", "wizard"), EventError),
    Row("a service gets no deciding role", grant("robot", "reviewer"), NotAuthorisedError),
    Row("a role is withdrawn", drop("bob", "author")),
    Row("a role that is not held is not withdrawn", drop("bob", "records"), NotAuthorisedError),
    Row("the last administrator stays one", drop("ana"), IllegalMoveError),
    Row("one of two administrators steps back", drop("ana"), None, TWO),
    Row("an administrator who never accepted a key is none", drop("ana"), IllegalMoveError,
        (add("gil", "administrator", key="gil-1"),)),
    Row("no administrator steps back below the threshold", drop("fay", **BOTH), IllegalMoveError,
        STRICT),
    # leaving
    Row("a person leaves", leave("bob")),
    Row("a leaving is recorded later", leave("bob", -5)),
    Row("a leaving is not recorded ahead", leave("bob", 1), DateError),
    Row("nobody leaves twice", leave("bob"), NotAuthorisedError, GONE),
    Row("the last administrator does not leave", leave("ana"), IllegalMoveError),
    Row("a leaver no longer administers", grant("bob", "reviewer", by="fay"), NotAuthorisedError,
        (*TWO, leave("fay"))),
    # names, where the store keeps them
    Row("a person is renamed", call("bob", "Bob Berg")),
    Row("a leaver is renamed", call("bob", "Bob Berg"), None, GONE),
    Row("a stranger is not renamed", call("zed", "Zed"), NotAuthorisedError),
    Row("a person does not rename himself", call("bob", "Boss", by="bob"), NotAuthorisedError),
    Row("the threshold binds names too", call("bob", "Bob Berg"), NotAuthorisedError, STRICT),
    Row("a name of the store does not move to the vault", Change("person_renamed",
        {"person": "bob", "named": {"commitment": "0" * 64, "size": 256}}), EventError),
    Row("nobody is added with a name in the vault", Change("person_added",
        {"id": "gil", "named": {"commitment": "0" * 64, "size": 256}}), EventError),
    Row("a name of the store is never let go", Change("person_erased", {"person": "bob"},
        more={"reason": "Asked"}), IllegalMoveError, GONE),
    # the threshold
    Row("the threshold is raised by as many", need(2, **BOTH), None, TWO),
    Row("the threshold is not raised by one", need(2), NotAuthorisedError, TWO),
    Row("the threshold is not raised above the administrators", need(3, **BOTH),
        NotAuthorisedError, TWO),
    Row("the threshold counts administrators who can sign", need(2, keys=("ana-1", "gil-1")),
        NotAuthorisedError, (add("gil", "administrator", key="gil-1"),)),
    Row("the threshold binds", grant("bob", "reviewer"), NotAuthorisedError, STRICT),
    Row("enough administrators pass it", grant("bob", "reviewer", **BOTH), None, STRICT),
    Row("two keys of one person are one person", grant("bob", "reviewer",
        keys=("ana-1", "ana-2")), NotAuthorisedError,
        (key("ana", "ana-2"), accept("ana", "ana-2"), *STRICT)),
    Row("a colleague is no administrator", grant("bob", "reviewer", keys=("ana-1", "dot-1")),
        NotAuthorisedError, STRICT),
    Row("the threshold is lowered by the old number", need(1, **BOTH), None, STRICT),
    Row("the threshold is not lowered by one", need(1), NotAuthorisedError, STRICT),
    Row("one administrator alone ends a key", revoke("bob", "bob-1"), None, STRICT),
    # functions
    Row("a function is given", give("bob")),
    Row("a function is not given twice", give("bob"), TakenError, (give("bob"),)),
    Row("a function is given again later", give("bob"), None, (give("bob"), end("bob"))),
    Row("a function ends", end("bob", days=9), None, (give("bob"),)),
    Row("a function does not end before it began", end("bob", days=-1), DateError, (give("bob"),)),
    Row("a function not held does not end", end("bob"), NotAuthorisedError),
    Row("another function does not end", end("bob", "Nurse"), NotAuthorisedError, (give("bob"),)),
    Row("a leaver gets no function", give("bob"), NotAuthorisedError, GONE),
    # exceptions
    Row("an exception has a person, a reason and an end", excuse("bob")),
    Row("an exception needs a reason", excuse("bob", reason=""), EventError),
    Row("an exception holds at least today", excuse("bob", days=-1), DateError),
    Row("a leaver needs no exception", excuse("bob"), NotAuthorisedError, GONE),
    Row("an exception ends early", excuse("bob", 3, type_="ended"), None, (excuse("bob"),)),
    Row("an exception is not lengthened by ending it", excuse("bob", 10, type_="ended"), DateError,
        (excuse("bob"),)),
    Row("no exception, nothing to end", excuse("bob", 3, type_="ended"), NotAuthorisedError),
    Row("another's exception is not ended", excuse("bob", 3, type_="ended"), NotAuthorisedError,
        (excuse("fay"),)),
    # form
    Row("the chain is numbered", Change("person_left", {"person": "bob", "on": TODAY},
        more={"seq": 3}), EventError),
    Row("the chain is linked", Change("person_left", {"person": "bob", "on": TODAY},
        more={"prev": "0" * 64}), EventError),
    Row("ACCESS has no revisions", Change("person_left", {"person": "bob", "on": TODAY},
        more={"revision": "1"}), EventError),
    Row("ACCESS has no content", Change("person_left", {"person": "bob", "on": TODAY},
        more={"content": "0" * 64}), EventError),
    Row("ACCESS keeps its dates in order", Change("role_granted", {"person": "bob",
        "role": "reviewer"}, more={"date": TODAY - timedelta(days=1)}), DateError),
    Row("ACCESS keeps its times in order", Change("role_granted", {"person": "bob",
        "role": "reviewer"}, more={"time": datetime(2026, 3, 2, 7, tzinfo=UTC)}), DateError),
)  # fmt: skip
