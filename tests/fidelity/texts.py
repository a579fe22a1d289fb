"""Texts to try the writers on: one for each feature, real ones, and whole corpora if there are any.

`DOCCTL_CORPORA` names a folder with Markdown files below it. They lie outside of the repository;
a test that is given none of them skips, and says so.
"""

import os
import re
from functools import cache
from pathlib import Path

import pytest
from copies import copy
from pictures import PNG

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.tree import Document, Image
from docctl.content.walk import inlines
from docctl.render import docx

HERE = Path(__file__).parent
FEATURES = tuple(sorted((HERE.parent / "render" / "cases").glob("*.md")))
REAL = tuple(sorted((HERE / "corpus").rglob("*.md")))
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

#: `make test` tries every so manieth text of the corpora, `make thorough` all of them.
SAMPLED = 12


@cache
def corpora() -> tuple[Path, ...]:
    """Return the texts below the folder that `DOCCTL_CORPORA` names."""
    folder = os.environ.get("DOCCTL_CORPORA", "")
    return tuple(sorted(Path(folder).rglob("*.md"))) if folder else ()


def needed_corpora() -> tuple[Path, ...]:
    """Return the texts of the corpora, or skip the test."""
    return corpora() or pytest.skip("DOCCTL_CORPORA names no folder with texts")


def name(path: Path) -> str:
    """Return what tells a text apart from the others."""
    return f"{path.parent.name}/{path.stem}"


def body(path: Path) -> str:
    """Return the text of a file without its front matter."""
    return FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))


def tree(text: str) -> Document:
    """Return the tree of *text* as documents are exported."""
    return numbered(parse(text)[0])


def pictures(document: Document) -> dict[str, bytes]:
    """Return a picture for every image in the text."""
    return {one.source: PNG for _, one in inlines(document) if isinstance(one, Image)}


def written(path: Path) -> bytes:
    """Return the controlled copy of a text as DOCX."""
    document = tree(body(path))
    return docx.write(document, copy(), pictures(document))
