"""Each fault that the invariants are for is planted in a sound file, and found.

Those marked as missed are the reason for having invariants at all: neither of the two judges
says anything about them.
"""

import re
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from copies import copy
from judges import audit_faults, sdk_faults
from ooxml_invariants import faults
from pictures import PNG
from texts import tree

from docctl.render import docx

TEXT = """
# First

See [the second](#second), [elsewhere](https://example.org) and the note[^n].

# Second

1. one

![A rig](rig.png "The rig")

| a | b |
|---|---|
| 1 | 2 |

[^n]: The note.
"""
SOUND = docx.write(tree(TEXT), copy(), {"rig.png": PNG})
BODY, CORE, TYPES = "word/document.xml", "docProps/core.xml", "[Content_Types].xml"
NUMBERS, STYLES, NOTES = "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"
LINKS = "word/_rels/document.xml.rels"
DELETED = (
    '<w:del w:id="9001" w:author="A" w:date="2026-01-01T00:00:00Z">'
    "<w:r><w:{}>x</w:{}></w:r></w:del>"
)


class Planted(NamedTuple):
    """A fault: in which part, what becomes what, and what the invariants say of it."""

    part: str
    old: str
    new: str
    said: str


def deleted(element: str, times: int = 1) -> str:
    """Return the place where a text begins, with a deletion at it."""
    return r"\g<0>" + times * DELETED.format(element, element)


#: The seven that neither judge sees.
MISSED = {
    "two bookmarks of one name": Planted(
        BODY, r'w:name="second"', 'w:name="first"', "two bookmarks have one name"
    ),
    "a bookmark that does not end": Planted(
        BODY, r'<w:bookmarkEnd w:id="\d+"/>', "", "do not begin and end"
    ),
    "a field that does not end": Planted(
        BODY, r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", "a field does not end"
    ),
    "a date that is none": Planted(CORE, r"2026-\d\d-\d\dT", "2026-13-41T", "bad date"),
    "a link to nowhere": Planted(BODY, r'w:anchor="second"', 'w:anchor="third"', "no bookmark for"),
    "deleted text that lives": Planted(BODY, r"</w:pPr>(?=<w:r>)", deleted("t"), "living text"),
    "a cell that ends with a table": Planted(
        BODY,
        r"(<w:tbl>(?:(?!<w:tbl>).)*?</w:tbl>)(.*?)</w:tc>",
        r"\1\2\1</w:tc>",
        "a cell does not end",
    ),
}

#: What at least one judge may see as well.
OTHER = {
    "an unknown style": Planted(BODY, r'w:pStyle w:val="BodyText"', 'w:pStyle w:val="No"', "style"),
    "an unknown list": Planted(BODY, r'w:numId w:val="\d+"', 'w:numId w:val="999"', "unknown list"),
    "an unknown footnote": Planted(
        BODY, r'footnoteReference w:id="1"', 'footnoteReference w:id="7"', "unknown footnote 7"
    ),
    "a footnote that nobody refers to": Planted(
        BODY, r"<w:r>(?:(?!<w:r>).)*<w:footnoteReference[^>]*/></w:r>", "", "nobody refers to it"
    ),
    "an unknown relationship": Planted(
        BODY, r'w:hyperlink r:id="\w+"', 'w:hyperlink r:id="rId99"', "uses the unknown rId99"
    ),
    "a relationship of which there are two": Planted(
        LINKS, r'Id="rId2"', 'Id="rId1"', "uses an id twice"
    ),
    "a part that is missing": Planted(LINKS, r'"styles\.xml"', '"gone.xml"', "gone.xml is missing"),
    "a part that nothing leads to": Planted(
        LINKS, r'<Relationship [^>]*"styles\.xml"/>', "", "styles.xml cannot be reached"
    ),
    "a part without a content type": Planted(
        TYPES, r'<Override PartName="/word/styles\.xml"[^>]*/>', "", "has no content type"
    ),
    "a content type without a part": Planted(
        TYPES,
        r"</Types>",
        '<Override PartName="/x.xml" ContentType="x/x"/></Types>',
        "missing x.xml",
    ),
    "a control character": Planted(BODY, "See ", "See \x01", "is not well-formed"),
    "a drawing of two sizes": Planted(
        BODY, r'<wp:extent cx="\d+"', '<wp:extent cx="5"', "not the size of its picture"
    ),
    "two drawings of one id": Planted(
        BODY, r"<w:r><w:drawing>.*?</w:drawing></w:r>", r"\g<0>\g<0>", "two drawings have one id"
    ),
    "a row that is too short": Planted(
        BODY, r"(?s)<w:tc>(?:(?!<w:tc>).)*?</w:tc></w:tr>", "</w:tr>", "not as many cells"
    ),
    "a table that runs into the next": Planted(
        BODY, r"(<w:tbl>(?:(?!<w:tbl>).)*?</w:tbl>)", r"\1\1", "keeps a table apart"
    ),
    "a space that would be lost": Planted(
        BODY, r' xml:space="preserve">See ', ">See ", "a space would be lost"
    ),
    "a list that counts too far": Planted(
        NUMBERS, r'startOverride w:val="1"', 'startOverride w:val="40000"', "is not counted"
    ),
    "a bookmark that Word cannot name": Planted(
        BODY, r'w:name="second"', 'w:name="2 nd"', "bad bookmark"
    ),
    "one number for two changes": Planted(
        BODY, r"</w:pPr>(?=<w:r>)", deleted("delText", 2), "two changes have one number"
    ),
    "a change without a day": Planted(
        BODY,
        r"</w:pPr>(?=<w:r>)",
        deleted("delText").replace("2026-01-01T00:00:00Z", "yesterday"),
        "bears the bad date 'yesterday'",
    ),
}
PLANTED = MISSED | OTHER


def broken(fault: Planted) -> bytes:
    """Return the sound file with the fault in it, once."""
    target = BytesIO()
    with ZipFile(BytesIO(SOUND)) as archive, ZipFile(target, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            if name == fault.part:
                text, count = re.subn(fault.old, fault.new, content.decode(), count=1)
                assert count == 1
                content = text.encode()
            changed.writestr(name, content)
    return target.getvalue()


def test_the_file_is_sound_before_anything_is_planted() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str) -> None:
    found = faults(broken(PLANTED[fault]))

    assert [said for said in found if PLANTED[fault].said in said]


@pytest.mark.parametrize("fault", MISSED)
def test_neither_judge_sees_what_the_invariants_are_for(fault: str, tmp_path: Path) -> None:
    """A judge that learns to see one of them makes this fail: then the invariant may go."""
    path = tmp_path / "broken.docx"
    path.write_bytes(broken(MISSED[fault]))

    assert sdk_faults(path) == audit_faults(path) == []
