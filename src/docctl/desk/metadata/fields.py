"""Fields of a document type that only CONTROL describes, by a JSON Schema (draft 2020-12).

The fields that every document has need no mention in it. Others that it does not name are
refused, unless it says `additionalProperties` or `patternProperties` itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, UnknownType, ValidationError
from referencing.exceptions import Unresolvable

from docctl.desk.metadata.bounded import STEPS_ALONE, UnboundedError, errors, matches
from docctl.desk.metadata.fractions import HINT, fractional
from docctl.errors import InputError
from docctl.model.base import NUMBER, Word
from docctl.model.builtin import DOCUMENT_CLASSES
from docctl.model.control import DocumentType
from docctl.model.document import Document, OtherDocument
from docctl.model.naming import NUMBER_FORMAT
from docctl.model.records.definition import RecordDefinition
from docctl.model.wellformed import placed

#: What a schema may stumble over that is none, or refers to itself without end or to nothing.
_UNUSABLE = (
    AttributeError,
    RecursionError,
    TypeError,
    UnboundedError,
    UnknownType,
    Unresolvable,
    re.error,
)

#: Knows the one format of docctl's own; others are left to those who read the schema.
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks(NUMBER_FORMAT)
def _is_number(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(NUMBER, value))


#: Knows days and times too, for what records say.
MOMENTS = FormatChecker(formats=())
MOMENTS.checkers = {**_FORMATS.checkers}

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@MOMENTS.checks("date", raises=ValueError)
def _is_day(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return bool(_DAY.fullmatch(value) and date.fromisoformat(value))


@MOMENTS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return bool(_DAY.match(value) and "T" in value.upper() and datetime.fromisoformat(value))


@MOMENTS.checks("time", raises=ValueError)
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or (":" in value and time.fromisoformat(value) is not None)


class Wrong(NamedTuple):
    """What is wrong with metadata: where, and as a sentence."""

    path: tuple[str | int, ...]
    sentence: str


def wrong(
    kind: DocumentType, viewed: type[Document], fields: Mapping[str, Any]
) -> tuple[Wrong, ...]:
    """Return what a type's schema finds wrong with metadata; *viewed* is the class of the type.

    Raises:
        InputError: the schema cannot be used.
    """
    closed = viewed is OtherDocument
    if not (kind.fields or closed):
        return ()
    schema = _schema(kind, viewed, closed=closed)
    try:
        return tuple(
            one for error in errors(schema, fields, _FORMATS) for one in _said(error, schema)
        )
    except _UNUSABLE as error:
        raise InputError(
            f"the schema of the document type {kind.name!r} cannot be used: {_why(error)}",
            hint="mend it: docctl control change FILE --reason R",
        ) from error


def faults(schema: Mapping[str, Any], values: Mapping[str, Any], source: str) -> tuple[str, ...]:
    """Return what a JSON Schema of its own finds wrong with values, one sentence each.

    Days and times must be such; other formats are left to those who read the schema.

    Raises:
        InputError: the schema cannot be used; *source* says whose it is.
    """
    try:
        found = errors(schema, values, MOMENTS)
        said = (one for error in found for one in _said(error, schema))
        return tuple(dict.fromkeys(one.sentence for one in said))
    except _UNUSABLE as error:
        raise InputError(
            f"the schema of {source} cannot be used: {_why(error)}", hint="mend it, and save again"
        ) from error


def known(kind: DocumentType, viewed: type[Document], name: str) -> bool:
    """Tell whether metadata of a type may have a field; *viewed* is the class of the type."""
    if name in viewed.model_fields:
        return True
    if viewed.model_config.get("extra") != "allow":
        return False
    described = name in kind.fields.get("properties", {}) or _matches(kind.fields, name)
    return described or kind.fields.get("additionalProperties", False) is not False


def check(kind: DocumentType, classes: Mapping[str, type[Document]] = DOCUMENT_CLASSES) -> None:
    """Refuse a type whose schema is none, requires a field that is not there, or wants fractions.

    A schema cannot add a field to a type whose class has none but its own.

    Raises:
        InputError: it says what is wrong.
    """
    viewed = classes.get(kind.name, OtherDocument)
    schema = _schema(kind, viewed, closed=True)
    try:
        checker = Draft202012Validator.FORMAT_CHECKER
        Draft202012Validator.check_schema(schema, format_checker=checker)
        errors(schema, dict.fromkeys(schema["properties"]), _FORMATS)
    except SchemaError as error:
        where = ".".join(str(part) for part in error.absolute_path)
        raise _no_schema(kind, f"{where}: {error.message}" if where else error.message) from error
    except _UNUSABLE as error:
        raise _no_schema(kind, _why(error)) from error
    for name in kind.fields.get("properties", {}):
        if not known(kind, viewed, name):
            raise InputError(
                f"the document type {kind.name!r} is built in and can have no field {name!r}",
                hint="take it out of 'fields', or define a type of your own that has it",
            )
    for name in fractional(kind.fields):
        raise InputError(
            f"the field {name!r} of the document type {kind.name!r} is a 'number', "
            "and a fraction cannot be signed",
            hint=HINT,
        )
    if viewed is OtherDocument:
        _check_required(kind.name, kind.required, schema["properties"])


def check_records(definition: RecordDefinition) -> None:
    """Refuse what a form says of its records if it is no JSON Schema.

    Raises:
        InputError: it says what is wrong.
    """
    schema = {"type": "object", **definition.fields}
    try:
        checker = Draft202012Validator.FORMAT_CHECKER
        Draft202012Validator.check_schema(schema, format_checker=checker)
        nothing = dict.fromkeys(definition.fields["properties"])
        errors(schema, nothing, _FORMATS, steps=STEPS_ALONE)
    except (SchemaError, *_UNUSABLE) as error:
        why = error.message if isinstance(error, SchemaError) else _why(error)
        raise InputError(
            f"what its records say is no JSON Schema: {why}",
            hint="see https://json-schema.org/draft/2020-12",
        ) from error


def _no_schema(kind: DocumentType, why: str) -> InputError:
    return InputError(
        f"the fields of the document type {kind.name!r} are no JSON Schema: {why}",
        hint="see https://json-schema.org/draft/2020-12, or take 'fields' out",
    )


def _check_required(name: Word, required: tuple[Word, ...], known: Mapping[str, Any]) -> None:
    for one in required:
        if one not in known:
            raise InputError(
                f"the type {name!r} requires {one!r}, which is no field of it",
                hint="describe the field under 'fields', or take it out of 'required'",
            )


def _schema(kind: DocumentType, viewed: type[Document], *, closed: bool) -> dict[str, Any]:
    own = kind.fields.get("properties", {})
    shut = {"additionalProperties": False} if closed else {}
    common = dict.fromkeys(viewed.model_fields, True)
    properties = {**common, **own} if isinstance(own, dict) else own
    return {"type": "object", **shut, **kind.fields, "properties": properties}


def _said(error: ValidationError, schema: Mapping[str, Any]) -> Iterator[Wrong]:
    path = tuple(error.absolute_path)
    place = f"{placed(path)}: " if path else ""
    if error.validator != "additionalProperties" or error.validator_value is not False:
        yield Wrong(path, f"{place}{_sentence(error)}")
        return
    within = cast("Mapping[str, Any]", error.schema) if path else schema
    for name in dict(cast("Mapping[str, Any]", error.instance)):
        if name not in within.get("properties", {}) and not _matches(within, name):
            unknown = "is no field of it" if path else "is not a field that docctl knows"
            yield Wrong((*path, name), f"{place}{name} {unknown}")


#: What follows the name of a property that is not there, in the words of the validator.
_REQUIRED, _QUOTES = " is a required property", "'\""

#: Kinds and formats in words; what is not named here is said as the schema says it.
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "string": "is no text",
        "number": "is no number",
        "integer": "is no whole number",
        "boolean": "is neither yes nor no (true or false in JSON)",
        "array": "is no list or table",
        "object": "is no group of fields",
        "date": "is no day, such as 2026-01-31",
        "time": "is no time, such as 14:30",
        "date-time": "is no moment, such as 2026-01-31T14:30:00Z",
    }
)


def _sentence(error: ValidationError) -> str:
    """Return what a schema finds wrong, without the words of JSON Schema where there are others."""
    asked, given = error.validator_value, _given(error.instance)
    match error.validator:
        case "enum":
            return f"{given} is none of: {', '.join(map(str, cast('Sequence[Any]', asked)))}"
        case "required":
            return f"{error.message.removesuffix(_REQUIRED).strip(_QUOTES)} is missing"
        case "type" | "format" if str(asked) in _WORDS:
            return f"{given} {_WORDS[str(asked)]}"
        case "uniqueItems":
            return f"{given} names something twice"
    return error.message


def _given(value: object) -> str:
    """Return what was given, as it stands in JSON where Python has another word."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else f"{value!r:.80}"


def _matches(schema: Mapping[str, Any], name: str) -> bool:
    return any(matches(pattern, name) for pattern in schema.get("patternProperties", {}))


def _why(error: Exception) -> str:
    return f"{error.ref} cannot be found in it" if isinstance(error, Unresolvable) else str(error)
