"""Records: captured, added to, amended, closed, and found again."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from docctl.desk.recording import delivering, keeping, stowing, values
from docctl.desk.recording.made import AT_ONCE, Attachments, Circumstances, Made
from docctl.desk.recording.telling import contents, showing
from docctl.desk.signing.prepared import Prepared
from docctl.errors import InputError, OvertakenError, TakenError
from docctl.library.checked import checked
from docctl.library.handle import ATTEMPTS
from docctl.library.keeping.tables import Tables
from docctl.library.outward import write_out_pieces
from docctl.model.answers.record import RecordShown, Trace
from docctl.model.base import Label, Number, Word
from docctl.model.records.record import RecordId


@checked
class Recording(Tables):
    """Evidence: what it says goes to the vault, what it is into the history.

    What a statement says goes there before it is signed, and out again if it is refused.
    """

    def record_capture(
        self,
        form: Number,
        fields: Mapping[str, Any] | BaseModel,
        *,
        attachments: Attachments | None = None,
        circumstances: Circumstances = AT_ONCE,
        revision: Label | None = None,
        reason: str = "",
    ) -> RecordShown:
        """Capture one record on a form; see `record_capture_many`.

        *fields* are values by the names of fields, or a Pydantic model that holds them; what it
        leaves at None is left out.
        """
        rows = [(values.said(fields), attachments or {})]
        numbers = self._capture(form, rows, circumstances, revision=revision, reason=reason)
        return self.record_show(numbers[0])

    def record_capture_many(
        self,
        form: Number,
        rows: Sequence[Mapping[str, Any] | BaseModel],
        *,
        circumstances: Circumstances = AT_ONCE,
        days: Sequence[date | None] = (),
        revision: Label | None = None,
        reason: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[RecordId, ...]:
        """Capture records on a form in one change: all of them, or none.

        *days* are those on which they happened, row by row, where these are not all the same.
        *progress* is called with the rows that lie in the vault, and their number.

        Raises:
            IncompleteError: values do not fit the form; every fault is named with its row.
            NotFoundError: the form is not in force, or defines no records.
            RefusedError: a rule forbids it.
            StoreError: the vault or the store cannot take it; nothing is left of it.
        """
        whole: list[tuple[Mapping[str, Any], Attachments]] = [
            (values.said(one), {}) for one in rows
        ]
        return self._capture(
            form,
            whole,
            circumstances,
            days=days,
            revision=revision,
            reason=reason,
            progress=progress,
        )

    def _capture(
        self,
        form: Number,
        rows: Sequence[tuple[Mapping[str, Any], Attachments]],
        circumstances: Circumstances,
        *,
        days: Sequence[date | None] = (),
        revision: Label | None,
        reason: str,
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[RecordId, ...]:
        if days and len(days) != len(rows):
            raise InputError("there are other days than rows", hint="name a day for each row")
        on = [one or circumstances.on for one in days] or [circumstances.on] * len(rows)

        def stow() -> tuple[Made, ...]:
            found: dict[int, Made] = {}
            taken = count(1)
            try:
                for day in dict.fromkeys(on):
                    places = [at for at, one in enumerate(on) if one == day]
                    made = stowing.captures(
                        self.bench,
                        form,
                        [rows[at] for at in places],
                        circumstances=replace(circumstances, on=day),
                        revision=revision,
                        reason=reason,
                        beside=tuple(found.values()),
                        taken=lambda: progress and progress(next(taken), len(rows)),
                    )
                    found |= zip(places, made, strict=True)
            except BaseException:
                delivering.undo(self.bench, tuple(found.values()))
                raise
            return tuple(found[at] for at in range(len(rows)))

        made = self._stow_and_act("record_capture", stow)
        return tuple(one.record for one in made)

    def _stow_and_prepare(self, verb: str, stow: Callable[[], tuple[Made, ...]]) -> Prepared:
        """Put what is to be said into the vault, and return the bytes that say so, not signed.

        Where it is refused, it is taken out again. What never lands stays there until
        `vault_sweep` removes what the history has never named.
        """
        made: tuple[Made, ...] = ()
        try:
            made = stow()
            return self.prepare(verb, made if verb == "record_capture" else made[0])
        except BaseException:
            delivering.undo(self.bench, made)
            raise

    def _stow_and_act(self, verb: str, stow: Callable[[], tuple[Made, ...]]) -> tuple[Made, ...]:
        """Put what is to be said into the vault, and let it land; again where others are faster."""
        made: tuple[Made, ...] = ()
        for _ in range(ATTEMPTS):
            try:
                made = ()
                made = stow()
                self.act(verb, made if verb == "record_capture" else made[0])
            except (OvertakenError, TakenError):
                delivering.undo(self.bench, made)
            except BaseException:
                delivering.undo(self.bench, made)
                raise
            else:
                return made
        raise OvertakenError("the record", hint="many write at once: repeat it in a moment")

    def record_add(
        self,
        number: RecordId,
        step: Word,
        fields: Mapping[str, Any] | BaseModel,
        *,
        attachments: Attachments | None = None,
        circumstances: Circumstances = AT_ONCE,
    ) -> RecordShown:
        """Enter a step into an open record; what was entered never changes.

        Raises:
            NotFoundError: there is no such record or step.
            IncompleteError: values do not fit the step.
            IllegalMoveError: the record is closed.
        """
        given = values.said(fields)

        def stow() -> tuple[Made, ...]:
            record = keeping.get(self.bench, number)
            files = attachments or {}
            made = stowing.step(self.bench, record, step, given, files, circumstances=circumstances)
            return (made,)

        self._stow_and_act("record_add", stow)
        return self.record_show(number)

    def record_amend(
        self,
        number: RecordId,
        fields: Mapping[str, Any],
        *,
        reason: str,
        attachments: Attachments | None = None,
    ) -> RecordShown:
        """Correct a record visibly: what it said before stays, and every copy shows both.

        A field that the form does not require is taken out where it is None.

        Raises:
            IncompleteError: the record would not fit its form.
            InputError: nothing would change.
        """

        def stow() -> tuple[Made, ...]:
            record, files = keeping.get(self.bench, number), attachments or {}
            return (stowing.amendment(self.bench, record, fields, files, reason=reason),)

        self._stow_and_act("record_amend", stow)
        return self.record_show(number)

    def record_sign(self, number: RecordId, *, meaning: Word) -> RecordShown:
        """Put a signature to an open record that its form asks for."""
        self.act("record_sign", number, meaning=meaning)
        return self.record_show(number)

    def record_close(
        self, number: RecordId, *, on: date | None = None, reason: str = ""
    ) -> RecordShown:
        """Close a record; *on* is the day on which the matter ended.

        The time of keeping begins with that day or with the day of this statement, whichever is
        later.

        Raises:
            IncompleteError: a step or a signature is missing.
        """
        self.act("record_close", number, on=on, reason=reason)
        return self.record_show(number)

    def record_reopen(self, number: RecordId, *, reason: str) -> RecordShown:
        """Open a closed record again; its time of keeping no longer runs."""
        self.act("record_reopen", number, reason=reason)
        return self.record_show(number)

    def record_fact(self, number: RecordId, *, fact: Word, on: date, reason: str) -> RecordShown:
        """State a fact from which the time of keeping counts, such as the end of a contract."""
        self.act("record_fact", number, fact=fact, on=on, reason=reason)
        return self.record_show(number)

    def record_show(self, number: RecordId) -> RecordShown:
        """Return a record with everything it says, every correction, and when it may go.

        Raises:
            NotFoundError: there is no such record.
            StoreError: what it says is missing or was altered.
        """
        return showing.shown(self.bench, keeping.get(self.bench, number))

    def trace(self, number: RecordId) -> Trace:
        """Return the form, the procedure and the person behind a record, as of its capture.

        Raises:
            NotFoundError: there is no such record.
        """
        return showing.traced(self.bench, keeping.get(self.bench, number))

    def record_file(self, number: RecordId, name: str, target: str | os.PathLike[str]) -> Path:
        """Write a file that is attached to a record to *target*, and return its path.

        Raises:
            NotFoundError: there is no such record, or no such file beside it.
            StoreError: the file is missing or was altered.
        """
        record = keeping.get(self.bench, number)
        stub = contents.attached(contents.written(self.bench, record), number, name).stub
        vault = self.bench.vaults.of(record.vault)
        return write_out_pieces(Path(target), vault.read(number, stub))
