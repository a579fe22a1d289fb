"""What holds for every text, every table and every file that claims to be a picture."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from copies import SIGNATURES, copy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from ooxml_invariants import faults
from pictures import GIF, JPEG, PNG, dense, png, taken
from trees import DOCUMENTS
from wordml import part

from docctl.content.parse import parse
from docctl.content.tree import Document, FootnoteRef, Image, Paragraph, Text
from docctl.render.docx import write
from docctl.render.docx.columns import columns
from docctl.render.docx.parts.address import address
from docctl.render.docx.pictures import size
from docctl.render.docx.plan import bookmark
from docctl.render.docx.xml import attribute, text
from docctl.render.picture import measured


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
@example(Document((Paragraph((FootnoteRef("nowhere"),)),)))
def test_every_tree_becomes_a_sound_file(tree: Document) -> None:
    package = write(tree, copy(), {"rig.png": PNG})

    assert faults(package) == []
    assert docx.Document(BytesIO(package)).core_properties.identifier == "PRO-001"


@given(st.text(st.characters(blacklist_categories=())))
def test_no_character_can_break_the_xml(words: str) -> None:
    node = etree.fromstring(f'<x y="{attribute(words)}">{text(words)}</x>'.encode())

    assert len(node.get("y", "")) == len(words)
    if words.isprintable():
        assert (node.text or "", node.get("y")) == (words, words)


def test_words_arrive_as_they_were_written() -> None:
    words = "a < b & c > d, “quoted”, tab\there, bell\x07, 漢字"
    package = write(Document((Paragraph((Text(words),)),)), copy())

    shown = words.replace("\t", " ").replace("\x07", "\ufffd")
    assert shown in "".join(part(package, "word/document.xml").itertext())


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(
            st.lists(st.text(max_size=80), min_size=n, max_size=n), min_size=1, max_size=5
        )
    ),
    st.integers(2400, 14_000),
)
def test_columns_fill_the_line_and_none_vanishes(rows: list[list[str]], width: int) -> None:
    widths, _ = columns(rows, width)

    assert sum(widths) == width
    assert min(widths) > 0


def test_a_column_is_wide_enough_for_its_words_while_there_is_room() -> None:
    (label, text_), _ = columns([["Responsibilities", "word " * 100]], 9000)

    assert label > 1600
    assert text_ > 3 * label


def test_a_number_of_a_document_has_room_on_one_line_in_its_column() -> None:
    rest = ["Digital calibrator, portable", "Justervesenet, Kjeller", "Cabinet A-12 " * 9]
    numbers, _ = columns([["ID", *rest], ["REF-PG-0001", *rest]], 6000)
    words, _ = columns([["ID", *rest], ["ready-to-use", *rest]], 6000)

    assert numbers[0] >= 11 * 90 + 120
    assert words[0] < numbers[0]


def test_the_column_with_most_of_the_text_is_the_widest_beside_long_words() -> None:
    rows = [
        ("Provider", "Name", "What it is for", "Expires"),
        *[("Acme", "AMCVS_EA76ADE95776D2EC7F000101", "words " * 50, "13 months")] * 5,
        ("Acme", "id", "short", "fixed_expiration_of_the_year, 13 months elsewhere"),
    ]

    widths, _ = columns(rows, 9412)

    assert max(widths) == widths[2]
    assert sum(widths) == 9412


@given(st.sampled_from([PNG, GIF, JPEG, b""]), st.binary(max_size=40), st.integers(0, 40))
def test_no_bytes_make_the_look_at_a_picture_fail(start: bytes, rest: bytes, cut: int) -> None:
    found = measured(start[:cut] + rest)

    assert found is None or found.width * found.height > 0


def test_pictures_are_measured_by_their_bytes() -> None:
    found = [measured(content) for content in (PNG, GIF, JPEG)]

    assert [(p.kind, p.width, p.height) for p in found if p] == [
        ("png", 40, 20),
        ("gif", 1, 1),
        ("jpeg", 3, 2),
    ]


@pytest.mark.parametrize("order", "<>")
def test_a_photograph_stands_upright_however_the_camera_was_held(order: str) -> None:
    found = [measured(taken(orientation, order)) for orientation in range(10)]

    assert [(p.width, p.height) for p in found if p] == [(30, 20)] * 5 + [(20, 30)] * 4 + [(30, 20)]
    assert [p.turn.degrees for p in found if p] == [0, 0, 0, 180, 180, 270, 90, 90, 270, 0]
    assert [p.turn.mirrored for p in found if p] == [n in {2, 4, 5, 7} for n in range(10)]


@pytest.mark.parametrize("cut", range(20, 36))
def test_a_note_of_the_camera_that_ends_too_early_does_not_hide_the_picture(cut: int) -> None:
    whole = taken(6)
    exif = whole[6:cut]
    short = b"\xff\xd8\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + whole[-15:]

    found = measured(short)

    assert found is not None
    assert {found.width, found.height} == {30, 20}


def test_a_picture_is_as_large_as_its_file_says_if_that_is_sensible() -> None:
    wide = png(600, 300)
    found = [measured(p) for p in (wide, dense(wide, 11_811), dense(wide, 1), taken(1), JPEG)]

    assert [round(p.density) for p in found if p] == [96, 300, 96, 96, 96]
    assert [size(Image("x", ""), p, 9412)[0] for p in found[:2] if p] == [600 * 9525, 1828804]


def claiming(picture: bytes, width: int, height: int) -> bytes:
    """Return a PNG whose head speaks of another size."""
    return picture[:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + picture[24:]


def test_a_damaged_or_absurd_picture_is_none() -> None:
    for content in (
        PNG[:-4],
        PNG.replace(b"\0\0\0\x28", b"\0\0\0\0", 1),
        GIF[:-1],
        JPEG[:-2],
        JPEG.replace(b"\xff\xc0", b"\xff\xfe"),
        claiming(PNG, 100_000, 100_000),
        claiming(PNG + bytes(3_000_000) + PNG[-12:], 20_000, 20_000),
        b"\xff\xd8\xff\xff\xff\xff\xd9\xff\xff\xff\xff\xff\xff\xff",
    ):
        assert measured(content) is None


@given(
    st.integers(1, 5000), st.integers(1, 5000), st.sampled_from(["", "30%", "5cm", "9000px", "0"])
)
def test_a_picture_never_leaves_the_line_and_keeps_its_shape(w: int, h: int, wanted: str) -> None:
    picture = measured(PNG)
    assert picture is not None
    width, height = size(Image("x", "", width=wanted), type(picture)("png", w, h, b""), 9412)

    assert 0 < width <= 9412 * 635
    assert height <= 11_400 * 635 + 1
    assert abs(width * h - height * w) <= max(w, h)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("https://example.org/a b?q=ü#x", "https://example.org/a%20b?q=%C3%BC#x"),
        ("HTTP://user@Example.org:80/%20", "http://user@Example.org:80/%20"),
        ("http://[::1]/", "http://[::1]/"),
        ("https://example.org/edit#", "https://example.org/edit#"),
        ("http://bücher.example:8080/x", "http://xn--bcher-kva.example:8080/x"),
        ("mailto:qm@example.org?subject=a b", "mailto:qm@example.org?subject=a%20b"),
        ("mailto:nobody", ""),
        ("http://", ""),
        ("http://[", ""),
        ("http://a b/", ""),
        ("http://a:99999/", ""),
        ("http://a..b\u00fc/", ""),
        ("ftp://example.org", ""),
        ("files/plan.pdf", ""),
    ],
)
def test_only_sound_addresses_become_links(target: str, found: str) -> None:
    assert address(target) == found


@given(st.text(), st.text())
def test_bookmarks_are_legal_and_differ_whatever_the_case(one: str, other: str) -> None:
    first, second = bookmark(one), bookmark(other)

    assert len(first) <= 40
    assert first.isidentifier()
    assert (first.lower() == second.lower()) == (one == other)


@pytest.mark.parametrize("breadth", [101, 102, 110])
def test_a_column_has_room_for_a_word_in_the_font_that_stands_in_for_a_templates(
    breadth: int,
) -> None:
    rows = [["Revision", "Status", "Change"], ["7", "Superseded", "Many words of a change. " * 9]]
    wide = columns(rows, 9412, 118)[0]

    assert columns(rows, 9412, breadth)[0][1] >= wide[1] - 10
    assert columns(rows, 9412)[0][1] < wide[1]
    assert sum(columns(rows, 9412, breadth)[0]) == 9412


def test_a_word_with_a_hyphen_between_letters_may_end_a_line_there() -> None:
    rows = [["Name", "Text"], ["Featherstonehaugh-Cholmondeley", "word " * 90]]
    other = [["Name", "Text"], ["Featherstonehaugh1-2Cholmondeley", "word " * 90]]

    assert columns(rows, 9412)[0][0] < columns(other, 9412)[0][0]


def test_cells_of_a_table_that_nobody_writes_into_are_no_room_to_write() -> None:
    noted = SIGNATURES[0] | {"note": "the key was revoked as suspect"}
    package = write(parse("Text.\n")[0], copy(signatures=(noted, *SIGNATURES[1:], *SIGNATURES[1:])))

    assert b"w:trHeight" not in ZipFile(BytesIO(package)).read("word/document.xml")
