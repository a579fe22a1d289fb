"""What happened to a record, as its copy shows it: every statement, correction, file and place."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from docctl.content.nodes import grid, words
from docctl.content.tree import Block, Table, Text
from docctl.model.answers.evidence import RecordCopy
from docctl.model.answers.record import RecordStatement
from docctl.model.base import Word
from docctl.render.records.seals import day, moment, office, seals, size
from docctl.render.records.values import label, shown, text

__all__ = [
    "amendments",
    "custody",
    "field_label",
    "files",
    "named",
    "schemas",
    "sealed",
    "statements",
]

#: What happened, in words, by the type of the statement.
_HAPPENED: Mapping[str, str] = MappingProxyType(
    {
        "captured": "Captured",
        "added": "Step entered",
        "amended": "Amended",
        "countersigned": "Countersigned",
        "closed": "Closed",
        "opened_again": "Opened again",
        "fact_stated": "Fact stated",
        "retention_reviewed": "Reviewed at the end of its period",
        "disposed": "Let go",
        "custody_changed": "Custody changed",
        "original_destroyed": "Original destroyed",
    }
)


def schemas(copy: RecordCopy) -> Mapping[str, Any]:
    """Return the schemas of the fields, by their names."""
    found: Mapping[str, Any] = copy.definition.readable["properties"]
    return found


def field_label(copy: RecordCopy, name: Word) -> str:
    """Return what people call a field."""
    return label(name, schemas(copy).get(name))


def amendments(copy: RecordCopy, amended: Sequence[RecordStatement]) -> Block:
    """Return every correction, field by field: before and after, by whom, when and why."""
    rows = [
        tuple(map(shown, (*row, _who(copy, one), moment(one.time), one.reason)))
        for one in amended
        for row in _changes(copy, one)
    ]
    return grid(("Field", "Before", "After", "By", "When", "Why"), rows)


def _changes(copy: RecordCopy, one: RecordStatement) -> Iterator[tuple[str, str, str]]:
    for name, was in one.was.items():
        schema = schemas(copy).get(name)
        before = "" if was is None else text(schema, was)
        yield label(name, schema), before, text(schema, one.fields[name])
    for file in one.attachments:
        yield "File", "", file.name


def _who(copy: RecordCopy, one: RecordStatement) -> str:
    name, where = one.name or one.signer, office(copy.signatures[one.seq - 1])
    if one.entered_for:
        return f"entered by {name} ({where}) for {named(copy, one.entered_for)}"
    return f"{name}, {where}"


def named(copy: RecordCopy, person: str | None) -> str:
    """Return the printed name of a person, nothing where there is none."""
    return copy.names.get(person, person) if person else ""


def statements(copy: RecordCopy, told: Sequence[RecordStatement]) -> Block:
    """Return what happened, statement by statement."""
    rows = [
        tuple(
            map(
                shown,
                (
                    str(one.seq),
                    _what(copy, one),
                    _who(copy, one),
                    day(one.happened_on),
                    moment(one.time),
                    _remark(copy, one),
                ),
            )
        )
        for one in told
    ]
    head = ("No.", "What", "By", "Happened on", "Entered", "Remark")
    return grid(head, rows, alignments=("right",))


def _what(copy: RecordCopy, one: RecordStatement) -> str:
    step = copy.definition.step(one.step or "")
    more = step.title if step else (one.step or "").replace("_", " ")
    return f"{_HAPPENED.get(one.type, one.type)}{f': {more}' if more else ''}"


def _remark(copy: RecordCopy, one: RecordStatement) -> str:
    late = "Entered late" if one.late else ""
    where, gone = one.elsewhere, one.destroyed
    kept = f"{where.medium}; {where.location}; by {where.custodian}" if where else ""
    ended = f"{gone.method}; by {gone.by}" if gone else ""
    said = ": ".join(filter(None, (late, one.decided, one.reason, kept, ended)))
    return " ".join(filter(None, (_fallen(copy, one), said)))


def sealed(copy: RecordCopy) -> Table:
    """Return the signatures of a record: as what each was given, and which count no longer."""
    return seals(copy.signatures, notes=(_note(copy, one) for one in copy.shown.statements))


def _note(copy: RecordCopy, one: RecordStatement) -> str:
    given = f"Signed as {one.step}." if one.type == "countersigned" and one.step else ""
    return " ".join(filter(None, (given, _fallen(copy, one))))


def _fallen(copy: RecordCopy, one: RecordStatement) -> str:
    """Return that a signature counts no longer, and why; nothing of any other statement."""
    later = one.fell_away_with
    if later is None:
        return ""
    on = day(copy.shown.statements[later - 1].time.date())
    return f"No longer counts: something was entered afterwards on {on} (no. {later})."


def files(attached: Sequence[RecordStatement]) -> Block:
    """Return the files beside a record, and with which statement each came."""
    rows = [
        (
            *map(words, (file.name, file.media_type, size(file.size), str(one.seq))),
            (Text(file.commitment),),
        )
        for one in attached
        for file in one.attachments
    ]
    head = ("File", "Kind", "Size", "With no.", "Commitment")
    return grid(head, rows, alignments=("", "", "right", "right"))


def custody(told: Sequence[RecordStatement]) -> Block:
    """Return where a record lay since when; with each place why it came there."""
    rows = [
        tuple(
            map(
                words,
                (
                    day(one.happened_on) if at else "",
                    one.elsewhere.medium,
                    one.elsewhere.location,
                    one.elsewhere.custodian,
                    one.reason if at else "",
                ),
            )
        )
        for at, one in enumerate(each for each in told if each.elsewhere)
        if one.elsewhere
    ]
    return grid(("Since", "Medium", "Place", "Kept by", "Why"), rows)
