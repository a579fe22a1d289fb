"""A redline beside the plain copy of the newer text, both as DOCX in this process.

    python benchmarks/redline.py [--pages 10 100] [--rounds 5] [--texts FOLDER]

The older text is the newer one with a tenth of its blocks edited in a word or two, one of a
hundred gone and one of a hundred come. Sides alternate in each round and are measured by processor
time; a ratio is the median over the rounds, the plain copy being 1. *From texts* both sides parse
what they need (the redline two texts), *from trees* they are given it.
"""

import argparse
import random
import re
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from docx import EXAMPLES, joined, sample
from goals import at_most, machine

from docctl.cli import collect_rarely
from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.tree import Document
from docctl.render import redline
from docctl.render.docx import write
from docctl.render.redline import Authorship, Notice

AUTHORSHIP = Authorship("Bench", datetime(2026, 1, 2, tzinfo=UTC))

_WORD = re.compile(r"\b(?:the|a|is|to|of|and)\b")


def edited(text: str) -> str:
    """Return a text as it may have been before."""
    chance, blocks = random.Random(len(text)), []
    for block in text.split("\n\n"):
        what = chance.random()
        if not 0.1 <= what < 0.11:
            blocks.append(_WORD.sub("one", block, count=2) if what < 0.1 else block)
        if what > 0.99:
            blocks.append(f"{what} A paragraph that was there, and is there no more.")
    return "\n\n".join(blocks)


def tree(text: str) -> Document:
    return numbered(parse(text)[0])


def marked(old: Document, new: Document) -> bytes:
    """Return the redline, with notice, control sheet, contents, head and foot."""
    found = redline.compared(old, new)
    notice = Notice("1", found.differences)
    cover = redline.cover(sample().model_copy(update={"revision": "2"}), new, notice)
    return redline.in_docx(found, cover, AUTHORSHIP)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def measured(pages: int, rounds: int, folder: Path) -> tuple[float, float]:
    """Return the ratios from texts and from trees."""
    new = joined(folder, pages=pages)
    old = edited(new)
    trees = tree(old), tree(new)
    texts, alone = [], []
    for _ in range(rounds + 1):
        plain = seconds(lambda: write(tree(new), sample()))
        redlined = seconds(lambda: marked(tree(old), tree(new)))
        texts.append(redlined / plain)
        plain = seconds(lambda: write(trees[1], sample()))
        redlined = seconds(lambda: marked(*trees))
        alone.append(redlined / plain)
    return statistics.median(texts[1:]), statistics.median(alone[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=Path, default=EXAMPLES)
    chosen = parser.parse_args()
    machine()
    collect_rarely()
    for pages in chosen.pages:
        texts, trees = measured(pages, chosen.rounds, chosen.texts)
        at_most(f"redline / plain copy, {pages} pages, from texts", texts, 2.5)
        at_most(f"redline / plain copy, {pages} pages, from trees", trees, 2.5)


if __name__ == "__main__":
    main()
