"""What is given to a verb or a method, compared with what its signature asks for."""

import inspect
import os
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, partial, reduce
from operator import or_
from reprlib import repr as shown
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BeforeValidator, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from docctl.errors import InputError
from docctl.trust.signers import Signer

#: Modules whose classes pydantic knows how to look at.
_PLAIN = frozenset({"builtins", "datetime"})


def require_forms(function: Callable[..., Any], /, *arguments: Any, **options: Any) -> None:
    """Refuse values that are not of the kinds that a function's signature names.

    What a text must look like is not judged here, only that it is one.

    Raises:
        TypeError: there are too many values, too few, or some under unknown names.
        InputError: a value is of another kind; its name and the kind are told.
    """
    asked, forms = _asked(function)
    for name, given in asked.bind(*arguments, **options).arguments.items():
        if name in forms:
            for value in _each(asked.parameters[name], given):
                _require(function.__name__, name, value, forms[name])


def _each(parameter: inspect.Parameter, given: Any) -> Sequence[Any]:
    return given if parameter.kind is parameter.VAR_POSITIONAL else (given,)


def _require(verb: str, name: str, value: Any, form: tuple[TypeAdapter[Any], str]) -> None:
    adapter, described = form
    try:
        adapter.validate_python(value, strict=True)
    except ValidationError as error:
        raise InputError(
            f"{verb}: {name} cannot be {shown(value)}{_half(value)}",
            hint=f"{name} is of the kind {described}",
        ) from error


def _half(value: Any) -> str:
    """Return where a text holds half a surrogate pair, which is no character."""
    try:
        _writable(value if isinstance(value, str) else "")
    except UnicodeEncodeError as error:
        return f": line {value.count(chr(10), 0, error.start) + 1} holds half a character"
    return ""


@cache
def _asked(
    function: Callable[..., Any],
) -> tuple[inspect.Signature, Mapping[str, tuple[TypeAdapter[Any], str]]]:
    """Return a signature, and for each name in it what is allowed there, and how that is called."""
    hints = {name: hint for name, hint in get_type_hints(function).items() if name != "return"}
    forms = {
        name: (TypeAdapter(_form(hint)), inspect.formatannotation(hint))
        for name, hint in hints.items()
        if hint is not Any
    }
    return inspect.signature(function), forms


def _form(hint: Any) -> Any:
    """Return what pydantic is asked for in the place of a hint."""
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return reduce(or_, _parts(hint))
    if origin in {Sequence, Mapping, tuple}:
        form = origin[tuple(_parts(hint))]  # any mapping will do, where pydantic wants a dict
        return Annotated[form, BeforeValidator(_as_dict)] if origin is Mapping else form
    if hint in _OWN:
        return _OWN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _OWN[str]  # whether there is such a word, the method says better
    if isinstance(hint, type) and origin is None and hint.__module__ not in _PLAIN:
        return Annotated[Any, AfterValidator(partial(_one_of, hint))]
    return hint


def _parts(hint: Any) -> Iterator[Any]:
    parts = get_args(hint)
    names = get_origin(hint) is Mapping or any(get_origin(one) is os.PathLike for one in parts)
    for part in parts:  # names of files need not be texts; what they must be is judged later
        yield part if part is ... or (names and part is str) else _form(part)


def _as_dict(given: Any) -> Any:
    return dict(given) if isinstance(given, Mapping) else given


def _one_of(kind: type[Any], given: Any) -> Any:
    if not isinstance(given, kind):
        raise PydanticCustomError("another_kind", "of another kind")
    return given


def _writable(text: str) -> str:
    text.encode()  # of a lone surrogate nothing can be made; that is a ValueError
    return text


def _signer(given: Any) -> Any:
    """Look at the class alone: to ask for the key might ask somebody for a passphrase."""
    if not callable(getattr(type(given), "sign", None)):
        raise PydanticCustomError("no_signer", "no signer")
    return given


#: Kinds that need more than pydantic's own look.
_OWN: Mapping[Any, Any] = types.MappingProxyType(
    {
        Any: Any,
        str: Annotated[str, AfterValidator(_writable)],
        Signer: Annotated[Any, AfterValidator(_signer)],
    }
)
