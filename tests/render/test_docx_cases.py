"""Cases as files: `cases/NAME.md` becomes `cases/NAME.txt`, in the notation of `wordml`.

`REFRESH=1 pytest tests/render/test_docx_cases.py` writes the expected files anew; look at the diff.
"""

import os
from pathlib import Path

import pytest
from pictures import PNG
from wordml import described

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.render.docx.around.direction import directed
from docctl.render.docx.blocks import write
from docctl.render.docx.pens.pen import Ink, Look
from docctl.render.docx.place import Place
from docctl.render.docx.plan import planned

CASES = sorted(Path(__file__).with_name("cases").glob("*.md"))
WIDTH = 9412


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_markdown_becomes_what_the_case_says(case: Path) -> None:
    tree = numbered(parse(case.read_text(encoding="utf-8"))[0])
    plan = planned(tree, "A title")
    ink = Ink.new(tree, plan, {"rig.png": PNG}, WIDTH, Look(plan.shift, plan.numbers))
    (text,) = plan.passages

    found = described(directed(write(ink, text.blocks, Place(WIDTH))))

    expected = case.with_suffix(".txt")
    if os.environ.get("REFRESH"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
