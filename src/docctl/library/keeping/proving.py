"""What supports records as evidence, and the reports of it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.desk.recording import keeping
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.keeping.recording import Recording
from docctl.library.outward import write_out
from docctl.model.answers.alcoa import EvidenceReport
from docctl.model.base import Number
from docctl.model.records.record import RecordId

if TYPE_CHECKING:
    from docctl.desk.copies import issuing
    from docctl.desk.recording.telling import qualities
else:
    issuing = Late("docctl.desk.copies.issuing")
    qualities = Late("docctl.desk.recording.telling.qualities")


@checked
class Proving(Recording):
    """Reports on records as evidence."""

    def record_report(
        self, *numbers: RecordId, form: Number | None = None, where: str = ""
    ) -> EvidenceReport:
        """Return what supports records as evidence, and what is missing or late.

        It goes quality by quality: attributable, legible, contemporaneous, original, accurate,
        complete, consistent, enduring, available. Without *numbers* it is about the records that
        `record_list` returns. Every signature is verified and every payload read to its end. The
        report says what supports a quality; it never claims that one is met.

        Raises:
            NotFoundError: there is no such record.
            InputError: the question cannot be understood.
        """
        asked = numbers or tuple(one.record for one in self.record_list(form=form, where=where))
        control = self.bench.control
        said = (f"form {form}" if form else "", where)
        return EvidenceReport(
            organization=control.organization,
            as_of=self.today(),
            question=", ".join(numbers) or " and ".join(filter(None, said)),
            paper=control.paper,
            records=tuple(
                qualities.qualities(self.bench, keeping.get(self.bench, one)) for one in asked
            ),
        )

    def record_report_file(
        self,
        to: str | os.PathLike[str],
        *numbers: RecordId,
        form: Number | None = None,
        where: str = "",
    ) -> Path:
        """Write what `record_report` returns as `.docx`, `.html`, `.md` or `.pdf`.

        Raises:
            NotFoundError: there is no such record.
            InputError: the ending names no format, or the question cannot be understood.
        """
        path = Path(to)
        write = issuing.report(path.suffix.lower())
        return write_out(path, write(self.record_report(*numbers, form=form, where=where)))
