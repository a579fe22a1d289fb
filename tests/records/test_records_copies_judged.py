"""Copies of records, certificates and blanks that come back."""

from pathlib import Path

import pytest
from archive import Keeping

from docctl.model.answers.verified import VerifiedCopy

FORMATS = ("docx", "md", "html")


def told(keeping: Keeping, file: Path) -> VerifiedCopy:
    (found,) = keeping.by("ria").verify_copy(file).copies
    return found


@pytest.mark.parametrize("ending", FORMATS)
def test_a_copy_of_a_record_is_current_until_more_is_stated(
    keeping: Keeping, place: Path, ending: str
) -> None:
    number = keeping.log(site="Oslo", what="A leak")
    file = keeping.by("ria").export(number, place / f"copy.{ending}")
    assert told(keeping, file).verdict == "current"
    keeping.wait(2)
    assert told(keeping, file).verdict == "current"

    keeping.by("ben").record_amend(number, {"what": "A large leak"}, reason="Looked again")

    found = told(keeping, file)
    assert (found.verdict, found.number, found.alterations) == ("outdated", number, ())
    assert "amended" in found.sentence
    other = place / f"other.{ending}"
    if ending != "docx":
        other.write_text(file.read_text("utf-8").replace("Oslo", "Bergen"), encoding="utf-8")
        assert told(keeping, other).verdict == "altered"


def test_a_copy_of_a_record_that_is_gone_cannot_be_judged(keeping: Keeping, place: Path) -> None:
    number = keeping.log(site="Oslo", what="A leak")
    file = keeping.by("ria").export(number, place / "copy.html")
    keeping.wait(4000)
    disposal = keeping.disposed(number)
    certificate = keeping.by("ria").export(disposal, place / "certificate.docx")

    assert told(keeping, certificate).verdict == "current"
    assert told(keeping, file).verdict in {"unjudged", "outdated"}


def test_a_blank_is_no_copy_to_work_by(keeping: Keeping, place: Path) -> None:
    file = keeping.by("ria").export_blank("FRM-001", place / "blank.docx")

    found = told(keeping, file)

    assert (found.verdict, found.number) == ("unjudged", "FRM-001")
    assert "blank" in found.sentence
