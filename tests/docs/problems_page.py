"""Makes `docs/reference/problems.md`: every code that a check can report, and every error."""

from collections.abc import Iterable, Iterator
from inspect import cleandoc

from docctl import errors
from docctl.content import faults
from docctl.desk.checks import doors
from docctl.errors import DocctlError
from docctl.verify import codes

HEAD = """# Problems and errors

This page is made from the tables and classes of docctl. A *problem* is a value: what a check
found, with a code, a place, a sentence and a hint. An *error* is raised when docctl cannot, or may
not, do what was asked; then nothing was changed. A code is never used for something else later.
"""

CHECK = """## What `check` reports

An `error` should be put right, `advice` should be looked at. Which errors stop a submission is a
matter of the settings: with `checks: refuse` (profile `regulated`) all of them do, and missing or
empty sections are errors too; with `checks: report` only those marked *stops*.
"""

VERIFY = """## What `verify` reports

The place is a path in the store, a commit, or the repository. `clock-went-back` is advice where it
is about a vote, which may be signed elsewhere and land late. All others are errors.
"""

ERRORS = """## Errors

The command line prints the message and the hint on stderr, and ends with the exit code. In Python
an error has `hint` and `exit_code`.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, CHECK, *_check(), VERIFY, *_verify(), ERRORS, *_errors()])


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(head)
    yield f"| {' | '.join(titles)} |"
    yield "|---" * len(titles) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _check() -> Iterator[str]:
    rows = []
    for code, meaning in {**faults.CODES, **doors.CODES}.items():
        severity = "advice" if code in faults.ADVICE | doors.ADVISED else "error"
        rows.append(
            (f"`{code}`", f"{severity}, *stops*" if code in doors.STOPPING else severity, meaning)
        )
    return _table(("code", "severity", "meaning"), rows)


def _verify() -> Iterator[str]:
    rows = ((f"`{code}`", meaning) for code, meaning in codes.CODES.items())
    return _table(("code", "meaning"), rows)


def _errors() -> Iterator[str]:
    rows = []
    for depth, kind in family(errors.DocctlError):
        name = f"{'&emsp;' * depth}`{kind.__name__}`"
        says = cleandoc(kind.__doc__ or "").split("\n\n", maxsplit=1)[0]
        rows.append((name, str(kind.exit_code), " ".join(says.split())))
    return _table(("error", "exit code", "meaning"), rows)


def family(kind: type[DocctlError], depth: int = 0) -> Iterator[tuple[int, type[DocctlError]]]:
    """Yield an error and those below it, each with its depth, as the classes stand."""
    yield depth, kind
    for child in kind.__subclasses__():
        if child.__module__.startswith("docctl."):  # a test may have one of its own
            yield from family(child, depth + 1)
