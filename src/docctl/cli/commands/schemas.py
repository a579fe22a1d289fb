"""`schema`: JSON Schemas of everything that docctl reads and prints."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

import click
from pydantic import BaseModel, TypeAdapter, create_model

from docctl.cli.docstrings import Schema, explained
from docctl.cli.door import answer, library
from docctl.cli.options import TARGET, examples, reading
from docctl.cli.printing import path_line
from docctl.errors import NotFoundError
from docctl.errors.meant import did_you_mean
from docctl.library.outward import write_out
from docctl.model.access import Person
from docctl.model.answers import reading as read
from docctl.model.answers import record as kept
from docctl.model.answers import register as listed
from docctl.model.answers import request
from docctl.model.answers.person import PersonErasure
from docctl.model.answers.published import Published
from docctl.model.answers.retention import Due, PackageMade
from docctl.model.answers.status import Status
from docctl.model.answers.vault import VaultCopied, VaultReport
from docctl.model.answers.verified import VerifiedCopies
from docctl.model.builtin import DOCUMENT_CLASSES
from docctl.model.control import ControlSettings, DocumentType
from docctl.model.document import Document, OtherDocument
from docctl.model.events import EVENT
from docctl.model.problem import Problem
from docctl.model.records.kinds.kind import RecordKind
from docctl.model.records.kinds.table import RECORD_KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: What the schema of a type's front matter is called, before the name of the type.
_FRONT = "front-matter."

#: What the schema of a ready model of records is called, before its name.
_RECORD = "record."

#: What the command line prints, by the name of its schema.
_ANSWERS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "authority": read.AuthorityMatrix,
        "card": read.Card,
        "change": listed.ChangeEntry,
        "copies": VerifiedCopies,
        "difference": read.Difference,
        "disposal": kept.DisposalShown,
        "due": listed.DueEntry,
        "exception": read.ExceptionLine,
        "founding": read.Founding,
        "handout": read.Handout,
        "history": listed.HistoryEntry,
        "hold": kept.HoldShown,
        "subject_request": request.RequestShown,
        "subject_found": request.SubjectFound,
        "landed": read.Landed,
        "package": PackageMade,
        "person": Person,
        "person_erasure": PersonErasure,
        "problem": Problem,
        "record": kept.RecordShown,
        "record-entry": kept.RecordEntry,
        "published": Published,
        "reference": read.Reference,
        "register": listed.RegisterEntry,
        "retention": Due,
        "search": listed.SearchHit,
        "status": Status,
        "trace": kept.Trace,
        "vault": VaultReport,
        "vault_copy": VaultCopied,
        "verification": listed.Verification,
    }
)


def _model(kind: type[Any], mode: Any) -> Schema:
    """Return the schema of a model, or of a named tuple as the object it is printed as."""
    shown = kind
    if not issubclass(kind, BaseModel):
        fields: Any = {name: (hint, ...) for name, hint in get_type_hints(kind).items()}
        shown = create_model(kind.__name__, __doc__=kind.__doc__, **fields)
    made = TypeAdapter(shown).json_schema(mode=mode)
    return {"$schema": DIALECT, **explained(made, kind)}


def front_matter(kind: type[Document]) -> Schema:
    """Return the schema of the block at the top of a document: nothing in it is required.

    Type and number follow from the command, and the title may be given there.
    """
    return _at_the_top(_model(kind, "validation"), kind.__name__)


def _at_the_top(schema: Schema, name: str) -> Schema:
    optional = {key: value for key, value in schema.items() if key != "required"}
    return {**optional, "title": f"Front matter of a {name}", "additionalProperties": False}


def _record(kind: RecordKind) -> Schema:
    """Return the schema of a record, as a form has it: its later steps are in it."""
    fields = kind.definition(retention="any").fields
    return {"$schema": DIALECT, **fields, "title": kind.title}


def _event() -> Schema:
    made = explained(EVENT.json_schema(mode="validation"), object)
    return {"$schema": DIALECT, "title": "Event", **made}


def _schemas() -> Mapping[str, Callable[[], Schema]]:
    made: dict[str, Callable[[], Schema]] = {
        "control": partial(_model, ControlSettings, "validation"),
        "event": _event,
    }
    for name, kind in DOCUMENT_CLASSES.items():
        made[name] = partial(_model, kind, "validation")
        made[f"{_FRONT}{name}"] = partial(front_matter, kind)
    for name, ready in RECORD_KINDS.items():
        made[f"{_RECORD}{name}"] = partial(_record, ready)
    for name, answered in _ANSWERS.items():
        made[f"answer.{name}"] = partial(_model, answered, "serialization")
    return MappingProxyType(dict(sorted(made.items())))


#: Every schema by its name; made when it is asked for.
SCHEMAS = _schemas()


def own_type(kind: DocumentType) -> Schema:
    """Return the schema of a document type that only CONTROL defines."""
    common = _model(OtherDocument, "validation")
    merged = {name: {**common.get(name, {}), **kind.fields.get(name, {})} for name in _MERGED}
    required = [*common["required"], *kind.fields.get("required", ())]
    others = {"additionalProperties": False, **kind.fields}
    return {**common, **others, **merged, "title": kind.title, "required": required}


#: Parts of a schema to which a type adds its own.
_MERGED = ("properties", "$defs")


def text_of(name: str) -> str:
    """Return a schema as the text of its file: indented, the same every time.

    Names are sorted, but for records: there they stand in the order in which people are asked.
    """
    made = SCHEMAS[name]()
    return _in_order(made) if name.startswith(_RECORD) else _text(made)


def _text(schema: Schema) -> str:
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _in_order(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _named(name: str) -> str:
    if name in SCHEMAS:
        return text_of(name)
    with suppress(NotFoundError):  # without a library there are only the built-in types
        if kind := library().control().type_of(name.removeprefix(_FRONT)):
            whole = own_type(kind)
            return _text(_at_the_top(whole, kind.title) if name.startswith(_FRONT) else whole)
    hint = f"{did_you_mean(name, SCHEMAS)}see their names: docctl schema"
    raise NotFoundError(f"schema {name!r}", hint=hint)


@reading(epilog=examples("docctl schema", "docctl schema procedure", "docctl schema --to schemas"))
@click.argument("name", required=False)
@click.option(
    "--to",
    type=TARGET,
    metavar="DIR",
    help="Write it there as a file; without NAME all of them.",
)
def schema(name: str | None, to: Path | None) -> None:
    """Print the JSON Schema NAME, or the names of all.

    There are schemas of the document types, of their front matter, of events, of the control
    settings, of the ready models of records (record.…, for 'docctl new form --record'), and of
    what every command prints with --json (answer.…). NAME may also be a type
    that only the control settings of your library define: risk_assessment, or
    front-matter.risk_assessment.
    """
    if to:
        names = [name] if name else list(SCHEMAS)
        files = [str(write_out(to / f"{one}.json", _named(one).encode())) for one in names]
        answer({"files": files}, map(path_line, files))
    elif name:
        answer(json.loads(_named(name)), _named(name).splitlines())
    else:
        answer(list(SCHEMAS), SCHEMAS)
