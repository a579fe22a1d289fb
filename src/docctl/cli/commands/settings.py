"""`control …`: the settings of a library, themselves a controlled document."""

from collections.abc import Iterator
from pathlib import Path

import click

from docctl.cli.door import answer, library, told
from docctl.cli.options import FILE, Command, SigningCommand, examples, group, reason
from docctl.cli.printing import lined, tell
from docctl.desk.copies.plainwords import period_text, route_text
from docctl.library.drafting import read_settings
from docctl.model.control import ControlSettings, scheduling


@group
def control() -> None:
    """Show or change the control settings: types, routes, numbering, limits, time zone.

    They are a controlled document: a change is drafted, approved and released like any other,
    under the number CONTROL.
    """


@control.command(
    cls=Command,
    epilog=examples("docctl control show", "docctl control show --json > settings.json"),
)
def show() -> None:
    """Show the settings in force; with --json as the file that 'control change' takes."""
    settings = library().control()
    answer(settings, _settings_lines(settings))


@control.command(
    cls=SigningCommand,
    epilog=examples(
        "docctl control show --json > settings.json",
        'docctl control change settings.json --reason "A type for risk assessments"',
        "docctl submit CONTROL",
    ),
)
@click.argument("file", type=FILE)
@reason
def change(file: Path, reason: str) -> None:
    """Draft the next revision of CONTROL with the settings in FILE (JSON).

    A retention class that waits for a fact written almost like a known trigger is named on stderr.
    """
    settings = read_settings(file)
    status = library().control_change(settings, reason=reason)
    for doubt in (one for kind in settings.retention for one in kind.doubts):
        tell(doubt)
    told(status)


def _settings_lines(settings: ControlSettings) -> Iterator[str]:
    yield f"Organization   {settings.organization}"
    yield f"Profile        {settings.profile}"
    yield f"Time zone      {settings.time_zone}"
    yield f"Release by     {', '.join(settings.release_roles)}"
    yield f"Checks         {settings.checks}"
    yield f"References     {settings.references}"
    yield f"Paper          {settings.paper}"
    if settings.template:
        yield f"Word copies    as the .docx attached to {settings.template}"
    if settings.notice:
        yield f"Notice         {settings.notice}"
    yield f"Largest file   {settings.limits.file_bytes:,} bytes"
    yield f"Revision       {settings.limits.revision_bytes:,} bytes at most"
    yield ""
    kinds = (
        (
            kind.name,
            kind.numbering.number(1),
            kind.labels.replace("_", "."),
            f"{kind.review_months} months",
            route_text(kind.route),
        )
        for kind in settings.types
    )
    yield from lined(("Type", "Numbers", "Revisions", "Review", "Signatures"), kinds)
    yield ""
    yield f"CONTROL itself: {route_text(settings.control_route)}"
    if settings.retention:
        changed = route_text(scheduling(settings.control_route))
        yield f"  where it changes the retention schedule: {changed}"
        yield ""
        classes = ((one.name, one.title, period_text(one)) for one in settings.retention)
        yield from lined(("Retention class", "Title", "Kept"), classes)
    if settings.roles:
        yield ""
        yield from lined(("Role of its own", "What it permits"), settings.roles.items())
    if settings.functions:
        yield ""
        titles = ("Function", "Answers for", "May decide")
        rows = ((one.title, one.responsibility, one.authority) for one in settings.functions)
        yield from lined(titles, rows)
