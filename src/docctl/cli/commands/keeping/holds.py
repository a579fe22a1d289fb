"""`hold …`: what must not be destroyed, whatever its time."""

from collections.abc import Iterator
from datetime import date

import click

from docctl.cli.commands.keeping.cards import some
from docctl.cli.door import answer, library, table
from docctl.cli.options import Command, SigningCommand, day, examples, group, reason
from docctl.cli.printing import folded
from docctl.model.answers.record import HoldShown


@group
def hold() -> None:
    """Hold records: nothing in a hold's scope is destroyed until it is lifted.

    A hold on a form holds the records that are made on it, and one on a procedure those of the
    forms under it. Revisions of documents are never destroyed.
    """


_hold = click.argument("hold_id", metavar="HOLD", type=str.upper)
_records = click.option(
    "--record", "records", multiple=True, metavar="ID", type=str.upper, help="A record."
)
_documents = click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="NUMBER",
    type=str.upper,
    help="A document, with the records made on it, or on forms under it.",
)
_review = day("--review", "review_on", about="When to ask whether it is still needed.")


@hold.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl hold place --matter "Claim 17" --reason "Letter of 3 May" --record NC-2026-4',
        'docctl hold place --matter "Claim 17" --reason "Letter" --where "site=Bergen"',
    ),
)
@click.option("--matter", required=True, metavar="TEXT", help="What it is for.")
@reason
@_records
@_documents
@click.option(
    "--where", default="", metavar="QUESTION", help="Records that answer it, now and later."
)
@_review
def place(
    matter: str,
    reason: str,
    records: tuple[str, ...],
    documents: tuple[str, ...],
    where: str,
    review_on: date | None,
) -> None:
    """Place a hold, and print its id."""
    found = library().hold_place(
        matter=matter,
        reason=reason,
        records=records,
        documents=documents,
        where=where,
        review_on=review_on,
    )
    answer(found, [found.hold])


@hold.command(
    cls=SigningCommand, epilog=examples('docctl hold extend H-1 --record NC-9 --reason "Same pump"')
)
@_hold
@reason
@_records
@_documents
@_review
def extend(
    hold_id: str,
    reason: str,
    records: tuple[str, ...],
    documents: tuple[str, ...],
    review_on: date | None,
) -> None:
    """Let HOLD cover more, or be looked at on another day."""
    _told(
        library().hold_extend(
            hold_id, reason=reason, records=records, documents=documents, review_on=review_on
        )
    )


@hold.command(cls=SigningCommand, epilog=examples('docctl hold lift H-1 --reason "Settled"'))
@_hold
@reason
def lift(hold_id: str, reason: str) -> None:
    """Lift HOLD; only the function that placed it can. Other holds stay."""
    _told(library().hold_lift(hold_id, reason=reason))


@hold.command(cls=Command, epilog=examples("docctl hold show H-1"))
@_hold
def show(hold_id: str) -> None:
    """Show HOLD: the matter, its scope, who placed and lifted it."""
    _told(library().hold_show(hold_id))


@hold.command("list", cls=Command, epilog=examples("docctl hold list"))
def list_() -> None:
    """List every hold ever placed."""
    found = library().hold_list()
    head = ("Hold", "Matter", "Placed", "By", "Records", "Documents", "Lifted", "Reason")
    answer(found, table(head, map(_row, found)), nothing="no hold was ever placed")


def _row(one: HoldShown) -> tuple[str, ...]:
    lifted = one.lifted_on.isoformat() if one.lifted_on else ""
    counts = (str(len(one.records) + len(one.through)), str(len(one.documents)))
    placed = (one.placed_on.isoformat(), one.placed_by)
    return (one.hold, one.matter, *placed, *counts, lifted, one.reason)


def _told(one: HoldShown) -> None:
    answer(one, folded(hold_lines(one)))


def hold_lines(one: HoldShown) -> Iterator[str]:
    """Yield the matter of a hold, its scope, who placed and lifted it."""
    yield f"{one.hold}: {one.matter}"
    function = f", {one.function}" if one.function else ""
    yield f"  placed on {one.placed_on} by {one.placed_by}{function}: {one.reason}"
    if one.where:
        yield f"  covers whatever fits: {one.where}"
    if one.documents:
        yield f"  covers: {', '.join(one.documents)}"
    if one.records:
        yield f"  covers: {some(one.records)}"
    if one.through:
        yield f"  and through its documents: {some(one.through)}"
    if one.review_on and not one.lifted_on:
        yield f"  to be looked at on: {one.review_on}"
    if one.lifted_on:
        yield f"  lifted on {one.lifted_on} by {one.lifted_by}: {one.lifted_because}"
