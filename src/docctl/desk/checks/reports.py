"""Reports of texts that were checked before: a text that did not change is not read again."""

from importlib.metadata import version

from docctl.content.faults import Fault
from docctl.content.lint import LintContext
from docctl.content.lint.report import Report, key, read, report
from docctl.store.index import Index

#: The distributions that say how a text is read.
_READERS = ("docctl", "markdown-it-py", "mdit-py-plugins")


class Reports:
    """What checks of the whole library found in its texts, for one more check of all of it.

    It saves time and decides nothing: no door asks it. What anybody may have written into the
    file of the index can be told here, and is found out by a check of the one document.
    """

    def __init__(self, index: Index) -> None:
        """Look at what earlier checks have kept."""
        self._index = index
        self._program = " ".join(map(version, _READERS))
        self._known = index.reports()
        self._used: set[str] = set()
        self._new: dict[str, str] = {}

    def look(self, text: str, context: LintContext, *, first_line: int = 1) -> tuple[Fault, ...]:
        """Return what `content.lint.check` finds, from an earlier check if that still holds."""
        name = key(text, context, first_line=first_line, program=self._program)
        self._used.add(name)
        found = self._holding(name, context)
        if found is None:
            found = report(text, context, first_line=first_line)
            self._new[name] = found.written()
        return found.faults

    def _holding(self, name: str, context: LintContext) -> Report | None:
        known = read(self._known[name]) if name in self._known else None
        return known if known and known.holds(context) else None

    def keep(self) -> None:
        """Keep what was found, and nothing else: the whole library has been looked at."""
        outdated = self._known.keys() - self._used
        if self._new or outdated:
            self._index.keep_reports(self._new, outdated)
