"""A record as a controlled copy: what it says, every correction, who signed; or its tombstone."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from docctl.content.nodes import grid, words
from docctl.content.tree import Block, Document, Inlines
from docctl.model.answers.evidence import RecordCopy
from docctl.model.records.schema import in_order
from docctl.render.cover import Cover
from docctl.render.front import Running
from docctl.render.records.history import (
    amendments,
    custody,
    field_label,
    files,
    named,
    schemas,
    sealed,
    statements,
)
from docctl.render.records.seals import day, facts, heading, paragraph, size
from docctl.render.records.values import is_table, label, table, value

__all__ = ["record"]

_MARKS = MappingProxyType(
    {
        "open": "OPEN",
        "closed": "",
        "disposed": "DESTROYED",
        "transferred": "TRANSFERRED",
        "anonymised": "ANONYMISED",
    }
)
_STATUS = MappingProxyType(
    {
        "open": "Open",
        "closed": "Closed",
        "disposed": "Destroyed",
        "transferred": "Transferred",
        "anonymised": "Anonymised",
    }
)

#: How what a record said has gone.
_GONE = MappingProxyType({"disposed": "destroyed", "transferred": "handed over to a receiver"})


def record(copy: RecordCopy) -> tuple[Document, Cover]:
    """Return the text of a record's copy, and what stands around it."""
    gone = copy.shown.entry.status in _GONE
    blocks = _tombstone(copy) if gone else _living(copy)
    return Document(tuple(blocks)), _cover(copy)


# --- the head ------------------------------------------------------------------------------------


def _cover(copy: RecordCopy) -> Cover:
    entry, mark = copy.shown.entry, _MARKS[copy.shown.entry.status]
    form = f"Form {entry.form} revision {entry.form_revision}"
    closed = f"Closed on {entry.closed_on}" if entry.closed_on else ""
    return Cover(
        kind=f"Record {entry.record}",
        title=copy.shown.title,
        created=copy.shown.statements[0].time,
        running=Running(
            organization=copy.organization,
            number=entry.record,
            title=copy.shown.title,
            revision=form,
            mark=mark,
            status=_STATUS[entry.status],
            effective=closed,
            classification=copy.classification,
        ),
        facts=facts(_facts(copy, form)),
        contents=False,
        language=copy.language,
        paper=copy.paper,
        notices=tuple(filter(None, (_standing(copy), copy.notice))),
        warning=bool(mark),
        watermark=mark,
        properties=_properties(copy),
        authors=(copy.signatures[0].name,),
        version=str(copy.shown.statements[-1].seq),
    )


def _facts(copy: RecordCopy, form: str) -> Iterator[tuple[str, str]]:
    entry, due, first = copy.shown.entry, copy.shown.due, copy.shown.statements[0]
    gone = entry.status in _GONE
    yield "Number", entry.record
    yield "Form", form.removeprefix("Form ")
    yield "Organisation", copy.organization
    yield "Status", f"{_STATUS[entry.status]} (as of {copy.as_of})"
    yield "Happened on", day(entry.happened_on)
    yield "Captured on", day(entry.captured_on)
    yield "Captured by", copy.signatures[0].name
    yield "Entered for", named(copy, entry.entered_for)
    yield "From blank", copy.shown.blank or ""
    yield "Closed on", day(entry.closed_on)
    yield "Entered late", (first.reason or "no reason given") if first.late and not gone else ""
    yield "Retention", f"{copy.retention_title or entry.retention} ({entry.retention})"
    yield "May go from", "" if gone else day(due.due_since) or due.state.replace("_", " ")
    yield "Because", "" if gone else due.explanation
    yield "Held by", ", ".join(entry.holds) or ("" if gone else "nothing")
    if (where := copy.shown.elsewhere) and not gone:
        yield "Kept", f"{where.medium}; {where.location}; by {where.custodian}"
    yield "Classification", copy.classification
    yield "Form digest", f"SHA-256 {copy.form_content}"
    yield "Last event", f"SHA-256 {copy.signatures[-1].event}"


def _standing(copy: RecordCopy) -> str:
    entry = copy.shown.entry
    if entry.status == "open":
        return "This record is open: further steps may follow."
    on = copy.certified_on
    certified = f"; certificate of {on}" if on else ", not certified yet"
    if entry.status in _GONE:
        how = f"{_GONE[entry.status]} by the disposal {copy.disposal}"
        return (
            f"What this record said was let go on {copy.disposed_on} and {how}{certified}. "
            "This page shows what its history still holds."
        )
    if entry.status == "anonymised":
        return (
            f"This record was made anonymous on {copy.disposed_on} by the disposal {copy.disposal}"
            f"{certified}. It no longer says: {', '.join(copy.removed)}."
        )
    return ""


def _properties(copy: RecordCopy) -> dict[str, str]:
    entry = copy.shown.entry
    found = {
        "RecordNumber": entry.record,
        "FormNumber": entry.form,
        "FormRevision": entry.form_revision,
        "FormSHA256": copy.form_content,
        "Organization": copy.organization,
        "Status": entry.status,
        "StatusAsOf": copy.as_of,
        "HappenedOn": entry.happened_on,
        "CapturedOn": entry.captured_on,
        "ClosedOn": entry.closed_on,
        "RetentionClass": entry.retention,
        "Holds": ", ".join(entry.holds),
        "LastEventSHA256": copy.signatures[-1].event,
        "Disposal": copy.disposal,
    }
    return {name: str(said) for name, said in found.items() if said}


# --- what it says --------------------------------------------------------------------------------


def _living(copy: RecordCopy) -> Iterator[Block]:
    amended = [one for one in copy.shown.statements if one.type == "amended" and one.fields]
    if copy.shown.elsewhere is not None:
        yield heading("Where it is kept")
        yield paragraph("The original is not in this library. What docctl was told of its place:")
        yield custody(copy.shown.statements)
    if copy.shown.elsewhere is None or copy.shown.fields:
        yield heading(_what_it_says(copy, amended=bool(amended)))
        yield from _fields(copy, {name for one in amended for name in one.was})
    if amended:
        yield heading("Amendments")
        yield paragraph("What stood there before is kept; both are shown.")
        yield amendments(copy, amended)
    attached = [one for one in copy.shown.statements if one.attachments]
    if attached:
        yield heading("Files beside it")
        yield files(attached)
    yield heading("What happened to it")
    yield statements(copy, copy.shown.statements)
    yield heading("Signatures")
    yield sealed(copy)


def _what_it_says(copy: RecordCopy, *, amended: bool) -> str:
    if copy.shown.elsewhere is not None:
        return "What is known of it here"
    return "What it says now" if amended else "What it says"


def _tombstone(copy: RecordCopy) -> Iterator[Block]:
    if copy.residual:
        yield heading("What may still be named")
        yield grid(
            ("Identifier", "Value"),
            [
                (words(field_label(copy, name)), words(said))
                for name, said in sorted(copy.residual.items())
            ],
        )
    yield heading("What the history holds of it")
    yield paragraph(
        "A commitment is SHA-256 over a random salt and the bytes. Salt and key were destroyed "
        "with them: it tells nothing any more."
    )
    yield grid(
        ("Size", "Commitment"),
        [(words(size(one.size)), words(one.commitment)) for one in copy.stubs],
        alignments=("right",),
    )
    yield heading("What happened to it")
    bare = [one.but(reason="") for one in copy.shown.statements]
    yield statements(copy, bare)
    yield heading("Signatures")
    yield sealed(copy)


def _fields(copy: RecordCopy, amended: set[str]) -> Iterator[Block]:
    """Yield the fields in the order of the form, those of each step under its title."""
    definition, said = copy.definition, copy.shown.fields
    later = {field for step in definition.steps for field in step.fields}
    names = dict.fromkeys((*in_order(definition.fields), *said))
    yield from _group(copy, [name for name in names if name not in later], amended)
    for step in definition.steps:
        if step.fields:
            yield heading(step.title, 3)
            yield from _group(copy, step.fields, amended)


def _group(copy: RecordCopy, names: Sequence[str], amended: set[str]) -> Iterator[Block]:
    """Yield plain fields as one table, in it or after it those that are tables themselves."""
    rows: list[tuple[Inlines, Inlines]] = []
    said = copy.shown.fields
    for name in names:
        schema = schemas(copy).get(name)
        title = label(name, schema) + (" (amended)" if name in amended else "")
        if not is_table(schema, said.get(name)):
            rows.append((words(title), value(schema, said[name]) if name in said else ()))
            continue
        if rows:
            yield grid(("Field", "Entry"), rows)
            rows = []
        yield paragraph(f"{title}:")
        yield table(schema, said[name])
    if rows:
        yield grid(("Field", "Entry"), rows)
