import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from copies import copy
from ooxml_invariants import faults

from docctl.content.parse import parse
from docctl.content.tree import Figure, FootnoteRef, Heading, Image, Link, PageBreak, Table
from docctl.content.walk import blocks, inlines, plain
from docctl.errors import InputError
from docctl.model.document import (
    Chapter,
    Exclusion,
    ExternalDocument,
    Manual,
    Policy,
    Procedure,
    Process,
)
from docctl.model.lifecycle import State
from docctl.render import docx
from docctl.render.manual import (
    Compilation,
    FunctionRow,
    ManualPart,
    ManualSources,
    MasterRow,
    assemble,
    inputs,
    issue_digest,
    issue_mark,
    selection,
)
from docctl.render.markdown import body

EXPECTED = Path(__file__).parent / "cases_manual" / "manual.out.md"
DAY = date(2026, 12, 2)

RULES = Manual(
    title="Quality manual",
    scope="Repair of pumps.",
    not_applicable=(Exclusion(clause="iso9001:2015#8.3", reason="We design nothing."),),
    processes_map=(
        Process(name="Steering", kind="management", owner="Manager", feeds=("Repair",)),
        Process(name="Orders", owner="Office", outputs=("job card",), feeds=("Repair",)),
        Process(name="Repair", owner="Workshop", inputs=("job card",), documents=("PRO-002",)),
    ),
    chapters=(
        Chapter(title="Policies", type="policy"),
        Chapter(title="Work", include=("PRO-002", "PRO-009", "EXT-001"), process="Repair"),
        Chapter(title="All procedures", type="procedure"),
    ),
)
FRAME = """# Quality manual

To [the work](#work)[^n]. ![Map](map.png)

## Scope

What [[PRO-001]] says; [ours](doc:PRO-001#steps), [[PRO-001#lost]], [[EXT-001]], [[XYZ-001]].

## Work

| Form |
|---|
| [[FRM-001#a-b]] |

[^n]: The frame's note.
"""
POLICY = "# Our policy\n\nWe [start here](#our-policy)[^n].\n\n## Aims\n\n[^n]: A policy's note.\n"
FIRST = """## Purpose

See [steps](#steps), [[PRO-002#steps]], [[MAN-001]] and [a file](data.xlsx)[^n].

## Steps

![Map](map.png "The map"){#map}

[^n]: First, see [[POL-001]].
"""
SECOND = """# 4. Steps

Map: ![Map](files/map.png) and [a figure](#map), **[[FRM-001]]**.

## 4.1 Purpose {#map}
"""


def part(number: str, text: str, document: Any, **images: bytes) -> ManualPart:
    facts = {"number": number, "document": document, "history": (), "content": number[-1] * 64}
    pictures = [{f"{name}.png": data for name, data in images.items()}] if images else []
    return ManualPart(copy(**facts), parse(text)[0], *pictures)


def row(number: str, title: str, **facts: Any) -> MasterRow:
    common = {"type_title": "Procedure", "revision": "2", "state": State.EFFECTIVE}
    dates = {"effective_on": date(2026, 12, 1), "review_due_on": None, "owner": "Office"}
    return MasterRow(number=number, title=title, **(common | dates | facts))


PARTS = (
    part("PRO-001", FIRST, Procedure(title="Orders", processes=("Orders",)), map=b"one"),
    part("PRO-002", SECOND, Procedure(title="Repair", processes=("Repair",)), map=b"two"),
    part("POL-001", POLICY, Policy(title="Our policy")),
    part(
        "EXT-001",
        "## Secret\n",
        ExternalDocument(title="Standard", exportable=False, source="the shelf"),
    ),
)
MASTER = (
    row("EXT-001", "Standard", review_due_on=date(2026, 12, 1)),
    row("FRM-001", "Report", clauses=("iso9001:2015#8.3", "iso9001:2015#10.2")),
    row("POL-001", "Our policy", clauses=("iso9001:2015#9.1", "iso9001:2015#10.2")),
    row("PRO-001", "Orders"),
    row("PRO-002", "Repair"),
)
SOURCES = ManualSources(
    frame=part("MAN-001", FRAME, RULES, map=b"one"),
    parts=PARTS,
    functions=(
        FunctionRow("Manager", ("Kari Hansen", "Ola Nordmann"), "everything"),
        FunctionRow("Office"),
        FunctionRow("Apprentice"),
    ),
    master=MASTER,
    cut_off=DAY,
)


@pytest.fixture(scope="module")
def made() -> Compilation:
    return assemble(SOURCES)


def with_rules(**changes: Any) -> ManualSources:
    frame = part("MAN-001", "Hello.\n", RULES.but(**changes))
    return replace(SOURCES, frame=frame)


def headings(compilation: Compilation) -> list[str]:
    nodes = (block for block in compilation.tree.blocks if isinstance(block, Heading))
    return [f"{node.number} {plain(node.inlines)}".strip() for node in nodes]


def anchors(compilation: Compilation) -> list[str]:
    named = (b for b in blocks(compilation.tree) if isinstance(b, Heading | Table | Figure))
    return [block.anchor for block in named if block.anchor]


def nodes(compilation: Compilation, kind: type) -> Iterator[Any]:
    return (node for _, node in inlines(compilation.tree) if isinstance(node, kind))


def test_the_manual_reads_as_one_text(made: Compilation) -> None:
    written = body(made.tree)
    if os.environ.get("REFRESH"):
        EXPECTED.write_text(written, encoding="utf-8", newline="")

    assert written == EXPECTED.read_text(encoding="utf-8")


def test_the_same_sources_make_the_same_manual(made: Compilation) -> None:
    assert assemble(SOURCES) == made


def test_no_anchor_is_given_twice_and_every_link_has_its_anchor(made: Compilation) -> None:
    names = anchors(made)
    targets = {link.target for link in nodes(made, Link) if link.target.startswith("#")}

    assert len(names) == len(set(names))
    assert targets <= {f"#{name}" for name in names}


def test_footnotes_of_all_documents_are_numbered_through(made: Compilation) -> None:
    marks = dict.fromkeys(mark.id for mark in nodes(made, FootnoteRef))

    assert [note.id for note in made.tree.footnotes] == list(marks) == ["1", "2", "3"]


def test_pictures_of_one_name_stay_apart_and_equal_ones_become_one(made: Compilation) -> None:
    shown = [image.source for image in nodes(made, Image)]

    assert sorted(made.images.values()) == [b"one", b"two"]
    assert set(shown) == set(made.images)


def test_a_document_is_printed_once_in_the_first_chapter_that_has_it(made: Compilation) -> None:
    titles = [title for title in headings(made) if "Repair" in title or "Orders" in title]

    assert titles == ["6.1 PRO-002 Repair", "7.1 PRO-001 Orders"]


def test_a_text_whose_licence_forbids_it_is_named_but_not_printed(made: Compilation) -> None:
    assert "6.2 EXT-001 Standard" in headings(made)
    assert "Secret" not in body(made.tree)


def test_the_copy_names_the_issue(made: Compilation) -> None:
    assert made.issue == issue_mark(SOURCES)
    assert made.issue == f"2026-12-02 / {issue_digest(made.inputs)[:12]}"
    assert made.issue in made.copy.notes[-1]


@pytest.mark.parametrize("at", range(3))
def test_a_changed_chapter_makes_another_issue(at: int) -> None:
    changed = replace(PARTS[at], copy=PARTS[at].copy.but(content="e" * 64))
    other = replace(SOURCES, parts=(*PARTS[:at], changed, *PARTS[at + 1 :]))

    assert issue_digest(inputs(other)) != issue_digest(inputs(SOURCES))


def test_changed_lists_make_another_issue() -> None:
    others = (replace(SOURCES, master=MASTER[1:]), replace(SOURCES, functions=()))

    assert len({issue_mark(one) for one in (SOURCES, *others)}) == 3


def test_a_chapter_says_what_it_cannot_print(made: Compilation) -> None:
    lost = assemble(with_rules(chapters=(Chapter(title="None", process="Painting"),)))

    assert "PRO-009 was not in force at the end of 2026-12-02" in body(made.tree)
    assert "No document of this chapter was in force" in body(lost.tree)


def test_type_and_process_of_a_chapter_must_both_fit() -> None:
    rules = RULES.but(chapters=(Chapter(title="A", type="procedure", process="Orders"),))
    documents = [one.copy.document.but(number=one.copy.number) for one in PARTS]

    assert selection(rules, documents) == (("PRO-001",),)


def test_a_manual_without_facts_has_only_its_text() -> None:
    bare = with_rules(scope="", not_applicable=(), processes_map=(), chapters=())
    made = assemble(replace(bare, parts=(), functions=(), master=()))

    assert headings(made) == [
        "1 Scope",
        "1.1 Clauses declared not applicable",
        "Appendix A Approvals",
        "Appendix B Inputs of this issue",
    ]


def test_tables_of_many_processes_lie_across() -> None:
    many = tuple(Process(name=f"P{n}", kind="support", owner="Office") for n in range(20))
    made = assemble(with_rules(processes_map=many))

    lying = [b for b in made.tree.blocks if isinstance(b, Table) and b.classes == ("landscape",)]
    assert len(lying) == 3


def test_no_page_is_broken_beside_a_table_that_has_its_own(made: Compilation) -> None:
    row = made.tree.blocks
    across = [at for at, block in enumerate(row) if isinstance(block, Table) and block.classes]

    assert across
    assert not any(isinstance(row[i], PageBreak) for at in across for i in (at - 2, at + 1))


def test_a_suspended_document_says_so_at_its_beginning() -> None:
    stopped = PARTS[0].copy.but(state="suspended", suspended_instruction="Ask first.")
    parts = (replace(PARTS[0], copy=stopped), *PARTS[1:])

    made = assemble(replace(SOURCES, parts=parts))
    assert "PRO-001 is suspended: do not work by it. Meanwhile: Ask first." in body(made.tree)


def test_what_the_manual_says_at_its_beginning_is_not_repeated() -> None:
    first, note = PARTS[0], "Sample data."
    parts = (replace(first, copy=first.copy.but(notes=(note, "Its own."))), *PARTS[1:])
    frame = replace(SOURCES.frame, copy=SOURCES.frame.copy.but(notes=(note,)))

    made = assemble(replace(SOURCES, frame=frame, parts=parts))
    assert note not in body(made.tree)
    assert "Its own." in body(made.tree)


def test_only_a_manual_can_be_compiled() -> None:
    with pytest.raises(InputError, match="not a manual"):
        assemble(replace(SOURCES, frame=PARTS[0]))


def test_the_manual_makes_a_sound_docx(made: Compilation) -> None:
    assert not faults(docx.write(made.tree, made.copy, made.images))


def test_a_tree_that_was_printed_before_is_printed_as_if_it_were_new() -> None:
    """What was made of a tree is used again where all is alike, and nowhere else."""
    renamed = replace(PARTS[0], copy=PARTS[0].copy.but(number="PRO-007"))
    repainted = replace(PARTS[0], images={"map.png": b"three"})
    for first in (PARTS[0], renamed, repainted):
        shared = replace(first, made=PARTS[0].made)
        fresh = replace(first, made={})

        again = assemble(replace(SOURCES, parts=(shared, *PARTS[1:])))

        assert again == assemble(replace(SOURCES, parts=(fresh, *PARTS[1:])))
