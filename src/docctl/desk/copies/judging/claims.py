"""What a file says that it is: in print, to programs, by the digest of its text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from docctl.intake import Foreign
from docctl.intake.lines import texts
from docctl.model.base import NUMBER
from docctl.model.control import CONTROL
from docctl.render.wording import PROPERTY

__all__ = ["Claim", "claims", "digests", "fact_of", "facts"]

#: What a copy calls the same fact in its properties, and in front matter.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "number": "DocNumber",
        "revision": "Revision",
        "status_as_of": "StatusAsOf",
        "content_sha256": "ContentSHA256",
        "last_event_sha256": "LastEventSHA256",
        "sheet_version": PROPERTY,
        "redline": "Redline",
        "compared_with": "ComparedWith",
    }
)

#: What stands in front matter before properties that a copy has of its own.
_ADDED = "properties."

#: The properties that name a document, a record or a disposal, the first of them that is there.
_NUMBERS = ("DocNumber", "RecordNumber", "Disposal")

_NUMBER = re.compile(rf"{NUMBER}|{CONTROL}")
_AS_OF = re.compile(r"\(as of (\d{4}-\d\d-\d\d)\)")
_REVISION = re.compile(r"Revision (\S{1,40})")
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
#: How far into a text it is looked for what the control sheet says.
_SHEET = 400


class Claim(NamedTuple):
    """What a file says that it is."""

    number: str
    revision: str
    on: date | None
    """The day for which it states how it stands."""

    issue: str = ""
    """The mark of a compiled manual."""


def claims(foreign: Foreign) -> tuple[Claim, ...]:
    """Return what a file says that it is: first what people read, then what programs read."""
    told = facts(foreign)
    printed = _printed([*texts(foreign)][:_SHEET])
    found = (_claim(printed, told), _claim(told, printed))
    return tuple(dict.fromkeys(one for one in found if one.number))


def facts(foreign: Foreign) -> Mapping[str, str]:
    """Return the facts for programs by the names that properties have."""
    found = {fact_of(name): value for name, value in foreign.facts.items()}
    number = next((found[name] for name in _NUMBERS if name in found), "")
    return {**found, "DocNumber": number} if number else found


def fact_of(name: str) -> str:
    """Return the name that a property has whose fact a file calls so."""
    bare = name.removeprefix(_ADDED)
    return _NAMES.get(bare, bare)


def digests(foreign: Foreign) -> tuple[str, ...]:
    """Return every digest that a file names, that of its text among them."""
    said = (*foreign.facts.values(), *[*texts(foreign)][:_SHEET])
    return tuple(dict.fromkeys(one for words in said for one in _DIGEST.findall(words)))


def _claim(first: Mapping[str, str], second: Mapping[str, str]) -> Claim:
    """Return the claim of one source, completed by the other where it says nothing."""
    number = first.get("DocNumber") or ""
    same = second.get("DocNumber") in {number, None, ""}
    both = {**second, **first} if same else first
    return Claim(
        number,
        both.get("Revision", ""),
        _day(both.get("StatusAsOf", "")),
        both.get("Issue", ""),
    )


def _printed(said: list[str]) -> dict[str, str]:
    """Return what the control sheet says: the values behind its labels, or else the page heads."""
    found = {
        "DocNumber": next(_behind(said, "Number"), ""),
        "Revision": next(_behind(said, "Revision"), "").partition(" ")[0],
        "StatusAsOf": next((one[1] for one in map(_AS_OF.search, said) if one), ""),
    }
    if not _NUMBER.fullmatch(found["DocNumber"]):
        found["DocNumber"] = next(filter(_NUMBER.fullmatch, said), "")
    if not found["Revision"]:
        found["Revision"] = next((one[1] for one in map(_REVISION.fullmatch, said) if one), "")
    return {name: value for name, value in found.items() if value}


def _behind(said: Iterable[str], label: str) -> Iterator[str]:
    before = ""
    for one in said:
        if before == label:
            yield one
        before = one


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
