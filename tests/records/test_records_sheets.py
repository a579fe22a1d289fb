"""Tables as spreadsheets write them: read where they are clear, and refused by line and column."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from archive import Keeping
from click.testing import CliRunner, Result

from docctl import Circumstances
from docctl.cli.app import docctl
from docctl.desk.recording.filling.rows import ambiguous, value
from docctl.errors import DocctlError, IncompleteError, InputError, UnreadableError

FIELDS: dict[str, Any] = {
    "properties": {
        "site": {"type": "string", "title": "Where"},
        "what": {"type": "string", "title": "What was found"},
        "weight": {"type": "number", "title": "Weight", "x-unit": "kg", "exclusiveMinimum": 0},
        "count": {"type": "integer"},
        "safe": {"type": "boolean"},
        "due": {"type": "string", "format": "date"},
        "cause": {"type": "string"},
    },
    "required": ["site", "what"],
}
PLAIN = {"properties": {name: one for name, one in FIELDS["properties"].items() if name != "cause"},
         "required": ["site", "what"]}  # fmt: skip
STEPS = [{"name": "analysed", "title": "Analysis", "fields": ["cause"]}]


@pytest.fixture(scope="module")
def office(equipped: Keeping, tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    made = equipped.copied(tmp_path_factory.mktemp("sheets") / "acme")
    assert made.form("logs", PLAIN, pattern="LOG-{year}-{n}") == "FRM-003"
    made.form("quality-records", FIELDS, steps=STEPS, pattern="ST-{n}")
    return made


def read(
    office: Keeping, data: bytes | str, form: str = "FRM-003", **more: Any
) -> tuple[Sequence[dict[str, Any]], Sequence[str]]:
    """Return what the rows of a table say, and what is wrong with which."""
    path = office.firm.root.parent / "table.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = office.by("ben").record_sheet(form, path, circumstances=Circumstances(**more))
    wrong = [f"{one.line}: {fault}" for one in found.wrong for fault in one.faults]
    return [dict(one.fields) for one in found.rows], wrong


# --- encodings and delimiters -------------------------------------------------------------------

TABLE = "site;what;weight\r\nBodø;Straße – über 5 €;2,5\r\n"
SAID = [{"site": "Bodø", "what": "Straße – über 5 €", "weight": 2.5}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_the_encodings_of_spreadsheets(office: Keeping, encoding: str) -> None:
    assert read(office, TABLE.encode(encoding)) == (SAID, [])


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_is_read_in_both_orders(office: Keeping, mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read(office, mark + TABLE.encode(order)) == (SAID, [])


@pytest.mark.parametrize(
    "table",
    [
        'site,what,weight\nOslo,"A leak, small","2,5"\n',
        "site;what;weight\nOslo;A leak, small;2,5\n",
        "site\twhat\tweight\nOslo\tA leak, small\t2.5\n",
        "sep=;\r\nsite;what;weight\r\nOslo;A leak, small;2,5\r\n",
        "\n;;\nsite;what;weight\n\n;;;\nOslo;A leak, small;2,5\n   \n",
        "Where;What was found;Weight (kg)\nOslo;A leak, small;2,5\n",
        "WHERE;what  was found;weight [KG];;\nOslo;A leak, small;2,5;;\n",
        "what is wrong;site;what;weight\nno weight;Oslo;A leak, small;2,5\n",
    ],
)
def test_one_table_is_written_in_many_ways(office: Keeping, table: str) -> None:
    assert read(office, table) == ([{"site": "Oslo", "what": "A leak, small", "weight": 2.5}], [])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and so on", "a workbook"),
        (b"\xd0\xcf\x11\xe0", "an old workbook"),
        (b"site,what\n\x81,x\n", "neither UTF-8 nor Windows-1252"),
        (b"site,what\nOslo,\xe6\nOslo,\xc3\xa6\n", "some lines are UTF-8, such as line 3"),
        ("site,what\nOslo,x\n".encode("utf-16-le"), "zero bytes"),
        (b"\xff\xfes", "damaged"),
    ],
)
def test_what_is_no_text_is_refused(office: Keeping, data: bytes, said: str) -> None:
    with pytest.raises(DocctlError) as caught:
        read(office, data)
    assert said in f"{caught.value} {caught.value.hint}"
    assert isinstance(caught.value, UnreadableError)


# --- columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("site,what,site\na,b,c\n", "columns 1 and 3 are both the field 'site'"),
        ("site,what,Where\na,b,c\n", "columns 1 and 3 are both the field 'site'"),
        ("site,wat\na,b\n", "column 2, 'wat', is no field of FRM-003"),
        ("site,wat\na,b\n", "did you mean 'what'?"),
        ("site,what,xyzzy\na,b,c\n", "fields: "),
        ("site,,what\na,x,b\n", "column 2 has no name"),
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("what is wrong\nx\n", "no column is a field"),
        ('site,what\na,"b\n', "the row that begins on line 2 cannot be read"),
        ('site,what\na,"b"c\n', "the row that begins on line 2 cannot be read"),
    ],
)
def test_columns_that_are_none_are_named(office: Keeping, table: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(office, table)
    assert said in f"{caught.value} {caught.value.hint}"


def test_a_column_of_a_later_step_is_told(office: Keeping) -> None:
    with pytest.raises(InputError, match="'cause' is entered in a later step"):
        read(office, "site,what,cause\na,b,c\n", form="FRM-004")


# --- rows ---------------------------------------------------------------------------------------


def test_every_fault_names_its_line_and_column(office: Keeping) -> None:
    _, wrong = read(
        office,
        "site;what;weight;count;due;happened\n"
        'Oslo;"two\nlines";2,5;3;2026-02-28;\n'
        "Oslo;ragged;2,5\n"
        "Oslo;more;2,5;3;;;beyond\n"
        "\n"
        "Oslo;open;2,500;1.000;;\n"
        "Oslo;wrong;heavy;2,5;2026-02-30;29.02.2025\n"
        "Oslo;;2;;;2999-01-01\n"
        "Oslo;late;2;;;2025-01-01\n",
    )  # fmt: skip
    assert [one.partition(":")[0] for one in wrong] == [
        "4", "5", "7", "7", "8", "8", "8", "8", "9", "9", "10",
    ]  # fmt: skip
    told = "\n".join(wrong)
    for said in (
        "4: it has 3 cells for 6 columns",
        "5: it has 7 cells for 6 columns: 'beyond'",
        "7: weight: '2,500' may be 2.500 or 2500: write which",
        "7: count: '1.000' may be 1.000 or 1000: write which",
        "8: happened: '29.02.2025' is no day",
        "9: happened: 2999-01-01 lies in the future",
        "10: happened: 2025-01-01 is more than 7 days ago; say why with --late-reason",
    ):
        assert said in told
    for field in ("weight", "count", "due", "what"):
        assert field in told


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2.5", 2.5), ("2,5", 2.5), ("0,500", 0.5), ("1234,567", 1234.567), ("1.234,5", 1234.5),
        ("1,234.5", 1234.5), ("1 234,5", 1234.5), ("1\u00a0000", 1000), ("1.000.000", 1e6),
        ("1,000,000", 1e6), ("-3", -3), ("1e3", 1000), ("5.", 5), (".5", 0.5),
        ("2,500", "2,500"), ("nan", "nan"), ("1_000", "1_000"), ("٣", "٣"), ("1,2,3", "1,2,3"),
    ],
)  # fmt: skip
def test_a_number_is_read_where_it_means_one_thing(cell: str, meant: object) -> None:
    assert value({"type": "number"}, cell) == meant
    assert value({"type": ["integer", "null"]}, "1 000") == 1000
    assert value({"type": ["string", "number"]}, cell) == cell


def test_a_point_before_three_digits_is_open_between_semicolons_only() -> None:
    number = {"type": "number"}
    assert ambiguous(number, "2.500", semicolons=True) == "2.500 or 2500"
    assert ambiguous(number, "2.500", semicolons=False) == ""
    assert ambiguous(number, "2,500", semicolons=False) == "2.500 or 2500"
    assert ambiguous({"type": "string"}, "2,500", semicolons=True) == ""
    assert ambiguous(number, "0,500", semicolons=True) == ""


# --- captured -----------------------------------------------------------------------------------


def capture(keeping: Keeping, place: Path, *words: object) -> Result:
    key = place / "ben"
    front = ("-C", keeping.firm.root, "--key", key if key.exists() else keeping.key("ben", place))
    line = (*front, "record", "capture", "FRM-001", *words)
    return CliRunner().invoke(docctl, [str(one) for one in line])


def sealed(keeping: Keeping) -> set[Path]:
    """Return the payloads in the vault; a key may stay behind when a capture fails."""
    return {one for one in keeping.payloads() if "vault-keys" not in one.parts}


def test_every_row_has_its_day_and_its_number(office: Keeping) -> None:
    ben, today = office.by("ben"), office.firm.ada.today()
    before = today - timedelta(days=6)  # of the year before
    assert before.year < today.year
    days = [today, before, None, today, before]
    made = ben.record_capture_many(
        "FRM-003",
        [{"site": "Oslo", "what": f"row {at}"} for at, _ in enumerate(days)],
        days=days,
        circumstances=Circumstances(late_reason="Entered together"),
        reason="The form was not there yet",
    )
    assert made == ("LOG-2026-1", "LOG-2025-1", "LOG-2026-3", "LOG-2026-2", "LOG-2025-2")
    found = {one.record: one.happened_on for one in ben.record_list(where="form=FRM-003")}
    assert [found[number] for number in made] == [today, before, today, today, before]
    assert ben.record_show(made[3]).fields["what"] == "row 3"
    assert office.codes() == []
    with pytest.raises(InputError, match="other days than rows"):
        ben.record_capture_many("FRM-003", [{"site": "Oslo", "what": "x"}], days=[None, None])
    kept = sealed(office)
    wrong = [{"site": "Oslo", "what": "right"}, {"site": "Oslo"}]
    with pytest.raises(IncompleteError):
        ben.record_capture_many("FRM-003", wrong, days=[today, date(2026, 1, 2)])
    assert sealed(office) == kept


def test_it_is_told_how_far_a_table_has_come(keeping: Keeping, tmp_path: Path) -> None:
    table, seen = tmp_path / "many.csv", list[tuple[int, int]]()
    table.write_text("site,what\n" + "Oslo,x\n" * 120)
    ben = keeping.by("ben")
    found = ben.record_sheet("FRM-001", table, progress=lambda *now: seen.append(now))
    assert seen == [(at, 120) for at in range(1, 121)]
    seen.clear()
    rows = [one.fields for one in found.ready]
    made = ben.record_capture_many("FRM-001", rows, progress=lambda *now: seen.append(now))
    assert (len(made), seen) == (120, [(at, 120) for at in range(1, 121)])


def test_rejects_are_mended_and_handed_in_again(keeping: Keeping, tmp_path: Path) -> None:
    table, left = tmp_path / "week.csv", tmp_path / "left.csv"
    table.write_bytes(
        "site;what;weight\nOslo;Bodø;2,5\nParis;=A leak;1\nOslo;b;1,500\nBergen;c;3\n".encode(
            "cp1252"
        )
    )
    refused = capture(keeping, tmp_path, "--data", table)
    assert refused.exit_code == 3
    for said in ("week.csv, of which nothing was captured", "line 3: ", "line 4: weight: '1,500'",
                 "read as Windows-1252", "--rejects FILE.csv"):  # fmt: skip
        assert said in refused.output
    assert keeping.by("ben").record_list() == ()

    done = capture(keeping, tmp_path, "--data", table, "--rejects", left)
    assert done.exit_code == 0
    assert done.stdout == "FRM-001-0001\nFRM-001-0002\n"
    assert "2 rows do not fit" in done.stderr
    lines = left.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "site;what;weight;what is wrong"
    assert lines[1].startswith("Paris;=A leak;1;")
    assert lines[2].startswith("Oslo;b;1,500;")

    mended = left.read_text(encoding="utf-8-sig").replace("Paris", "Oslo").replace("1,500", "1.5")
    left.write_text(mended, encoding="utf-8")
    again = tmp_path / "again.csv"
    last = capture(keeping, tmp_path, "--data", left, "--rejects", again)
    assert last.stdout == "FRM-001-0003\nFRM-001-0004\n"
    assert not again.exists()
    assert [one["what"] for one in keeping.by("ben").record_values("what")] == [
        "Bodø", "c", "=A leak", "b",
    ]  # fmt: skip
    same = capture(keeping, tmp_path, "--data", left, "--rejects", left)
    assert "would overwrite the table" in same.output


def test_a_table_of_wrong_rows_captures_nothing(keeping: Keeping, tmp_path: Path) -> None:
    table = tmp_path / "wrong.csv"
    table.write_text("site,what\n" + "Paris,x\n" * 150)
    refused = capture(keeping, tmp_path, "--data", table)
    assert "line 101: " in refused.output
    assert "line 102: " not in refused.output
    assert "and 50 more" in refused.output
    none = capture(keeping, tmp_path, "--data", table, "--rejects", tmp_path / "left.csv")
    assert "no row was captured" in none.output
    assert keeping.payloads() == []


def test_rows_have_days_on_the_command_line(keeping: Keeping, tmp_path: Path) -> None:
    table, today = tmp_path / "days.csv", datetime.now(UTC).date()
    table.write_text(f"site,what,happened\nOslo,a,{today}\nOslo,b,\n")
    done = capture(keeping, tmp_path, "--data", table, "--on", today, "--json")
    assert done.exit_code == 0, done.output
    where = ("--medium", "paper", "--location", "Box", "--custodian", "Lab")
    words = ["-C", keeping.firm.root, "--key", tmp_path / "ben", "record", "register",
             "FRM-001", *where, "--data", table]  # fmt: skip
    more = CliRunner().invoke(docctl, [str(one) for one in words])
    assert more.stdout == "FRM-001-0003\nFRM-001-0004\n"
    table.write_text("site,what\nParis,a\n")
    assert CliRunner().invoke(docctl, [str(one) for one in words]).exit_code == 3
