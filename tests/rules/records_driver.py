"""Months in an office that keeps records, with somebody in it who wants them gone.

Everything is tried by random persons in random roles; the rules decide.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from paper_forms import EVENTS, made_up_digest
from paper_keeping import stub
from paper_schedules import CHECKLIST, PLAIN, VARIANTS, followed
from records_custody import Archivists

from docctl.model.access import PersonLeftData, RoleData
from docctl.model.event import Signed
from docctl.model.records.hold import DisposalItem
from docctl.rules.records import Disposal, Record, assess
from docctl.rules.records.anonymous import taken_out
from docctl.rules.records.guards.certifying import WENT


class Driver(Archivists):
    """One office for as many acts as wanted."""

    def run(self, acts: int) -> None:
        for _ in range(acts):
            act = self.chance.choices(ACTS, WEIGHTS)[0]
            act(self)
            self.keeping.now += timedelta(minutes=self.chance.choice([1, 30, 300]))

    # --- people, forms and the schedule ---

    def leave(self) -> None:
        """Somebody states that sam has left, perhaps long ago."""
        authority, today = self.keeping.authority, self.keeping.today
        if not self.left and self.chance.random() < 0.4:
            on = min(self.day(), today)
            self._access("person_left", PersonLeftData(person="sam", on=on))
            assert authority is not self.keeping.authority
            self.left["sam"] = (on, today)

    def supersede(self) -> None:
        """A second revision of the checklist takes effect, today or later."""
        if not self.superseded and self.chance.random() < 0.4:
            on = max(self.day(), self.keeping.today)
            first, second = followed().revisions
            self.keeping.dossiers[CHECKLIST] = followed()._replace(
                revisions=(first, second._replace(effective_on=on))
            )
            self.superseded[CHECKLIST] = on

    def roles(self) -> None:
        """Somebody is given the role `records`, or loses it."""
        person = self.chance.choice(["rob", "lea", "own", "kim"])
        held = "records" in self.keeping.authority.persons[person].roles
        kind = "role_withdrawn" if held else "role_granted"
        if self.chance.random() < 0.3:
            self._access(kind, RoleData(person=person, role="records"))

    def _access(self, type_: str, data: Any) -> None:
        authority = self.keeping.authority
        event = EVENTS[type_].model_validate(
            {
                "library": authority.library,
                "item": "ACCESS",
                "type": type_,
                "meaning": "m",
                "seq": authority.seq + 1,
                "prev": authority.last,
                "signer": "ana",
                "role": "administrator",
                "time": self.keeping.now,
                "date": self.keeping.today,
                "tool": "paper",
                "data": data,
            }
        )
        signed = Signed(event, made_up_digest(), ("SHA256:ana-1",), self.keeping.position)
        self.keeping.authority = authority.after(signed)

    def reschedule(self) -> None:
        """A class becomes another one, or goes, or comes back."""
        name = self.chance.choice([*PLAIN])
        if self.chance.random() < 0.35:
            self.chosen.pop(name, None)
        else:
            self.chosen[name] = self.chance.randrange(VARIANTS)
        self._settle()

    # --- holds and disposals ---

    def place(self) -> None:
        by = self.who("kim", "ria", "lea")
        several = {one.number for one in (self.record(), self.record()) if one}
        function = self.chance.choice([None, "Director"]) if by == "kim" else None
        self.attempt(
            "hold_placed",
            by,
            self.number("H"),
            self.role_of(by, "management", "records"),
            matter="M",
            records=tuple(several),
            documents=(CHECKLIST,) if self.chance.random() < 0.1 else (),
            where=self.chance.choice(["why=x", "site=oslo", "site=Bergen", f"form={CHECKLIST}"]),
            function=function,
        )

    def extend(self) -> None:
        record, holds = self.record(), self.hold_names()
        if record and holds:
            by = self.who("kim", "ria", "lea")
            self.attempt(
                "hold_extended",
                by,
                self.chance.choice(holds),
                self.role_of(by, "management", "records"),
                records=(record.number,),
            )

    def lift(self) -> None:
        if holds := self.hold_names():
            by = self.who("kim", "ria", "lea", "rob")
            role = self.role_of(by, "management", "records")
            self.attempt("hold_lifted", by, self.chance.choice(holds), role)

    def review(self) -> None:
        """Somebody decides about a record: one that waits for it, or any other."""
        keeping = self.keeping
        kept = [one for (root, _), one in keeping.kept.items() if root == "records"]
        waiting = [one for one in kept if assess(keeping, one, keeping.today).state == "review"]
        record = self.chance.choice(waiting) if waiting else self.record()
        if record is None or (not waiting and self.chance.random() < 0.7):
            return
        until = keeping.today + timedelta(days=self.chance.choice([-3, 0, 1, 20, 400]))
        decision = self.chance.choice(
            [{"then": "destroy"}, {"then": "destroy"}, {"until": until}, {"then": "permanent"}]
        )
        self._decide(record, **decision)

    def _decide(self, record: Record, **decision: Any) -> bool:
        kind = self.keeping.control.retention_of(record.retention)
        owner = kind.owner if kind else None
        by = self.who(*(["own" if owner.kind == "function" else "kim"] if owner else ["ria"]))
        role = self.role_of(by, "records", "holder")
        return self.attempt("retention_reviewed", by, record.number, role, **decision)

    def keep_longer(self) -> None:
        """A record is to be kept longer; then its class asks nobody any more, and it is tried."""
        keeping = self.keeping
        kept = [one for (root, _), one in keeping.kept.items() if root == "records"]
        waiting = [one for one in kept if assess(keeping, one, keeping.today).state == "review"]
        if not waiting:
            return
        record = self.chance.choice(waiting)
        until = keeping.today + timedelta(days=self.chance.choice([20, 400]))
        lines = enumerate(PLAIN[record.retention])
        ends = [at for at, one in lines if one["action"] == "destroy"]
        if ends and self._decide(record, until=until):
            self.chosen[record.retention] = self.chance.choice(ends)
            self._settle()
            self.let_go()

    def propose(self) -> None:
        keeping, by = self.keeping, self.who("ria", "rob")
        on = keeping.today + timedelta(days=self.ahead if by == self.liar else 0)
        kept = [one for (root, _), one in keeping.kept.items() if root == "records"]
        due = [one for one in kept if assess(keeping, one, on).state == "due"]
        listed = {item.record for one in keeping.disposals() if one.open for item in one.items}
        free = [one for one in due if one.number not in listed]
        if self.chance.random() < 0.3:
            free = [one for one in (self.record(),) if one]
        if not free:
            return
        some = self.chance.sample(free, k=min(len(free), self.chance.choice([1, 1, 2, 9])))
        items = [keeping.item(one.number) for one in some]
        if self.chance.random() < 0.15:
            items[0]["due_since"] = self.day()
        self.attempt(
            "disposal_proposed",
            by,
            self.number("D"),
            self.role_of(by, "records"),
            items=items,
            schedule="CONTROL 1",
        )

    def authorise(self) -> None:
        waiting = [one for one in self.keeping.disposals() if one.open and not one.authorised]
        if waiting:
            self._authorise(self.chance.choice(waiting))

    def _authorise(self, disposal: Disposal) -> None:
        by = self.who(*self.answering(disposal))
        ahead = self.ahead if by == self.liar else 0
        names = {item.retention for item in disposal.items}
        windows = [one.window_days for one in self.keeping.control.retention if one.name in names]
        first = self.keeping.today + timedelta(days=ahead + max(windows, default=0))
        if self.chance.random() < 0.1:
            first -= timedelta(days=self.chance.choice([1, 5]))
        item = self.chance.choice(disposal.items).record
        kept = (item,) if self.chance.random() < 0.1 else ()
        self.attempt(
            "disposal_authorised",
            by,
            disposal.number,
            self.role_of(by, "records", "holder"),
            not_before=first,
            kept=kept,
        )

    def lose(self) -> None:
        """A class goes while a record of it is proposed, and is back once that was authorised."""
        self.propose()
        waiting = [one for one in self.keeping.disposals() if one.open and not one.authorised]
        name = waiting[-1].items[0].retention if waiting else ""
        if name in self.chosen:
            kept = self.chosen.pop(name)
            self._settle()
            self._authorise(waiting[-1])
            self.chosen[name] = kept
            self._settle()
            self.wait()
            self.dispose()

    def answering(self, disposal: Disposal) -> list[str]:
        """Who answers for the class of its first record, as a client would find it."""
        kind = self.keeping.control.retention_of(disposal.items[0].retention)
        owner = kind.owner if kind else None
        if owner:
            return ["own" if owner.kind == "function" else "kim"]
        return [one for one in ("ria", "rob") if one != disposal.proposed.event.signer]

    def let_go(self) -> None:
        """The honest way from a list to an empty shelf, with something else in between at times."""
        for act in (
            Driver.review,
            Driver.propose,
            Driver.authorise,
            Driver.wait,
            Driver.receive,
            Driver.dispose,
        ):
            act(self)
            if self.chance.random() < 0.25:
                self.chance.choices(ACTS, WEIGHTS)[0](self)

    def receive(self) -> None:
        """Somebody says that a receiver has records: of a disposal that hands them over, or not."""
        known = [one for one in self.keeping.disposals() if one.open and one.authorised]
        known = known if self.chance.random() < 0.9 else [*self.keeping.disposals()]
        if not known:
            return
        disposal = self.chance.choice(known)
        handed = [one.record for one in disposal.items if one.action == "transfer"]
        if not handed and self.chance.random() < 0.8:
            return
        by = self.who("ria", "rob")
        self.attempt(
            "transfer_received",
            by,
            disposal.number,
            self.role_of(by, "records"),
            receiver="City archive",
            records=handed or [disposal.items[0].record],
            package="0" * 64,
            receipt="1" * 64,
        )

    def dispose(self) -> None:
        """Somebody carries out what was authorised, and at times what was not."""
        known = [*self.keeping.disposals()]
        likely = [one for one in known if one.open and one.authorised]
        if not known:
            return
        disposal = self.chance.choice(likely if likely and self.chance.random() < 0.85 else known)
        for item in disposal.items:
            by = self.who("ria", "rob")
            authorised = disposal.authorised
            digest = authorised.digest if authorised else disposal.proposed.digest
            self.attempt(
                "disposed",
                by,
                item.record,
                self.role_of(by, "records"),
                disposal=disposal.number,
                authorised=digest,
                action=item.action,
                **(self.remains(item) if item.action == "anonymise" else {}),
            )

    def remains(self, item: DisposalItem) -> Mapping[str, Any]:
        """What is left of a record that is made anonymous; at times it is what was to go."""
        known = self.keeping.record(item.record)
        kind = self.keeping.control.retention_of(item.retention)
        removed = taken_out(self.keeping.definitions[known.form], kind) if kind else ()
        honest = self.chance.random() < 0.8
        left = stub() if honest else self.chance.choice([*item.stubs, None])
        return {"remains": left, "removed": removed if honest else ()}

    def end(self) -> None:
        """Somebody gives a disposal up or certifies it."""
        known = [*self.keeping.disposals()]
        if not known:
            return
        disposal = self.chance.choice(known)
        by = self.who("ria", "rob", "own")
        if self.chance.random() < 0.5:
            self.attempt("disposal_refused", by, disposal.number, self.role_of(by, "records"))
            return
        outcomes = [
            {
                "record": one.record,
                "result": WENT[one.action] if self.keeping.record(one.record).disposed else "kept",
            }
            for one in disposal.items
        ]
        self.attempt(
            "disposal_certified",
            by,
            disposal.number,
            self.role_of(by, "records"),
            outcomes=outcomes,
            method="fire",
            copies=("vault",),
        )


_ACTS: Mapping[Callable[[Driver], None], int] = {
    Driver.wait: 22,
    Driver.capture: 12,
    Driver.finish: 7,
    Driver.enter: 2,
    Driver.amend: 3,
    Driver.countersign: 1,
    Driver.close: 2,
    Driver.open_again: 2,
    Driver.state: 6,
    Driver.ask: 2,
    Driver.leave: 3,
    Driver.supersede: 3,
    Driver.roles: 2,
    Driver.reschedule: 4,
    Driver.lose: 2,
    Driver.place: 2,
    Driver.extend: 2,
    Driver.lift: 5,
    Driver.propose: 16,
    Driver.authorise: 14,
    Driver.dispose: 16,
    Driver.review: 6,
    Driver.keep_longer: 3,
    Driver.receive: 4,
    Driver.end: 3,
    Driver.register: 5,
    Driver.move: 3,
    Driver.burn: 4,
    Driver.issue: 3,
    Driver.fill: 4,
    Driver.give_back: 1,
    Driver.let_go: 14,
    Driver.lie: 3,
}
ACTS, WEIGHTS = [*_ACTS], [*_ACTS.values()]
