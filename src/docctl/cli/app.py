"""The root of the command line: global options, the table of contents, the end of every error."""

import errno
import io
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click

from docctl.cli.contents import SECTIONS
from docctl.cli.interrupts import interrupts_first
from docctl.cli.options import FILE, Choices, examples
from docctl.cli.printing import tell
from docctl.errors import DocctlError

INTERRUPTED = 130
#: What a disk or a folder that does not let itself be read amounts to.
CANNOT_SERVE = 5


class Root(click.Group):
    """The group of all commands; each is imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, section by section."""
        del ctx
        return [name for commands in SECTIONS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now; nothing where there is none of this name."""
        del ctx
        for commands in SECTIONS.values():
            if cmd_name in commands:
                module = import_module(f"docctl.cli.commands.{commands[cmd_name][0]}")
                attribute = cmd_name.replace("-", "_")
                found = getattr(module, f"{attribute}_" if iskeyword(attribute) else attribute)
                return found if isinstance(found, click.Command) else None
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant; where there is none, say which it may have been."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            alike = get_close_matches(args[0], self.list_commands(ctx), n=2, cutoff=0.7)
            if not alike:
                raise
            meant = " or ".join(f"'{name}'" for name in alike)
            raise click.UsageError(
                f"No such command {args[0]!r}. Did you mean {meant}?", ctx
            ) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of contents, without importing any command."""
        del ctx
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, line) for name, (_, line) in commands.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command, print what went wrong, and exit with the code that says which kind."""
        del standalone_mode
        try:
            with interrupts_first():
                answer = super().main(
                    args, prog_name or "docctl", complete_var, standalone_mode=False, **extra
                )
        except DocctlError as error:
            tell(*_told(error))
            sys.exit(error.exit_code)
        except click.ClickException as error:
            tell(*_usage(error))
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            tell("docctl: interrupted")
            sys.exit(INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:
                sys.exit(0)
            tell(f"docctl: {error.strerror or error}: {error.filename or 'the disk'}")
            sys.exit(CANNOT_SERVE)
        sys.exit(answer if isinstance(answer, int) else 0)


def _usage(error: click.ClickException) -> list[str]:
    shown = io.StringIO()
    error.show(shown)
    return shown.getvalue().splitlines()


def _told(error: DocctlError) -> Iterator[str]:
    if len(error.faults) > 1:
        yield f"docctl: {error.lead}"
        yield from (f"  - {fault}" for fault in error.faults)
    else:
        yield f"docctl: {error}"
    if error.hint:
        yield f"  hint: {error.hint}"


@click.group(
    cls=Root,
    no_args_is_help=True,
    epilog=examples(
        "docctl demo tour         an example company to look around in",
        'docctl init acme --organization "Acme Ltd" --person qm --name "Quality Manager"',
        "docctl COMMAND --help    what a command does, with examples",
    ),
)
@click.version_option(package_name="docctl", message="docctl %(version)s")
@click.option(
    "-C",
    "folder",
    type=FILE,
    metavar="DIR",
    help="The library; without it, the one around the current folder.",
)
@click.option(
    "--key",
    type=FILE,
    metavar="FILE",
    help="The key to sign with: a private key, or a .pub file whose key ssh-agent holds.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.pass_context
def docctl(ctx: click.Context, folder: Path | None, key: Path | None, as_json: bool) -> None:
    """Control the documents of a management system.

    Every step is signed with your key and kept for ever. Nothing takes effect without the
    approvals that the control settings ask for, and anybody can check every signature.

    Exit codes: 0 done, 1 problems found, 2 not understood, 3 refused by a rule, 4 not found,
    5 the store cannot serve, 130 interrupted. What was refused has changed nothing.
    """
    ctx.obj = Choices(folder, key, as_json)
