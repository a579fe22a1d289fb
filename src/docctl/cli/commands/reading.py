"""`show`, `history`: one document, or whatever bears a number, closely."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import click

from docctl.cli.cards import card_lines, history_row
from docctl.cli.commands.keeping.blanks import blank_lines
from docctl.cli.commands.keeping.cards import record_lines
from docctl.cli.commands.keeping.holds import hold_lines
from docctl.cli.commands.keeping.retention import disposal_lines
from docctl.cli.commands.keeping.subjects import request_lines
from docctl.cli.door import answer, library
from docctl.cli.options import day, examples, number, reading
from docctl.cli.printing import folded, lined
from docctl.model.answers.reading import Card
from docctl.model.answers.record import BlankShown, DisposalShown, HoldShown, RecordShown
from docctl.model.answers.request import RequestShown

#: How what `find` returns is printed.
_LINES: Mapping[type, Callable[[Any], Iterable[str]]] = MappingProxyType(
    {
        Card: card_lines,
        RecordShown: record_lines,
        HoldShown: hold_lines,
        DisposalShown: disposal_lines,
        RequestShown: request_lines,
        BlankShown: blank_lines,
    }
)


@reading(epilog=examples("docctl show PRO-001", "docctl show PRO-001 --revision 1"))
@number
@click.option("--revision", metavar="R", help="This revision; the one in force if left out.")
@day("--as-of", about="As it was at the end of a day; today if left out.")
def show(number: str, revision: str | None, as_of: date | None) -> None:
    """Show NUMBER: state, owner, signatures, revisions, and what is on its way.

    A record, a hold, a disposal, a request or a numbered blank is shown as 'record show', 'hold
    show', 'retention show', 'subject show' and 'blank show' do.
    """
    opened = library()
    dated = revision is not None or as_of is not None
    found = opened.show(number, revision=revision, as_of=as_of) if dated else opened.find(number)
    answer(found, folded(_LINES[type(found)](found)))


@reading(
    epilog=examples("docctl history PRO-001", "docctl history ACCESS", "docctl history NC-2026-1")
)
@number
def history(number: str) -> None:
    """List every event of NUMBER in order.

    NUMBER is a document, a record, a hold, a disposal or a request; ACCESS and CONTROL have
    histories too.
    """
    entries = library().history(number)
    head = ("No", "Time (UTC)", "Rev", "Event", "Signed by", "About")
    answer(entries, lined(head, map(history_row, entries)))
