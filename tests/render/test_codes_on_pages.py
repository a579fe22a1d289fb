"""Pages of HTML and PDF with a QR code: the same code as on a copy in Word, and what it says."""

import re
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from itertools import product

import pypdf
import pytest
import zxingcpp
from copies import copy
from html_invariants import faults
from test_docx_coded import LIBRARY, SAID, TREE, code_in, package, read_back

from docctl.render import html, pdf, qr

PAGE = html.controlled(TREE, copy(), coded_for=LIBRARY)


def code_on(page: bytes) -> bytes:
    (found,) = re.findall(r'<img src="data:image/png;base64,([^"]+)" alt="QR code: ', page.decode())
    return b64decode(found)


def test_a_page_bears_the_code_of_the_copy_in_word() -> None:
    assert code_on(PAGE) == code_in(package())
    assert read_back(code_on(PAGE)) == [SAID]


def test_a_page_says_in_words_what_its_code_says() -> None:
    page = PAGE.decode()

    assert f'alt="QR code: {SAID}"' in page
    assert f'<meta name="docctl.QRCode" content="{SAID}">' in page
    for said in (copy().content, LIBRARY):
        assert f"<dd>{said}</dd>" in page
    assert faults(PAGE) == []


def test_a_pdf_shows_the_code_with_words_beside_it_and_for_those_who_do_not_see() -> None:
    file = pdf.controlled(TREE, copy(), coded_for=LIBRARY)
    reader = pypdf.PdfReader(BytesIO(file))
    first = reader.pages[0]
    (image,) = (one.get_object() for one in first["/Resources"]["/XObject"].values())
    words = first.extract_text()

    assert LIBRARY in words
    assert copy().content in words
    assert f"QRCode={SAID}" in reader.metadata.keywords
    assert (image["/Width"], image["/BitsPerComponent"]) == (244, 8)
    dots = memoryview(image.get_data()).cast("B", (244, 244))
    assert [one.text for one in zxingcpp.read_barcodes(dots)] == [SAID]
    assert f"QR code: {SAID}" in {str(one.get("/Alt")) for one in elements(reader)}


def elements(reader: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    """Return the elements of the structure of a file."""
    found, left = [], [reader.root_object["/StructTreeRoot"]]
    while left:
        one = left.pop().get_object()
        if isinstance(one, pypdf.generic.ArrayObject):
            left += one
        elif isinstance(one, pypdf.generic.DictionaryObject):
            found.append(one)
            left += [one["/K"]] if "/K" in one else []
    return found


@pytest.mark.parametrize("written", [html.controlled, pdf.controlled])
def test_without_a_library_to_name_there_is_no_code(written: Callable[..., bytes]) -> None:
    assert b"QRCode" not in written(TREE, copy())
    assert b"QRCode" in written(TREE, copy(), coded_for=LIBRARY)


def test_the_pattern_of_a_code_is_the_same_whatever_it_says_and_can_be_read() -> None:
    for number, digit in product((1, 23, 456), "07af"):
        said = f"docctl:PRO-{number:03};rev={number};content={digit * 64};library={LIBRARY}"
        made = qr.needed().make(said, error="m", mask=3, micro=False)

        assert made.mask == 3
        assert read_back(qr.drawn(said).content) == [said]
