"""The site of a library: written for the first time, and again after one document has changed.

    python benchmarks/site.py [--documents 1000] [--rounds 3]

The documents are populated like those of the other benchmarks, each referring to two others. A
first site is written into an empty folder, with a Word copy of each document and without; then one
document gets a new revision, and the site is written again, register and search included.
"""

import argparse
import random
import re
import tempfile
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import populating
from goals import at_most, machine

import docctl
from docctl.trust.signers import KeyFile

EXAMPLES = Path(__file__).parents[1] / "examples" / "pump-service" / "documents"


@cache
def words() -> tuple[str, ...]:
    """Return the words of the example company's documents."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.rglob("*.md")))
    return tuple(sorted({word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text)}))


def body(at: int, documents: int) -> str:
    """Return the text of a document, about three pages long, which refers to two others."""
    chance = random.Random(at)

    def paragraph() -> str:
        return f"{' '.join(chance.choices(words(), k=80)).capitalize()}."

    named = " and ".join(f"[[PRO-{chance.randint(1, documents):03d}]]" for _ in range(2))
    parts = (f"## Part {part}\n\n{paragraph()}\n\n{paragraph()}" for part in range(1, 8))
    return f"## Purpose\n\nIt goes with {named}.\n\n" + "\n\n".join(parts) + "\n"


def revise(library: docctl.Library, number: str) -> None:
    """Bring another revision of a document into force."""
    keys = library.root.with_name(f"{library.root.name}-keys")
    library.revise(number, reason="Experience")
    text = library.text(number, library.status(number).revision)
    library.save_text(number, replace(text, body=f"{text.body}\nMind the zebra.\n"))
    library.submit(number)
    library.acting(KeyFile(keys / "ws")).approve(number)
    library.release(number)


def published(
    root: Path, to: Path, clock: populating.Ticking, **options: object
) -> tuple[float, float]:
    """Return the seconds, by the wall and of the processor, in which a new handle publishes."""
    wall, processor = time.perf_counter(), time.process_time()
    with docctl.Library.open(root, clock=clock) as library:
        library.publish(to, **options)
    return time.perf_counter() - wall, time.process_time() - processor


def size(folder: Path) -> float:
    """Return how large the files below a folder are together, in MiB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024**2


def main() -> None:
    """Print one line for each goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    machine()
    with tempfile.TemporaryDirectory() as scratch:
        root, clock = Path(scratch) / "library", populating.Ticking()
        library = populating.found(root, clock)
        populating.populate(library, args.documents, body=lambda at: body(at, args.documents))
        # Many events land as one change in what is populated, which no verification lets pass.
        head = library.verify().head
        full = published(root, Path(scratch) / "site", clock, verified=head)
        bare = published(root, Path(scratch) / "bare", clock, formats=(), verified=head)
        again = []
        for _ in range(args.rounds):
            revise(library, "PRO-500" if args.documents >= 500 else "PRO-001")
            again.append(published(root, Path(scratch) / "site", clock))
        pages, search = Path(scratch) / "bare", Path(scratch) / "bare" / "search"
        print(f"pages {size(pages):.1f} MiB, of which {size(search):.2f} MiB are searched")
    name = f"site of {args.documents:,} documents"
    rows = (("full, with DOCX copies", full, 20), ("full, pages alone", bare, 20))
    for what, took, limit in (*rows, ("after one change", min(again), 1)):
        at_most(f"{name}, {what}", took[0], limit, "s")
        at_most("  the same, by processor time", took[1], limit, "s")


if __name__ == "__main__":
    main()
