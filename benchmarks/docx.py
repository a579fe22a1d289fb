"""Markdown to DOCX, beside pandoc in a process of its own, on the same text.

    python benchmarks/docx.py [--pages 10 100 1000] [--rounds 5] [--texts FOLDER]

Each text is made by joining the Markdown files below FOLDER (the example company's by default).
The sides alternate in each round; a ratio is the median over the rounds, pandoc being 1, by
processor time, which others on the machine change least, and by the wall. Our side also writes
title block, approvals, history, contents, head and foot; pandoc writes the bare text.
"""

import argparse
import importlib
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypandoc
from goals import at_most, machine
from measuring import Taken, here, program
from texts import EXAMPLES, joined, sample

from docctl.cli import collect_rarely
from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.render.docx import write

SMALL = 4
#: Pages → how much of pandoc's time they may take.
GOALS = {10: 0.20, 100: 0.20, 1000: 0.40}
#: Pages → how much of pandoc's memory they may take.
MEMORY = {100: 0.25, 1000: 0.50}


def converted(source: Path) -> None:
    """Write the copy of a text."""
    text = source.read_text(encoding="utf-8")
    source.with_suffix(".docx").write_bytes(write(numbered(parse(text)[0]), sample()))


def by_pandoc(source: Path) -> Taken:
    """Let pandoc write the text."""
    target = source.with_suffix(".pandoc.docx")
    return program([pypandoc.get_pandoc_path(), "-f", "gfm", "--quiet", source, "-o", target])


def ratio(ours: list[Taken], theirs: list[Taken], of: str) -> float:
    """Return the median of ours over the median of theirs."""
    sides = ([getattr(one, of) for one in side] for side in (ours, theirs))
    return statistics.median(next(sides)) / statistics.median(next(sides))


def stated(what: str, goal: float, ours: list[Taken], theirs: list[Taken]) -> None:
    """Print the ratio by processor time as a goal, and by the wall beside it."""
    at_most(f"{what} / pandoc", ratio(ours, theirs, "processor"), goal)
    print(f"{'by the wall':>54} {ratio(ours, theirs, 'wall'):8.2f} x")


def in_process(source: Path, pages: int, rounds: int) -> None:
    sides = [(here(lambda: converted(source)), by_pandoc(source)) for _ in range(rounds)]
    ours, theirs = map(list, zip(*sides, strict=True))
    stated(f"DOCX of {pages} pages, in process", GOALS.get(pages, 0.4), ours, theirs)


def alone(source: Path, pages: int, rounds: int) -> None:
    """Compare whole processes, above one that only imports what the other does."""
    argv = [sys.executable, __file__, "--only", source]
    told = subprocess.run([*argv, "--names"], check=True, capture_output=True, text=True).stdout
    (imports := source.with_suffix(".txt")).write_text(told, encoding="utf-8")
    sides = [
        (program(argv), program([*argv, "--idle", imports]), by_pandoc(source))
        for _ in range(rounds)
    ]
    ours, idle, theirs = map(list, zip(*sides, strict=True))
    low = Taken(*(statistics.median(column) for column in zip(*idle, strict=True)))
    above = [Taken(*(a - b for a, b in zip(one, low, strict=True))) for one in ours]
    stated(f"the same, a process, above one that only imports ({pages})", 0.20, above, theirs)
    if pages in MEMORY:
        what = f"peak memory of {pages} pages, above imports ({low.peak:.0f} MiB)"
        at_most(what, ratio(above, theirs, "peak"), MEMORY[pages])


def small(folder: Path, texts: Path, documents: int) -> None:
    """Compare many small documents, each of them a start of pandoc."""
    (source := folder / "small.md").write_text(joined(texts, pages=SMALL), encoding="utf-8")
    theirs = [by_pandoc(source) for _ in range(max(3, documents // 100))]
    ours = [here(lambda: converted(source)) for _ in range(documents)]
    stated(f"{documents:,} documents of {SMALL} pages, each", 0.15, ours, theirs)


def table(rows: int) -> Callable[[], bytes]:
    """Return what writes a table of six columns."""
    line = "| one | two | three words here | **four** | 5 | six |\n"
    text = "| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n" + line * rows
    return lambda: write(numbered(parse(text)[0]), sample())


def growth(rounds: int) -> None:
    """Compare a table of 2,000 rows with one of half as many."""
    once, twice = (
        statistics.median(here(table(rows)).processor for _ in range(rounds))
        for rows in (1000, 2000)
    )
    at_most("table of 2,000 rows / of 1,000 rows", twice / once, 2.2)


def sources(folder: Path, texts: Path, pages: list[int]) -> Iterator[tuple[int, Path]]:
    for one in pages:
        (path := folder / f"{one}.md").write_text(joined(texts, pages=one), encoding="utf-8")
        yield one, path


def main() -> None:
    """Print a line for each goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[*GOALS])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--texts", type=Path, default=EXAMPLES)
    args = parser.parse_args()
    machine()
    print(subprocess.run([pypandoc.get_pandoc_path(), "--version"], capture_output=True, check=True,
                         text=True).stdout.splitlines()[0])  # fmt: skip
    collect_rarely()
    with tempfile.TemporaryDirectory(prefix="docx-") as scratch:
        for pages, source in sources(Path(scratch), args.texts, args.pages):
            in_process(source, pages, args.rounds)
            if pages in MEMORY:
                alone(source, pages, max(3, args.rounds // 2))
        small(Path(scratch), args.texts, args.documents)
    growth(args.rounds)


def only(source: str, *options: str) -> None:
    """Do the work of one side: convert a text, or import what that takes and no more."""
    collect_rarely()
    if options[:1] == ("--idle",):
        for name in Path(options[1]).read_text(encoding="utf-8").split():
            importlib.import_module(name)
        return
    converted(Path(source))
    if options == ("--names",):
        print(*(name for name, one in sys.modules.items() if getattr(one, "__spec__", None)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--only"]:
        only(*sys.argv[2:])
    else:
        main()
