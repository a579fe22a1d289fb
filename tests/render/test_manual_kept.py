"""A manual whose documents were printed before is the manual that new ones make."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from copies import copy
from hypothesis import given
from hypothesis import strategies as st

from docctl.content.parse import parse
from docctl.model.document import Chapter, ExternalDocument, Manual, Policy
from docctl.model.lifecycle import State
from docctl.render import docx
from docctl.render.manual import ManualPart, ManualSources, MasterRow, assemble

FRAME = "# Manual\n\n## Chapters\n\nSee [[POL-2]] and [[POL-9#who]][^f].\n\n[^f]: The frame's.\n"
#: Texts with everything that depends on the manual around them.
TEXTS = (Path(__file__).parent / "cases_manual" / "kept.md").read_text("utf-8").split("=====\n")
TREES = tuple(parse(text)[0] for text in TEXTS)
PICTURE = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)

#: Which texts, in which order, under which titles, in which state, with which pictures.
PRINTED = st.tuples(
    st.integers(0, len(TEXTS) - 1),
    st.sampled_from(["Another title", "One"]),
    st.sampled_from([State.EFFECTIVE, State.SUPERSEDED]),
    st.booleans(),
)
MANUALS = st.lists(PRINTED, max_size=4, unique_by=lambda printed: printed[0])


def sources(printed: list[Any], made: list[dict[object, Any]] | None) -> ManualSources:
    """Return a manual of some texts; what was made of them is kept in *made*."""
    parts, rows = [], []
    for which, title, state, pictured in printed:
        number = f"POL-{which + 1}"
        kind = ExternalDocument if TEXTS[which].startswith("# Kept back") else Policy
        more = {"exportable": False, "source": "the shelf"} if kind is ExternalDocument else {}
        facts = copy(number=number, document=kind(title=title, **more), state=state, history=())
        images = {"map.png": PICTURE} if pictured else {}
        parts.append(ManualPart(facts, TREES[which], images, made[which] if made else {}))
        rows.append(
            MasterRow(number, title, "Policy", "2", state, date(2026, 1, 2), None, "Office")
        )
    types = ("policy", "external_document")
    rules = Manual(title="Manual", chapters=tuple(Chapter(title=t, type=t) for t in types))
    frame = ManualPart(copy(number="MAN-1", document=rules, history=()), parse(FRAME)[0])
    return ManualSources(frame, tuple(parts), (), tuple(rows), date(2026, 12, 2))


@given(st.lists(MANUALS, min_size=1, max_size=3))
def test_what_is_kept_of_documents_makes_no_other_manual(manuals: list[list[Any]]) -> None:
    made: list[dict[object, Any]] = [{} for _ in TEXTS]

    for printed in (*manuals, manuals[0]):
        again, fresh = assemble(sources(printed, made)), assemble(sources(printed, None))

        assert again == fresh
        plain = replace(fresh.tree, parts=())
        assert docx.write(again.tree, again.copy, again.images) == docx.write(
            plain, fresh.copy, fresh.images
        )


def test_the_same_manual_is_made_of_the_same_passages() -> None:
    made: list[dict[object, Any]] = [{} for _ in TEXTS]
    printed = [(which, "One", State.EFFECTIVE, True) for which in (0, 2, 3)]

    first, again = (assemble(sources(printed, made)).tree.passages for _ in range(2))

    same = [one is other for one, other in zip(first, again, strict=True)]
    assert sum(same) == len(printed)


def test_a_text_that_was_changed_since_is_one_passage() -> None:
    text = assemble(sources([(0, "One", State.EFFECTIVE, True)], None)).tree
    shorter = replace(text, blocks=text.blocks[1:])
    other = replace(text, blocks=(*text.blocks[:-1], text.blocks[0]))

    assert len(text.passages) > 1
    for changed in (shorter, other):
        assert [passage.blocks for passage in changed.passages] == [changed.blocks]
