"""How fast one change lands, beside bare pygit2 and beside a flush of every object.

    python benchmarks/store_write.py [--documents 100 10000] [--rounds 7] [--changes 40]

Every comparison is interleaved in one run, each side on its own copy of the same repository; a
ratio is the median of the ratios of the rounds. Rates of different runs cannot be compared.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pygit2
from goals import at_least, machine

from docctl.store.writing.change import Durability, Store

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
REF = "refs/heads/main"
FLUSH = 0.002


def folder(number: int) -> str:
    return f"documents/PRO/{number // 100:02d}/PRO-{number:05d}/2"


def files(number: int, serial: int) -> dict[str, bytes]:
    rng = random.Random(serial)
    words = b" ".join(b"%08x" % rng.getrandbits(32) for _ in range(140))
    return {
        f"{folder(number)}/events/{serial:04d}.approved.ola.json": words[:1200],
        f"{folder(number)}/events/{serial:04d}.approved.ola.sig": rng.randbytes(400),
        f"{folder(number)}/content/meta.json": words[-1000:],
    }


def template(path: Path, documents: int) -> None:
    """Make a packed repository with *documents* documents."""
    Store.create(path).close()
    stream = [b"commit %b\ncommitter a <a@b> 1700000000 +0000\ndata 1\nx\n" % REF.encode()]
    for number in range(documents):
        for name, data in files(number, 1).items():
            stream.append(b"M 100644 inline %b\ndata %d\n%b\n" % (name.encode(), len(data), data))
    fast_import = ["git", f"--git-dir={path}", "fast-import", "--quiet"]
    subprocess.run(fast_import, input=b"".join(stream), check=True)


class Bare:
    """What pygit2 needs for the same commit, and nothing else."""

    def __init__(self, path: Path) -> None:
        self.repo = pygit2.Repository(str(path))
        self.who = pygit2.Signature("ola", "ola@docctl.invalid", int(WHEN.timestamp()), 0)
        self.made: list[pygit2.Oid] = []

    def land(self, changed: Mapping[str, bytes]) -> None:
        plan: dict = {}
        for path, data in changed.items():
            *above, name = path.split("/")
            node = plan
            for step in above:
                node = node.setdefault(step, {})
            node[name] = self.kept(self.repo.create_blob(data))
        head = self.repo.references[REF].target
        tree = self.grow(self.repo[head].tree, plan)
        self.kept(self.repo.create_commit(REF, self.who, self.who, "x\n", tree, [head]))

    def grow(self, base: pygit2.Tree | None, plan: dict) -> pygit2.Oid:
        builder = self.repo.TreeBuilder(base) if base is not None else self.repo.TreeBuilder()
        for name, below in plan.items():
            if isinstance(below, dict):
                child = base[name] if base is not None and name in base else None
                builder.insert(name, self.grow(child, below), pygit2.enums.FileMode.TREE)
            else:
                builder.insert(name, below, pygit2.enums.FileMode.BLOB)
        return self.kept(builder.write())

    def kept(self, oid: pygit2.Oid) -> pygit2.Oid:
        self.made.append(oid)
        return oid

    def close(self) -> None:
        self.repo.free()


class Flushed(Bare):
    """The same, made durable with one flush for each object and one for the ref."""

    def land(self, changed: Mapping[str, bytes]) -> None:
        self.made.clear()
        super().land(changed)
        names = [f"objects/{str(oid)[:2]}/{str(oid)[2:]}" for oid in self.made]
        for name in (*names, REF):
            file = os.open(self.repo.path + name, os.O_RDONLY)
            os.fsync(file)
            os.close(file)


class Ours:
    def __init__(self, path: Path, durability: Durability) -> None:
        self.store = Store.open(path, durability=durability)

    def land(self, changed: Mapping[str, bytes]) -> None:
        self.store.land(changed, message="x", author="ola", when=WHEN)

    def close(self) -> None:
        self.store.close()


@contextmanager
def slow_flushes() -> Iterator[None]:
    """Add what a disk that really flushes takes to every flush of this process."""
    kept = {name: getattr(os, name) for name in ("fsync", "fdatasync", "sync")}

    def slowed(call: Callable) -> Callable:
        return lambda *args: (time.sleep(FLUSH), call(*args))

    for name, call in kept.items():
        setattr(os, name, slowed(call))
    try:
        yield
    finally:
        for name, call in kept.items():
            setattr(os, name, call)


Side = tuple[str, Callable[[Path], "Bare | Ours"], int]


def compare(work: Path, sides: list[Side], rounds: int, changes: int) -> dict[str, list[float]]:
    """Return seconds per change of each side, round by round."""
    open_sides = {}
    for label, opened, documents in sides:
        copy = work / label.replace(" ", "-")
        shutil.copytree(work / f"template-{documents}", copy)
        open_sides[label] = opened(copy), documents
    taken: dict[str, list[float]] = {label: [] for label in open_sides}
    rng = random.Random(7)
    serial = 2
    for number in range(rounds + 1):  # the first round only warms up
        picks = [rng.random() for _ in range(changes)]
        for label in rng.sample(list(open_sides), len(open_sides)):
            side, documents = open_sides[label]
            made = [files(int(pick * documents), serial + i) for i, pick in enumerate(picks)]
            began = time.perf_counter()
            for changed in made:
                side.land(changed)
            if number:
                taken[label].append((time.perf_counter() - began) / changes)
        serial += changes
    for label, (side, _) in open_sides.items():
        side.close()
        shutil.rmtree(work / label.replace(" ", "-"))
    return taken


def row(taken: dict[str, list[float]], what: str, beside: str, goal: float) -> None:
    ratio = statistics.median(b / w for w, b in zip(taken[what], taken[beside], strict=True))
    rates = (1 / statistics.median(taken[what]), 1 / statistics.median(taken[beside]))
    at_least(f"{what} / {beside}", ratio, goal)
    print(f"  {rates[0]:,.0f} and {rates[1]:,.0f} changes/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs=2, default=(100, 10_000))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--changes", type=int, default=40)
    given = parser.parse_args()
    machine()
    few, many = given.documents
    with tempfile.TemporaryDirectory(prefix="store-write-") as name:
        work = Path(name)
        for documents in (few, many):
            template(work / f"template-{documents}", documents)
        quick: list[Side] = [
            ("pygit2", Bare, many),
            ("docctl", lambda path: Ours(path, "none"), many),
            (f"docctl {few}", lambda path: Ours(path, "none"), few),
            ("docctl journal", lambda path: Ours(path, "journal"), many),
        ]
        taken = compare(work, quick, given.rounds, given.changes)
        row(taken, "docctl", "pygit2", 0.9)
        row(taken, "docctl", f"docctl {few}", 0.85)
        row(taken, "docctl journal", "pygit2", 0.0)
        durable: list[Side] = [
            ("docctl journal", lambda path: Ours(path, "journal"), many),
            ("flush per object", Flushed, many),
            (f"docctl journal {few}", lambda path: Ours(path, "journal"), few),
        ]
        with slow_flushes():
            taken = compare(work, durable, given.rounds, given.changes)
        print(f"every flush {FLUSH * 1000:.0f} ms slower:")
        row(taken, "docctl journal", "flush per object", 2.5)
        row(taken, "docctl journal", f"docctl journal {few}", 0.85)


if __name__ == "__main__":
    main()
