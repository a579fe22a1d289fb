"""`person …` and `authority`: who there is, with which keys, roles and functions."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from docctl.cli.cards import person_lines
from docctl.cli.door import answer, library
from docctl.cli.keys import public_key
from docctl.cli.options import (
    FILE,
    Command,
    SigningCommand,
    day,
    day_of,
    examples,
    group,
    reading,
    reason,
)
from docctl.cli.printing import lined
from docctl.model.access import Person
from docctl.model.answers.person import PersonErasure
from docctl.model.answers.reading import AuthorityMatrix


@group
def person() -> None:
    """Take people up, with their keys, roles and functions.

    A role is a permission (author, reviewer, approver, management, document_controller, …); a
    function is a job title. A key counts once its holder has accepted it.
    """


_id = click.argument("person_id", metavar="PERSON")
_end = click.option("--end", is_flag=True, help="Let it end instead.")


def _told(one: Person) -> None:
    answer(one, person_lines(one))


@person.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl person add ws --name "Workshop Manager" --role approver --key keys/ws.pub'
    ),
)
@click.argument("person_id", metavar="[ID]", required=False)
@click.option("--name", required=True, help="The name that approval blocks print.")
@click.option(
    "--key",
    "key_file",
    type=FILE,
    metavar="FILE.pub",
    help="The person's public key.",
)
@click.option("--role", "roles", multiple=True, help="A role; may be given several times.")
@click.option("--function", "functions", multiple=True, metavar="TITLE", help="A job title.")
@click.option("--service", is_flag=True, help="A program: it drafts and checks, never approves.")
def add(
    person_id: str | None,
    name: str,
    key_file: Path | None,
    roles: tuple[str, ...],
    functions: tuple[str, ...],
    service: bool,
) -> None:
    """Take a person up under an ID that is theirs for ever.

    Where names are kept in the vault, ID is left out: one that tells nothing is made. The key
    counts once its holder has run 'docctl --key FILE person accept'.
    """
    made = library().person_add(
        person_id,
        name,
        key=public_key(key_file) if key_file else None,
        roles=roles,
        functions=functions,
        kind="service" if service else "person",
    )
    _told(made)


@person.command(cls=SigningCommand, epilog=examples("docctl --key keys/ws person accept"))
def accept() -> None:
    """Accept the key that --key names: its signatures then bind you like your own hand."""
    _told(library().person_accept())


@person.command("list", cls=Command, epilog=examples("docctl person list"))
def list_() -> None:
    """List everybody, those who left included."""
    people = library().people()
    answer(people, (line for one in people for line in person_lines(one)))


@person.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl person function ws "Workshop Manager" --on 2026-02-01',
        'docctl person function ws "Fitter" --end',
    ),
)
@_id
@click.argument("title")
@day("--on", about="The first day with the function, or without it; today if left out.")
@_end
def function(person_id: str, title: str, on: date | None, end: bool) -> None:
    """Let a person hold the function TITLE (a job title) from a day on."""
    opened = library()
    verb = opened.person_function_end if end else opened.person_function
    _told(verb(opened.person_found(person_id), title, on=on))


@person.command(
    cls=SigningCommand,
    epilog=examples("docctl person role ws approver", "docctl person role ws approver --end"),
)
@_id
@click.argument("role_name", metavar="ROLE")
@_end
def role(person_id: str, role_name: str, end: bool) -> None:
    """Let a person act in a role."""
    opened = library()
    verb = opened.person_role_end if end else opened.person_role
    _told(verb(opened.person_found(person_id), role_name))


@person.command(cls=SigningCommand, epilog=examples("docctl person key ws keys/ws-new.pub"))
@_id
@click.argument("file", type=FILE, metavar="FILE.pub")
def key(person_id: str, file: Path) -> None:
    """Give a person a further key; its holder then accepts it."""
    opened = library()
    _told(opened.person_key(opened.person_found(person_id), public_key(file)))


def _change_or_day(value: str) -> int | date:
    return int(value) if re.fullmatch(r"[1-9]\d{0,8}", value, re.ASCII) else day_of(value)


@person.command(
    cls=SigningCommand,
    epilog=examples(
        'docctl person revoke ws keys/ws.pub --reason "A new computer"',
        'docctl person revoke ws SHA256:… --reason "Stolen" --suspect-from 2026-11-20',
    ),
)
@_id
@click.argument("key_name", metavar="FILE.pub|FINGERPRINT")
@reason
@click.option(
    "--suspect-from",
    type=_change_or_day,
    metavar="DAY|CHANGE",
    help="From when on its signatures are in doubt: a day, or the number of a change.",
)
def revoke(person_id: str, key_name: str, reason: str, suspect_from: int | date | None) -> None:
    """End a key. What it signed before stays valid.

    Its holder may do this, and any one administrator. With --suspect-from 'docctl due' and
    'docctl exceptions' list what must be signed again.
    """
    named = key_name.startswith("SHA256:")
    fingerprint = key_name if named else public_key(Path(key_name)).fingerprint
    opened = library()
    meant = opened.person_found(person_id)
    _told(opened.person_revoke(meant, fingerprint, reason=reason, suspect_from=suspect_from))


@person.command(
    cls=SigningCommand, epilog=examples('docctl person leave ws --on 2026-06-30 --reason "Retired"')
)
@_id
@day("--on", about="The first day without the person; today if left out.")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def leave(person_id: str, on: date | None, reason: str) -> None:
    """State that a person left: roles, functions and keys end, signatures stay valid.

    The day is today or lies in the past. Roles and keys end now, whichever day it is.
    """
    opened = library()
    _told(opened.person_leave(opened.person_found(person_id), on=on, reason=reason))


@person.command(
    cls=SigningCommand,
    epilog=examples('docctl person rename ws "Kari Olsen" --reason "Married"'),
)
@_id
@click.argument("name")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def rename(person_id: str, name: str, reason: str) -> None:
    """State what a person is called from now on.

    Where the vault keeps names, the one that was is destroyed.
    """
    opened = library()
    _told(opened.person_rename(opened.person_found(person_id), name, reason=reason))


@person.command(
    cls=SigningCommand,
    epilog=examples('docctl person erase "Kari Berg" --reason "Asked for, and no duty to keep it"'),
)
@_id
@reason
def erase(person_id: str, reason: str) -> None:
    """Let the name of somebody who left go, for good. What was signed stays verifiable.

    Only where names are kept in the vault ('docctl init --names vault'). Copies made from now on
    print a neutral mark instead; copies handed out before are not reached. A copy of the vault that
    is away is named: repeat the command once it is back.
    """
    opened = library()
    made = opened.person_erase(opened.person_found(person_id), reason=reason)
    answer(made, (*person_lines(made.person), *_not_reached(made)))


def _not_reached(made: PersonErasure) -> Iterator[str]:
    if made.not_reached:
        yield f"  not reached: {', '.join(made.not_reached)}; the key to the name is destroyed"
        yield f"  once it is back, repeat: docctl person erase {made.person.id} --reason R"


@person.command(
    cls=SigningCommand,
    epilog=examples('docctl person exception qm --until 2026-12-31 --reason "One-person company"'),
)
@_id
@reason
@day("--until", required=True, about="The last day of the exception.")
@_end
def exception(person_id: str, reason: str, until: date, end: bool) -> None:
    """Let a person approve what he or she wrote, until a day. Every report shows it.

    With --end the exception ends early, --until being its last day.
    """
    opened = library()
    verb = opened.person_exception_end if end else opened.person_exception
    _told(verb(opened.person_found(person_id), reason=reason, until=until))


@person.command(cls=SigningCommand, epilog=examples("docctl person threshold 2"))
@click.argument("administrators", type=click.IntRange(min=1, max=20))
def threshold(administrators: int) -> None:
    """Set how many administrators must sign changes of people, keys and roles."""
    opened = library()
    opened.threshold(administrators)
    matrix = opened.authority()
    answer(matrix, _matrix_lines(matrix))


@reading(epilog=examples("docctl authority", "docctl authority --on 2026-03-01"))
@day("--on", about="The day; today if left out.")
def authority(on: date | None) -> None:
    """Show the authority matrix of a day: who held which function and might do what."""
    matrix = library().authority(on=on)
    answer(matrix, _matrix_lines(matrix))


def _matrix_lines(matrix: AuthorityMatrix) -> Iterator[str]:
    needed = matrix.administrators_needed
    yield f"Authority on {matrix.on}; administrators who must sign a change of it: {needed}"
    yield ""
    rows = (
        (
            one.id,
            one.name,
            ", ".join(one.functions),
            ", ".join(one.roles),
            f"left on {one.left_on}" if one.left_on else "yes" if one.can_sign else "no key",
        )
        for one in matrix.people
    )
    yield from lined(("Id", "Name", "Functions", "Roles", "Can sign"), rows)
    yield ""
    yield from lined(("Role", "What it permits"), matrix.roles.items())
