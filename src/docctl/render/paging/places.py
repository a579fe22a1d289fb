"""Where the bookmarks of a text stand in the PDF that LibreOffice made of it."""

from importlib import import_module
from io import BytesIO
from typing import Any

from docctl.errors import PagingError
from docctl.render.docx import Pages

__all__ = ["pages"]

#: How names are written there: bookmarks of docctl have no capitals, so nothing else looks so.
_UNDERLINE = "5F"


def pages(pdf: bytes) -> Pages:
    """Return the pages of all places that have a name, by the names of their bookmarks.

    Raises:
        PagingError: pypdf is not installed, or cannot read this.
    """
    pypdf = _pypdf()
    try:
        reader = pypdf.PdfReader(BytesIO(pdf))
        numbers = {
            name.removeprefix("/").replace(_UNDERLINE, "_"): _number(reader, place)
            for name, place in reader.named_destinations.items()
        }
        by = str(reader.metadata.producer)
    except (pypdf.errors.PyPdfError, AttributeError, ValueError, TypeError, KeyError) as error:
        raise PagingError(f"what LibreOffice made of the copy cannot be read: {error}") from error
    return Pages({name: number for name, number in numbers.items() if number}, by)


def _number(reader: Any, place: Any) -> str:
    """Return the number of the page of a place; pages are counted from the first."""
    at = reader.get_destination_page_number(place)
    return "" if at is None or at < 0 else str(at + 1)


def _pypdf() -> Any:
    try:
        return import_module("pypdf")
    except ImportError as error:
        raise PagingError(
            "to count pages needs pypdf",
            hint="install it: pip install 'docctl[pages]'; or ask for no page numbers",
        ) from error
