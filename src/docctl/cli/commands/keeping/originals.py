"""`record …`: what is kept elsewhere: registered, moved, and destroyed in the end."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from docctl.cli.commands.keeping.cards import record_id, told
from docctl.cli.commands.keeping.given import Given, circumstances, files_of, given
from docctl.cli.door import answer, library
from docctl.cli.options import FILE, SigningCommand, day, examples, reason
from docctl.cli.printing import tell
from docctl.desk.recording.made import Circumstances
from docctl.model.records.record import Elsewhere
from docctl.model.wellformed import well_formed


@click.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl record register FRM-004 --medium paper --location "Archive, box 17" '
        '--custodian "Quality Manager" --data gauge.json --on 2026-11-20',
        'docctl record register FRM-002 --medium "Ticket system" --location T-4711 '
        '--custodian "IT Manager" --attach scan.pdf',
        'docctl record register FRM-004 --medium paper --location "Box 17" --custodian Lab '
        '--data box-17.csv --late-reason "The paper archive is taken over"',
    ),
)
@click.argument("form", metavar="FORM", type=str.upper)
@click.option("--medium", required=True, metavar="TEXT", help="What it is: paper, another system.")
@click.option("--location", required=True, metavar="TEXT", help="Where it lies.")
@click.option("--custodian", required=True, metavar="TEXT", help="The function that keeps it.")
@click.option(
    "--data",
    type=FILE,
    metavar="FILE",
    help="By which fields it should be found: JSON, YAML, or a table in CSV.",
)
@click.option("--attach", type=FILE, multiple=True, metavar="FILE", help="A scan of it.")
@circumstances
@click.option("--revision", metavar="LABEL", help="The revision of the form, if not the one then.")
@click.option("--reason", default="", metavar="TEXT", help="Why another revision was used.")
def register(
    form: str,
    medium: str,
    location: str,
    custodian: str,
    data: Path | None,
    attach: tuple[Path, ...],
    circumstances: Circumstances,
    revision: str | None,
    reason: str,
) -> None:
    """Register a record on FORM that is kept elsewhere, and print its id.

    It may be on paper or in another system. No field of the form has to be given: the original says
    them. A .csv file registers one record for each line, all in the same place.
    """
    with well_formed():
        where = Elsewhere(medium=medium, location=location, custodian=custodian)
    opened = library()
    if data is not None and data.suffix.lower() == ".csv":
        if attach:
            raise click.UsageError("a table has no attachments: register such records one by one")
        kept = replace(circumstances, elsewhere=where)
        batch = opened.record_sheet(form, data, circumstances=kept)
        tell(*batch.sheet.notes)
        batch.require_fit()
        rows, days = [one.fields for one in batch.rows], [one.on for one in batch.rows]
        found = opened.record_register_many(
            form,
            where,
            rows,
            circumstances=circumstances,
            days=days,
            revision=revision,
            reason=reason,
        )
        answer(found, found)
        return
    read = given(opened, lambda: form, data) if data else Given({})
    shown = opened.record_register(
        form,
        where,
        read.fields,
        attachments=files_of(attach),
        circumstances=replace(circumstances, on=circumstances.on or read.on),
        revision=revision or read.revision,
        reason=reason,
    )
    answer(shown, [shown.entry.record])


@click.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl record move FRM-004-0012 --location "Archive, box 18" --reason "Box 17 was full"',
        'docctl record move FRM-004-0012 --custodian "Lab Manager" --since 2026-11-02 '
        '--reason "The laboratory keeps its own"',
    ),
)
@record_id
@click.option("--medium", metavar="TEXT", help="What it is now: paper, film, another system.")
@click.option("--location", metavar="TEXT", help="Where it lies now.")
@click.option("--custodian", metavar="TEXT", help="The function that keeps it now.")
@day("--since", about="Since when; today if left out.")
@reason
def move(
    record_id: str,
    medium: str | None,
    location: str | None,
    custodian: str | None,
    since: date | None,
    reason: str,
) -> None:
    """State where the record ID, which is kept elsewhere, is from now on, and who has it."""
    told(
        library().record_move(
            record_id,
            reason=reason,
            medium=medium,
            location=location,
            custodian=custodian,
            since=since,
        )
    )


@click.command(
    cls=SigningCommand,
    epilog=examples(
        "docctl record destroyed FRM-004-0012 --on 2037-01-15 --method shredded "
        '--by "Shred Ltd, certificate 4711"'
    ),
)
@record_id
@day("--on", about="The day on which it was destroyed; today if left out.")
@click.option("--method", required=True, metavar="TEXT", help="How: shredded, burned, deleted.")
@click.option(
    "--by", required=True, metavar="WHO", help="Who did it: a function, or a firm and its paper."
)
def destroyed(record_id: str, on: date | None, method: str, by: str) -> None:
    """State that the original of the record ID was destroyed, where it was kept elsewhere.

    A disposal must have let it go; until this is stated, the disposal is not certified.
    """
    told(library().record_destroyed(record_id, method=method, by=by, on=on))


#: What the group `record` has from here.
COMMANDS: tuple[click.Command, ...] = (register, move, destroyed)
