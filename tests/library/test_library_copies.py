"""What copies show: the words that were signed, and only what may be handed out."""

from pathlib import Path

from firm import Firm

from docctl.content.outline import outline
from docctl.content.parse import parse
from docctl.content.tree import Table
from docctl.content.walk import plain
from docctl.model.control import CONTROL
from docctl.render.markdown import body_of

MARKS = "A*B*C [[PRO-001]] <sub>x</sub> `code` a|b \\| ![x](y) Ltd"


def test_a_copy_of_the_settings_shows_every_value_as_it_was_signed(firm: Firm, place: Path) -> None:
    settings = firm.ada.control()
    first, *others = settings.types
    kinds = (first.but(title=MARKS, sections=(MARKS.split("|")[0],)), *others)
    roles = {"welder": MARKS}
    firm.change_control(settings.but(organization=MARKS, types=kinds, roles=roles))

    copy = firm.ada.export(CONTROL, place / "control.md")
    tree, _ = parse(body_of(copy.read_bytes(), "control.md"))
    tables = [block for block in tree.blocks if isinstance(block, Table)]
    shown = [[plain(cell) for cell in row] for table in tables for row in table.rows]
    assert ["Organisation", MARKS] in shown
    assert [MARKS, "1 approval by management"] in shown
    assert ["welder", MARKS, "–"] in shown
    assert any(MARKS.split("|")[0].strip() in row for row in shown)
    headings = [entry.title for entry in outline(tree)]
    assert (headings[0], headings[-1]) == ("1 Settings", "6 Exceptions")
