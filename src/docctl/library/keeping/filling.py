"""What the records of a form say, before one is captured: its fields, tables, filled forms."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.desk.recording import stowing
from docctl.desk.recording.filling.batch import Batch, batch
from docctl.desk.recording.filling.impersonal import looked_at
from docctl.desk.recording.filling.sheets import sheet
from docctl.desk.recording.made import AT_ONCE, Circumstances
from docctl.desk.recording.telling.fields import fields_of
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.handle import Handle
from docctl.model.answers.record import FilledForm, RecordField
from docctl.model.base import Number
from docctl.model.records.definition import RecordDefinition
from docctl.store.files import read_file

if TYPE_CHECKING:
    from docctl.desk.recording.filling import filled as reading
    from docctl.render.docx import filled
else:
    reading = Late("docctl.desk.recording.filling.filled")
    filled = Late("docctl.render.docx.filled")

#: The largest form that is read, in bytes, pictures and all.
LARGEST_FORM = 32 << 20
#: The largest table.
LARGEST_TABLE = 256 << 20


@checked
class Filling(Handle):
    """Forms that define records, and what stands in a table or in a form that was filled in."""

    def record_definition(self, form: Number) -> RecordDefinition:
        """Return what the records made on a form say, in the revision in force.

        Raises:
            NotFoundError: the form is not in force, or defines no records.
        """
        return stowing.form_used(self.bench, form, on=self.today()).definition

    def record_fields(self, form: Number) -> tuple[RecordField, ...]:
        """Return what the form in force asks for, field by field, in its order.

        Raises:
            NotFoundError: the form is not in force, or defines no records.
        """
        return tuple(fields_of(self.record_definition(form)))

    def record_sheet(
        self,
        form: Number,
        path: str | os.PathLike[str],
        *,
        circumstances: Circumstances = AT_ONCE,
        progress: Callable[[int, int], None] | None = None,
    ) -> Batch:
        """Return the rows of a CSV file as a form has them, and what is wrong with which of them.

        Nothing is captured. Cells stand between commas, semicolons or tabs; the file is in UTF-8,
        in UTF-16 with a byte order mark, or in Windows-1252. A column is named after a field or by
        its title; `happened` is the day of a row. Identifiers that look like a person's address or
        number are wrong, unless the handle was opened *with_personal_data*. *progress* is called
        with the rows looked at and their number.

        Raises:
            NotFoundError: the form is not in force, or defines no records.
            UnreadableError: it is no text.
            InputError: it is no table, or a column names no field.
        """
        source = Path(path)
        read = sheet(read_file(source, limit=LARGEST_TABLE), source.name)
        report = progress or (lambda _done, _total: None)
        found = batch(self.bench, form, read, circumstances, report)
        if self.with_personal_data:
            return found
        return looked_at(found, self.record_definition(form))

    def record_filled(self, path: str | os.PathLike[str]) -> FilledForm:
        """Return what stands in a form that was filled in, a DOCX file made by `export_blank`.

        Nothing is captured. What cannot be read as the form asks for stays text: to capture it is
        then refused.

        Raises:
            UnreadableError: it is no such file, is damaged, or asks for more than is reasonable.
            NotFoundError: there is no such form.
            InputError: it was made from another text of the form than this library has.
        """
        source = Path(path)
        found = filled.filled(read_file(source, limit=LARGEST_FORM), source.name)
        return reading.read(self.bench, found, source.name)
