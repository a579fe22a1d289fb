"""Records that are kept elsewhere: on paper, or in another system."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from docctl.desk.recording.made import AT_ONCE, Attachments, Circumstances
from docctl.library.checked import checked
from docctl.library.keeping.recording import Recording
from docctl.model.answers.record import RecordShown
from docctl.model.base import Label, Line, Number
from docctl.model.records.record import Elsewhere, RecordId

_NO_FIELDS: Mapping[str, Any] = MappingProxyType({})


@checked
class Originals(Recording):
    """What is known of a record that lies elsewhere, who has it, and how it ended."""

    def record_register(
        self,
        form: Number,
        elsewhere: Elsewhere,
        fields: Mapping[str, Any] | BaseModel = _NO_FIELDS,
        *,
        attachments: Attachments | None = None,
        circumstances: Circumstances = AT_ONCE,
        revision: Label | None = None,
        reason: str = "",
    ) -> RecordShown:
        """Register a record that is kept elsewhere: what it is, where it lies, and who keeps it.

        *fields* are those by which it should be found, as many as are wanted; *attachments* may be
        scans of it. They lie in the vault, as with other records.

        Raises:
            IncompleteError: values do not fit the form.
        """
        return self.record_capture(
            form,
            fields,
            attachments=attachments,
            circumstances=replace(circumstances, elsewhere=elsewhere),
            revision=revision,
            reason=reason,
        )

    def record_register_many(
        self,
        form: Number,
        elsewhere: Elsewhere,
        rows: Sequence[Mapping[str, Any] | BaseModel],
        *,
        circumstances: Circumstances = AT_ONCE,
        days: Sequence[date | None] = (),
        revision: Label | None = None,
        reason: str = "",
    ) -> tuple[RecordId, ...]:
        """Register records that lie in one place in one change: all of them, or none.

        Raises:
            IncompleteError: values do not fit the form; every fault is named with its row.
        """
        return self.record_capture_many(
            form,
            rows,
            circumstances=replace(circumstances, elsewhere=elsewhere),
            days=days,
            revision=revision,
            reason=reason,
        )

    def record_move(
        self,
        number: RecordId,
        *,
        reason: str,
        medium: Line | None = None,
        location: Line | None = None,
        custodian: Line | None = None,
        since: date | None = None,
    ) -> RecordShown:
        """State where a record is kept, or by whom, since a day; what is not named stays.

        Raises:
            InputError: it lies in the vault.
            RefusedError: it is kept there already, or the day cannot be.
        """
        self.act(
            "record_move",
            number,
            reason=reason,
            medium=medium,
            location=location,
            custodian=custodian,
            since=since,
        )
        return self.record_show(number)

    def record_destroyed(
        self, number: RecordId, *, method: Line, by: Line, on: date | None = None
    ) -> RecordShown:
        """State that the original of a record was destroyed: when, how and by whom.

        A disposal must have let it go. Until this is stated, the disposal cannot be certified.

        Raises:
            RefusedError: it may not go, or never lay elsewhere.
        """
        self.act("record_destroyed", number, method=method, by=by, on=on)
        return self.record_show(number)
