"""Texts that come from elsewhere: other front matter, links to files, docctl's own copies."""

from pathlib import Path

from firm import Firm

from docctl import Procedure, State

FOREIGN = """---
title: 2024
keywords: pumps, "seals", 3
processes: [1, two]
type: policy
number: 17
review_months: yearly
layout: page
summary: Says: what
foo: [a
clauses: iso9001
applicability: Oslo
applicability: Bergen
parent:
classification: &a x
language: *a
subtitle: A subtitle
---

Text.
"""


def test_no_front_matter_from_elsewhere_refuses_a_text(firm: Firm, place: Path) -> None:
    file = place / "text.md"
    file.write_text(FOREIGN)
    read, left_out = firm.ada.read_foreign(file, document_type="procedure")
    assert read.document == Procedure(
        title="2024",
        keywords=("pumps", '"seals"', "3"),
        processes=("1", "two"),
        applicability=("Oslo",),
        subtitle="A subtitle",
        summary="Says: what",
    )
    assert read.body == "Text.\n"
    assert left_out == [
        "type", "number", "review_months", "layout", "foo", "clauses", "applicability",
        "parent", "classification", "language",
    ]  # fmt: skip


def test_links_to_the_files_of_known_documents_become_references(firm: Firm, place: Path) -> None:
    number, file = firm.new(), place / "text.md"
    (place / f"{number}.md").write_text("A copy of it.")
    (place / "PRO-099.md").write_text("Not in the library.")
    file.write_text(
        f"See [it](../{number}/{number}.md), [its scope]({number}.md#scope 'S'), ["
        f"more](<{number} Order review.docx>), `[code]({number}.md)`, [other](PRO-099.md).\n"
    )
    read, _ = firm.ada.read_foreign(file, document_type="procedure", title="X")
    assert read.body == (
        f"See [it](doc:{number}), [its scope](doc:{number}#scope), [more](doc:{number}), "
        f"`[code]({number}.md)`, [other](PRO-099.md).\n"
    )
    assert set(read.attachments) == {"PRO-099.md"}


def test_a_copy_in_markdown_is_taken_back_as_the_text_it_carries(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    copy = firm.ada.export(number, place / "copy.md")
    original, (read, left_out) = (
        firm.ada.text(number),
        firm.ada.read_foreign(copy, document_type="procedure"),
    )
    assert read == firm.ada.read_file(copy, document_type="procedure")
    assert read.document == original.document.but(number=None)
    assert (read.body.split(), left_out) == (original.body.split(), [])
    made = firm.by("ben").new(read.document, read.body).number
    again = firm.ada.export(made, place / "again.md").read_text()
    assert "## 1 Purpose" in again
    firm.by("ben").save(made, copy)
    assert firm.ada.text(made).document == original.document.but(number=made)
