"""A record is made anonymous: the old payload and its key are gone, and the rest is still found."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from archive import Keeping
from moments import interrupted, killed, spread, watched

from docctl.errors import RetentionError

PERSON = "Ola Nordmann"
FIELDS: dict[str, Any] = {
    "properties": {
        "site": {"type": "string"},
        "hours": {"type": "number"},
        "who": {"type": "string"},
        "note": {"type": "string"},
    },
    "required": ["site", "who"],
}
RECORD = {"site": "Oslo", "hours": 2.5, "who": PERSON, "note": "Ask Ola"}

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def form(keeping: Keeping) -> str:
    keeping.reschedule("logs", action="anonymise", removes=("note",))
    return keeping.form("logs", FIELDS, personal=["who"])


def capture(keeping: Keeping, form: str) -> str:
    files = {"photo.txt": PERSON.encode()}
    return keeping.by("ben").record_capture(form, RECORD, attachments=files).entry.record


def test_it_is_found_and_no_longer_says_who(keeping: Keeping, form: str, place: Path) -> None:
    number = capture(keeping, form)
    ria = keeping.by("ria")
    ria.record_amend(number, {"hours": 3}, reason="The clock was read wrongly")
    assert [one.record for one in ria.record_list(where="hours=3")] == [number]
    keeping.wait(31)

    made = keeping.disposed(number)

    assert [one.result for one in ria.retention_show(made).outcomes] == ["anonymised"]
    assert ria.record_show(number).fields == {"site": "Oslo", "hours": 3}
    assert [one.record for one in ria.record_list(where="hours=3")] == [number]
    assert [one.record for one in ria.record_list(where="status=anonymised")] == [number]
    assert ria.record_list(where="note~Ola") == ()
    assert len(keeping.payloads()) == 2  # what remains, and its key
    assert keeping.codes() == []
    assert ria.vault_scrub().sound
    page = ria.export(number, place / "record.md").read_text()
    assert "made anonymous on" in page
    assert "no longer says: who, note" in page
    assert "ANONYMISED" in page
    assert PERSON not in page
    with pytest.raises(Exception, match="disposed of"):
        ria.record_amend(number, {"hours": 4}, reason="Again")
    everything = [path for path in keeping.firm.root.rglob("*") if path.is_file()]
    assert not [path for path in everything if b"Ask Ola" in path.read_bytes()]


def test_what_marks_nothing_as_personal_says_so(keeping: Keeping) -> None:
    keeping.reschedule("logs", action="anonymise")
    number = keeping.log()
    keeping.wait(31)
    ria = keeping.by("ria")
    with pytest.raises(RetentionError, match="marks no field as personal"):
        ria.retention_propose(number)
    with pytest.raises(RetentionError, match="nothing is due"):
        ria.retention_propose()


@pytest.mark.parametrize("moments", [6, pytest.param(80, marks=pytest.mark.slow)])
@pytest.mark.parametrize("cut", [interrupted, killed])
def test_it_is_cut_short_anywhere_and_run_again(
    keeping: Keeping, form: str, place: Path, cut: Any, moments: int
) -> None:
    number = capture(keeping, form)
    keeping.wait(31)
    made = keeping.by("ria").retention_propose().disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    names = count()

    def copy() -> Keeping:
        return keeping.copied(place / f"cut-{next(names)}")

    def act(own: Keeping) -> None:
        own.by("ria").retention_run(made)

    whole = copy()
    with watched() as passed:
        act(whole)
    whole.firm.close()
    for at in spread(passed[0], moments):
        left = copy()
        cut(lambda left=left: Keeping(left.firm.reopened()), act, at)
        left.wait(1)
        assert left.by("ben").record_show(number).fields["hours"] == 2.5
        assert {*left.codes()} <= {"unfinished-disposal"}
        ria = left.by("ria")
        if ria.retention_show(made).state != "certified":
            ria.retention_run(made)
        ria.vault_sweep(unknown=True)
        assert ria.record_show(number).fields == {"site": "Oslo", "hours": 2.5}
        assert len([path for path in left.payloads() if path.parent.name != "tmp"]) == 2
        assert left.codes() == []
        assert ria.vault_scrub().sound
        left.firm.close()
