"""Redlines: what changed between two texts, marked in the text itself, in every format."""

from docctl.render.docx import Revision
from docctl.render.redline.around import Change, cover
from docctl.render.redline.comparison import Comparison, compared
from docctl.render.redline.writing import in_docx, in_html, in_markdown, in_page

__all__ = [
    "Change",
    "Comparison",
    "Revision",
    "compared",
    "cover",
    "in_docx",
    "in_html",
    "in_markdown",
    "in_page",
]
