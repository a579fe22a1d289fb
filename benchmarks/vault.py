"""The vault beside the bare work on the same bytes, beside Git blobs, and what memory it takes.

    python benchmarks/vault.py [--mib 256] [--each-kib 100 1024 65536] [--rounds 5]
        [--memory-mib 2048]

A ratio is the median of the ratios of the rounds, in which the sides run one after the other, in
every second round the other way round; a round before them does not count. The bare side writes as
durably: every file and its folder are flushed. Payloads are random bytes, like pictures and office
files, which do not get smaller.

What a round has written is emptied after it, and removed only at the end: for minutes after many
files were removed ext4 takes ten times as long to make a new one, and nobody captures records then.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from goals import at_least, at_most, machine, own_peak, peak

from docctl.model.records.record import Stub
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.writing import Vault
from docctl.store.writing.journal import flush, flush_path

GOALS = (
    ("bare", "write / bare write", 0.8),
    ("git", "write / Git blobs", 10),
    ("scrub", "scrub / bare scrub", 0.7),
)
CHUNK = 1 << 20
HEADER = 33
RECORD = "NC-1"


def vault_in(folder: Path) -> Vault:
    made = Vault([FolderShelf(folder / "payloads")], FolderShelf(folder / "keys"))
    made.create()
    return made


def bare_write(folder: Path, payloads: Sequence[bytes]) -> None:
    """Write and flush, with a SHA-256 and AES-GCM: nothing can do with less."""
    cipher = AESGCM(bytes(32))
    for number, payload in enumerate(payloads):
        file = os.open(folder / str(number), os.O_WRONLY | os.O_CREAT)
        digest = sha256()
        for at in range(0, len(payload), CHUNK):
            piece = payload[at : at + CHUNK]
            digest.update(piece)
            os.write(file, cipher.encrypt(at.to_bytes(12), piece, b""))
        flush(file)
        os.close(file)
    flush_path(folder)


def vault_write(folder: Path, payloads: Sequence[bytes]) -> tuple[Stub, ...]:
    return vault_in(folder).put_many((RECORD, payload) for payload in payloads)


def git_blobs(folder: Path, payloads: Sequence[bytes]) -> Callable[[], None]:
    """Prepare files; the returned work makes blobs of them, in one process and flushed by Git.

    Without being told so Git does not wait for the disk, and a power cut takes them all.
    """
    subprocess.run(["git", "init", "--bare", "--quiet", folder / "g.git"], check=True)
    names = [folder / str(number) for number in range(len(payloads))]
    for name, payload in zip(names, payloads, strict=True):
        name.write_bytes(payload)
    told = "".join(f"{name}\n" for name in names).encode()
    git = ["git", f"--git-dir={folder / 'g.git'}", "-c", "core.fsync=loose-object"]
    argv = [*git, "hash-object", "-w", "--stdin-paths"]
    return lambda: subprocess.run(argv, input=told, check=True, capture_output=True) and None


def bare_scrub(files: Sequence[Path]) -> None:
    """Read, open and digest sealed bytes in pieces; that a tag does not fit costs the same."""
    cipher = AESGCM(bytes(32))
    for path in files:
        digest = sha256()
        with path.open("rb", buffering=0) as file:
            number = 0
            while piece := file.read(CHUNK):
                digest.update(cipher.encrypt(number.to_bytes(12), piece, b""))
                number += 1


class Took(NamedTuple):
    """How long work took, in seconds: by the wall, and of processors, Git's own among them."""

    wall: float
    processor: float

    def over(self, other: "Took") -> "Took":
        return Took(self.wall / other.wall, self.processor / other.processor)


def took(work: Callable[[], object]) -> Took:
    wall, processor = time.perf_counter(), sum(os.times()[:4])
    work()
    return Took(time.perf_counter() - wall, sum(os.times()[:4]) - processor)


def compare(size: int, total: int, rounds: int, work: Path) -> dict[str, Took]:
    """Return how many times as fast as each other side the vault is."""
    payloads = [os.urandom(size) for _ in range(max(1, total // size))]
    found: dict[str, list[Took]] = {"bare": [], "git": [], "scrub": []}
    for number in range(rounds + 1):
        folder = Path(tempfile.mkdtemp(dir=work))
        ratios = one_round(folder, payloads, backwards=number % 2 == 1)
        for side, ratio in ratios.items() if number else ():
            found[side].append(ratio)
        empty(folder)
    return {
        side: Took(*map(statistics.median, zip(*ratios, strict=True)))
        for side, ratios in found.items()
    }


def one_round(folder: Path, payloads: Sequence[bytes], *, backwards: bool) -> dict[str, Took]:
    """Let each side work once; nobody waits for what another one has left to the disk."""
    for side in ("bare", "vault", "git"):
        (folder / side).mkdir()
    stubs: list[Stub] = []
    sides = {
        "bare": lambda: bare_write(folder / "bare", payloads),
        "vault": lambda: stubs.extend(vault_write(folder / "vault", payloads)),
        "git": git_blobs(folder / "git", payloads),
    }
    times: dict[str, Took] = {}
    for side in sorted(sides, reverse=backwards):
        os.sync()
        times[side] = took(sides[side])
    files = [path for path in (folder / "vault/payloads").rglob("*") if path.is_file()]
    vault = vault_in(folder / "vault")
    floor = took(lambda: bare_scrub(files))
    scrub = took(lambda: clean(vault, stubs))
    return {
        "bare": times["bare"].over(times["vault"]),
        "git": times["git"].over(times["vault"]),
        "scrub": floor.over(scrub),
    }


def empty(folder: Path) -> None:
    """Give back what all files take on the disk and in memory, and let them be."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            os.truncate(path, 0)


def clean(vault: Vault, stubs: Sequence[Stub]) -> None:
    assert vault.scrub((RECORD, stub) for stub in stubs)


# --- memory, each piece of work in a process of its own ------------------------------------------


def idle(_: Path) -> None:
    """Import, and end."""


def store(work: Path) -> None:
    with (work / "attachment").open("rb") as source:
        stub = vault_in(work).put(RECORD, source)
    (work / "stub.json").write_text(stub.model_dump_json(), encoding="ascii")


def read(work: Path) -> None:
    stub = Stub.model_validate_json((work / "stub.json").read_bytes())
    assert sum(map(len, vault_in(work).read(RECORD, stub))) == stub.size


WORK = {one.__name__: one for one in (idle, store, read)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mib", type=int, default=256)
    parser.add_argument("--each-kib", type=int, nargs="+", default=[100, 1024, 65536])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory-mib", type=int, default=2048)
    args = parser.parse_args()
    machine()
    with tempfile.TemporaryDirectory(prefix="vault-") as name:
        work = Path(name)
        for kib in args.each_kib:
            found = compare(kib << 10, args.mib << 20, args.rounds, work)
            what = f"payloads of {kib:,} KiB"
            for side, against, goal in GOALS:
                at_least(f"{what}: {against}", found[side].wall, goal)
                print(f"{'by processor time':>54} {found[side].processor:8,.2f} x")
        with (work / "attachment").open("wb") as file:
            file.truncate(args.memory_mib << 20)
        bare = peak(__file__, "idle", work)
        for doing in ("store", "read"):
            what = f"memory to {doing} {args.memory_mib:,} MiB, above idle"
            at_most(what, peak(__file__, doing, work) - bare, 64, "MiB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--only"]:
        WORK[sys.argv[2]](Path(sys.argv[3]))
        print(own_peak())
    else:
        main()
