"""A reader who does what a page says, block by block, in a folder of their own."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Any

import pytest
from click.testing import CliRunner
from pages import Block, blocks

from docctl.cli.app import docctl
from docctl.library import handle

#: What only a shell understands, and what it leaves alone.
_SHELL = re.compile(r"[|<>;&$`*~\n]")
_QUOTED = re.compile(r'"[^"$`]*"')

#: What a page shows where a command fails.
_FAILS = re.compile(r"^(docctl:|  error:)", re.MULTILINE)


def read(page: Path, folder: Path, *, begun: int = 0) -> int:
    """Carry out a page in a folder; what it promises and does not keep is an AssertionError.

    It begins so many days from now, and returns after how many it ends.
    """
    reader, days = Reader(), begun
    with chdir(folder):
        for block in blocks(page):
            days = begun + block.days
            with at_work(Path.cwd(), days, home=folder):
                reader.take(block)
                left = Path.cwd()
            os.chdir(left)
    return days


@contextmanager
def at_work(folder: Path, days: int, *, home: Path | None = None) -> Iterator[None]:
    """Sit in a folder, at a computer whose clock is so many days ahead."""
    with chdir(folder), pytest.MonkeyPatch.context() as patched:
        patched.setenv("HOME", str(home or folder))
        patched.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        patched.delenv("SSH_AUTH_SOCK", raising=False)
        patched.setattr(handle, "datetime", _ahead(days))
        yield


def _ahead(days: int) -> type[datetime]:
    """Return the clock of a computer that is so many days ahead of this one."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(days=days)

    return Ahead


@dataclass
class Reader:
    """Somebody at a terminal. The Python blocks of a page know the names of those before."""

    names: dict[str, Any] = field(default_factory=dict)

    def take(self, block: Block) -> None:
        """Save a block that names a file, carry out one that can be, pass over any other."""
        if block.name:
            path = Path(block.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.language in _DOES:
            _DOES[block.language](self, block)

    def console(self, block: Block) -> None:
        """Type each command; it must print what the page shows, and fail only where it says so.

        A page that shows nothing promises that nothing is printed.
        """
        for command, shown in typed(block.text):
            code, output = run(command)
            said = f"{block.place}\n$ {command}\n{output}"
            assert bool(code) == bool(_FAILS.search(shown)), said
            assert expected(shown).fullmatch(f"{output}\n"), said

    def shell(self, block: Block) -> None:
        """Run a script; every command of it must succeed."""
        code, output = in_shell(f"set -euo pipefail\n{block.text}")
        assert code == 0, f"{block.place}\n{output}"

    def python(self, block: Block) -> None:
        """Run Python."""
        exec(compile(block.text, block.place, "exec"), self.names)  # noqa: S102


_DOES: Mapping[str, Callable[[Reader, Block], None]] = MappingProxyType(
    {"console": Reader.console, "sh": Reader.shell, "python": Reader.python}
)


def typed(text: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a console block, each with what stands below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        more = next((at for at, line in enumerate(lines[1:], 1) if line[:2] != "> "), len(lines))
        command = "\n".join([lines[0], *(line[2:] for line in lines[1:more])])
        yield command, "".join(f"{line}\n" for line in lines[more:] if line)


def expected(shown: str) -> re.Pattern[str]:
    """Return a pattern of what a page shows: `…` stands for anything, alone also for lines.

    Empty lines and spaces at the end of a line do not matter.
    """
    parts = []
    for line in shown.splitlines():
        if line == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(rf"\n*{re.escape(line).replace('…', '.*?')} *\n")
    return re.compile("".join([*parts, r"\n*"]))


def run(command: str) -> tuple[int, str]:
    """Run one command; return its exit code and all that it printed."""
    plain, _, target = command.partition(" > ")
    if not plain.startswith("docctl ") or _SHELL.search(_QUOTED.sub("", plain) + target):
        return in_shell(command)
    result = CliRunner().invoke(docctl, shlex.split(plain)[1:])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    if target:
        Path(target).write_text(result.stdout, encoding="utf-8")
    return result.exit_code, result.stderr if target else result.output


def in_shell(script: str) -> tuple[int, str]:
    """Run a script where the last one has left us, and stay where it leads."""
    with TemporaryFile("w+") as place:
        leave = f"trap 'pwd >&{place.fileno()}' EXIT"
        done = subprocess.run(
            ["bash", "-c", f"{leave}\nexec 2>&1\n{script}"],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            pass_fds=[place.fileno()],
            check=False,
            text=True,
        )
        place.seek(0)
        os.chdir(place.read().strip())
    return done.returncode, done.stdout
