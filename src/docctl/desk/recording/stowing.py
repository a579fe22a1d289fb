"""What a record says goes to the vault first: then its history can speak of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording import values, whom
from docctl.desk.recording.delivering import Taken, all_stowed, stowed
from docctl.desk.recording.holding import StandingQuestions
from docctl.desk.recording.keeping import definition_of
from docctl.desk.recording.made import AT_ONCE, Attachments, Circumstances, Made
from docctl.desk.recording.telling.asking import asked_of, lasting_of
from docctl.desk.recording.telling.contents import current, written
from docctl.desk.signing.intent import calendar_day
from docctl.errors import IllegalMoveError, IncompleteError, InputError, NotFoundError
from docctl.model.base import Digest, Label, Number
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import AddedData, AmendedData, CapturedData, Elsewhere, RecordId
from docctl.model.records.retention import ClassName
from docctl.model.wellformed import well_formed
from docctl.rules.asof import in_force
from docctl.rules.records import Record
from docctl.rules.records.numbering import following, stem
from docctl.store.vault.several import MarkedVault


@dataclass(frozen=True, slots=True)
class FormUsed:
    """The revision of a form that a record is made on, and what it says of records."""

    number: Number
    revision: Label
    content: Digest
    definition: RecordDefinition


def form_used(bench: Bench, form: Number, *, on: date, revision: Label | None = None) -> FormUsed:
    """Return the revision of a form to use for what happened on a day, or the one named.

    Raises:
        NotFoundError: there is no such form, none in force, or it defines no records.
    """
    dossier = bench.get(form)
    meant = dossier.revision(revision) if revision else in_force(dossier, on)
    meant = meant or (None if revision else in_force(dossier, bench.today()))
    if meant is None:
        raise NotFoundError(
            f"revision {revision} of {form}" if revision else f"{form} in force",
            hint="records are made on a form that was released: docctl release " + form,
        )
    archive = bench.archive()
    definition = archive.definition(form, meant.label, meant.content)
    if definition is None:
        raise NotFoundError(
            f"definition of records in {form} revision {meant.label}",
            hint="see the forms: docctl register --type form; or make one with fields and a class: "
            "docctl new form TITLE --from FILE --schema FILE --retention CLASS",
        )
    return FormUsed(form, meant.label, meant.content, definition)


def captures(
    bench: Bench,
    form: Number,
    rows: Sequence[tuple[Mapping[str, Any], Attachments]],
    *,
    reason: str = "",
    revision: Label | None = None,
    circumstances: Circumstances = AT_ONCE,
    beside: Sequence[Made] = (),
    taken: Taken = lambda: None,
) -> tuple[Made, ...]:
    """Put what new records say into the vault, and return them ready to be signed.

    *beside* are others of the same change: their numbers are used. *taken* is called for each of
    them that the vault has taken up.

    Raises:
        IncompleteError: values do not fit the form; every fault of every row is named.
        StoreError: the vault cannot take it; nothing is left in it then.
    """
    today = bench.today()
    on = calendar_day(circumstances.on or today)
    circumstances = whom.entered_for(bench, circumstances)
    used = form_used(bench, form, on=on, revision=revision)
    if circumstances.blank and len(rows) > 1:
        raise InputError("a blank makes one record", hint="capture such records one by one")
    said = [whom.with_subject(bench, used.definition, values.plain(row)) for row, _ in rows]
    fields = [row for row, _ in said]
    wrong = values.wrong_in_part if circumstances.elsewhere else values.wrong
    _require_all(
        used,
        [
            whom.told_once(used.definition, nobody, wrong(used.number, used.definition, row))
            for row, nobody in said
        ],
    )
    numbers = _numbers(bench, used, on.year, len(rows), beside)
    vault = _vault_of(bench, used.definition.retention)
    standing = StandingQuestions(bench)
    # Whatever is wrong with a row is found before anything of it goes to the vault.
    ready = [
        _captured(
            standing, used, number=number, row=row, circumstances=circumstances, on=on, today=today
        )
        for number, row in zip(numbers, fields, strict=True)
    ]
    here = [
        (number, _in_vault(row, files, circumstances.elsewhere), files)
        for number, row, (_, files) in zip(numbers, fields, rows, strict=True)
    ]
    at = {"vault": vault.name}
    return tuple(
        Made(number, data.model_copy(update={**at, "payload": whole, "attachments": files}), reason)
        for (number, _, _), data, (whole, files) in zip(
            here, ready, all_stowed(vault, here, taken=taken), strict=True
        )
    )


def step(
    bench: Bench,
    record: Record,
    name: str,
    row: Mapping[str, Any],
    files: Attachments,
    *,
    circumstances: Circumstances = AT_ONCE,
) -> Made:
    """Put what a step says into the vault, and return it ready to be signed.

    Raises:
        NotFoundError: the form has no such step.
        IncompleteError: values do not fit the step.
    """
    definition = _of_one_that_is_there(bench, record, "add to")
    circumstances = whom.entered_for(bench, circumstances)
    if circumstances.elsewhere is not None or circumstances.blank is not None:
        raise InputError("a step has no place and no blank of its own", hint="the record has")
    if definition.step(name) is None:
        known = ", ".join(one.name for one in definition.steps) or "none"
        raise NotFoundError(f"step {name!r} of {record.form}", hint=f"its steps: {known}")
    fields = values.plain(row)
    wrong = values.wrong_in_part if record.elsewhere else values.wrong
    values.require_none(record.form, wrong(record.form, definition, fields, step=name))
    after = {**current(written(bench, record)), **fields}
    held = StandingQuestions(bench).fitting(asked_of(definition, lasting_of(record), after))
    vault = bench.vaults.of(record.vault)
    here = _in_vault(fields, files, record.elsewhere)
    whole, attached = stowed(vault, record.number, here, files)
    data = AddedData(
        step=name,
        holds=tuple(one for one in held if one not in record.holds),
        payload=whole,
        attachments=attached,
        event_on=calendar_day(circumstances.on or bench.today()),
        late_reason=circumstances.late_reason,
        entered_for=circumstances.entered_for,
    )
    return Made(record.number, data)


def _in_vault(
    fields: dict[str, Any], files: Attachments, elsewhere: Elsewhere | None
) -> dict[str, Any] | None:
    """Return what goes to the vault; nothing where the original elsewhere says all there is."""
    return fields if fields or files or elsewhere is None else None


def amendment(
    bench: Bench, record: Record, row: Mapping[str, Any], files: Attachments, *, reason: str
) -> Made:
    """Put what a correction says into the vault, and return it ready to be signed.

    Raises:
        IncompleteError: the record would not fit its form.
        InputError: nothing would change.
    """
    definition = _of_one_that_is_there(bench, record, "amend")
    before = current(written(bench, record))
    asked_for = values.plain(row)
    removed = values.removed(definition, before, asked_for)
    changes = {
        name: one
        for name, one in asked_for.items()
        if one != before.get(name) and name not in removed
    }
    if not changes and not removed and not files:
        raise InputError("nothing would change", hint="name the fields with what they should say")
    after = {name: one for name, one in {**before, **changes}.items() if name not in removed}
    found = values.wrong_amended(record.form, definition, after, changes)
    if found:
        raise IncompleteError(
            f"the amendment of {record.number}", found, hint=values.asks(record.form)
        )
    vault = bench.vaults.of(record.vault)
    whole, attached = stowed(vault, record.number, changes, files, removed=removed)
    now = values.identified(definition, after)
    asked = asked_of(definition, lasting_of(record), after)
    held = StandingQuestions(bench).fitting(asked)
    moved = {name: one for name, one in now.items() if record.identifiers.get(name) != one}
    data = AmendedData(
        payload=whole,
        attachments=attached,
        event_on=bench.today(),
        identifiers=moved,
        removed=tuple(name for name in removed if name in record.identifiers),
        holds=tuple(one for one in held if one not in record.holds),
    )
    return Made(record.number, data, reason)


def _vault_of(bench: Bench, retention: ClassName) -> MarkedVault:
    """Return the vault of a class, made where no record lies in it yet.

    Later, one that is not there is an accident, and not a new one.
    """
    kept = bench.control.retention_of(retention)
    vault = bench.vaults.of(kept.vault if kept else None)
    if not vault.known():
        used = (one.number for one in bench.archive().records() if one.vault == vault.name)
        if next(used, None) is None:
            vault.create()
    return vault


def _of_one_that_is_there(bench: Bench, record: Record, verb: str) -> RecordDefinition:
    """Return what the form of a record says, if the record was not disposed of.

    Raises:
        IllegalMoveError: it was.
    """
    if record.disposed is not None:
        hint = f"what it said is gone: docctl record show {record.number}"
        raise IllegalMoveError(record.number, verb, "disposed of", (), hint=hint)
    return definition_of(bench, record)


def _require_all(used: FormUsed, found: Sequence[Sequence[str]]) -> None:
    """Refuse rows in which something was found; every fault of every row is named."""
    several = len(found) > 1
    faults = [
        f"row {index}: {fault}" if several else fault
        for index, row in enumerate(found, start=1)
        for fault in row
    ]
    if faults:
        hint = values.asks(used.number)
        raise IncompleteError(f"a record of {used.number}", faults, hint=hint)


def _numbers(
    bench: Bench, used: FormUsed, year: int, count: int, beside: Sequence[Made]
) -> Sequence[RecordId]:
    pattern = used.definition.pattern
    last = bench.archive().last("records", stem(pattern, used.number, year))
    taken = [*([last] if last else ()), *(one.record for one in beside)]
    return following(pattern, used.number, year, taken, count)


def _captured(
    standing: StandingQuestions,
    used: FormUsed,
    *,
    number: RecordId,
    row: Mapping[str, Any],
    circumstances: Circumstances,
    on: date,
    today: date,
) -> CapturedData:
    """Return what is known of a record before what it says lies in the vault."""
    definition = used.definition
    lasting = {
        "number": number,
        "form": used.number,
        "revision": used.revision,
        "class": definition.retention,
        "happened": on.isoformat(),
        "captured": today.isoformat(),
    }
    with well_formed():
        return CapturedData(
            form=used.number,
            form_revision=used.revision,
            form_content=used.content,
            retention=definition.retention,
            event_on=on,
            late_reason=circumstances.late_reason,
            entered_for=circumstances.entered_for,
            identifiers=values.identified(definition, row),
            holds=standing.fitting(asked_of(definition, lasting, row)),
            subject=row.get(definition.subject or ""),
            open=definition.staged,
            elsewhere=circumstances.elsewhere,
            related=circumstances.related,
            blank=circumstances.blank,
        )
