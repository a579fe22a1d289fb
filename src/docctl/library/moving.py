"""The verbs that move a document through its life."""

from datetime import date
from typing import Any, Literal

from docctl.library.checked import checked
from docctl.library.working import Working
from docctl.model.answers.status import Status
from docctl.model.assignment import Assignments
from docctl.model.base import Label, Number
from docctl.model.lifecycle import IN_FORCE


@checked
class Moving(Working):
    """Submission, signatures, release, and the ways out of use.

    Every verb returns how the document stands afterwards, and raises a `RefusedError` of the
    kind that fits, with nothing changed, where a rule forbids it.
    """

    def submit(self, number: Number, *, effective_on: date | None = None) -> Status:
        """Hand the draft over for review and approval; *effective_on* is the planned day.

        Raises:
            IncompleteError: the checks found something that stops it; every fault is named.
            UnsavedError: the working copy holds changes that were not saved.
        """
        self._require_saved(number)
        self.act("submit", number, effective_on=effective_on)
        self._clear(number)
        return self._checked(number)

    def review(self, number: Number, *, remark: str = "") -> Status:
        """Sign that the content is suitable."""
        return self._moved("review", number, remark=remark)

    def approve(self, number: Number, *, remark: str = "") -> Status:
        """Approve exactly this content, or the open proposal."""
        return self._moved("approve", number, remark=remark)

    def return_(self, number: Number, *, reason: str) -> Status:
        """Send it back to its authors; the signatures of the round no longer count."""
        return self._moved("return_", number, reason=reason)

    def reroute(self, number: Number, *, reason: str) -> Status:
        """Let the present holders of the roles sign; signatures already given stand."""
        return self._moved("reroute", number, reason=reason)

    def reopen(self, number: Number, *, reason: str) -> Status:
        """Take an approved or scheduled revision back to drafting."""
        return self._moved("reopen", number, reason=reason)

    def cancel(self, number: Number, *, reason: str, revision: Label | None = None) -> Status:
        """Give up the open revision, or the open proposal.

        Where a periodic review waits beside a further revision, *revision* names the one to give
        up: the further revision, or the one in force for the review of it. The working copy of a
        revision that is given up goes; what was changed in it and not saved stays.

        Raises:
            InputError: both are open, and none is named.
            NotFoundError: there is no such document or revision.
        """
        landed = self.act("cancel", number, reason=reason, revision=revision)
        label = landed.statements[0].event.revision
        self._clear(number)
        return self.status(number, label=label)

    def release(self, *numbers: Number, effective_on: date | None = None) -> tuple[Status, ...]:
        """Release one or several documents in one change: all of them, or none.

        They take effect on *effective_on*, today where none is named, and supersede their
        predecessors in the same moment.
        """
        self.act("release", *numbers, effective_on=effective_on)
        return tuple(self.status(number) for number in numbers)

    def postpone(self, number: Number, *, effective_on: date, reason: str) -> Status:
        """Let a scheduled revision take effect on a later day."""
        return self._moved("postpone", number, effective_on=effective_on, reason=reason)

    def periodic_review(
        self,
        number: Number,
        *,
        reason: str,
        outcome: Literal["keep", "revise", "withdraw"] = "keep",
        next_review_on: date | None = None,
    ) -> Status:
        """State the outcome of a periodic review; it counts once the route has signed it."""
        return self._moved(
            "periodic_review",
            number,
            reason=reason,
            outcome=outcome,
            next_review_on=next_review_on,
        )

    def suspend(self, number: Number, *, reason: str, instruction: str) -> Status:
        """Stop work by a document at once; *instruction* says what to do meanwhile."""
        return self._moved("suspend", number, reason=reason, instruction=instruction)

    def resume(self, number: Number, *, reason: str) -> Status:
        """Let a suspended document be followed again; another person must do it."""
        return self._moved("resume", number, reason=reason)

    def withdraw(
        self,
        number: Number,
        *,
        reason: str,
        from_on: date | None = None,
        replaced_by: Number | None = None,
    ) -> Status:
        """Propose to withdraw a document from a day on; the route signs it."""
        self.bench.get(number)
        found = self.index.where(number, on=self.today(), head=self.bench.head)
        in_force = [one for one in found if one.state in IN_FORCE]
        return self._moved(
            "withdraw",
            number,
            reason=reason,
            from_on=from_on,
            replaced_by=replaced_by,
            referred_by=tuple(dict.fromkeys(one.number for one in in_force)),
        )

    def comment(self, number: Number, text: str, *, line: int | None = None) -> Status:
        """Remark on the text under review; approval waits until it is answered."""
        return self._moved("comment", number, text, line=line)

    def resolve(
        self,
        number: Number,
        comment: int,
        *,
        disposition: Literal["accepted", "rejected", "deferred"] = "accepted",
        answer: str = "",
    ) -> Status:
        """Answer a comment by its number."""
        return self._moved("resolve", number, comment, disposition, answer=answer)

    def assign(self, number: Number, changes: Assignments, *, reason: str) -> Status:
        """Change administrative facts: owner, distribution, location. No new revision.

        Raises:
            NotFoundError: there is no such document, or ACCESS does not know who is named.
            InputError: who is named has left.
        """
        self.act("assign", number, changes, reason=reason)
        return self._advised(number) if changes.owner else self.status(number)

    def _moved(self, verb: str, number: Number, *arguments: Any, **options: Any) -> Status:
        self.act(verb, number, *arguments, **options)
        return self.status(number)
