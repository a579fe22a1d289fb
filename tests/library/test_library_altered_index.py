"""A cache that somebody altered is told by `verify`; one that is behind, or no cache, is not."""

import sqlite3
from contextlib import closing

import pytest
from firm import Firm

from docctl import Procedure
from docctl.library.local import INDEX


def altered(firm: Firm, statement: str) -> None:
    with closing(sqlite3.connect(firm.root / INDEX)) as connection, connection:
        connection.execute(statement)


def problems(firm: Firm) -> list[tuple[str, str]]:
    return [(one.code, one.sentence) for one in firm.ada.verify().problems]


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("span", "UPDATE span SET title = 'Forged', state = 'effective'"),
        ("span", "DELETE FROM span"),
        ("event", "UPDATE event SET signer = 'eva' WHERE item <> 'ACCESS'"),
        ("person", "INSERT INTO person VALUES ('eve', 'Eve')"),
        ("reference", "DELETE FROM reference"),
    ],
)
def test_an_altered_index_is_told(firm: Firm, table: str, statement: str) -> None:
    number = firm.ada.new(Procedure(title="Lifting"), "See [[PRO-002]].\n").number
    assert firm.ada.register()[0].number == number
    firm.ada.where(number)
    firm.ada.changes(since=firm.ada.today())
    firm.ada.index.close()
    assert problems(firm) == []

    altered(firm, statement)
    written = (firm.root / INDEX).read_bytes()
    assert problems(firm) == [
        ("altered-index", f"its table {table} says something else than the store")
    ]
    firm.ada.new(Procedure(title="Lowering"), "Text.\n")
    assert [code for code, _ in problems(firm)] == ["altered-index"]
    assert (firm.root / INDEX).read_bytes() == written


@pytest.mark.parametrize("left", [b"", b"no index", None])
def test_what_is_no_index_is_no_problem(firm: Firm, left: bytes | None) -> None:
    firm.ada.register()
    firm.ada.index.close()
    (firm.root / INDEX).unlink()
    if left is not None:
        (firm.root / INDEX).write_bytes(left)
    assert problems(firm) == []
    assert (firm.root / INDEX).exists() == (left is not None)


def test_parts_that_have_come_to_different_commits_are_each_compared_with_theirs(
    firm: Firm,
) -> None:
    number = firm.ada.new(Procedure(title="Lifting"), "See [[PRO-002]].\n").number
    firm.ada.where(number)
    other = firm.ada.new(Procedure(title="Lowering"), "See [[PRO-001]].\n").number
    firm.ada.register()
    assert problems(firm) == []
    firm.submit(other)
    firm.ada.search("lifting")
    assert problems(firm) == []
    firm.ada.where(number)
    firm.ada.search("lifting")
    assert problems(firm) == []
