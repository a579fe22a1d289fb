"""Somebody with a key, a clone, and plain Git, who writes what no rule allows and pushes it."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from forging import forged
from office import Key

from adversary.site import Site
from docctl.store.layout import signature_path

Files = Mapping[str, bytes | None]


class NotTaken(Exception):  # noqa: N818 - it is no error: the library's Git refuses a push
    """The push was refused."""


@dataclass
class Thief:
    """What is forged has every form right: its place, its sentence, its chain, its commit."""

    site: Site
    signed: dict[str, bytes | None] = field(default_factory=dict)
    """The files of the change that is being made."""

    summary: str = ""

    @property
    def newest(self) -> datetime:
        bench = self.site.by("ada").bench
        return bench.desk.ledger.newest(bench.head).time

    def forge(
        self, kind: str, item: str, data: Any, *, by: str, role: str = "records", **more: Any
    ) -> "Thief":
        """Write an event that follows what stands there, signed by *key* or by who says it."""
        key = Key(more.pop("key", by))
        time = more.pop("time", None) or max(self.newest, self.site.true)
        said = {"signer": by, "role": role, "tool": "docctl", "reason": "Because", "time": time}
        bench = self.site.by("ada").bench
        self.signed |= forged(bench, kind, item, data, key=key, **(said | more)).files
        self.summary = f"{item}: {kind} by {by}"
        return self.push(self.signed, self.summary, by, time)

    def push(self, files: Files, message: str, author: str, when: datetime) -> "Thief":
        """Commit files in the clone, on what the library has, and push that."""
        clone = self.clone()
        who = f"{author} <{author}@docctl.invalid> {int(when.timestamp())} +0000".encode()
        said = f"{message}\n".encode()
        parts = [b"commit refs/heads/main\nauthor %b\ncommitter %b\n" % (who, who)]
        parts.append(b"data %d\n%b\nfrom refs/heads/main^0\n" % (len(said), said))
        for path, data in files.items():
            if data is None:
                parts.append(f"D {path}\n".encode())
            else:
                parts.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
        self.site.git("fast-import", "--quiet", given=b"".join(parts), at=clone)
        self.signed = {}
        return self.sent("main:main")

    def clone(self) -> Any:
        """Return a clone that has what the library has."""
        clone = self.site.place / "clone.git"
        if not clone.exists():
            # Git would tidy up behind our back, in a place that is removed meanwhile.
            command = ["git", "clone", "-q", "--bare", "--config", "gc.auto=0"]
            command += [str(self.site.store), str(clone)]
            subprocess.run(command, check=True)
        self.site.git("fetch", "-q", str(self.site.store), "+main:main", at=clone)
        return clone

    def sent(self, *what: str) -> "Thief":
        command = ["git", f"--git-dir={self.site.place / 'clone.git'}", "push", "-q"]
        done = subprocess.run(
            [*command, str(self.site.store), *what], capture_output=True, check=False
        )
        if done.returncode:
            raise NotTaken(done.stderr.decode())
        return self

    def folder(self, root: str, item: str) -> list[str]:
        """Return the paths of what stands there about an item."""
        listed = self.site.git("ls-tree", "-r", "--name-only", "main", root).decode().split()
        return [one for one in listed if f"/{item}/events/" in one]

    def edit(self, path: str, old: bytes, new: bytes, by: str, *, sign: bool = True) -> "Thief":
        """Put another text in place of one, signed anew by somebody."""
        text = self.site.stored(path)
        assert old in text, (path, old)
        changed = text.replace(old, new)
        files: dict[str, bytes | None] = {path: changed}
        if sign:
            files[signature_path(path)] = Key(by).sign(changed).encode()
        when = self.newest + timedelta(minutes=1)
        return self.push(files, "A correction", by, when)
