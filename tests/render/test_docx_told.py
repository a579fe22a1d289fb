"""What Word copies tell those who do not see them, and what of their contents stays together."""

from pathlib import Path

import pytest
from copies import copy
from openxml_audit import OpenXmlValidator
from wordml import W, part

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.render import docx

TABLES = """\
## Limits

| Property | Most |
|--|--|
| Pressure | 16 |

Table: Limits of *the* rig

| Step | Who |
|--|--|
| 1 | Operator |

| | |
|--|--|
| no | head |
"""


def written(text: str, **changes: object) -> bytes:
    code = docx.Finish(coded_for="e7" * 32)
    return docx.write(numbered(parse(text)[0]), copy(**changes), finish=code)


def told(package: bytes, kind: str) -> list[str]:
    nodes = part(package, "word/document.xml").iter(f"{W}tbl{kind}")
    return [node.get(f"{W}val") or "" for node in nodes]


def test_tables_have_a_title_and_lists_of_labels_say_how_they_are_read() -> None:
    package = written(TABLES)

    assert told(package, "Caption") == [
        "Control block: Procedure",
        "QR code",
        "Approval",
        "Revision history",
        "Limits of the rig",
        "Particulars approved with this text",
    ]
    assert told(package, "Description") == [
        "Labels, each with its value to the right of it",
        "The code, and the digests that it holds",
        "Labels, each with its value to the right of it",
    ]


def test_what_is_told_is_no_longer_than_anybody_listens() -> None:
    package = written(f"{TABLES}\nTable: {'Many words. ' * 40}\n")

    assert max(map(len, told(package, "Caption"))) == 250


def test_such_a_copy_is_a_sound_file(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(written(TABLES))

    assert OpenXmlValidator().validate(tmp_path / "x.docx").errors == []


def test_contents_without_pages_get_them_when_a_word_processor_fills_them_again() -> None:
    text = "".join(f"## Part {at}\n\nText.\n\n" for at in range(4))
    asked = [one.text for one in part(written(text), "word/document.xml").iter(f"{W}instrText")]

    assert asked[0] == ' TOC \\o "1-1" \\h \\z \\u '


@pytest.mark.parametrize(
    ("lines", "kept"),
    [(4, [1, 2, 3]), (10, [*range(1, 10)]), (14, [1, 2, 12, 13])],
)
def test_short_contents_stay_on_a_page_and_long_ones_leave_no_line_alone(
    lines: int, kept: list[int]
) -> None:
    text = "".join(f"## Part {at}\n\nText.\n\n" for at in range(lines))
    body = part(written(text), "word/document.xml")
    entries = [
        one
        for one in body.iter(f"{W}p")
        if one.find(f"{W}pPr/{W}pStyle[@{W}val='TOC1']") is not None
    ]

    assert len(entries) == lines
    assert [
        at for at, one in enumerate(entries, 1) if one.find(f"{W}pPr/{W}keepNext") is not None
    ] == kept
