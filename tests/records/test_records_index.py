"""Lists of records come from the index: it follows the history, and keeps nothing that is gone."""

import sqlite3
from contextlib import closing

import pytest
from archive import RECORD, Keeping

from docctl.errors import InputError
from docctl.library.local import INDEX


def listed(keeping: Keeping, where: str, **more: int) -> list[str]:
    return [one.record for one in keeping.by("ben").record_list(where=where, **more)]


def forget(keeping: Keeping) -> None:
    keeping.firm.ada.index.close()
    (keeping.firm.root / INDEX).unlink()


def test_the_list_is_the_same_from_a_new_index_and_from_one_that_followed(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    assert ben.record_list() == ()
    first, second = keeping.log(), keeping.log(site="Oslo", what="A crack")
    staged = ben.record_capture("FRM-002", RECORD).entry.record
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[second])
    keeping.wait(31)
    assert listed(keeping, "site=Bergen") == [first, staged]
    assert listed(keeping, "what~crack or status=open") == [second, staged]
    ben.record_amend(first, {"site": "Oslo", "what": "A crack"}, reason="Wrong site")
    ben.record_add(staged, "analysed", {"cause": "A worn seal"})
    assert listed(keeping, "site=Oslo") == [first, second]
    assert listed(keeping, "what~crack") == [first, second]
    assert listed(keeping, "cause='A worn seal'") == [staged]
    keeping.disposed(first)
    followed = ben.record_list(), keeping.by("ria").retention_due()
    assert [one.status for one in followed[0]] == ["disposed", "closed", "open"]
    assert {one.record: one.state for one in followed[1]}[second] == "held"
    forget(keeping)
    assert (ben.record_list(), keeping.by("ria").retention_due()) == followed
    assert listed(keeping, "what~crack") == [second]
    assert listed(keeping, "form=FRM-001", limit=1, page=2) == [second]
    assert keeping.codes() == []


def test_an_index_of_documents_is_made_anew_where_there_are_records(keeping: Keeping) -> None:
    ben, day = keeping.by("ben"), keeping.firm.ada.today()
    keeping.log()
    before = ben.register(), ben.changes(since=day)
    forget(keeping)
    assert (ben.register(), ben.changes(since=day)) == before


def test_data_of_persons_are_never_in_the_index(keeping: Keeping) -> None:
    fields = {"properties": {"site": {"type": "string"}, "name": {"type": "string"},
                             "what": {"type": "string"}}}  # fmt: skip
    form = keeping.form("logs", fields, personal=["name"])
    said = {"site": "Oslo", "name": "Nordmann", "what": "Vertigo"}
    number = keeping.by("ben").record_capture(form, said).entry.record
    assert listed(keeping, "what=vertigo") == [number]
    for asked in ("name=Nordmann", "name!=Nordmann"):
        with pytest.raises(InputError, match="data of persons"):
            listed(keeping, asked)
    assert b"vertigo" in (keeping.firm.root / INDEX).read_bytes()
    assert b"nordmann" not in (keeping.firm.root / INDEX).read_bytes().lower()


def test_what_a_record_said_is_gone_from_the_index_once_it_is_disposed_of(
    keeping: Keeping,
) -> None:
    rows = [{**RECORD, "what": f"Zeppelin {n} {'x' * (n % 700)}"} for n in range(200)]
    numbers = keeping.by("ben").record_capture_many("FRM-001", rows)
    assert len(listed(keeping, "what~zeppelin")) == 200
    place = keeping.firm.root / INDEX
    assert b"zeppelin 77 " in place.read_bytes()
    keeping.wait(31)
    gone = numbers[3::2]
    keeping.disposed(*gone)
    left = place.read_bytes()
    assert not [n for n in range(3, 200, 2) if f"zeppelin {n} ".encode() in left]
    assert len(listed(keeping, "what~zeppelin")) == 200 - len(gone)


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("record", "UPDATE record SET status = 'open'"),
        ("record", "DELETE FROM record"),
        ("identifier", "UPDATE identifier SET folded = 'oslo'"),
        ("stamp", "INSERT INTO stamp VALUES ('H-1', 'FRM-001-0001')"),
    ],
)
def test_an_altered_index_of_records_is_told(keeping: Keeping, table: str, statement: str) -> None:
    keeping.log()
    assert keeping.by("ben").record_list()
    keeping.firm.ada.index.close()
    assert keeping.codes() == []
    with closing(sqlite3.connect(keeping.firm.root / INDEX)) as connection, connection:
        connection.execute(statement)
    (found,) = keeping.firm.ada.verify().problems
    assert (found.code, table in found.sentence) == ("altered-index", True)


def test_an_altered_index_lets_nothing_go(keeping: Keeping) -> None:
    number = keeping.log()
    ria = keeping.by("ria")
    assert ria.retention_due()
    keeping.firm.ada.index.close()
    with closing(sqlite3.connect(keeping.firm.root / INDEX)) as connection, connection:
        connection.execute("UPDATE record SET captured = '2001-01-01', class = 'logs'")
    assert [one.state for one in ria.retention_due()] == ["due"]
    with pytest.raises(Exception, match="nothing is due"):
        ria.retention_propose()
    assert keeping.by("ben").record_show(number).due.state == "running"


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 5, "page": 0}, {"page": 2}])
def test_there_is_no_page_before_the_first(keeping: Keeping, wrong: dict[str, int]) -> None:
    with pytest.raises(InputError):
        keeping.by("ben").record_list(**wrong)
