"""One copy of the office: its clocks, its open handles, and what lies in its vault."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from office import Key

from adversary.base import BEGINNING, Base
from docctl import Library


@dataclass
class Site:
    """A library somewhere, the true time, and one person whose clock may be wrong."""

    base: Base
    place: Path
    liar: str = ""
    true: datetime = BEGINNING
    ahead: timedelta = timedelta()
    """How far the liar's clock is ahead of the true time; behind, where it is negative."""

    _handles: dict[bool, Library] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = self.base.copied(self.place / "acme")

    # --- time ---

    @property
    def today(self) -> date:
        return self.true.date()

    def off(self, person: str) -> timedelta:
        """Return by how much somebody's clock is wrong."""
        return self.ahead if person == self.liar else timedelta()

    def now(self, person: str = "") -> datetime:
        return self.true + self.off(person)

    # --- handles ---

    def by(self, person: str) -> Library:
        """Return the handle by which somebody acts, on a machine with that person's clock."""
        wrong = bool(self.off(person))
        if wrong not in self._handles:
            whose = self.liar if wrong else ""
            self._handles[wrong] = Library.open(
                self.root, signer=Key("ada"), clock=lambda: self.now(whose)
            )
        return self._handles[wrong].acting(Key(person))

    def close(self) -> None:
        for one in self._handles.values():
            one.close()
        self._handles.clear()

    # --- what is there, without docctl ---

    @property
    def store(self) -> Path:
        return self.root / "store.git"

    @property
    def head(self) -> str:
        return (self.store / "refs/heads/main").read_text()

    def git(self, *arguments: str, given: bytes = b"", at: Path | None = None) -> bytes:
        command = ["git", f"--git-dir={at or self.store}", *arguments]
        return subprocess.run(command, input=given, check=True, capture_output=True).stdout

    def files(self) -> Mapping[str, int]:
        """Return every file of the vault and of its keys, with its size."""
        return dict(self._files())

    def _files(self) -> Iterator[tuple[str, int]]:
        for shelf in ("vault", "vault-keys"):
            with suppress(FileNotFoundError):
                for folder in os.scandir(self.root / shelf):
                    if folder.is_dir() and len(folder.name) == len("ff"):
                        for one in os.scandir(folder.path):
                            yield f"{shelf}/{folder.name}/{one.name}", one.stat().st_size

    def digest(self, file: str) -> str:
        return sha256((self.root / file).read_bytes()).hexdigest()

    def let_go(self) -> Mapping[str, str]:
        """Return the records that the history has let go, with the path of the statement."""
        listed = self.git("ls-tree", "-r", "--name-only", "main", "records").decode().split()
        paths = [one for one in listed if one.endswith(".disposed.json")]
        return {one.split("/")[-3]: one for one in paths}

    def stored(self, path: str) -> bytes:
        return self.git("cat-file", "blob", f"main:{path}")
