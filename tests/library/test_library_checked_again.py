"""A second check of the whole library reads only what is new, and finds what a first one finds."""

import json
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from firm import TEXT, Firm

from docctl import State
from docctl.library.local import INDEX
from docctl.model.problem import Problem

FAULTY = "## Purpose\n\nSee [[PRO-099]].\n\n## Scope\n\nAll of it.\n"


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """Return what was found, but for the sections that no text of these has."""
    return [one.code for one in problems if one.code != "missing-section"]


def kept(firm: Firm) -> dict[str, str]:
    """Return the reports that lie in the index, by their keys."""
    firm.ada.index.close()
    with closing(sqlite3.connect(firm.root / INDEX)) as connection:
        return dict(connection.execute("SELECT key, said FROM report"))


def forge(firm: Firm, *, honest_digest: bool) -> None:
    """Let every report that was kept say that its text has no faults but a made-up one."""
    made_up = [{"line": 0, "code": "placeholder", "sentence": "made up", "hint": ""}]
    firm.ada.index.close()
    with closing(sqlite3.connect(firm.root / INDEX)) as connection, connection:
        for key, said in connection.execute("SELECT key, said FROM report").fetchall():
            forged = json.dumps({**json.loads(said), "faults": made_up})
            digest = sha256(f"{key}\n{forged}".encode()).hexdigest()
            connection.execute(
                "UPDATE report SET said = ?, sum = ? WHERE key = ?",
                (forged, digest if honest_digest else "0" * 64, key),
            )


def test_checks_find_the_same_again_and_keep_only_what_they_used(firm: Firm) -> None:
    sound, faulty = firm.reach(State.EFFECTIVE), firm.new(body=FAULTY)
    shutil.rmtree(firm.working(faulty).parent)
    first = firm.ada.check()

    assert codes(first) == ["missing-document"]
    assert [one for one in first if one.place.startswith(faulty)] == [*firm.ada.check(faulty)]
    reports = kept(firm)
    assert len(reports) == 3  # where a fault stands in the author's file is a report of its own
    assert firm.ada.check() == first
    assert kept(firm) == reports

    firm.by("ben").cancel(faulty, reason="No use")
    assert codes(firm.ada.check()) == []
    assert len(kept(firm)) == 1
    assert firm.ada.register()[0].number == sound
    assert firm.ada.verify().problems == ()


def test_what_is_referred_to_is_looked_up_each_time(firm: Firm) -> None:
    number = firm.new(body=FAULTY.replace("PRO-099", "PRO-002"))
    shutil.rmtree(firm.working(number).parent)
    assert codes(firm.ada.check()) == ["missing-document"]

    firm.new()
    assert codes(firm.ada.check()) == ["not-in-force"]


def test_a_report_that_was_forged_fools_neither_a_check_of_one_document_nor_a_door(
    firm: Firm,
) -> None:
    number = firm.new()
    shutil.rmtree(firm.working(number).parent)
    assert codes(firm.ada.check()) == []
    forge(firm, honest_digest=True)

    assert [one.sentence for one in firm.ada.check()] == ["made up"]
    assert codes(firm.ada.check(number)) == []
    firm.submit(number)


def test_a_working_copy_is_always_read(firm: Firm) -> None:
    number = firm.new()
    firm.ada.check()
    assert "report" not in tables(firm)

    text = firm.working(number).read_text()
    firm.working(number).write_text(text.replace(TEXT, FAULTY))
    assert codes(firm.ada.check()) == ["missing-document"]
    assert "report" not in tables(firm)


def tables(firm: Firm) -> set[str]:
    firm.ada.index.close()
    with closing(sqlite3.connect(firm.root / INDEX)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


@pytest.mark.parametrize("left", ["digest", "report", "file", "run", "nothing"])
def test_whatever_is_damaged_is_found_out_anew(firm: Firm, left: str) -> None:
    number = firm.new(body=FAULTY)
    shutil.rmtree(firm.working(number).parent)
    first = firm.ada.check()
    reports = kept(firm)

    damage(firm, firm.root / INDEX, left)
    assert firm.ada.check() == first
    assert kept(firm) == reports


def damage(firm: Firm, index: Path, left: str) -> None:
    statements = {
        "report": "UPDATE report SET said = 'none', sum = 'none'",
        "run": "UPDATE part SET boot = 'an earlier run of the machine'",
    }
    if left == "digest":
        forge(firm, honest_digest=False)
    elif left in statements:
        with closing(sqlite3.connect(index)) as connection, connection:
            connection.execute(statements[left])
    elif left == "file":
        index.write_bytes(b"no index")
    else:
        index.unlink()
