"""A manual's own text, exported without its chapters: what was approved with it is all there."""

from copies import copy
from wordml import part

from docctl.content.frontmatter import load, split
from docctl.content.parse import parse
from docctl.model.document import Chapter, Exclusion, Manual, Process
from docctl.render import docx, markdown
from docctl.render.manual import with_approved

RULES = Manual(
    title="Quality manual",
    scope="Repair of pumps.",
    not_applicable=(Exclusion(clause="iso9001:2015#8.3", reason="We design nothing."),),
    processes_map=(Process(name="Repair", owner="Workshop", documents=("PRO-002",)),),
    chapters=(
        Chapter(title="Policies", type="policy"),
        Chapter(title="Work", include=("PRO-002", "EXT-001"), process="Repair"),
    ),
)


def text_of(body: str, rules: Manual = RULES) -> str:
    return markdown.body(with_approved(parse(body)[0], rules))


def test_scope_exclusions_processes_and_chapters_stand_in_the_text() -> None:
    text = text_of("## Scope\n\nPumps.\n\n## People\n\nAll of us.\n")

    assert text.index("Pumps.") < text.index("Repair of pumps.") < text.index("## People")
    assert "| ISO 9001:2015 (8.3) | We design nothing.    |" in text
    assert "## Processes\n\n### Processes at a glance" in text
    assert (
        "[PRO-002](doc:PRO-002), [EXT-001](doc:EXT-001); every document of process Repair" in text
    )
    assert "| Policies | every document of type policy" in text


def test_a_text_without_headings_gets_sections_of_the_highest_level() -> None:
    text = text_of("All of us.\n", RULES.model_copy(update={"processes_map": (), "chapters": ()}))

    assert text.startswith("All of us.\n\n# Scope\n\n## Scope statement")
    assert "Processes" not in text
    assert "Chapters" not in text


def test_what_the_text_shows_is_no_particular() -> None:
    tree = with_approved(parse("## People\n\nAll of us.\n")[0], RULES)
    facts = copy(document=RULES)

    told = "".join(part(docx.write(tree, facts), "word/document.xml").itertext())

    assert b"Particulars approved" not in markdown.controlled(tree, facts)
    assert "Particulars approved" not in told
    assert "We design nothing." in told


def test_the_pins_of_a_manual_stand_in_the_front_matter_too() -> None:
    pins = {"Issue": "2026-12-02 / 0123", "Input PRO-001": f"revision 3, {'a' * 64}"}
    written = markdown.controlled(parse("Text.\n")[0], copy(), properties=pins).decode()

    assert load(split(written)[0], "x").values["properties"] == pins
    assert markdown.body_of(written.encode(), "x") == "Text.\n"
