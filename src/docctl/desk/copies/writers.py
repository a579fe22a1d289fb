"""The writers of copies by format: each takes the same tree and the same facts."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from docctl.content.tree import Document as Tree
from docctl.desk.copies.finishing import beyond
from docctl.errors import InputError
from docctl.model.answers.controlled import ControlledCopy
from docctl.render import docx, html, markdown, pdf
from docctl.render.beside import beside, linked_beside
from docctl.render.cover import Cover
from docctl.render.paging.counting import paged

#: The formats a copy can be written in, by the ending of the file.
ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        ".docx": "docx",
        ".md": "markdown",
        ".markdown": "markdown",
        ".html": "html",
        ".htm": "html",
        ".pdf": "pdf",
    }
)


class Issued(NamedTuple):
    """A copy: the file itself, and the files that lie beside it, by their paths from there."""

    file: bytes
    beside: Mapping[str, bytes]


Writer = Callable[[Tree, ControlledCopy, Mapping[str, bytes], Mapping[str, str]], Issued]


def _docx(finish: docx.Finish) -> Writer:
    """Return what writes DOCX with what was chosen for it."""

    def write(
        tree: Tree, copy: ControlledCopy, files: Mapping[str, bytes], properties: Mapping[str, str]
    ) -> Issued:
        def finished(how: docx.Finish) -> bytes:
            return docx.write(tree, copy, files, properties=properties, finish=how)

        return Issued(paged(finished, finish), {})

    return write


def _markdown(
    tree: Tree, copy: ControlledCopy, files: Mapping[str, bytes], properties: Mapping[str, str]
) -> Issued:
    tree, needed = beside(tree, files, f"{copy.number}-{copy.revision}")
    return Issued(markdown.controlled(tree, copy, properties=properties), needed)


def _html(library: str) -> Writer:
    """Return what writes HTML; with the digest of a *library* a QR code names it."""

    def write(
        tree: Tree, copy: ControlledCopy, files: Mapping[str, bytes], properties: Mapping[str, str]
    ) -> Issued:
        tree, needed = linked_beside(tree, files, f"{copy.number}-{copy.revision}")
        page = html.controlled(tree, copy, files, properties=properties, coded_for=library)
        return Issued(page, needed)

    return write


def _pdf(library: str) -> Writer:
    """Return what writes PDF; with the digest of a *library* a QR code names it."""

    def write(
        tree: Tree, copy: ControlledCopy, files: Mapping[str, bytes], properties: Mapping[str, str]
    ) -> Issued:
        page = pdf.controlled(tree, copy, files, properties=properties, coded_for=library)
        return Issued(page, {})

    return write


#: The writers by format. Every one takes the same tree and the same facts.
WRITERS: Mapping[str, Writer] = MappingProxyType(
    {"docx": _docx(docx.AS_USUAL), "markdown": _markdown, "html": _html(""), "pdf": _pdf("")}
)

#: The writers beside DOCX that can show a QR code.
_CODED: Mapping[str, Callable[[str], Writer]] = MappingProxyType({"html": _html, "pdf": _pdf})


def writer(wanted: str, finish: docx.Finish = docx.AS_USUAL) -> Writer:
    """Return the writer of a format; *finish* is what was chosen, of which only DOCX has all.

    Raises:
        InputError: there is none, or something was chosen that it does not have.
    """
    if wanted not in WRITERS:
        raise InputError(
            f"there is no format {wanted!r}", hint=f"formats: {', '.join(sorted(WRITERS))}"
        )
    if finish == docx.AS_USUAL:
        return WRITERS[wanted]
    if wanted == "docx":
        return _docx(finish)
    if wanted in _CODED and finish == docx.Finish(coded_for=finish.coded_for):
        return _CODED[wanted](finish.coded_for)
    said = "; ".join(beyond(finish, wanted, coded=wanted in _CODED))
    raise InputError(said, hint="write it as DOCX: --to FILE.docx")


#: The writers of everything that is no document, by format.
COVERED: Mapping[str, Callable[[Tree, Cover], bytes]] = MappingProxyType(
    {
        "docx": docx.covered,
        "html": html.covered,
        "pdf": pdf.covered,
        "markdown": lambda tree, cover: markdown.covered(tree, cover, markdown.facts_of(cover)),
    }
)


def covered(ending: str) -> Callable[[Tree, Cover], bytes]:
    """Return what writes something that is no document, by the ending of its file.

    Raises:
        InputError: the ending names no format.
    """
    wanted = ENDINGS.get(ending, ending)
    writer(wanted)
    return COVERED[wanted]
