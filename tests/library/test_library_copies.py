"""What copies show: the words that were signed, and only what may be handed out."""

from pathlib import Path

import pytest
from firm import TEXT, Firm

from docctl import DocumentType, Manual, Numbering, Route, State, Step
from docctl.content.parse import parse
from docctl.content.structure.outline import outline
from docctl.content.tree import Table
from docctl.content.walk import plain
from docctl.errors import ExportForbiddenError
from docctl.model.control import CONTROL
from docctl.model.document import Chapter, OtherDocument
from docctl.render.markdown import body_of

MARKS = "A*B*C [[PRO-001]] <sub>x</sub> `code` a|b \\| ![x](y) Ltd"


def test_a_copy_of_the_settings_shows_every_value_as_it_was_signed(firm: Firm, place: Path) -> None:
    settings = firm.ada.control()
    first, *others = settings.types
    kinds = (first.but(title=MARKS, sections=(MARKS.split("|", maxsplit=1)[0],)), *others)
    roles = {"welder": MARKS}
    firm.change_control(settings.but(organization=MARKS, types=kinds, roles=roles))

    copy = firm.ada.export(CONTROL, place / "control.md")
    tree, _ = parse(body_of(copy.read_bytes(), "control.md"))
    tables = [block for block in tree.blocks if isinstance(block, Table)]
    shown = [[plain(cell) for cell in row] for table in tables for row in table.rows]
    assert ["Organisation", MARKS] in shown
    assert [MARKS, "1 approval by management"] in shown
    assert ["welder", MARKS, "–"] in shown
    assert any(MARKS.split("|", maxsplit=1)[0].strip() in row for row in shown)
    headings = [entry.title for entry in outline(tree)]
    assert (headings[0], headings[-1]) == ("1 Settings", "6 Exceptions")


def test_a_copy_of_the_settings_lists_what_every_report_must_show(firm: Firm, place: Path) -> None:
    for person in ("max", "cat"):
        firm.ada.person_leave(person)
    firm.ada.person_exception("ben", reason="The others are ill", until=firm.today)
    number = firm.reach(State.IN_REVIEW)
    firm.ada.person_role("ben", "approver")
    firm.by("ada").reroute(number, reason="Nobody else is there")
    firm.by("ben").approve(number)
    listed = firm.ada.exceptions()
    assert {one.kind for one in listed} >= {"exception", "own-work-signed"}
    tree, _ = parse(body_of(firm.ada.export(CONTROL, place / "c.md").read_bytes(), "c.md"))
    tables = [block for block in tree.blocks if isinstance(block, Table)]
    shown = [tuple(plain(cell) for cell in row) for row in tables[-1].rows]
    assert shown == [(one.subject, one.sentence) for one in listed]


NORM = DocumentType(
    name="norm",
    title="Norm",
    numbering=Numbering(prefix="NRM"),
    route=Route(steps=(Step(meaning="approved", role="approver"),)),
    fields={"properties": {"exportable": {"type": "boolean"}, "licence": {"type": "string"}}},
)


@pytest.mark.parametrize(("licence", "said"), [("One reader", "One reader"), ("", "metadata")])
def test_a_type_of_ones_own_can_keep_its_text_from_every_copy(
    firm: Firm, place: Path, licence: str, said: str
) -> None:
    settings = firm.ada.control()
    firm.change_control(settings.but(types=(*settings.types, NORM)))
    document = OtherDocument(type="norm", title="Pumps", exportable=False, licence=licence)
    secret = firm.by("ben").new(document, "## Clause\n\nSecret words.\n").number
    manual = Manual(title="All", chapters=(Chapter(title="Norms", include=(secret,)),))
    bound = firm.by("ben").new(manual, TEXT).number
    for number in (secret, bound):
        firm.submit(number)
        firm.sign(number)
        firm.release(number)

    with firm.refuses(ExportForbiddenError, said):
        firm.ada.export(secret, place / "norm.md")
    text = firm.ada.manual(bound, place / "manual.md").read_text()
    assert "Pumps" in text
    assert "Secret words" not in text
