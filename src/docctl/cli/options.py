"""What all commands share: the choices before them, `--json`, `--prepare`, common parameters."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click


class FilePath(click.Path):
    """A path; an empty one, as of a variable that is not set, is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if not os.fspath(value):
            self.fail("a path cannot be empty", param, ctx)
        return super().convert(value, param, ctx)


class TargetPath(FilePath):
    """A path to write to; `-`, which elsewhere stands for the output, is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if os.fspath(value) == "-":
            self.fail("name a file; nothing of this is written to the output", param, ctx)
        return super().convert(value, param, ctx)


#: What a parameter that names a file or a folder is of.
FILE = FilePath(path_type=Path)

#: What a parameter that names a file or a folder to write to is of.
TARGET = TargetPath(path_type=Path)


@dataclass(frozen=True, slots=True)
class Choices:
    """What was said before and beside the command."""

    folder: Path | None = None
    key: Path | None = None
    as_json: bool = False
    prepare: Path | None = None
    with_personal_data: bool = False


def choices() -> Choices:
    """Return what was chosen for the command that is running."""
    return click.get_current_context().find_object(Choices) or Choices()


def _choose(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value:
        context.obj = replace(
            context.find_object(Choices) or Choices(), **{parameter.name or "": value}
        )


class Command(click.Command):
    """A command that takes `--json`, before or behind its name."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.params.append(
            click.Option(
                ["--json", "as_json"],
                is_flag=True,
                expose_value=False,
                callback=_choose,
                help="Print JSON, for other programs.",
            )
        )


class SigningCommand(Command):
    """A command that signs, and that can leave the signing to somebody elsewhere."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.params.append(
            click.Option(
                ["--prepare"],
                type=TARGET,
                metavar="FILE",
                expose_value=False,
                callback=_choose,
                help="Write the exact bytes to FILE instead of signing them; see docctl land.",
            )
        )
        self.params.append(
            click.Option(
                ["--with-personal-data"],
                is_flag=True,
                expose_value=False,
                callback=_choose,
                help="Sign although a reason, title or identifier looks like personal data.",
            )
        )


class Commands(click.Group):
    """Commands below one word: each is listed with the whole sentence that says what it does."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of the commands."""
        lines = [
            (name, self.commands[name].get_short_help_str(_SENTENCE))
            for name in self.list_commands(ctx)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(lines)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant; where there is none, say which there are."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            known = f"{error.format_message()} There are: {', '.join(self.list_commands(ctx))}."
            raise click.UsageError(known, ctx) from error


#: The longest sentence that says what a command does.
_SENTENCE = 400


def group(function: Callable[..., Any]) -> Commands:
    """Make a function the head of several commands."""
    return click.group(cls=Commands)(function)


#: Decorators that make a function a command.
reading = partial(click.command, cls=Command)
signing = partial(click.command, cls=SigningCommand)


def examples(*lines: str) -> str:
    r"""Return an epilog with examples, each on a line of its own."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def day_of(value: str) -> date:
    """Read a day, written `2026-01-31`."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise click.BadParameter(f"{value!r} is not a day, such as 2026-01-31")


def number_of(value: str) -> str:
    """Read a document's number, in capitals whatever was typed; or `CONTROL`, or `ACCESS`."""
    number = value.upper()
    if re.fullmatch(r"CONTROL|ACCESS|[A-Z][A-Z0-9]*(-[A-Z0-9]+)+", number, re.ASCII):
        return number
    raise click.BadParameter(f"{value!r} is not a document number, such as PRO-001")


number = click.argument("number", type=number_of)
numbers = click.argument("numbers", type=number_of, nargs=-1, required=True, metavar="NUMBER...")
reason = click.option("--reason", required=True, metavar="TEXT", help="Why; it is signed with it.")


def day(*names: str, about: str, required: bool = False) -> Callable[..., Any]:
    """Return an option that takes a day."""
    return click.option(*names, type=day_of, metavar="DAY", help=about, required=required)
