import os
from datetime import date
from pathlib import Path

import pytest
from copies import copy
from docctl.content.frontmatter import load, split
from docctl.content.inlines import Link, Reference, Text
from docctl.content.outline import numbered
from docctl.content.parse import parse
from docctl.content.tree import Document, Heading, Paragraph
from docctl.errors import FrontMatterError, UnreadableError
from docctl.model.document import ExternalDocument
from docctl.render.markdown import body, body_of, controlled

CASES = Path(__file__).parent / "cases_markdown"
EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = "## Purpose\n\nTo know[^1].\n\n[^1]: What is in force.\n"


def matches(name: str, written: str) -> bool:
    """Compare with the expected file; REFRESH=1 writes it anew."""
    path = CASES / name
    if os.environ.get("REFRESH"):
        path.write_text(written, encoding="utf-8", newline="")
    return path.read_text(encoding="utf-8") == written


@pytest.mark.parametrize("name", ["inlines", "lists", "blocks", "tables", "notes"])
def test_each_kind_of_text_is_written_in_its_plainest_form(name: str) -> None:
    tree = parse((CASES / f"{name}.md").read_text(encoding="utf-8"))[0]

    written = body(tree)

    assert parse(written)[0] == tree
    assert matches(f"{name}.out.md", written)
