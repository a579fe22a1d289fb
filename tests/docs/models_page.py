"""Makes `docs/reference/models.md` from the classes: fields, kinds, defaults and docstrings."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from inspect import cleandoc, getsource
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from docctl.model import access, assignment, base, control, document, event, numbering, problem
from docctl.model.answers import controlled, reading, register, status, verified
from docctl.model.events import AnyEvent

HEAD = """# Models

This page is made from the classes in `docctl.model`. They are frozen pydantic models (a few are
named tuples): fields that they do not know are refused, and `.but(field=value)` returns a changed
copy that is validated like the original. The same as JSON Schema is in [`schemas`](../../schemas),
and `docctl schema NAME` prints it.

A field without a default must be given. "list of …" is a tuple in Python and a list in JSON and in
front matter; dates are written `2026-01-31`.
"""

#: The page lists the events of people and documents; those below are of records.
_RECORDS = "docctl.model.records."

#: Where the little types stand that fields are made of.
_LITTLE = (base, numbering, document, control, event)

_ABOVE = re.compile(r"((?:^#: .*\n)+)^([A-Z][a-z]\w*) = ", re.MULTILINE)
_CHOICE = re.compile(
    r'^([A-Z][a-z]\w*) = Literal\[([^\]]+)\]\n(?:"""(.+?)""")?', re.MULTILINE | re.DOTALL
)

#: Heading, what stands below it, and the classes, in the order of the page.
SECTIONS: Mapping[str, tuple[str, tuple[type[Any], ...]]] = MappingProxyType(
    {
        "Documents": (
            "The front matter, approved with the text. Every type has the fields of Document.",
            (
                document.Document,
                document.Change,
                document.Policy,
                document.Procedure,
                document.Responsibility,
                document.RecordKept,
                document.WorkInstruction,
                document.Form,
                document.ExternalDocument,
                document.Manual,
                document.Exclusion,
                document.Process,
                document.Chapter,
            ),
        ),
        "Control settings": (
            "What `CONTROL` says. `docctl control show` prints it, `control change` takes it.",
            (
                control.ControlSettings,
                control.DocumentType,
                numbering.Numbering,
                control.Route,
                control.Step,
                control.Function,
                control.Limits,
            ),
        ),
        "Administrative facts": (
            "What changes without a new revision: `docctl assign`.",
            (assignment.Assignments, assignment.Owner),
        ),
        "Events": (
            "The signed statements in the store, each type with its data: `docctl schema event`.",
            (event.Event,),
        ),
        "Answers": (
            "What verbs and questions return, and commands print with `--json`.",
            (
                status.Status,
                status.OpenComment,
                register.RegisterEntry,
                reading.Card,
                reading.RevisionLine,
                controlled.ControlledCopy,
                controlled.Manifestation,
                controlled.HistoryLine,
                controlled.LastReview,
                register.HistoryEntry,
                register.ChangeEntry,
                register.DueEntry,
                register.SearchHit,
                register.Verification,
                problem.Problem,
                verified.VerifiedCopies,
                verified.VerifiedCopy,
                verified.Alteration,
                reading.Reference,
                reading.Difference,
                reading.ExceptionLine,
                reading.AuthorityMatrix,
                reading.PersonLine,
                access.Person,
                access.KeyHeld,
                access.FunctionHeld,
                reading.Handout,
                reading.Landed,
                reading.Founding,
            ),
        ),
    }
)


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for title, (below, classes) in SECTIONS.items():
        parts.append(f"## {title}\n\n{below}\n")
        parts += (_described(one) for one in classes)
        if title == "Events":
            parts += _events()
    little = [f"| `{name}` | {meaning} |" for name, meaning in _little()]
    parts.append(
        "\n".join(["## Little types\n", "| name | meaning |", "|---|---|", *little]) + "\n"
    )
    return "\n".join(parts)


def _described(kind: type[Any]) -> str:
    says = cleandoc(kind.__doc__ or "")
    lines = [f"### {kind.__name__}\n", f"{says}\n"]
    if rows := list(_rows(kind)):
        lines += ["| field | kind | default | meaning |", "|---|---|---|---|", *rows]
        return "\n".join(lines) + "\n"
    return "\n".join(lines)


def _rows(kind: type[Any]) -> Iterator[str]:
    for name, (annotation, meaning) in _fields(kind).items():
        if issubclass(kind, BaseModel):
            info = kind.model_fields[name]
            shown, default = info.alias or name, _default(info)
        else:
            shown, default = name, ""
        cells = (f"`{shown}`", _kind(annotation), default, " ".join(meaning.split()))
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |".replace(
            "  ", " "
        )


def _fields(kind: type[Any]) -> dict[str, tuple[str, str]]:
    """Return the fields that a class states itself, each with its annotation and docstring."""
    tree = _module(kind.__module__)
    body = next(
        node.body
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__
    )
    found: dict[str, tuple[str, str]] = {}
    for node, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = (ast.unparse(node.annotation), _says(after))
    return found


@cache
def _module(name: str) -> ast.Module:
    return ast.parse(getsource(sys.modules[name]))


def _says(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return cleandoc(str(node.value.value))
    return ""


def _kind(annotation: str) -> str:
    """Return an annotation in words: `tuple[Line, ...] | None` is `list of Line`."""
    text = annotation.removesuffix(" | None")
    if many := re.fullmatch(r"tuple\[(.+), \.\.\.\]", text):
        return f"list of {many[1]}"
    if choice := re.fullmatch(r"Literal\[(.+)\]", text):
        return ", ".join(f"`{one.strip(chr(39))}`" for one in choice[1].split(", "))
    return text


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return ""
    value = info.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "see there"
    return "–" if value in (None, "", (), {}) else f"`{_written(value)}`"


def _written(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _events() -> Iterator[str]:
    rows = [
        f"| `{one.model_fields['type'].default}` | {' '.join((one.__doc__ or '').split())} |"
        for one in _types_of_events()
    ]
    yield "\n".join(["| type | statement |", "|---|---|", *rows]) + "\n"


def _types_of_events() -> Iterator[type[event.Event]]:
    every, _ = get_args(AnyEvent)
    return (one for one in get_args(every) if not one.__module__.startswith(_RECORDS))


def _little() -> Iterator[tuple[str, str]]:
    """Yield the aliases that fields use, with what stands before or below them."""
    for module in _LITTLE:
        source = getsource(module)
        for said, name in _ABOVE.findall(source):
            yield name, " ".join(said.replace("#: ", "").split())
        for name, choices, said in _CHOICE.findall(source):
            yield name, " ".join((said or choices.replace('"', "`")).split())
