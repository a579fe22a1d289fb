"""Metadata and settings as they are stored: canonical JSON, which is what gets signed."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from docctl.desk.metadata.fractions import refuse_fractions
from docctl.errors import EventError, StoreError
from docctl.model.base import Number
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.document import Document, OtherDocument
from docctl.model.wellformed import sentences
from docctl.trust.canonical import canonical


def stored(data: bytes, classes: Mapping[str, type[Document]]) -> Document:
    """Return the metadata that a stored `meta.json` holds.

    Raises:
        StoreError: they cannot be read, or only with an application's own classes.
    """
    try:
        return from_meta_json(data, classes)
    except ValidationError as error:
        raise StoreError(
            f"stored metadata cannot be read: {'; '.join(sentences(error))}",
            hint="open the library with the application's document classes, or run: docctl verify",
        ) from error


def from_meta_json(data: bytes, classes: Mapping[str, type[Document]]) -> Document:
    """Return the metadata that canonical JSON states, in the class of their type.

    Raises:
        ValidationError: they are not metadata.
    """
    name = OtherDocument.model_validate_json(data).type
    return classes.get(name, OtherDocument).model_validate_json(data)


def meta_json(document: Document) -> bytes:
    """Return a document's metadata as they are stored: canonical JSON, absent fields left out.

    Raises:
        InputError: a field holds a fraction.
    """
    return _canonical(document.model_dump(mode="json", exclude_none=True), document.type)


def settings_json(settings: ControlSettings) -> bytes:
    """Return control settings as they are stored: canonical JSON.

    Raises:
        InputError: a schema in them holds a fraction.
    """
    return _canonical(settings.model_dump(mode="json", exclude_none=True), CONTROL)


def _canonical(fields: Mapping[str, Any], what: str) -> bytes:
    try:
        return canonical(fields)
    except EventError:
        refuse_fractions(fields, what)
        raise


def with_number(document: Document, number: Number) -> Document:
    """Return the metadata with their number filled in."""
    return document.but(number=number)
