"""`record …`: evidence, captured once, corrected visibly, found again."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from docctl.cli.asking import ask_values
from docctl.cli.commands.keeping import finding, forms, originals
from docctl.cli.commands.keeping.cards import record_id, told
from docctl.cli.commands.keeping.given import Given, circumstances, files_of, given
from docctl.cli.door import answer, library
from docctl.cli.options import FILE, TARGET, SigningCommand, day, day_of, examples, group, reason
from docctl.cli.printing import path_line, progress, tell
from docctl.cli.values import read_values, write_rejects
from docctl.desk.recording.made import Circumstances
from docctl.library import Library
from docctl.model.answers.record import RecordShown


@group
def record() -> None:
    """Capture, amend, close and find records.

    A record is made on a form that defines what it says. What it says lies in the vault; its
    history holds who did what when, and the identifiers to find it by.
    """


for _command in (*finding.COMMANDS, *originals.COMMANDS, *forms.COMMANDS):
    record.add_command(_command)

_data = click.option(
    "--data",
    type=FILE,
    required=True,
    metavar="FILE",
    help="What it says: fields and their values as JSON or YAML, or a filled form (.docx).",
)
_attach = click.option(
    "--attach", type=FILE, multiple=True, metavar="FILE", help="A file beside it."
)


@record.command(
    cls=SigningCommand,
    epilog=examples(
        "docctl record capture FRM-002 --data ncr.json --attach photo.png",
        "docctl record capture FRM-004 --data gauge.yaml --on 2026-11-20",
        "docctl record capture FRM-004 --data year.csv --rejects left.csv",
        "docctl record capture FRM-002 --data filled.docx",
    ),
)
@click.argument("form", metavar="FORM", type=str.upper)
@click.option(
    "--data",
    type=FILE,
    metavar="FILE",
    help="What it says: JSON, YAML, a table in CSV, or a filled form. Without it you are asked.",
)
@_attach
@circumstances
@click.option("--blank", metavar="B-N", type=str.upper, help="The numbered blank it comes from.")
@click.option("--revision", metavar="LABEL", help="The revision of the form, if not the one then.")
@click.option("--reason", default="", metavar="TEXT", help="Why another revision was used.")
@click.option(
    "--rejects", type=TARGET, metavar="FILE.csv", help="Where rows go that do not fit the form."
)
def capture(
    form: str,
    data: Path | None,
    attach: tuple[Path, ...],
    circumstances: Circumstances,
    blank: str | None,
    revision: str | None,
    reason: str,
    rejects: Path | None,
) -> None:
    """Capture a record on FORM and print its id; it never changes afterwards.

    A .csv file is a table: its first line names the fields, or their titles, and every other line
    is a record; a column 'happened' has the day of each. All are captured, or none; with --rejects
    those that do not fit are written there with the reason, to be mended and handed in again.
    A .docx file is a form that was filled in: 'docctl export FORM --blank' makes one.
    """
    if data is not None and data.suffix.lower() == ".csv":
        if attach or blank:
            raise click.UsageError(
                "a table has no --attach and no --blank: capture such records one by one"
            )
        _capture_table(form, data, rejects, circumstances, revision=revision, reason=reason)
        return
    opened = library()
    read = _said(opened, form, data)
    found = opened.record_capture(
        form,
        read.fields,
        attachments=files_of(attach),
        circumstances=replace(
            circumstances, on=circumstances.on or read.on, blank=blank or read.blank
        ),
        revision=revision or read.revision,
        reason=reason,
    )
    answer(found, [found.entry.record])


def _capture_table(
    form: str, path: Path, rejects: Path | None, circumstances: Circumstances, **more: Any
) -> None:
    """Capture the rows of a table in one change, and print their ids."""
    if rejects is not None and rejects.absolute() == path.absolute():
        raise click.UsageError("the rejects would overwrite the table: name another file")
    opened = library()
    with progress("Rows read") as report:
        batch = opened.record_sheet(form, path, circumstances=circumstances, progress=report)
    tell(*batch.sheet.notes)
    if rejects is None:
        batch.require_fit()
    elif batch.wrong:
        write_rejects(rejects, batch)
        left = len(batch.wrong)
        what = "1 row does not fit and is" if left == 1 else f"{left} rows do not fit and are"
        tell(f"{what} in {path_line(rejects)}")
    rows, found = batch.ready, tuple[str, ...]()
    if rows:
        with progress("Rows captured") as report:
            found = opened.record_capture_many(
                form,
                [one.fields for one in rows],
                days=[one.on for one in rows],
                circumstances=circumstances,
                progress=report,
                **more,
            )
    answer(found, found, nothing="no row was captured")


@record.command(
    cls=SigningCommand,
    epilog=examples(
        "docctl record add NC-2026-4 --step verified --data check.json",
        "docctl record add NC-2026-4 --step verified --data filled.docx",
    ),
)
@record_id
@click.option("--step", required=True, metavar="STEP", help="The step of the form.")
@_data
@_attach
@circumstances
def add(
    record_id: str,
    step: str,
    data: Path,
    attach: tuple[Path, ...],
    circumstances: Circumstances,
) -> None:
    """Enter a step into the open record ID; what was entered never changes.

    Signatures that the record has already fall away by it, and are asked for again.
    """
    opened = library()
    found = opened.record_add(
        record_id,
        step,
        given(opened, lambda: _form(opened, record_id), data, step=step).fields,
        attachments=files_of(attach),
        circumstances=circumstances,
    )
    _fell_away(found)
    told(found)


@record.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl record amend NC-2026-4 --data changes.json --reason "Wrong batch"',
        'docctl record amend NC-2026-4 --remove batch --reason "It was no batch at all"',
    ),
)
@record_id
@click.option("--data", type=FILE, metavar="FILE", help="Fields and what they should say.")
@click.option("--remove", multiple=True, metavar="FIELD", help="A field that it should not have.")
@_attach
@reason
def amend(
    record_id: str,
    data: Path | None,
    remove: tuple[str, ...],
    attach: tuple[Path, ...],
    reason: str,
) -> None:
    """Correct the record ID; what it said before stays and is shown.

    Signatures that the record has already fall away by it, and are asked for again.
    """
    opened = library()
    said = (
        read_values(data, lambda: opened.record_definition(_form(opened, record_id)))
        if data
        else {}
    )
    fields = {**said, **dict.fromkeys(remove)}
    found = opened.record_amend(record_id, fields, reason=reason, attachments=files_of(attach))
    _fell_away(found)
    told(found)


@record.command(cls=SigningCommand, epilog=examples("docctl record sign NC-2026-4 --as verified"))
@record_id
@click.option("--as", "meaning", required=True, metavar="MEANING", help="What the signature says.")
def sign(record_id: str, meaning: str) -> None:
    """Put a signature to the open record ID that its form asks for.

    It falls away when something is entered or amended afterwards: sign when the rest is there.
    """
    found = library().record_sign(record_id, meaning=meaning)
    if found.steps_missing:
        tell(
            f"still to be entered: {', '.join(found.steps_missing)}; this signature falls away then"
        )
    told(found)


@record.command(
    cls=SigningCommand,
    epilog=examples("docctl record close NC-2026-4", "docctl record close CAL-12 --on 2026-11-03"),
)
@record_id
@day("--on", about="The day on which the matter ended; today if left out.")
@click.option("--reason", default="", metavar="TEXT", help="A remark.")
def close(record_id: str, on: date | None, reason: str) -> None:
    """Close the record ID: it is complete, and its time of keeping may begin."""
    told(library().record_close(record_id, on=on, reason=reason))


@record.command(
    cls=SigningCommand, epilog=examples('docctl record reopen NC-2026-4 --reason "It came back"')
)
@record_id
@reason
def reopen(record_id: str, reason: str) -> None:
    """Open the closed record ID again; its time of keeping no longer runs."""
    told(library().record_reopen(record_id, reason=reason))


@record.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl record fact SUP-3 contract_ended --on 2026-10-31 --reason "Letter of notice"'
    ),
)
@record_id
@click.argument("fact", metavar="FACT")
@click.option("--on", type=day_of, required=True, metavar="DAY", help="The day of the fact.")
@reason
def fact(record_id: str, fact: str, on: date, reason: str) -> None:
    """State the FACT from which the time of keeping of the record ID counts."""
    told(library().record_fact(record_id, fact=fact, on=on, reason=reason))


def _said(opened: Library, form: str, data: Path | None) -> Given:
    """Return what a record says: from a file, or as it is answered."""
    if data is None:
        return Given(ask_values(opened.record_definition(form)))
    return given(opened, lambda: form, data)


def _fell_away(found: RecordShown) -> None:
    """Tell which signatures fell away with what was entered just now."""
    for one in found.statements:
        if one.fell_away_with == found.statements[-1].seq:
            tell(
                f"the signature '{one.step}' by {one.name or one.signer} fell away, and is given "
                f"again with: docctl record sign {found.entry.record} --as {one.step}"
            )


def _form(opened: Library, record_id: str) -> str:
    return opened.record_show(record_id).entry.form
