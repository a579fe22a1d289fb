"""When each of many records may go: the answers of `assess`, each worked out once.

Most records of a library share their form, their class and their days.
"""

from collections import defaultdict
from datetime import date

from docctl.model.answers.retention import Due
from docctl.model.base import Label, Number
from docctl.model.records.record import RecordId
from docctl.rules.records.archive import Archive
from docctl.rules.records.retention.ageing import Ageing
from docctl.rules.records.retention.asked import Known, covers
from docctl.rules.records.retention.due import assess, documents_of
from docctl.rules.records.retention.triggers import looked_at


class StandingHolds:
    """The holds that stand, looked up by record."""

    def __init__(self, archive: Archive) -> None:
        """Look at every hold of an archive."""
        standing = [one for one in archive.holds() if one.lifted is None]
        self._asked = [(one.number, one.where) for one in standing if one.where]
        self._numbers = frozenset(one.number for one in standing)
        self._listed: dict[RecordId, set[RecordId]] = defaultdict(set)
        self._documents = [(one.number, one.documents) for one in standing if one.documents]
        self._archive, self._under = archive, dict[tuple[Number, Label], frozenset[Number]]()
        for hold in standing:
            for number in hold.records:
                self._listed[number].add(hold.number)

    def on(self, record: Known) -> frozenset[RecordId]:
        """Return the holds that stand on a record, as `holding` does."""
        stamped, listed = record.holds, self._listed.get(record.number)
        found = stamped & self._numbers if stamped else stamped
        if self._asked:
            found |= {number for number, where in self._asked if covers(where, record)}
        if self._documents:
            under = self._of(record)
            found |= {number for number, documents in self._documents if documents & under}
        return found | listed if listed else found

    def _of(self, record: Known) -> frozenset[Number]:
        form = record.form, record.form_revision
        if form not in self._under:
            self._under[form] = documents_of(self._archive, record)
        return self._under[form]


class Dues:
    """What an archive answers about retention as of the end of one day."""

    def __init__(self, archive: Archive, on: date) -> None:
        """Look at the holds that stand; nothing else is looked at before somebody asks."""
        self._archive = archive
        self._on = on
        self._answers: dict[tuple[object, ...], Due] = {}
        self._holds = StandingHolds(archive)
        self._triggers = {
            kind.name: tuple(map(looked_at, kind.triggers))
            for kind in archive.world.control.retention
        }

    def of(self, record: Ageing) -> Due:
        """Return what `assess` answers about a record."""
        looked_at = self._triggers.get(record.retention, ())
        key = (
            record.form,
            record.retention,
            record.open,
            record.disposed is None,
            record.review,
            self._holds.on(record),
            *(look(record) for look in looked_at),
        )
        known = self._answers.get(key)
        if known is None:
            known = self._answers[key] = assess(self._archive, record, self._on)
            return known
        return known.model_copy(update={"record": record.number})
