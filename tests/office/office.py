"""The office: verbs that land statements in a store."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Protocol, Self

from docctl.model.access import ACCESS
from docctl.model.base import PersonId, Word
from docctl.model.control import CONTROL, ROLES, ControlSettings, default_settings
from docctl.model.event import Signed
from docctl.model.lifecycle import State
from docctl.rules import guards
from docctl.rules.summary import summary
from docctl.store.layout import sums
from docctl.store.writing.change import Store
from docctl.trust.canonical import digest
from office.content import document, settings_content, store_file
from office.keys import Key
from office.scribe import Scribe
from office.statement import Statement

#: Who works here beside `ada`, the founder, and in which roles.
CAST: Mapping[PersonId, tuple[Word, ...]] = {
    "ben": ("author",),
    "cat": ("reviewer",),
    "eva": ("approver",),
    "kim": ("approver", "management"),
    "max": ("administrator",),
}

FOUNDER = "ada"

#: What has to be done with a new document to bring it into a state.
WAYS: Mapping[State, tuple[str, ...]] = {
    State.DRAFT: (),
    State.IN_REVIEW: ("submit",),
    State.APPROVED: ("submit", "approve"),
    State.SCHEDULED: ("submit", "approve", "schedule"),
    State.EFFECTIVE: ("submit", "approve", "release"),
    State.SUSPENDED: ("submit", "approve", "release", "suspend"),
    State.SUPERSEDED: ("submit", "approve", "release", "revise", "submit", "approve", "release"),
    State.WITHDRAWN: ("submit", "approve", "release", "withdraw", "approve"),
    State.CANCELLED: ("cancel",),
}


class Sink(Protocol):
    """Where changes go: a `Store`, or something faster."""

    def land(
        self, files: Mapping[str, bytes | None], *, message: str, author: str, when: datetime
    ) -> Any: ...


class Office(Scribe):
    """A library and the people who work with it."""

    def __init__(self, store: Sink) -> None:
        super().__init__()
        self.store = store

    @classmethod
    def found(
        cls,
        path: Path,
        *,
        profile: Literal["standard", "regulated"] = "standard",
        cast: Mapping[PersonId, tuple[Word, ...]] = CAST,
        object_format: str = "sha1",
    ) -> Self:
        """Found a library in a new store at *path* and take everybody of the cast up."""
        office = cls(Store.create(path, object_format=object_format, durability="none"))
        office.begin(profile=profile, object_format=object_format)
        for person, roles in cast.items():
            office.add(person, *roles)
        return office

    def copied(self, store: Sink) -> "Office":
        """Return an office that goes on from here, elsewhere."""
        other = copy(self)
        other.store = store
        for name in ("dossiers", "contents", "paths"):
            setattr(other, name, copy(getattr(self, name)))
        return other

    # --- people ------------------------------------------------------------------------------

    def begin(
        self, *, profile: Literal["standard", "regulated"] = "standard", object_format: str = "sha1"
    ) -> None:
        """Land the founding change."""
        settings = default_settings("Acme Ltd", profile=profile, time_zone="Europe/Oslo")
        self.smuggle(*self.founding(settings), extra=store_file(object_format))

    def founding(self, settings: ControlSettings) -> tuple[Statement, Statement]:
        """Return the two statements that found a library, taken up already."""
        content = settings_content(settings)
        key = Key(FOUNDER).public_key
        founder = {"id": FOUNDER, "name": "Ada Ask", "functions": ("Quality Manager",)}
        founder |= {"key": key.line, "fingerprint": key.fingerprint}
        data = {
            "organization": settings.organization,
            "founder": founder,
            "profile": settings.profile,
            "control": digest(sums(content)),
            "salt": sha256(b"salt").hexdigest()[:32],
        }
        first = self.statement("founded", ACCESS, by=FOUNDER, data=data)
        self.take_up(first)
        second = self.statement("established", CONTROL, by=FOUNDER, content=content)
        self.take_up(second)
        return first, second

    def add(self, person: PersonId, *roles: Word, key: str = "") -> None:
        """Take a person up, who accepts his or her key at once."""
        made = Key(key or person)
        new = {"id": person, "name": person.title(), "roles": roles, "functions": ()}
        new |= {"key": made.public_key.line, "fingerprint": made.public_key.fingerprint}
        self.do("person_added", ACCESS, by=FOUNDER, data=new)
        self.accept(person, made)

    def accept(self, person: PersonId, key: Key) -> None:
        """Let a person accept a key."""
        data = {"person": person, "fingerprint": key.public_key.fingerprint}
        self.do("accepted", ACCESS, by=person, data=data, key=key, role="holder")

    # --- one document ------------------------------------------------------------------------

    def creation(
        self, number: str, *, by: PersonId = "ben", kind: Word = "procedure", **given: Any
    ) -> Statement:
        """Return the statement that begins a document."""
        data = {
            "document_type": kind,
            "title": f"Title of {number}",
            "owner": {"kind": "function", "name": "Quality Manager"},
        }
        made = {"content": document(number, "The first draft."), "data": data, **given}
        return self.statement("created", number, by=by, **made)

    def new(self, number: str, **given: Any) -> None:
        self.land(self.creation(number, **given))

    def save(self, item: str, text: str = "A better draft.", *, by: PersonId = "ben") -> None:
        self.do("saved", item, by=by, content=document(item, text))

    def submit(self, item: str, *, by: PersonId = "ben") -> None:
        self.do("submitted", item, by=by)

    def approve(self, item: str) -> None:
        """Let the route sign whatever is still missing, in its order."""
        while missing := self._round(item):
            step = min(missing, key=lambda one: one.order)
            signed = {vote.event.signer for vote in self.votes(item)}
            person = next(one for one in step.persons if one not in signed)
            self.do(step.meaning, item, by=person, role=step.role)

    def votes(self, item: str) -> tuple[Signed, ...]:
        """Return the votes of the open round."""
        dossier = self.dossiers[item]
        answered = dossier.proposal or dossier.newest.round
        return answered.votes if answered else ()

    def _round(self, item: str) -> Any:
        dossier = self.dossiers[item]
        if dossier.proposal is None and dossier.newest.phase != "in_review":
            return ()
        answered = dossier.proposal or dossier.newest.round
        return answered.standing().missing if answered else ()

    def release(self, item: str, *, by: PersonId = FOUNDER) -> None:
        self.do("released", item, by=by)

    def schedule(self, item: str, *, days: int = 10) -> None:
        self.do(
            "released",
            item,
            by=FOUNDER,
            data={"effective_on": self.today + timedelta(days=days)},
        )

    def suspend(self, item: str) -> None:
        self.do("suspended", item, by=FOUNDER, data={"instruction": "Stop."}, reason="A leak")

    def revise(self, item: str, text: str = "The second text.", *, by: PersonId = "ben") -> None:
        content = document(item, text)
        self.do("revised", item, by=by, content=content, reason="It changed")

    def withdraw(self, item: str) -> None:
        self.do("withdrawal_proposed", item, by=FOUNDER, reason="Not needed any more")

    def cancel(self, item: str) -> None:
        self.do("cancelled", item, by="ben", reason="Not needed any more")

    def reach(self, number: str, state: State) -> None:
        """Make a document and bring it into a state."""
        self.new(number)
        for step in WAYS[state]:
            getattr(self, step)(number)

    def change_control(self, settings: ControlSettings) -> None:
        """Bring new control settings into force by their route."""
        content = settings_content(settings)
        self.do("revised", CONTROL, by=FOUNDER, content=content, reason="It changed")
        self.submit(CONTROL, by=FOUNDER)
        self.approve(CONTROL)
        self.release(CONTROL)

    # --- landing -----------------------------------------------------------------------------

    def do(self, kind: Word, item: str, *, by: PersonId, **given: Any) -> Statement:
        """Make a statement and land it."""
        made = self.statement(kind, item, by=by, **given)
        self.land(made)
        return made

    def land(self, *statements: Statement) -> None:
        """Land a change that the rules allow.

        Raises:
            RefusedError: they do not.
        """
        changes = [Signed(one.event, one.digest, one.keys, self.position + 1) for one in statements]
        guards.check_joint(changes)
        for signed in changes:
            if signed.event.item == ACCESS:
                roles = {*ROLES, *self.control.roles}
                guards.check_access(self.authority, signed, roles=roles)
            else:
                guards.check(self.world, self.dossiers.get(signed.event.item), signed)
        self.smuggle(*statements)
        for one in statements:
            self.take_up(one)

    def smuggle(
        self,
        *statements: Statement,
        extra: Mapping[str, bytes | None] | None = None,
        author: PersonId = "",
    ) -> None:
        """Land statements, and any other files, without asking anybody."""
        files = {path: data for one in statements for path, data in one.files.items()}
        files |= extra or {}
        self.position += 1
        self.paths |= {*files}
        self.store.land(
            files,
            message=summary([one.event for one in statements]) if statements else "unsigned",
            author=author or statements[0].event.signer,
            when=max((one.event.time for one in statements), default=self.now),
        )
