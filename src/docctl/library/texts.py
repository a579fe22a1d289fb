"""Texts as they come in from files and as they stand in the library."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from docctl.desk.metadata.elsewhere import usable
from docctl.desk.metadata.written import Text, taken_apart
from docctl.errors import LimitError
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.working import Working
from docctl.model.base import Label, Number
from docctl.model.control import Limits
from docctl.model.wellformed import well_formed
from docctl.store.drafts import WorkingCopy
from docctl.store.files import check_name, read_file

if TYPE_CHECKING:
    from docctl.content import parse as parsing
    from docctl.content import referring, skeleton
    from docctl.content.structure import outline, references
    from docctl.desk.copies import returning
else:
    parsing = Late("docctl.content.parse")
    outline = Late("docctl.content.structure.outline")
    references = Late("docctl.content.structure.references")
    referring = Late("docctl.content.referring")
    skeleton = Late("docctl.content.skeleton")
    returning = Late("docctl.desk.copies.returning")


@checked
class Texts(Working):
    """Metadata, text and attachments: read from files, begun anew, or as a revision has them."""

    def read_file(
        self,
        path: str | os.PathLike[str],
        *,
        document_type: str,
        title: str | None = None,
        record: Mapping[str, Any] | None = None,
    ) -> Text:
        """Return a Markdown file, typed, with the attachments that it uses.

        The file may begin with front matter; *title* takes the place of the title there, and a
        heading of level 1 with which the text begins stands in where there is none. *record* goes
        into what a form says of its records: `fields`, `retention` … Of a copy that `export`
        wrote in Markdown it is the text that the copy carries.
        Attachments are files beside it that its images and links name; nothing outside its
        folder is read.

        Raises:
            NotFoundError: there is no such file.
            UnreadableError: it is not UTF-8 text.
            FrontMatterError: its front matter does not fit the type.
        """
        data, folders = self._given(Path(path))
        return self._typed(
            Path(path).name,
            data,
            folders,
            document_type=document_type,
            title=title,
            record=record or {},
        )

    def read_foreign(
        self,
        path: str | os.PathLike[str],
        *,
        document_type: str,
        title: str | None = None,
    ) -> tuple[Text, list[str]]:
        """Return a Markdown file as `read_file` does, without front matter that docctl cannot use.

        For texts from another system: fields that the type does not know, or whose values do not
        fit, are left out, and their names are returned beside the text. Words between commas are
        taken for the list that a field wants.

        Raises:
            NotFoundError: there is no such file.
            UnreadableError: it is not UTF-8 text.
            FrontMatterError: there is no title, neither given nor in the text.
        """
        data, folders = self._given(Path(path))
        kept, left_out = usable(data, Path(path).name, self.bench.types, document_type)
        text = self._typed(Path(path).name, kept, folders, document_type=document_type, title=title)
        return text, left_out

    def _given(self, path: Path) -> tuple[bytes, tuple[Path, ...]]:
        """Return a text file's bytes, of a copy those of its text, and where its files may lie."""
        data = read_file(path, limit=self.bench.control.limits.file_bytes)
        folder = returning.folder_of(data, path.name)
        folders = (path.parent / folder, path.parent) if folder else (path.parent,)
        return returning.taken_back(data, path.name), folders

    def _typed(
        self,
        name: str,
        data: bytes,
        folders: Sequence[Path],
        *,
        document_type: str,
        title: str | None,
        record: Mapping[str, Any] = MappingProxyType({}),
    ) -> Text:
        headed = title or _heading(data, name)
        fallback, fixed = {"title": headed} if headed else {}, {"type": document_type}
        copy = WorkingCopy(data, {})
        text, _ = self.bench.read(copy, name, fixed=fixed, fallback=fallback, record=record)
        if title:
            with well_formed():
                text = replace(text, document=text.document.but(title=title))
        body = referring.referring(text.body, lambda number: self.bench.find(number) is not None)
        files = attached(folders, body, self.bench.control.limits)
        return replace(text, body=body, attachments=files)

    def skeleton(self, document_type: str, title: str) -> Text:
        """Return the text a new document begins with: recommended sections, with prompts.

        Raises:
            NotFoundError: CONTROL does not define the type.
            InputError: the title is empty or holds characters that cannot stand in a line.
        """
        with well_formed():
            document = self.bench.types.blank(document_type, title)
        return Text(document, skeleton.skeleton(self.bench.types.kind(document_type).sections), {})

    def attach(self, text: Text, *paths: str | os.PathLike[str]) -> Text:
        """Return a text with further files attached, each under its own name.

        Raises:
            NotFoundError: there is no such file.
            PathError: a name cannot stand in the store.
            LimitError: a file is larger than CONTROL allows.
        """
        limit = self.bench.control.limits.file_bytes
        files = [Path(path) for path in paths]
        added = {check_name(one.name): read_file(one, limit=limit) for one in files}
        return replace(text, attachments={**text.attachments, **added})

    def text(self, number: Number, revision: Label | None = None) -> Text:
        """Return metadata, text and attachments of a revision, the one in force by default.

        Raises:
            NotFoundError: there is no such document or revision.
        """
        label = self.bench.revision_of(number, revision, self.today())
        return self.bench.text(number, label)


def _heading(data: bytes, name: str) -> str:
    """Return the title that a text without one in its front matter has at its head, or nothing."""
    front, body = taken_apart(data, name)
    if front.values.get("title"):
        return ""
    tree, _ = parsing.parse(body)
    return outline.heading_of(tree)


def attached(folders: Sequence[Path], body: str, limits: Limits) -> dict[str, bytes]:
    """Return the files that a text shows or links to, each from the first folder that has it.

    Raises:
        LimitError: one of them, or all of them together, are larger than *limits* allow.
    """
    tree, _ = parsing.parse(body)
    found: dict[str, bytes] = {}
    size = 0
    for name in dict.fromkeys(one.path for one in references.attachments(tree) if one.safe):
        folder = next((one for one in folders if _lies_in(one, name)), None)
        if folder is None:
            continue
        found[check_name(name)] = read_file(folder / name, limit=limits.file_bytes)
        size += len(found[name])
        if size > limits.revision_bytes:
            raise LimitError("the text with its attachments", size, limits.revision_bytes)
    return found


def _lies_in(folder: Path, name: str) -> bool:
    """Tell whether there is such a file, and no link on the way to it."""
    with suppress(OSError, ValueError):
        path = folder / name
        return path.is_file() and path.resolve() == folder.resolve() / name
    return False
