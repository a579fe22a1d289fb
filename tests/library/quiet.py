"""A library whose names are kept in the vault, and what can be seen of them from outside."""

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from firm import TEXT, Clock
from office import Key

from docctl import Founder, Library, Procedure
from docctl.desk.verbs.naming import opaque_id

KARI, OLA = "Kari Nordmann", "Ola Hansen"


class Quiet:
    """A library whose names are kept in the vault: Kari founded it, Ola approves."""

    def __init__(self, root: Path, clock: Clock | None = None) -> None:
        self.root, self.clock = root, clock or Clock()
        self.kari = Library.open(root, signer=Key("kari"), clock=self.clock)
        self.ola = self.kari.acting(Key("ola"))

    @classmethod
    def found(cls, root: Path) -> "Quiet":
        founder = Founder(opaque_id(), KARI, "Quality Manager")
        clock = Clock()
        Library.init(root, organization="Acme Ltd", founder=founder, signer=Key("kari"),
                     clock=clock, names="vault").close()  # fmt: skip
        quiet = cls(root, clock)
        quiet.kari.person_add(None, OLA, key=Key("ola").public_key, roles=["approver", "author"])
        quiet.ola.person_accept()
        number = quiet.kari.new(Procedure(title="Control of documents"), TEXT).number
        quiet.kari.submit(number)
        quiet.ola.approve(number)
        quiet.kari.release(number)
        return quiet

    def erase(self) -> str:
        ola = self.kari.person_found(OLA)
        self.kari.person_leave(ola)
        self.kari.person_erase(ola, reason="Asked for, and no duty to keep it")
        return ola

    def exported(self) -> str:
        return self.kari.export("PRO-001", self.root.parent / "out.md").read_text()

    def objects(self) -> bytes:
        """Return every object of the repository, opened, reachable or not."""
        git = ["git", "--git-dir", str(self.root / "store.git"), "cat-file"]
        whole = [*git, "--batch", "--batch-all-objects"]
        return subprocess.run(whole, check=True, capture_output=True).stdout

    def files(self) -> dict[str, bytes]:
        """Return every file of the library by its path, the index and its journal among them."""
        return {
            str(one.relative_to(self.root)): one.read_bytes()
            for one in self.root.rglob("*")
            if one.is_file()
        }

    def holders(self, name: str) -> list[str]:
        """Return the files that hold a name in any guise, and the history if one of its does."""
        kept = {**self.files(), "history": self.objects()}
        return [path for path, data in kept.items() if any(one in data for one in guesses(name))]

    def codes(self) -> list[str]:
        return [one.code for one in self.kari.verify().problems]


def guesses(name: str) -> Iterator[bytes]:
    """Yield what somebody with a list of names would look for in a history."""
    payload = json.dumps({"name": name}, separators=(",", ":")).encode()
    for text in (name.encode(), name.casefold().encode(), payload, payload.ljust(256)):
        yield text
        for digest in (hashlib.sha256, hashlib.sha512, hashlib.sha1):
            yield digest(text).hexdigest().encode()
            yield digest(text).digest()
