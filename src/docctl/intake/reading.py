"""Which reader reads a file: told by how it begins, for names say nothing."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from docctl.errors import UnreadableError
from docctl.intake import docx, html, markdown, pdf
from docctl.intake.foreign import Foreign, Form
from docctl.packed import COMPOUND

__all__ = ["form_of", "read"]

_BEGINNINGS: tuple[tuple[bytes, Form], ...] = (
    (b"PK", "docx"),
    (b"%PDF-", "pdf"),
    (b"<", "html"),
    (b"---", "markdown"),
    (b"#", "markdown"),
)
_MARK = b"\xef\xbb\xbf"

_READERS: Mapping[Form, Callable[[bytes, str], Foreign]] = MappingProxyType(
    {"docx": docx.read, "html": html.read, "markdown": markdown.read, "pdf": pdf.read}
)


def form_of(data: bytes) -> Form | None:
    """Return the format of a file by how it begins; nothing where no copy begins so."""
    begins = data[:64].removeprefix(_MARK).lstrip()
    return next((form for sign, form in _BEGINNINGS if begins.startswith(sign)), None)


def read(data: bytes, source: str) -> Foreign:
    """Return what a file says.

    Raises:
        UnreadableError: it is of no format that copies have, is damaged or locked, or asks for
            more than is reasonable; *source* names it.
    """
    if not data:
        raise UnreadableError(source, "it is empty")
    form = form_of(data)
    if data.startswith(COMPOUND):
        raise UnreadableError(source, "it is locked by a password, or an old .doc file")
    if form is None:
        raise UnreadableError(source, "it is no DOCX, HTML, Markdown or PDF file")
    return _READERS[form](data, source)
