"""What a file says of a record: as JSON or YAML, or a form that was filled in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from docctl.cli.printing import tell
from docctl.cli.values import read_values
from docctl.errors import InputError, NotFoundError
from docctl.library import Library


class Given(NamedTuple):
    """What a file says: fields, and what a form says of itself."""

    fields: dict[str, Any]
    on: date | None = None
    revision: str | None = None


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
    return Given(read.fields, read.happened_on, read.revision)
