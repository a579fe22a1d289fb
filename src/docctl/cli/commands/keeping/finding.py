"""`record …`: what there is: one record, all of them, their files, what supports them."""

from collections.abc import Iterator
from pathlib import Path

import click

from docctl.cli.commands.keeping.cards import record_id, record_row, told
from docctl.cli.door import answer, library, table
from docctl.cli.options import TARGET, Command, examples
from docctl.cli.printing import folded, path_line, say
from docctl.desk.recording.telling.listing import cell
from docctl.model.answers.alcoa import EvidenceReport


@click.command(cls=Command, epilog=examples("docctl record show NC-2026-4"))
@record_id
def show(record_id: str) -> None:
    """Show the record ID: what it says, every statement and correction, when it may go."""
    told(library().record_show(record_id))


@click.command(
    "list",
    cls=Command,
    epilog=examples(
        "docctl record list --form FRM-002",
        "docctl record list --where 'site=Bergen and status=open'",
        "docctl record list --limit 50 --page 2",
        "docctl record list --form FRM-002 --columns record,site,what --to open.xlsx",
        "docctl record list --where 'anything~seal'",
        "docctl record list --where 'captured>=2026-01-01 and gauge in (A-17, A-18)'",
        "docctl record list --where 'location~\"box 17\"' --columns record,location,custodian",
    ),
)
@click.option("--form", metavar="FORM", type=str.upper, help="Only records made on this form.")
@click.option("--where", default="", metavar="QUESTION", help="Only records that answer it.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="No more than N records.")
@click.option(
    "--page", type=click.IntRange(1), default=1, metavar="N", help="With --limit: which page."
)
@click.option(
    "--columns", metavar="NAMES", help="Fields to show, with commas between; 'all' for all of them."
)
@click.option("--to", type=TARGET, metavar="FILE", help="Write a table: .csv, .xlsx or .json.")
def list_(
    form: str | None,
    where: str,
    limit: int | None,
    page: int,
    columns: str | None,
    to: Path | None,
) -> None:
    """List records.

    A QUESTION compares fields of the form, or number, form, status, class, happened, captured,
    closed and by, with =, !=, <, <=, >, >=, ~ (contains) or 'in (…)'; join with and, or, not.
    'anything~word' looks into every field that holds no data of persons. Records that are kept
    elsewhere are found by medium, location and custodian.

    NAMES are fields of the form, or what is known of every record: record, form, revision, status,
    happened, captured, closed, by, for, class and holds; medium, location and custodian of those
    that are kept elsewhere.
    """
    named = tuple(filter(None, map(str.strip, (columns or "").split(","))))
    if to is not None and limit is not None:
        raise click.UsageError("a file holds all records that fit: leave out --limit, or --to")
    if to is not None:
        say(path_line(library().record_table(to, form=form, where=where, columns=named)))
        return
    if named:
        lines = library().record_values(*named, form=form, where=where, limit=limit, page=page)
        rows = ([str(cell(value)) for value in line.values()] for line in lines)
        answer(lines, table([*lines[0]] if lines else (), rows), nothing="no record fits")
        return
    found = library().record_list(form=form, where=where, limit=limit, page=page)
    head = ("Record", "Form", "Status", "Happened", "Captured", "Closed", "By", "What", "Held by")
    answer(found, table(head, map(record_row, found)), nothing="no record fits")


@click.command(
    "file", cls=Command, epilog=examples("docctl record file NC-2026-4 photo.png --to photo.png")
)
@record_id
@click.argument("name")
@click.option("--to", type=TARGET, required=True, metavar="FILE", help="Where to write it.")
def file_(record_id: str, name: str, to: Path) -> None:
    """Write the file NAME that is attached to the record ID."""
    say(path_line(library().record_file(record_id, name, to)))


@click.command(
    cls=Command,
    epilog=examples(
        "docctl record report NC-2026-4",
        "docctl record report --form FRM-002 --to evidence.docx",
        "docctl record report --where 'captured>=2026-01-01' --to evidence.md",
    ),
)
@click.argument("records", nargs=-1, metavar="[ID]...", type=str.upper)
@click.option("--form", metavar="FORM", type=str.upper, help="Only records made on this form.")
@click.option("--where", default="", metavar="QUESTION", help="Only records that answer it.")
@click.option("--to", type=TARGET, metavar="FILE", help="Write it: .docx, .html, .md or .pdf.")
def report(records: tuple[str, ...], form: str | None, where: str, to: Path | None) -> None:
    """Tell what supports records as evidence (ALCOA+), and what is missing or late.

    For every record and each of the nine qualities: attributable, legible, contemporaneous,
    original, accurate, complete, consistent, enduring, available. Signatures are verified and
    payloads read. It is for a person to judge whether that is enough.
    """
    if records and (form or where):
        raise click.UsageError("name records, or ask for them with --form and --where; not both")
    if to is not None:
        path = library().record_report_file(to, *records, form=form, where=where)
        answer({"file": str(path)}, [path_line(path)])
        return
    found = library().record_report(*records, form=form, where=where)
    answer(found, folded(_report_lines(found)))


def _report_lines(found: EvidenceReport) -> Iterator[str]:
    for one in found.records:
        yield f"{one.record}  {one.title} ({one.form} revision {one.form_revision}), {one.status}"
        for quality in one.qualities:
            yield f"  {quality.name}"
            yield from (f"    + {sentence}" for sentence in quality.evidence)
            yield from (f"    - {sentence}" for sentence in quality.missing)
    short = sum(1 for one in found.records if one.missing)
    total = len(found.records)
    yield f"{total} record{'s' * (total != 1)}; something is missing or late (-) in {short} of them"


#: What the group `record` has from here.
COMMANDS: tuple[click.Command, ...] = (show, list_, file_, report)
