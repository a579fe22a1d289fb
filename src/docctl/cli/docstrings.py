"""What stands below the fields of a model in its source, for JSON Schemas and editors.

It is read when somebody asks for a schema. Pydantic's own way, `use_attribute_docstrings`, reads
the source of every model whenever it is imported: a third more time before each command.
"""

import ast
from collections.abc import Iterator
from functools import cache
from inspect import cleandoc, getsource
from itertools import pairwise
from sys import modules
from typing import Any

from docctl.model.base import Model

Schema = dict[str, Any]


def explained(schema: Schema, kind: type[Any]) -> Schema:
    """Add to a schema, and to those inside it, what the classes say about their fields."""
    known = {one.__name__: one for one in _below(Model)}
    for name, part in {**schema.get("$defs", {}), "": schema}.items():
        said = _said(known.get(name, kind if not name else object))
        for field, about in part.get("properties", {}).items():
            if field in said:
                about.setdefault("description", said[field])
    return schema


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _said(kind: type[Any]) -> dict[str, str]:
    """Return the docstrings of a class's fields, by the names that JSON has for them."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("docctl."):
            found |= _fields(one.__module__, one.__name__)
    return {name.removesuffix("_"): text for name, text in found.items()}


@cache
def _fields(module: str, name: str) -> dict[str, str]:
    tree = ast.parse(getsource(modules[module]))
    bodies = (one.body for one in tree.body if isinstance(one, ast.ClassDef) and one.name == name)
    return {
        node.target.id: " ".join(cleandoc(text.value.value).split())
        for node, text in pairwise(next(bodies, []))
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
