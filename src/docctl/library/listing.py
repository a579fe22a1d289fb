"""Lists over the whole library: register, histories, what changed, what waits, what words find."""

from datetime import date
from typing import TYPE_CHECKING

from docctl.desk.checks.surroundings import known_functions
from docctl.desk.lists.notes import history_entry
from docctl.desk.lists.register import entry_of
from docctl.desk.signatures import Signatures
from docctl.desk.signing.intent import calendar_day
from docctl.errors import InputError, NotFoundError
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.handle import Handle
from docctl.model.access import ACCESS
from docctl.model.answers.reading import ExceptionLine, Reference
from docctl.model.answers.register import (
    ChangeEntry,
    DueEntry,
    HistoryEntry,
    RegisterEntry,
    SearchHit,
)
from docctl.model.base import Number
from docctl.model.event import Signed
from docctl.model.lifecycle import State
from docctl.rules import asof
from docctl.store.layout import event_paths

if TYPE_CHECKING:
    from docctl.desk.copies.facts import departures
    from docctl.desk.lists import recorded, upkeep, waiting
else:
    departures = Late("docctl.desk.copies.facts.departures")
    recorded, upkeep = Late("docctl.desk.lists.recorded"), Late("docctl.desk.lists.upkeep")
    waiting = Late("docctl.desk.lists.waiting")


@checked
class Listing(Handle):
    """What can be asked of everything at once, documents and records. Nothing is changed."""

    def register(
        self,
        *,
        as_of: date | None = None,
        type: str | None = None,  # noqa: A002
        state: State | None = None,
        function: str | None = None,
    ) -> list[RegisterEntry]:
        """Return the master list as of the end of a day, today where none is named, by number.

        *state* matches the revision shown or the one on its way; *function* the owner.

        Raises:
            InputError: there is no such state.
            NotFoundError: no document is of such a type, or owned by such a function, and the
                library knows none of that name.
        """
        state = _state(state)
        kind = type and type.encode("ascii", "replace").decode()  # every type is
        day = self.bench.day(as_of or self.today())
        found = self.index.register(day.on, head=day.head, type=kind, state=state)
        rewritten = {*self.index.rewritten(day.on, head=day.head)} if as_of else frozenset()
        listed = [
            entry_of(day, one) if one.number in rewritten else one
            for one in found
            if function is None or one.owner == function
        ]
        if not listed:
            self._require_known(type, function)
        return listed

    def _require_known(self, kind: str | None, function: str | None) -> None:
        """Refuse a type or a function that nothing in the library bears."""
        listed = self.index.register(self.today(), head=self.bench.head)
        if kind is not None and kind not in {one.type for one in listed}:
            self.bench.types.kind(kind)
        held = known_functions(self.bench.world)
        known = sorted({*held, *(one.title for one in self.bench.control.functions)})
        if function is not None and function not in {*known, *(one.owner for one in listed)}:
            raise NotFoundError(f"function {function!r}", hint=f"functions: {', '.join(known)}")

    def history(self, number: str) -> tuple[HistoryEntry, ...]:
        """Return the events of whatever bears a number, CONTROL or ACCESS, in order.

        Raises:
            NotFoundError: there is nothing of this number.
        """
        ledger, head = self.bench.desk.ledger, self.bench.head
        events = self._events(number)
        paths, told = event_paths(events), Signatures(self.bench.day(asof.FOREVER))
        authority = ledger.authority(head)
        return tuple(
            history_entry(one, paths[one.digest], authority, told.cosigners_of(one.event))
            for one in events
        )

    def _events(self, number: str) -> tuple[Signed, ...]:
        ledger, head = self.bench.desk.ledger, self.bench.head
        if number == ACCESS:
            return ledger.access_events(head)
        if dossier := ledger.dossier(head, number):
            return dossier.events
        if kept := self.bench.archive().kept(number):
            return kept.chain.events
        raise NotFoundError(
            f"document, record, hold, disposal or request {number:.100}",
            hint="see: docctl register, docctl record list",
        )

    def where(self, number: Number) -> list[Reference]:
        """Return the documents that refer to this one.

        Raises:
            NotFoundError: there is no such document.
        """
        self.bench.get(number)
        return self.index.where(number, on=self.today(), head=self.bench.head)

    def changes(self, *, since: date, until: date | None = None) -> list[ChangeEntry]:
        """Return every event of any item from a day on, oldest first.

        Captures, amendments, closings, holds, disposals, requests and numbered blanks are among
        them. *until* is the last day, today where none is named.
        """
        first, last = calendar_day(since), calendar_day(until or self.today())
        found = self.index.changes(first, last, head=self.bench.head)
        kept = recorded.changes(self.bench, first, last)
        return sorted((*found, *kept), key=lambda one: (one.time, one.item)) if kept else found

    def exceptions(self) -> tuple[ExceptionLine, ...]:
        """Return what every report must show: exceptions held and used, and the like.

        Of records: those that are open and overdue, late entries, and entries for somebody else.
        """
        today = self.today()
        departed = (
            ExceptionLine(
                kind=one.kind, subject=one.subject, sentence=one.sentence, until=one.until
            )
            for one in departures.departures(self.bench.day(today))
        )
        return (*departed, *recorded.exceptions(self.bench, today))

    def search(self, text: str, *, limit: int = 50) -> list[SearchHit]:
        """Return the documents whose text holds these words, best first; then records.

        A record is found where its number and identifiers hold all the words, the newest first.
        *limit* is for each of both.

        Raises:
            InputError: there are none to look for.
        """
        if not text.strip():
            raise InputError("no words to look for were given", hint="for example: calibration")
        found = self.index.search(text, on=self.today(), head=self.bench.head, limit=limit)
        return [*found, *recorded.search(self.bench, text, limit)]

    def due(self, *, on: date | None = None) -> tuple[DueEntry, ...]:
        """Return what waits on a day: overdue first, then by day.

        Of records: those that are open, holds whose review comes, disposals under way, requests
        about personal data, and classes of which something may go.
        """
        day = self.bench.day(on or self.today())
        owners = self.index.owners(day.on, head=day.head)
        found = (
            *upkeep.due(day, self.register(as_of=day.on), owners),
            *waiting.waiting(self.bench, day),
        )
        return tuple(sorted(found, key=lambda one: (-one.overdue_days, one.on or day.on, one.item)))


def _state(word: State | None) -> State | None:
    """Return a state that may be given as the word for it."""
    try:
        return None if word is None else State(word)
    except ValueError as error:
        known = ", ".join(one.value for one in State)
        raise InputError(f"there is no state {word!r}", hint=f"states: {known}") from error
