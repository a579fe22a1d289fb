"""The words around a text, version by version: what is written today, and what was before.

A copy names the version of its sheet, so that it is held against the words of its own time. Who
changes a word that `front` says adds a version: the changed function goes into a new row, and the
row of every earlier version keeps what it said. `tests/render/sheets` holds each row to its words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from docctl.content.structure.outline import outline
from docctl.content.tree import Document, Inlines, Table, Text
from docctl.content.walk import plain
from docctl.model.answers.controlled import ControlledCopy, HistoryLine, Manifestation
from docctl.model.document import ExternalDocument
from docctl.render import front
from docctl.render.front import Running
from docctl.render.particulars import Fact, particulars

__all__ = ["NAMED", "PROPERTY", "VERSION", "Wording", "named", "version_of", "wording"]

#: What a copy calls the version of its sheet, in its properties.
PROPERTY = "SheetVersion"
#: The version that is written today.
VERSION = 4
#: The first version that names itself.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """What stands around a text in one version of the sheet."""

    running: Callable[[ControlledCopy], Running] = front.running
    facts: Callable[[ControlledCopy], tuple[Fact, ...]] = front.title_block
    notices: Callable[[ControlledCopy], tuple[str, ...]] = front.notices
    approvals: Callable[[ControlledCopy], Table] = front.approvals
    history: Callable[[ControlledCopy], Table] = front.history
    closing: Callable[[ControlledCopy, Document], tuple[Fact, ...]] = front.closing


def version_of(properties: Mapping[str, str]) -> int:
    """Return which version of the sheet is asked for: today's, where none is."""
    return int(properties.get(PROPERTY, VERSION))


def wording(version: int) -> Wording:
    """Return the words of a version of the sheet."""
    return _WORDINGS[version]


def named(version: int) -> dict[str, str]:
    """Return the property that names a version; the first ones did not name themselves."""
    return {PROPERTY: str(version)} if version >= NAMED else {}


# --- what earlier versions said ------------------------------------------------------------

_WORD = re.compile(r"\w+")
#: Which cell of a line of the history says what was changed.
_CHANGE = 3
#: Facts that version 1 did not have yet.
_LATER = frozenset({"Last reviewed", "Training"})


def _first_facts(copy: ControlledCopy) -> tuple[Fact, ...]:
    return tuple(fact for fact in front.title_block(copy) if fact.label not in _LATER)


def _first_closing(copy: ControlledCopy, text: Document) -> tuple[Fact, ...]:
    """Return the particulars for which the text has no section, whatever the section says."""
    if isinstance(copy.document, ExternalDocument):
        return ()
    titles = [_words_of(entry.title) for entry in outline(text)]
    facts = particulars(copy.document)
    return tuple(fact for fact in facts if not any(_words_of(fact.label) <= one for one in titles))


def _words_of(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(title.casefold()))


def _first_approvals(copy: ControlledCopy) -> Table:
    """Return the approvals; who signed without a function did so in a role."""
    return front.approvals(copy.model_copy(update={"signatures": _in_roles(copy.signatures)}))


def _in_roles(lines: Sequence[Manifestation]) -> tuple[Manifestation, ...]:
    return tuple(
        line.model_copy(update={"function": line.function or _role(line.role)}) for line in lines
    )


def _role(role: str) -> str:
    return role.replace("_", " ").capitalize()


def _second_history(copy: ControlledCopy) -> Table:
    """Return the history; a summary stands there even if it only repeats the reason."""
    table = front.history(copy)
    rows = map(_repeating, table.rows, copy.history)
    return replace(table, rows=tuple(rows))


def _repeating(row: tuple[Inlines, ...], line: HistoryLine) -> tuple[Inlines, ...]:
    if not line.summary or line.summary.strip(" .") != line.reason.strip(" ."):
        return row
    before, said, behind = row[:_CHANGE], plain(row[_CHANGE]), row[_CHANGE + 1 :]
    return (*before, (Text(". ".join(filter(None, (said, line.summary)))),), *behind)


def _third_running(copy: ControlledCopy) -> Running:
    """Return the texts for head and foot, which named no digest."""
    return replace(front.running(copy), digest="")


_TODAY = Wording()
_THIRD = replace(_TODAY, running=_third_running)
_SECOND = replace(_THIRD, history=_second_history)
_FIRST = replace(_SECOND, facts=_first_facts, closing=_first_closing, approvals=_first_approvals)

#: Every version by its number.
_WORDINGS: Mapping[int, Wording] = MappingProxyType({1: _FIRST, 2: _SECOND, 3: _THIRD, 4: _TODAY})
