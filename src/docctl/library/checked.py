"""What is public looks at what it is given, before anything is done with it."""

from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any, TypeVar

from docctl.desk.arguments import require_forms

Kind = TypeVar("Kind", bound=type[Any])


def checked(kind: Kind) -> Kind:
    """Let every public method of a class refuse values of other kinds than its signature names.

    It is then an InputError that names the argument, and nothing has happened.
    """
    for name, one in list(vars(kind).items()):
        if name.startswith("_"):
            continue
        if isinstance(one, FunctionType):
            setattr(kind, name, _looking(one))
        elif isinstance(one, classmethod):
            setattr(kind, name, classmethod(_looking(one.__func__)))
    return kind


def _looking(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def looking(*arguments: Any, **options: Any) -> Any:
        require_forms(method, *arguments, **options)
        return method(*arguments, **options)

    return looking
