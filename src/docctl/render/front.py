"""What every copy says about itself beside its text, worked out in one place for all writers.

Texts are plain English sentences and labels; dates are ISO 8601, times are UTC. Tables are nodes
of the document tree, so that a writer shows them as it shows any other table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType

from docctl.content.tree import Alignment, Document, Inlines, Table, Text
from docctl.content.walk import blocks, lines, plain
from docctl.model.answers.controlled import ControlledCopy, HistoryLine, Manifestation
from docctl.model.document import ExternalDocument
from docctl.render.particulars import Fact, clauses_words, particulars
from docctl.render.standing import (
    STATE_WORDS,
    effective_label,
    notices,
    status_mark,
    status_words,
    watermark,
)

__all__ = [
    "CAUTION",
    "IN_THE_TITLE",
    "SITE_PAGE",
    "STATE_WORDS",
    "Fact",
    "Running",
    "approvals",
    "beside",
    "clauses_words",
    "closing",
    "history",
    "notices",
    "properties",
    "running",
    "status_mark",
    "title_block",
    "watermark",
]

_WORD = re.compile(r"\w+")
#: What stands between the values of a fact.
_PARTS = re.compile(r"[;:] ")

#: Facts of the title block that the heading above it says.
IN_THE_TITLE = frozenset({"Title", "Subject"})

#: What stands at the foot of every page.
CAUTION = "Uncontrolled when printed"

#: The fact for programs that tells a page of a site from a copy.
SITE_PAGE = "SitePage"

#: So much of a digest stands at the foot of pages.
_SHOWN = 12

#: What those concerned do before they work by a new revision.
_TRAINING: Mapping[str, str] = MappingProxyType(
    {
        "none": "",
        "read": "read before work by this revision",
        "class": "taught before work by this revision",
        "test": "taught and tested before work by this revision",
    }
)


@dataclass(frozen=True, slots=True)
class Running:
    """What stands at the head and the foot of every page; all but the first four may be empty."""

    organization: str
    number: str
    title: str
    revision: str
    mark: str
    status: str
    effective: str
    classification: str
    caution: str = CAUTION
    digest: str = ""
    """The first letters of the digest of what was approved."""


def title_block(copy: ControlledCopy) -> tuple[Fact, ...]:
    """Return the facts of the title block in the order of printing; empty ones are left out."""
    facts = tuple(Fact(label, value) for label, value in _facts(copy) if value)
    return facts + (particulars(copy.document) if _is_external(copy) else ())


def closing(copy: ControlledCopy, text: Document) -> tuple[Fact, ...]:
    """Return the metadata of the document's type; they were approved with the text and end it.

    What *text* itself says in the same words is left out. Those of an external document are all
    there is to say: they stand in its title block.
    """
    return () if _is_external(copy) else _unsaid(copy, text)


def beside(copy: ControlledCopy, text: Document) -> tuple[Fact, ...]:
    """Return the metadata of the document's type where there is no title block, as in a manual."""
    return particulars(copy.document) if _is_external(copy) else _unsaid(copy, text)


def approvals(copy: ControlledCopy) -> Table:
    """Return who prepared, reviewed, approved and released it; one row for each signature.

    A copy that nobody has signed has one row that says so.
    """
    noted = any(line.note for line in copy.signatures)
    head = ("Meaning", "Name", "Function", "Time", "Signed event", *(["Note"] if noted else []))
    rows = tuple(_signature(line, noted=noted) for line in copy.signatures)
    return _table(head, rows or (("Not signed yet", *[""] * (len(head) - 1)),))


def history(copy: ControlledCopy) -> Table:
    """Return the revision history, oldest first."""
    head = ("Revision", "Status", "Effective from", "Change", "Prepared by", "Approved by")
    return _table(head, tuple(_revision(line) for line in copy.history))


def running(copy: ControlledCopy) -> Running:
    """Return the texts for the head and the foot of every page."""
    return Running(
        organization=copy.organization,
        number=copy.number,
        title=copy.document.title,
        revision=f"Revision {copy.revision}",
        mark=status_mark(copy),
        status=STATE_WORDS[copy.state],
        effective=f"{effective_label(copy)} {copy.effective_on}" if copy.effective_on else "",
        classification=copy.document.classification,
        digest=f"Digest {copy.content[:_SHOWN]}",
    )


def properties(copy: ControlledCopy) -> dict[str, str]:
    """Return the facts for programs, by name; ISO dates, absent facts left out."""
    facts = {
        "DocNumber": copy.number,
        "DocType": copy.document.type,
        "Organization": copy.organization,
        "Revision": copy.revision,
        "Replaces": copy.replaces,
        "Status": copy.state.value,
        "StatusAsOf": copy.as_of,
        "EffectiveDate": copy.effective_on,
        "NextReview": copy.review_due_on,
        "Owner": copy.owner,
        "Classification": copy.document.classification,
        "ContentSHA256": copy.content,
    }
    return {name: str(value) for name, value in facts.items() if value}


# --- the parts ---------------------------------------------------------------------------


def _unsaid(copy: ControlledCopy, text: Document) -> tuple[Fact, ...]:
    facts = particulars(copy.document)
    if not facts:
        return ()
    said = _plain_words(*(plain(nodes) for block in blocks(text) for _, nodes in lines(block)))
    return tuple(
        fact
        for fact in facts
        if not all(_plain_words(part) in said for part in _PARTS.split(fact.value))
    )


def _plain_words(*texts: str) -> str:
    """Return words alone, with one space before and behind each."""
    return f" {' '.join(_WORD.findall(' '.join(texts).casefold()))} "


def _is_external(copy: ControlledCopy) -> bool:
    return isinstance(copy.document, ExternalDocument)


def _facts(copy: ControlledCopy) -> Iterator[tuple[str, str]]:
    document = copy.document
    replaces = f" (replaces revision {copy.replaces})" if copy.replaces else ""
    yield "Number", copy.number
    yield "Revision", copy.revision + replaces
    yield "Title", document.title
    yield "Subject", document.subtitle
    yield "Type", copy.type_title
    yield "Organisation", copy.organization
    yield "Status", status_words(copy)
    yield effective_label(copy), _day(copy.effective_on)
    yield "Last reviewed", str(copy.last_review or "")
    overdue = " (overdue)" if copy.review_overdue and copy.review_due_on else ""
    yield "Next review", _day(copy.review_due_on) + overdue
    yield "Owner", copy.owner
    yield "Classification", document.classification
    yield "Distribution", ", ".join(copy.distribution)
    yield "Printed copies", copy.location
    yield "Applies to", ", ".join(document.applicability)
    yield "Processes", ", ".join(document.processes)
    yield "Clauses", clauses_words(document.clauses)
    yield "Belongs to", document.parent or ""
    yield "Training", _TRAINING[document.training]
    yield "Former numbers", ", ".join(document.former_numbers)
    yield "Content digest", f"SHA-256 {copy.content}"


def _signature(line: Manifestation, *, noted: bool) -> tuple[str, ...]:
    return (
        line.meaning.capitalize(),
        line.name,
        line.function or "–",
        _moment(line.time),
        line.event[:12],
        *([line.note] if noted else []),
    )


def _revision(line: HistoryLine) -> tuple[str, ...]:
    change = f"{line.change.capitalize()} change: {line.reason}" if line.change else line.reason
    return (
        line.revision,
        STATE_WORDS[line.state],
        _day(line.effective_on),
        ". ".join(filter(None, (change.rstrip(".: "), _more(line)))),
        ", ".join(line.prepared_by),
        ", ".join(line.approved_by),
    )


def _more(line: HistoryLine) -> str:
    """Return the summary of a change, unless it only repeats the reason."""
    return "" if line.summary.strip(" .") == line.reason.strip(" .") else line.summary


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    cells = tuple(tuple(_cell(text) for text in row) for row in rows)
    plain: tuple[Alignment, ...] = ("",)
    return Table(tuple(_cell(text) for text in head), cells, plain * len(head))


def _cell(text: str) -> Inlines:
    return (Text(text),) if text else ()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
