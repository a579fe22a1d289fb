"""A library that an attacker may do anything to, and the book in which attacks are written."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from forge import Forge
from office import Office

from docctl.model.answers.register import Verification
from docctl.model.lifecycle import State
from docctl.store.git import Git
from docctl.store.reading.reader import Reader
from docctl.store.writing.change import Store
from docctl.verify import verify


class Scene:
    """A copy of a library with its office, for one attack.

    PRO-001 is effective, PRO-002 in review, PRO-003 approved, PRO-004 a draft.
    """

    def __init__(self, office: Office, origin: Path, path: Path) -> None:
        shutil.copytree(origin, path)
        self.path = path
        self.store = Store.open(path, durability="none")
        self.office = office.copied(self.store)
        self.forge = Forge(path)

    def verified(self) -> Verification:
        """Verify the store as it stands."""
        return verified(self.path)

    def close(self) -> None:
        self.store.close()
        self.forge.reader.git.close()

    def read(self, path: str) -> bytes:
        """Return a file of the head."""
        entry = self.forge.reader.entry(self.forge.head, path)
        assert entry is not None
        return self.forge.reader.read(entry.oid)


def verified(path: Path) -> Verification:
    """Verify the store at a path."""
    git = Git(path)
    try:
        return verify(Reader(git))
    finally:
        git.close()


def codes(path: Path) -> list[str]:
    """Return the codes of the problems of the store at a path."""
    return [one.code for one in verified(path).problems]


def furnished(path: Path) -> Office:
    """Return the office of a library with four documents."""
    office = Office.found(path)
    for index, state in enumerate(
        (State.EFFECTIVE, State.IN_REVIEW, State.APPROVED, State.DRAFT), start=1
    ):
        office.reach(f"PRO-{index:03d}", state)
    subprocess.run(["git", "-C", path, "gc", "-q"], check=True)
    return office


class Desk(Protocol):
    """Where an attack by events takes place: in a store, or before a judge alone."""

    office: Office


class Attack(NamedTuple):
    """What somebody does to the library, and what `verify` must say of it."""

    name: str
    codes: tuple[str, ...]
    run: Callable[[Any], None]


Deed = Callable[[Any], None]


class Book(list[Attack]):
    """Attacks, in the order in which they were written."""

    def attack(self, *codes: str) -> Callable[[Deed], Deed]:
        """Take up a function whose name says what it does."""

        def taken(deed: Deed) -> Deed:
            self.append(Attack(deed.__name__, codes, deed))
            return deed

        return taken
