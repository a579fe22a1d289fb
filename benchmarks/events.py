"""One signed lifecycle event of the whole product, beside a bare, unsigned pygit2 commit.

    python benchmarks/events.py [--documents 100 10000] [--repeats 3]

The event is an `assign` through `Library`: prepared, judged, signed, verified, landed. Beside it
pygit2 commits files of the same names and sizes to a copy of the same repository: first without
flushes on either side, then durably, where every flush takes 2 ms more and pygit2 waits for each
object. All sides take turns in every round; a ratio is the median of the ratios of the rounds.

No document is touched twice: 100 of them, spread over the library, and then a fresh copy of it.
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from goals import machine
from populating import Ticking, found, populate
from store_write import FLUSH, Bare, Flushed, row, slow_flushes

import docctl
from docctl.store.writing.change import Durability, Store
from docctl.trust.signers import KeyFile

#: How many documents are touched, and in how many rounds.
TOUCHED, ROUNDS = 100, 4

#: What an event of this benchmark and its signature take, in bytes.
SIZES = (720, 310)


def template(root: Path, documents: int) -> None:
    """Make a library with so many documents, packed."""
    library = found(root, Ticking())
    populate(library, documents)
    library.close()
    subprocess.run(["git", f"--git-dir={root / 'store.git'}", "repack", "-adq"], check=True)


class Product:
    """The whole product on a copy of a library."""

    def __init__(self, origin: Path, root: Path, durability: Durability) -> None:
        shutil.copytree(origin, root)
        clock = Ticking()
        clock.present = clock.present.replace(year=2026)
        self.store = Store.open(root / "store.git", durability=durability)
        key = KeyFile(origin.with_name(f"{origin.name}-keys") / "qm")
        self.library = docctl.Library(root, self.store, key, clock)

    def land(self, number: str, serial: int) -> None:
        facts = docctl.Assignments(location=f"shelf {serial}")
        self.library.act("assign", number, facts, reason="moved to another shelf")

    def close(self) -> None:
        self.library.close()


class Commits:
    """The same change as a commit and nothing else, on a copy of the same repository."""

    def __init__(self, origin: Path, root: Path, kind: type[Bare]) -> None:
        shutil.copytree(origin / "store.git", root)
        self.repo = kind(root)

    def land(self, number: str, serial: int) -> None:
        folder = f"documents/PRO/{int(number[4:]) // 100:02d}/{number}/1/events"
        files: Mapping[str, bytes] = {
            f"{folder}/{serial:04d}.assigned.{ending}": b"%06d" % serial + bytes(size - 6)
            for ending, size in zip(("json", "sig"), SIZES, strict=True)
        }
        self.repo.land(files)

    def close(self) -> None:
        self.repo.close()


Side = tuple[str, int, Callable[[Path, Path], "Product | Commits"]]


def compare(work: Path, sides: list[Side], repeats: int) -> dict[str, list[float]]:
    """Return seconds per event of each side, round by round."""
    taken: dict[str, list[float]] = {label: [] for label, _, _ in sides}
    for _ in range(repeats):
        opened = {label: make(work / f"{size}", work / label) for label, size, make in sides}
        for turn in range(ROUNDS):
            for label, size, _ in sides[turn % len(sides) :] + sides[: turn % len(sides)]:
                picks = range(turn, TOUCHED, ROUNDS)
                began = time.perf_counter()
                for pick in picks:
                    opened[label].land(f"PRO-{pick * size // TOUCHED + 1:03d}", pick)
                if turn:  # the first round only warms up
                    taken[label].append((time.perf_counter() - began) / len(picks))
        for label, side in opened.items():
            side.close()
            shutil.rmtree(work / label)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs=2, default=(100, 10_000))
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    machine()
    few, many = args.documents
    with tempfile.TemporaryDirectory(prefix="events-") as name:
        work = Path(name)
        for documents in {few, many}:
            template(work / f"{documents}", documents)
        quick: list[Side] = [
            (f"{kind} {documents}", documents, make)
            for documents in (few, many)
            for kind, make in (
                ("pygit2", lambda origin, root: Commits(origin, root, Bare)),
                ("docctl", lambda origin, root: Product(origin, root, "none")),
            )
        ]
        taken = compare(work, quick, args.repeats)
        row(taken, f"docctl {few}", f"pygit2 {few}", 0.0)
        row(taken, f"docctl {many}", f"pygit2 {many}", 0.7)
        row(taken, f"docctl {many}", f"docctl {few}", 0.8)
        durable: list[Side] = [
            ("docctl", many, lambda origin, root: Product(origin, root, "journal")),
            ("flush per object", many, lambda origin, root: Commits(origin, root, Flushed)),
        ]
        with slow_flushes():
            taken = compare(work, durable, args.repeats)
        print(f"durable with {many} documents, every flush {FLUSH * 1000:.0f} ms slower:")
        row(taken, "docctl", "flush per object", 2.5)


if __name__ == "__main__":
    main()
