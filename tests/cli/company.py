"""A company that works through the command line: `qm` founded it, `ws` approves."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from docctl import Library, generate_key
from docctl.cli.app import docctl

LATER = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()

TEXT = "## Purpose\n\nSay how it is done.\n\n## Scope\n\nEverything here.\n"


@dataclass(frozen=True)
class Company:
    """A library in `acme`, keys in `keys`, and a desk with files, all below one folder."""

    place: Path

    @classmethod
    def found(cls, place: Path) -> "Company":
        company = cls(place)
        for person in ("qm", "ws", "stranger", "newcomer"):
            generate_key(place / "keys" / person, comment=person)
        who = ("--person", "qm", "--name", "Kari Berg", "--function", "Quality Manager")
        company.done(
            "init", company.root, "--organization", "Acme Ltd", *who, "--key", company.key()
        )
        key = ("--key", company.key("ws.pub"), "--role", "approver", "--role", "management")
        company.done("person", "add", "ws", "--name", "Ola Moe", *key)
        company.done("person", "accept", by="ws")
        return company

    def copy(self, place: Path) -> "Company":
        shutil.copytree(self.place, place, dirs_exist_ok=True)
        return Company(place)

    @property
    def root(self) -> str:
        return str(self.place / "acme")

    @property
    def head(self) -> str | None:
        with Library.open(self.root) as library:
            return library.store.head()

    def key(self, name: str = "qm") -> str:
        return str(self.place / "keys" / name)

    def file(self, name: str, content: str | bytes = TEXT) -> str:
        """Put a file on the desk and return its path."""
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def run(self, *arguments: object, by: str = "qm") -> Result:
        """Run a command, whatever comes of it; by nobody where *by* is empty."""
        front = [] if arguments[0] == "init" else ["-C", self.root]
        front += ["--key", self.key(by)] if by else []
        return CliRunner().invoke(docctl, [*front, *map(str, arguments)])

    def done(self, *arguments: object, by: str = "qm") -> str:
        """Run a command that must succeed, and return what it prints."""
        result = self.run(*arguments, by=by)
        assert result.exit_code == 0, result.output
        assert not result.stderr, result.stderr
        return result.stdout

    def told(self, *arguments: object, by: str = "qm") -> Any:
        """Return what a command answers with `--json`."""
        return json.loads(self.done(*arguments, "--json", by=by))

    def refused(self, code: int, *arguments: object, by: str = "qm") -> str:
        """Run a command that must fail in this way and change nothing; return what it says."""
        before = self.head
        result = self.run(*arguments, by=by)
        assert result.exit_code == code, result.output
        assert not result.stdout
        assert "Traceback" not in result.stderr
        assert isinstance(result.exception, SystemExit)
        assert self.head == before
        return result.stderr

    def signed(self, by: str, *files: object) -> list[str]:
        """Sign files with stock ssh-keygen and return the paths of the signatures."""
        paths, key = [str(file) for file in files], ("-f", self.key(by))
        sign = ("ssh-keygen", "-q", "-Y", "sign", "-n", "docctl-event@v1", *key)
        subprocess.run([*sign, *paths], check=True)
        return [f"{path}.sig" for path in paths]

    def new(self, title: str = "Control of documents", kind: str = "procedure") -> str:
        """Begin a document and return its number."""
        return str(self.told("new", kind, title, "--from", self.file("text.md"))["number"])

    def effective(self, title: str = "Control of documents") -> str:
        """Bring a document into force and return its number."""
        number = self.new(title)
        self.done("submit", number)
        self.done("approve", number, by="ws")
        self.done("release", number)
        return number
