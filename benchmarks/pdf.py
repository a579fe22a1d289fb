"""A document as PDF, beside WeasyPrint on the HTML page of the same document.

    python benchmarks/pdf.py [--pages 10 100] [--rounds 3] [--texts FOLDER]

Both sides parse the text and write a controlled copy with the same facts, contents, head and foot:
ours from the tree, tagged and as PDF/A; WeasyPrint from docctl's HTML page, which is made for
printing. Each runs in this process, and in one of its own that imports what it needs. A ratio is
the median over the rounds, WeasyPrint being 1; the sides alternate in each round.
"""

import argparse
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from goals import at_most, machine
from texts import EXAMPLES, joined, sample

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered


def ours(text: str) -> bytes:
    from docctl.render import pdf  # noqa: PLC0415 - each process imports its own side alone

    return pdf.controlled(numbered(parse(text)[0]), sample())


def weasyprint(text: str) -> bytes:
    import weasyprint as other  # noqa: PLC0415

    from docctl.render import html  # noqa: PLC0415

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    page = html.controlled(numbered(parse(text)[0]), sample())
    made: bytes = other.HTML(string=page.decode()).write_pdf()
    return made


SIDES: dict[str, Callable[[str], bytes]] = {"ours": ours, "weasyprint": weasyprint}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds by the wall, and of the processor, those of ended processes included."""
    before, start = os.times(), time.perf_counter()
    work()
    after = os.times()
    return time.perf_counter() - start, sum(after[:4]) - sum(before[:4])


def rounds(source: Path, times: int) -> list[list[tuple[float, float]]]:
    """Return what each round took: ours and theirs in this process, then in processes."""
    text = source.read_text(encoding="utf-8")
    found = []
    for _ in range(times):
        here = [timed(lambda make=make: make(text)) for make in SIDES.values()]
        argvs = ([sys.executable, __file__, "--only", name, str(source)] for name in SIDES)
        apart = [timed(lambda argv=argv: subprocess.run(argv, check=True)) for argv in argvs]
        found.append([*here, *apart])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=Path, default=EXAMPLES)
    args = parser.parse_args()
    machine()
    for make in SIDES.values():
        make("# Warm\n")
    with tempfile.TemporaryDirectory() as scratch:
        for pages in args.pages:
            source = Path(scratch) / f"{pages}.md"
            source.write_text(joined(args.texts, pages=pages), encoding="utf-8")
            took = rounds(source, args.rounds)
            for at, where in ((0, "in process"), (2, "a process each")):
                for clock, by in enumerate(("wall", "processor")):
                    ratio = statistics.median(one[at][clock] / one[at + 1][clock] for one in took)
                    at_most(f"PDF of {pages} pages / WeasyPrint, {where}, {by}", ratio, 0.2)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--only"]:
        SIDES[sys.argv[2]](Path(sys.argv[3]).read_text(encoding="utf-8"))
    else:
        main()
