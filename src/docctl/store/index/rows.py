"""From an item to its rows in the index. Pure: events and metadata in, tuples out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from docctl.errors import DamagedStoreError
from docctl.model.access import ACCESS
from docctl.model.base import Word
from docctl.model.control import CONTROL
from docctl.model.document import REVIEW_MONTHS
from docctl.model.numbering import number_place
from docctl.rules.asof import Span, open_proposal, replaced_by, review_due, spans
from docctl.rules.dossier import Dossier
from docctl.store.index.items import Item, Metadata, RevisionSays

Row = tuple[str | int | None, ...]

#: The months between reviews of a type, each from a day on.
Turns = Sequence[tuple[date, int]]
Intervals = Mapping[Word, list[tuple[date, int]]]

_CONTROL = RevisionSays(Metadata(title="Control settings"), "", "")


class Rows(NamedTuple):
    """What an item is in the tables `span`, `shown` and `event`."""

    spans: tuple[Row, ...]
    shown: tuple[Row, ...]
    events: tuple[Row, ...]


def rows(item: Item, intervals: Intervals) -> Rows:
    """Return an item's rows, with the review intervals that were in force."""
    if item.number == ACCESS:
        return Rows((), (), tuple(_events(item)))
    life = tuple(spans(item.events))
    turns = intervals.get(life[0].dossier.document_type) or [(date.min, REVIEW_MONTHS)]
    return Rows(tuple(_spans(item, life, turns)), tuple(_shown(item, life)), tuple(_events(item)))


def _spans(item: Item, life: Sequence[Span], turns: Turns) -> Iterator[Row]:
    place, last = number_place(item.number), life[-1].dossier
    pieces = (
        (since, until, _facts(item, span, last, months))
        for span in life
        for since, until, months in _cut(span, turns)
    )
    # Spans that follow each other with the same entry share a row.
    for facts, group in groupby(pieces, key=itemgetter(2)):
        same = tuple(group)
        yield item.number, place, same[0][0].isoformat(), same[-1][1].isoformat(), *facts


def _cut(span: Span, turns: Turns) -> Iterator[tuple[date, date, int]]:
    """Cut a span where the review interval of the type changed."""
    months = next((one for day, one in reversed(turns) if day <= span.since), turns[0][1])
    since = span.since
    for day, following in turns:
        if since < day < span.until:
            yield since, day, months
            since, months = day, following
    yield since, span.until, months


def _facts(item: Item, span: Span, last: Dossier, months: int) -> Row:
    dossier, shown = span.dossier, span.shown
    metadata = _content(item, shown.label).metadata
    kept = last.revision(shown.label)
    interval = metadata.review_months or months
    return (
        dossier.document_type,
        metadata.title,
        shown.label,
        span.state.value,
        _day(shown.effective_on),
        _day(review_due(dossier, span.since, interval)),
        dossier.owner.kind,
        dossier.owner.name,
        span.pending.label if span.pending else None,
        span.pending_state.value if span.pending_state else None,
        metadata.parent,
        metadata.classification,
        _day(dossier.withdrawn_on),
        replaced_by(dossier),
        _proposal(span),
        int(kept is None or kept.content != shown.content),
    )


def _content(item: Item, label: str) -> RevisionSays:
    found = _CONTROL if item.number == CONTROL else item.contents.get(label)
    if found is None:
        raise DamagedStoreError(f"revision {label} of {item.number} has no metadata")
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _proposal(span: Span) -> str | None:
    proposal = open_proposal(span.dossier, span.since)
    return proposal.opened.event.type if proposal else None


def _shown(item: Item, life: Sequence[Span]) -> Iterator[Row]:
    """Yield the revisions that the register shows from the document's last event on."""
    labels = {span.shown.label for span in life if span.dossier is life[-1].dossier}
    for label in sorted(labels):
        content = _content(item, label)
        if content.body:
            yield item.number, label, content.meta, content.body


def _events(item: Item) -> Iterator[Row]:
    for place, signed in enumerate(item.events):
        event = signed.event
        yield (
            item.number,
            place,
            event.revision,
            event.type,
            event.signer,
            event.time.isoformat(),
            event.date.isoformat(),
            event.reason,
        )
