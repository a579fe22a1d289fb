"""PDF: a controlled copy as a PDF/A-2b file, tagged for screen readers; needs `docctl[pdf]`."""

from docctl.render.pdf.document import controlled, covered

__all__ = ["controlled", "covered"]
