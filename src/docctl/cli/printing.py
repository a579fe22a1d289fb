"""What goes to a screen or into a pipe: cleaned, aligned, and calm when the pipe is closed."""

import io
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import click

from docctl.errors import StoreError

#: Categories of characters that a terminal could take for a command, or nobody sees.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
#: Joiners that letters and emoji of several scripts need.
_KEPT = frozenset("\n\t\u200c\u200d")
_ODD = re.compile(r"[^ -~]")

#: Columns whose texts may be wrapped on a terminal.
WRAPPED = frozenset(
    {"Title", "Name", "Functions", "Roles", "What", "Who", "Owner", "Reason", "About"}
)

#: The least width of a column that wraps, unless its texts are shorter.
_READABLE = 14

#: Longer lines to people are cut; they quote what somebody has given.
_LONGEST = 4000

_GAP = re.compile(r"  +(?=\S)")
_wrap = partial(textwrap.wrap, break_long_words=False, break_on_hyphens=False)

Progress = Callable[[int, int], None]


def clean(text: str) -> str:
    r"""Return text without what could steer a terminal: the escape character is shown as `\x1b`."""
    return text if text.isprintable() else _ODD.sub(_shown, text)


def path_line(path: Path | str) -> str:
    """Return a path as one line, whatever stands in it."""
    return clean(str(path)).replace("\n", "\\n")


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character in _KEPT or unicodedata.category(character) not in _UNSEEN:
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def say(*lines: str, **style: Any) -> None:
    """Print lines as data; *style* is that of `click.style` and shows on terminals only."""
    text = "\n".join(click.style(clean(line), **style) if style else clean(line) for line in lines)
    if not lines:
        return
    try:
        click.echo(text)
    except BrokenPipeError:  # the reader has seen enough; what we do goes on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise StoreError(
            f"the answer cannot be written: {error.strerror or error}",
            hint="what was asked for is done; look with: docctl show, or docctl history",
        ) from error


def tell(*lines: str) -> None:
    """Print lines to people: on stderr, or to nobody where that cannot be written."""
    with suppress(OSError):
        for line in lines:
            click.echo(clean(line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"), err=True)


def folded(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, on a terminal wrapped to its width under where their last column begins."""
    if not sys.stdout.isatty():
        yield from lines
        return
    width = shutil.get_terminal_size().columns
    for line in lines:
        columns = [match.end() for match in _GAP.finditer(line, 0, width // 2)]
        indent = " " * (columns[-1] if columns else 4)
        yield from _wrap(line, width, subsequent_indent=indent) or [""]


def lined(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; columns without any text are left out.

    On a terminal the table is fitted to its width, and long texts are wrapped; where it has no
    room for that every row stands in lines of its own. In a pipe columns are aligned by spaces,
    every row is one line, and nothing is cut.
    """
    cells = [[clean(cell).replace("\n", " ") for cell in row] for row in rows]
    used = [at for at, _ in enumerate(head) if any(row[at] for row in cells)]
    kept = [[row[at] for at in used] for row in (list(head), *cells)]
    if not cells:
        return iter(())
    if not sys.stdout.isatty():
        return _aligned(kept)
    width = shutil.get_terminal_size().columns
    return _fitted(kept, width) if _needed(kept) <= width else _stacked(kept, width)


def _needed(rows: Sequence[Sequence[str]]) -> int:
    """Return the width below which a table would cut words."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    fitted = [
        min(one, _READABLE) if name in WRAPPED else one
        for name, one in zip(rows[0], longest, strict=True)
    ]
    return sum(fitted) + 2 * len(fitted)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _stacked(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Yield each row by itself: its first two cells, and below them the others with their heads."""
    for row in rows[1:]:
        yield from _wrap("  ".join(filter(None, row[:2])), width, subsequent_indent="    ")
        named = zip(rows[0][2:], row[2:], strict=True)
        said = "; ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)
        yield from _wrap(said, width, initial_indent="  ", subsequent_indent="  ")


def _fitted(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    from rich import box, console, table  # noqa: PLC0415

    made = table.Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name in rows[0]:
        made.add_column(name, overflow="fold", no_wrap=name not in WRAPPED)
    for row in rows[1:]:
        made.add_row(*row)
    paper = io.StringIO()
    console.Console(file=paper, width=width, markup=False, emoji=False).print(made)
    return (line.rstrip() for line in paper.getvalue().splitlines())


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Yield a function that shows how far work has come: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def report(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield report
