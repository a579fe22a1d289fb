"""Ready models of records: their forms in `examples/forms`, and a record on each of them.

`REFRESH=1 pytest tests/records` writes the forms anew; read the difference.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated

import pytest
from office_of_forms import FORMS, FormsOffice, as_an_author_writes_it, definition, same, sample
from pydantic import BaseModel, Field

from docctl import RECORD_KINDS, Form, NotFoundError, RecordDefinition, RecordStage
from docctl.errors import IncompleteError
from docctl.model.base import Model
from docctl.model.records.kinds.kind import RecordModel


@pytest.fixture(scope="session")
def office(memory: Path) -> FormsOffice:
    return FormsOffice.equipped(memory / "office-of-forms")


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_a_form_of_the_examples_is_as_its_ready_model_is(kind: str) -> None:
    same(FORMS / f"{kind}.md", as_an_author_writes_it(kind))


def test_the_examples_have_a_form_and_a_record_for_every_ready_model_and_no_other() -> None:
    forms = {path.stem for path in FORMS.glob("*.md")} - {"README"}
    records = {path.name for path in (FORMS / "records").iterdir()}
    assert forms == records == {*RECORD_KINDS}
    for kind in RECORD_KINDS:
        steps = {"captured", *(one.name for one in definition(kind).steps)}
        entered = {path.stem for path in (FORMS / "records" / kind).iterdir()}
        mandatory = {one.name for one in definition(kind).steps if one.mandatory}
        assert mandatory < entered <= steps


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_a_sample_is_an_instance_of_its_models(kind: str) -> None:
    ready = RECORD_KINDS[kind]
    models: dict[str, type[BaseModel]] = {"captured": ready.view}
    models |= {one.name: one.model for one in ready.stages}
    for path in (FORMS / "records" / kind).iterdir():
        assert path.read_text(encoding="utf-8").startswith("# Sample data")
        models[path.stem].model_validate(sample(kind, path.stem))


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_every_field_says_what_it_is_for(kind: str) -> None:
    for name, schema in definition(kind).fields["properties"].items():
        assert schema["description"].endswith("."), name
        assert schema["title"]


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_a_record_on_every_form_is_kept_to_its_end(office: FormsOffice, kind: str) -> None:
    shown, known = office.kept[kind], definition(kind)
    assert shown.entry.status == "closed"
    assert shown.entry.form == office.forms[kind]
    said = sample(kind)
    assert said.items() <= shown.fields.items()
    found = {name: str(said[name]) for name in known.identifiers if said.get(name)}
    assert shown.entry.identifiers == found
    assert office.subject(shown.entry.record) == said.get(known.subject or "")


def test_an_amended_record_shows_both_and_everything_verifies(office: FormsOffice) -> None:
    number = office.kept["calibration"].entry.record
    shown = office.by("tor").record_amend(number, {"humidity": 54}, reason="Digits swapped")
    assert (shown.fields["humidity"], shown.statements[-1].was) == (54, {"humidity": 45})
    assert [one.code for one in office.firm.ada.verify().problems] == []


def test_the_forms_are_written_as_docctl_wants_texts_to_be(office: FormsOffice) -> None:
    assert [office.firm.ada.check(number) for number in office.forms.values()] == [()] * 18


def test_a_step_that_is_missing_keeps_a_record_open(office: FormsOffice) -> None:
    tor = office.by("tor")
    number = tor.record_capture(office.forms["complaint"], sample("complaint")).entry.record
    with pytest.raises(IncompleteError) as caught:
        tor.record_close(number)
    assert "Investigation" in str(caught.value)
    assert "Answer" in str(caught.value)


def test_equipment_out_of_tolerance_needs_its_impact(office: FormsOffice) -> None:
    values = {name: one for name, one in sample("calibration").items() if name != "impact"}
    with pytest.raises(IncompleteError, match="impact"):
        office.by("tor").record_capture(office.forms["calibration"], values)


@pytest.mark.parametrize("day", ["2026-02-30", "05.01.2026", "20260105", "2026-01-05T10:00:00Z"])
def test_what_is_no_day_is_refused(office: FormsOffice, day: str) -> None:
    with pytest.raises(IncompleteError, match="calibrated_on"):
        office.by("tor").record_capture(
            office.forms["calibration"], {**sample("calibration"), "calibrated_on": day}
        )


def test_an_instance_of_a_ready_model_is_captured(office: FormsOffice) -> None:
    made = RECORD_KINDS["competence"].view.model_validate(sample("competence"))
    shown = office.by("tor").record_capture(office.forms["competence"], made)
    assert shown.fields == sample("competence")
    assert office.subject(shown.entry.record) == "jon"


def test_no_ready_model_is_called_like_another_model() -> None:
    """Schemas are explained by the names of classes: see `docctl.cli.docstrings`."""
    import_module("docctl.cli.commands.schemas")
    below = {*_below(Model)}  # some have two parents
    names = [one.__name__ for one in below if one.__module__.startswith("docctl.")]
    assert sorted(names) == sorted({*names})


def _below(kind: type[Model]) -> Iterator[type[Model]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


# --- new forms ------------------------------------------------------------------------------------


def test_a_ready_model_begins_a_form_that_explains_itself(office: FormsOffice) -> None:
    record = {"kind": "complaint", "retention": "quality-records", "pattern": "K-{year}-{n}"}
    tor = office.by("tor")
    made = tor.begin("form", "Complaint", record=record)
    text = tor.text(made.number, made.revision)
    assert isinstance(text.document, Form)
    expected = RECORD_KINDS["complaint"].definition("quality-records", pattern="K-{year}-{n}")
    assert text.document.record == expected
    assert text.document.clauses == RECORD_KINDS["complaint"].clauses
    assert "| Product | The product or service. | yes |" in text.body
    assert office.firm.ada.check(made.number) == ()


def test_what_a_file_says_stands_above_the_ready_model(office: FormsOffice, place: Path) -> None:
    file = place / "form.md"
    file.write_text(
        "---\nclauses: [iso9001:2015#8.4]\nrecord: {pattern: 'SUP-{n}', late_after_days: 30}\n---\n"
        "## Instructions\n\nAsk the Purchaser.\n",
        encoding="utf-8",
    )
    record = {"kind": "supplier_evaluation", "retention": "quality-records"}
    tor = office.by("tor")
    made = tor.begin("form", "Suppliers", source=file, record=record)
    text = tor.text(made.number, made.revision)
    assert isinstance(text.document, Form)
    known = text.document.record
    assert known is not None
    assert (known.pattern, known.late_after_days) == ("SUP-{n}", 30)
    assert known.identifiers == definition("supplier_evaluation").identifiers
    assert text.document.clauses == ("iso9001:2015#8.4",)
    assert text.body.startswith("## Instructions\n\nAsk")


def test_an_unknown_ready_model_is_answered_with_those_there_are(office: FormsOffice) -> None:
    with pytest.raises(NotFoundError) as caught:
        office.by("tor").begin("form", "X", record={"kind": "dream", "retention": "x"})
    assert all(kind in caught.value.hint for kind in RECORD_KINDS)


# --- models of an application -----------------------------------------------------------------


class Reading(BaseModel):
    """One reading."""

    point: float
    shown: Annotated[float, Field(json_schema_extra={"x-unit": "bar"}, description="On the dial")]


class GaugeLog(RecordModel):
    """What a gauge showed on a day."""

    gauge: str
    """Its number."""

    readings: tuple[Reading, ...]
    """What it showed."""

    note: str | None = None
    """Anything else."""


class Judged(BaseModel):
    fit: bool


def test_an_application_keeps_records_of_its_own_models(office: FormsOffice) -> None:
    record = RecordDefinition.of(
        GaugeLog,
        stages=(RecordStage("judged", Judged, "Judgement"),),
        retention="equipment-records",
        pattern="GL-{n:04}",
        identifiers=("gauge",),
    )
    tor = office.by("tor")
    form = tor.new(Form(title="Gauge log", record=record), "## Form\n\nFill it in.\n").number
    office.in_force(form, "tor", "mari")
    log = GaugeLog(gauge="PG-07", readings=(Reading(point=10, shown=10.1),))

    shown = tor.record_capture(form, log)
    number = shown.entry.record
    assert (number, shown.entry.identifiers) == ("GL-0001", {"gauge": "PG-07"})
    assert shown.fields == {"gauge": "PG-07", "readings": [{"point": 10.0, "shown": 10.1}]}
    (other,) = tor.record_capture_many(form, [log])
    again = tor.record_capture(form, log.model_dump(exclude_none=True))
    assert tor.record_show(other).fields == again.fields == shown.fields

    tor.record_add(number, "judged", Judged(fit=True))
    closed = tor.record_close(number)
    assert closed.entry.status == "closed"
    assert GaugeLog.model_validate(shown.fields) == log
