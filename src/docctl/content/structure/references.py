"""What a document points to: other documents, and the files that belong to it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from docctl.content.characters import unquoted
from docctl.content.structure.labels import labelled
from docctl.content.tree import Document, Image, Inline, Link, Reference, Text
from docctl.content.walk import changed, inlines

_NUMBER = re.compile(r"[A-Z][A-Z0-9]{0,15}(?:-[A-Z0-9]{1,15}){1,4}(?![A-Z0-9])", re.IGNORECASE)
_TEXT_FILE = re.compile(r"\.(?:md|markdown|docx|pdf|html?)\Z", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference to a controlled document, and the line on which it stands."""

    number: str
    section: str
    line: int


@dataclass(frozen=True, slots=True)
class FileReference:
    """A file that the text shows or links to, and the line on which it does."""

    path: str
    """As `attached_path` returns it."""

    line: int
    shown: bool
    """True for an image, False for a link."""

    @property
    def safe(self) -> bool:
        """Tell whether the path stays among the document's own files."""
        parts = self.path.replace("\\", "/").split("/")
        return not self.path.startswith(("/", "\\")) and ".." not in parts


def _untold(section: str) -> str:
    del section
    return ""


@dataclass(frozen=True, slots=True)
class Target:
    """A document that references can be resolved to.

    `url` leads to it from where the text will be read, and is empty when it is not there. In a
    manual the document is a chapter: then `anchor` is its anchor, and the prefix of its sections'.
    """

    number: str
    title: str
    revision: str = ""
    url: str = ""
    anchor: str = ""
    heading: Callable[[str], str] = _untold
    """Returns the title of the section with an anchor; empty where it has none."""

    def words(self, section: str) -> str:
        """Return how a reference to *section*, or to the whole, is printed."""
        words = f"{self.number} {self.title}".rstrip()
        return (
            f"{words}, {self.heading(section) or section.replace('-', ' ')}" if section else words
        )

    def address(self, section: str) -> str:
        """Return where a reference to *section* leads, or an empty text."""
        if self.anchor:
            return f"#{self.anchor}-{section}" if section else f"#{self.anchor}"
        return f"{self.url}#{section}" if self.url and section else self.url


def references(document: Document) -> tuple[Cited, ...]:
    """Return the references to controlled documents, in the order of the text."""
    return tuple(references_in(inlines(document)))


def references_in(nodes: Iterable[tuple[int, Inline]]) -> Iterator[Cited]:
    """Yield the references to controlled documents among inlines with their lines."""
    for line, node in nodes:
        if isinstance(node, Reference):
            yield Cited(node.number, node.section, line)


def attachments(document: Document) -> tuple[FileReference, ...]:
    """Return the files that the document shows or links to, in the order of the text."""
    return tuple(attachments_in(inlines(document)))


def attachments_in(nodes: Iterable[tuple[int, Inline]]) -> Iterator[FileReference]:
    """Yield the files that are shown or linked to by inlines with their lines."""
    for line, node in nodes:
        if isinstance(node, Image | Link):
            shown = isinstance(node, Image)
            path = attached_path(node.source if isinstance(node, Image) else node.target)
            if path:
                yield FileReference(path, line, shown)


def attached_path(address: str) -> str:
    """Return the path of a file beside the document, or an empty text for any other address.

    It comes without `./`, `files/`, percent-encoding, query and fragment.
    """
    if _SCHEME.match(address):
        return ""
    path = re.split("[?#]", address, maxsplit=1)[0]
    return unquoted(path).removeprefix("./").removeprefix("files/")


def numbers_in(address: str) -> Iterator[str]:
    """Yield the numbers a document may have whose file is at *address*, the likeliest first.

    `../PRO-002/PRO-002.md`, `PRO-002-order-review.docx` and `PRO-002/document.md` name PRO-002.
    """
    *folders, name = attached_path(address).split("/")
    if _TEXT_FILE.search(name):
        for part in (name, *folders[-1:]):
            match = _NUMBER.match(part)
            pieces = match[0].upper().split("-") if match else []
            yield from ("-".join(pieces[:length]) for length in range(len(pieces), 1, -1))


def resolved(document: Document, lookup: Callable[[str], Target | None]) -> Document:
    """Return the document with its references resolved.

    Each gets its `target`, and `NUMBER Title` as its text unless the author gave one; the title of
    a section stands behind it. What *lookup* does not know stays as it is. A link without words to
    a part of the document itself gets the part's name, see `labels`.
    """
    return labelled(changed(document, {Reference: telling(lookup)}))


def telling(lookup: Callable[[str], Target | None]) -> Callable[[Reference], Reference]:
    """Return what `resolved` does with a reference, for who makes other changes with it."""

    def told(node: Reference) -> Reference:
        target = lookup(node.number)
        if target is None:
            return node
        text = node.inlines or (Text(target.words(node.section)),)
        return replace(node, inlines=text, target=target.address(node.section))

    return told
