"""Copies that come back: whose they are, whether they say what was written, whether that holds."""

from docctl.desk.copies.judging.judge import Judge

__all__ = ["Judge"]
