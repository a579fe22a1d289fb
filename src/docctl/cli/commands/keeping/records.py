"""`record …`: evidence, captured once, corrected visibly, found again."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from docctl.cli.asking import ask_values
from docctl.cli.commands.keeping.cards import record_lines, record_row
from docctl.cli.commands.keeping.given import Given, given
from docctl.cli.door import answer, library
from docctl.cli.options import FILE, TARGET, Command, SigningCommand, day, day_of, examples, reason
from docctl.cli.printing import folded, lined, path_line, say, tell
from docctl.cli.values import read_table, read_values, write_rejects
from docctl.desk.recording.made import Circumstances
from docctl.library import Library
from docctl.model.answers.record import RecordShown


@click.group()
def record() -> None:
    """Capture, amend, close and find records.

    A record is made on a form that defines what it says. What it says lies in the vault; its
    history holds who did what when, and the identifiers to find it by.
    """


_id = click.argument("record_id", metavar="ID", type=str.upper)
_data = click.option(
    "--data",
    type=FILE,
    required=True,
    metavar="FILE",
    help="What it says, as JSON or YAML: fields and their values.",
)
_attach = click.option(
    "--attach", type=FILE, multiple=True, metavar="FILE", help="A file beside it."
)
_late = click.option("--late-reason", default="", metavar="TEXT", help="Why it is entered late.")
_for = click.option("--for", "entered_for", metavar="ID", help="The person whom you enter it for.")


@record.command(
    cls=Command,
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
@day("--on", about="The day on which it happened; today if left out.")
@_late
@_for
@click.option("--revision", metavar="LABEL", help="The revision of the form, if not the one then.")
@click.option("--reason", default="", metavar="TEXT", help="Why another revision was used.")
@click.option(
    "--rejects", type=TARGET, metavar="FILE.csv", help="Where rows go that do not fit the form."
)
def capture(
    form: str,
    data: Path | None,
    attach: tuple[Path, ...],
    on: date | None,
    late_reason: str,
    entered_for: str | None,
    revision: str | None,
    reason: str,
    rejects: Path | None,
) -> None:
    """Capture a record on FORM and print its id; it never changes afterwards.

    A .csv file is a table: its first line names the fields, and every other line is a record. All
    are captured, or none; with --rejects those that do not fit are written there with the reason.
    A .docx file is a form that was filled in: 'docctl export FORM --blank' makes one.
    """
    circumstances = Circumstances(on=on, late_reason=late_reason, entered_for=entered_for)
    if data is not None and data.suffix.lower() == ".csv":
        _capture_table(form, data, rejects, circumstances, revision=revision, reason=reason)
        return
    opened = library()
    read = _said(opened, form, data)
    found = opened.record_capture(
        form,
        read.fields,
        attachments=_files(attach),
        circumstances=replace(circumstances, on=on or read.on),
        revision=revision or read.revision,
        reason=reason,
    )
    answer(found, [found.entry.record])


def _capture_table(
    form: str, path: Path, rejects: Path | None, circumstances: Circumstances, **more: Any
) -> None:
    """Capture the rows of a table in one change, and print their ids."""
    opened = library()
    table = read_table(path)
    rows, wrong = opened.record_rows(form, table, on=circumstances.on)
    if wrong and rejects is not None:
        write_rejects(rejects, [(table[at - 1], faults) for at, faults in wrong])
        left_out = {at for at, _ in wrong}
        rows = tuple(row for at, row in enumerate(rows, start=1) if at not in left_out)
        tell(f"{len(wrong)} rows do not fit and are in {path_line(rejects)}")
    found: tuple[str, ...] = ()
    if rows:
        found = opened.record_capture_many(form, rows, circumstances=circumstances, **more)
    answer(found, found, nothing="no row was captured")


@record.command(
    cls=Command,
    epilog=examples("docctl record add NC-2026-4 --step verified --data check.json"),
)
@_id
@click.option("--step", required=True, metavar="STEP", help="The step of the form.")
@_data
@_attach
@day("--on", about="The day on which it happened; today if left out.")
@_late
@_for
def add(
    record_id: str,
    step: str,
    data: Path,
    attach: tuple[Path, ...],
    on: date | None,
    late_reason: str,
    entered_for: str | None,
) -> None:
    """Enter a step into the open record ID; what was entered never changes."""
    circumstances = Circumstances(on=on, late_reason=late_reason, entered_for=entered_for)
    opened = library()
    _told(
        opened.record_add(
            record_id,
            step,
            given(opened, lambda: _form(opened, record_id), data, step=step).fields,
            attachments=_files(attach),
            circumstances=circumstances,
        )
    )


@record.command(
    cls=Command,
    epilog=examples('docctl record amend NC-2026-4 --data changes.json --reason "Wrong batch"'),
)
@_id
@_data
@_attach
@reason
def amend(record_id: str, data: Path, attach: tuple[Path, ...], reason: str) -> None:
    """Correct the record ID; what it said before stays and is shown."""
    opened = library()
    fields = read_values(data, lambda: opened.record_definition(_form(opened, record_id)))
    _told(opened.record_amend(record_id, fields, reason=reason, attachments=_files(attach)))


@record.command(cls=SigningCommand, epilog=examples("docctl record sign NC-2026-4 --as verified"))
@_id
@click.option("--as", "meaning", required=True, metavar="MEANING", help="What the signature says.")
def sign(record_id: str, meaning: str) -> None:
    """Put a signature to the open record ID that its form asks for."""
    _told(library().record_sign(record_id, meaning=meaning))


@record.command(
    cls=SigningCommand,
    epilog=examples("docctl record close NC-2026-4", "docctl record close CAL-12 --on 2026-11-03"),
)
@_id
@day("--on", about="The day on which the matter ended; today if left out.")
@click.option("--reason", default="", metavar="TEXT", help="A remark.")
def close(record_id: str, on: date | None, reason: str) -> None:
    """Close the record ID: it is complete, and its time of keeping may begin."""
    _told(library().record_close(record_id, on=on, reason=reason))


@record.command(
    cls=SigningCommand, epilog=examples('docctl record reopen NC-2026-4 --reason "It came back"')
)
@_id
@reason
def reopen(record_id: str, reason: str) -> None:
    """Open the closed record ID again; its time of keeping no longer runs."""
    _told(library().record_reopen(record_id, reason=reason))


@record.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl record fact SUP-3 contract_ended --on 2026-10-31 --reason "Letter of notice"'
    ),
)
@_id
@click.argument("fact", metavar="FACT")
@click.option("--on", type=day_of, required=True, metavar="DAY", help="The day of the fact.")
@reason
def fact(record_id: str, fact: str, on: date, reason: str) -> None:
    """State the FACT from which the time of keeping of the record ID counts."""
    _told(library().record_fact(record_id, fact=fact, on=on, reason=reason))


@record.command(cls=Command, epilog=examples("docctl record show NC-2026-4"))
@_id
def show(record_id: str) -> None:
    """Show the record ID: what it says, every statement and correction, when it may go."""
    _told(library().record_show(record_id))


@record.command(
    "list",
    cls=Command,
    epilog=examples(
        "docctl record list --form FRM-002",
        "docctl record list --where 'site=Bergen and status=open'",
        "docctl record list --limit 50 --page 2",
        "docctl record list --where 'captured>=2026-01-01 and gauge in (A-17, A-18)'",
    ),
)
@click.option("--form", metavar="FORM", type=str.upper, help="Only records made on this form.")
@click.option("--where", default="", metavar="QUESTION", help="Only records that answer it.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="No more than N records.")
@click.option(
    "--page", type=click.IntRange(1), default=1, metavar="N", help="With --limit: which page."
)
@click.option("--to", type=TARGET, metavar="FILE", help="Write a table: .csv or .xlsx.")
def list_(form: str | None, where: str, limit: int | None, page: int, to: Path | None) -> None:
    """List records.

    A QUESTION compares fields of the form, or number, form, status, class, happened, captured,
    closed and by, with =, !=, <, <=, >, >=, ~ (contains) or 'in (…)'; join with and, or, not.
    """
    if to is not None:
        say(path_line(library().record_table(to, form=form, where=where)))
        return
    found = library().record_list(form=form, where=where, limit=limit, page=page)
    head = ("Record", "Form", "Status", "Happened", "Captured", "Closed", "By", "What", "Held by")
    answer(found, lined(head, map(record_row, found)), nothing="no record fits")


@record.command(
    "file", cls=Command, epilog=examples("docctl record file NC-2026-4 photo.png --to photo.png")
)
@_id
@click.argument("name")
@click.option("--to", type=TARGET, required=True, metavar="FILE", help="Where to write it.")
def file_(record_id: str, name: str, to: Path) -> None:
    """Write the file NAME that is attached to the record ID."""
    say(path_line(library().record_file(record_id, name, to)))


def _said(opened: Library, form: str, data: Path | None) -> Given:
    """Return what a record says: from a file, or as it is answered."""
    if data is None:
        return Given(ask_values(opened.record_definition(form)))
    return given(opened, lambda: form, data)


def _form(opened: Library, record_id: str) -> str:
    return opened.record_show(record_id).entry.form


def _files(paths: tuple[Path, ...]) -> dict[str, bytes | Path]:
    names = [path.name for path in paths]
    if twice := next((one for one in names if names.count(one) > 1), ""):
        raise click.UsageError(f"two files are called {twice!r}: give one of them another name")
    return {path.name: path for path in paths}


def _told(one: RecordShown) -> None:
    answer(one, folded(record_lines(one)))
