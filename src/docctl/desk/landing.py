"""Prepare, sign, land: the one way in which anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from docctl.desk.intent import Intent, Moment, access, begin, compose, require
from docctl.desk.prepared import Prepared, Statement
from docctl.errors import DateError, NotAuthorisedError, OvertakenError, StoreError
from docctl.model.access import ACCESS, KeyRevoked
from docctl.model.base import PersonId
from docctl.model.control import ROLES
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import VOTES, Created
from docctl.rules import access as access_rules
from docctl.rules import guards
from docctl.rules.world import World
from docctl.store.change import Store
from docctl.store.layout import content_folder, signature_path
from docctl.store.ledger import Ledger
from docctl.trust.canonical import digest
from docctl.trust.keys import PublicKey
from docctl.trust.signers import Signer
from docctl.trust.sshsig import verify

#: How far the clocks of two machines may lie apart.
LEEWAY = timedelta(minutes=5)


def unreadable(error: OSError) -> StoreError:
    """Return what to say of a store whose files the system does not hand out."""
    return StoreError(
        f"the store cannot be read: {error.strerror or error}",
        hint="look whether you may read its folder, and whether the disk is sound",
    )


@dataclass(frozen=True, slots=True)
class Signatures:
    """The armored signatures over one statement: its signer's, then further administrators'."""

    armored: tuple[str, ...]


class Desk:
    """Where work is done: it prepares changes, has them signed, and lands them.

    *clock* returns the present as an aware datetime; it is read once for each action.
    """

    def __init__(self, store: Store, *, clock: Callable[[], datetime], tool: str) -> None:
        self.store = store
        self.ledger = Ledger(store.reader)
        self.clock = clock
        self.tool = tool

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
        holder = self.ledger.authority(self.head()).keys.get(key.fingerprint)
        if holder is None:
            raise NotAuthorisedError(
                "",
                f"({key.fingerprint}) belongs to nobody in this library",
                hint="an administrator adds it: docctl person add ID --key FILE.pub",
            )
        return holder

    def today(self) -> date:
        """Return the business date now, in CONTROL's time zone."""
        return Moment.of("", self.clock(), self.world().control.time_zone, self.tool).today

    def moment(self, person: PersonId) -> Moment:
        """Read the clock and return who acts when."""
        return Moment.of(person, self.clock(), self.world().control.time_zone, self.tool)

    def prepare(self, intents: Sequence[Intent], *, key: PublicKey) -> Prepared:
        """Return the change that these intents make, judged as if *key* had signed it.

        Raises:
            RefusedError: a rule forbids it, before anybody is asked to sign.
        """
        base = self.head()
        world, moment = self.ledger.world(base), self.moment(self.person(key))
        statements: list[Statement] = []
        files: dict[str, bytes | None] = {}
        for intent in intents:
            made = self._compose(intent, base, world, moment)
            statements.append(made)
            if intent.content is not None:
                files.update(self.content_files(made.event, intent.content, base))
        prepared = Prepared(tuple(statements), files, base)
        if intents[0].item == ACCESS:  # one administrator may prepare what several will sign
            return prepared
        return self._judged(prepared, key)

    def _compose(self, intent: Intent, base: str, world: World, moment: Moment) -> Statement:
        if intent.event.model_fields["type"].default in access_rules.CHANGES:
            return access(intent, world, moment)
        if issubclass(intent.event, Created):
            return begin(intent, world, moment)
        dossier = require(self.ledger.dossier(base, intent.item), intent.item)
        return compose(intent, world, dossier, moment)

    def carry_out(self, prepared: Prepared, signer: Signer) -> None:
        """Sign every statement with one key and land the change."""
        signed = [Signatures((signer.sign(one.data),)) for one in prepared.statements]
        self.land(prepared, signed)

    def land(self, prepared: Prepared, signatures: Sequence[Signatures]) -> None:
        """Verify the signatures, judge the change on the newest head, and write it: all or nothing.

        Raises:
            SignatureError: a signature does not hold.
            RefusedError: a rule forbids it as things stand now.
            OvertakenError: an item was changed by somebody else since it was prepared.
            StoreError: the store cannot take it.
        """
        signed = [
            self._verified(one, given)
            for one, given in zip(prepared.statements, signatures, strict=True)
        ]
        files: dict[str, bytes | None] = dict(prepared.files)
        for one, given in zip(prepared.statements, signatures, strict=True):
            files[one.path] = one.data
            for index, armored in enumerate(given.armored):
                cosigner = self._cosigner(armored, one.data) if index else ""
                files[signature_path(one.path, cosigner)] = armored.encode()

        def recheck(head: str | None) -> None:
            self._judge(head or self.head(), signed)

        recheck(prepared.base)
        first = prepared.statements[0].event
        self.store.land(
            files,
            message=prepared.summary + "\n",
            author=first.signer,
            when=max(one.event.time for one in prepared.statements),
            expected=prepared.base,
            recheck=recheck,
        )

    def _cosigner(self, armored: str, data: bytes) -> PersonId:
        return self.person(verify(data, armored).key)

    def _verified(self, statement: Statement, signatures: Signatures) -> Signed:
        keys = tuple(
            verify(statement.data, armored).key.fingerprint for armored in signatures.armored
        )
        return Signed(statement.event, digest(statement.data), keys)

    def _judged(self, prepared: Prepared, key: PublicKey) -> Prepared:
        assumed = [
            Signed(one.event, digest(one.data), (key.fingerprint,)) for one in prepared.statements
        ]
        self._judge(prepared.base or self.head(), assumed)
        return prepared

    def _judge(self, head: str, changes: Sequence[Signed]) -> None:
        world = self.ledger.world(head)
        for signed in changes:
            self._judge_clock(head, signed.event)
            if signed.event.item == ACCESS:
                self._judge_access(head, world, signed)
                continue
            dossier = self.ledger.dossier(head, signed.event.item)
            moved_on = dossier is not None and signed.event.seq not in {None, dossier.seq + 1}
            if moved_on and signed.event.type != "created":
                raise OvertakenError(signed.event.item)
            guards.check(world, dossier, signed)

    def _judge_clock(self, head: str, event: Event) -> None:
        last = self.ledger.time(head)
        if last and event.type not in VOTES and event.time < last - LEEWAY:
            raise DateError(
                event.item,
                event.date,
                f"{event.time:%H:%M} UTC lies before the library's last change, {last:%F %H:%M}",
                hint="set the clock of this machine right, and do it again",
            )

    def _judge_access(self, head: str, world: World, signed: Signed) -> None:
        authority, event = world.authority, signed.event
        if event.seq != authority.seq + 1:
            raise OvertakenError(ACCESS)
        if isinstance(event, KeyRevoked):  # a key is suspect since a change: these are counted
            authority = self.ledger.positioned(head)
            signed = replace(signed, position=len(self.ledger.positions(head)) + 1)
        guards.check_chain(event, authority.seq, authority.last)
        guards.check_envelope(signed, authority.library)
        access_rules.check(authority, signed, roles={*ROLES, *world.control.roles})

    def content_files(
        self, event: Event, content: Mapping[str, bytes], base: str
    ) -> Mapping[str, bytes | None]:
        """Return the files that an event's content writes and removes, by path in the store."""
        label = event.revision or ""
        folder = content_folder(event.item, label)
        old: Mapping[str, object] = {}
        if self.store.reader.entry(base, folder):
            old = self.ledger.content_names(base, event.item, label)
        gone: dict[str, bytes | None] = {
            f"{folder}/{name}": None for name in old if name not in content
        }
        return {**gone, **{f"{folder}/{name}": data for name, data in content.items()}}
