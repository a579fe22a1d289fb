"""What changed between two revisions: as an answer, and as a file to hand round."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.copies.issuing import Issuing
from docctl.library.copies.placing import destination, written
from docctl.model.answers.reading import Difference
from docctl.model.base import Label
from docctl.rules import asof

if TYPE_CHECKING:
    from docctl.desk.copies import comparing
else:
    comparing = Late("docctl.desk.copies.comparing")


@checked
class Comparing(Issuing):
    """Two revisions side by side."""

    def diff(
        self,
        number: str,
        before: Label | None = None,
        after: Label | None = None,
        *,
        to: str | os.PathLike[str] | None = None,
        format: str | None = None,  # noqa: A002
    ) -> Difference:
        """Return what changed between two revisions: by default the newest and its predecessor.

        Any two can be compared, drafts included. With *to* the comparison is written as a file,
        too, whose ending names the format, or into a folder: `.docx` with tracked changes, by who
        submitted the newer revision (or saved its draft) and when, on the template that CONTROL
        names, if it does; `.html` with what was inserted
        and deleted; `.md` with CriticMarkup. It begins with a notice of the changes and says
        everywhere that it is not the controlled copy. The same inputs give the same bytes; status
        and dates are those of today.

        Raises:
            NotFoundError: there is no such document or revision.
            InputError: a file is asked for, and there is no such format or only one revision.
            ExportForbiddenError: a file is asked for, and a licence forbids it.
            UnreadableError: a DOCX file is asked for, and the template that CONTROL names cannot
                be used.
            DamagedStoreError: the store does not hold what was signed.
        """
        today = self.today()
        for label in filter(None, (before, after)):
            self.bench.revision_of(number, label, today)
        if to is None:
            day = self.bench.day(asof.FOREVER)
            return comparing.difference(comparing.pair(day, number, before, after))
        day = self.bench.day(today)
        found = comparing.pair(day, number, before, after)
        path, wanted = destination(Path(to), found.name, format)
        told, issued = comparing.written(day, found, wanted=wanted)
        return told.model_copy(update={"file": str(written(path, issued))})
