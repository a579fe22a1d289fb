"""Review and approval, and the ways back."""

from datetime import date
from typing import Literal

import click

from docctl.cli.door import library, told, told_each
from docctl.cli.options import day, examples, number, numbers, reason, signing
from docctl.library import Library

_remark = click.option("--remark", default="", metavar="TEXT", help="A remark beside it.")


@signing(
    epilog=examples(
        "docctl submit PRO-001",
        "docctl submit PRO-001 WI-003 --effective 2026-12-01",
    )
)
@numbers
@day("--effective", "effective_on", about="The day on which it is meant to take effect.")
def submit(numbers: tuple[str, ...], effective_on: date | None) -> None:
    """Hand drafts over for review and approval, one after the other.

    Each is checked first; see 'docctl check NUMBER'. Who must sign is then fixed. The first that
    is refused ends it; those before it are handed over.
    """
    told_each(Library.submit, numbers, effective_on=effective_on)


@signing(epilog=examples("docctl --key keys/rev review PRO-001"))
@numbers
@_remark
def review(numbers: tuple[str, ...], remark: str) -> None:
    """Sign that the text of each NUMBER is suitable."""
    told_each(Library.review, numbers, remark=remark)


@signing(
    epilog=examples(
        "docctl --key keys/ws approve PRO-001",
        "docctl --key keys/ws approve PRO-001 WI-003 FRM-002",
        "docctl --key keys/ws.pub approve PRO-001 --prepare PRO-001.json",
    )
)
@numbers
@_remark
def approve(numbers: tuple[str, ...], remark: str) -> None:
    """Approve each NUMBER: exactly the text under review, or the open proposal.

    Several are signed one after the other. The first that is refused ends it; those before it
    are signed.
    """
    told_each(Library.approve, numbers, remark=remark)


@signing("return", epilog=examples('docctl return PRO-001 --reason "Section 4 is missing"'))
@numbers
@reason
def return_(numbers: tuple[str, ...], reason: str) -> None:
    """Send NUMBER back to its authors; signatures of this round no longer count."""
    told_each(Library.return_, numbers, reason=reason)


@signing(epilog=examples('docctl reroute PRO-001 --reason "The approver is away"'))
@numbers
@reason
def reroute(numbers: tuple[str, ...], reason: str) -> None:
    """Let the present holders of the roles sign NUMBER; signatures given stand."""
    told_each(Library.reroute, numbers, reason=reason)


@signing(epilog=examples('docctl reopen PRO-001 --reason "A wrong limit in section 5"'))
@numbers
@reason
def reopen(numbers: tuple[str, ...], reason: str) -> None:
    """Take an approved or scheduled revision of NUMBER back to drafting."""
    told_each(Library.reopen, numbers, reason=reason)


@signing(
    epilog=examples(
        'docctl cancel PRO-001 --reason "Merged into PRO-004"',
        'docctl cancel PRO-001 --revision 3 --reason "Not needed, says the review"',
    )
)
@numbers
@reason
@click.option("--revision", metavar="R", help="Which one is meant, where both are open.")
def cancel(numbers: tuple[str, ...], reason: str, revision: str | None) -> None:
    """Give up the open revision of NUMBER, or its open proposal.

    Where a periodic review waits beside a further revision, --revision names the one to give up:
    the further revision, or the one in force for the review of it.
    """
    told_each(Library.cancel, numbers, reason=reason, revision=revision)


@signing(epilog=examples('docctl comment PRO-001 "Who calibrates this?" --line 34'))
@number
@click.argument("text")
@click.option("--line", type=click.IntRange(min=1), metavar="N", help="The line it is about.")
def comment(number: str, text: str, line: int | None) -> None:
    """Remark on the text of NUMBER; approval waits for an answer, see 'docctl resolve'."""
    told(library().comment(number, text, line=line))


@signing(
    epilog=examples(
        'docctl resolve PRO-001 4 --answer "Now in section 4"',
        'docctl resolve PRO-001 4 --as rejected --answer "See PRO-002"',
    )
)
@number
@click.argument("comment", type=click.IntRange(min=1))
@click.option(
    "--as",
    "disposition",
    type=click.Choice(["accepted", "rejected", "deferred"]),
    default="accepted",
    show_default=True,
    help="What became of it.",
)
@click.option("--answer", default="", metavar="TEXT", help="What you answer.")
def resolve(
    number: str, comment: int, disposition: Literal["accepted", "rejected", "deferred"], answer: str
) -> None:
    """Answer COMMENT of NUMBER; its number is shown by 'docctl show NUMBER'."""
    told(library().resolve(number, comment, disposition=disposition, answer=answer))
