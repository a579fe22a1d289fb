"""References to documents, attachments, and going through a tree."""

from docctl.content.parse import parse
from docctl.content.structure.labels import labelled
from docctl.content.structure.outline import numbered, shifted
from docctl.content.structure.references import (
    Cited,
    FileReference,
    Target,
    attached_path,
    attachments,
    references,
    resolved,
)
from docctl.content.tree import Document, Link, Reference, Text
from docctl.content.walk import changed, inlines, lines, plain

TEXT = """# See [[PRO-001]]

First
*line [[PRO-002#records]]* and\\
[words](doc:PRO-003), [[function:Buyer]] `c` ![alt](files/a%20b.png)[^1].

| a | b |
|---|---|
| [[PRO-004]] | 1 |
| [x](./form.pdf?x=1#p2) | [[PRO-005]] |

Table: after [[PRO-006]]

Term
: [a](../up.pdf) [b](/root.pdf) [c](..\\\\up.pdf)

- > [web](https://a.example) [here](#x) ![remote](//b.example/c.png)

[^1]: [[PRO-007]]
"""


def test_references_are_found_with_their_lines() -> None:
    assert references(parse(TEXT)[0]) == (
        Cited("PRO-001", "", 1),
        Cited("PRO-002", "records", 4),
        Cited("PRO-003", "", 5),
        Cited("PRO-004", "", 9),
        Cited("PRO-005", "", 10),
        Cited("PRO-006", "", 12),
        Cited("PRO-007", "", 19),
    )


def test_attachments_are_found_with_their_lines() -> None:
    found = attachments(parse(TEXT)[0])

    assert found[:2] == (FileReference("a b.png", 5, True), FileReference("form.pdf", 10, False))
    assert [one.safe for one in found] == [True, True, False, False, False]
    assert attached_path("a%2") == "a%2"


def test_references_are_resolved() -> None:
    known = {
        "PRO-002": Target("PRO-002", "Control of records", "3", url="PRO-002.docx"),
        "PRO-003": Target("PRO-003", "Audits", anchor="pro-003"),
        "PRO-004": Target("PRO-004", "Training"),
    }
    document = resolved(parse(TEXT)[0], known.get)
    found = {n.number: n for _, n in inlines(document) if isinstance(n, Reference)}

    assert found["PRO-001"] == Reference("PRO-001")
    assert found["PRO-002"].target == "PRO-002.docx#records"
    assert plain(found["PRO-002"].inlines) == "PRO-002 Control of records, records"
    assert found["PRO-003"] == Reference("PRO-003", "", (Text("words"),), "#pro-003")
    assert found["PRO-004"] == Reference("PRO-004", "", (Text("PRO-004 Training"),), "")


def test_addresses_of_sections() -> None:
    chapter = Target("PRO-003", "Audits", anchor="pro-003")

    assert chapter.address("plan") == "#pro-003-plan"
    assert Target("PRO-003", "Audits", url="x.html").address("") == "x.html"
    assert Target("PRO-003", "Audits").address("plan") == ""


def test_plain_words() -> None:
    document, _ = parse(
        "a *b* `c`\n[d](e) ![f](g) [[PRO-1]] [[role:approver]][^1] x<br>y\n\n[^1]: n"
    )
    (_, nodes), *_ = lines(document.blocks[0])

    assert plain(nodes) == "a b c d f PRO-1 approver x y"


def test_what_does_not_change_stays_the_same_object() -> None:
    document = parse(TEXT)[0]

    assert changed(document, {}) is document
    louder = changed(document, {Text: lambda node: Text(node.text.upper())})
    assert louder.blocks[0] is not document.blocks[0]
    assert changed(louder, {Reference: lambda node: node}) is louder


def test_a_link_without_words_gets_the_name_of_what_it_leads_to() -> None:
    text = """# The text {#top}

[](#who) [](#rig) [](#scope) [](#plain) [](#bare) [](#nowhere) [#who](#rig) [](https://x.example)

## Scope

| a |
|---|
| 1 |

Table: First

| a |
|---|
| 1 |

Table: Second {#who}

![x](x.png "Rig"){#rig}

![x](x.png){#bare}

## Plain {.unnumbered}
"""
    document = resolved(numbered(parse(text)[0]), {}.get)
    words = [plain(node.inlines) for _, node in inlines(document) if isinstance(node, Link)]

    assert words == [
        "Table 2",
        "Figure 1",
        "1 Scope",
        "Plain",
        "#bare",
        "#nowhere",
        "#who",
        "https://x.example",
    ]


def test_in_a_manual_such_a_link_keeps_to_its_own_document() -> None:
    text = "# A\n\n[](#who)\n\n| a |\n|---|\n| 1 |\n\nTable: One {#who}\n"
    chapters = [shifted(parse(text)[0], 0, name) for name in ("pro-1-", "pro-2-")]
    whole = Document(tuple(block for one in chapters for block in one.blocks))
    found = [plain(n.inlines) for _, n in inlines(labelled(whole)) if isinstance(n, Link)]

    assert found == ["Table 1", "Table 2"]
