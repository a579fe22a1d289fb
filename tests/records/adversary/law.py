"""Which payload may be gone on a day, reckoned from the book and from nothing else."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from naive_retention import last_day

from adversary.book import KEEPERS, Book, Kept, Listed, action
from adversary.site import Site

DAY = timedelta(days=1)


def faults(site: Site, book: Book, record: str, disposal: str, runner: str) -> Iterator[str]:
    """Yield every reason for which a record should not have gone just now."""
    one, listed = book.records.get(record), book.disposals.get(disposal)
    if one is None or listed is None or record not in listed.items:
        yield "it is on no list"
        return
    yield from (*one.doubts, *listed.doubts)
    yield from (f"held by {hold}" for hold in book.held(one))
    until = keeps_until(book, one)
    if isinstance(until, str):
        yield until
    elif site.today <= until:
        yield f"it is kept until {until}, and this is {site.today}"
    if runner not in KEEPERS:
        yield f"{runner} does not keep records"
    yield from _authority(listed, record, site.now(runner).date())
    yield from _item(book, one, listed)


def _authority(listed: Listed, record: str, day: date) -> Iterator[str]:
    if not listed.authorised:
        yield "nobody has authorised it"
    elif day < listed.not_before:
        yield f"its window ends on {listed.not_before}, and this is {day}"
    if record in listed.kept:
        yield "it was decided to keep it"
    if listed.over:
        yield "the disposal is over"


def _item(book: Book, one: Kept, listed: Listed) -> Iterator[str]:
    happened, way = listed.items[one.number]
    if happened != one.happened:
        yield "something happened to it since it was proposed"
    if way != action(book, one.number):
        yield f"it was to {way}"
    if way == "transfer" and one.number not in listed.received:
        yield "no receiver has it"


def keeps_until(book: Book, one: Kept) -> date | str:
    """Return the last day of keeping, or why there is none."""
    kind = book.schedule[one.retention]
    if one.open:
        return "it is open"
    began = _began(kind["trigger"], one)
    if began is None:
        return "a trigger is not known"
    last = last_day(began, kind["period"], kind)
    last = max(last, one.kept_until or last)
    if kind["action"] == "review":
        if one.may_go is None or one.may_go[1] != one.happened:
            return "nobody has decided that it may go"
        return max(last, one.may_go[0] - DAY)
    return last


def _began(trigger: Any, one: Kept) -> date | None:
    names = [trigger] if isinstance(trigger, str) else trigger["latest"]
    known = {"captured": one.began, "closed": one.closed, "contract_ended": one.fact}
    days = [known[name] for name in names]
    return None if None in days else max(day for day in days if day)
