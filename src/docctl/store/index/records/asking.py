"""From a question to SQL over the tables of records, with the meaning of `Question.fits`."""

from collections.abc import Iterator, Mapping
from datetime import date
from sqlite3 import Connection
from types import MappingProxyType
from typing import NamedTuple

from docctl.rules.query import ANYTHING, Comparison, Joined, Question, comparable


class Sql(NamedTuple):
    """A piece of SQL with its values in order."""

    text: str
    values: tuple[str | float, ...] = ()


class _Column(NamedTuple):
    """What is known of every record: where it stands."""

    name: str
    upper: bool = False
    """Whether it is written in upper case; all are ASCII, and what is compared is lower case."""

    ordered: bool = False
    """Whether records are found by it without looking at all of them."""

    @property
    def folded(self) -> str:
        """Return it as it is compared."""
        return f"lower(record.{self.name})" if self.upper else f"record.{self.name}"


KNOWN: Mapping[str, _Column] = MappingProxyType(
    {
        "number": _Column("number", upper=True, ordered=True),
        "form": _Column("form", upper=True, ordered=True),
        "revision": _Column("revision", upper=True),
        "class": _Column("class", ordered=True),
        "status": _Column("status", ordered=True),
        "happened": _Column("happened", ordered=True),
        "captured": _Column("captured"),
        "closed": _Column("closed"),
        "by": _Column("signer", ordered=True),
    }
)
"""The fields that every record answers, whatever its form says."""

#: The only one of them that may be a number.
_LABEL = "revision"
_LABEL_NUMBER = "CAST(record.revision AS REAL)"
_LABEL_IS_NUMBER = "record.revision < 'A'"

#: The tables of what a record answers by itself.
_TOLD: Mapping[str, str] = MappingProxyType(
    {
        "identifier": "EXISTS (SELECT 1 FROM identifier WHERE key = record.key",
        "said": "EXISTS (SELECT 1 FROM said WHERE key = record.key",
    }
)

#: Whatever the answer is called.
_ANY_NAME = Sql("")

_MARKS = frozenset({"=", "<", "<=", ">", ">="})

#: From so many candidates on they are not collected: a page is full before all are looked at.
MANY = 5_000


def unknown(question: Question) -> set[str]:
    """Return the fields of which the history may say nothing, in lower case."""
    return {name.casefold() for name in question.fields()} - {*KNOWN}


def _lowered(question: Question) -> Question:
    """Return a question with its fields in lower case: it does not matter how they are written."""
    if isinstance(question, Joined):
        return Joined(question.how, tuple(map(_lowered, question.parts)))
    return Comparison(question.field.casefold(), question.mark, question.wanted)


class Asking:
    """A question over the tables of one index."""

    def __init__(self, connection: Connection, question: Question) -> None:
        self._connection = connection
        self._question = _lowered(question)
        #: Fields of every record that some form has an identifier of the same name for.
        self._shadowed = {
            name for name in {*self._question.fields()} & {*KNOWN} if self._is_name(name)
        }

    def _is_name(self, name: str) -> bool:
        asked = "SELECT 1 FROM identifier WHERE name = ? LIMIT 1"
        return self._connection.execute(asked, (name,)).fetchone() is not None

    # --- whether a record fits -----------------------------------------------------------------

    def condition(self) -> Sql:
        """Return what is true of a record that fits, and false, never unknown, of all others."""
        return self._condition(self._question)

    def _condition(self, question: Question) -> Sql:
        if isinstance(question, Joined):
            parts = [self._condition(one) for one in question.parts]
            word = " AND " if question.how == "and" else " OR "
            joined = _joined(word, parts)
            return joined if question.how != "not" else Sql(f"NOT {joined.text}", joined.values)
        if question.mark == "!=":
            same = self._condition(Comparison(question.field, "=", question.wanted))
            return Sql(f"NOT {same.text}", same.values)
        return _joined(" OR ", [self._fits(question, wanted) for wanted in question.wanted])

    def _fits(self, one: Comparison, wanted: str) -> Sql:
        if one.field in KNOWN and one.field not in self._shadowed:
            return _known(one, wanted)
        if one.field == ANYTHING:
            tables = [_answers(table, one, wanted, _ANY_NAME) for table in _TOLD]
            return _joined(" OR ", tables)
        name = _named(one.field)
        named = _answers("identifier", one, wanted, name)
        if one.field not in KNOWN and not self._beside(one.field):
            return named
        has = "EXISTS (SELECT 1 FROM identifier WHERE key = record.key AND name = ?)"
        other = _known(one, wanted) if one.field in KNOWN else _answers("said", one, wanted, name)
        return Sql(
            f"({named.text} OR (NOT {has} AND {other.text}))",
            (*named.values, one.field, *other.values),
        )

    # --- where to look for those that fit ------------------------------------------------------

    def candidates(self) -> Sql | None:
        """Return the keys of a few records among which all are that fit; nothing if not few."""
        found = self._few(self._question)
        if found is None:
            return None
        keys, _ = found
        text = f"SELECT DISTINCT key FROM ({keys.text})"  # noqa: S608 - our own text
        return Sql(text, keys.values)

    def single(self) -> Sql | None:
        """Return one equality that every record must fit and by which they lie in their order."""
        for one in _all_of(self._question):
            if isinstance(one, Comparison) and one.mark == "=" and len(one.wanted) == 1:
                if one.field in {*KNOWN, ANYTHING} or self._beside(one.field):
                    continue
                return _equal(one.field, one.wanted[0])
        return None

    def _few(self, question: Question) -> tuple[Sql, int] | None:
        if isinstance(question, Comparison):
            return self._few_of(question)
        parts = [self._few(one) for one in question.parts]
        known = [one for one in parts if one]
        if question.how == "and" and known:
            return min(known, key=lambda one: one[1])
        if question.how == "or" and len(known) == len(parts):
            union = " UNION ".join(one.text for one, _ in known)
            values = tuple(value for one, _ in known for value in one.values)
            count = sum(number for _, number in known)
            return (Sql(union, values), count) if count < MANY else None
        return None

    def _few_of(self, one: Comparison) -> tuple[Sql, int] | None:
        found = self._keys(one) if one.mark == "=" else None
        if found is None:
            return None
        many = f"SELECT 1 FROM ({found.text}) LIMIT {MANY}"  # noqa: S608 - our own text
        asked = f"SELECT count(*) FROM ({many})"  # noqa: S608 - our own text
        count: int = self._connection.execute(asked, found.values).fetchone()[0]
        return (found, count) if count < MANY else None

    def _keys(self, one: Comparison) -> Sql | None:
        """Return the keys of the records that fit an equality, where they need not be sought."""
        if column := KNOWN.get(one.field):
            if not column.ordered or one.field in self._shadowed:
                return None
            parts = [_same(column, wanted) for wanted in one.wanted]
        elif one.field == ANYTHING or self._beside(one.field):
            return None
        else:
            parts = [_equal(one.field, wanted) for wanted in one.wanted]
        return Sql(
            " UNION ALL ".join(part.text for part in parts),
            tuple(value for part in parts for value in part.values),
        )

    def _beside(self, name: str) -> bool:
        """Tell whether some records say such a field without having it as an identifier."""
        asked = "SELECT 1 FROM said WHERE name = ? LIMIT 1"
        return self._connection.execute(asked, (name,)).fetchone() is not None

    def days(self) -> Iterator[Sql]:
        """Yield where the records that fit lie in their order, as far as days of capture say."""
        for one in _all_of(self._question):
            if isinstance(one, Comparison) and one.field == "captured" and not self._shadowed:
                day = _day(one.wanted[0]) if len(one.wanted) == 1 else None
                if day and one.mark in {"=", ">", ">="}:
                    yield Sql("record.key >= ?", (f"{day.toordinal():07d}",))
                if day and one.mark in {"=", "<", "<="}:
                    yield Sql("record.key < ?", (f"{day.toordinal() + 1:07d}",))


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _all_of(question: Question) -> Iterator[Question]:
    """Yield questions all of which a record must fit."""
    if isinstance(question, Joined) and question.how == "and":
        for one in question.parts:
            yield from _all_of(one)
    else:
        yield question


def _joined(word: str, parts: list[Sql]) -> Sql:
    values = tuple(value for one in parts for value in one.values)
    return Sql(f"({word.join(one.text for one in parts)})", values)


def _known(one: Comparison, wanted: str) -> Sql:
    column = KNOWN[one.field]
    folded, number = comparable(wanted)
    if one.mark == "=" and not column.upper:
        compared = Sql(f"record.{column.name} = ?", (folded,))
    elif one.field == _LABEL and number is not None and one.mark in _MARKS:
        return Sql(
            f"(CASE WHEN {_LABEL_IS_NUMBER} THEN {_LABEL_NUMBER} {one.mark} ?"
            f" ELSE lower(record.revision) {one.mark} ? END)",
            (number, folded),
        )
    else:
        compared = _text(column.folded, one.mark, folded)
    there = f"record.{column.name} IS NOT NULL AND "
    return Sql(f"({there}{compared.text})", compared.values)


def _text(place: str, mark: str, folded: str) -> Sql:
    if mark == "~":
        return Sql(f"instr({place}, ?) > 0", (folded,))
    return Sql(f"{place} {mark} ?", (folded,))


def _named(name: str) -> Sql:
    return Sql(" AND name = ?", (name,))


def _answers(table: str, one: Comparison, wanted: str, named: Sql) -> Sql:
    folded, number = comparable(wanted)
    compared = _text("folded", one.mark, folded)
    if number is not None and one.mark in _MARKS:
        compared = Sql(
            f"CASE WHEN number IS NOT NULL THEN number {one.mark} ? ELSE {compared.text} END",
            (number, *compared.values),
        )
    return Sql(
        f"{_TOLD[table]}{named.text} AND {compared.text})", (*named.values, *compared.values)
    )


def _equal(name: str, wanted: str) -> Sql:
    folded, number = comparable(wanted)
    # A text that is no number never equals one, however both are written.
    if number is None:
        return Sql("SELECT key FROM identifier WHERE name = ? AND folded = ?", (name, folded))
    return Sql("SELECT key FROM identifier WHERE name = ? AND number = ?", (name, number))


def _same(column: _Column, wanted: str) -> Sql:
    folded, _ = comparable(wanted)
    value = folded.upper() if column.upper and folded.isascii() else folded
    text = f"SELECT key FROM record WHERE {column.name} = ?"  # noqa: S608 - our own names
    return Sql(text, (value,))
