"""`retention …`: when records may go, and their disposal by two persons."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import click

from docctl.cli.door import answer, library, table
from docctl.cli.options import FILE, Command, SigningCommand, day, examples, group, reason
from docctl.cli.printing import folded
from docctl.english import many
from docctl.library.drafting import read_settings
from docctl.model.answers.record import DisposalShown
from docctl.model.answers.retention import Due
from docctl.model.records.retention import Fate


@group
def retention() -> None:
    """See when records may go, and let them go: proposed, authorised by somebody else, carried out.

    Nothing is destroyed in any other way. The classes stand in CONTROL, under "retention".
    """


_proposal = click.argument("proposal", metavar="PROPOSAL", type=str.upper)

#: What is shown of a disposal's list without --all.
_WAITING = frozenset({"due", "held", "review", "conflict", "trigger_missing"})


_HEAD = ("Record", "Form", "Class", "State", "May go from", "Reason")


@retention.command(
    cls=Command, epilog=examples("docctl retention due", "docctl retention due --on 2036-01-01")
)
@day("--on", about="As of the end of a day; today if left out.")
@click.option("--all", "every", is_flag=True, help="Also records that are not due yet.")
def due(on: date | None, every: bool) -> None:
    """List the records that may go, with the reason; and those that wait for a person.

    A record whose trigger is not known is not due. One that is held stays.
    """
    found = library().retention_due(on)
    chosen = tuple(one for one in found if every or one.state in _WAITING)
    answer(chosen, table(_HEAD, map(_row, chosen)), nothing="nothing is due")


def _row(one: Due) -> tuple[str, ...]:
    since = one.due_since.isoformat() if one.due_since else ""
    state = one.state.replace("_", " ")
    return (one.record, one.form, one.retention, state, since, one.explanation)


@retention.command(
    cls=Command,
    epilog=examples("docctl retention simulate settings.json --on 2030-01-01"),
)
@click.argument("settings", type=FILE, metavar="FILE")
@day("--on", about="As of the end of a day; today if left out.")
def simulate(settings: Path, on: date | None) -> None:
    """Show what the schedule in FILE would change for the records that there are.

    FILE is what 'docctl control show --json' prints, changed. Nothing is changed in the library.
    Records that could go earlier than now come first, and are marked.
    """
    found = library().retention_simulate(read_settings(settings), on=on)
    head = ("Record", "Class", "State", "May go from", "Would be", "Then from", "")
    rows = (
        (
            one.before.record,
            one.before.retention,
            *_brief(one.before),
            *_brief(one.after),
            "earlier" * one.earlier,
        )
        for one in found
    )
    answer(found, table(head, rows), nothing="it would change nothing")


def _brief(one: Due) -> tuple[str, str]:
    return one.state.replace("_", " "), one.due_since.isoformat() if one.due_since else ""


@retention.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl retention review NC-7 --until 2031-12-31 --reason "A sister case is open"',
        'docctl retention review NC-8 --then destroy --reason "Nothing refers to it"',
    ),
)
@click.argument("records", nargs=-1, metavar="ID...", type=str.upper, required=True)
@day("--until", about="They are kept until this day; then somebody decides again.")
@click.option("--then", type=click.Choice(get_args(Fate)), help="Or this becomes of them.")
@reason
def review(records: tuple[str, ...], until: date | None, then: Fate | None, reason: str) -> None:
    """Decide about records whose time of keeping is over, where their class says 'review'.

    What goes is proposed and authorised like everything else.
    """
    found = library().retention_review(*records, reason=reason, until=until, then=then)
    answer(found, table(_HEAD, map(_row, found)))


@retention.command(
    cls=SigningCommand,
    epilog=examples(
        "docctl retention propose",
        "docctl retention propose NC-7",
        "docctl retention propose --on 2026-12-31",
    ),
)
@click.argument("records", nargs=-1, metavar="[ID]...", type=str.upper)
@day("--on", about="Only what could go already on that day; today if left out.")
def propose(records: tuple[str, ...], on: date | None) -> None:
    """Propose records for disposal: those named, or all that are due; prints the proposal's id.

    A proposal is authorised by one owner. Where classes have several, give the command again: it
    proposes what is due to the next.
    """
    found = library().retention_propose(*records, on=on)
    answer(found, [found.disposal])


@retention.command(cls=SigningCommand, epilog=examples("docctl retention authorise D-1"))
@_proposal
@click.option("--keep", multiple=True, metavar="ID", type=str.upper, help="A record that stays.")
@click.option("--reason", default="", metavar="TEXT", help="Why, where something stays.")
def authorise(proposal: str, keep: tuple[str, ...], reason: str) -> None:
    """Authorise PROPOSAL, which somebody else has made."""
    _told(library().retention_authorise(proposal, keep=keep, reason=reason))


@retention.command(
    cls=SigningCommand, epilog=examples('docctl retention refuse D-1 --reason "Still in use"')
)
@_proposal
@reason
def refuse(proposal: str, reason: str) -> None:
    """Give PROPOSAL up; its records stay."""
    _told(library().retention_refuse(proposal, reason=reason))


@retention.command(
    cls=Command,
    epilog=examples(
        "docctl retention run D-1",
        'docctl retention run D-1 --known-copy "Backup tape, overwritten by 2027-03-31"',
    ),
)
@_proposal
@click.option(
    "--leave-waiting", is_flag=True, help="Certify it without what no receiver has: it stays."
)
@click.option(
    "--known-copy",
    multiple=True,
    metavar="TEXT",
    help="A copy elsewhere, such as a backup, and until when it lasts: the certificate names it.",
)
def run(proposal: str, *, leave_waiting: bool, known_copy: tuple[str, ...]) -> None:
    """Carry PROPOSAL out: destroy, look that it is gone, and certify it.

    What is to be transferred goes once its receiver has it. Interrupted at any moment, run it
    again.
    """
    _told(library().retention_run(proposal, leave_waiting=leave_waiting, known_copies=known_copy))


@retention.command(
    cls=Command,
    epilog=examples(
        "docctl retention package D-1 --to out/D-1.zip",
        "docctl retention package D-1 --to out/D-1 --seal-with keys/D-1.key",
    ),
)
@_proposal
@click.option("--to", required=True, type=FILE, metavar="PATH", help="A folder, or a .zip file.")
@click.option("--seal-with", type=FILE, metavar="FILE", help="A key; made where there is none.")
def package(proposal: str, to: Path, seal_with: Path | None) -> None:
    """Pack what PROPOSAL transfers for its receiver; nothing goes from here by that.

    With --seal-with what the records say is sealed; the key travels by another way.
    """
    found = library().retention_package(proposal, to, seal_with=seal_with)
    held = f"{many(len(found.records), 'record')} in {many(found.files, 'file')}"
    lines = (
        f"{found.path}: {held}, {many(found.size, 'byte')}",
        f"  manifest: SHA-256 {found.manifest}",
    )
    answer(found, folded(lines))


@retention.command(
    cls=SigningCommand,
    epilog=examples(
        "docctl retention receive D-1 --package out/D-1.zip --receipt receipt.pdf "
        '--receiver "City archive"'
    ),
)
@_proposal
@click.option("--package", required=True, type=FILE, metavar="PATH", help="What was packed.")
@click.option("--receipt", required=True, type=FILE, metavar="FILE", help="What came back.")
@click.option("--receiver", required=True, metavar="NAME", help="The organisation that has it.")
def receive(proposal: str, package: Path, receipt: Path, receiver: str) -> None:
    """Record the receipt for a package of PROPOSAL; now its records may go from here."""
    library_ = library()
    _told(library_.retention_receive(proposal, package=package, receipt=receipt, receiver=receiver))


@retention.command(cls=Command, epilog=examples("docctl retention show D-1"))
@_proposal
def show(proposal: str) -> None:
    """Show PROPOSAL: who proposed and authorised it, and what became of each record."""
    _told(library().retention_show(proposal))


@retention.command("list", cls=Command, epilog=examples("docctl retention list"))
def list_() -> None:
    """List every disposal ever proposed."""
    found = library().retention_list()
    head = (
        "Disposal", "State", "Proposed", "By", "Authorised by", "Not before", "Ended", "Records",
    )  # fmt: skip
    answer(found, table(head, map(_line, found)), nothing="nothing was ever proposed")


def _line(one: DisposalShown) -> tuple[str, ...]:
    days = (one.proposed_on.isoformat(), one.proposed_by, one.authorised_by or "")
    before = one.not_before.isoformat() if one.not_before else ""
    ended = one.ended_on.isoformat() if one.ended_on else ""
    return (one.disposal, one.state, *days, before, ended, str(len(one.records)))


def _told(one: DisposalShown) -> None:
    answer(one, folded(disposal_lines(one)))


def disposal_lines(one: DisposalShown) -> Iterator[str]:
    """Yield who proposed and authorised a disposal, and what became of each record."""
    yield f"{one.disposal}: {one.state}"
    yield f"  proposed by {one.proposed_by} on {one.proposed_on}, by {one.schedule}"
    if one.authorised_by:
        on = f"on {one.authorised_on}, not before {one.not_before}"
        yield f"  authorised by {one.authorised_by} {on}"
    if one.ended_on:
        did = "refused" if one.state == "refused" else "carried out"
        why = f": {one.refused_because}" if one.refused_because else ""
        yield f"  {did} by {one.ended_by} on {one.ended_on}{why}"
    results = {outcome.record: outcome for outcome in one.outcomes}
    for record in one.records:
        outcome = results.get(record)
        detail = f" ({outcome.detail})" if outcome and outcome.detail else ""
        yield f"  {record}{f': {outcome.result}{detail}' if outcome else ''}"
    for receipt in one.receipts:
        yield f"  {receipt.receiver} has {', '.join(receipt.records)}, since {receipt.on}"
    for copy in one.copies:
        yield f"  gone from: {copy}"
