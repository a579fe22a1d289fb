"""Full text search: built when somebody first searches, caught up with whenever somebody does.

SQLite holds no text but the words of it; what is shown of a text comes from the store.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import chain
from sqlite3 import Connection
from unicodedata import normalize

from docctl.model.answers.register import SearchHit
from docctl.model.lifecycle import State
from docctl.store.index.items import read_metadata
from docctl.store.index.schema import Values
from docctl.store.reading.reader import Reader

#: How much of what somebody types is looked at, in characters and in phrases.
_LONGEST, _MOST = 1000, 32

#: How long an excerpt is, and how much of it stands before the first word found.
_WIDTH, _BEFORE = 160, 50

#: How many more texts may have been taken up than are shown twice over, before a new beginning.
_STALE = 1000

#: More documents than any library holds.
_MOST = 1 << 31

_PARTS = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"^[#>\s*+-]+|[*_`|\[\]]+")

_CREATE = """
    CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
        number, title, keywords, body, content='', tokenize='unicode61 remove_diacritics 2')"""

# A title counts more than a keyword, and a keyword more than the text.
_SEARCH = """
    SELECT span.number, span.revision, span.title, span.state, text.body
    FROM words CROSS JOIN text ON text.id = words.rowid
        CROSS JOIN span ON span.number = text.number AND span.revision = text.revision
    WHERE words MATCH :words AND span.since <= :on AND span.until > :on
    ORDER BY bm25(words, 8.0, 8.0, 4.0, 1.0), span.place, span.number LIMIT :limit"""


def follow(connection: Connection, reader: Reader) -> None:
    """Bring the words to what `shown` holds: texts that are new are read, others are not."""
    connection.execute(_CREATE)
    connection.execute(
        "DELETE FROM text WHERE (number, revision, meta, body) NOT IN (SELECT * FROM shown)"
    )
    _tidy(connection)
    new = connection.execute(
        "SELECT * FROM shown EXCEPT SELECT number, revision, meta, body FROM text"
    ).fetchall()
    data = reader.read_many(chain.from_iterable(row[2:] for row in new))
    for row in new:
        metadata, body = read_metadata(next(data), row[0]), _text(next(data))
        text = connection.execute(
            "INSERT INTO text (number, revision, meta, body) VALUES (?, ?, ?, ?)", row
        )
        about = " ".join((*metadata.keywords, metadata.subtitle, metadata.summary))
        connection.execute(
            "INSERT INTO words (rowid, number, title, keywords, body) VALUES (?, ?, ?, ?, ?)",
            (text.lastrowid, row[0], metadata.title, about, body),
        )


def _tidy(connection: Connection) -> None:
    """Begin anew where most of the words belong to texts that are shown no more."""
    count, last = connection.execute("SELECT count(*), coalesce(max(id), 0) FROM text").fetchone()
    if last > _STALE + 2 * count:
        connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
        connection.execute("DELETE FROM text")
        connection.execute("DELETE FROM sqlite_sequence WHERE name = 'text'")


def search(
    connection: Connection, reader: Reader, text: str, *, on: date, limit: int
) -> list[SearchHit]:
    """Return the documents whose shown text holds all these words, best first.

    A word finds every word that begins with it; words between quotation marks are found as they
    stand. Case and accents do not matter, and no character has another meaning.
    """
    asked = _asked(text)
    if not asked:
        return []
    words = " ".join(f'"{phrase}" *' if begins else f'"{phrase}"' for phrase, begins in asked)
    values = {"words": words, "on": on.isoformat(), "limit": max(min(limit, _MOST), 0)}
    found = connection.execute(_SEARCH, values).fetchall()
    bodies = reader.read_many(row[-1] for row in found)
    sought = [_folded(word) for phrase, _ in asked for word in phrase.split()]
    states = Values(State)
    return [
        SearchHit(number, revision, title, states[state], excerpt(_text(body), sought))
        for (number, revision, title, state, _), body in zip(found, bodies, strict=True)
    ]


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _asked(text: str) -> list[tuple[str, bool]]:
    """Return the phrases that somebody typed, and whether each is a beginning only."""
    parts = _PARTS.findall(normalize("NFC", text[:_LONGEST]))
    phrases = [(" ".join(_WORD.findall(exact or loose)), not exact) for exact, loose in parts]
    return [phrase for phrase in phrases if phrase[0]][:_MOST]


def excerpt(body: str, words: Sequence[str]) -> str:
    """Return the line of a text that holds most of these folded words, without its marks."""
    lines = [plain for line in body.splitlines() if (plain := _MARKS.sub("", line).strip())]
    folded = [_folded(line) for line in lines]
    counts = [sum(word in line for word in words) for line in folded]
    if not any(counts):
        return _cut(lines[0], 0) if lines else ""
    best = counts.index(max(counts))
    first = min(folded[best].find(word) for word in words if word in folded[best])
    return _cut(lines[best], max(first - _BEFORE, 0))


def _cut(line: str, begin: int) -> str:
    if len(line) <= _WIDTH:
        return line
    begin = line.rfind(" ", 0, begin) + 1 if begin else 0
    part = line[begin : begin + _WIDTH]
    return f"{'…' * (begin > 0)}{part.rstrip()}{'…' * (begin + _WIDTH < len(line))}"


def _folded(text: str) -> str:
    """Return a text in lower case without accents, character by character."""
    if text.isascii():
        return text.lower()
    return "".join(normalize("NFD", character)[0].lower()[:1] for character in text)
