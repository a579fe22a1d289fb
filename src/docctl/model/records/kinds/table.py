"""The table of record kinds: every ready model, one row each."""

from collections.abc import Mapping
from types import MappingProxyType

from docctl.model.base import Word
from docctl.model.records.kinds import (
    audits,
    changes,
    customers,
    equipment,
    improvement,
    keeping,
    people,
    risk,
    steering,
    suppliers,
)
from docctl.model.records.kinds.kind import RecordKind

_ROOMS = (
    audits,
    improvement,
    changes,
    steering,
    people,
    risk,
    suppliers,
    equipment,
    customers,
    keeping,
)

#: Every ready model by its name, in the order in which they are shown.
RECORD_KINDS: Mapping[Word, RecordKind] = MappingProxyType(
    {one.name: one for room in _ROOMS for one in room.ROWS}
)
