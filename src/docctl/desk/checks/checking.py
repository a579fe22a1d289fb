"""`check`: what is wrong with documents before they are submitted, or since."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from docctl.desk.bench import Bench
from docctl.desk.checks import doors, surroundings
from docctl.desk.checks.reports import Reports
from docctl.desk.lists.answering import vacant_class_owners, vacant_functions, vacant_owner
from docctl.desk.metadata.written import Text
from docctl.desk.signing.intent import require
from docctl.errors import DocctlError
from docctl.model.base import Number
from docctl.model.control import CONTROL
from docctl.model.lifecycle import State
from docctl.model.problem import Problem
from docctl.rules import asof
from docctl.rules.asof import FOREVER
from docctl.rules.dossier import Dossier, Revision
from docctl.store.index import Index
from docctl.store.reading.contents import hold_events, hold_texts

#: How many documents are read at a time.
_TOGETHER = 64


class Checking:
    """A run of checks: everything is judged at one commit, on one day."""

    def __init__(self, bench: Bench) -> None:
        """Look at the library as it stands now."""
        self._bench = bench
        self._ledger, self._head = bench.desk.ledger, bench.head
        self._day = bench.day(FOREVER)
        self._around = surroundings.Surroundings(bench)
        self.on = self._around.on

    def all(self, index: Index) -> Iterator[Problem]:
        """Yield what is wrong with every document, one after the other.

        What was found in stored texts is kept in the index, for the next time; working copies are
        always read.
        """
        yield from self.one(CONTROL)
        reports = Reports(index)
        numbers = self._ledger.numbers(self._head)
        while some := tuple(islice(numbers, _TOGETHER)):
            self._prepare(some)
            for number in some:
                yield from self._one(number, reports.look)
        reports.keep()

    def _prepare(self, numbers: Sequence[Number]) -> None:
        """Read together what `one` will ask for."""
        reader = self._ledger.reader
        hold_events(reader, self._head, numbers)
        dossiers = (self._ledger.dossier(self._head, number) for number in numbers)
        shown = [(one.number, self._shown(one).label) for one in dossiers if one]
        hold_texts(reader, self._head, shown)

    def _shown(self, dossier: Dossier) -> Revision:
        return dossier.open or asof.span(dossier, self._around.on).shown

    def advice(self, number: Number) -> tuple[Problem, ...]:
        """Return where nobody answers as its owner, or as a function that its newest text names.

        Raises:
            NotFoundError: there is no such document.
        """
        dossier = require(self._ledger.dossier(self._head, number), number)
        owner = vacant_owner(dossier, self._around.authority, self._around.held)
        if number == CONTROL:
            return tuple(owner)
        text = self._day.text(dossier, dossier.newest)
        front = partial(self._bench.front, number, text)
        functions = vacant_functions(number, text.document, self._around.answered, front)
        return (*owner, *functions)

    def one(self, number: Number) -> tuple[Problem, ...]:
        """Return what is wrong with a document; its text is read, whatever was found before.

        Raises:
            NotFoundError: there is no such document.
        """
        return self._one(number, doors.reading)

    def _one(self, number: Number, look: doors.Look) -> tuple[Problem, ...]:
        dossier = require(self._ledger.dossier(self._head, number), number)
        if number == CONTROL:
            classes = self._around.types.control.retention
            return tuple(vacant_class_owners(classes, self._around.authority, self._around.held))
        revision = self._shown(dossier)
        state = asof.state_of(dossier, revision, self._around.on)
        if state in {State.WITHDRAWN, State.CANCELLED}:
            return ()
        if self._around.types.control.type_of(dossier.document_type) is None:
            return (doors.unknown_type(dossier),)
        text = self._day.text(dossier, revision)
        if revision.phase == "draft" and self._bench.drafts.exists(number):
            return self._working(text, dossier, revision)
        front = partial(self._bench.front, number, text)
        examined = doors.Examined(text, dossier, revision, front)
        return doors.problems(examined, self._around, look=look)

    def _working(self, draft: Text, dossier: Dossier, revision: Revision) -> tuple[Problem, ...]:
        number = dossier.number
        fixed, source = {"type": draft.document.type, "number": number}, f"drafts/{number}"
        try:
            copy = self._bench.working(number)
            text, front = self._bench.read(copy, f"{source}/document.md", fixed=fixed)
        except DocctlError as error:
            found = Problem(code="unreadable", place=number, sentence=str(error), hint=error.hint)
            return (found,)
        examined = doors.Examined(text, dossier, revision, lambda: front)
        return doors.problems(examined, self._around)
