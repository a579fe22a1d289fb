"""The most memory that long work takes: the peak of a process of its own, on Linux.

    python benchmarks/memory.py [--documents 10000] [--events 60000] [--pages 100]

Beside each stands what the same process takes after its imports. No goal is set for them.
"""

import argparse
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from goals import machine, own_peak, peak
from index import library
from texts import joined, sample
from verify import furnish

from docctl.cli import collect_rarely
from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.render.docx import write
from docctl.store.git import Git
from docctl.store.index import Index
from docctl.store.reading.ledger import Ledger
from docctl.store.reading.reader import Reader
from docctl.verify import verify

#: Events that `furnish` makes for a document, nearly.
EVENTS_EACH = 5


def nothing(_: Path) -> None:
    """Import, and end."""


def cold_index(work: Path) -> None:
    with closing(Git(work / "library" / "store.git")) as git:
        reader = Reader(git)
        with closing(Index(work / "index.sqlite", Ledger(reader))) as index:
            index.up_to_date(str(reader.head()))


def whole_walk(work: Path) -> None:
    with closing(Git(work / "store.git")) as git:
        found = verify(Reader(git))
    assert not found.problems


def long_document(work: Path) -> None:
    text = (work / "text.md").read_text(encoding="utf-8")
    (work / "text.docx").write_bytes(write(numbered(parse(text)[0]), sample()))


WORK = {one.__name__: one for one in (nothing, cold_index, whole_walk, long_document)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=60_000)
    parser.add_argument("--pages", type=int, default=100)
    args = parser.parse_args()
    machine()
    with tempfile.TemporaryDirectory(prefix="memory-") as name:
        work = Path(name)
        library(work / "library", args.documents, 5 * args.documents)
        furnish(work / "store.git", args.events // EVENTS_EACH)
        (work / "text.md").write_text(joined(pages=args.pages), encoding="utf-8")
        bare = peak(__file__, "nothing", work)
        for what, doing in (
            (f"cold index of {args.documents:,} documents", "cold_index"),
            (f"verify of about {args.events:,} events", "whole_walk"),
            (f"DOCX of {args.pages} pages", "long_document"),
        ):
            print(f"{what:54} {peak(__file__, doing, work):8,.0f} MiB (imports alone {bare:,.0f})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--only"]:
        collect_rarely()
        WORK[sys.argv[2]](Path(sys.argv[3]))
        print(own_peak())
    else:
        main()
