"""Whatever bears a number: a document, a record, a hold or a disposal."""

from docctl.library.checked import checked
from docctl.library.keeping.retaining import Retaining
from docctl.library.reading import Reading
from docctl.model.answers.reading import Card
from docctl.model.answers.record import DisposalShown, HoldShown, RecordShown
from docctl.rules.records import Disposal, Hold, Record


@checked
class Finding(Reading, Retaining):
    """What somebody asks who has a number and nothing else."""

    def find(self, number: str) -> Card | RecordShown | HoldShown | DisposalShown:
        """Return what `show`, `record_show`, `hold_show` or `retention_show` tells of a number.

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
        return self.show(number)
