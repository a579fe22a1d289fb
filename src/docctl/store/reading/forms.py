"""What forms say of themselves and of their records: read from the metadata that were signed."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from pydantic import ValidationError

from docctl.errors import DamagedStoreError
from docctl.model.base import Line, Number
from docctl.model.records.definition import RecordDefinition


class FormSays(NamedTuple):
    """What a revision of a form says of itself and of its records."""

    title: Line
    definition: RecordDefinition | None
    parent: Number | None = None
    """The document under which it stands."""


def says(data: bytes, form: Number) -> FormSays:
    """Return what the metadata of a form say.

    Raises:
        DamagedStoreError: they cannot be read.
    """
    definition = defined(data, form)
    said = json.loads(data)
    return FormSays(str(said.get("title", "")), definition, above(said))


def above(said: Mapping[str, object]) -> Number | None:
    """Return the document under which a form stands, as its metadata say."""
    parent = said.get("parent")
    return parent if isinstance(parent, str) and parent else None


def defined(data: bytes, form: Number) -> RecordDefinition | None:
    """Return what the metadata of a form say of its records, if they do.

    Raises:
        DamagedStoreError: they cannot be read.
    """
    try:
        said = json.loads(data).get("record")
        return None if said is None else RecordDefinition.model_validate(said)
    except (ValidationError, ValueError, AttributeError) as error:
        raise DamagedStoreError(f"the definition of records in {form} cannot be read") from error
