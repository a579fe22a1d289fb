"""Redlines in each format: tracked changes in DOCX, elements in HTML, CriticMarkup in Markdown."""

from collections.abc import Mapping
from dataclasses import replace

from docctl.render import docx, html, markdown
from docctl.render.beside import beside, linked_beside
from docctl.render.cover import Cover
from docctl.render.docx import AS_USUAL, Authorship, Finish
from docctl.render.redline.around import LEGEND
from docctl.render.redline.comparison import Comparison

__all__ = ["in_docx", "in_html", "in_markdown", "in_page"]

#: What is said of Markdown instead of `LEGEND`.
_MARKDOWN = "What was inserted stands in {++ ++}, what was deleted in {-- --}."

#: A file, and the files beside it by their paths.
Written = tuple[bytes, Mapping[str, bytes]]


def in_docx(
    comparison: Comparison, cover: Cover, authorship: Authorship, finish: Finish = AS_USUAL
) -> bytes:
    """Return a DOCX file with tracked changes.

    Accepting all of them gives the newer text, rejecting all of them the older one. *finish* is
    what can be chosen, such as a template.
    """
    tracking = docx.Tracking(comparison.older, comparison.newer, authorship)
    return docx.covered(
        comparison.staged, cover, comparison.images, finish=finish, tracking=tracking
    )


def in_html(comparison: Comparison, cover: Cover, folder: str) -> Written:
    """Return one HTML page with `ins` and `del`, and the files laid beside it in *folder*."""
    tree, needed = linked_beside(comparison.staged, comparison.images, folder)
    return html.covered(tree, cover, comparison.images), needed


def in_page(comparison: Comparison, cover: Cover) -> html.Parts:
    """Return the parts of a page with `ins` and `del`, for whoever puts more around them.

    Its article is the marked text alone. Links to files beside the text are as the text has them.
    """
    return html.parts(comparison.staged, cover, comparison.images)


def in_markdown(comparison: Comparison, cover: Cover, folder: str) -> Written:
    """Return Markdown with CriticMarkup, and the files laid beside it in *folder*."""
    tree, needed = beside(comparison.staged, comparison.images, folder)
    notices = tuple(_MARKDOWN if one == LEGEND else one for one in cover.notices)
    told = replace(cover, notices=notices)
    return markdown.covered(tree, told, markdown.facts_of(told)), needed
