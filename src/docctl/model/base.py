"""What every model stands on: frozen, closed, and made of a few exact little types."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
)

#: Names that some file systems keep for themselves; no path of the store uses them.
RESERVED_NAMES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"COM{n}" for n in range(10)), *(f"LPT{n}" for n in range(10))}
)

_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+ -]{0,99}")
_DEEPEST = 4

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


class Model(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        populate_by_name=True,
        serialize_by_alias=True,
    )

    def but(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, validated like the original."""
        fields = dict(iter(self))  # a model with a field `keys` passes for a mapping
        return type(self).model_validate({**fields, **changes})


def _plain_text(value: str) -> str:
    text = (value if value.isascii() else unicodedata.normalize("NFC", value)).strip()
    if text.isprintable():  # the usual case, told at once
        return text
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
            raise ValueError(f"the character U+{ord(character):04X} cannot stand in a line of text")
    return text


def _instant_in(value: Any) -> Any:
    if isinstance(value, str):
        if not _INSTANT.fullmatch(value):
            raise ValueError("a time is written in UTC to the second, as 2026-01-31T08:30:00Z")
        return datetime.fromisoformat(value)
    return value


def _instant_exact(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time needs its time zone")
    if value.tzinfo is UTC and not value.microsecond:  # the usual case
        return value
    return value.astimezone(UTC).replace(microsecond=0)


def instant_text(value: datetime) -> str:
    """Return the one written form of an instant, `2026-01-31T08:30:00Z`."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _not_reserved(value: str) -> str:
    if value.split("-", maxsplit=1)[0] in RESERVED_NAMES:
        raise ValueError("this name is reserved by some operating systems")
    return value


def attachment_name(value: str) -> str:
    """Return the path of an attachment, if every system and the store can hold it."""
    segments = value.split("/")
    if len(segments) > _DEEPEST:
        raise ValueError("it lies too deep in folders")
    for segment in segments:
        if not _SEGMENT.fullmatch(segment) or segment[-1] in " .":
            raise ValueError(f"{segment!r} is not a plain name")
        if segment.split(".")[0].upper() in RESERVED_NAMES:
            raise ValueError(f"{segment!r} is reserved by some operating systems")
    return value


#: One line of text: NFC, no control or invisible characters, no surrounding space, not empty.
Line = Annotated[str, AfterValidator(_plain_text), StringConstraints(min_length=1, max_length=500)]

#: As `Line`, and may be empty.
Words = Annotated[str, AfterValidator(_plain_text), StringConstraints(max_length=2000)]

#: An instant: aware, in UTC, to the second.
Instant = Annotated[
    datetime,
    BeforeValidator(_instant_in),
    AfterValidator(_instant_exact),
    PlainSerializer(instant_text, return_type=str),
]

#: SHA-256 over stored bytes, 64 lower-case hexadecimal digits.
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

#: How the number of a document is written.
NUMBER = r"^[A-Z][A-Z0-9]{0,15}(-[A-Z0-9]{1,15}){1,4}$"

#: The identity of a document: `PRO-001`, `SOP-QA-014`. Upper case, so that no two differ by case.
Number = Annotated[
    str,
    StringConstraints(pattern=NUMBER, max_length=64),
    AfterValidator(_not_reserved),
]

#: The label of a revision: `3`, `B`, `2.1`.
Label = Annotated[str, StringConstraints(pattern=r"^([1-9][0-9]{0,3}|[A-Z]{1,3})(\.[0-9]{1,3})?$")]

#: How the id of a person is written.
PERSON = r"^[a-z][a-z0-9-]{0,30}$"

#: A person's permanent id: short, lower case, never reassigned. It stands in every signature.
PersonId = Annotated[str, StringConstraints(pattern=PERSON)]

#: A role, a document type, a field: a lower-case word that programs use.
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]

#: A clause of a standard with its edition: `iso9001:2015#7.5.3.2`.
Clause = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,30}:[0-9]{4}#[A-Za-z0-9][A-Za-z0-9.]{0,20}$")
]

#: A file of a document beside its text, by its path inside the document's own folder.
FileName = Annotated[str, AfterValidator(attachment_name)]
