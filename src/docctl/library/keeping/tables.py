"""Records by the page, by the question and as tables."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docctl.desk.recording import whom
from docctl.desk.recording.telling import asking, listing, showing
from docctl.errors import InputError
from docctl.library.checked import checked
from docctl.library.handle import Handle
from docctl.library.outward import write_out
from docctl.model.answers.record import RecordEntry
from docctl.model.base import Number
from docctl.rules.query import Question
from docctl.rules.query_reading import question


@checked
class Tables(Handle):
    """Records found again: as they stand, with what they say, in a file."""

    def record_list(
        self,
        *,
        form: Number | None = None,
        where: str = "",
        limit: int | None = None,
        page: int = 1,
    ) -> tuple[RecordEntry, ...]:
        """Return records, those made on a form or those that answer a question.

        A question is such as `site=Bergen and captured>=2026-01-01`: see `docctl.rules.query`.
        `by` takes the id of a person, or a name that only one bears; `medium`, `location` and
        `custodian` find what is kept elsewhere.
        They are sorted by the day of their capture, and then by their numbers. With *limit* no
        more than so many are returned: the first ones, or those of a later *page*.

        Raises:
            InputError: the question cannot be understood, or there is no such page.
        """
        asked, part = self._asked(form, where), showing.page_of(limit, page)
        return tuple(showing.entries(self.bench, form=form, question=asked, page=part))

    def record_count(self, *, form: Number | None = None, where: str = "") -> int:
        """Return how many records `record_list` would return.

        Raises:
            InputError: the question cannot be understood.
        """
        return asking.counted(self.bench, self._asked(form, where), form)

    def _asked(self, form: Number | None, where: str) -> Question | None:
        """Return a question, once there is such a form and records can answer it."""
        if form is not None:
            self.bench.get(form)
        if not where:
            return None
        asked = whom.with_ids(self.bench, question(where), asking.about(self.bench, form))
        asking.require_known(self.bench, asked, form=form, beside=asking.PLACES)
        return asked

    def record_values(
        self,
        *columns: str,
        form: Number | None = None,
        where: str = "",
        limit: int | None = None,
        page: int = 1,
    ) -> tuple[Mapping[str, Any], ...]:
        """Return records as lines of a table: the value of each column, by its name.

        Columns are `record`, `form`, `revision`, `status`, `happened`, `captured`, `closed`, `by`,
        `for`, `class`, `holds`, of what is kept elsewhere `medium`, `location` and `custodian`, and
        every field of a form that holds no data of persons; `all` stands for all of them. With
        none there is what `record_list` shows, identifiers included.

        Raises:
            InputError: there is no such column, or the question cannot be understood.
            StoreError: what a record says is missing or was altered.
        """
        entries = self.record_list(form=form, where=where, limit=limit, page=page)
        return tuple(listing.lines(self.bench, entries, columns, form))

    def record_table(
        self,
        to: str | os.PathLike[str],
        *,
        form: Number | None = None,
        where: str = "",
        columns: Sequence[str] = (),
    ) -> Path:
        """Write the list of records as a table and return its path: `.csv`, `.xlsx` or `.json`.

        It has the columns of `record_values`. Nothing that somebody wrote becomes a formula.

        Raises:
            InputError: the ending names no format, or the question cannot be understood.
        """
        path = Path(to)
        if path.suffix.lower() not in listing.WRITERS:
            raise InputError(f"{path}: no table ends so", hint="write .csv, .xlsx or .json")
        lines = self.record_values(*columns, form=form, where=where)
        return write_out(path, listing.WRITERS[path.suffix.lower()](lines))
