"""New documents, drafts and revisions."""

from pathlib import Path
from typing import Any, Literal

import click

from docctl.cli.door import answer, library, told
from docctl.cli.options import FILE, examples, number, number_of, reading, reason, signing
from docctl.cli.printing import path_line, tell
from docctl.cli.values import read_values
from docctl.model.assignment import Owner
from docctl.model.wellformed import well_formed


@signing(
    epilog=examples(
        'docctl new procedure "Control of documents"',
        'docctl new work_instruction "Pressure test" --from pressure-test.md '
        '--owner "Workshop Manager"',
        'docctl new form "Nonconformity report" --record nonconformity --retention quality-records',
    )
)
@click.argument("document_type", metavar="TYPE")
@click.argument("title", metavar="[TITLE]", required=False)
@click.option(
    "--from",
    "source",
    type=FILE,
    metavar="FILE",
    help="Its text in Markdown; files beside it that the text names are attached.",
)
@click.option(
    "--number",
    type=number_of,
    metavar="NUMBER",
    help="Its number, if not the next one of its type.",
)
@click.option("--owner", metavar="OWNER", help="A function, or person:ID; you, if nobody is named.")
@click.option(
    "--foreign", is_flag=True, help="Leave out front matter that docctl does not know, and say so."
)
@click.option("--attach", type=FILE, multiple=True, metavar="FILE", help="A further file.")
@click.option(
    "--schema",
    type=FILE,
    metavar="FILE",
    help="Forms: a JSON Schema of what the records made on it say.",
)
@click.option(
    "--record",
    "kind",
    metavar="KIND",
    help="Forms: a ready model of the records made on it, such as nonconformity.",
)
@click.option(
    "--retention", metavar="CLASS", help="Forms: the retention class of the records made on it."
)
def new(
    document_type: str,
    title: str | None,
    source: Path | None,
    number: str | None,
    owner: str | None,
    foreign: bool,
    attach: tuple[Path, ...],
    schema: Path | None,
    kind: str | None,
    retention: str | None,
) -> None:
    """Begin a document of TYPE with a first draft.

    TITLE may be left out where the file has one, in its front matter or as a heading at its head.
    Without --from the document begins with the sections that its type recommends; a form that says
    what its records hold begins with an explanation of them. Ready models are listed by 'docctl
    schema' (record.KIND). Its working copy lies in drafts/NUMBER/document.md of the library: edit
    it, then 'docctl save NUMBER'.
    """
    if title is None and source is None:
        raise click.UsageError("Missing argument 'TITLE'.")
    with well_formed():
        owned = Owner.parse(owner) if owner else None
    status = library().begin(
        document_type,
        title or "",
        source=source,
        attach=attach,
        number=number,
        owner=owned,
        left_out=_left_out if foreign else None,
        record=_record(schema, kind, retention),
    )
    told(status)


def _record(schema: Path | None, kind: str | None, retention: str | None) -> dict[str, Any]:
    """Return what is said of the records of a form."""
    fields = read_values(schema) if schema else None
    given = {"fields": fields, "kind": kind, "retention": retention}
    return {name: one for name, one in given.items() if one is not None}


def _left_out(names: list[str]) -> None:
    if names:
        tell(f"left out: {', '.join(names)}")


@reading(epilog=examples("docctl edit PRO-001", "$EDITOR $(docctl edit PRO-001)"))
@number
def edit(number: str) -> None:
    """Lay out the working copy of NUMBER's open draft, and print where it lies."""
    opened = library()
    path = opened.edit(number)
    answer(opened.status(number), [path_line(path)])


@signing(epilog=examples("docctl save PRO-001", "docctl save PRO-001 control-of-documents.md"))
@number
@click.argument("file", type=FILE, required=False)
def save(number: str, file: Path | None) -> None:
    """Save the working copy of NUMBER, or FILE, as its new draft."""
    status = library().save(number, file)
    told(status)


@signing(
    epilog=examples(
        'docctl revise PRO-001 --reason "Audit finding 3"',
        'docctl revise PRO-001 --reason "Spelling" --class editorial',
    )
)
@number
@reason
@click.option(
    "--class",
    "change",
    type=click.Choice(["content", "editorial"]),
    default="content",
    show_default=True,
    help="Editorial: the meaning stays; the route may be shorter.",
)
def revise(number: str, reason: str, change: Literal["content", "editorial"]) -> None:
    """Begin the next revision of NUMBER, and lay out its working copy."""
    status = library().revise(number, reason=reason, change=change)
    told(status)
