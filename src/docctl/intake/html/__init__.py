"""HTML: a page of ours, also as a browser has saved it."""

from docctl.intake.html.active import STYLE_SHEET
from docctl.intake.html.page import read

__all__ = ["STYLE_SHEET", "read"]
