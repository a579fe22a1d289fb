"""The manual: one tree of the approved frame, the documents it selects, and what binds them."""

from docctl.render.manual.assemble import Compilation, assemble
from docctl.render.manual.sources import (
    FunctionRow,
    Input,
    ManualPart,
    ManualSources,
    MasterRow,
    inputs,
    issue_digest,
    issue_mark,
    selection,
)
from docctl.render.manual.system import with_approved

__all__ = [
    "Compilation",
    "FunctionRow",
    "Input",
    "ManualPart",
    "ManualSources",
    "MasterRow",
    "assemble",
    "inputs",
    "issue_digest",
    "issue_mark",
    "selection",
    "with_approved",
]
