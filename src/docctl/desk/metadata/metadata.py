"""Between what people write and what is stored: front matter, `meta.json`, settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from docctl.content.frontmatter import FrontMatter, dump, load, split
from docctl.desk.metadata.fractions import refuse_fractions
from docctl.errors import (
    EventError,
    FrontMatterError,
    InputError,
    NotFoundError,
    StoreError,
    UnreadableError,
)
from docctl.late import Late
from docctl.model.base import Number
from docctl.model.builtin import DOCUMENT_CLASSES, type_name
from docctl.model.control import CONTROL, ControlSettings, DocumentType
from docctl.model.document import Document, OtherDocument
from docctl.model.naming import named, naming
from docctl.model.records.definition import RecordDefinition
from docctl.model.wellformed import placed, said, sentences
from docctl.store.layout import BODY
from docctl.trust.canonical import canonical

if TYPE_CHECKING:
    from docctl.desk.metadata import fields as own_fields
else:
    own_fields = Late("docctl.desk.metadata.fields")

#: The order in which front matter shows the fields that every type has.
FIRST = ("number", "type", "title", "subtitle", "language", "summary")


@dataclass(frozen=True, slots=True)
class Text:
    """What an author hands in: metadata, text and attachments by name."""

    document: Document
    body: str
    attachments: Mapping[str, bytes]


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
            known = ", ".join(one.name for one in self.control.types)
            raise NotFoundError(f"document type {name!r}", hint=f"types: {known}")
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
            known = ", ".join(one.name for one in self.control.retention) or "none yet"
            raise NotFoundError(
                f"retention class {definition.retention!r}",
                hint=f"the schedule has: {known}; add it: docctl control change FILE --reason R",
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


def front_matter(document: Document) -> str:
    """Return a document's metadata as YAML front matter, empty fields left out."""
    given = document.model_dump(
        mode="json", exclude_none=True, exclude_defaults=True, context={"readable": True}
    )
    always = {"number": document.number, "type": document.type, "title": document.title}
    fields = {**always, "language": document.language, **given}
    ordered = {name: fields.pop(name) for name in FIRST if fields.get(name)}
    return dump({**ordered, **fields})


def working_text(document: Document, body: str) -> bytes:
    """Return `document.md` as people edit it: front matter and text."""
    return f"---\n{front_matter(document)}---\n\n{body}".encode()


def read_text(data: bytes, source: str) -> str:
    """Return a text file's text: UTF-8, with LF, without a byte order mark.

    Raises:
        UnreadableError: it is not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableError(
            source, f"line {line} is not UTF-8", hint="save the file as UTF-8 and try again"
        ) from error
    return plain_lines(text)


def plain_lines(text: str) -> str:
    """Return a text whose lines end in LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def body_md(text: str) -> bytes:
    """Return a text as it is stored: UTF-8 without a mark, LF, no empty lines before it.

    Raises:
        UnreadableError: it holds half a surrogate pair, which is no character.
    """
    whole = plain_lines(text.removeprefix("\ufeff")).lstrip("\n")
    if whole and not whole.endswith("\n"):
        whole += "\n"
    try:
        return whole.encode()
    except UnicodeEncodeError as error:
        line = whole[: error.start].count("\n") + 1
        raise UnreadableError(
            BODY, f"line {line} holds what is not a character", hint="take it out"
        ) from error


def taken_apart(data: bytes, source: str) -> tuple[FrontMatter, str]:
    """Return a document's front matter and its text.

    Raises:
        UnreadableError: it is not UTF-8.
        FrontMatterError: the front matter is not the plain YAML that docctl reads.
    """
    front, body, line = split(read_text(data, source))
    text = body.lstrip("\n")
    return replace(load(front, source), body_line=line + len(body) - len(text)), text


def _sentence(error: Mapping[str, Any], front: FrontMatter) -> str:
    path = tuple(part for part in error["loc"] if isinstance(part, str | int))
    name = placed(path) or "the front matter"
    return f"line {front.line_of(path)}: {name} {said(error)}"


def with_number(document: Document, number: Number) -> Document:
    """Return the metadata with their number filled in."""
    return document.but(number=number)
