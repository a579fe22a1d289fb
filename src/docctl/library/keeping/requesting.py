"""Requests about personal data: what somebody is in, what is decided of it, and that it is done."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.desk.recording import requesting
from docctl.desk.recording.disposal import certifying
from docctl.desk.recording.telling import requests, searching
from docctl.errors import NotAuthorisedError
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.keeping.retaining import Retaining
from docctl.library.outward import write_out
from docctl.library.people import People
from docctl.library.sound import require_sound
from docctl.model.answers.request import RequestShown, SubjectFound
from docctl.model.base import Line
from docctl.model.records.record import RecordId
from docctl.model.records.request import Asked, Decision, SubjectItem
from docctl.rules.records import Request

if TYPE_CHECKING:
    from docctl.desk.copies import issuing
else:
    issuing = Late("docctl.desk.copies.issuing")


@checked
class Requesting(People, Retaining):
    """Requests for access, erasure or rectification, from the search to the answer."""

    def subject_find(self, text: str) -> SubjectFound:
        """Return what holds a text: people, records and what they say now, texts of documents.

        Where a person of the library bears it as name or id, what is about that id is found too.
        Nothing of the search is kept. What attachments say is not looked at.

        Raises:
            InputError: the text is empty.
        """
        return searching.found(self.bench, text)

    def subject_open(
        self,
        *items: str,
        asks: Asked,
        reason: str,
        received_on: date | None = None,
        due_on: date | None = None,
    ) -> RequestShown:
        """Open a request about records, documents and people; the history never says whose.

        Raises:
            NotFoundError: there is no such item.
            DateError: it was received on a day that is still to come.
        """
        landed = self.act(
            "subject_open",
            items,
            asks=asks,
            reason=reason,
            received_on=received_on or self.today(),
            due_on=due_on,
        )
        return self.subject_show(landed.statements[0].event.item)

    def subject_item(self, number: RecordId, given: str) -> SubjectItem:
        """Return the item of a request that is meant by a number, an id, or the name of a person.

        Raises:
            NotFoundError: there is no such request, or it has no such item.
        """
        return requesting.item_meant(self.bench, requesting.get(self.bench, number), given)

    def subject_decide(self, number: RecordId, *decisions: Decision) -> RequestShown:
        """Decide what becomes of items of a request; a later decision stands over an earlier one.

        Raises:
            HoldError: an item that is to be erased is held.
            SeparationOfDutiesError: who opened the request decides to erase.
            EventError: nothing can be erased there, or no hold stands on what one keeps.
        """
        self.act("subject_decide", number, decisions)
        return self.subject_show(number)

    def subject_run(self, number: RecordId) -> RequestShown:
        """Carry out what was decided to be erased, as far as that can be done now.

        Names of people go at once: an administrator does that. Records go by a disposal, destroyed
        or made anonymous as their class says: somebody who keeps records proposes those that are
        due, for somebody else to authorise. What the signer may not do is left to others, and the
        answer says so. Copies of the vault that are away are named: what lies there nobody can
        read any more. It may be called again at any time, and once they are back it destroys what
        they still hold.

        Raises:
            NotAuthorisedError: the signer may do nothing of what can be done now.
            RetentionError: the history has problems.
        """
        request, refused, done = requesting.get(self.bench, number), None, 0
        missed: set[Line] = set()
        for act in (self._propose, self._erase_names, self._finish):
            try:
                done += act(request, missed)
            except NotAuthorisedError as error:
                refused = error
        if refused is not None and not done:
            raise refused
        return self.subject_show(number).but(not_reached=tuple(sorted(missed)))

    def _propose(self, request: Request, _: set[Line]) -> int:
        """Propose the records of a request that may go now, and return how many."""
        erased = requesting.to_erase(self.bench, request, "record")
        due = requesting.proposable(self.bench, erased)
        if due:
            self.retention_propose(*due)
        return len(due)

    def _erase_names(self, request: Request, missed: set[Line]) -> int:
        """Erase the names of a request, and return how many; *missed* gets the copies away."""
        people = requesting.to_erase(self.bench, request, "person")
        for person in people:
            erasure = self.person_erase(person, reason=f"Request {request.number}")
            missed.update(erasure.not_reached)
        return len(people)

    def _finish(self, request: Request, missed: set[Line]) -> int:
        """Destroy what was erased and lies in a copy that was away; return how many items."""
        left = requesting.left_behind(self.bench, request)
        disposals = dict.fromkeys(requesting.disposal_of(self.bench, one.item) for one in left)
        for number in filter(None, disposals):
            require_sound(self, number)
            missed.update(certifying.destroy(self.bench, number).not_reached)
        for person in (one.item for one in left if one.kind == "person"):
            missed.update(self.person_erase(person, reason=f"Request {request.number}").not_reached)
        return len(left)

    def subject_answer(self, number: RecordId, *, reason: str = "") -> RequestShown:
        """State that everything decided is done, and that the subject was answered.

        Raises:
            IncompleteError: something is undecided, or decided and not done.
        """
        self.act("subject_answer", number, reason=reason)
        return self.subject_show(number)

    def subject_show(self, number: RecordId) -> RequestShown:
        """Return a request as it stands.

        Raises:
            NotFoundError: there is none with this number.
        """
        return requests.request_shown(self.bench, requesting.get(self.bench, number))

    def subject_list(self) -> Sequence[RequestShown]:
        """Return every request ever opened."""
        every = self.bench.archive().requests()
        return tuple(requests.request_shown(self.bench, one) for one in every)

    def subject_report(self, number: RecordId, to: str | os.PathLike[str]) -> Path:
        """Write the evidence of a request as `.docx`, `.html`, `.md` or `.pdf`; return its path.

        Raises:
            NotFoundError: there is none with this number.
            InputError: the ending names no format.
        """
        path, paper = Path(to), self.bench.control.paper
        write = issuing.answered(path.suffix.lower(), paper=paper)
        return write_out(path, write(self.subject_show(number)))
