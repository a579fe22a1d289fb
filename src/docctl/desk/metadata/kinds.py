"""The document types of a library: metadata held against what CONTROL says of their type."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from docctl.content.frontmatter import FrontMatter
from docctl.errors import FrontMatterError, InputError, NotFoundError
from docctl.errors.meant import did_you_mean
from docctl.late import Late
from docctl.model.base import Number
from docctl.model.builtin import DOCUMENT_CLASSES, type_name
from docctl.model.control import ControlSettings, DocumentType
from docctl.model.document import Document, OtherDocument
from docctl.model.naming import named, naming
from docctl.model.records.definition import RecordDefinition
from docctl.model.wellformed import placed, said

if TYPE_CHECKING:
    from docctl.desk.metadata import fields as own_fields
else:
    own_fields = Late("docctl.desk.metadata.fields")


class Types:
    """The document types a library knows: CONTROL's data, and the classes that view them."""

    def __init__(self, control: ControlSettings, classes: Sequence[type[Document]] = ()) -> None:
        self.control = control
        self.classes = classes_by_type(classes)

    def kind(self, name: str) -> DocumentType:
        """Return CONTROL's definition of a type.

        Raises:
            NotFoundError: CONTROL does not define it.
        """
        found = self.control.type_of(name)
        if found is None:
            known = [one.name for one in self.control.types]
            hint = f"{did_you_mean(name, known)}types: {', '.join(known)}; CONTROL can have others"
            raise NotFoundError(f"document type {name!r}", hint=hint)
        return found

    def blank(self, name: str, title: str) -> Document:
        """Return the metadata of a new document of a type.

        Raises:
            NotFoundError: CONTROL does not define the type.
            ValidationError: the title cannot stand in a line.
        """
        kind = self.kind(name).name
        return self.view(kind).model_validate({"type": kind, "title": title})

    def knows(self, name: str, field: str) -> bool:
        """Tell whether front matter of a type may have a field.

        Raises:
            NotFoundError: CONTROL does not define the type.
        """
        kind = self.kind(name)
        return own_fields.known(kind, self.view(kind.name), field)

    def fits(self, name: str, field: str, value: object) -> bool:
        """Tell whether a field of a type may have this value.

        Raises:
            NotFoundError: CONTROL does not define the type.
        """
        kind, viewed = self.kind(name), self.view(name)
        fields = {"type": kind.name, field: value}
        if any(one.path[:1] == (field,) for one in own_fields.wrong(kind, viewed, fields)):
            return False
        try:
            viewed.model_validate(fields)
        except ValidationError as error:
            return all(one["loc"][:1] != (field,) for one in error.errors())
        return True

    def view(self, name: str) -> type[Document]:
        """Return the class that views metadata of a type."""
        return self.classes.get(name, OtherDocument)

    def named(self, document: Document) -> tuple[Number, ...]:
        """Return the numbers of other documents that metadata name, each once, in order."""
        own, viewed = self.control.own_fields.get(document.type, {}), type(document)
        fields = document.model_dump(mode="json", include=None if own else {*naming(viewed)})
        return named(fields, viewed, own)

    def typed(self, document: Document) -> Document:
        """Return metadata as they will be read back: in the class of their type.

        Raises:
            NotFoundError: CONTROL does not define the type.
            InputError: they do not fit the type's schema.
            ValidationError: they do not fit its class.
        """
        kind = self.kind(document.type)
        fields = document.model_dump(mode="json", exclude_none=True)
        viewed = self.view(kind.name)
        if faults := [one.sentence for one in own_fields.wrong(kind, viewed, fields)]:
            raise InputError("; ".join(faults), hint=f"its fields: docctl schema {kind.name}")
        made = viewed.model_validate(fields)
        definition = getattr(made, "record", None)
        if isinstance(definition, RecordDefinition):
            self.check_records(definition)
        return made

    def check_records(self, definition: RecordDefinition) -> None:
        """Refuse what a form says of its records if it cannot be followed.

        Raises:
            InputError: its fields are no JSON Schema.
            NotFoundError: the retention schedule has no such class.
        """
        own_fields.check_records(definition)
        if self.control.retention_of(definition.retention) is None:
            known = [one.name for one in self.control.retention]
            raise NotFoundError(
                f"retention class {definition.retention!r}",
                hint=f"{did_you_mean(definition.retention, known)}the schedule has: "
                f"{', '.join(known) or 'none yet'}; add it: docctl control change FILE --reason R",
            )

    def read(self, fields: Mapping[str, Any], source: str, front: FrontMatter) -> Document:
        """Return the typed metadata that front matter states.

        Raises:
            FrontMatterError: fields are unknown, missing or malformed; all of them are named.
        """
        kind = self.kind(str(fields.get("type", "")))
        viewed = self.view(kind.name)
        faults = [
            f"line {front.line_of(path)}: {sentence}"
            for path, sentence in own_fields.wrong(kind, viewed, fields)
        ]
        try:
            document = viewed.model_validate(dict(fields))
        except ValidationError as error:
            faults += [_sentence(one, front) for one in error.errors()]
        if faults:
            raise FrontMatterError(
                source,
                faults,
                hint=f"its fields: docctl schema {kind.name}",
            )
        return document


def classes_by_type(own: Sequence[type[Document]]) -> Mapping[str, type[Document]]:
    """Return the classes that view metadata by type: the built-in ones and those in *own*."""
    return {**DOCUMENT_CLASSES, **{type_name(one): one for one in own}}


def _sentence(error: Mapping[str, Any], front: FrontMatter) -> str:
    path = tuple(part for part in error["loc"] if isinstance(part, str | int))
    name = placed(path) or "the front matter"
    return f"line {front.line_of(path)}: {name} {said(error)}"
