"""DOCX: a controlled copy as a WordprocessingML package, written without a template."""

from docctl.render.docx.document import covered, form, write

__all__ = ["covered", "form", "write"]
