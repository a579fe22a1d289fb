"""Review and approval, and the ways back."""

from datetime import date
from typing import Literal

import click

from docctl.cli.cards import status_lines
from docctl.cli.door import answer, library, told
from docctl.cli.options import choices, day, examples, number, number_of, reason, signing
from docctl.cli.printing import folded
from docctl.model.answers.status import Status

_remark = click.option("--remark", default="", metavar="TEXT", help="A remark beside it.")


@signing(
    epilog=examples(
        "docctl submit PRO-001",
        "docctl submit PRO-001 WI-003 --effective 2026-12-01",
    )
)
@click.argument("numbers", type=number_of, nargs=-1, required=True, metavar="NUMBER...")
@day("--effective", "effective_on", about="The day on which it is meant to take effect.")
def submit(numbers: tuple[str, ...], effective_on: date | None) -> None:
    """Hand drafts over for review and approval, one after the other.

    Each is checked first; see 'docctl check NUMBER'. Who must sign is then fixed. The first that
    is refused ends it; those before it are handed over.
    """
    if len(numbers) > 1 and choices().prepare:
        raise click.UsageError("each submission is signed by itself: name one document")
    opened = library()
    handed: list[Status] = []
    try:
        handed.extend(opened.submit(one, effective_on=effective_on) for one in numbers)
    finally:
        if len(handed) == 1 == len(numbers):
            told(handed[0])
        elif handed:
            answer(handed, folded(line for one in handed for line in status_lines(one)))


@signing(epilog=examples("docctl --key keys/rev review PRO-001"))
@number
@_remark
def review(number: str, remark: str) -> None:
    """Sign that the text of NUMBER is suitable."""
    told(library().review(number, remark=remark))


@signing(
    epilog=examples(
        "docctl --key keys/ws approve PRO-001",
        "docctl --key keys/ws.pub approve PRO-001 --prepare PRO-001.json",
    )
)
@number
@_remark
def approve(number: str, remark: str) -> None:
    """Approve NUMBER: exactly the text under review, or the open proposal."""
    told(library().approve(number, remark=remark))


@signing("return", epilog=examples('docctl return PRO-001 --reason "Section 4 is missing"'))
@number
@reason
def return_(number: str, reason: str) -> None:
    """Send NUMBER back to its authors; signatures of this round no longer count."""
    told(library().return_(number, reason=reason))


@signing(epilog=examples('docctl reroute PRO-001 --reason "The approver is away"'))
@number
@reason
def reroute(number: str, reason: str) -> None:
    """Let the present holders of the roles sign NUMBER; signatures given stand."""
    told(library().reroute(number, reason=reason))


@signing(epilog=examples('docctl reopen PRO-001 --reason "A wrong limit in section 5"'))
@number
@reason
def reopen(number: str, reason: str) -> None:
    """Take an approved or scheduled revision of NUMBER back to drafting."""
    told(library().reopen(number, reason=reason))


@signing(
    epilog=examples(
        'docctl cancel PRO-001 --reason "Merged into PRO-004"',
        'docctl cancel PRO-001 --revision 3 --reason "Not needed, says the review"',
    )
)
@number
@reason
@click.option("--revision", metavar="R", help="Which one is meant, where both are open.")
def cancel(number: str, reason: str, revision: str | None) -> None:
    """Give up the open revision of NUMBER, or its open proposal.

    Where a periodic review waits beside a further revision, --revision names the one to give up:
    the further revision, or the one in force for the review of it.
    """
    told(library().cancel(number, reason=reason, revision=revision))


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
