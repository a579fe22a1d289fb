"""Redlines in each format: tracked changes in DOCX, elements in HTML, CriticMarkup in Markdown."""

import re
from collections.abc import Mapping

from docctl.render import docx, html, markdown
from docctl.render.beside import beside, linked_beside
from docctl.render.cover import Cover
from docctl.render.docx import Revision
from docctl.render.redline.comparison import Comparison

__all__ = ["in_docx", "in_html", "in_markdown"]

#: Where the words of a name such as `ComparedWith` meet.
_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])")

#: A file, and the files beside it by their paths.
Written = tuple[bytes, Mapping[str, bytes]]


def in_docx(comparison: Comparison, cover: Cover, revision: Revision) -> bytes:
    """Return a DOCX file with tracked changes.

    Accepting all of them gives the newer text, rejecting all of them the older one.
    """
    tracking = docx.Tracking(comparison.older, comparison.newer, revision)
    return docx.covered(comparison.staged, cover, comparison.images, tracking=tracking)


def in_html(comparison: Comparison, cover: Cover, folder: str) -> Written:
    """Return one HTML page with `ins` and `del`, and the files laid beside it in *folder*."""
    tree, needed = linked_beside(comparison.staged, comparison.images, folder)
    return html.covered(tree, cover, comparison.images), needed


def in_markdown(comparison: Comparison, cover: Cover, folder: str) -> Written:
    """Return Markdown with CriticMarkup, and the files laid beside it in *folder*."""
    tree, needed = beside(comparison.staged, comparison.images, folder)
    run = cover.running
    facts = {"number": run.number, "title": cover.title, "kind": cover.kind}
    said = {_SPLIT.sub("_", name).lower(): value for name, value in cover.properties.items()}
    return markdown.covered(tree, cover, {**facts, **said}), needed
