"""What is cut short: a scene, the deed, how it is resumed, and how everything stands in the end."""

import hashlib
import json
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from archive import RECORD, Keeping
from firm import Clock, Firm

from docctl.errors import NotFoundError, RetentionError
from docctl.model.records.hold import TransferReceivedData
from docctl.rules.records.chain import data_of

#: Two chunks as they are sealed, and a small file.
FILES = {"photo.bin": bytes(range(256)) * 5000, "note.txt": b"Read on the gauge"}

FORM: dict[str, Any] = {
    "properties": {
        "site": {"type": "string"}, "what": {"type": "string"}, "who": {"type": "string"},
    },
    "required": ["site", "what"],
}  # fmt: skip


@contextmanager
def opened(root: Path, now: datetime) -> Iterator[Keeping]:
    """Open a library some days later than it was copied."""
    keeping = Keeping(Firm(root, clock=Clock(now)))
    try:
        yield keeping
    finally:
        keeping.firm.close()


def twice(keeping: Keeping) -> None:
    """Let the vault have two copies from now on."""
    _told(keeping, 'vault = ["vault", "copy"]\n')
    keeping.firm.ada.vault_copy(begin=["copy"])


def _told(keeping: Keeping, settings: str) -> None:
    (keeping.firm.root / "docctl.toml").write_text(settings)
    keeping.firm.close()
    keeping.firm = Firm(keeping.firm.root, clock=keeping.firm.clock)


def lying(keeping: Keeping) -> tuple[int, int, int]:
    """Return how many files lie in the vault, in its copy and among the keys."""
    return tuple(  # type: ignore[return-value]
        sum(
            one.is_file() and one.parent.name != "mark"
            for one in (keeping.firm.root / name).rglob("*")
        )
        for name in ("vault", "copy", "vault-keys")
    )


def capture(keeping: Keeping, form: str = "FRM-001", **fields: Any) -> str:
    said = {**RECORD, **fields}
    return keeping.by("ben").record_capture(form, said, attachments=FILES).entry.record


def _stays(keeping: Keeping) -> None:
    assert keeping.by("ben").record_show("FRM-001-0001").fields["what"] == "A leak"


class Deed(ABC):
    """Something that may be cut short. One record `stays`, whatever happens."""

    name: ClassVar[str]
    #: What `verify` may say before it is resumed.
    open_codes: ClassVar[frozenset[str]] = frozenset()
    #: How many files lie in the vault, its copy and among the keys once it is done.
    left: ClassVar[tuple[int, int, int]]

    def scene(self, keeping: Keeping) -> None:
        """Bring about what is to be there: the record that stays, in a vault of two copies."""
        capture(keeping)
        twice(keeping)

    @abstractmethod
    def act(self, keeping: Keeping) -> None:
        """Do it."""

    def begun(self, keeping: Keeping) -> None:
        """Look at what a cut has left."""
        _stays(keeping)

    def resume(self, keeping: Keeping) -> None:
        """Go on as a person would; what was done already may be refused, and changes nothing."""
        with suppress(RetentionError):
            self.act(keeping)

    @abstractmethod
    def done(self, keeping: Keeping) -> None:
        """Look at how it stands once it was resumed."""


class Capturing(Deed):
    name = "a capture with files"
    left = (6, 6, 2)

    def act(self, keeping: Keeping) -> None:
        capture(keeping, what="A new one")

    def begun(self, keeping: Keeping) -> None:
        super().begun(keeping)
        with suppress(NotFoundError):
            self.done(keeping)

    def resume(self, keeping: Keeping) -> None:
        if len(keeping.by("ben").record_list()) == 1:
            self.act(keeping)

    def done(self, keeping: Keeping) -> None:
        shown = keeping.by("ben").record_show("FRM-001-0002")
        assert shown.fields["what"] == "A new one"
        assert [one.name for one in shown.statements[0].attachments] == [*FILES]


class Amending(Deed):
    name = "an amendment with a file"
    left = (5, 5, 1)

    def act(self, keeping: Keeping) -> None:
        keeping.by("ria").record_amend(
            "FRM-001-0001", {"weight": 3}, reason="Read again", attachments={"new.txt": b"New"}
        )

    def resume(self, keeping: Keeping) -> None:
        if keeping.by("ben").record_show("FRM-001-0001").fields["weight"] != 3:
            self.act(keeping)

    def done(self, keeping: Keeping) -> None:
        shown = keeping.by("ben").record_show("FRM-001-0001")
        assert len(shown.statements) == 2
        assert [one.name for one in shown.statements[1].attachments] == ["new.txt"]


class Copying(Deed):
    name = "a new copy of the vault"
    left = (6, 6, 2)
    open_codes = frozenset({"unreadable-vault"})

    def scene(self, keeping: Keeping) -> None:
        super().scene(keeping)
        _told(keeping, "")
        (keeping.firm.root / "copy").rename(keeping.firm.root / "gone")
        capture(keeping)
        _told(keeping, 'vault = ["vault", "copy"]\n')

    def act(self, keeping: Keeping) -> None:
        assert keeping.firm.ada.vault_copy(begin=["copy"]).sound

    def done(self, keeping: Keeping) -> None:
        assert keeping.firm.ada.vault_copy().mended == ()


# --- disposal -----------------------------------------------------------------------------------


class Disposing(Deed):
    """Two records go, the second of them as a paper that was never looked at."""

    action: ClassVar[str] = "destroy"
    result: ClassVar[str] = "destroyed"
    steps: ClassVar[tuple[str, ...]] = ("propose", "authorise", "run")
    #: The step that is cut short; those before it are the scene.
    step: ClassVar[str] = "run"
    left = (3, 3, 1)
    open_codes = frozenset({"unfinished-disposal"})

    def scene(self, keeping: Keeping) -> None:
        super().scene(keeping)
        form = keeping.form("logs", FORM, personal=["who"])
        if self.action != "destroy":  # as it is
            keeping.reschedule("logs", action=self.action)
        said = {"site": "Oslo", "what": "A leak", "who": "Ola"}
        for _ in range(2):
            keeping.by("ben").record_capture(form, said, attachments=FILES)
        keeping.by("kim").hold_place(matter="C", reason="R", records=["FRM-001-0001"])
        keeping.wait(31)
        for step in self.steps[: self.steps.index(self.step)]:
            getattr(self, step)(keeping)

    def act(self, keeping: Keeping) -> None:
        getattr(self, self.step)(keeping)

    def propose(self, keeping: Keeping) -> None:
        if not keeping.by("ria").retention_list():
            keeping.by("ria").retention_propose("FRM-003-0001", "FRM-003-0002")

    def authorise(self, keeping: Keeping) -> None:
        if keeping.by("rob").retention_show("D-1").state == "proposed":
            keeping.by("rob").retention_authorise("D-1")
        keeping.wait(3)

    def run(self, keeping: Keeping) -> None:
        keeping.by("ria").retention_run("D-1")

    def resume(self, keeping: Keeping) -> None:
        for step in self.steps[self.steps.index(self.step) :]:
            with suppress(RetentionError):
                getattr(self, step)(keeping)

    def done(self, keeping: Keeping) -> None:
        (shown,) = keeping.by("ria").retention_list()
        assert shown.state == "certified"
        assert [one.result for one in shown.outcomes] == [self.result] * 2


class Proposing(Disposing):
    name, step = "a proposal", "propose"


class Authorising(Disposing):
    name, step = "an authorisation", "authorise"


class Destroying(Disposing):
    name = "a destruction"


class Anonymising(Disposing):
    name, action, result, left = "making anonymous", "anonymise", "anonymised", (5, 5, 3)

    def done(self, keeping: Keeping) -> None:
        super().done(keeping)
        for number in ("FRM-003-0001", "FRM-003-0002"):
            fields = keeping.by("ben").record_show(number).fields
            assert fields == {"site": "Oslo", "what": "A leak"}


class ProposingAnonymity(Anonymising):
    name, step = "a proposal to make anonymous", "propose"


class AuthorisingAnonymity(Anonymising):
    name, step = "leave to make anonymous", "authorise"


class Transferring(Disposing):
    """What a receiver has goes from here."""

    name, action, result = "a transfer", "transfer", "transferred"
    steps = ("propose", "authorise", "package", "receive", "run")

    def to(self, keeping: Keeping) -> Path:
        return keeping.firm.root / "package"

    def package(self, keeping: Keeping) -> None:
        keeping.by("ria").retention_package("D-1", self.to(keeping))

    def receive(self, keeping: Keeping) -> None:
        receipt = keeping.firm.root / "receipt.txt"
        receipt.write_text("We have it.")
        keeping.by("ria").retention_receive(
            "D-1", package=self.to(keeping), receipt=receipt, receiver="City archive"
        )

    def done(self, keeping: Keeping) -> None:
        super().done(keeping)
        self.packed(keeping)
        disposal = keeping.firm.ada.bench.archive().disposal("D-1")
        assert disposal
        receipts = [data_of(one) for one in disposal.chain.events]
        assert sum(isinstance(one, TransferReceivedData) for one in receipts) == 1

    def packed(self, keeping: Keeping) -> None:
        """Every file of the package is there as its manifest has it, and nothing else."""
        to = self.to(keeping)
        listed = json.loads((to / "manifest.json").read_text())["files"]
        found = {
            one.relative_to(to).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
            for one in to.rglob("*")
            if one.is_file() and one.name != "manifest.json"
        }
        assert found == {name: one["sha256"] for name, one in listed.items()}


class Packaging(Transferring):
    name, step = "a package", "package"

    def begun(self, keeping: Keeping) -> None:
        """A manifest is there only once everything is there that it lists."""
        super().begun(keeping)
        if (self.to(keeping) / "manifest.json").exists():
            self.packed(keeping)


class Sealing(Packaging):
    name = "a sealed archive"

    def to(self, keeping: Keeping) -> Path:
        return keeping.firm.root / "package.zip"

    def package(self, keeping: Keeping) -> None:
        key = keeping.firm.root / "package.key"
        keeping.by("ria").retention_package("D-1", self.to(keeping), seal_with=key)

    def packed(self, keeping: Keeping) -> None:
        with zipfile.ZipFile(self.to(keeping)) as archive:
            assert archive.testzip() is None
            assert json.loads(archive.read("manifest.json"))["sealed"]

    def begun(self, keeping: Keeping) -> None:
        super().begun(keeping)
        if self.to(keeping).exists():
            self.packed(keeping)


class Receiving(Transferring):
    name, step = "a receipt", "receive"


# --- decisions ----------------------------------------------------------------------------------


class Reviewing(Deed):
    """Somebody decides about a record whose time of keeping is over."""

    name = "a decision to keep"
    left = (6, 6, 2)
    decision: ClassVar[dict[str, Any]] = {"until": 90}

    def scene(self, keeping: Keeping) -> None:
        super().scene(keeping)
        keeping.reschedule("logs", action="review")
        capture(keeping)
        keeping.wait(31)

    def act(self, keeping: Keeping) -> None:
        if self._decided(keeping):
            return
        ria = keeping.by("ria")
        days = self.decision.get("until")
        more = {"until": ria.today() + timedelta(days=days)} if days else self.decision
        ria.retention_review("FRM-001-0002", reason="Looked at", **more)

    def _decided(self, keeping: Keeping) -> int:
        record = keeping.firm.ada.bench.archive().record("FRM-001-0002")
        assert record
        return sum(one.event.type == "retention_reviewed" for one in record.chain.events)

    def done(self, keeping: Keeping) -> None:
        assert self._decided(keeping) == 1
        states = {one.record: one.state for one in keeping.by("ria").retention_due()}
        assert states["FRM-001-0002"] == "running"


class LettingGo(Reviewing):
    name, left, decision = "a decision to destroy", (3, 3, 1), {"then": "destroy"}

    def resume(self, keeping: Keeping) -> None:
        super().resume(keeping)
        if not keeping.by("ria").retention_list():
            keeping.disposed("FRM-001-0002")

    def done(self, keeping: Keeping) -> None:
        assert self._decided(keeping) == 1
        assert [one.state for one in keeping.by("ria").retention_list()] == ["certified"]


DEEDS = (
    Capturing, Amending, Copying, Proposing, Authorising, Destroying, ProposingAnonymity,
    AuthorisingAnonymity, Anonymising, Packaging, Sealing, Receiving, Transferring, Reviewing,
    LettingGo,
)  # fmt: skip
