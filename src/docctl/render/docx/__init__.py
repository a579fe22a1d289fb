"""DOCX: a controlled copy as a WordprocessingML package, in our look or on a template."""

from docctl.render.docx.around.contents import Pages
from docctl.render.docx.document import Tracking, covered, form, write
from docctl.render.docx.finish import AS_USUAL, PAGED_BY, Finish, Layout
from docctl.render.docx.template import Template
from docctl.render.docx.template import read as template
from docctl.render.docx.tracking.markup import Authorship

__all__ = [
    "AS_USUAL",
    "PAGED_BY",
    "Authorship",
    "Finish",
    "Layout",
    "Pages",
    "Template",
    "Tracking",
    "covered",
    "form",
    "template",
    "write",
]
