"""The site: everything in force on a day as static pages, with the register at their head."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.errors import InputError
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.copies.issuing import Issuing
from docctl.model.answers.published import Published

if TYPE_CHECKING:
    from docctl.desk.copies import publishing
    from docctl.library.copies import folder
else:
    publishing = Late("docctl.desk.copies.publishing")
    folder = Late("docctl.library.copies.folder")


@checked
class Publishing(Issuing):
    """What leaves the library as a site."""

    def publish(
        self,
        to: str | os.PathLike[str],
        *,
        as_of: date | None = None,
        formats: Sequence[str] = ("docx",),
    ) -> Published:
        """Write a site of exactly the revisions in force at the end of a day, and tell what it is.

        The pages lead to each other, ask no host for anything, and can be read from a disk or
        from any web server. *to* is a new or empty folder, or one that holds a site of this
        library: then only what changed is written, what is in force no more is taken away, and no
        file that docctl did not write is touched. *formats* are the copies to be had from the page
        of each document. The same library, day and formats give the same bytes.

        A text that its licence keeps from being handed out has a line in the register and no page.

        Raises:
            TakenError: the folder holds files that docctl did not write.
            InputError: the folder belongs to a library or to another library's site, there is no
                such format, or the day is still to come.
            DamagedStoreError: the store does not hold what was signed.
            NotFoundError: the library was founded later.
            StoreError: somebody else publishes there at the moment.
            DiskError: a file cannot be written. What is there still works; publish once more.
        """
        if isinstance(formats, str):
            raise InputError(
                "formats are several words", hint=f"for example: formats=[{formats!r}]"
            )
        day = self.bench.day(self._not_to_come(as_of))
        root = Path(to)
        with folder.SiteFolder(root, day.authority.library) as place:
            made = publishing.publication(
                self.bench, day, formats, before=place.before, read=place.read
            )
            written = place.write(made.files)
            removed = place.settle(made.manifest())
        documents = made.documents
        return Published(
            folder=str(root),
            as_of=day.on,
            documents=len(documents),
            pages=sum(1 for one in documents.values() if one.licence is None),
            written=tuple(written),
            removed=tuple(removed),
            unchanged=len(made.kept),
            problems=tuple(each for one in documents.values() for each in one.problems),
        )
