"""Copies of records, certificates and blanks that come back."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from archive import Keeping

from docctl.intake import read
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


@pytest.mark.parametrize("ending", FORMATS)
def test_an_altered_copy_of_a_record_is_altered_whatever_was_stated_later(
    keeping: Keeping, place: Path, ending: str
) -> None:
    number = keeping.log(site="Oslo", what="A leak")
    file = keeping.by("ria").export(number, place / f"copy.{ending}")
    keeping.wait(2)
    keeping.by("ben").record_amend(number, {"what": "A large leak"}, reason="Looked again")
    later = keeping.by("ria").export(number, place / f"later.{ending}")
    old, new = (_last(one) for one in (file, later))
    assert old != new

    for words, others in (("Oslo", "Bergen"), ("A leak", "A large leak"), (old, new)):
        other = _with(file, words, others)
        assert told(keeping, other).verdict == "altered", words
    assert told(keeping, later).verdict == "current"
    assert told(keeping, _with(later, "A large leak", "A leak")).verdict == "altered"


def _last(file: Path) -> str:
    """Return the digest of the last event that a copy names."""
    names = ("LastEventSHA256", "last_event_sha256")
    facts = read(file.read_bytes(), file.name).facts
    return next(said for name, said in facts.items() if name.rpartition(".")[2] in names)


def _with(file: Path, old: str, new: str) -> Path:
    """Write words in the place of others wherever they stand, in every part."""
    other = file.with_name(f"changed{file.suffix}")
    if file.suffix != ".docx":
        text = file.read_text(encoding="utf-8")
        assert old in text
        other.write_text(text.replace(old, new), encoding="utf-8")
        return other
    with ZipFile(file) as before, ZipFile(other, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old.encode(), new.encode()))
    return other


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
