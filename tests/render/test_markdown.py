import os
from pathlib import Path

import pytest
from copies import copy

from docctl.content.frontmatter import load, split
from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.tree import (
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Heading,
    LineBreak,
    Paragraph,
    Reference,
    SoftBreak,
    Text,
)
from docctl.errors import UnreadableError
from docctl.model.document import ExternalDocument
from docctl.render.markdown import body, body_of, controlled, readable

CASES = Path(__file__).parent / "cases_markdown"
EXAMPLES = Path(__file__).parents[2] / "examples" / "pump-service" / "documents"
TEXT = "## Purpose\n\nTo know[^1].\n\n[^1]: What is in force.\n"


def expected(name: str, written: str) -> str:
    """Return what the file of this name holds; REFRESH=1 writes it anew."""
    path = CASES / name
    if os.environ.get("REFRESH"):
        path.write_text(written, encoding="utf-8", newline="")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["inlines", "lists", "blocks", "tables", "notes", "marks"])
def test_each_kind_of_text_is_written_in_its_plainest_form(name: str) -> None:
    tree = parse((CASES / f"{name}.md").read_text(encoding="utf-8"))[0]

    written = body(tree)

    assert parse(written)[0] == tree
    assert written == expected(f"{name}.out.md", written)


def test_every_example_document_is_read_back_as_it_was() -> None:
    trees = [parse(split(path.read_text("utf-8"))[1])[0] for path in sorted(EXAMPLES.glob("*.md"))]

    assert all(parse(body(tree))[0] == tree for tree in trees)


def test_numbers_of_headings_stand_in_their_titles_and_anchors_stay() -> None:
    tree = numbered(parse("## Scope\n\n### `Tools`\n\n## {#last}\n")[0])

    assert body(tree) == "## 1 Scope {#scope}\n\n### 1.1 `Tools` {#tools}\n\n## 2 {#last}\n"


def test_a_resolved_reference_leads_where_it_was_resolved_to() -> None:
    words = (Text("Control of documents"),)
    tree = Document((Paragraph((Reference("PRO-001", "", words, "#pro.001"),)),))

    assert body(tree) == "[Control of documents](#pro.001)\n"


def test_code_side_by_side_stays_apart() -> None:
    assert body(Document((Paragraph((Code("a"), Code("b"))),))) == "`a`<!-- -->`b`\n"


def test_code_without_a_last_line_end_is_not_lost() -> None:
    assert body(Document((CodeBlock("a"),))) == "```\na\n```\n"


def test_a_break_at_the_edge_of_emphasis_becomes_a_space() -> None:
    tree = Document((Paragraph((Emphasis((SoftBreak(), Text("a"), SoftBreak())), LineBreak())),))

    assert body(tree) == "_&#32;a&#32;_<br>\n"


def test_an_anchor_that_the_text_reserves_is_written_out() -> None:
    tree = Document((Heading(2, (Text("A"),), "a"), Paragraph((Code("{#a}"),))))

    assert body(tree) == "## A {#a}\n\n`{#a}`\n"


def test_an_empty_document_is_an_empty_text() -> None:
    assert body(Document(())) == ""


def test_a_copy_holds_nothing_that_only_docctl_understands() -> None:
    written = (CASES / "readable.md").read_text(encoding="utf-8")

    shown = body(readable(numbered(parse(written)[0])))

    assert shown == expected("readable.out.md", shown)


COPIES = {
    "effective": copy(),
    "superseded": copy(state="superseded", superseded_by="3", superseded_on="2027-02-01"),
    "external": copy(
        number="EXT-004",
        type_title="External document",
        document=ExternalDocument(title="Pump | manual", issuer="Maker", licence="Site licence"),
        state="draft",
        effective_on=None,
        replaces=None,
        signatures=(),
        history=(),
    ),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_says_everything_about_itself(name: str) -> None:
    written = controlled(parse(TEXT)[0], COPIES[name])

    assert written.decode() == expected(f"copy-{name}.out.md", written.decode())


@pytest.mark.parametrize("text", ["", "a\n", TEXT, "---\n\n___\n\n## Approval\n"])
def test_the_text_is_found_again_in_its_copy(text: str) -> None:
    tree = parse(text)[0]

    assert body_of(controlled(tree, copy()), "copy.md") == body(readable(tree))


def test_programs_can_read_the_facts() -> None:
    front = split(controlled(parse(TEXT)[0], copy()).decode())[0]

    facts = load(front, "copy.md").values
    assert (facts["number"], facts["revision"], facts["status"]) == ("PRO-001", "2", "effective")
    assert facts["content_sha256"] == "3f" * 32


@pytest.mark.parametrize(
    "data", [b"\xff", b"## Purpose\n", b"---\nbody:\n  first_line: 9\n  last_line: 99\n---\n"]
)
def test_what_is_no_copy_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        body_of(data, "copy.md")


def test_a_heading_of_nothing_but_a_number_shows_it() -> None:
    assert body(Document((Heading(2, (), "x", number="3"),))) == "## 3 {#x}\n"
