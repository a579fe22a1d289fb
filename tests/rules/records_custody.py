"""What people do to records that are kept elsewhere, and to numbered blanks: honestly, or not."""

from typing import Any

from paper_keeping import stub
from paper_schedules import FORMS
from records_acts import Clerks

from docctl.model.records.record import Elsewhere
from docctl.rules.records import Record

PLACES = (("paper", "Cellar"), ("paper", "Attic"), ("film", "Bank"), ("LIMS", "Its archive"))
CUSTODIANS = ("Archivist", "Director", "Line 3")


class Archivists(Clerks):
    """Those who have paper, film, other systems, and stacks of blanks."""

    def place_of_paper(self) -> Elsewhere:
        medium, location = self.chance.choice(PLACES)
        custodian = self.chance.choice(CUSTODIANS)
        return Elsewhere(medium=medium, location=location, custodian=custodian)

    def register(self) -> None:
        """Somebody registers what lies elsewhere, with a scan of it or without."""
        form = self.chance.choice([*FORMS])
        by = self.who("bob", "ria")
        want = self.keeping.captured(form, event_on=self.day(), late_reason="post")
        want |= {"elsewhere": self.place_of_paper(), "payload": self.chance.choice([None, stub()])}
        self.attempt("captured", by, self.record_number(form), self.role_of(by, "holder"), **want)

    def move(self) -> None:
        """A record gets to another place: one that has a place, or any."""
        found = self.elsewhere(gone=False) if self.chance.random() < 0.9 else [self.record()]
        if record := self.chance.choice(found or [None]):
            by = self.who("ria", "rob", "bob")
            self.attempt(
                "custody_changed",
                by,
                record.number,
                self.role_of(by, "records", "holder"),
                elsewhere=self.place_of_paper(),
                since=self.day(),
            )

    def burn(self) -> None:
        """Somebody says that an original is destroyed: of a record that may go, or of another."""
        found = self.elsewhere(gone=True) if self.chance.random() < 0.7 else []
        if record := self.chance.choice(found or [self.record()]):
            by = self.who("ria", "rob")
            self.attempt(
                "original_destroyed",
                by,
                record.number,
                self.role_of(by, "records"),
                on=self.day(),
                method="fire",
                by="Archivist",
            )

    def elsewhere(self, *, gone: bool) -> list[Record]:
        kept = [one for (root, _), one in self.keeping.kept.items() if root == "records"]
        there = [one for one in kept if one.elsewhere and (one.disposed is not None) == gone]
        return [one for one in there if one.original_gone is None] or there

    # --- blanks -------------------------------------------------------------------------------

    def issue(self) -> None:
        form = self.chance.choice([*FORMS])
        revision = self.keeping.dossiers[form].revisions[0]
        by = self.who("ria", "rob", "fay")
        self.attempt(
            "blank_issued",
            by,
            self.number("B"),
            self.role_of(by, "records", "document_controller"),
            form=form,
            form_revision=revision.label,
            form_content=revision.content,
            issued_to="Line 3",
        )

    def fill(self) -> None:
        """A record is made from a blank, in one change with its use; at times not quite so."""
        if blank := self.blank():
            form, chance = self.keeping.blank(blank).said.form, self.chance
            form = form if chance.random() < 0.9 else chance.choice([*FORMS])
            by, number = self.who("bob"), self.record_number(form)
            want = self.keeping.captured(form, event_on=self.day(), late_reason="post")
            said = blank if chance.random() < 0.9 else None
            role = self.role_of(by, "holder")
            made = self.written("captured", by, number, role, **want, blank=said)
            marked = number if chance.random() < 0.9 else f"{number}1"
            mark = self.written("blank_used", by, blank, role, record=marked)
            parts = [[made, mark]] * 8 + [[made], [mark]]
            self.tried(*chance.choice(parts))

    def give_back(self) -> None:
        if blank := self.blank():
            by = self.who("ria", "rob", "fay")
            self.attempt(
                "blank_ended",
                by,
                blank,
                self.role_of(by, "records", "document_controller"),
                outcome=self.chance.choice(["returned", "void"]),
                reason=self.chance.choice(["wet", "wet", ""]),
            )

    def blank(self) -> str | None:
        """The number of a blank: one that is out, or any."""
        every: list[Any] = [one for (root, _), one in self.keeping.kept.items() if root == "blanks"]
        out = [one for one in every if one.out] if self.chance.random() < 0.8 else every
        return self.chance.choice(out or every).number if every else None
