"""What was found in a text, with all that lint asked about the library: whether it still holds.

Parsing a text and going through it costs; asking the same questions again costs nearly nothing. A
report of the same text holds as long as each question has the answer that it had.
"""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from docctl.content.faults import CODES, Fault
from docctl.content.lint import check
from docctl.content.lint.context import LintContext, ReferenceStanding

#: Raised whenever parsing or lint say something else about a text than before: reports that were
#: kept are not found any more, and every text is read again.
EDITION = 2


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a text, and each question that was asked about the library around it."""

    faults: tuple[Fault, ...]
    references: dict[str, ReferenceStanding]
    functions: dict[str, bool]
    roles: dict[str, bool]

    def holds(self, context: LintContext) -> bool:
        """Tell whether every question would be answered as it was."""
        return (
            all(one == _standing(context, number) for number, one in self.references.items())
            and all(one == (name in context.functions) for name, one in self.functions.items())
            and all(one == (name in context.roles) for name, one in self.roles.items())
        )

    def written(self) -> str:
        """Return it as a text that `read` reads."""
        return _REPORT.dump_json(self).decode()


_REPORT = TypeAdapter(Report)


def read(text: str) -> Report | None:
    """Return the report that was written so, or nothing where it is none."""
    try:
        report = _REPORT.validate_json(text)
    except ValidationError:
        return None
    return report if all(fault.code in CODES for fault in report.faults) else None


def key(text: str, context: LintContext, *, first_line: int = 1, program: str = "") -> str:
    """Return what a report of a text is found by: a digest of it, and of what lint goes by.

    Left out is what lint asks one by one: references, functions and roles. *program* names what
    reads the texts: each version of it may do so in a way of its own.
    """
    rules = [(one.phrase, one.sentence, one.hint) for one in context.text_rules]
    sections = {number: sorted(names) for number, names in sorted(context.sections.items())}
    given = (
        *(EDITION, program, first_line, context.number),
        *(context.recommended, sorted(context.attachments), sorted(context.unshown)),
        *(rules, sections),
    )
    return sha256(f"{json.dumps(given)}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def report(text: str, context: LintContext, *, first_line: int = 1) -> Report:
    """Parse *text* and lint it as `check` does; return what was found, and what was asked."""
    references, functions, roles = (
        _Standings(context),
        _Names(context.functions),
        _Names(context.roles),
    )
    noting = replace(context, references=references, functions=functions, roles=roles)
    _, faults = check(text, noting, first_line=first_line)
    return Report(faults, references.told, functions.told, roles.told)


def _standing(context: LintContext, number: str) -> ReferenceStanding:
    return context.references.get(number, "missing")


class _Standings(Mapping[str, ReferenceStanding]):
    """Tells how references stand, and notes what it has told."""

    def __init__(self, context: LintContext) -> None:
        self._context = context
        self.told: dict[str, ReferenceStanding] = {}

    def __getitem__(self, number: str) -> ReferenceStanding:
        self.told[number] = told = _standing(self._context, number)
        return told

    def __iter__(self) -> Iterator[str]:
        return iter(self.told)

    def __len__(self) -> int:
        return len(self.told)


class _Names(Container[str]):
    """Tells whether a name is known, and notes what it has told."""

    def __init__(self, known: Container[str]) -> None:
        self._known = known
        self.told: dict[str, bool] = {}

    def __contains__(self, name: object) -> bool:
        told = name in self._known
        self.told[str(name)] = told
        return told
