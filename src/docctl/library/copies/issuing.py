"""Files handed out: controlled copies, the manual, what others need to verify."""

import os
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docctl.desk.signing.intent import calendar_day
from docctl.errors import InputError
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.copies.placing import destination, written
from docctl.library.handle import Handle
from docctl.model.base import Label, Number
from docctl.model.problem import Problem
from docctl.model.records.record import RecordId
from docctl.render.paging.office import LibreOffice
from docctl.render.signing import PdfSigning
from docctl.store.files import read_file
from docctl.trust.allowed import allowed_signers
from docctl.trust.keys import PublicKey

if TYPE_CHECKING:
    import docx as python_docx
    from docx.document import Document as WordDocument

    from docctl.desk.copies import blank as blanks
    from docctl.desk.copies import compiling, finishing, issuing, writers
    from docctl.desk.recording import blanks as numbered
    from docctl.intake import pins
else:
    python_docx = Late("docx")
    WordDocument = Any
    blanks = Late("docctl.desk.copies.blank")
    compiling = Late("docctl.desk.copies.compiling")
    finishing = Late("docctl.desk.copies.finishing")
    numbered = Late("docctl.desk.recording.blanks")
    issuing = Late("docctl.desk.copies.issuing")
    pins = Late("docctl.intake.pins")

#: The largest template that is read, in bytes.
_LARGEST_TEMPLATE = 64 * 1024 * 1024
#: The largest compiled manual that is read back.
_LARGEST = 512 * 1024 * 1024


@checked
class Issuing(Handle):
    """What leaves the library as files."""

    def export(
        self,
        number: str,
        to: str | os.PathLike[str],
        *,
        format: str | None = None,  # noqa: A002
        revision: Label | None = None,
        as_of: date | None = None,
        template: str | os.PathLike[str] | None = None,
        sign_pdf: PdfSigning | None = None,
        read_only: bool = False,
        qr: bool = False,
        paged: LibreOffice | None = None,
    ) -> Path:
        """Write a controlled copy and return its path.

        With the number of a record it is a copy of that: what it says now, every correction and
        every signature; of a destroyed one what its history still holds. With the number of a
        disposal it is the certificate of destruction, or says that it was not carried out. Both
        stand as they are today.

        *to* is a file, whose ending names the format, or a folder, which gets
        `PRO-001.docx`. Without *revision* it is the one in force on the day, today where none is
        named. The same inputs give the same bytes. The pictures and files that a Markdown copy
        shows or links to are written beside it, in a folder named by number and revision.

        With a *template*, a `.docx` file of the organisation's own, a DOCX copy takes its styles,
        paper, heads and feet from there. What must stand on every page stands there even so.
        Without one it is the template that CONTROL names, if it does. A *read_only* copy tells
        word processors not to let anybody write; that is an instruction, and no protection. With
        *qr* a code on the control sheet names number, revision, the digest of the content and that
        of the library; a Markdown copy has none.

        The contents of a DOCX copy show no pages, which only a word processor knows. *paged* has
        them counted as LibreOffice lays the copy out, with the fonts of this machine; another one
        may count otherwise, and Word does when it updates the contents.

        *sign_pdf* signs a PDF copy, for readers that check such signatures (PAdES). It says who
        made the file, and is no approval; what it adds is not the same bytes twice.

        Raises:
            NotFoundError: there was no such document or revision on that day.
            ExportForbiddenError: a licence forbids it.
            DamagedStoreError: the store does not hold what was signed, or a signature that the
                copy shows does not hold.
            InputError: the ending names no format, the day is still to come, a revision or a day
                is named for a record or a disposal, a template for another format than
                DOCX, a QR code for Markdown, or a signature for another than PDF; or segno is not
                installed.
            PagingError: the pages cannot be counted.
            SignerError: the key or its certificate cannot sign now.
            UnreadableError: the template is no DOCX file, or cannot be used.
            StoreError: what a record says cannot be had, though it was not disposed of.
        """
        path, wanted = destination(Path(to), number, format)
        day = self.bench.day(self._not_to_come(as_of))
        finish = finishing.finish(
            day, wanted, given(template), read_only=read_only, qr=qr, layout=paged
        )
        known = self.bench.find(number)
        found = None
        if not known:
            found = issuing.evidence(self.bench, number, wanted=wanted, finish=finish)
        if found:
            if revision or as_of:
                raise InputError(
                    f"a copy of {number} shows all its statements as they stand today",
                    hint="leave out the revision and the day",
                )
            return written(path, self._sealed(found, wanted, sign_pdf))
        made = issuing.issue(day, number, revision, wanted=wanted, finish=finish)
        return written(path, self._sealed(made, wanted, sign_pdf))

    def export_docx(
        self,
        number: str,
        *,
        revision: Label | None = None,
        as_of: date | None = None,
        template: str | os.PathLike[str] | None = None,
    ) -> "WordDocument":
        """Return a controlled copy as a document of python-docx, for a program to go on with.

        See `export`. What is changed in it is no longer what docctl wrote, and saving it does not
        give the same bytes twice.

        Raises:
            NotFoundError: there was no such document or revision on that day.
            ExportForbiddenError: a licence forbids it.
            DamagedStoreError: the store does not hold what was signed.
            UnreadableError: the template is no DOCX file, or cannot be used.
            InputError: the day is still to come.
        """
        day = self.bench.day(self._not_to_come(as_of))
        finish = finishing.finish(day, "docx", given(template))
        made = issuing.issue(day, number, revision, wanted="docx", finish=finish)
        return python_docx.Document(BytesIO(made.file))

    def export_blank(
        self,
        number: Number,
        to: str | os.PathLike[str],
        *,
        revision: Label | None = None,
        as_of: date | None = None,
        blank: RecordId | None = None,
        template: str | os.PathLike[str] | None = None,
    ) -> Path:
        """Write a form to be filled in, as DOCX, and return its path.

        It holds the form's text and a place for each field; `record_filled` reads it back. Without
        *revision* it is the one in force on the day, today where none is named. *to* is a file, or
        a folder, which gets `FRM-001.docx`. The same inputs give the same bytes. *blank* names one
        that was issued by its number: its text is that of the revision it was issued in. See
        `export` for *template*.

        Raises:
            NotFoundError: there was no such form, revision or blank, or it defines no records.
            DamagedStoreError: the store does not hold what was signed.
            InputError: it is no form, the ending is not `.docx`, or the day is still to come.
        """
        path, wanted = destination(Path(to), number, None)
        if wanted != "docx":
            raise InputError(f"{path} is to be filled in, and only DOCX can be read back")
        day = self.bench.day(self._not_to_come(as_of))
        finish = finishing.finish(day, wanted, given(template))
        if blank is None:
            return written(path, blanks.blank(day, number, revision, finish=finish))
        issued = numbered.blank_shown(numbered.get_blank(self.bench, blank))
        if issued.form != number:
            raise InputError(f"the blank {blank} is one of {issued.form}", hint="name that form")
        label = issued.form_revision
        copy = blanks.blank(day, number, label, numbered=issued, finish=finish)
        return written(path, copy)

    def manual(
        self,
        number: Number,
        to: str | os.PathLike[str],
        *,
        format: str | None = None,  # noqa: A002
        as_of: date | None = None,
        template: str | os.PathLike[str] | None = None,
        sign_pdf: PdfSigning | None = None,
        qr: bool = False,
        paged: LibreOffice | None = None,
    ) -> Path:
        """Write the controlled manual of a day and return its path; see `export` for its options.

        It holds the manual's approved text, the chapters it selects in the revisions in force on
        that day, functions, the master list, and an appendix that pins every input by revision
        and digest. The same inputs give the same bytes.

        Raises:
            NotFoundError: there is no such document.
            DamagedStoreError: the store does not hold what was signed, in any of its inputs.
            InputError: it is not a manual, the ending names no format, or the day is still to come.
            PagingError: the pages cannot be counted.
        """
        path, wanted = destination(Path(to), number, format)
        day = self.bench.day(self._not_to_come(as_of))
        finish = finishing.finish(day, wanted, given(template), qr=qr, layout=paged)
        made = compiling.compiled(day, number, wanted=wanted, finish=finish)
        return written(path, self._sealed(made, wanted, sign_pdf))

    def outdated(
        self, number: Number, file: str | os.PathLike[str], *, as_of: date | None = None
    ) -> tuple[Problem, ...]:
        """Compare what a compiled manual was made from with what the library holds.

        *file* was written by `manual`. There is a problem for each input that is another one:
        an error for a document, advice for a list; and an error if the file is not, byte for byte,
        the one that its issue was written to. None: compiling it again would give the same.

        Raises:
            NotFoundError: there is no such document or file.
            UnreadableError: the file does not say what it was made from.
            InputError: it is not a manual, the file is of another one, or the day is still to come.
        """
        path, on = Path(file), self._not_to_come(as_of)
        data = read_file(path, limit=_LARGEST)
        pinned = pins.pins(data, path.name)
        found = tuple(compiling.outdated(self.bench.day(on), number, pinned))
        issued = compiling.issue_day(pinned)
        if issued is None or issued > self.today():
            return found
        return (*compiling.altered(self.bench.day(issued), number, pinned, data), *found)

    def allowed_signers(self) -> str:
        """Return the keys of everybody as OpenSSH's `allowed_signers`, for stock `ssh-keygen`.

        Keys that have ended are listed too: what they signed while they counted stays valid.
        """
        persons = self.bench.world.authority.persons.values()
        return allowed_signers(
            (person.id, PublicKey.parse(key.key)) for person in persons for key in person.keys
        )

    def _sealed(
        self, made: "writers.Issued", wanted: str, how: PdfSigning | None
    ) -> "writers.Issued":
        """Return a copy with the signature in it that was asked for."""
        if how is None:
            return made
        if wanted != "pdf":
            raise InputError("only a PDF copy is signed so", hint="write one: --to FILE.pdf")
        return made._replace(file=how.signed(made.file, self.clock()))

    def _not_to_come(self, as_of: date | None) -> date:
        """Return the day that a copy speaks of: what happens until a later one, nobody knows."""
        today = self.today()
        if as_of and calendar_day(as_of) > today:
            raise InputError(
                f"{as_of} is still to come: no copy says what will be in force then",
                hint=f"what is planned for it: docctl register --as-of {as_of}",
            )
        return as_of or today


def given(template: str | os.PathLike[str] | None) -> tuple[str, bytes] | None:
    """Return the name and the content of a template that was named."""
    if template is None:
        return None
    path = Path(template)
    return path.name, read_file(path, limit=_LARGEST_TEMPLATE)
