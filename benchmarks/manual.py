"""A manual of many documents as DOCX, beside pandoc on the same text, from its source and again.

    python benchmarks/manual.py [--pages 1000] [--rounds 3] [--texts FOLDER]

The chapters are the Markdown files below FOLDER (the example company's by default), as often as it
takes; each is a document of its own with its facts. The first side parses them, the second finds
their trees kept; both put the manual together (numbers, references, contents, appendices) and write
it. pandoc writes the bare text of all of them in a process of its own. A ratio is the median over
the rounds, pandoc being 1; the sides alternate in each round.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle, pairwise
from pathlib import Path

import pypandoc
from goals import at_most, machine
from texts import EXAMPLES, FRONT_MATTER, PAGE, sample

from docctl.cli import collect_rarely
from docctl.content.kept import Trees
from docctl.model.document import Chapter, Manual, Policy
from docctl.render.docx import write
from docctl.render.manual import ManualPart, ManualSources, assemble

FRAME = "## Purpose\n\nTo bind what follows.\n"


def texts(folder: Path, pages: int) -> Iterator[str]:
    """Yield so many pages of documents; no two are alike."""
    size = 0
    for number, path in enumerate(cycle(sorted(folder.rglob("*.md"))), 1):
        text = FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
        yield f"{text}\n\nDocument {number}.\n"
        size += len(text)
        if size >= pages * PAGE:
            return


def written(documents: list[str], trees: Trees) -> bytes:
    """Return the manual of these documents."""
    facts = sample()
    parts = []
    for number, text in enumerate(documents, 1):
        name = f"POL-{number:04}"
        document = Policy(number=name, title=f"Document {number}")
        kept = trees.kept(text)
        copy = facts.model_copy(update={"number": name, "document": document})
        parts.append(ManualPart(copy, kept.tree, made=kept.made))
    frame = facts.model_copy(
        update={
            "number": "MAN-001",
            "document": Manual(title="Manual", chapters=(Chapter(title="All", type="policy"),)),
        }
    )
    sources = ManualSources(
        ManualPart(frame, trees.of(FRAME)), tuple(parts), (), (), date(2026, 1, 2)
    )
    made = assemble(sources)
    return write(made.tree, made.copy, made.images)


def clocks() -> tuple[float, float]:
    """Return the seconds by the wall, and of the processor, those of ended processes included."""
    used = os.times()
    return time.perf_counter(), sum(used[:4])


def one_round(documents: list[str], source: Path) -> list[tuple[float, float]]:
    """Return the seconds from the source, from the trees, and of pandoc."""
    trees = Trees()
    target = source.with_name("pandoc.docx")
    at = [clocks()]
    first = written(documents, trees)
    at.append(clocks())
    again = written(documents, trees)
    at.append(clocks())
    subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "gfm", "--quiet", source, "-o", target], check=True
    )
    at.append(clocks())
    assert again == first
    return [(end[0] - start[0], end[1] - start[1]) for start, end in pairwise(at)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=Path, default=EXAMPLES)
    args = parser.parse_args()
    machine()
    collect_rarely()
    documents = list(texts(args.texts, args.pages))
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "text.md"
        source.write_text("\n\n".join(documents), encoding="utf-8")
        rounds = [one_round(documents, source) for _ in range(args.rounds)]
    print(f"{len(documents)} documents, {args.pages} pages")
    for clock, by in enumerate(("the wall", "processor time")):
        first, again = (
            statistics.median(sides[side][clock] / sides[2][clock] for sides in rounds)
            for side in (0, 1)
        )
        at_most(f"manual from source / pandoc, by {by}", first, 0.40)
        at_most(f"manual from kept trees / pandoc, by {by}", again, 0.08)


if __name__ == "__main__":
    main()
