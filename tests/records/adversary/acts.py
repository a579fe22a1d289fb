"""What is tried in a history: by those who should, by others, too soon, too late, too far back."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from adversary.base import FORMS, PEOPLE, SCHEDULE
from adversary.book import Kept, Listed
from adversary.history import History

SITES = ("Bergen", "Oslo", "Moss")


class Player(History):
    """Somebody in every role, and one person whose clock may be wrong."""

    def play(self, acts: int) -> None:
        """Begin with a few records, try so many things, and let go what there is."""
        self.begin(acts)
        if self.chance.random() < 0.5:
            self.try_everything()

    def begin(self, acts: int) -> None:
        """Begin with a few records, and try so many things."""
        self.site.liar = self.chance.choice(["ria", "ria", "rob", "rob", "kim", "ben", "own"])
        self.scene()
        for _ in range(acts):
            self.wait(minutes=self.chance.choice([1, 30, 300]))
            self.chance.choices(ACTS, WEIGHTS)[0](self)

    def scene(self) -> None:
        for _ in range(self.chance.choice([2, 3, 4])):
            self.capture()
        self.wait(hours=1)
        self.finish()
        if self.chance.random() < 0.3:
            self.hold()
        if self.chance.random() < 0.7:
            self.state()
        self.wait(days=self.chance.choice([1, 6, 11, 31, 45, 62]))

    # --- who, what, when ----------------------------------------------------------------------

    def who(self, *likely: str) -> str:
        if self.site.ahead and self.site.liar in likely and self.chance.random() < 0.8:
            return self.site.liar
        return self.chance.choice(likely if self.chance.random() < 0.85 else [*PEOPLE, "ada"])

    def alive(self) -> list[Kept]:
        return [one for one in self.book.records.values() if not one.gone]

    def record(self, retention: str = "") -> Kept | None:
        found = self.alive() or [*self.book.records.values()]
        fits = [one for one in found if retention in {"", one.retention}]
        return self.chance.choice(fits or found) if found else None

    def day(self) -> date:
        """Today, or a day that is over, or one to come."""
        back = self.chance.choice([0, 0, 0, 0, 1, 15, 40, 400, -1, -20])
        return self.site.today - timedelta(days=back)

    def pass_time(self) -> None:
        self.wait(days=self.chance.choice([1, 1, 2, 2, 3, 6, 11, 31, 62]))

    def lie(self) -> None:
        """Set the liar's clock forward or back, or right."""
        days = self.chance.choice([0, 0, 0, 1, 2, 2, 3, 40, 500, -1, -12, -60])
        self.site.ahead = timedelta(days=days)

    # --- records ------------------------------------------------------------------------------

    def capture(self) -> None:
        form = self.chance.choice([*FORMS])
        said = {"site": self.chance.choice(SITES), "what": "A leak", "who": "Ola Nordmann"}
        elsewhere = self.chance.random() < 0.15
        more: dict[str, Any] = {} if elsewhere else {"file": b""}
        if not elsewhere and self.chance.random() < 0.2:
            more["file"] = b"A photo"
        if FORMS[form].staged and not elsewhere:
            said.pop("who")
        verb = "register" if elsewhere else "capture"
        self.do(verb, self.who("ben"), form=form, fields=said, day=self.day(), **more)

    def amend(self) -> None:
        if one := self.record():
            said = {"site": self.chance.choice(SITES), "what": self.chance.choice("abc")}
            self.do("amend", self.who("ben", "ria"), record=one.number, fields=said)

    def finish(self) -> None:
        """What an honest office does with an open record; at times something is left out."""
        staged = [one for one in self.alive() if one.open]
        if one := self.chance.choice(staged or [None]):
            if not one.entered and self.chance.random() < 0.9:
                self.do("add", self.who("ben"), record=one.number)
            if not one.signed and self.chance.random() < 0.9:
                self.do("sign", self.who("kim"), record=one.number)
            self.close_it(one)

    def close_it(self, one: Kept | None = None) -> None:
        if one := one or self.record("cases"):
            day = self.chance.choice([None, self.day()])
            self.do("close", self.who("ben", "ria"), record=one.number, day=day)

    def reopen(self) -> None:
        if one := self.record("cases"):
            self.do("reopen", self.who("ria", "rob"), record=one.number)

    def state(self) -> None:
        if one := self.record("contracts"):
            self.do("fact", self.who("ria", "rob"), record=one.number, day=self.day())

    def move(self) -> None:
        if one := self.record():
            place = self.chance.choice(["Attic", "Bank"])
            self.do("move", self.who("ria", "ben"), record=one.number, place=place)

    def burn(self) -> None:
        gone = [one for one in self.book.records.values() if one.gone and one.elsewhere]
        if one := self.chance.choice([*gone, self.record()]):
            self.do("burn", self.who("ria", "rob"), record=one.number)

    def ask(self) -> None:
        """A request to erase is decided and answered: nothing goes the sooner for it."""
        if one := self.record():
            request = self.do("ask", self.who("ria"), record=one.number)
            if request:
                self.do("decide", self.who("rob", "kim"), request=request, record=one.number)
                self.do("answer", self.who("ria"), request=request)

    # --- holds --------------------------------------------------------------------------------

    def hold(self) -> None:
        one = self.record()
        scope = self.chance.choice(["list", "list", "site", "form", "document"])
        named = [one.number] if one and scope == "list" else []
        form = self.chance.choice([*FORMS])
        self.do(
            "hold",
            self.who("kim", "ria"),
            records=named,
            documents=[form] if scope == "document" else [],
            where={"site": f"site={self.chance.choice(SITES)}", "form": f"form={form}"}.get(
                scope, ""
            ),
        )

    def extend(self) -> None:
        if self.book.holds and (one := self.record()):
            hold = self.chance.choice([*self.book.holds])
            self.do("extend", self.who("kim", "ria"), hold=hold, records=[one.number])

    def lift(self) -> None:
        standing = [name for name, one in self.book.holds.items() if not one.lifted]
        if standing:
            hold = self.chance.choice(standing)
            self.do("lift", self.who("kim", "ria"), hold=hold)

    # --- disposal -----------------------------------------------------------------------------

    def reschedule(self) -> None:
        """A class becomes another one, by everybody who has to approve that."""
        name = self.chance.choice([*SCHEDULE])
        period = self.chance.choice(["0 days", "3 days", "60 days", "2 months"])
        changed: dict[str, Any] = {**self.book.schedule[name], "period": period}
        if self.chance.random() < 0.3 and changed["action"] != "anonymise":
            changed["action"] = self.chance.choice(["destroy", "transfer", "review"])
        self.do("reschedule", "ada", schedule={**self.book.schedule, name: changed})

    def review(self) -> None:
        if (one := self.record("permits")) and one.retention == "permits":
            days = self.chance.choice([1, 20, 400])
            until = self.chance.choice([None, None, self.site.today + timedelta(days=days)])
            self.do("review", self.who("kim"), record=one.number, until=until)

    def propose(self) -> str | None:
        free = self.alive()
        some = self.chance.sample(free, k=min(len(free), self.chance.choice([1, 1, 2])))
        named = [one.number for one in some] if self.chance.random() < 0.2 else []
        made = self.do("propose", self.who("ria", "rob"), records=named)
        return made[0] if made else None

    def waiting(self, *, authorised: bool) -> list[tuple[str, Listed]]:
        return [
            (number, one)
            for number, one in self.book.disposals.items()
            if not one.over and bool(one.authorised) == authorised
        ]

    def answering(self, listed: Listed) -> list[str]:
        """Who may authorise it, as a client would find it."""
        names = {self.book.records[one].retention for one in listed.items}
        able = [one for one in PEOPLE if all(self.book.answers_for(one, name) for name in names)]
        return [one for one in able if one != listed.by] or ["ria"]

    def authorise(self) -> None:
        if found := self.waiting(authorised=False):
            number, listed = self.chance.choice(found)
            keep = [one for one in listed.items if self.chance.random() < 0.1]
            by = self.who(*self.answering(listed))
            by = listed.by if self.chance.random() < 0.1 else by
            self.do("authorise", by, disposal=number, keep=keep)

    def give_up(self) -> None:
        if self.book.disposals:
            number = self.chance.choice([*self.book.disposals])
            self.do("refuse", self.who("ria", "rob"), disposal=number)

    def receive(self) -> None:
        """Somebody says that a receiver has what is to be handed over; at times of anything."""
        found = self.waiting(authorised=True)
        if self.chance.random() < 0.9:
            ways = [{way for _, way in one.items.values()} for _, one in found]
            found = [one for one, way in zip(found, ways, strict=True) if "transfer" in way]
        if found:
            number, _ = self.chance.choice(found)
            self.do("receive", self.who("ria", "rob"), disposal=number)

    def run(self) -> None:
        found = self.waiting(authorised=True)
        if self.chance.random() < 0.1:
            found = [*self.book.disposals.items()]
        if found:
            number, _ = self.chance.choice(found)
            self.do("run", self.who("ria", "rob"), disposal=number)

    def sweep(self) -> None:
        self.do("sweep", self.who("ria", "ada"))

    def let_it_go(self) -> None:
        """The honest way from a list to an empty shelf, with something else in between at times."""
        if self.chance.random() < 0.6:
            self.wait(days=self.chance.choice([6, 11, 31, 62]))
        steps = (Player.review, Player.propose, Player.authorise, Player.pass_time)
        for step in (*steps, Player.receive, Player.run):
            if self.chance.random() < 0.12:
                self.lie()
            if self.site.ahead > timedelta() and step is Player.pass_time:
                continue  # with such a clock the window is over at once
            step(self)
            if self.chance.random() < 0.15:
                self.wait(minutes=5)
                self.chance.choice(BETWEEN)(self)

    def try_everything(self) -> None:
        """Let everybody who may, and some who may not, carry out whatever stands there."""
        if self.chance.random() < 0.5:
            self.site.close()  # what was read before is forgotten
        self.wait(minutes=10)
        for _ in range(3):  # a proposal is for one owner
            if not self.do("propose", "rob", records=[]):
                break
        for number, listed in [*self.book.disposals.items()]:
            if not listed.authorised:
                self.do("authorise", self.answering(listed)[0], disposal=number, keep=[])
        self.wait(days=3)
        for number in sorted(self.book.disposals):
            listed = self.book.disposals[number]
            if "transfer" in {way for _, way in listed.items.values()} and not listed.over:
                self.do("receive", "ria", disposal=number)
            if not listed.over:
                self.do("run", self.chance.choice(["ria", "rob"]), disposal=number)
        if self.chance.random() < 0.2:
            self.do("sweep", "ria")


_ACTS: Mapping[Callable[[Player], object], int] = {
    Player.pass_time: 12,
    Player.lie: 3,
    Player.capture: 8,
    Player.amend: 4,
    Player.finish: 6,
    Player.close_it: 3,
    Player.reopen: 2,
    Player.state: 5,
    Player.move: 2,
    Player.burn: 3,
    Player.ask: 1,
    Player.hold: 5,
    Player.extend: 2,
    Player.lift: 5,
    Player.reschedule: 1,
    Player.review: 4,
    Player.propose: 6,
    Player.authorise: 7,
    Player.give_up: 1,
    Player.receive: 3,
    Player.run: 8,
    Player.sweep: 1,
    Player.let_it_go: 16,
}
ACTS, WEIGHTS = [*_ACTS], [*_ACTS.values()]
BETWEEN = (Player.lie, Player.hold, Player.amend, Player.reopen, Player.reschedule, Player.state)
