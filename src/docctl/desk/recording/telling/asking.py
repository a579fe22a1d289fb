"""What a question about records is held against: what they say, and what is known of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from types import MappingProxyType
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording.keeping import definition_of
from docctl.desk.recording.telling.answerable import Answers, require_answerable
from docctl.desk.recording.telling.contents import current, written
from docctl.desk.recording.values import texts_of
from docctl.errors import InputError, NotFoundError, StoreError
from docctl.model.base import Digest, Label, Number
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import RecordId
from docctl.model.records.schema import columns, label
from docctl.rules.query import ANYTHING, Question
from docctl.rules.records import Record
from docctl.rules.records.record import PLACE
from docctl.store.index.records.lists import EVERYTHING, Page, RecordLine
from docctl.store.index.records.said import FieldsOf

#: What a hold may ask for beside the fields of a form: it never changes.
LASTING = frozenset({"number", "form", "revision", "class", "happened", "captured"})

#: What else a list may be asked for.
CHANGING = frozenset({"status", "closed", "by"})

#: What else a list may be asked for: it stands in the history of what is kept elsewhere.
PLACES = frozenset(PLACE)

#: Other words for what is known of every record, and what people ask for elsewhere.
_MEANT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("id", "record", "no"), "did you mean 'number'?"),
        **dict.fromkeys(("state", "phase"), "did you mean 'status'?"),
        **dict.fromkeys(("date", "day", "event", "happened_on"), "did you mean 'happened'?"),
        **dict.fromkeys(("created", "entered", "captured_on"), "did you mean 'captured'?"),
        **dict.fromkeys(("author", "who", "signer", "person"), "did you mean 'by', with an id?"),
        **dict.fromkeys(("retention", "category"), "did you mean 'class'?"),
        **dict.fromkeys(("any", "text", "fulltext"), f"did you mean '{ANYTHING}'?"),
        **dict.fromkeys(("hold", "holds", "held"), "see: docctl hold list, docctl hold show HOLD"),
        **dict.fromkeys(("place", "where", "box", "kept"), "did you mean 'location'?"),
        **dict.fromkeys(("late", "overdue"), "see: docctl due, docctl exceptions"),
    }
)


def asked_of(
    definition: RecordDefinition, lasting: Mapping[str, str], fields: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """Return what a record answers to a hold; data of persons answer nothing.

    *lasting* has a value for each name in `LASTING`.
    """
    found = _searched(definition, fields)
    return {**found, **{name: (value,) for name, value in lasting.items()}}


def lasting_of(record: Record) -> dict[str, str]:
    """Return what never changes about a record."""
    known = known_of(record)
    return {name: known[name][0] for name in LASTING}


def require_lasting(asked: Question) -> None:
    """Refuse what no hold can ask for: what it finds must not change in the life of a record.

    Raises:
        InputError: the question names what changes, or everything at once.
    """
    names = {name.casefold() for name in asked.fields()}
    if changing := sorted(names & (CHANGING | {ANYTHING})):
        raise InputError(
            f"a hold cannot ask for {changing[0]!r}: what it finds changes in the life of a record",
            hint="ask for what a record says, or name records with --record",
        )


def require_known(
    bench: Bench,
    asked: Question,
    *,
    form: Number | None = None,
    beside: Collection[str] = frozenset(),
) -> None:
    """Refuse a question about what no record says: it would quietly be answered with nothing.

    Names *beside* the fields of forms may be asked for too.

    Raises:
        InputError: it names a field that no form has, or one with data of persons, or a value that
            no record can have.
    """
    names = {name.casefold() for name in asked.fields()}
    schemas, hidden = _fields(bench, form)
    for name in sorted(names - LASTING - CHANGING - {ANYTHING, *schemas, *beside}):
        _refuse_unknown(name, schemas, hidden)
    answers = Answers(
        today=bench.today(),
        forms=bench.forms(),
        classes=lambda: {
            *(one.name for one in bench.control.retention),
            *bench.index.record_classes(head=bench.head),
        },
        persons=[*bench.world.authority.persons],
        fields=schemas,
        called=lambda: _called(bench),
    )
    for comparison in asked.comparisons():
        require_answerable(answers, comparison)


def _called(bench: Bench) -> dict[str, dict[str, str]]:
    """Return what people call persons and forms, and what they are asked for by."""
    persons = bench.world.authority.persons.values()
    forms = bench.index.register(bench.today(), head=bench.head, type="form")
    return {
        "by": {word: one.id for one in persons for word in (one.name, *one.name.split())},
        "form": {one.title: one.number for one in forms},
    }


def _refuse_unknown(
    name: str, known: Mapping[str, Sequence[Mapping[str, Any]]], hidden: Collection[str]
) -> None:
    if name in hidden:
        raise InputError(
            f"{name!r} holds data of persons: records are not searched by it",
            hint="name records by their numbers",
        )
    near = get_close_matches(name, {*known} | LASTING | CHANGING, n=1)
    likely = next(_otherwise(name, known), "") or _MEANT.get(name)
    meant = likely or (f"did you mean {near[0]!r}?" if near else "")
    raise InputError(
        f"no form has a field {name!r}", hint=meant or f"fields: {', '.join(sorted(known))}"
    )


def _otherwise(name: str, known: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield what to ask instead where a name is the title of a field, or a column of a table."""
    for field, schemas in known.items():
        if any(label(field, one).casefold() == name for one in schemas):
            yield f"did you mean {field!r}?"
    table, _, column = name.rpartition(".")
    for field, schemas in known.items():
        if table in {"", field} and any(column in columns(one) for one in schemas):
            yield f"a table is asked for with all its columns: {field}~word"


def _fields(bench: Bench, form: Number | None) -> tuple[dict[str, list[dict[str, Any]]], set[str]]:
    """Return the schemas of the fields that may be searched by, and the names of all others."""
    schemas, hidden = dict[str, list[dict[str, Any]]](), set[str]()
    for definition in _definitions(bench, form):
        for name, schema in definition.readable["properties"].items():
            if name in definition.personal:
                hidden.add(name.casefold())
            else:
                schemas.setdefault(name.casefold(), []).append(schema)
    return schemas, hidden - {*schemas}


def fields_by_name(bench: Bench, form: Number | None) -> tuple[dict[str, str], set[str]]:
    """Return the fields that may be listed, by their names in lower case, and names that may not.

    A name that is data of persons on one form and not on another is among the first.
    """
    shown, hidden = dict[str, str](), set[str]()
    for definition in _definitions(bench, form):
        for name in definition.readable["properties"]:
            if name in definition.personal:
                hidden.add(name.casefold())
            else:
                shown.setdefault(name.casefold(), name)
    return shown, hidden - {*shown}


def _definitions(bench: Bench, form: Number | None) -> Iterator[RecordDefinition]:
    archive = bench.archive()
    for number in (form,) if form else bench.forms():
        dossier = archive.dossier(number)
        for revision in dossier.revisions if dossier else ():
            if found := archive.definition(number, revision.label, revision.content):
                yield found


def about(bench: Bench, form: Number | None) -> frozenset[str]:
    """Return the fields in which forms say whom a record is about, in lower case."""
    subjects = (one.subject for one in _definitions(bench, form))
    return frozenset(one.casefold() for one in subjects if one)


def covered(bench: Bench, asked: Question) -> Iterator[RecordId]:
    """Yield the records that a hold covers; one that cannot be read is covered, to be safe.

    The index is not asked: what is held must not depend on a file that anybody may change.
    """
    names = {name.casefold() for name in asked.fields()}
    for record in bench.archive().records():
        if record.disposed is not None:
            continue
        known = {name: (value,) for name, value in lasting_of(record).items()}
        said = heard(bench, record.number) if names - LASTING else {}
        if said is None or asked.fits({**said, **known}):
            yield record.number


def _searched(
    definition: RecordDefinition, fields: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """Return what may be searched, by the names of the fields in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in fields.items():
        if name not in definition.personal:
            lower = name.casefold()
            found[lower] = (*found.get(lower, ()), *texts_of(value))
    return found


def known_of(record: Record) -> dict[str, tuple[str, ...]]:
    """Return what the history of a record answers."""
    return {
        "number": (record.number,),
        "form": (record.form,),
        "revision": (record.form_revision,),
        "class": (record.retention,),
        "status": (record.status,),
        "happened": (record.event_on.isoformat(),),
        "captured": (record.captured_on.isoformat(),),
        "closed": (record.closed.on.isoformat(),) if record.closed else (),
        "by": (record.captured.event.signer,),
        **{name: (value,) for name, value in record.place.items()},
        **{name: (value,) for name, value in record.identifiers.items()},
    }


def heard(bench: Bench, number: RecordId) -> dict[str, tuple[str, ...]] | None:
    """Return what a record says that may be searched; nothing where that cannot be had."""
    record = bench.archive().record(number)
    if record is None:
        return {}
    try:
        return _searched(definition_of(bench, record), current(written(bench, record)))
    except (StoreError, NotFoundError):
        return None


def fields_of(bench: Bench, form: Number, revision: Label, content: Digest) -> FieldsOf:
    """Return the fields that records on a revision of a form may be searched by."""
    definition = bench.archive().definition(form, revision, content)
    if definition is None:
        return ()
    schema = definition.fields
    if schema.get("additionalProperties", False) is not False or "patternProperties" in schema:
        return None
    return {name.casefold() for name in schema["properties"] if name not in definition.personal}


def fits(bench: Bench, record: Record, question: Question) -> bool:
    """Tell whether a record answers a question; what cannot be read does not fit.

    It is what the index answers about many, asked of one.
    """
    asked = {name.casefold() for name in question.fields()}
    said = heard(bench, record.number) if asked - {*known_of(record)} else None
    return question.fits(answers(record, said or {}))


def answers(record: Record, said: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return everything that a record answers: what it says, and what its history knows of it."""
    history = {**record.place, **record.identifiers}
    anything = (*chain.from_iterable(said.values()), *history.values())
    return {**said, **known_of(record), ANYTHING: anything}


def found(
    bench: Bench, question: Question | None, form: Number | None, page: Page = EVERYTHING
) -> list[RecordLine]:
    """Return the records that were made on a form and answer a question, in order.

    The vault is opened only for fields that the history does not have, and once for each record.
    """
    return bench.index.records(**_at_hand(bench), question=question, form=form, page=page)


def counted(bench: Bench, question: Question | None, form: Number | None) -> int:
    """Return how many records were made on a form and answer a question."""
    return bench.index.count_records(**_at_hand(bench), question=question, form=form)


def _at_hand(bench: Bench) -> dict[str, Any]:
    """Return what the index needs for fields that the history does not have."""
    return {
        "head": bench.head,
        "hear": lambda number: heard(bench, number),
        "fields": lambda revision: fields_of(bench, *revision),
    }
