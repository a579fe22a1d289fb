"""What pandoc reads in a text, beside what it reads in the DOCX file that docctl makes of it.

Both trees become lines (`flat`), and those of the text that stand in the file, in order, are kept.
Pandoc's own DOCX of the same text is the control. Each side is judged by what it keeps on purpose:
pandoc leaves all HTML out of DOCX; docctl shows the tags that it does not know as text, and keeps
no links to files beside the text, which no copy has beside it.
"""

import difflib
import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from copies import copy
from flat import Rules, flat
from judges import PACKAGES
from pictures import PNG
from texts import pictures

from docctl.content.markdown.foreign.html import SILENT
from docctl.content.parse import parse
from docctl.content.tree import Document, Paragraph, Text
from docctl.render import docx

OURS = Rules(literal=True, relative=False, silent=SILENT)
THEIRS = Rules()

#: What docctl reads, in pandoc's words.
GFM = "gfm+attributes+definition_lists-emoji-tex_math_dollars-yaml_metadata_block"
COMMONMARK = "commonmark+autolink_bare_uris"

_SCRIPT = Path(__file__).with_name("reread.lua")
_MARK = "HERE-BEGINS-AND-ENDS-THE-TEXT"
_EDGE = Paragraph((Text(_MARK),))
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.DOTALL | re.MULTILINE)


class Source(NamedTuple):
    """A Markdown text, and what it is called."""

    name: str
    text: str


@dataclass(frozen=True)
class Kept:
    """How much of a text is in a file: lines in both, and lines in the longer of the two."""

    name: str
    both: int
    lines: int
    control_both: int
    control_lines: int
    lost: tuple[str, ...]
    """The difference, line by line; empty where everything is there, and nothing else."""


def commonmark() -> list[Source]:
    """Return the examples of the CommonMark specification; skip the test where it is missing."""
    path = PACKAGES / "commonmark-spec" / "spec.txt"
    if not path.exists():
        pytest.skip("`make validators` has not installed the CommonMark specification")
    spec = path.read_text(encoding="utf-8").split("<!-- END TESTS -->")[0]
    texts = (match[1].replace("→", "\t") for match in _EXAMPLE.finditer(spec))
    return [Source(str(number), text) for number, text in enumerate(texts, 1)]


def kept(sources: Sequence[Source], form: str, folder: Path) -> Iterator[Kept]:
    """Yield what is kept of each text; skip the test where pandoc is missing."""
    pypandoc = pytest.importorskip("pypandoc", reason="`make oracle` has not installed pandoc")
    (folder / "picture.png").write_bytes(PNG)
    for at, source in enumerate(sources):
        (folder / f"{at}.md").write_text(source.text, encoding="utf-8")
        (folder / f"{at}.docx").write_bytes(_written(source.text))
    jobs = "".join(f"{form} {at}.md {at}.docx\n" for at in range(len(sources)))
    (folder / "jobs.txt").write_text(jobs, encoding="utf-8")
    run = subprocess.run(
        [pypandoc.get_pandoc_path(), "lua", _SCRIPT], cwd=folder, capture_output=True, check=True
    )
    for source, line in zip(sources, run.stdout.decode().splitlines(), strict=True):
        yield _compared(source.name, json.loads(line))


def _written(text: str) -> bytes:
    """Return the copy of a text with marks around what is its own; headings are not numbered."""
    tree = parse(text)[0]
    marked = Document((_EDGE, *tree.blocks, _EDGE), tree.footnotes)
    return docx.write(marked, copy(), pictures(tree))


def _compared(name: str, trees: dict[str, Any]) -> Kept:
    wanted = flat(trees["lines"]["blocks"], OURS)
    found = flat(_inner(trees["ours"]["blocks"]), OURS)
    control = flat(trees["source"]["blocks"], THEIRS)
    by_pandoc = flat(trees["pandoc"]["blocks"], THEIRS)
    diff = difflib.unified_diff(wanted, found, lineterm="", n=0)
    lost = tuple(line for line in diff if not line.startswith(("---", "+++", "@@")))
    return Kept(name, *_both(wanted, found), *_both(control, by_pandoc), lost)


def _inner(blocks: list[Any]) -> list[Any]:
    edges = [at for at, block in enumerate(blocks) if block.get("c") == [{"t": "Str", "c": _MARK}]]
    return blocks[edges[0] + 1 : edges[1]]


def _both(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    matches = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches), max(len(one), len(other))


def share(all_kept: Iterable[Kept]) -> tuple[float, float]:
    """Return how much of all lines is kept, by docctl and by pandoc."""
    numbers = [(one.both, one.lines, one.control_both, one.control_lines) for one in all_kept]
    both, lines, control_both, control_lines = map(sum, zip(*numbers, strict=True))
    return both / lines, control_both / control_lines
