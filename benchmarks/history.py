"""The history of one document in libraries of 100,000 and 500,000 events.

    python benchmarks/history.py [--events 100000 500000] [--each 20] [--rounds 40]

The libraries are made as for `index.py`: one document with real keys, copied under other numbers
with a chain of events for each. It takes some minutes. Every round asks `Library.history` for a
document that nobody has asked for, on a handle that was opened before; a time is the median by
the clock on the wall.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from goals import at_most, machine
from index import library

import docctl


def measured(root: Path, documents: int, rounds: int) -> tuple[float, float]:
    """Return the milliseconds for one history: on the wall, and of our own processor time."""
    step = max(documents // (rounds + 1), 1)
    numbers = [f"PRO-{number:03d}" for number in range(2, documents, step)]
    times, own = [], []
    with docctl.Library.open(root) as opened:
        for number in numbers:
            began, before = time.perf_counter(), time.process_time()
            assert opened.history(number)
            own.append((time.process_time() - before) * 1e3)
            times.append((time.perf_counter() - began) * 1e3)
    return statistics.median(times[1:]), statistics.median(own[1:])  # the first one starts Git


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, nargs="+", default=[100_000, 500_000])
    parser.add_argument("--each", type=int, default=20, help="how many events a document has")
    parser.add_argument("--rounds", type=int, default=40)
    args = parser.parse_args()
    machine()
    for events in args.events:
        with tempfile.TemporaryDirectory(prefix="history-") as name:
            root, documents = Path(name) / "library", events // args.each
            library(root, documents, events)
            took, own = measured(root, documents, args.rounds)
        at_most(f"history of one document, {events:,} events", took, 5, "ms")
        print(f"  {own:.1f} ms of them are work of this process; Git answers in the others")


if __name__ == "__main__":
    main()
