"""`check` and `verify`: what is wrong, without changing anything."""

import click

from docctl.cli.cards import problem_lines, verification_lines
from docctl.cli.door import answer, library
from docctl.cli.options import examples, number_of, reading
from docctl.cli.printing import folded, progress

#: The exit code for problems that were found.
FOUND = 1


@reading(epilog=examples("docctl check PRO-001", "docctl check"))
@click.argument("number", type=number_of, required=False)
@click.pass_context
def check(context: click.Context, number: str | None) -> None:
    """Check the working copy or text of NUMBER, or of every document.

    Advice stops nothing. Errors stop a submission in the regulated profile; in the standard one
    most are only reported here. The exit code is 1 if there are errors.
    """
    problems = library().check(number)
    answer(problems, folded(problem_lines(problems)), nothing="no problems found")
    if any(one.severity == "error" for one in problems):
        context.exit(FOUND)


@reading(
    epilog=examples(
        "docctl verify",
        "docctl verify --known COMMIT",
        "docctl -C clone verify --history-only",
        "docctl verify --json",
    )
)
@click.option("--known", metavar="COMMIT", help="The commit that an earlier verify has printed.")
@click.option(
    "--history-only", is_flag=True, help="Leave out what records say: a clone has no vault."
)
@click.pass_context
def verify(context: click.Context, *, known: str | None, history_only: bool) -> None:
    """Check the whole history: every signature, every rule, every stored byte.

    Nothing is trusted but the events and their signatures. Note the commit that is printed last:
    with --known, nobody can take back what stood there. The exit code is 1 if there are problems.
    """
    with progress("verifying") as report:
        found = library().verify(known=known, history_only=history_only, progress=report)
    answer(found, folded(verification_lines(found)))
    if any(one.severity == "error" for one in found.problems):
        context.exit(FOUND)
