"""A firm that works through `Library`: a real store, people with real keys, a clock of its own.

    firm = Firm.found(path)
    number = firm.reach(State.EFFECTIVE)
    firm.by("eva").approve(number)

Keys follow from their holders' names. The clock moves a minute whenever it is read.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import pytest
from office import Key

from docctl import DocctlError, Founder, Library, Procedure, State
from docctl.model.answers.status import Status
from docctl.model.control import CONTROL, ControlSettings

BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

#: Who works here beside `ada`, who founded it, and in which roles.
CAST: Mapping[str, tuple[str, ...]] = {
    "ben": ("author",),
    "cat": ("reviewer",),
    "eva": ("approver",),
    "kim": ("approver", "management"),
    "max": ("administrator",),
}

TEXT = """\
## Purpose

Say how it is done.

## Scope

All of it.
"""

#: What has to be done with a new document to bring it into a state.
WAYS: Mapping[State, tuple[str, ...]] = {
    State.DRAFT: (),
    State.IN_REVIEW: ("submit",),
    State.APPROVED: ("submit", "sign"),
    State.SCHEDULED: ("submit", "sign", "schedule"),
    State.EFFECTIVE: ("submit", "sign", "release"),
    State.SUSPENDED: ("submit", "sign", "release", "suspend"),
    State.WITHDRAWN: ("submit", "sign", "release", "withdraw", "sign"),
    State.CANCELLED: ("cancel",),
}


class Clock:
    """The present, a minute later at every look."""

    def __init__(self, now: datetime = BEGINNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


def files_below(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder and below it, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Firm:
    """A library and the people who work with it. `ada` opened it."""

    def __init__(self, root: Path, *, clock: Clock | None = None, **options: Any) -> None:
        self.root = root
        #: The names of the keys that people use now, where these are not their first ones.
        self.keys: dict[str, str] = {}
        self.clock = clock or Clock()
        self.ada = Library.open(root, signer=Key("ada"), clock=self.clock, **options)

    @classmethod
    def found(
        cls, root: Path, cast: Mapping[str, tuple[str, ...]] = CAST, **options: Any
    ) -> "Firm":
        clock = Clock()
        options.setdefault("time_zone", "Europe/Oslo")
        founder = Founder("ada", "Ada Ask", "Quality Manager")
        who = {"organization": "Acme Ltd", "founder": founder, "signer": Key("ada")}
        Library.init(root, clock=clock, **who, **options).close()
        firm = cls(root, clock=clock)
        for person, roles in cast.items():
            firm.add(person, *roles)
        return firm

    def copy(self, root: Path, **options: Any) -> "Firm":
        """Return the same firm in another place, at the same time of day."""
        shutil.copytree(self.root, root)
        return Firm(root, clock=Clock(self.clock.now), **options)

    def reopened(self, **options: Any) -> "Firm":
        """Return another handle on the same library."""
        return Firm(self.root, clock=self.clock, **options)

    def close(self) -> None:
        self.ada.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- people ------------------------------------------------------------------------------

    def by(self, person: str) -> Library:
        """Return the handle by which somebody acts; without a key where nobody is named."""
        return (
            self.ada.acting(Key(self.keys.get(person, person)))
            if person
            else replace(self.ada, signer=None)
        )

    def add(self, person: str, *roles: str) -> None:
        """Take a person up, who accepts the key at once."""
        self.ada.person_add(person, person.title(), key=Key(person).public_key, roles=roles)
        self.by(person).person_accept()

    # --- what stands in the store ------------------------------------------------------------

    @property
    def head(self) -> str:
        return str(self.ada.store.head())

    @property
    def files(self) -> dict[str, bytes | str]:
        """Every file of the library by its path; the index, a cache, is left out."""
        return {
            str(path.relative_to(self.root)): path.read_bytes() if path.is_file() else "no file"
            for path in self.root.rglob("*")
            if path.name != "index.sqlite" and not path.is_dir()
        }

    def working(self, number: str) -> Path:
        """Return the path of a document's working copy."""
        return self.root / "drafts" / number / "document.md"

    @contextmanager
    def refuses(
        self, error: type[DocctlError], match: str | None = None
    ) -> Iterator[pytest.ExceptionInfo[DocctlError]]:
        """Expect exactly this error, with a hint, and that nothing at all has changed."""
        before, head = self.files, self.head
        with pytest.raises(error, match=match) as caught:
            yield caught
        assert type(caught.value) is error
        assert caught.value.hint
        assert self.head == head
        after = self.files
        for files in (before, after):  # who wrote last is noted in the lock
            files.pop("store.git/docctl/lock", None)
        assert after == before

    # --- documents ---------------------------------------------------------------------------

    def new(self, title: str = "Control of documents", body: str = TEXT, **given: Any) -> str:
        """Let `ben` begin a procedure, and return its number."""
        return self.by("ben").new(Procedure(title=title), body, **given).number

    def reach(self, state: State, **given: Any) -> str:
        """Begin a document, bring it into a state, and return its number."""
        number = self.new(**given)
        for step in WAYS[state]:
            getattr(self, step)(number)
        return number

    def submit(self, number: str) -> None:
        self.by("ben").submit(number)

    def sign(self, number: str) -> Status:
        """Let the route sign whatever is still missing, in its order."""
        while missing := self._open_steps(number):
            step = min(missing, key=lambda one: one.order)
            signed = {vote.event.signer for vote in self._round(number).votes}
            person = next(one for one in step.persons if one not in signed)
            verb: Callable[[Library, str], Status] = _VOTES[step.meaning]
            verb(self.by(person), number)
        return self.ada.status(number)

    def _round(self, number: str) -> Any:
        dossier = self.ada.bench.get(number)
        return dossier.proposal or dossier.newest.round

    def _open_steps(self, number: str) -> Any:
        dossier = self.ada.bench.get(number)
        if dossier.proposal is None and dossier.newest.phase != "in_review":
            return ()
        return self._round(number).standing().missing

    def release(self, number: str) -> None:
        self.ada.release(number)

    def schedule(self, number: str) -> None:
        self.ada.release(number, effective_on=self.today + timedelta(days=10))

    def suspend(self, number: str) -> None:
        self.ada.suspend(number, reason="A leak", instruction="Stop.")

    def withdraw(self, number: str) -> None:
        self.ada.withdraw(number, reason="Not needed any more")

    def cancel(self, number: str) -> None:
        self.by("ben").cancel(number, reason="Not needed any more")

    def revise(self, number: str, body: str = TEXT + "\nBetter.\n", **given: Any) -> None:
        """Open the next revision and save another text."""
        ben = self.by("ben")
        ben.revise(number, reason="It changed", **given)
        label = ben.status(number).revision
        text = ben.text(number, label)
        ben.save_text(number, type(text)(text.document, body, text.attachments))

    def change_control(self, settings: ControlSettings) -> None:
        """Bring new control settings into force by their route."""
        self.ada.control_change(settings, reason="It changed")
        self.ada.submit(CONTROL)
        self.sign(CONTROL)
        self.ada.release(CONTROL)

    @property
    def today(self) -> date:
        return self.ada.today()


_VOTES: Mapping[str, Callable[[Library, str], Status]] = {
    "reviewed": lambda library, number: library.review(number),
    "approved": lambda library, number: library.approve(number),
}
