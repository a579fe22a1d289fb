"""Whatever bears a number: a document, a record, a hold, a disposal, a request or a blank."""

from docctl.library.checked import checked
from docctl.library.keeping.blanks import Numbered
from docctl.library.keeping.requesting import Requesting
from docctl.library.reading import Reading
from docctl.model.answers.reading import Card
from docctl.model.answers.record import BlankShown, DisposalShown, HoldShown, RecordShown
from docctl.model.answers.request import RequestShown
from docctl.rules.records import Blank, Disposal, Hold, Record, Request

Found = Card | RecordShown | HoldShown | DisposalShown | RequestShown | BlankShown
"""What bears a number."""


@checked
class Finding(Reading, Numbered, Requesting):
    """What somebody asks who has a number and nothing else."""

    def find(self, number: str) -> Found:
        """Return whatever bears this number, as the command that shows such a thing does.

        Raises:
            NotFoundError: nothing bears it.
        """
        if self.bench.find(number) is None:
            match self.bench.archive().kept(number):
                case Record():
                    return self.record_show(number)
                case Hold():
                    return self.hold_show(number)
                case Disposal():
                    return self.retention_show(number)
                case Request():
                    return self.subject_show(number)
                case Blank():
                    return self.blank_show(number)
        return self.show(number)
