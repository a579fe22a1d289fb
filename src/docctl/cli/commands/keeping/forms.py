"""`record …`: what a form asks for."""

from collections.abc import Iterator

import click

from docctl.cli.door import answer, library
from docctl.cli.options import Command, examples
from docctl.cli.printing import lined
from docctl.model.answers.record import RecordField


@click.command(
    cls=Command,
    epilog=examples("docctl record fields FRM-002", "docctl record fields FRM-002 --json"),
)
@click.argument("form", metavar="FORM", type=str.upper)
def fields(form: str) -> None:
    """Tell what FORM asks for: names, types, units, choices, and which must be there.

    It is what stands in the file for 'record capture FORM --data FILE'; the columns of a table
    follow it, after a dot.
    """
    found = library().record_fields(form)
    head = ("Field", "Title", "Type", "Unit", "Choices", "Required", "Step", "Remarks")
    answer(found, lined(head, _rows(found)))


def _rows(found: tuple[RecordField, ...], above: str = "") -> Iterator[tuple[str, ...]]:
    for one in found:
        remarks = [
            *(["identifier"] if one.identifier else []),
            *(["personal data"] if one.personal else []),
        ]
        yield (
            f"{above}{one.name}",
            one.title,
            one.type,
            one.unit,
            ", ".join(map(str, one.choices)),
            "yes" if one.required else "",
            one.step or "",
            ", ".join(remarks),
        )
        yield from _rows(one.columns, f"{above}{one.name}.")


#: What the group `record` has from here.
COMMANDS: tuple[click.Command, ...] = (fields,)
