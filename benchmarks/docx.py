"""Markdown to DOCX in process, beside pandoc in a process of its own, on the same text.

    python benchmarks/docx.py [--pages 10 100 1000] [--rounds 5] [--texts FOLDER]

Each text is made by joining the Markdown files below FOLDER (the example company's by default).
The sides alternate in each round; a ratio is the median over the rounds, pandoc being 1. Our side
also writes title block, approvals, history, contents, head and foot; pandoc writes the bare text.
"""

import argparse
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import pypandoc
from goals import at_most, machine
from texts import EXAMPLES, joined, sample

from docctl.cli import collect_rarely
from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.model.answers.controlled import ControlledCopy
from docctl.render.docx import write

SIDES = ("parse", "write", "pandoc")


def one_round(text: str, copy: ControlledCopy, source: Path) -> tuple[float, float, float]:
    """Return the seconds of parsing, of writing, and of pandoc."""
    start = time.perf_counter()
    tree = numbered(parse(text)[0])
    parsed = time.perf_counter()
    source.with_name("ours.docx").write_bytes(write(tree, copy))
    written = time.perf_counter()
    target = source.with_name("pandoc.docx")
    subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "gfm", "--quiet", source, "-o", target], check=True
    )
    return parsed - start, written - parsed, time.perf_counter() - written


def measured(pages: int, rounds: int, folder: Path) -> dict[str, float]:
    """Return the median seconds of each side."""
    text, copy = joined(folder, pages=pages), sample()
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "text.md"
        source.write_text(text, encoding="utf-8")
        times = [one_round(text, copy, source) for _ in range(rounds)]
    return dict(zip(SIDES, map(statistics.median, zip(*times, strict=True)), strict=True))


def main() -> None:
    """Print one row for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=Path, default=EXAMPLES)
    args = parser.parse_args()
    machine()
    collect_rarely()
    print(f"{'pages':>6} {'parse':>8} {'write':>8} {'both':>8} {'write/parse':>12} {'s/page':>9}")
    for pages in args.pages:
        took = measured(pages, args.rounds, args.texts)
        parsed, written = took["parse"] / took["pandoc"], took["write"] / took["pandoc"]
        print(
            f"{pages:>6} {parsed:8.3f} {written:8.3f} {parsed + written:8.3f}"
            f" {took['write'] / took['parse']:12.2f} {took['write'] / pages:9.5f}"
        )
        at_most(f"DOCX of {pages} pages, parsed and written / pandoc", parsed + written, 0.25)


if __name__ == "__main__":
    main()
