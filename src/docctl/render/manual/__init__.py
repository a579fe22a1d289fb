"""The manual: one tree of the approved frame, the documents it selects, and what binds them."""

from docctl.render.manual.assemble import Compilation, assemble
from docctl.render.manual.sources import (
    FunctionHeld,
    Input,
    ManualSources,
    MasterRow,
    Part,
    inputs,
    issue_digest,
    issue_mark,
    selection,
)
from docctl.render.manual.system import with_approved

__all__ = [
    "Compilation",
    "FunctionHeld",
    "Input",
    "ManualSources",
    "MasterRow",
    "Part",
    "assemble",
    "inputs",
    "issue_digest",
    "issue_mark",
    "selection",
    "with_approved",
]
