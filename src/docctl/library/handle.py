"""The handle on a library: where it lies, who acts, and the present."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from docctl.desk.bench import Bench
from docctl.desk.metadata.fractions import check_class
from docctl.desk.signing.intent import Intent
from docctl.desk.signing.landing import Desk
from docctl.desk.signing.prepared import Prepared
from docctl.desk.status import status_of
from docctl.desk.verbs.after import AFTER_RULES
from docctl.desk.verbs.private import require_impersonal
from docctl.desk.verbs.table import AGAIN, VERBS, require_arguments
from docctl.errors import InputError, OvertakenError, SignerError, TakenError
from docctl.library.checked import checked
from docctl.library.local import DRAFTS, INDEX, Local, opened_store, opened_vaults
from docctl.model.answers.status import Status
from docctl.model.base import PersonId
from docctl.model.document import Document
from docctl.model.wellformed import well_formed
from docctl.store.drafts import Drafts
from docctl.store.index import Index
from docctl.store.names import VaultNames
from docctl.store.writing.change import Store
from docctl.trust.keys import PublicKey
from docctl.trust.signers import KeyFile, Presigned, Signer

#: How often a change is signed where others are quicker every time.
ATTEMPTS = 20


def now() -> datetime:
    """Return the present: the clock of this machine, in UTC."""
    return datetime.now(UTC)


def tool() -> str:
    """Return the name and version that events carry."""
    return f"docctl {version('docctl')}"


@checked
@dataclass(frozen=True)
class Handle:
    """An open library. It belongs to one thread and process, and is cheap to open.

    Use it in a `with` block, or call `close`.
    """

    root: Path
    store: Store
    signer: Signer | None = None
    clock: Callable[[], datetime] = now
    classes: Sequence[type[Document]] = ()
    guest: bool = False
    """Whether the store belongs to another handle: closing this one leaves it open."""

    with_personal_data: bool = False
    """Whether what looks like personal data may be signed into the history."""

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        signer: Signer | None = None,
        clock: Callable[[], datetime] = now,
        documents: Sequence[type[Document]] = (),
        with_personal_data: bool = False,
    ) -> Self:
        """Open the library in a folder.

        *signer* signs what is done through this handle; without one the key file that
        `docctl.toml` names is used. *clock* returns the present as an aware datetime.
        *documents* are an application's own document classes. Reasons, titles and identifiers that
        look like a person's address or number are refused, unless *with_personal_data* is true.

        Raises:
            NotFoundError: there is no library.
            NewerFormatError: a newer docctl wrote it.
            InputError: a field of a class holds fractions, which cannot be signed.
        """
        for viewed in documents:
            check_class(viewed)
        root = Path(path)
        local, store = Local.read(root), opened_store(root)
        chosen = signer or (KeyFile(local.key) if local.key else None)
        handle = cls(
            root, store, chosen, clock, tuple(documents), with_personal_data=with_personal_data
        )
        try:
            handle.bench.desk.ledger.check_format(handle.bench.head)
        except BaseException:
            handle.close()
            raise
        return handle

    def close(self) -> None:
        """Give back the processes and files that the handle holds."""
        if "bench" in self.__dict__:
            self.index.close()
        if not self.guest:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def bench(self) -> Bench:
        """What the verbs work with."""
        library = cache(lambda: desk.ledger.identity(desk.head()))
        vaults = opened_vaults(Local.read(self.root), library)
        desk = Desk(self.store, clock=self.clock, tool=tool(), names=VaultNames(vaults.own))
        drafts, index = Drafts(self.root / DRAFTS), Index(self.root / INDEX, desk.ledger)
        return Bench(desk, drafts, vaults, index, self.classes)

    @property
    def index(self) -> Index:
        """The cache that reading commands use; deleting its file loses nothing."""
        return self.bench.index

    def acting(self, signer: Signer | PublicKey) -> Self:
        """Return a handle on the same library by which somebody else acts, while this one is open.

        For somebody whose private key is elsewhere a public key is enough: see `prepare`.
        """
        chosen = Presigned(signer) if isinstance(signer, PublicKey) else signer
        other = replace(self, signer=chosen, guest=True)
        other.__dict__["bench"] = self.bench  # what one has read, the other need not read again
        return other

    def note_key(self, key: Path) -> None:
        """Note a key file in `docctl.toml`: the one to sign with where no other is named."""
        Local(key.absolute()).write(self.root)

    def require_signer(self) -> Signer:
        """Return who signs.

        Raises:
            SignerError: nobody does.
        """
        if self.signer is None:
            raise SignerError(
                "this needs a signature, and no key was named",
                hint="name one with --key FILE, or in docctl.toml",
            )
        return self.signer

    def whoami(self) -> PersonId:
        """Return the person whose key signs through this handle."""
        return self.bench.desk.person(self.require_signer().public_key)

    def today(self) -> date:
        """Return the business date now, in CONTROL's time zone."""
        return self.bench.today()

    def prepare(self, verb: str, *arguments: Any, **options: Any) -> Prepared:
        """Return the exact bytes that a verb would sign, without signing them.

        *verb* and its arguments are those of the table `docctl.desk.verbs.table.VERBS`; most are
        those of the method of that name. Of the one who acts a public key is enough. Hand the
        signature to `land`.

        Raises:
            InputError: there is no such verb, or a value has the wrong form.
            RefusedError: a rule forbids it.
        """
        if verb not in VERBS:
            raise InputError(f"there is no verb {verb!r}", hint=f"verbs: {', '.join(VERBS)}")
        key = self.require_signer().public_key
        require_arguments(self.bench, verb, *arguments, **options)
        with well_formed():
            intents: Sequence[Intent] = VERBS[verb](self.bench, *arguments, **options)
            prepared = self.bench.desk.prepare(intents, key=key)
            if not self.with_personal_data:
                require_impersonal(prepared, self.store.reader, self.bench.world.authority)
            if verb in AFTER_RULES:
                AFTER_RULES[verb](self.bench, *arguments, **options)
            return prepared

    def act(self, verb: str, *arguments: Any, **options: Any) -> Prepared:
        """Prepare, sign and land a verb; return what landed.

        Where somebody else was quicker, it is prepared and signed again, if the table
        `docctl.desk.verbs.table.AGAIN` says that nothing of what was asked for is then another.

        Raises:
            OvertakenError: somebody else was quicker.
            RefusedError: a rule forbids it.
        """
        prepared = self._settled(verb, *arguments, **options)
        for _ in range(ATTEMPTS):
            try:
                self.bench.desk.carry_out(prepared, self.require_signer())
            except (OvertakenError, TakenError):
                if verb not in AGAIN:
                    raise
                anew = self._settled(verb, *arguments, **options)
                if not AGAIN[verb](prepared, anew):
                    raise
                prepared = anew
            else:
                return prepared
        raise OvertakenError(
            prepared.statements[0].event.item, hint="many write at once: repeat it in a moment"
        )

    def _settled(self, verb: str, *arguments: Any, **options: Any) -> Prepared:
        """Prepare a verb; once more where somebody wrote while it was looked what there is."""
        head = self.bench.head
        try:
            return self.prepare(verb, *arguments, **options)
        except (OvertakenError, TakenError):
            if self.bench.head == head:
                raise
        return self._settled(verb, *arguments, **options)

    def status(self, number: str, *, label: str | None = None) -> Status:
        """Return how a document stands: the revision that is open, or the one in force.

        Raises:
            NotFoundError: there is no such document or revision.
        """
        if label is not None:
            self.bench.revision_of(number, label, self.today())
        day = self.bench.day(self.today())
        return status_of(self.bench, day, self.bench.get(number), label)
