"""DOCX, from whatever word processor: a package within limits, and what stands in it."""

from docctl.intake.docx.whole import facts, read

__all__ = ["facts", "read"]
