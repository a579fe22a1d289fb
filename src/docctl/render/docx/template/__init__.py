"""An organisation's own DOCX file as what copies are written on."""

from docctl.render.docx.template.reading import read
from docctl.render.docx.template.template import Template

__all__ = ["Template", "read"]
