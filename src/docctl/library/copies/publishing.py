"""The site: everything in force on a day as static pages, with the register at their head."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.desk.signing.intent import instant
from docctl.errors import DamagedStoreError, InputError, StoreError
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.copies.issuing import Issuing
from docctl.library.sound import unsound
from docctl.model.answers.published import Published, SiteManifest
from docctl.model.answers.register import Verification
from docctl.store.reading.reader import Reader

if TYPE_CHECKING:
    from docctl import verify as verifying
    from docctl.desk.copies import publishing
    from docctl.library.copies import folder
else:
    publishing = Late("docctl.desk.copies.publishing")
    folder = Late("docctl.library.copies.folder")
    verifying = Late("docctl.verify")


@checked
class Publishing(Issuing):
    """What leaves the library as a site."""

    def publish(
        self,
        to: str | os.PathLike[str],
        *,
        as_of: date | None = None,
        formats: Sequence[str] = ("docx",),
        verified: str | None = None,
    ) -> Published:
        """Write a site of exactly the revisions in force at the end of a day, and tell what it is.

        The pages lead to each other, ask no host for anything, and can be read from a disk or
        from any web server. *to* is a new or empty folder, or one that holds a site of this
        library: then only what changed is written, what is in force no more is taken away, and no
        file that docctl did not write is touched. *formats* are the copies to be had from the page
        of each document. The same library, day and formats give the same bytes.

        A text that its licence keeps from being handed out has a line in the register and no page.

        The history is verified first, and nothing is published by one with problems: all of it for
        a new site, and what came since for one that is published again. *verified* is the `head`
        of an earlier verification, from which on it is looked at.

        Raises:
            TakenError: the folder holds files that docctl did not write.
            InputError: the folder belongs to a library or to another library's site, there is no
                such format, the day is still to come, or *verified* is not the id of a commit.
            DamagedStoreError: the history has problems, or the store does not hold what was signed.
            NotFoundError: the library was founded later.
            StoreError: somebody else publishes there at the moment.
            DiskError: a file cannot be written. What is there still works; publish once more.
        """
        if isinstance(formats, str):
            raise InputError(
                "formats are several words", hint=f"for example: formats=[{formats!r}]"
            )
        day, known = self.bench.day(self._not_to_come(as_of)), self._whole_id(verified)
        root = Path(to)
        with folder.SiteFolder(root, day.authority.library) as place:
            self._require_sound(day.head, known or _head(place.before))
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

    def _whole_id(self, commit: str | None) -> str:
        if commit is not None and not self.store.reader.format.is_id(commit):
            raise InputError(
                f"{commit:.100} is not the id of a commit",
                hint="give all of what an earlier 'docctl verify' has printed last",
            )
        return commit or ""

    def _require_sound(self, head: str, known: str) -> None:
        """Refuse to tell readers what is in force by a history that has problems."""
        if why := unsound(self._came(head, known), "published"):
            raise DamagedStoreError(why)

    def _came(self, head: str, known: str) -> Verification:
        """Verify what leads to a commit, from one that was verified before where that is known."""
        reader, now = Reader(self.store.reader.git), instant(self.clock())
        if reader.format.is_id(known):
            with suppress(StoreError):  # there is no such commit any more, which is told below
                return verifying.verify_since(reader, known, until=head, now=now)
        return verifying.verify(reader, known=known or None, now=now)


def _head(before: SiteManifest | None) -> str:
    return before.head if before else ""
