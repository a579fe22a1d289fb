"""The entry of a draft as it was: the index knows only its latest text."""

from docctl.desk.day import Day
from docctl.model.answers.register import RegisterEntry
from docctl.rules import asof


def entry_of(day: Day, entry: RegisterEntry) -> RegisterEntry:
    """Return an entry with the title, parent and classification that its draft had on the day."""
    dossier = day.get(entry.number)
    document = day.document(dossier, asof.span(dossier, day.on).shown)
    return entry._replace(
        title=document.title, parent=document.parent, classification=document.classification
    )
