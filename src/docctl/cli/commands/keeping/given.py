"""What a file says of a record: as JSON or YAML, or a form that was filled in."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from docctl.cli.options import day
from docctl.cli.printing import tell
from docctl.cli.values import read_values
from docctl.desk.recording.made import Circumstances
from docctl.errors import InputError, NotFoundError
from docctl.library import Library

#: When and for whom something is entered.
_CIRCUMSTANCES = (
    day("--on", about="The day on which it happened; today if left out."),
    click.option("--late-reason", default="", metavar="TEXT", help="Why it is entered late."),
    click.option("--for", "entered_for", metavar="PERSON", help="Whom you enter it for."),
    click.option(
        "--refers-to",
        "related",
        multiple=True,
        metavar="ID",
        type=str.upper,
        help="A record that a new one refers to.",
    ),
)


class Given(NamedTuple):
    """What a file says: fields, and what a form says of itself."""

    fields: dict[str, Any]
    on: date | None = None
    revision: str | None = None
    blank: str | None = None


def circumstances(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say when and for whom something is entered, as one parameter."""

    @wraps(command)
    def called(
        *arguments: Any,
        on: date | None,
        late_reason: str,
        entered_for: str | None,
        related: tuple[str, ...],
        **options: Any,
    ) -> None:
        given = Circumstances(
            on=on, late_reason=late_reason, entered_for=entered_for, related=related
        )
        command(*arguments, circumstances=given, **options)

    for option in reversed(_CIRCUMSTANCES):
        called = option(called)
    return called


def given(
    opened: Library, form: Callable[[], str], path: Path, *, step: str | None = None
) -> Given:
    """Return what a file says of a record on a form, or of one of its steps.

    *form* is asked only where it is needed. Parts of a filled form that are not asked for are named
    on stderr.

    Raises:
        UnreadableError: it cannot be read.
        InputError: it holds no fields, or is another form.
        NotFoundError: nothing was filled in for the step.
    """
    if path.suffix.lower() != ".docx":
        return Given(read_values(path, lambda: opened.record_definition(form())))
    read, meant = opened.record_filled(path), form()
    if read.form != meant:
        raise InputError(f"{path.name} is {read.form}, not {meant}", hint="look which form it is")
    if step is not None:
        if step not in read.steps:
            known = ", ".join(read.steps) or "none"
            raise NotFoundError(
                f"entry for the step {step} in {path.name}", hint=f"filled: {known}"
            )
        return Given(read.steps[step])
    for name in read.steps:
        tell(f"{name} is filled in too: docctl record add ID --step {name} --data {path.name}")
    return Given(read.fields, read.happened_on, read.revision, read.blank)


def files_of(paths: tuple[Path, ...]) -> dict[str, bytes | Path]:
    """Return files by their names.

    Raises:
        click.UsageError: two of them have the same name.
    """
    names = [path.name for path in paths]
    if twice := next((one for one in names if names.count(one) > 1), ""):
        raise click.UsageError(f"two files are called {twice!r}: give one of them another name")
    return {path.name: path for path in paths}
