"""An office on paper: people with made-up keys, digests from a counter, no store and no disk.

`Office.prepare` writes the event that a correct client would write, from the naive ledger alone;
`Office.land` lets the real rules judge it and, if they agree, files it on both sides.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from naive_lives import (
    PROPOSALS,
    VOTES,
    class_of,
    effective_on,
    kind,
    open_comments,
    phase,
    text_of,
)
from naive_verdicts import TABLE, NaiveJudge
from paper_forms import DATA, EVENTS, STAFF, made_up_digest, settings, somebody

from docctl.model import access
from docctl.model import lifecycle as life
from docctl.model.assignment import Owner
from docctl.model.control import ROLES, ControlSettings
from docctl.model.event import Event, Signed
from docctl.rules import guards
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, begin
from docctl.rules.meaning import meaning
from docctl.rules.world import World


class Office:
    """Everybody's desk at once."""

    def __init__(
        self, first: ControlSettings | None = None, *, hire: bool = True, day: date | None = None
    ) -> None:
        day = day or date(2026, 3, 2)
        self.now = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        text = made_up_digest()
        self.naive = NaiveJudge({text: first or settings()})
        self.authority = Authority()
        self.dossiers: dict[str, Dossier] = {}
        self.position = 0
        self._found(text)
        for person, roles in STAFF.items() if hire else ():
            self.hire(person, *roles)

    # --- what everybody knows -----------------------------------------------------------------

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def world(self) -> World:
        return World(self.authority, self.naive.control())

    def key(self, person: str, number: int = 1) -> str:
        return f"SHA256:{person}-{number}"

    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)

    # --- people -------------------------------------------------------------------------------

    def _found(self, text: str) -> None:
        founder = access.PersonNew(id="ana", name="ana", key="key ana", fingerprint="SHA256:ana-1")
        data = access.FoundedData(
            organization="Acme", founder=founder, profile="standard", control=text, salt="0" * 32
        )
        founded = self.signed(self._event("founded", "ana", "ACCESS", data=data))
        guards.check_access(self.authority, founded, roles=ROLES)
        self._file(founded)
        established = self.signed(
            self._event("established", "ana", "CONTROL", data=life.VoteData(),
                        revision="1", content=text)
        )  # fmt: skip
        guards.check_established(self.authority, replace(established, position=1))
        self._file(established, move=0)

    def hire(self, person: str, *roles: str, kind: str = "person") -> None:
        """Take a person up and let him or her accept the key."""
        new = access.PersonNew(
            id=person, name=person, kind=kind, roles=roles,
            key=f"key {person}", fingerprint=self.key(person),
        )  # fmt: skip
        self.administer("person_added", new)
        self.accept(person)

    def accept(self, person: str, number: int = 1) -> None:
        data = access.KeyData(person=person, fingerprint=self.key(person, number))
        keys = (self.key(person, number),)
        self.land(self.administered("accepted", data, by=person, role="holder", keys=keys))

    def administered(
        self,
        type_: str,
        data: Any,
        *,
        by: str = "ana",
        role: str = "administrator",
        keys: tuple[str, ...] | None = None,
        **changes: Any,
    ) -> Signed:
        """A change of ACCESS, signed but not landed."""
        if isinstance(data, dict):
            data = DATA[type_](**data)
        event = self._event(type_, by, "ACCESS", data=data, role=role, **changes)
        return self.signed(event, keys=keys)

    def administer(self, type_: str, data: Any, **changes: Any) -> Signed:
        return self.land(self.administered(type_, data, **changes))

    # --- documents ----------------------------------------------------------------------------

    def _event(self, type_: str, person: str, item: str, **fields: Any) -> Event:
        chain = [one for one in self.naive.of(item) if kind(one) not in VOTES]
        founded = self.naive.access("founded")
        given = {
            "library": founded[0].digest if founded else None,
            "item": item,
            "signer": person,
            "role": "administrator",
            "seq": len(chain) + 1,
            "prev": chain[-1].digest if chain else None,
            "time": self.now,
            "date": self.today,
            "tool": "paper",
            **fields,
        }
        given.setdefault("meaning", meaning(type_, item=item, revision=given.get("revision")))
        return EVENTS[type_].model_validate(given)

    def signed(self, event: Event, keys: tuple[str, ...] | None = None) -> Signed:
        signer = sorted(self.naive.keys(event.signer)) or [self.key(event.signer)]
        return Signed(event, made_up_digest(), keys or (signer[-1],), self.position + 1)

    def prepare(self, type_: str, person: str, item: str, **want: Any) -> Signed:
        """The event that a correct client would write; *want* overrides fields of event or data.

        `key` names the signing key; `change`, `on` and the like go to the event's data.
        """
        if not self.naive.of(item):
            return self._first(type_, person, item, want)
        keys = want.pop("keys", None)
        on = max(self.today, self.naive.day(item))
        revision, proposal = self.naive.meant(item, type_, on)
        opened = self.naive.round(item, type_, on)
        label = revision[0].event.revision
        data = self._data(type_, person, item, on, want)
        if type_ == "revised":
            label = self.next_label(item, data.change)
        answered = proposal if type_ in {*VOTES, "cancelled"} and proposal else None
        label = want.pop("revision", label)
        fields = {
            "revision": label,
            "content": made_up_digest() if type_ in {"revised", "saved"} else text_of(revision),
            "meaning": meaning(
                type_, item=item, revision=label, answers=kind(answered) if answered else ""
            ),
            "role": self.naive.acts_as(person, item, type_, on)
            or self._some_role(person, self.naive.roles_for(item, type_, on)),
            "reason": "because" if TABLE[type_][2] else "",
            "data": data,
        }
        if type_ in VOTES and opened:
            fields |= {"seq": None, "prev": opened.digest}
        return self.signed(self._event(type_, person, item, **{**fields, **want}), keys)

    def _first(self, type_: str, person: str, item: str, want: dict[str, Any]) -> Signed:
        document_type = want.pop("document_type", "procedure")
        owner = want.pop("owner", Owner(kind="person", name=person))
        data = life.CreatedData(document_type=document_type, title="T", owner=owner)
        keys = want.pop("keys", None)
        label = {"policy": "1.0", "form": "A"}.get(document_type, "1")
        fields = {"revision": label, "content": made_up_digest(), "role": "author", "data": data}
        return self.signed(self._event(type_, person, item, **{**fields, **want}), keys)

    def next_label(self, item: str, change: str) -> str:
        labels = [one[0].event.revision or "" for one in self.naive.lives(item)]
        spent = [o.event.revision for o in self.naive.of(item) if kind(o) == "submitted"]
        known = [one for one in labels if one in spent or (item, one) == ("CONTROL", "1")]
        if not known:
            return labels[0]
        last = known[-1]
        if last.isalpha():
            return chr(ord(last) + 1)
        if "." not in last:
            return str(int(last) + 1)
        major, minor = last.split(".")
        return f"{major}.{int(minor) + 1}" if change == "editorial" else f"{int(major) + 1}.0"

    def _some_role(self, person: str, roles: Sequence[str]) -> str:
        """A role that the person holds, if any of these is, for events that will be refused."""
        held = [role for role in roles if role in self.naive.roles(person)]
        return [*held, *roles, "author"][0]

    def earliest(self, item: str) -> date:
        """The first day on which a next revision can take effect."""
        released = [one for one in self.naive.lives(item) if phase(one) == "released"]
        return max([self.today, *(effective_on(one) for one in released)])

    def _data(self, type_: str, person: str, item: str, on: date, want: dict[str, Any]) -> Any:
        """The data of a correct event; what *want* names of it is taken out of *want*."""
        naive = self.naive
        newest, (revision, _) = naive.lives(item)[-1], naive.meant(item, type_, on)
        change = want.get("change", class_of(newest) if type_ != "revised" else "content")
        votes = tuple(sorted(vote.digest for vote in naive.votes(item, type_, on)))
        released = {"established", "released", "postponed"}
        after = effective_on(revision) if released & {kind(one) for one in revision} else on
        authors = tuple(dict.fromkeys((*naive.authors(revision), person)))
        model = DATA[type_]
        correct = {
            "votes": votes,
            "base": text_of(newest),
            "change": change,
            "based_on": revision[0].event.revision,
            "authors": authors,
            "effective_on": after + timedelta(days=1)
            if type_ == "postponed"
            else self.earliest(item),
            "from_on": on,
            "outcome": "keep",
            "instruction": "stop",
            "text": "why?",
            "comment": min(open_comments(newest), default=1),
            "disposition": "accepted",
            "location": "shelf 1",
        }
        if type_ in {"submitted", "rerouted", *PROPOSALS}:
            route = naive.route(item, type_, person, on, change)
            correct["route"] = route or somebody()
        names = model.model_fields
        data = {name: value for name, value in correct.items() if name in names}
        data |= {name: want.pop(name) for name in [*want] if name in names}
        return model(**data)

    # --- judging and filing -------------------------------------------------------------------

    def judge(self, signed: Signed) -> None:
        """Let the real rules decide; they raise what they refuse."""
        item = signed.event.item
        if item == "ACCESS":
            roles = {*ROLES, *self.naive.control().roles}
            guards.check_access(self.authority, signed, roles=roles)
        else:
            guards.check(self.world, self.dossiers.get(item), signed)

    def land(self, signed: Signed) -> Signed:
        self.judge(signed)
        return self._file(signed)

    def land_together(self, changes: Sequence[Signed]) -> None:
        """Several events in one change."""
        guards.check_joint(changes)
        for signed in changes:
            self.judge(signed)
        for index, signed in enumerate(changes):
            self._file(signed, move=0 if index else 1)

    def _file(self, signed: Signed, move: int = 1) -> Signed:
        self.position += move
        signed = replace(signed, position=self.position)
        item = signed.event.item
        self.naive.file(signed)
        if item == "ACCESS":
            self.authority = self.authority.after(signed)
        else:
            before = self.dossiers.get(item)
            self.dossiers[item] = before.after(signed) if before else begin(signed)
        self.now += timedelta(minutes=1)
        return signed

    def do(self, type_: str, person: str, item: str, **want: Any) -> Signed:
        """Prepare and land."""
        return self.land(self.prepare(type_, person, item, **want))

    # --- short cuts into a state --------------------------------------------------------------

    def approved(self, item: str = "PRO-001", *, by: str = "cy", author: str = "bob") -> Dossier:
        """A document that *author* wrote and *by* approved."""
        if not self.naive.of(item):
            self.do("created", author, item)
        self.do("submitted", author, item)
        self.do("approved", by, item)
        return self.dossiers[item]

    def effective(self, item: str = "PRO-001", **want: Any) -> Dossier:
        """A document that is released, from today on."""
        self.approved(item)
        self.do("released", "ana", item, **want)
        return self.dossiers[item]
