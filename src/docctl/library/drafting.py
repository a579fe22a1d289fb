"""New documents, drafts and revisions."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from docctl.content.parse import parse
from docctl.content.references import attachments
from docctl.content.referring import referring
from docctl.content.skeleton import skeleton
from docctl.desk.copies.returning import taken_back
from docctl.desk.elsewhere import usable
from docctl.desk.metadata import Text
from docctl.desk.verbs.drafting import content_of
from docctl.errors import DiskError, FrontMatterError, LimitError
from docctl.library.checked import checked
from docctl.library.working import Working
from docctl.model.assignment import Owner
from docctl.model.base import Label, Number
from docctl.model.control import CONTROL, ControlSettings, Limits
from docctl.model.document import ChangeClass, Document
from docctl.model.status import Status
from docctl.model.wellformed import sentences, well_formed
from docctl.store.drafts import WorkingCopy
from docctl.store.files import check_name, read_file
from docctl.store.ledger import content_digest


@checked
class Drafting(Working):
    """The verbs that make and change drafts."""

    def new(
        self,
        document: Document,
        body: str = "",
        *,
        attachments: Mapping[str, bytes] | None = None,
        number: Number | None = None,
        owner: Owner | None = None,
    ) -> Status:
        """Create a document with its first draft; return its number and state.

        Without *number* it gets the next one of its type; numbers are never reused. Without
        *owner* the author is the owner. A working copy is laid out under `drafts/`.

        Raises:
            RefusedError: the number is taken, a limit is passed, the signer is no author.
            NotFoundError: CONTROL does not define the type, or ACCESS does not know the owner.
            InputError: the owner has left.
        """
        answerable = owner or Owner(kind="person", name=self.whoami())
        text = Text(document, body, attachments or {})
        wanted = document.number if number is None else number
        landed = self.act("new", text, number=wanted, owner=answerable)
        made = landed.statements[0].event.item
        self._follow(made)
        return self.status(made)

    def read_file(
        self,
        path: str | os.PathLike[str],
        *,
        document_type: str,
        title: str | None = None,
    ) -> Text:
        """Return a Markdown file, typed, with the attachments that it uses.

        The file may begin with front matter; *title* takes the place of the title there. Of a copy
        that `export` wrote in Markdown it is the text that the copy carries.
        Attachments are files beside it that its images and links name; nothing outside its
        folder is read.

        Raises:
            NotFoundError: there is no such file.
            UnreadableError: it is not UTF-8 text.
            FrontMatterError: its front matter does not fit the type.
        """
        data = self._given(Path(path))
        return self._typed(Path(path), data, document_type, title)

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
        data = self._given(Path(path))
        kept, left_out = usable(data, Path(path).name, self.bench.types, document_type)
        return self._typed(Path(path), kept, document_type, title), left_out

    def _given(self, path: Path) -> bytes:
        """Return a text file's bytes; of a copy those of the text that it carries."""
        data = read_file(path, limit=self.bench.control.limits.file_bytes)
        return taken_back(data, path.name)

    def _typed(self, path: Path, data: bytes, document_type: str, title: str | None) -> Text:
        fallback = {"title": title} if title else {}
        copy = WorkingCopy(data, {})
        text, _ = self.bench.read(copy, path.name, fixed={"type": document_type}, fallback=fallback)
        if title:
            with well_formed():
                text = replace(text, document=text.document.but(title=title))
        body = referring(text.body, lambda number: self.bench.find(number) is not None)
        files = _attached(path.parent, body, self.bench.control.limits)
        return replace(text, body=body, attachments=files)

    def skeleton(self, document_type: str, title: str) -> Text:
        """Return the text a new document begins with: recommended sections, with prompts.

        Raises:
            NotFoundError: CONTROL does not define the type.
            InputError: the title is empty or holds characters that cannot stand in a line.
        """
        with well_formed():
            document = self.bench.types.blank(document_type, title)
        return Text(document, skeleton(self.bench.types.kind(document_type).sections), {})

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

    def save(self, number: Number, path: str | os.PathLike[str] | None = None) -> Status:
        """Save the working copy, or another file, as the new draft.

        Raises:
            StaleDraftError: somebody else saved a newer draft meanwhile.
            UnsavedError: another file was named, and the working copy holds changes.
            FrontMatterError: the front matter does not fit the type.
            LimitError: a file is larger than CONTROL allows.
        """
        kind = self.bench.get(number).document_type
        fixed: dict[str, Any] = {"type": kind, "number": number}
        if path is None or _same_file(Path(path), self.bench.drafts.document(number)):
            return self._save_working(number, fixed)
        self._require_untouched(number)
        source, limits = Path(path), self.bench.control.limits
        data = self._given(source)
        current = self.bench.text(number, self.bench.get(number).newest.label)
        fallback = {"title": current.document.title}
        text, front = self.bench.read(
            WorkingCopy(data, {}), source.name, fixed=fixed, fallback=fallback
        )
        if not front.values:  # a text without front matter keeps the metadata of the draft
            text = Text(current.document, text.body, {})
        files = _attached(source.parent, text.body, limits)
        return self.save_text(number, replace(text, attachments=files), base=None)

    def _save_working(self, number: Number, fixed: Mapping[str, Any]) -> Status:
        drafts, newest = self.bench.drafts, self.bench.get(number).newest
        copy = self.bench.working(number)
        text, _ = self.bench.read(copy, f"drafts/{number}/document.md", fixed=fixed)
        made = content_digest(content_of(text, self.bench.control.limits))
        base = newest.content if newest.content in copy.bases else ""
        with drafts.saving(number, made):
            self.act("save", number, text, base=base)
        with suppress(DiskError):
            drafts.note(number, replace(copy, bases=frozenset({made})))
        return self.status(number)

    def save_text(self, number: Number, text: Text, *, base: str | None = None) -> Status:
        """Save a text as the new draft. A working copy that holds changes stays as it is.

        *base* is the content digest of the draft it began from; with it, a newer draft by
        somebody else is never overwritten.

        Raises:
            StaleDraftError: the draft in the store is not the one it began from.
        """
        self.act("save", number, text, base=base)
        self._follow(number)
        return self.status(number)

    def revise(self, number: Number, *, reason: str, change: ChangeClass = "content") -> Status:
        """Open a draft of the next revision and lay out its working copy.

        Raises:
            IllegalMoveError: another draft is open, or the document is not in force.
            UnsavedError: the working copy of an earlier draft holds changes.
        """
        if number == CONTROL:
            settings = self.bench.control
            self.act("revise_settings", settings, reason=reason)
            return self.status(number)
        self._require_untouched(number)
        self.act("revise", number, reason=reason, change=change)
        self._follow(number)
        return self.status(number)

    def control_change(self, settings: ControlSettings, *, reason: str) -> Status:
        """Draft a revision of CONTROL with these settings; it then goes its route.

        Raises:
            IllegalMoveError: a revision of CONTROL is under review.
        """
        if self.bench.get(CONTROL).newest.phase == "draft":
            self.act("save_settings", settings)
        else:
            self.act("revise_settings", settings, reason=reason)
        return self.status(CONTROL)


def _same_file(one: Path, other: Path) -> bool:
    with suppress(OSError, ValueError):
        return one.samefile(other)
    return False


def _attached(folder: Path, body: str, limits: Limits) -> dict[str, bytes]:
    tree, _ = parse(body)
    found: dict[str, bytes] = {}
    size = 0
    for name in dict.fromkeys(one.path for one in attachments(tree) if one.safe):
        if not _lies_in(folder, name):
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


def read_settings(path: str | os.PathLike[str]) -> ControlSettings:
    """Return control settings from a JSON file.

    Raises:
        NotFoundError: there is no such file.
        FrontMatterError: they are not control settings; every fault is named.
    """
    source = Path(path)
    data = read_file(source, limit=1 << 20)
    try:
        return ControlSettings.model_validate_json(data)
    except ValidationError as error:
        raise FrontMatterError(
            source.name, sentences(error), hint="their form: docctl schema control"
        ) from error
