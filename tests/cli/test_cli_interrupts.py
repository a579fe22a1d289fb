"""Ctrl-C is told as what it is, even where it was swallowed and an error came of it."""

import signal
import subprocess
import sys
from contextlib import suppress
from textwrap import dedent

import click
import pytest
from click.testing import CliRunner
from company import Company

from docctl.cli.app import Root
from docctl.cli.interrupts import noting
from docctl.errors import InputError

FALSE_REFUSALS = (InputError("id is wrong"), click.UsageError("what?"), OSError(5, "x"), KeyError())


def command(error: Exception, *, pressed: bool) -> Root:
    """Return a command that swallows Ctrl-C, as a library of others can, and then fails."""
    root = Root(name="docctl")

    @root.command()
    def show() -> None:
        with suppress(KeyboardInterrupt):
            if pressed:
                signal.raise_signal(signal.SIGINT)
        raise error

    root.get_command = lambda _ctx, _name: show  # type: ignore[method-assign]
    return root


@pytest.mark.parametrize("error", FALSE_REFUSALS, ids=lambda one: type(one).__name__)
def test_an_error_that_came_of_an_interrupt_is_the_interrupt(error: Exception) -> None:
    with noting():
        told = CliRunner().invoke(command(error, pressed=True), ["show"])
    assert (told.exit_code, told.stderr) == (130, "docctl: interrupted\n")


@pytest.mark.parametrize("error", FALSE_REFUSALS[:3], ids=lambda one: type(one).__name__)
def test_any_other_error_is_told_as_ever(error: Exception) -> None:
    with noting():
        CliRunner().invoke(command(error, pressed=True), ["show"])
    with noting():
        told = CliRunner().invoke(command(error, pressed=False), ["show"])
    assert told.exit_code in {2, 5}


@pytest.mark.parametrize("ignored", [True, False], ids=str)
def test_a_process_in_the_background_goes_on(company: Company, *, ignored: bool) -> None:
    script = f"""
        import signal, sys
        if {ignored}:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        import click
        from docctl.cli import main
        from docctl.cli.app import Root
        found = Root.get_command
        Root.get_command = lambda *given: (signal.raise_signal(signal.SIGINT), found(*given))[1]
        sys.argv = ["docctl", "-C", {company.root!r}, "register"]
        main()
    """
    ran = subprocess.run([sys.executable, "-c", dedent(script)], check=False, capture_output=True)
    assert ran.returncode == (0 if ignored else 130)
