"""Redlines and blanks are judged too: what they are is told, and whether docctl wrote them so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from firm import Firm
from test_library_altered import before, replaced
from test_library_judged import changed, told

from docctl import State

MORE = "<w:p><w:r><w:t>Step 2 no longer applies.</w:t></w:r></w:p>"


@pytest.fixture
def revised(firm: Firm) -> str:
    number = firm.reach(State.EFFECTIVE)
    firm.revise(number)
    for step in (firm.submit, firm.sign, firm.release):
        step(number)
    return number


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_a_redline_is_known_again_and_is_no_copy_to_work_by(
    firm: Firm, place: Path, revised: str, ending: str
) -> None:
    file = place / f"redline.{ending}"
    firm.ada.diff(revised, "1", "2", to=file)
    firm.clock.wait(days=3)

    found = told(firm, file)

    assert (found.verdict, found.alterations, bool(found)) == ("unjudged", (), False)
    assert f"the redline of {revised}, revisions 1 to 2, as docctl writes it" in found.sentence


@pytest.mark.parametrize(
    "change",
    [
        replaced("how it is done", "how we do it"),
        replaced("Better", "Worse"),
        before("<w:sectPr", MORE),
    ],
)
def test_a_redline_that_was_edited_is_altered(
    firm: Firm, place: Path, revised: str, change: Callable[[str], str]
) -> None:
    firm.ada.diff(revised, "1", "2", to=place / "redline.docx")

    found = told(firm, changed(place / "redline.docx", change))

    assert found.verdict == "altered"
    assert found.alterations


def test_a_redline_that_names_revisions_which_there_never_were_is_not_genuine(
    firm: Firm, place: Path, revised: str
) -> None:
    firm.ada.diff(revised, "1", "2", to=place / "redline.html")

    found = told(
        firm,
        changed(
            place / "redline.html",
            replaced('ComparedWith" content="1', 'ComparedWith" content="7'),
        ),
    )

    assert not found
    assert "as docctl writes it" not in found.sentence
