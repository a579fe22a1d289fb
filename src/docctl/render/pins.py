"""What a compiled manual says it was made from: its pins, read back from the file."""

import re
import zlib
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docctl.content.frontmatter import load, split
from docctl.errors import FrontMatterError, UnreadableError

__all__ = ["pins"]

_PROPERTY = re.compile(r'<property\b[^>]*\bname="([^"]*)"[^>]*>\s*<vt:lpwstr>([^<]*)</vt:lpwstr>')
_PART = "docProps/custom.xml"
_LARGEST = 4 * 1024 * 1024
#: What reading a zip raises when it is none, is damaged, locked, or packed in an unknown way.
_DAMAGED = (
    BadZipFile,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)


def pins(data: bytes, source: str) -> Mapping[str, str]:
    """Return the properties that `docctl` wrote into a DOCX or Markdown file, by name.

    Raises:
        UnreadableError: it is neither, or has none; *source* names the file.
    """
    found = _of_docx(data) if data.startswith(b"PK") else _of_markdown(data)
    if not found:
        hint = "name a file that was written by: docctl manual"
        raise UnreadableError(source, "it does not say what it was made from", hint=hint)
    return found


def _of_docx(data: bytes) -> dict[str, str]:
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(_PART) as part:
            text = part.read(_LARGEST).decode()
    except _DAMAGED:
        return {}
    return {unescape(name): unescape(value) for name, value in _PROPERTY.findall(text)}


def _of_markdown(data: bytes) -> dict[str, str]:
    try:
        values = load(split(data.decode())[0], "").values
    except (UnicodeDecodeError, FrontMatterError):
        return {}
    found = values.get("properties")
    named = {"DocNumber": values.get("number"), **(found if isinstance(found, dict) else {})}
    return {str(name): str(value) for name, value in named.items() if value} if found else {}
