"""Numbered blanks: copies of a form to be filled in, each issued to somebody and used once."""

import os
from pathlib import Path

from docctl.desk.recording import blanks
from docctl.errors import InputError
from docctl.library.checked import checked
from docctl.library.copies.issuing import Issuing
from docctl.model.answers.record import BlankShown
from docctl.model.base import Line, Number
from docctl.model.records.record import RecordId


@checked
class Numbered(Issuing):
    """Who has which blank, and what became of it."""

    def blank_issue(
        self, form: Number, to: str | os.PathLike[str], *, issued_to: Line, copies: int = 1
    ) -> tuple[BlankShown, ...]:
        """Issue numbered blanks of a form to somebody, and write them as DOCX.

        *to* is a file for one blank, or a folder, which gets `B-1.docx` … A blank whose file was
        lost is written again with `export_blank(…, blank="B-1")`.

        Raises:
            NotFoundError: the form is not in force, or defines no records.
            InputError: several blanks are to go into one file.
        """
        path = Path(to)
        if copies > 1 and path.suffix:
            raise InputError(f"{path} is one file for {copies} blanks", hint="name a folder")
        if path.suffix not in {"", ".docx"}:
            raise InputError(f"{path} is to be filled in, and only DOCX can be read back")
        landed = self.act("blank_issue", form, issued_to=issued_to, copies=copies)
        issued = tuple(self.blank_show(one.event.item) for one in landed.statements)
        for one in issued:
            target = path if path.suffix else path / f"{one.blank}.docx"
            self.export_blank(form, target, blank=one.blank)
        return issued

    def blank_return(self, number: RecordId, *, reason: str = "") -> BlankShown:
        """State that a blank came back unused.

        Raises:
            NotFoundError: there is none with this number.
            RefusedError: it is not out, or the signer hands no blanks out.
        """
        self.act("blank_end", number, outcome="returned", reason=reason)
        return self.blank_show(number)

    def blank_void(self, number: RecordId, *, reason: str) -> BlankShown:
        """Declare a blank void: it is spoilt, or lost.

        Raises:
            NotFoundError: there is none with this number.
            RefusedError: it is not out, there is no reason, or the signer hands no blanks out.
        """
        self.act("blank_end", number, outcome="void", reason=reason)
        return self.blank_show(number)

    def blank_show(self, number: RecordId) -> BlankShown:
        """Return a blank as it stands.

        Raises:
            NotFoundError: there is none with this number.
        """
        return blanks.blank_shown(blanks.get_blank(self.bench, number))

    def blank_list(self, *, form: Number | None = None) -> tuple[BlankShown, ...]:
        """Return the blanks of a form, or of all, as they were issued: used, back, void, or out."""
        if form is not None:
            self.bench.get(form)
        return tuple(blanks.every_blank(self.bench, form))
