"""What lists over the whole library tell of records: changes, exceptions, what words find."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from docctl.desk.bench import Bench
from docctl.desk.lists.overdue import to_close
from docctl.english import many
from docctl.model.answers.reading import ExceptionLine
from docctl.model.answers.register import ChangeEntry, SearchHit
from docctl.model.base import PersonId
from docctl.model.event import Signed
from docctl.rules.records.chain import reason_of
from docctl.store.index.records.lists import RecordLine
from docctl.store.index.records.said import FormRevision
from docctl.store.index.records.statements import Entered

#: How many records a sentence names.
_NAMED = 3


def changes(bench: Bench, since: date, until: date) -> list[ChangeEntry]:
    """Return everything stated on these days about records, holds, disposals, requests, blanks."""
    archive = bench.archive()
    chains = (
        *(one.chain for one in archive.holds()),
        *(one.chain for one in archive.disposals()),
        *(one.chain for one in archive.requests()),
        *(one.chain for one in archive.blanks()),
    )
    found = bench.index.record_changes(since, until, head=bench.head)
    beside = (one for chain in chains for one in chain.events if since <= one.event.date <= until)
    return [*found, *map(_change, beside)]


def _change(signed: Signed) -> ChangeEntry:
    event = signed.event
    when = (event.time, event.date)
    return ChangeEntry(*when, event.item, None, event.type, event.signer, reason_of(signed))


# --- exceptions ---------------------------------------------------------------------------------


def exceptions(bench: Bench, on: date) -> Iterator[ExceptionLine]:
    """Yield what every report must show of records: overdue, entered late, entered for others."""
    for one in to_close(bench, on):
        if one.overdue_days:
            sentence = f"{one.record.number} is open, {many(one.overdue_days, 'day')} overdue"
            yield ExceptionLine(
                kind="overdue-record",
                subject=one.record.number,
                sentence=f"{sentence}: it was to be closed by {one.by}",
            )
    yield from _late(bench)
    yield from _for_others(bench)


def _late(bench: Bench) -> Iterator[ExceptionLine]:
    @cache
    def allowed(form: FormRevision) -> timedelta:
        definition = bench.archive().definition(*form)
        return timedelta(days=definition.late_after_days if definition else 0)

    late = (
        one
        for one in bench.index.entries_after(head=bench.head)
        if one.on - one.happened > allowed(one.form)
    )
    for (form, signer, _), entries in _grouped(late, _by_signer).items():
        worst = max(entries, key=lambda one: one.on - one.happened)
        days = (worst.on - worst.happened).days
        yield ExceptionLine(
            kind="late-entry",
            subject=form,
            sentence=f"{signer} entered {_named(entries)} late, after {days} days at the most "
            f"({worst.record}: {worst.reason})",
        )


def _for_others(bench: Bench) -> Iterator[ExceptionLine]:
    for (form, signer, whom), entries in _grouped(
        bench.index.entries_for(head=bench.head), _by_signer_and_whom
    ).items():
        sentence = f"{signer} entered {_named(entries)} for {whom}, who did not sign"
        yield ExceptionLine(kind="entered-for", subject=form, sentence=sentence)


_Group = tuple[str, PersonId, PersonId | None]
"""A form, who entered, and for whom where that matters."""


def _by_signer(one: Entered) -> _Group:
    return one.form[0], one.signer, None


def _by_signer_and_whom(one: Entered) -> _Group:
    return one.form[0], one.signer, one.entered_for


def _grouped(
    entries: Iterable[Entered], group: Callable[[Entered], _Group]
) -> Mapping[_Group, Sequence[Entered]]:
    found: dict[_Group, list[Entered]] = defaultdict(list)
    for one in entries:
        found[group(one)].append(one)
    return found


def _named(entries: Sequence[Entered]) -> str:
    """Return which records entries are in, the first ones by name."""
    numbers = list(dict.fromkeys(one.record for one in entries))
    named, more = numbers[:_NAMED], len(numbers) - _NAMED
    if more > 0:
        return f"{', '.join(named)} and {more} more records"
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))


# --- search -------------------------------------------------------------------------------------


def search(bench: Bench, text: str, limit: int) -> list[SearchHit]:
    """Return the records whose number or identifiers hold all these words, the newest first."""
    return [
        _hit(bench, one) for one in bench.index.search_records(text, head=bench.head, limit=limit)
    ]


def _hit(bench: Bench, line: RecordLine) -> SearchHit:
    return SearchHit(
        number=line.number,
        revision=line.form_revision,
        title=_title(bench, line),
        state=line.status,
        excerpt=", ".join(f"{name} {value}" for name, value in line.identifiers.items()),
        kind="record",
    )


def _title(bench: Bench, line: RecordLine) -> str:
    dossier = bench.find(line.form)
    revision = dossier.revision(line.form_revision) if dossier else None
    if revision is None:
        return ""
    return bench.archive().title(line.form, line.form_revision, revision.content)
