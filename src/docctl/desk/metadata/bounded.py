"""JSON Schemas judged within bounds: patterns in linear time, and no schema without end."""

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from itertools import count
from types import MappingProxyType
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from pydantic_core import SchemaError, SchemaValidator, core_schema
from pydantic_core import ValidationError as Mismatch
from referencing import Registry

from docctl.desk.metadata.plainly import plainly_fit

#: How many keywords are looked at before a schema counts as one without end: a table of 10,000
#: rows with 20 columns takes less.
STEPS = 1_000_000

#: How many where a schema is looked at by itself, with nothing in its fields: each is met once.
STEPS_ALONE = 50_000

_Keyword = Callable[[Any, Any, Any, Any], Iterator[ValidationError] | None]

#: How many steps there are, and those that are left to take.
_taken: ContextVar[tuple[int, Iterator[int]]] = ContextVar("_taken")


class UnboundedError(ValueError):
    """A schema that could keep a computer busy for ever."""


def errors(
    schema: Mapping[str, Any],
    values: Mapping[str, Any],
    formats: FormatChecker,
    *,
    steps: int = STEPS,
) -> tuple[ValidationError, ...]:
    """Return what a schema (draft 2020-12) finds wrong with values, in at most *steps* steps.

    Patterns are read by a matcher whose time grows with the text alone: it knows neither
    look-around nor back-references. References are never looked for outside the schema.

    Raises:
        UnboundedError: a pattern is beyond that matcher, or the schema asks for too much work.
    """
    if plainly_fit(schema, values, formats):
        return ()
    token = _taken.set((steps, count(1)))
    try:
        # An empty registry: a schema never makes docctl ask the network.
        checker = _BOUNDED(dict(schema), registry=Registry(), format_checker=formats)
        return tuple(checker.iter_errors(dict(values)))
    finally:
        _taken.reset(token)


def matches(pattern: str, text: str) -> bool:
    """Tell whether a text has something that fits a pattern, in time that grows with the text.

    Raises:
        UnboundedError: the pattern is none, or beyond this matcher.
    """
    try:
        _matcher(pattern).validate_python(text)
    except Mismatch:
        return False
    return True


@lru_cache(maxsize=256)
def _matcher(pattern: str) -> SchemaValidator:
    try:
        return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))
    except SchemaError as error:
        raise UnboundedError(
            f"the pattern {pattern!r} cannot be read "
            "(look-around and back-references are not, and long repetitions of repetitions)"
        ) from error


def _counted(keyword: _Keyword) -> _Keyword:
    def found(
        validator: Any, value: Any, instance: Any, schema: Any
    ) -> Iterator[ValidationError] | None:
        steps, taken = _taken.get()
        if next(taken) > steps:
            raise UnboundedError(f"it has not ended after {steps:,} steps")
        return keyword(validator, value, instance, schema)

    return found


def _pattern(validator: Any, pattern: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
    if validator.is_type(instance, "string") and not matches(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(
    validator: Any, patterns: Any, instance: Any, _: Any
) -> Iterator[ValidationError]:
    if not validator.is_type(instance, "object"):
        return
    for pattern, part in patterns.items():
        for name, value in instance.items():
            if matches(pattern, name):
                yield from validator.descend(value, part, path=name, schema_path=pattern)


def _additional_properties(
    validator: Any, allowed: Any, instance: Any, schema: Any
) -> Iterator[ValidationError]:
    if not validator.is_type(instance, "object"):
        return
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    more = [
        name
        for name in instance
        if name not in known and not any(matches(pattern, name) for pattern in patterns)
    ]
    if validator.is_type(allowed, "object"):
        for name in more:
            yield from validator.descend(instance[name], allowed, path=name)
    elif more and not allowed:
        names = ", ".join(repr(name) for name in more)
        yield ValidationError(
            f"Additional properties are not allowed ({names} "
            f"{'was' if len(more) == 1 else 'were'} unexpected)"
        )


def _refused(name: str) -> _Keyword:
    def refuse(*_: Any) -> None:
        raise UnboundedError(f"{name!r} is not followed: say 'additionalProperties' or 'items'")

    return refuse


_OWN: Mapping[str, _Keyword] = MappingProxyType(
    {
        "additionalProperties": _additional_properties,
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "unevaluatedItems": _refused("unevaluatedItems"),
        "unevaluatedProperties": _refused("unevaluatedProperties"),
    }
)

_BOUNDED = extend(  # type: ignore[no-untyped-call]  # jsonschema says no types
    Draft202012Validator,
    {
        name: _counted(keyword)
        for name, keyword in {**Draft202012Validator.VALIDATORS, **_OWN}.items()
    },
)
