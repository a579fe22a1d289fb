"""The history of `main`, read in bulk and believed in nothing: every object is hashed again."""

from docctl.store.history.changes import ChangedFile, ChangedFiles, History, Line, line
from docctl.store.history.surroundings import Strange, surroundings

__all__ = ["ChangedFile", "ChangedFiles", "History", "Line", "Strange", "line", "surroundings"]
