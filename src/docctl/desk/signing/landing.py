"""Prepare, sign, land: the one way in which anything is written."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from docctl.desk.signing import clocks, kept
from docctl.desk.signing.intent import (
    Intent,
    Moment,
    access,
    begin,
    compose,
    each,
    instant,
    kind_of,
    require,
)
from docctl.desk.signing.prepared import Prepared, Statement
from docctl.errors import DocctlError, NotAuthorisedError, OvertakenError, StoreError
from docctl.model.access import ACCESS, KeyRevoked
from docctl.model.base import PersonId
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import Created
from docctl.rules import access as access_rules
from docctl.rules import guards, records
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier
from docctl.rules.records import KEPT
from docctl.rules.world import World
from docctl.store.layout import content_folder, signature_path
from docctl.store.reading.archive import Archives
from docctl.store.reading.ledger import Ledger
from docctl.store.reading.people import Names
from docctl.store.writing.change import Store
from docctl.trust.canonical import digest
from docctl.trust.keys import PublicKey
from docctl.trust.signers import Signer
from docctl.trust.sshsig import verify


def unreadable(error: OSError) -> StoreError:
    """Return what to say of a store whose files the system does not hand out."""
    return StoreError(
        f"the store cannot be read: {error.strerror or error}",
        hint="look whether you may read its folder, and whether the disk is sound",
    )


@dataclass(frozen=True, slots=True)
class StatementSignatures:
    """The armored signatures over one statement: its signer's, then further administrators'."""

    armored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Passed:
    """What the guards let pass: signed events on a head, and the documents as they stood."""

    head: str
    changes: tuple[Signed, ...]
    found: tuple[Dossier | None, ...]


class Desk:
    """Where work is done: it prepares changes, has them signed, and lands them.

    *clock* returns the present as an aware datetime; it is read once for each action.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime],
        tool: str,
        names: Names | None = None,
    ) -> None:
        self.store = store
        self.ledger = Ledger(store.reader, names=names)
        self.archives = Archives(self.ledger)
        self.clock = clock
        self.tool = tool
        self._passed: _Passed | None = None

    def head(self) -> str:
        """Return the commit on which everything is judged now.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        try:
            commit = self.store.head()
        except OSError as error:
            raise unreadable(error) from error
        if commit is None:
            raise StoreError("the store has no history", hint="restore it from a backup or a clone")
        return commit

    def world(self) -> World:
        """Return people and settings as they stand now."""
        return self.ledger.world(self.head())

    def person(self, key: PublicKey) -> PersonId:
        """Return whose key it is.

        Raises:
            NotAuthorisedError: nobody's in this library.
        """
        return _holder(self.ledger.authority(self.head()), key)

    def today(self) -> date:
        """Return the business date now, in CONTROL's time zone."""
        return self.moment("").today

    def moment(self, person: PersonId) -> Moment:
        """Read the clock and return who acts when."""
        return self._moment(person, self.world())

    def _moment(self, person: PersonId, world: World) -> Moment:
        return Moment.of(person, self.clock(), world.control.time_zone, self.tool)

    def prepare(self, intents: Sequence[Intent], *, key: PublicKey) -> Prepared:
        """Return the change that these intents make, judged as if *key* had signed it.

        Raises:
            RefusedError: a rule forbids it, before anybody is asked to sign.
        """
        base = self.head()
        world = self.ledger.world(base)
        moment = self._moment(_holder(world.authority, key), world)

        passed: list[tuple[Signed, Dossier | None]] = []

        def composed(intent: Intent) -> Statement:
            made = self._compose(intent, base, world, moment)
            if intent.item != ACCESS:  # one administrator may prepare what several will sign
                signed = _signed(made, key)
                (before,) = self._judge(base, (signed,), moment.time)
                passed.append((signed, before))
            return made

        statements = each(intents, composed)
        if len(passed) == len(statements):  # signed by this key, they need not be judged again
            changes = tuple(signed for signed, _ in passed)
            self._passed = _Passed(base, changes, tuple(before for _, before in passed))
        files: dict[str, bytes | None] = {}
        for intent, made in zip(intents, statements, strict=True):
            if intent.content is not None:
                files.update(self.content_files(made.event, intent.content, base))
        return Prepared(statements, files, base)

    def _compose(self, intent: Intent, base: str, world: World, moment: Moment) -> Statement:
        kind = kind_of(intent.event)
        if kind in access_rules.CHANGES:
            return access(intent, world, moment)
        if kind in KEPT:
            return kept.compose(intent, self.archives.at(base), moment)
        if issubclass(intent.event, Created):
            return begin(intent, world, moment)
        dossier = require(self.ledger.dossier(base, intent.item), intent.item)
        return compose(intent, world, dossier, moment)

    def carry_out(self, prepared: Prepared, signer: Signer) -> None:
        """Sign every statement with one key and land the change."""
        signed = [StatementSignatures((signer.sign(one.data),)) for one in prepared.statements]
        self.land(prepared, signed)

    def land(self, prepared: Prepared, signatures: Sequence[StatementSignatures]) -> None:
        """Verify the signatures, judge the change on the newest head, and write it: all or nothing.

        Raises:
            SignatureError: a signature does not hold.
            RefusedError: a rule forbids it as things stand now.
            OvertakenError: an item was changed by somebody else since it was prepared.
            StoreError: the store cannot take it.
        """
        signed = tuple(
            _signed(one, *(verify(one.data, armored).key for armored in given.armored))
            for one, given in zip(prepared.statements, signatures, strict=True)
        )
        files: dict[str, bytes | None] = dict(prepared.files)
        for one, given in zip(prepared.statements, signatures, strict=True):
            files[one.path] = one.data
            for index, armored in enumerate(given.armored):
                cosigner = self._cosigner(armored, one.data) if index else ""
                files[signature_path(one.path, cosigner)] = armored.encode()

        guards.check_joint(signed)
        now = instant(self.clock())

        def recheck(head: str | None) -> None:
            self._judge(head, signed, now)

        recheck(prepared.base)
        landed = self.store.land(
            files,
            message=prepared.summary + "\n",
            author=prepared.statements[0].event.signer,
            when=max(one.event.time for one in prepared.statements),
            expected=prepared.base,
            recheck=recheck,
        )
        with suppress(DocctlError):  # it has landed: nothing that fails now may say otherwise
            found = self._judge(landed.parent, signed, now)
            self.ledger.follow(landed.parent, (one.event for one in signed), landed.commit)
            self.archives.follow(landed.parent, signed, landed.commit)
            for event, before in zip(signed, found, strict=True):
                if event.event.type not in KEPT:
                    self.ledger.carry(before, event, landed.commit)

    def _cosigner(self, armored: str, data: bytes) -> PersonId:
        return self.person(verify(data, armored).key)

    def _judge(
        self, head: str | None, changes: tuple[Signed, ...], now: datetime
    ) -> tuple[Dossier | None, ...]:
        """Refuse what must not land on *head*; return the documents as they stand there.

        What was found right on the same head a moment ago, when it was prepared, is still right:
        beside the clock nothing but the head and what was signed by which keys goes into a verdict.
        """
        head = head or self.head()
        for signed in changes:
            clocks.check(self.ledger, head, signed.event, now)
        passed = self._passed
        if passed is None or (passed.head, passed.changes) != (head, changes):
            found = tuple(self._judge_one(head, signed) for signed in changes)
            passed = self._passed = _Passed(head, changes, found)
        for signed, before in zip(changes, passed.found, strict=True):
            clocks.check_past(self.ledger.world(head), before, signed, now)
        return passed.found

    def _judge_one(self, head: str, signed: Signed) -> Dossier | None:
        world, event = self.ledger.world(head), signed.event
        if event.item == ACCESS:
            self._judge_access(head, world, signed)
            return None
        if event.type in KEPT:
            kept.judge(self.archives.at(head), signed)
            return None
        dossier = self.ledger.dossier(head, event.item)
        moved_on = dossier is not None and event.seq not in {None, dossier.seq + 1}
        if moved_on and event.type != "created":
            raise OvertakenError(event.item)
        guards.check(world, dossier, signed)
        return dossier

    def _judge_access(self, head: str, world: World, signed: Signed) -> None:
        authority, event = world.authority, signed.event
        if event.seq != authority.seq + 1:
            raise OvertakenError(ACCESS)
        if isinstance(event, KeyRevoked):  # a key is suspect since a change: these are counted
            authority = self.ledger.positioned(head)
            signed = replace(signed, position=len(self.ledger.positions(head)) + 1)
        guards.check_chain(event, authority.seq, authority.last)
        guards.check_envelope(signed, authority.library)
        access_rules.check(authority, signed, roles=world.control.known_roles)
        records.check_erasure(self.archives.at(head), event)

    def content_files(
        self, event: Event, content: Mapping[str, bytes], base: str
    ) -> Mapping[str, bytes | None]:
        """Return the files that an event's content writes and removes, by path in the store."""
        folder = content_folder(event.item, event.revision or "")
        old: Mapping[str, object] = {}
        if self.store.reader.entry(base, folder):
            old = self.ledger.content_names(base, event.item, event.revision or "")
        gone: dict[str, bytes | None] = {
            f"{folder}/{name}": None for name in old if name not in content
        }
        return {**gone, **{f"{folder}/{name}": data for name, data in content.items()}}


def _signed(statement: Statement, *keys: PublicKey) -> Signed:
    """Return a statement as these keys have signed it."""
    return Signed(statement.event, digest(statement.data), tuple(key.fingerprint for key in keys))


def _holder(authority: Authority, key: PublicKey) -> PersonId:
    holder = authority.keys.get(key.fingerprint)
    if holder is None:
        raise NotAuthorisedError(
            "",
            f"({key.fingerprint}) belongs to nobody in this library",
            hint="an administrator adds it: docctl person add ID --key FILE.pub",
        )
    return holder
