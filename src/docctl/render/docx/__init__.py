"""DOCX: a controlled copy as a WordprocessingML package, written without a template."""

from docctl.render.docx.document import write

__all__ = ["write"]
