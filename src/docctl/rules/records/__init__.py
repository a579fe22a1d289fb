"""Records, holds and disposals: what they are after each event, and which events may happen.

`Record`, `Hold` and `Disposal` are folded from their events; `check` is the guard of all of them;
`assess` works out when a record may go, and says why.
"""

from docctl.rules.records.archive import Archive
from docctl.rules.records.blank import Blank
from docctl.rules.records.disposal import Disposal
from docctl.rules.records.guards import check, check_erasure
from docctl.rules.records.hold import Hold
from docctl.rules.records.kinds import (
    BLANKS,
    DISPOSALS,
    HOLDS,
    KEPT,
    RECORDS,
    REQUESTS,
    ArchiveItem,
    begin,
)
from docctl.rules.records.past import as_of
from docctl.rules.records.record import Record
from docctl.rules.records.request import Request
from docctl.rules.records.retention.ageing import Age, Ageing
from docctl.rules.records.retention.due import assess
from docctl.rules.records.retention.dues import Dues

__all__ = [
    "BLANKS",
    "DISPOSALS",
    "HOLDS",
    "KEPT",
    "RECORDS",
    "REQUESTS",
    "Age",
    "Ageing",
    "Archive",
    "ArchiveItem",
    "Blank",
    "Disposal",
    "Dues",
    "Hold",
    "Record",
    "Request",
    "as_of",
    "assess",
    "begin",
    "check",
    "check_erasure",
]
