"""Working copies: laid out for an editor, kept in step with the store, never overwritten."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from docctl.desk.checks.checking import Checking
from docctl.desk.metadata.written import working_text
from docctl.desk.status import status_of
from docctl.desk.verbs.drafting import content_of
from docctl.english import many
from docctl.errors import DiskError, DocctlError, NotFoundError, UnsavedError
from docctl.library.checked import checked
from docctl.library.handle import Handle
from docctl.model.answers.status import Status
from docctl.model.base import Number
from docctl.model.control import CONTROL
from docctl.model.lifecycle import State
from docctl.rules.dossier import Revision
from docctl.store.drafts import WorkingCopy
from docctl.store.reading.contents import content_digest

#: How a document that has no draft comes to one, by its state; otherwise it is revised.
_TO_EDIT: Mapping[State, str] = MappingProxyType(
    {
        State.IN_REVIEW: "it is in review: return it, or cancel it: docctl return {} --reason R",
        State.APPROVED: "it is approved: take it back with: docctl reopen {} --reason R",
        State.SCHEDULED: "it is scheduled: take it back with: docctl reopen {} --reason R",
        State.WITHDRAWN: "it is withdrawn: begin a new document",
        State.CANCELLED: "it is cancelled: begin a new document",
    }
)


@checked
class Working(Handle):
    """The folder of a draft that its author edits. What is not saved belongs to the author."""

    def edit(self, number: Number) -> Path:
        """Lay out the working copy of the open draft and return its path.

        A working copy of this draft that is there already is left as it is; one of an older draft
        is replaced if nothing in it was changed.

        Raises:
            NotFoundError: there is no such document, or no draft of it is open.
            UnsavedError: there are changes in a working copy of an older draft.
        """
        revision = self.bench.get(number).open
        if number == CONTROL or revision is None or revision.phase != "draft":
            raise NotFoundError(f"open draft of {number}", hint=self._way_to_a_draft(number))
        drafts = self.bench.drafts
        if drafts.exists(number) and drafts.stands_on(number, revision.content):
            return drafts.document(number)
        try:
            return drafts.write(number, self._copy(number, revision))
        except UnsavedError as error:
            error.hint = (
                f"it stands on an older draft: move {drafts.folder(number)} away, edit again, "
                "and bring your change into the newer draft"
            )
            raise

    def _way_to_a_draft(self, number: Number) -> str:
        if number == CONTROL:
            return "change the settings with: docctl control change FILE --reason R"
        state = self.status(number).state
        return _TO_EDIT.get(state, "open one with: docctl revise {} --reason R").format(number)

    def _copy(self, number: Number, revision: Revision) -> WorkingCopy:
        text = self.bench.text(number, revision.label)
        shown = working_text(text.document, text.body)
        return WorkingCopy(shown, text.attachments, frozenset({revision.content}))

    def _clear(self, number: Number) -> None:
        """Remove the working copy where no draft is open any more; changes in it stay.

        What is left of the folder does no harm.
        """
        revision = self.bench.get(number).open
        if revision is None or revision.phase != "draft":
            with suppress(DiskError):
                self.bench.drafts.remove(number)

    def _checked(self, number: Number) -> Status:
        """Return how a document stands, and how much there is that `check` says of it."""
        checking = Checking(self.bench)
        found = len(checking.one(number))
        status = status_of(self.bench, self.bench.day(checking.on), self.bench.get(number))
        return status.but(
            advice=(f"{many(found, 'thing')} to look at: docctl check {number}",) if found else ()
        )

    def _advised(self, number: Number) -> Status:
        """Return how a document stands, and who is missing who should answer for it."""
        checking = Checking(self.bench)
        said = tuple(f"{one.sentence}; {one.hint}" for one in checking.advice(number))
        status = status_of(self.bench, self.bench.day(checking.on), self.bench.get(number))
        return status.but(advice=said)

    def _follow(self, number: Number) -> None:
        """Bring the working copy to the newest draft, unless it holds what is not saved.

        The change has landed: whatever is wrong with the folder is no reason to fail.
        """
        newest = self.bench.get(number).newest
        with suppress(DocctlError):
            if saved := self._saying(number, newest):
                saved = replace(saved, bases=frozenset({newest.content}))
                self.bench.drafts.note(number, saved)
            else:
                self.bench.drafts.write(number, self._copy(number, newest))

    def _saying(self, number: Number, revision: Revision) -> WorkingCopy | None:
        """Return the working copy as it lies there, if it says what a revision says."""
        if not self.bench.drafts.exists(number):
            return None
        fixed = {"type": self.bench.get(number).document_type, "number": number}
        copy = self.bench.working(number)
        text, _ = self.bench.read(copy, f"drafts/{number}/document.md", fixed=fixed)
        content = content_digest(content_of(text, self.bench.control.limits))
        return copy if content == revision.content else None

    def unsaved(self, number: Number) -> bool:
        """Tell whether the working copy says what no saved draft says.

        Raises:
            NotFoundError: there is no such document.
            FrontMatterError: the working copy has front matter that does not fit the type.
        """
        newest, drafts = self.bench.get(number).newest, self.bench.drafts
        changed = drafts.exists(number) and bool(drafts.changed(number))
        return changed and not self._saying(number, newest)

    def _require_saved(self, number: Number) -> None:
        """Refuse to hand a draft over while the working copy says something else.

        Raises:
            UnsavedError: it does.
        """
        if self.unsaved(number):
            raise UnsavedError(number)

    def _require_untouched(self, number: Number) -> None:
        """Refuse to replace a draft from elsewhere while the working copy holds changes.

        Raises:
            NotFoundError: there is no such document.
            UnsavedError: it does.
        """
        self.bench.get(number)
        if self.bench.drafts.changed(number):
            raise UnsavedError(number)
