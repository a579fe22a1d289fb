"""Records found by words, wherever among their identifiers these stand."""

import re
from sqlite3 import Connection

from docctl.store.index.records.lists import RecordLine, lines, select

#: How much of what somebody types is looked at, in characters and in phrases.
_LONGEST, _MOST_PHRASES = 1000, 32

#: More lines than any list has.
_MOST = 1 << 31

_PARTS = re.compile(r'"([^"]*)"?|([^\s"]+)')

_HOLDS = """(instr(lower(record.number), ?) OR EXISTS (
    SELECT 1 FROM identifier WHERE identifier.key = record.key AND instr(folded, ?)))"""


def search(connection: Connection, text: str, *, limit: int) -> list[RecordLine]:
    """Return the records whose number or identifiers hold all these words, the newest first.

    Words between quotation marks are found as they stand. Upper and lower case are the same.
    """
    parts = (exact or loose for exact, loose in _PARTS.findall(text[:_LONGEST]))
    words = [word.casefold().strip() for word in parts if word.strip()][:_MOST_PHRASES]
    if not words:
        return []
    where = " AND ".join(_HOLDS for _ in words)
    values = [word for each in words for word in (each, each)]
    asked = f"{select('record')} WHERE {where} ORDER BY record.key DESC LIMIT ?"
    return lines(connection.execute(asked, (*values, max(min(limit, _MOST), 0))))
