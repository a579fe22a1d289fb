"""Cases as files: `cases/NAME.md` is parsed, `cases/NAME.txt` says what comes out.

`REFRESH=1 pytest tests/content` writes the expected files anew; read the difference.
"""

import os
from pathlib import Path

import pytest
from tree_notation import shown

from docctl.content.parse import parse

CASES = sorted(Path(__file__).parent.glob("cases/*.md"))


@pytest.mark.parametrize("source", CASES, ids=lambda path: path.stem)
def test_a_text_is_read_as_the_case_says(source: Path) -> None:
    expected = source.with_suffix(".txt")
    found = shown(*parse(source.read_bytes().decode()))
    if os.environ.get("REFRESH"):
        expected.write_text(found, encoding="utf-8")

    assert found == expected.read_text(encoding="utf-8")
