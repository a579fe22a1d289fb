"""New documents, drafts and revisions."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from docctl.content.formtext import form_text
from docctl.desk.metadata.ready import KIND, completed, ready
from docctl.desk.metadata.written import Text
from docctl.desk.verbs.drafting import content_of
from docctl.errors import DiskError, FrontMatterError
from docctl.library.checked import checked
from docctl.library.texts import Texts, attached
from docctl.model.answers.status import Status
from docctl.model.assignment import Owner
from docctl.model.base import Number
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.document import ChangeClass, Document
from docctl.model.records.definition import RecordDefinition
from docctl.model.wellformed import sentences, well_formed
from docctl.store.drafts import WorkingCopy
from docctl.store.files import read_file
from docctl.store.reading.contents import content_digest


@checked
class Drafting(Texts):
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
        return self._advised(made)

    def begin(
        self,
        document_type: str,
        title: str,
        *,
        source: str | os.PathLike[str] | None = None,
        attach: Sequence[str | os.PathLike[str]] = (),
        number: Number | None = None,
        owner: Owner | None = None,
        left_out: Callable[[list[str]], None] | None = None,
        record: Mapping[str, Any] | None = None,
    ) -> Status:
        """Create a document from a Markdown file, or from the sections that its type recommends.

        What the file says is read as by `read_file`, and files in *attach* are attached as well.
        With *left_out* front matter that docctl cannot use is no reason to fail: its names are
        handed to that function, see `read_foreign`. *record* goes into what a form says of its
        records: `fields`, `retention` …; `kind` in it names a ready model to begin from, one of
        `docctl.RECORD_KINDS`. Such a form needs no file: its text explains its fields.

        Raises:
            NotFoundError: there is no such type, file, or ready model.
            FrontMatterError: the front matter does not fit the type.
            RefusedError: the number is taken, a limit is passed, the signer is no author.
        """
        if source is None:
            text = self.skeleton(document_type, title)
            if record:
                text = _explained(text, record)
        elif left_out is None:
            try:
                text = self.read_file(
                    source, document_type=document_type, title=title, record=record
                )
            except FrontMatterError as error:
                titled = (
                    "" if title else f"a title is given with: docctl new {document_type} TITLE; "
                )
                error.hint = f"{titled}{error.hint}; 'new --foreign' leaves others out"
                raise
        else:
            text, names = self.read_foreign(source, document_type=document_type, title=title)
            left_out(names)
        whole = self.attach(text, *attach)
        begun = self.new(
            whole.document, whole.body, attachments=whole.attachments, number=number, owner=owner
        )
        return begun if source or record else begun.but(next_verb="save")

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
        data, folders = self._given(source)
        current = self.bench.text(number, self.bench.get(number).newest.label)
        kept = current.document.model_dump(mode="json", include={"title", "change"})
        fallback = {name: value for name, value in kept.items() if value}
        text, front = self.bench.read(
            WorkingCopy(data, {}), source.name, fixed=fixed, fallback=fallback
        )
        if not front.values:  # a text without front matter keeps the metadata of the draft
            text = Text(current.document, text.body, {})
        files = attached(folders, text.body, limits)
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
        return self._advised(number)

    def save_text(self, number: Number, text: Text, *, base: str | None = None) -> Status:
        """Save a text as the new draft. A working copy that holds changes stays as it is.

        *base* is the content digest of the draft it began from; with it, a newer draft by
        somebody else is never overwritten.

        Raises:
            StaleDraftError: the draft in the store is not the one it began from.
        """
        self.act("save", number, text, base=base)
        self._follow(number)
        return self._advised(number)

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


def _explained(text: Text, record: Mapping[str, Any]) -> Text:
    """Return the text of a new form that explains what its records say."""
    with well_formed():
        document = text.document.but(**completed({}, record))
    definition = getattr(document, "record", None)
    if not isinstance(definition, RecordDefinition):
        return Text(document, text.body, {})
    use = ready(record[KIND]).use if KIND in record else ""
    return Text(document, form_text(definition, use), {})


def _same_file(one: Path, other: Path) -> bool:
    with suppress(OSError, ValueError):
        return one.samefile(other)
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
