"""`subject …`: requests about personal data, from the search to the answer."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click

from docctl.cli.door import answer, library
from docctl.cli.options import TARGET, Command, SigningCommand, day, examples, group, reason
from docctl.cli.printing import folded, lined, path_line
from docctl.model.answers.request import RequestShown, SubjectFound
from docctl.model.records.request import Asked, Basis, Decision, Verdict


@group
def subject() -> None:
    """Answer requests about personal data: find, decide item by item, carry out, report.

    The history never says whose request it is: keep the letter as a record of its own.
    """


_request = click.argument("request_id", metavar="REQUEST", type=str.upper)


@subject.command(cls=Command, epilog=examples('docctl subject find "Kari Berg"'))
@click.argument("text")
def find(text: str) -> None:
    """Find TEXT in people, in what records say now, and in texts of documents.

    A person's name finds what bears the person's id too. What files beside records say is not
    searched: those of the records that are found are named, to be looked at.
    """
    found = library().subject_find(text)
    answer(found, _found_lines(found))


def _found_lines(found: SubjectFound) -> Iterator[str]:
    rows = ((one.kind, one.item, ", ".join(one.where), ", ".join(one.files)) for one in found.found)
    head = ("Kind", "Item", "Where", "Files not searched")
    yield from lined(head, rows) if found.found else ["found nowhere"]
    yield "not searched: what files beside records say; and copies that were handed out"
    if found.unread:
        yield f"not looked through, because their payload is not readable: {len(found.unread)}"
        yield f"  {', '.join(found.unread)}"


@subject.command(
    "open",
    cls=SigningCommand,
    epilog=examples('docctl subject open NC-2026-4 p-3f… --asks erasure --reason "Letter"'),
)
@click.argument("items", nargs=-1, required=True, metavar="ITEM…")
@click.option("--asks", type=click.Choice(get_args(Asked)), required=True, help="What is asked.")
@reason
@day("--received", "received_on", about="The day it was received; today if left out.")
@day("--answer-by", "due_on", about="The day by which it is to be answered.")
def open_(items: tuple[str, ...], reason: str, **options: Any) -> None:
    """Open a request about ITEMs: records, documents, people by id or name. Prints its number."""
    found = library().subject_open(*items, reason=reason, **options)
    answer(found, [found.request])


@subject.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl subject decide SR-1 NC-2026-4 keep --basis legal_duty --why "Kept for ten years"',
        'docctl subject decide SR-1 p-3f… erase --why "No duty to keep the name"',
    ),
)
@_request
@click.argument("item")
@click.argument("verdict", type=click.Choice(get_args(Verdict)))
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is signed with it.")
@click.option("--basis", type=click.Choice(get_args(Basis)), help="What keeps it, with keep.")
def decide(request_id: str, item: str, verdict: Verdict, why: str, basis: Basis | None) -> None:
    """Decide what becomes of an ITEM: erase, keep, rectify, or copy (hand out a copy)."""
    if (verdict == "keep") != (basis is not None):
        raise click.UsageError("--basis says what keeps an item: with keep, and only with it")
    opened = library()
    about = opened.subject_item(request_id, item)
    decision = Decision(subject=about, verdict=verdict, why=why, basis=basis)
    _told(opened.subject_decide(request_id, decision))


@subject.command(cls=Command, epilog=examples("docctl subject run SR-1"))
@_request
def run(request_id: str) -> None:
    """Carry out what is to be erased: names go now, records that are due are proposed.

    Names are erased by an administrator, records proposed by somebody who keeps records: each gives
    the command, and what the other does is left.
    """
    _told(library().subject_run(request_id))


@subject.command("answer", cls=SigningCommand, epilog=examples("docctl subject answer SR-1"))
@_request
@click.option("--reason", default="", metavar="TEXT", help="What the subject was told.")
def answer_(request_id: str, reason: str) -> None:
    """State that everything decided is done, and that the subject was answered."""
    _told(library().subject_answer(request_id, reason=reason))


@subject.command(cls=Command, epilog=examples("docctl subject show SR-1"))
@_request
def show(request_id: str) -> None:
    """Show REQUEST: what was decided of each item, and what is still to be done."""
    _told(library().subject_show(request_id))


@subject.command("list", cls=Command, epilog=examples("docctl subject list"))
def list_() -> None:
    """List every request ever opened."""
    found = library().subject_list()
    head = ("Request", "Asks for", "Received", "Answer by", "State", "Items")
    answer(found, lined(head, map(_row, found)), nothing="no request was ever opened")


@subject.command(cls=Command, epilog=examples("docctl subject report SR-1 --to request.docx"))
@_request
@click.option("--to", type=TARGET, required=True, metavar="FILE", help=".docx, .html, .md or .pdf.")
def report(request_id: str, to: Path) -> None:
    """Write the evidence of REQUEST: decisions, reasons, what is done."""
    path = library().subject_report(request_id, to)
    answer({"file": str(path)}, [path_line(path)])


def _row(one: RequestShown) -> tuple[str, ...]:
    return (
        one.request,
        one.asks,
        one.received_on.isoformat(),
        _day(one.due_on),
        one.state,
        str(len(one.items)),
    )


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _told(one: RequestShown) -> None:
    answer(one, folded(request_lines(one)))


def request_lines(one: RequestShown) -> Iterator[str]:
    """Yield what was asked, decided item by item, done, and what is still to be done."""
    yield f"{one.request}: {one.asks}, received on {one.received_on}, {one.state}"
    yield f"  opened on {one.opened_on} by {one.opened_by}: {one.reason}"
    for item in one.items:
        basis = f" ({item.basis.replace('_', ' ')})" if item.basis else ""
        why = f": {item.why}" if item.why else ""
        yield f"  {item.kind} {item.item}: {item.verdict or 'undecided'}{basis}{why}"
        if item.became:
            yield f"    {item.became}"
        if item.waits_for:
            yield f"    waits for {item.waits_for}"
        if item.next_step:
            yield f"    {item.next_step}"
    if one.not_reached:
        yield f"  not reached: {', '.join(one.not_reached)}; the keys are destroyed"
        yield f"  once it is back: docctl subject run {one.request}"
    if one.answered_on:
        yield f"  answered on {one.answered_on} by {one.answered_by}"
