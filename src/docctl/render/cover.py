"""What stands around a text, whatever kind of copy it is: the one thing that writers need to know.

A controlled copy, a copy of a record and a certificate each become a `Cover`; no writer asks which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from docctl.content.tree import Document, Table
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.document import Manual
from docctl.render import front
from docctl.render.front import Running
from docctl.render.particulars import Fact
from docctl.render.wording import PROPERTY, named, version_of, wording

__all__ = ["Cover", "cover"]

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cover:
    """Everything that a copy carries beside its text, ready to be printed."""

    kind: str
    """What it is, above the title: `Procedure`."""

    title: str
    created: datetime
    """When what it shows came about; nothing here is read from a clock."""

    running: Running
    facts: tuple[Fact, ...]
    """The title block; the first is the number."""

    subtitle: str = ""
    contents: bool = True
    """Whether a long text begins with a table of contents."""

    chapters: bool = False
    """Whether pages say at their head which chapter they are of."""

    language: str = "en"
    paper: str = "A4"
    notices: tuple[str, ...] = ()
    """Sentences that must stand at the top."""

    warning: bool = False
    """Whether the notices warn."""

    watermark: str = ""
    tables: tuple[tuple[str, Table], ...] = ()
    """Headings and tables, such as the approvals."""

    closing: tuple[Fact, ...] = ()
    """Facts that end the text."""

    properties: Mapping[str, str] = field(default_factory=dict)
    """Facts for programs, by name."""

    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    version: str = ""
    code: str = ""
    """What a QR code on it says; none without."""

    signed: Mapping[str, str] = field(default_factory=dict)
    """Who signed it and when, for heads and feet: `approved_by`, `approved_on`."""


def cover(
    copy: ControlledCopy, text: Document, *, properties: Mapping[str, str] = _NOTHING
) -> Cover:
    """Return what stands around the text of a controlled copy; *properties* are added to its own.

    What *text* itself says is not said again at its end. A version of the sheet among *properties*
    gives the words that it had.
    """
    document = copy.document
    mark = front.status_mark(copy)
    version = version_of(properties)
    words = wording(version)
    own = {**front.properties(copy), **named(version)}
    added = {name: value for name, value in properties.items() if name != PROPERTY}
    return Cover(
        kind=copy.type_title,
        title=document.title,
        created=_created(copy),
        running=words.running(copy),
        facts=tuple(fact for fact in words.facts(copy) if fact.label not in front.IN_THE_TITLE),
        subtitle=document.subtitle,
        chapters=isinstance(document, Manual),
        language=document.language,
        paper=copy.paper,
        notices=words.notices(copy),
        warning=bool(mark) or copy.review_overdue,
        watermark=front.watermark(copy) if mark else "",
        tables=(
            ("Approval", words.approvals(copy)),
            ("Revision history", words.history(copy)),
        ),
        closing=words.closing(copy, text),
        properties={**own, **added},
        authors=tuple(line.name for line in copy.signatures if line.meaning == "prepared"),
        keywords=document.keywords,
        summary=document.summary,
        version=copy.revision,
        signed=dict(_signed(copy)),
    )


def _signed(copy: ControlledCopy) -> Iterator[tuple[str, str]]:
    """Yield the names of those who signed for each meaning, and the day of the last signature."""
    for meaning in dict.fromkeys(line.meaning for line in copy.signatures):
        lines = [line for line in copy.signatures if line.meaning == meaning]
        yield f"{meaning}_by", ", ".join(dict.fromkeys(line.name for line in lines))
        yield f"{meaning}_on", max(line.time for line in lines).astimezone(UTC).date().isoformat()


def _created(copy: ControlledCopy) -> datetime:
    """Return the day on which it became effective, or the time at which it was last signed."""
    day = copy.effective_on or copy.as_of
    signed = max((line.time for line in copy.signatures), default=None)
    if signed and not copy.effective_on:
        return signed
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
