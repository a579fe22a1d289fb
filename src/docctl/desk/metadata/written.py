"""Texts as people write them: front matter, text and attachments, in UTF-8 with LF."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from docctl.content.frontmatter import FrontMatter, dump, load, split
from docctl.errors import UnreadableError
from docctl.model.document import Document
from docctl.store.layout import BODY

#: The order in which front matter shows the fields that every type has.
FIRST = ("number", "type", "title", "subtitle", "language", "summary")

_AS_UTF8 = "save the file as UTF-8 and try again"
_CONVERTED = "turn it into Markdown first: pandoc -t gfm --extract-media=. FILE -o FILE.md"
#: Files that people hand in for a text, by how they begin: what each is, and what helps.
_NO_TEXTS: Mapping[bytes, tuple[str, str]] = MappingProxyType(
    {
        b"PK\x03\x04": ("a file of a word processor is no Markdown", _CONVERTED),
        b"\xd0\xcf\x11\xe0": ("a file of an old Word is no Markdown", "save it as .docx first"),
        b"%PDF": ("a PDF is no Markdown", "begin from the file that it was made of"),
        b"\xff\xfe": ("it is UTF-16", _AS_UTF8),
        b"\xfe\xff": ("it is UTF-16", _AS_UTF8),
    }
)


@dataclass(frozen=True, slots=True)
class Text:
    """What an author hands in: metadata, text and attachments by name."""

    document: Document
    body: str
    attachments: Mapping[str, bytes]


def front_matter(document: Document) -> str:
    """Return a document's metadata as YAML front matter, empty fields left out."""
    given = document.model_dump(
        mode="json", exclude_none=True, exclude_defaults=True, context={"readable": True}
    )
    always = {"number": document.number, "type": document.type, "title": document.title}
    fields = {**always, "language": document.language, **given}
    ordered = {name: fields.pop(name) for name in FIRST if fields.get(name)}
    return dump({**ordered, **fields})


def working_text(document: Document, body: str) -> bytes:
    """Return `document.md` as people edit it: front matter and text."""
    return f"---\n{front_matter(document)}---\n\n{body}".encode()


def read_text(data: bytes, source: str) -> str:
    """Return a text file's text: UTF-8, with LF, without a byte order mark.

    Raises:
        UnreadableError: it is not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        found = next((one for one in _NO_TEXTS if data.startswith(one)), b"")
        what, hint = _NO_TEXTS.get(found, (f"line {line} is not UTF-8", _AS_UTF8))
        raise UnreadableError(source, what, hint=hint) from error
    return plain_lines(text)


def plain_lines(text: str) -> str:
    """Return a text whose lines end in LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def body_md(text: str) -> bytes:
    """Return a text as it is stored: UTF-8 without a mark, LF, no empty lines before it.

    Raises:
        UnreadableError: it holds half a surrogate pair, which is no character.
    """
    whole = plain_lines(text.removeprefix("\ufeff")).lstrip("\n")
    if whole and not whole.endswith("\n"):
        whole += "\n"
    try:
        return whole.encode()
    except UnicodeEncodeError as error:
        line = whole[: error.start].count("\n") + 1
        raise UnreadableError(
            BODY, f"line {line} holds what is not a character", hint="take it out"
        ) from error


def taken_apart(data: bytes, source: str) -> tuple[FrontMatter, str]:
    """Return a document's front matter and its text.

    Raises:
        UnreadableError: it is not UTF-8.
        FrontMatterError: the front matter is not the plain YAML that docctl reads.
    """
    front, body, line = split(read_text(data, source))
    text = body.lstrip("\n")
    return replace(load(front, source), body_line=line + len(body) - len(text)), text
