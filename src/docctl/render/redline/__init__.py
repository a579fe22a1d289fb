"""Redlines: what changed between two texts, marked in the text itself, in every format."""

from docctl.render.docx import Authorship
from docctl.render.redline.around import Notice, cover
from docctl.render.redline.comparison import Comparison, compared
from docctl.render.redline.writing import in_docx, in_html, in_markdown, in_page

__all__ = [
    "Authorship",
    "Comparison",
    "Notice",
    "compared",
    "cover",
    "in_docx",
    "in_html",
    "in_markdown",
    "in_page",
]
