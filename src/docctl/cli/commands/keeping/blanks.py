"""`blank …`: numbered blanks of forms: who has which, and what became of it."""

from collections.abc import Iterator

import click

from docctl.cli.door import answer, library, table
from docctl.cli.options import Command, SigningCommand, examples, group, reason
from docctl.model.answers.record import BlankShown


@group
def blank() -> None:
    """Tell who has which numbered blank of a form, take them back, declare them void.

    They are issued by 'docctl export FORM --blank --issue-to WHO'; a record that is captured from
    one uses it up.
    """


_blank = click.argument("blank_id", metavar="BLANK", type=str.upper)
_HEAD = ("Blank", "Form", "Status", "Issued to", "On", "By", "Record", "Ended", "Reason")


@blank.command(
    "list",
    cls=Command,
    epilog=examples("docctl blank list --out", "docctl blank list --form FRM-002"),
)
@click.option("--form", metavar="FORM", type=str.upper, help="Only blanks of this form.")
@click.option("--out", is_flag=True, help="Only those that somebody has still.")
def list_(form: str | None, out: bool) -> None:
    """List numbered blanks: used, returned, void, or still out."""
    found = library().blank_list(form=form)
    shown = tuple(one for one in found if one.status == "out" or not out)
    answer(shown, table(_HEAD, map(_row, shown)), nothing="no blank fits")


@blank.command(cls=Command, epilog=examples("docctl blank show B-7"))
@_blank
def show(blank_id: str) -> None:
    """Show the numbered BLANK."""
    told(library().blank_show(blank_id))


@blank.command("return", cls=SigningCommand, epilog=examples("docctl blank return B-7"))
@_blank
@click.option("--reason", default="", metavar="TEXT", help="A remark.")
def return_(blank_id: str, reason: str) -> None:
    """State that the numbered BLANK came back unused."""
    told(library().blank_return(blank_id, reason=reason))


@blank.command(
    cls=SigningCommand, epilog=examples('docctl blank void B-7 --reason "Coffee was spilt on it"')
)
@_blank
@reason
def void(blank_id: str, reason: str) -> None:
    """Declare the numbered BLANK void: it is spoilt, or lost."""
    told(library().blank_void(blank_id, reason=reason))


def told(one: BlankShown) -> None:
    """Print a blank after what was done with it."""
    answer(one, blank_lines(one))


def blank_lines(one: BlankShown) -> Iterator[str]:
    """Yield a blank as it stands: whose it is, and what became of it."""
    yield f"{one.blank}  {one.form} revision {one.form_revision}, {one.status}"
    yield f"  issued to {one.issued_to} on {one.issued_on} by {one.issued_by}"
    if one.record:
        yield f"  used for: {one.record}"
    if one.ended_on:
        yield f"  {one.status} on {one.ended_on}, stated by {one.ended_by}"
    if one.reason:
        yield f"  because: {one.reason}"


def _row(one: BlankShown) -> tuple[str, ...]:
    ended = one.ended_on.isoformat() if one.ended_on else ""
    form, issued = f"{one.form} {one.form_revision}", (one.issued_to, one.issued_on.isoformat())
    return (
        one.blank,
        form,
        one.status,
        *issued,
        one.issued_by,
        one.record or "",
        ended,
        one.reason,
    )
