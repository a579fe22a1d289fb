"""Tabs as MkDocs has them: `=== "Title"`, and what belongs to it indented by four below."""

import re

from markdown_it.rules_block import StateBlock

from docctl.content.markdown.rules import below, inside

__all__ = ["tabs"]

_TAB = re.compile(r"===[!+]?[ \t]+\"(?P<title>[^\"]+)\"[ \t]*\Z")


def tabs(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take tabs in a row as a list of terms: a copy has nothing to be clicked on."""
    title = _title(state, start, end)
    if title is None:
        return False
    if silent:
        return True
    whole = state.push("dl_open", "", 1)
    line = start
    while title is not None:
        term = state.push("dt_open", "", 1)
        term.map = [line, line + 1]
        state.push("inline", "", 0).content = title
        state.push("dt_close", "", -1)
        told = state.push("dd_open", "", 1)
        told.map = [line, line]
        inside(state, line + 1, below(state, line + 1, end), told, indent=4)
        state.push("dd_close", "", -1)
        line = state.line
        title = _title(state, line, end)
    state.push("dl_close", "", -1)
    whole.map = [start, line]
    return True


def _title(state: StateBlock, line: int, end: int) -> str | None:
    """Return the title of the tab that begins on a line, if one does."""
    if line >= end or state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return None
    first = state.bMarks[line] + state.tShift[line]
    match = _TAB.match(state.src, first, state.eMarks[line])
    last = below(state, line + 1, end) if match else line
    return match["title"] if match and not all(map(state.isEmpty, range(line + 1, last))) else None
