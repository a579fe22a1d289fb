"""What a compiled manual says it was made from: its pins, read back from the file."""

from collections.abc import Mapping

from docctl.content.frontmatter import load, split
from docctl.errors import FrontMatterError, UnreadableError
from docctl.intake import docx

__all__ = ["pins"]


def pins(data: bytes, source: str) -> Mapping[str, str]:
    """Return the properties that `docctl` wrote into a DOCX or Markdown file, by name.

    Raises:
        UnreadableError: it is neither, or has none; *source* names the file.
    """
    found = _of_docx(data, source) if data.startswith(b"PK") else _of_markdown(data)
    if not found:
        hint = "name a file that was written by: docctl manual"
        raise UnreadableError(source, "it does not say what it was made from", hint=hint)
    return found


def _of_docx(data: bytes, source: str) -> dict[str, str]:
    try:
        return docx.facts(data, source)
    except UnreadableError:
        return {}


def _of_markdown(data: bytes) -> dict[str, str]:
    try:
        values = load(split(data.decode())[0], "").values
    except (UnicodeDecodeError, FrontMatterError):
        return {}
    found = values.get("properties")
    named = {"DocNumber": values.get("number"), **(found if isinstance(found, dict) else {})}
    return {str(name): str(value) for name, value in named.items() if value} if found else {}
