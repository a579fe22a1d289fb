"""From an item to its rows in the index. Pure: events and metadata in, tuples out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from docctl.errors import DamagedStoreError
from docctl.model.access import ACCESS
from docctl.model.base import Word
from docctl.model.control import CONTROL
from docctl.model.lifecycle import WithdrawalProposed
from docctl.rules.asof import Span, review_due, spans
from docctl.rules.dossier import Dossier
from docctl.store.index.items import Card, Content, Item
from docctl.store.index.schema import number_place

Row = tuple[str | int | None, ...]

#: Months between reviews where CONTROL does not know the type.
MONTHS = 12

_CONTROL = Content(Card(title="Control settings"), "", "")


class Rows(NamedTuple):
    """What an item is in the tables `span`, `shown` and `event`."""

    spans: tuple[Row, ...]
    shown: tuple[Row, ...]
    events: tuple[Row, ...]


def rows(item: Item, months: Mapping[Word, int]) -> Rows:
    """Return an item's rows; *months* are the review intervals by document type."""
    if item.number == ACCESS:
        return Rows((), (), tuple(_events(item)))
    life = tuple(spans(item.events))
    return Rows(tuple(_spans(item, life, months)), tuple(_shown(item, life)), tuple(_events(item)))


def _spans(item: Item, life: Sequence[Span], months: Mapping[Word, int]) -> Iterator[Row]:
    place = number_place(item.number)
    # Spans that follow each other with the same entry share a row.
    for facts, group in groupby(life, key=lambda span: _facts(item, span, months)):
        same = tuple(group)
        yield (
            item.number,
            place,
            same[0].since.isoformat(),
            same[-1].until.isoformat(),
            *facts,
        )


def _facts(item: Item, span: Span, months: Mapping[Word, int]) -> Row:
    dossier, shown = span.dossier, span.shown
    card = _content(item, shown.label).card
    interval = card.review_months or months.get(dossier.document_type, MONTHS)
    return (
        dossier.document_type,
        card.title,
        shown.label,
        span.state.value,
        _day(shown.effective_on),
        _day(review_due(dossier, span.since, interval)),
        dossier.owner.kind,
        dossier.owner.name,
        span.pending.label if span.pending else None,
        span.pending_state.value if span.pending_state else None,
        card.parent,
        card.classification,
        _day(dossier.withdrawn_on),
        _replaced_by(dossier),
    )


def _content(item: Item, label: str) -> Content:
    found = _CONTROL if item.number == CONTROL else item.contents.get(label)
    if found is None:
        raise DamagedStoreError(f"revision {label} of {item.number} has no metadata")
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _replaced_by(dossier: Dossier) -> str | None:
    event = dossier.withdrawal and dossier.withdrawal.opened.event
    return event.data.replaced_by if isinstance(event, WithdrawalProposed) else None


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
            event.seq,
            event.type,
            event.signer,
            event.time.isoformat(),
            event.date.isoformat(),
            event.reason,
            item.paths[signed.digest],
        )
