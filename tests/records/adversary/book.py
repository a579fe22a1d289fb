"""What really happened, on which day, as somebody notes it who trusts no software.

Only what was asked for and accepted is noted; nothing is read from the history of the library.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from adversary.base import FORMS, FUNCTIONS, SCHEDULE
from adversary.deeds import Deed
from adversary.site import Site

KEEPERS = frozenset({"ria", "rob"})
MANAGERS = frozenset({"kim"})


@dataclass
class Kept:
    """A record, and whatever lies in the vault for it."""

    number: str
    form: str
    retention: str
    by: str
    began: date
    said: dict[str, Any]
    elsewhere: bool = False
    open: bool = False
    closed: date | None = None
    fact: date | None = None
    sites: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)
    happened: int = 1
    """How many statements there are about it."""

    entered: bool = False
    signed: bool = False
    kept_until: date | None = None
    may_go: tuple[date, int] | None = None
    """On which day somebody decided that it may go, and the statements there were then."""

    doubts: list[str] = field(default_factory=list)
    believed: bool = False
    """Whether a statement about it was made by a clock that was set back."""

    gone: str = ""
    """How it went, once it did."""

    gone_on: date = date.max
    burnt: bool = False


@dataclass
class Held:
    """A hold."""

    by: str
    records: set[str]
    documents: set[str]
    where: str
    lifted: bool = False

    def covers(self, one: Kept) -> bool:
        name, _, wanted = self.where.partition("=")
        told = {"site": one.sites, "form": {one.form}}.get(name, set[str]())
        fits = wanted.casefold() in {value.casefold() for value in told}
        return not self.lifted and (
            one.number in self.records or one.form in self.documents or fits
        )


@dataclass
class Listed:
    """A proposal, and what became of it."""

    by: str
    items: dict[str, tuple[int, str]]
    """Of each record: the statements there were, and what is to become of it."""

    authorised: str = ""
    not_before: date = date.max
    kept: set[str] = field(default_factory=set)
    over: bool = False
    received: set[str] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)


@dataclass
class Book:
    """Everything that is known."""

    counts: Counter[str]
    schedule: dict[str, Mapping[str, Any]] = field(default_factory=lambda: dict(SCHEDULE))
    records: dict[str, Kept] = field(default_factory=dict)
    holds: dict[str, Held] = field(default_factory=dict)
    disposals: dict[str, Listed] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)
    last: date = date.min
    """The day of the last change that somebody made."""

    def note(self, site: Site, deed: Deed, answer: Any, *, landed: bool) -> None:
        """Note that something was accepted; not all of it is a change that *landed*."""
        claimed = site.now(deed.person).date()
        day = min(claimed, site.today)
        if landed and day < site.today:  # nobody can know, as long as it is quiet
            self.counts["acts by a clock set back"] += 1
            assert day >= self.last, f"'{deed.verb}' was accepted before {self.last}"
        self.last = max(self.last, claimed) if landed else self.last
        if deed.verb in _OTHER:  # a window ends by the clock of whoever hands over
            _OTHER[deed.verb](self, deed, answer, claimed if deed.verb == "receive" else day)
        elif record := self.records.get(deed.said.get("record", "")):
            _ABOUT[deed.verb](self, record, deed, day)
        name = answer if deed.verb in {"capture", "register"} else deed.said.get("record", "")
        if day < site.today and name in self.records:
            self.records[name].believed = True

    def held(self, one: Kept) -> list[str]:
        return [number for number, hold in self.holds.items() if hold.covers(one)]

    def answers_for(self, person: str, retention: str) -> bool:
        """Tell whether somebody decides about the records of a class."""
        owner = self.schedule[retention].get("owner")
        if owner is None:
            return person in KEEPERS
        whose = person if owner["kind"] == "person" else FUNCTIONS.get(person)
        return bool(owner["name"] == whose)


# --- about one record ---------------------------------------------------------------------------


def _moved(_: Book, one: Kept, __: Deed, ___: date) -> None:
    one.happened += 1


def _burnt(_: Book, one: Kept, deed: Deed, day: date) -> None:
    assert one.gone, f"the original of {one.number} was destroyed, and nobody has let it go"
    assert deed.person in KEEPERS
    assert day >= one.gone_on
    one.burnt = True


def _added(_: Book, one: Kept, __: Deed, ___: date) -> None:
    one.happened += 1
    one.entered, one.signed = True, False
    one.said |= {"cause": "Wear"}


def _signed(_: Book, one: Kept, __: Deed, ___: date) -> None:
    one.happened += 1
    one.signed = True


def _amended(_: Book, one: Kept, deed: Deed, __: date) -> None:
    one.happened += 1
    one.signed = False
    one.said |= deed.said["fields"]
    one.sites.add(one.said["site"])


def _closed(_: Book, one: Kept, deed: Deed, day: date) -> None:
    one.happened += 1
    if FORMS[one.form].staged and not ((one.entered or one.elsewhere) and one.signed):
        one.doubts.append("it was closed without its step and its signature")
    if deed.person not in KEEPERS | {one.by}:
        one.doubts.append(f"{deed.person} closed it")
    one.open, one.closed = False, max(deed.said["day"] or day, day)


def _opened(_: Book, one: Kept, __: Deed, ___: date) -> None:
    one.happened += 1
    one.open, one.closed = True, None


def _stated(_: Book, one: Kept, deed: Deed, day: date) -> None:
    one.happened += 1
    if deed.person not in KEEPERS:
        one.doubts.append(f"{deed.person} stated the end of its contract")
    one.fact = max(deed.said["day"], day)


def _decided(book: Book, one: Kept, deed: Deed, day: date) -> None:
    one.happened += 1
    if not book.answers_for(deed.person, one.retention):
        one.doubts.append(f"{deed.person} decided about what belongs to somebody else")
    until = deed.said["until"]
    one.kept_until = until
    one.may_go = None if until else (day, one.happened)


_ABOUT: Mapping[str, Callable[[Book, Kept, Deed, date], None]] = {
    "add": _added,
    "sign": _signed,
    "amend": _amended,
    "close": _closed,
    "reopen": _opened,
    "fact": _stated,
    "review": _decided,
    "move": _moved,
    "burn": _burnt,
    "decide": lambda *_: None,
}

# --- everything else ----------------------------------------------------------------------------


def _captured(book: Book, deed: Deed, answer: Any, day: date) -> None:
    form, fields = deed.said["form"], dict(deed.said["fields"])
    staged = FORMS[form].staged
    one = Kept(answer, form, FORMS[form].retention, deed.person, day, fields, open=staged)
    one.elsewhere = deed.verb == "register"
    one.closed = None if staged else day
    one.sites = {fields["site"]} if "site" in fields else set()
    book.records[answer] = one


def _placed(book: Book, deed: Deed, answer: Any, _: date) -> None:
    said = deed.said
    held = Held(deed.person, set(said["records"]), set(said["documents"]), said["where"])
    held.records |= {number for number, one in book.records.items() if held.covers(one)}
    book.holds[answer] = held


def _extended(book: Book, deed: Deed, _: Any, __: date) -> None:
    book.holds[deed.said["hold"]].records |= {*deed.said["records"]}


def _lifted(book: Book, deed: Deed, _: Any, __: date) -> None:
    hold = book.holds[deed.said["hold"]]
    same = MANAGERS if hold.by in MANAGERS else KEEPERS
    hold.lifted = hold.lifted or deed.person in same


def _proposed(book: Book, deed: Deed, answer: Any, _: date) -> None:
    number, records = answer
    known = [one for one in records if one in book.records]
    items = {one: (book.records[one].happened, action(book, one)) for one in known}
    book.disposals[number] = listed = Listed(deed.person, items)
    if deed.person not in KEEPERS:
        listed.doubts.append(f"{deed.person} proposed it")


def action(book: Book, number: str) -> str:
    """Return what is to become of a record by the schedule, or by what was decided."""
    one = book.records[number]
    said = str(book.schedule[one.retention]["action"])
    return "destroy" if said == "review" or (one.may_go and not one.kept_until) else said


def _authorised(book: Book, deed: Deed, _: Any, day: date) -> None:
    listed = book.disposals[deed.said["disposal"]]
    names = {book.records[one].retention for one in listed.items}
    if deed.person == listed.by:
        listed.doubts.append("one person alone has proposed and authorised it")
    listed.doubts += [
        f"{deed.person} does not answer for {name}"
        for name in names
        if not book.answers_for(deed.person, name)
    ]
    window = max((book.schedule[name].get("window_days", 0) for name in names), default=0)
    listed.authorised, listed.kept = deed.person, set(deed.said["keep"])
    listed.not_before = date.fromordinal(day.toordinal() + window)


def _refused(book: Book, deed: Deed, _: Any, __: date) -> None:
    book.disposals[deed.said["disposal"]].over = True


def _received(book: Book, deed: Deed, _: Any, day: date) -> None:
    listed = book.disposals[deed.said["disposal"]]
    if deed.person not in KEEPERS or day < listed.not_before:
        listed.doubts.append("its receipt is not worth anything")
    listed.received |= {one for one, (_, way) in listed.items.items() if way == "transfer"}


def _rescheduled(book: Book, deed: Deed, _: Any, __: date) -> None:
    book.schedule = dict(deed.said["schedule"])


def _asked(book: Book, deed: Deed, answer: Any, _: date) -> None:
    book.requests[answer] = deed.said["record"]


_OTHER: Mapping[str, Callable[[Book, Deed, Any, date], None]] = {
    "capture": _captured,
    "register": _captured,
    "hold": _placed,
    "extend": _extended,
    "lift": _lifted,
    "propose": _proposed,
    "authorise": _authorised,
    "refuse": _refused,
    "receive": _received,
    "reschedule": _rescheduled,
    "ask": _asked,
}
