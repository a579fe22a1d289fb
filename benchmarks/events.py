"""One signed lifecycle event of the whole product, beside a bare, unsigned pygit2 commit.

    python benchmarks/events.py [--documents 100 10000] [--rounds 5] [--changes 30]

The event is an `assign` through `Library`: prepared, judged, signed, verified, landed. Beside it
pygit2 commits files of the same names and sizes to a copy of the same repository. Both without
flushes; the sides alternate in each round, a ratio is the median over the rounds.
"""

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from office import Ticking, found, populate
from store_write import Bare

import docctl
from docctl.store.change import Store
from docctl.trust.signers import KeyFile


def prepared(root: Path, documents: int) -> Path:
    """Make a library with so many documents, packed."""
    clock = Ticking()
    library = found(root, clock)
    populate(library, documents)
    library.close()
    subprocess.run(["git", f"--git-dir={root / 'store.git'}", "repack", "-adq"], check=True)
    return root


def ours(library: docctl.Library, numbers: list[str]) -> float:
    """Return events per second."""
    began = time.perf_counter()
    for serial, number in enumerate(numbers):
        facts = docctl.Assignments(location=f"shelf {serial}")
        library.act("assign", number, facts, reason="moved to another shelf")
    return len(numbers) / (time.perf_counter() - began)


def bare(repo: Bare, numbers: list[str], size: tuple[int, int]) -> float:
    """Return commits per second of files with the same names and sizes."""
    began = time.perf_counter()
    for serial, number in enumerate(numbers):
        folder = f"documents/PRO/{int(number[4:]) // 100:02d}/{number}/1/events"
        repo.land(
            {
                f"{folder}/{serial:04d}.assigned.json": b"%06d" % serial + bytes(size[0] - 6),
                f"{folder}/{serial:04d}.assigned.sig": b"%06d" % serial + bytes(size[1] - 6),
            }
        )
    return len(numbers) / (time.perf_counter() - began)


def rounds(root: Path, documents: int, args: argparse.Namespace) -> list[tuple[float, float]]:
    copy = root.with_name("bare.git")
    shutil.copytree(root / "store.git", copy)
    numbers = [f"PRO-{n:03d}" for n in range(1, documents + 1)]
    keys = root.with_name(f"{root.name}-keys")
    clock = Ticking()
    clock.present = clock.present.replace(year=2026)
    repo = Bare(copy)
    found_rates = []
    with Store.open(root / "store.git", durability="none") as store:
        library = docctl.Library(root, store, KeyFile(keys / "qm"), clock)
        for turn in range(args.rounds + 1):
            some = [numbers[(turn * 37 + 7 * i) % documents] for i in range(args.changes)]
            rates = ours(library, some), bare(repo, some, (720, 310))
            if turn:  # the first round warms the caches of both
                found_rates.append(rates)
    shutil.rmtree(copy)
    return found_rates


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 10000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--changes", type=int, default=30)
    args = parser.parse_args()
    own: dict[int, float] = {}
    for documents in args.documents:
        with tempfile.TemporaryDirectory() as folder:
            root = prepared(Path(folder) / "library", documents)
            rates = rounds(root, documents, args)
        ratio = statistics.median(one / other for one, other in rates)
        own[documents] = statistics.median(one for one, _ in rates)
        rate = f"{own[documents]:5.0f} events/s"
        print(f"{documents:6} documents: {rate}, {ratio:.2f} x pygit2 (>= 0.7)")
    if len(own) > 1:
        first, last = min(own), max(own)
        print(f"own rate at {last} / at {first}: {own[last] / own[first]:.2f} (>= 0.8)")


if __name__ == "__main__":
    main()
