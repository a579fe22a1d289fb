"""A simulated office: a real store, people with real keys, and documents in any state.

The office works through the rules, real signatures and `Store.land` alone, so that a test of one
room does not stand on another. Everything is the same in every run: keys follow from their names,
and the clock moves a minute with every statement.

    office = Office.found(tmp_path / "store.git")
    office.reach("PRO-001", State.EFFECTIVE)
    office.do("suspended", "PRO-001", by="ada", data={"instruction": "Stop."}, reason="A leak")

`land` asks the rules first; `smuggle` does not, and lands whatever it is given.
"""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Protocol, Self, get_args

from cryptography.hazmat.primitives.asymmetric import ed25519

from docctl.errors import RefusedError
from docctl.model.access import ACCESS
from docctl.model.base import PersonId, Word
from docctl.model.control import CONTROL, ROLES, ControlSettings, default_settings
from docctl.model.event import RULES, Event, Signed
from docctl.model.events import AnyEvent
from docctl.model.lifecycle import VOTES, State
from docctl.rules import access as access_rules
from docctl.rules import guards
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, begin
from docctl.rules.lifecycle import VERBS
from docctl.rules.meaning import meaning
from docctl.rules.steps import Case, closing_votes, expected_route
from docctl.rules.world import World
from docctl.store.change import Store
from docctl.store.layout import (
    SETTINGS,
    STORE_FILE,
    SUMS,
    content_folder,
    event_path,
    signature_path,
    sums,
)
from docctl.trust.canonical import canonical, digest
from docctl.trust.keyfile import public_half, signature
from docctl.trust.keys import PublicKey
from docctl.trust.sshsig import NAMESPACE, enclose, to_be_signed

#: Every kind of event by its name.
EVENTS: Mapping[Word, type[Event]] = {
    one.model_fields["type"].default: one for one in get_args(get_args(AnyEvent)[0])
}

#: Who works here beside `ada`, the founder, and in which roles.
CAST: Mapping[PersonId, tuple[Word, ...]] = {
    "ben": ("author",),
    "cat": ("reviewer",),
    "eva": ("approver",),
    "kim": ("approver", "management"),
    "max": ("administrator",),
}

FOUNDER = "ada"
BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

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


class Key:
    """A private key in memory; the same name gives the same key."""

    def __init__(self, name: str) -> None:
        seed = sha256(name.encode()).digest()
        self.private = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key: PublicKey = public_half(self.private)

    def sign(self, message: bytes, namespace: str = NAMESPACE) -> str:
        made = signature(self.private, to_be_signed(message, namespace))
        return enclose(self.public_key, made, namespace)


@dataclass(frozen=True)
class Statement:
    """An event with its bytes and signatures, and the content that lands with it."""

    event: Event
    path: str
    data: bytes
    signatures: Mapping[str, bytes]
    keys: tuple[str, ...]
    content: Mapping[str, bytes | None] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        return digest(self.data)

    @property
    def files(self) -> dict[str, bytes | None]:
        return {self.path: self.data, **self.signatures, **self.content}

    def rewritten(self, data: bytes, key: Key) -> "Statement":
        """Return it with other bytes, signed by this key."""
        made = {signature_path(self.path): key.sign(data).encode()}
        return replace(self, data=data, signatures=made, keys=(key.public_key.fingerprint,))

    def moved(self, path: str) -> "Statement":
        """Return it at another path."""
        (made,) = self.signatures.values()
        return replace(self, path=path, signatures={signature_path(path): made})

    def cosigned(self, person: PersonId, key: Key | None = None) -> "Statement":
        """Return it with a further administrator's signature."""
        key = key or Key(person)
        made = {signature_path(self.path, person): key.sign(self.data).encode()}
        keys = (*self.keys, key.public_key.fingerprint)
        return replace(self, signatures={**self.signatures, **made}, keys=keys)


class Sink(Protocol):
    """Where changes go: a `Store`, or something faster."""

    def land(
        self, files: Mapping[str, bytes | None], *, message: str, author: str, when: datetime
    ) -> Any: ...


class Office:
    """A library and the people who work with it."""

    def __init__(self, store: Sink) -> None:
        self.store = store
        self.authority = Authority()
        self.dossiers: dict[str, Dossier] = {}
        self.contents: dict[tuple[str, str], Mapping[str, bytes]] = {}
        self.paths: set[str] = set()
        self.now = BEGINNING
        self.position = 0

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

    # --- where things stand ------------------------------------------------------------------

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def control(self) -> ControlSettings:
        released = [one for one in self.dossiers[CONTROL].revisions if one.phase == "released"]
        return _settings(self.contents[CONTROL, released[-1].label][SETTINGS])

    @property
    def world(self) -> World:
        return World(self.authority, self.control)

    def wait(self, **span: float) -> None:
        """Let time pass: `wait(days=30)`."""
        self.now += timedelta(**span)

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

    # --- statements --------------------------------------------------------------------------

    def do(self, kind: Word, item: str, *, by: PersonId, **given: Any) -> Statement:
        """Make a statement and land it."""
        made = self.statement(kind, item, by=by, **given)
        self.land(made)
        return made

    def statement(
        self,
        kind: Word,
        item: str,
        *,
        by: PersonId,
        data: Mapping[str, Any] | None = None,
        content: Mapping[str, bytes] | None = None,
        key: Key | None = None,
        **fields: Any,
    ) -> Statement:
        """Return a signed statement as it would be legal now, but for what is given otherwise."""
        self.now += timedelta(minutes=1)
        known = {
            "v": RULES,
            "library": self.authority.library or None,
            "item": item,
            "type": kind,
            "signer": by,
            "time": self.now,
            "date": self.today,
            "reason": "",
            "tool": "office 1",
        }
        stub = EVENTS[kind].model_construct(**known)
        place = self._in_access(stub) if item == ACCESS else self._in_dossier(stub)
        made = {**known, **place, **fields}
        if content is not None:
            made["content"] = fields.get("content", digest(sums(content)))
        answers = made.pop("answers")
        said = meaning(kind, item=item, revision=made["revision"], answers=made.pop("about"))
        made = {"meaning": said, **made, "data": {**made["data"], **(data or {})}}
        event = EVENTS[kind].model_validate(made)
        return self.signed(event, answers=answers, content=content, key=key)

    def signed(
        self,
        event: Event,
        *,
        answers: int | None = None,
        content: Mapping[str, bytes] | None = None,
        key: Key | None = None,
    ) -> Statement:
        """Return an event with its bytes and its signature."""
        key = key or Key(event.signer)
        path, data = event_path(event, answers=answers), written(event)
        made = {signature_path(path): key.sign(data).encode()}
        files = self._content(event, content) if content is not None else {}
        return Statement(event, path, data, made, (key.public_key.fingerprint,), files)

    def _in_access(self, stub: Event) -> dict[str, Any]:
        role = (
            "administrator" if self.authority.has_role(stub.signer, "administrator") else "holder"
        )
        if not self.authority.library:
            role = "administrator"
        return {
            "revision": None,
            "seq": self.authority.seq + 1,
            "prev": self.authority.last or None,
            "role": role,
            "data": {},
            "answers": None,
            "about": "",
        }

    def _in_dossier(self, stub: Event) -> dict[str, Any]:
        dossier = self.dossiers.get(stub.item)
        if dossier is None:
            role = "administrator" if stub.type == "established" else "author"
            first = {"revision": "1", "seq": 1, "prev": None, "role": role, "data": {}}
            return {**first, "answers": None, "about": ""}
        verb = VERBS.get(stub.type, "")
        try:
            move, revision, proposal = guards.target(dossier, verb, stub)
            roles = guards.actors(self.world, revision, move, proposal)
        except RefusedError:
            revision, proposal, roles = dossier.newest, dossier.proposal, ()
        case = Case(self.world, dossier, revision, proposal)
        held = [one for one in roles if self._holds(case, stub, one)]
        answered = proposal or revision.round
        vote = answered is not None and stub.type in VOTES
        data = DATA[stub.type](case, stub) if stub.type in DATA else {}
        about = answered if vote or proposal else None
        return {
            "revision": data.pop("revision", revision.label),
            "content": revision.content,
            "seq": None if vote else dossier.seq + 1,
            "prev": answered.opened.digest if vote and answered else dossier.last,
            "role": (*held, *roles, "author")[0],
            "data": data,
            "answers": answered.opened.event.seq if vote and answered else None,
            "about": about.opened.event.type if about else "",
        }

    def _holds(self, case: Case, stub: Event, role: Word) -> bool:
        if role == "owner":
            return guards.owns(case.world, case.dossier, stub.signer, stub)
        return self.authority.has_role(stub.signer, role)

    def _content(self, event: Event, content: Mapping[str, bytes]) -> dict[str, bytes | None]:
        label = event.revision or "1"
        base = content_folder(event.item, label)
        old = self.contents.get((event.item, label), {})
        files: dict[str, bytes | None] = {f"{base}/{name}": None for name in old}
        return files | {f"{base}/{name}": data for name, data in with_sums(content).items()}

    # --- landing -----------------------------------------------------------------------------

    def land(self, *statements: Statement) -> None:
        """Land a change that the rules allow.

        Raises:
            RefusedError: they do not.
        """
        for one in statements:
            signed = Signed(one.event, one.digest, one.keys, self.position + 1)
            if one.event.item == ACCESS:
                guards.check_chain(one.event, self.authority.seq, self.authority.last)
                guards.check_envelope(signed, self.authority.library)
                roles = {*ROLES, *self.control.roles}
                access_rules.check(self.authority, signed, roles=roles)
            else:
                guards.check(self.world, self.dossiers.get(one.event.item), signed)
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
            message="A change",
            author=author or statements[0].event.signer,
            when=max((one.event.time for one in statements), default=self.now),
        )

    def take_up(self, statement: Statement) -> None:
        """Let an event count for everything that the office does next."""
        event = statement.event
        signed = Signed(event, statement.digest, statement.keys, max(self.position, 1))
        if event.item == ACCESS:
            self.authority = self.authority.after(signed)
            return
        known = self.dossiers.get(event.item)
        self.dossiers[event.item] = known.after(signed) if known else begin(signed)
        if statement.content:
            self._remember(event, statement.content)

    def _remember(self, event: Event, files: Mapping[str, bytes | None]) -> None:
        label = event.revision or "1"
        base = f"{content_folder(event.item, label)}/"
        kept = {path.removeprefix(base): data for path, data in files.items() if data is not None}
        self.contents[event.item, label] = kept


@lru_cache(maxsize=64)
def _settings(data: bytes) -> ControlSettings:
    return ControlSettings.model_validate_json(data)


def _submitted(case: Case, stub: Event) -> dict[str, Any]:
    authors = tuple(dict.fromkeys((*case.revision.editors, stub.signer)))
    return {
        "route": expected_route(case, stub, authors),
        "change": case.revision.change,
        "authors": authors,
        **_closing(case, stub),
    }


def _closing(case: Case, _: Event) -> dict[str, Any]:
    return {"votes": closing_votes(case)}


def _revised(case: Case, _: Event) -> dict[str, Any]:
    label = str(int(case.dossier.newest.label) + case.dossier.newest.used)
    return {"revision": label, "based_on": case.revision.label, "change": "content"}


def _proposed(case: Case, stub: Event) -> dict[str, Any]:
    return {"route": expected_route(case, stub, (stub.signer,))}


#: The data of a legal event, as far as they follow from the case.
DATA: Mapping[Word, Callable[[Case, Event], dict[str, Any]]] = {
    "submitted": _submitted,
    "saved": lambda case, _: {"base": case.revision.content, **_closing(case, _)},
    "revised": _revised,
    "rerouted": lambda case, stub: {"route": expected_route(case, stub, case.revision.editors)},
    "reopened": _closing,
    "cancelled": _closing,
    "released": lambda case, stub: {"effective_on": stub.date, **_closing(case, stub)},
    "review_proposed": lambda case, stub: {"outcome": "keep", **_proposed(case, stub)},
    "withdrawal_proposed": lambda case, stub: {"from_on": stub.date, **_proposed(case, stub)},
}


def written(event: Event) -> bytes:
    """Return the canonical bytes of an event."""
    return canonical(event.model_dump(mode="json", exclude_none=True))


def document(number: str, text: str, **attachments: bytes) -> dict[str, bytes]:
    """Return the files of a document's revision, without SHA256SUMS."""
    meta = {"number": number, "title": f"Title of {number}", "type": "procedure"}
    files = {"meta.json": canonical(meta), "body.md": f"{text}\n".encode()}
    return files | {f"files/{name}": data for name, data in attachments.items()}


def settings_content(settings: ControlSettings) -> dict[str, bytes]:
    """Return the files of a revision of CONTROL, without SHA256SUMS."""
    return {SETTINGS: canonical(settings.model_dump(mode="json"))}


def with_sums(content: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a revision's files with SHA256SUMS."""
    return {**content, SUMS: sums(content)}


def store_file(object_format: str = "sha1") -> dict[str, bytes]:
    """Return the file that names the format of the store."""
    return {STORE_FILE: canonical({"format": 1, "object_format": object_format})}
