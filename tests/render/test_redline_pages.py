"""Redlines as HTML and as Markdown: both texts can be read out of them, and nothing by colour."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from copies import copy
from html_invariants import faults
from hypothesis import HealthCheck, example, given, settings
from pictures import PNG
from trees import DOCUMENTS

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.tree import Code, Document, Paragraph, Text
from docctl.model.answers.reading import ChangedFact
from docctl.render import html, markdown, redline
from docctl.render.html.look import LOOK
from docctl.render.redline import Comparison, Notice

CASES = sorted((Path(__file__).parent / "cases_redline").glob("*.md"))
IMAGES = {"rig.png": PNG}
AROUND = replace(redline.cover(copy(), Document(()), Notice("1")), contents=False)


def compared(old: str, new: str) -> Comparison:
    return redline.compared(*(numbered(parse(text)[0]) for text in (old, new)), IMAGES, IMAGES)


def case(path: Path) -> Comparison:
    return compared(*path.read_text(encoding="utf-8").split("\n=====\n"))


def words(page: str) -> list[str]:
    """Return the words of the text; numbers of notes and captions are counted on each side."""
    other = r'<p class="reshaped">.*?</p>|<section class="notes".*?</section>|<input[^>]*>'
    text = re.sub(rf'{other}|<sup class="note">.*?</sup>', "", page, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", text).split()


def side(page: str, gone: str) -> str:
    return re.sub(rf"<{gone}[ >].*?</{gone}>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_both_texts_can_be_read_out_of_a_page(path: Path) -> None:
    made = case(path)
    article = redline.in_page(made, AROUND).article
    newer, older = (html.parts(text, AROUND, IMAGES).article for text in (made.newer, made.older))

    assert "".join(words(side(article, "del"))) == "".join(words(newer))
    if path.stem not in {"headings", "call-outs"}:  # they show the number and kind they have now
        assert "".join(words(side(article, "ins"))) == "".join(words(older))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_page_is_sound(path: Path) -> None:
    data, beside = redline.in_html(case(path), AROUND, "folder")

    assert faults(data) == []
    assert beside == {}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, DOCUMENTS)
@example(Document(()), Document((Paragraph((Text(""), Code(""))),)))
def test_every_two_trees_become_a_page_and_markdown(old: Document, new: Document) -> None:
    made = redline.compared(numbered(old), numbered(new), IMAGES, IMAGES)

    assert faults(redline.in_html(made, AROUND, "folder")[0]) == []
    assert redline.in_markdown(made, AROUND, "folder")[0].decode()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_both_texts_can_be_read_out_of_markdown(path: Path) -> None:
    made = case(path)
    text = redline.in_markdown(made, AROUND, "folder")[0].decode()
    text = re.sub(r"\{>>.*?<<\}", "", text)
    for text_of, gone, kept in ((made.newer, "--", r"\+\+"), (made.older, r"\+\+", "--")):
        plain = markdown.covered(text_of, AROUND, {}).decode()
        left = re.sub(rf"\{{{gone}.*?{gone}\}}", "", text, flags=re.DOTALL)
        left = re.sub(rf"\{{{kept}|{kept}\}}", "", left)
        if path.stem not in COUNTED:
            assert _letters(left) == _letters(plain)


def test_brackets_at_the_beginning_of_a_cell_are_brackets() -> None:
    made = redline.compared(*(numbered(parse(_TABLE.format(one))[0]) for one in ("old", "new")))
    text = redline.in_markdown(made, AROUND, "folder")[0].decode()

    assert "| {--old--}{++new++} |" in text


_TABLE = "| Gauge | State |\n|---|---|\n| Calliper | {} |\n"

#: Cases whose numbers, kinds or notes are those of the newer text alone.
COUNTED = {
    "lists",
    "headings",
    "list-kinds",
    "call-outs",
    "notes-that-move",
    "in-items",
    "right-to-left",
    "footnotes",
}


def _letters(text: str) -> str:
    body = text.partition("\n___\n")[2].rpartition("\n___\n")[0]
    return "".join(
        re.findall(r"\w+", re.sub(r"^ *\d+\.|folder/|\(.*?\)", "", body, flags=re.MULTILINE))
    )


def test_marks_that_a_text_holds_itself_are_no_changes() -> None:
    made = compared("a {++b++} x--} c", "a {++b++} x--} {>>d<<}")
    text = redline.in_markdown(made, AROUND, "folder")[0].decode()

    assert r"a {\++b+\+} x-\-}" in text
    assert r"{\>>d<\<}" in text
    assert "b" not in "".join(re.findall(r"\{(?:\+\+|--)(.*?)(?:\+\+|--)\}", text))


def test_what_changed_is_not_said_by_colour_alone() -> None:
    """People who see no colours, or listen, are told as well."""
    for words_ in (
        "underline",
        "line-through",
        "[inserted: ",
        "[deleted: ",
        "::after { background",
    ):
        assert words_ in LOOK


def test_another_shape_is_told_above_the_block() -> None:
    made = compared("3. a\n4. b", "5. a\n6. b")

    assert (
        "Changed from numbered from 3 to numbered from 5:" in redline.in_page(made, AROUND).article
    )
    text = redline.in_markdown(made, AROUND, "folder")[0].decode()
    assert "{>>changed from numbered from 3 to numbered from 5<<}" in text


def test_a_moved_passage_is_announced_in_both_places() -> None:
    words = "Nobody stands under the load while it is lifted."
    made = compared(f"{words}\n\n## Aim\n\nWe lift.", f"## Aim\n\nWe lift.\n\n{words}")
    page, text = (
        redline.in_page(made, AROUND).article,
        redline.in_markdown(made, AROUND, "folder")[0].decode(),
    )

    for way, place in (("to", "1 Aim"), ("from", "the beginning")):
        assert f"Moved {way} {place}:" in page
        assert f"{{>>moved {way} {place}<<}}" in text


def test_boxes_code_and_captions_show_what_became_of_them() -> None:
    made = compared(
        '- [ ] do it\n\n```\na b\n```\n\n![rig](rig.png "The old rig")',
        '- [x] do it\n\n```\na c\n```\n\n![rig](rig.png "The new rig")',
    )
    page = redline.in_page(made, AROUND).article
    text = redline.in_markdown(made, AROUND, "folder")[0].decode()

    assert re.search(r"<del><input[^>]*></del><ins><input[^>]*checked[^>]*></ins> do it", page)
    assert "<code>a <del>b</del><ins>c</ins>" in page
    assert "Figure 1: The <del>old</del><ins>new</ins> rig" in page
    assert "- {--[ ]--}{++[x]++} do it" in text
    assert "a {--b--}{++c++}" in text


# --- what stands around --------------------------------------------------------------------


def test_everything_around_says_that_it_is_a_redline_and_of_what() -> None:
    run = AROUND.running

    for said in (AROUND.title, run.title, AROUND.notices[0]):
        assert "revision 1" in said
        assert "revision 2" in said
    assert run.revision == "Revision 2 compared with revision 1"
    assert run.mark == "REDLINE, not the controlled copy"
    assert run.caution == "Redline, not the controlled copy"
    assert AROUND.watermark == "REDLINE"
    assert AROUND.properties["Redline"] == "1 to 2"


def test_the_mark_of_a_draft_stays() -> None:
    draft = redline.cover(copy(state="draft", effective_on=None), Document(()), Notice("1"))

    assert draft.watermark == "DRAFT REDLINE"
    assert draft.running.mark == "REDLINE, not the controlled copy \u00b7 DRAFT"


def test_the_control_block_tells_reason_class_and_summary() -> None:
    facts = {fact.label: fact.value for fact in AROUND.facts}

    assert facts["Compared"] == "Revision 1 with revision 2"
    assert facts["Change class"] == "Content"
    assert facts["Reason for change"] == "Audit finding."
    assert facts["Summary of change"] == "Retention times added."
    unknown = redline.cover(copy(history=()), Document(()), Notice("1"))
    assert "Reason for change" not in {fact.label for fact in unknown.facts}


def notice(told: Notice) -> list[tuple[str, ...]]:
    title, table = redline.cover(copy(), Document(()), told).tables[0]
    assert title == "What changed"
    return [tuple("".join(one.text for one in cell) for cell in row) for row in table.rows]  # type: ignore[union-attr]


def test_a_passage_that_was_moved_is_told_with_both_places() -> None:
    words = "Nobody stands under the load while it is lifted."
    head, more = "## Aim\n\nWe lift.", "## Steps\n\nOne.\n\nTwo."
    rows = notice(
        Notice(
            "1",
            compared(f"{head}\n\n{words}\n\n{more}", f"{head}\n\n{more}\n\n{words}").differences,
        )
    )

    assert rows == [
        ("1 Aim", words, "moved to: 2 Steps"),
        ("2 Steps", "moved from: 1 Aim", words),
    ]
    short = notice(Notice("1", compared("A.\n\nB.\n\nC.", "B.\n\nC.\n\nA.").differences))
    assert not [row for row in short if "moved" in " ".join(row)]


def test_a_text_of_no_letters_is_written() -> None:
    """No parser makes such a text, but a comparison may."""
    empty = Document((Paragraph((Text(""), Code("a"), Text(""))),))

    made = redline.compared(Document(()), empty, IMAGES, IMAGES)

    assert "{++`a`++}" in redline.in_markdown(made, AROUND, "folder")[0].decode()


def test_the_notice_lists_metadata_places_and_attachments() -> None:
    long = "It goes on and on with words that stay as they are for long enough. " * 4
    made = compared(f"## Aim\n\n{long}Old end, {long}", f"## Aim\n\n{long}New end, {long}\n\nMore.")
    facts = [ChangedFact(name="Title", was="Old", now="New"), ChangedFact(name="Keywords", now="a")]
    attached = {"a.txt": "added", "b.txt": "changed", "c.txt": "removed"}

    rows = notice(Notice("1", made.differences, facts, attached))

    assert rows[:2] == [("Metadata: Title", "Old", "New"), ("Metadata: Keywords", "\u2013", "a")]
    assert rows[2][0] == "1 Aim"
    assert rows[2][1].startswith("\u2026 ")
    assert "Old end" in rows[2][1]
    assert "New end" in rows[2][2]
    assert max(map(len, rows[2])) < 250
    assert rows[3:] == [
        ("1 Aim", "\u2013", "More."),
        ("Attachment a.txt", "\u2013", "added"),
        ("Attachment b.txt", "there", "replaced by another file"),
        ("Attachment c.txt", "there", "removed"),
    ]


def test_a_notice_of_very_many_places_ends_with_their_number() -> None:
    old, new = (
        "\n\n".join(f"{word} {n} stands here" for n in range(99)) for word in ("old", "new")
    )
    rows = notice(Notice("1", compared(old, new).differences))

    assert len(rows) == 61
    assert rows[-1][0] == "\u2026 and 39 more places"


def test_a_notice_of_nothing_says_so() -> None:
    assert notice(Notice("1")) == [("Nothing differs", "\u2013", "\u2013")]


def test_a_long_passage_is_cut_between_words() -> None:
    made = compared("", "word " * 100)
    ((_, _, now),) = notice(Notice("1", made.differences))

    assert now.endswith("word \u2026")
    assert len(now) < 250
