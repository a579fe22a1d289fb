"""An office in which somebody tries things, honestly and not; a second opinion judges what went."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from naive_custody import OPINIONS
from naive_retention import Line
from paper_forms import made_up_digest
from paper_keeping import Keeping, stub
from paper_schedules import CHECKLIST, PLAIN, VARIANTS, definitions, office, settings_of

from docctl.errors import DocctlError
from docctl.model.event import Signed
from docctl.rules.guards import check_joint
from docctl.rules.records import Record, check

PERSONS = ("ria", "rob", "kim", "own", "lea", "bob", "bot", "ana")


@dataclass
class Desk:
    """An office whose every accepted event is written down for the second opinion."""

    seed: int
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 - a game, not a secret
        self.keeping = Keeping(office=office())
        self.keeping.definitions = definitions()
        self.numbered: frozenset[str] = frozenset()
        if self.chance.random() < 0.2:
            self.numbered = frozenset({CHECKLIST})
            strict = self.keeping.definitions[CHECKLIST].but(numbered_blanks=True)
            self.keeping.definitions[CHECKLIST] = strict
        self.history: list[Line] = []
        self.chosen = {name: self.chance.randrange(VARIANTS) for name in PLAIN}
        self.left: dict[str, tuple[date, date]] = {}
        self.superseded: dict[str, date] = {}
        self.liar = self.chance.choice(["ria", "rob", "kim", "own", "nobody"])
        self.ahead = 0
        self.numbers = 0
        self._settle()

    # --- what holds ---------------------------------------------------------------------------

    def _settle(self) -> None:
        self.keeping.control = settings_of(tuple(sorted(self.chosen.items())))

    def _line(self, signed: Signed, today: date) -> Line:
        persons = self.keeping.authority.persons
        return Line(
            signed.event,
            signed.digest,
            {name: _without_none(PLAIN[name][index]) for name, index in self.chosen.items()},
            {
                name: frozenset(one.roles if one.kind == "person" else ())
                for name, one in persons.items()
            },
            {
                name: frozenset(self.keeping.authority.functions(name, signed.event.date))
                for name in persons
            },
            dict(self.left),
            dict(self.superseded),
            today,
            self.numbered,
        )

    def attempt(self, type_: str, person: str, item: str, role: str, **want: Any) -> bool:
        """Let somebody try something, perhaps not quite as it should be."""
        return self.tried(self.written(type_, person, item, role, **want))

    def written(self, type_: str, person: str, item: str, role: str, **want: Any) -> Signed:
        """What somebody writes by his or her own clock; at times something is wrong with it."""
        keeping, true = self.keeping, self.keeping.now
        keeping.now += timedelta(days=self.ahead if person == self.liar else 0)
        try:
            signed = keeping.event(type_, person, item, role, **want)
        finally:
            keeping.now = true
        return self.forged(signed) if self.chance.random() < 0.12 else signed

    def tried(self, *change: Signed) -> bool:
        """Let the rules judge a change; what they accept must be right in the second opinion."""
        keeping = self.keeping
        try:
            check_joint(change)
            for signed in change:
                check(keeping, signed)
        except DocctlError as error:
            self.counts[f"{change[0].event.type} refused: {type(error).__name__}"] += 1
            return False
        for signed in change:
            self.counts[signed.event.type] += 1
            self.history.append(self._line(signed, keeping.today))
            keeping.file(signed)
            self._require_lawful(signed)
        return True

    def _require_lawful(self, signed: Signed) -> None:
        name, item = signed.event.type, signed.event.item
        found = [*OPINIONS[name](self.history)] if name in OPINIONS else []
        said = f"{item} went" if name == "disposed" else f"'{name}' of {item} was accepted"
        assert not found, f"seed {self.seed}: {said}, and {'; '.join(found)}"

    # --- who, what, when ----------------------------------------------------------------------

    def who(self, *likely: str) -> str:
        return self.chance.choice(likely if likely and self.chance.random() < 0.75 else PERSONS)

    def role_of(self, person: str, *likely: str) -> str:
        held = self.keeping.authority.persons[person].roles
        able = [one for one in likely if one in held or one == "holder"]
        if able and self.chance.random() < 0.9:
            return self.chance.choice(able)
        return self.chance.choice([*held, "holder", "records"])

    def record(self) -> Record | None:
        kept = [one for (root, _), one in self.keeping.kept.items() if root == "records"]
        alive = [one for one in kept if one.disposed is None]
        return self.chance.choice(alive or kept) if kept else None

    def day(self) -> date:
        """Today, or a day that is over, or one to come."""
        back = self.chance.choice([0, 0, 0, 1, 5, 40, 400, -1, -20])
        return self.keeping.today - timedelta(days=back)

    def number(self, prefix: str) -> str:
        self.numbers += 1
        return f"{prefix}-{self.numbers}"

    def hold_names(self) -> list[str]:
        return [item for root, item in self.keeping.kept if root == "holds"]

    # --- forgeries ----------------------------------------------------------------------------

    def forged(self, signed: Signed) -> Signed:
        """The same event with one thing wrong in it."""
        event, chance = signed.event, self.chance
        others = [one.digest for one in self.history] or [made_up_digest()]
        changes: list[dict[str, Any]] = [
            {"prev": chance.choice(others)},
            {"seq": event.seq + 1},
            {"date": event.date + timedelta(days=chance.choice([-2, -1, 1, 2, 400]))},
            {"time": event.time - timedelta(days=chance.choice([1, 100]))},
            {"role": "records"},
            {"signer": chance.choice(PERSONS)},
            {"item": chance.choice([item for _, item in self.keeping.kept] or ["X-1"])},
            {"reason": ""},
        ]
        changed = chance.choice(changes)
        data = event.data
        if event.type == "disposed" and chance.random() < 0.7:
            changed = {
                "data": data.but(
                    **chance.choice(
                        [
                            {
                                "disposal": chance.choice(
                                    [one.number for one in self.keeping.disposals()]
                                )
                            },
                            {"authorised": chance.choice(others)},
                            {"action": "permanent"},
                        ]
                    )
                )
            }
        elif event.type == "disposal_proposed" and chance.random() < 0.7:
            first = data.items[0].but(
                **chance.choice(
                    [
                        {"last": chance.choice(others)},
                        {"due_since": self.day()},
                        {"retention": chance.choice([*PLAIN])},
                        {"stubs": (stub(),)},
                        {"action": "permanent"},
                    ]
                )
            )
            changed = {"data": data.but(items=(first, *data.items[1:]))}
        return Signed(event.model_copy(update=changed), signed.digest, signed.keys, signed.position)


def _without_none(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in plain.items() if value is not None}
