"""Questions: the master list, a document, its history, what waits, what is wrong."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from docctl.desk.checks import doors
from docctl.desk.checks.checking import Checking
from docctl.desk.copies.facts.copying import controlled_copy, name_of
from docctl.desk.day import Day
from docctl.desk.lists.authority import matrix
from docctl.desk.signing.intent import instant
from docctl.desk.status import status_of
from docctl.errors import InputError, StoreError
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.handle import Handle
from docctl.library.local import INDEX
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.answers.reading import AuthorityMatrix, Card, RevisionLine
from docctl.model.answers.register import Verification
from docctl.model.base import Label
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.document import Manual
from docctl.model.problem import Problem
from docctl.rules import asof
from docctl.rules.dossier import Dossier
from docctl.store.reading.reader import Reader

if TYPE_CHECKING:
    from docctl import verify as verifying
    from docctl.desk.copies import compiling
else:
    verifying = Late("docctl.verify")
    compiling = Late("docctl.desk.copies.compiling")


@checked
class Reading(Handle):
    """What can be asked. Nothing here needs a signer, and nothing is changed."""

    def show(
        self, number: str, *, revision: Label | None = None, as_of: date | None = None
    ) -> Card:
        """Return a document's card: the revision shown, its signatures and history.

        Raises:
            NotFoundError: there is no such document or revision.
        """
        self.bench.get(number)
        day = self.bench.day(as_of or self.today())
        copy = controlled_copy(day, number, revision)
        dossier = day.get(number)
        status = status_of(self.bench, day, dossier)
        return Card(
            controlled=copy,
            status=status if as_of is None else status.but(working_copy=""),
            revisions=tuple(
                RevisionLine(
                    revision=one.label,
                    state=asof.state_of(dossier, one, day.on),
                    effective_on=one.effective_on,
                    content=one.content,
                )
                for one in dossier.revisions
            ),
            **_withdrawal(day, dossier, copy),
            newer_edition=dossier.assigned.newer_edition or "",
            checked_on=dossier.assigned.checked_on,
            issue=compiling.issue_of(day, number) if isinstance(copy.document, Manual) else "",
            **self._used(day, dossier, copy.revision),
        )

    def _used(self, day: Day, dossier: Dossier, label: Label) -> dict[str, tuple[str, ...]]:
        """Return what a revision refers to and holds besides its text."""
        revision = dossier.revision(label)
        if dossier.number == CONTROL or revision is None:
            return {}
        text = day.text(dossier, revision)
        return {
            "refers_to": doors.referred(text, self.bench.types),
            "attachments": tuple(sorted(text.attachments)),
        }

    def check(self, number: str | None = None) -> tuple[Problem, ...]:
        """Return everything the checks before a submission find, in one document or in all.

        Looked at are the working copy where there is one, else the open draft, else the revision
        in force. Nothing is changed but the index, a cache: what was found in stored texts is kept
        there, so that the next check of all documents reads again only what is new. One document
        is always read.

        Raises:
            NotFoundError: there is no such document.
        """
        checking = Checking(self.bench)
        return tuple(checking.all(self.index)) if number is None else checking.one(number)

    def control(self) -> ControlSettings:
        """Return the control settings in force."""
        return self.bench.control

    def authority(self, *, on: date | None = None) -> AuthorityMatrix:
        """Return who holds which function and may do what at the end of a day, today by default.

        What was changed after that day is left out.

        Raises:
            NotFoundError: the library did not exist on that day.
        """
        return matrix(self.bench.day(on or self.today()))

    def verify(
        self,
        *,
        known: str | None = None,
        history_only: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Verification:
        """Check the whole history and every stored byte; return every problem.

        The index, from which lists are answered, is compared with one made anew.

        *known* is the `head` of an earlier verification, kept somewhere else: that it is part of
        the history still proves that nothing was taken back since. With *history_only* what records
        say is not looked for: a clone of the store has no vault. *progress* is called with the
        number of changes looked at and their total.

        Raises:
            InputError: *known* is not the whole id of a commit.
        """
        reader, now = Reader(self.store.reader.git), instant(self.clock())
        if known is not None and not reader.format.is_id(known):
            raise InputError(
                f"{known:.100} is not the id of a commit",
                hint="give all of what an earlier 'docctl verify' has printed last",
            )
        vaults = None if history_only else self.bench.vaults.of
        found = verifying.verify(reader, known=known, vaults=vaults, progress=progress, now=now)
        problems = (*found.problems, *self._altered_index())
        return found.model_copy(update={"problems": problems, "history_only": history_only})

    def _altered_index(self) -> Iterator[Problem]:
        with suppress(StoreError):  # what is damaged has been told
            for table in self.index.mistaken():
                sentence = f"its table {table} says something else than the store"
                hint = "delete the file, it is made anew; and look who could write it"
                yield Problem(code="altered-index", place=INDEX, sentence=sentence, hint=hint)


def _withdrawal(day: Day, dossier: Dossier, copy: ControlledCopy) -> dict[str, Any]:
    """Return who withdrew a document and why, where the copy says that it goes or is gone."""
    if not dossier.withdrawal or not copy.withdrawn_on:
        return {}
    signed = (dossier.withdrawal.opened, *dossier.withdrawal.votes)
    names = dict.fromkeys(name_of(day.authority, one.event.signer) for one in signed)
    return {"withdrawn_by": tuple(names), "withdrawal_reason": signed[0].event.reason}
