"""A history with an attack in it: what stands before, and what is tried afterwards."""

from abc import ABC, abstractmethod
from datetime import timedelta

from adversary.acts import Player
from adversary.base import SCHEDULE
from adversary.thief import Thief

SAID = {"site": "Bergen", "what": "A leak"}
DAY = timedelta(days=1)


class Besieged(Player, ABC):
    """A history in which somebody attacks the library past every door."""

    def play(self, acts: int) -> None:
        """Begin as always, let somebody attack, and then try to let go whatever there is."""
        self.begin(acts)
        self.site.ahead = timedelta()
        behind = max(self.thief.newest - self.site.true, timedelta())
        self.site.true += behind + timedelta(minutes=5)
        if self.book.schedule != SCHEDULE:
            self.do("reschedule", "ada", schedule=dict(SCHEDULE))
        self.wait(minutes=5)
        for hold in [name for name, one in self.book.holds.items() if not one.lifted]:
            self.do("lift", self.book.holds[hold].by, hold=hold)
        self.attack()
        self.known = dict(self.site.files())
        self.try_everything()

    @abstractmethod
    def attack(self) -> None:
        """Do something that no rule allows, in whatever state that takes."""

    @property
    def thief(self) -> Thief:
        return Thief(self.site)

    def forged(self) -> Thief:
        """From now on the history is not to be believed."""
        self.note_stubs()
        self.sound = False
        return self.thief

    # --- how things stand before ---

    def one(self, form: str, *, wait: int = 0) -> str:
        """Capture a record, and let so many days pass."""
        self.wait(minutes=10)
        said = {"form": form, "fields": dict(SAID), "day": self.site.today, "file": b""}
        number = self.do("capture", "ben", **said)
        assert number
        self.wait(days=wait, minutes=10)
        return str(number)

    def proposed(self, *records: str) -> str:
        made = self.do("propose", "ria", records=[*records])
        assert made
        self.wait(minutes=10)
        return str(made[0])

    def authorised(self, *records: str, by: str = "rob") -> str:
        disposal = self.proposed(*records)
        self.do("authorise", by, disposal=disposal, keep=[])
        assert self.book.disposals[disposal].authorised
        self.wait(minutes=10)
        return disposal

    def held(self, record: str) -> str:
        hold = self.do("hold", "kim", records=[record], documents=[], where="")
        assert hold
        self.wait(minutes=10)
        return str(hold)
