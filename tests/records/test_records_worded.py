"""Copies of records: what docctl words itself stays the same within a version of the sheet."""

from pathlib import Path

from archive import Keeping
from worded import hold

SHEETS = Path(__file__).parent / "worded"


def test_records_and_certificates_in_a_version_say_what_they_ever_said(
    keeping: Keeping, place: Path
) -> None:
    ria = keeping.by("ria")
    one, other, last = keeping.log(site="Oslo", what="A leak"), keeping.log(), keeping.log()
    keeping.by("ben").record_amend(one, {"what": "A large leak"}, reason="Looked again")
    files = {"record": ria.export(one, place / "record.md")}
    keeping.wait(4000)
    files["disposal"] = ria.export(
        ria.retention_propose(one, other).disposal, place / "disposal.md"
    )
    gone = keeping.disposed(last)
    files["certificate"] = ria.export(gone, place / "certificate.md")

    hold(files, SHEETS)
