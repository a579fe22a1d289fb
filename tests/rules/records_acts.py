"""What people do to records: capture, enter, correct, sign, close, open again, state facts."""

from paper_keeping import CASE, stub
from paper_schedules import FORMS, TRAINING
from records_desk import Desk


class Clerks(Desk):
    """Those who make records, and time that passes."""

    def wait(self) -> None:
        self.keeping.wait(self.chance.choice([1, 1, 2, 5, 11, 30, 62, 130, 400]))

    def lie(self) -> None:
        """Set the liar's clock forward, and back again."""
        self.ahead = self.chance.choice([0, 0, 3, 40, 500])

    def capture(self) -> None:
        form = self.chance.choice([*FORMS])
        number = self.record_number(form)
        want = self.keeping.captured(form, event_on=self.day(), late_reason="post")
        if self.chance.random() < 0.4:
            want["identifiers"] = {"site": self.chance.choice(["Oslo", "Bergen", "Moss"])}
        if form == TRAINING and self.chance.random() < 0.9:
            want["subject"] = "sam"
        other = self.record()
        if other and self.chance.random() < 0.2:
            want["related"] = (other.number,)
        if self.chance.random() < 0.15:
            want["holds"] = tuple(
                self.chance.sample(self.hold_names(), k=1) if self.hold_names() else ("H-1",)
            )
        if self.chance.random() < 0.1:
            want |= self.chance.choice(
                [{"open": form != CASE}, {"retention": "log"}, {"payload": None}]
            )
        by = self.who("bob")
        self.attempt("captured", by, number, self.role_of(by, "holder"), **want)

    def record_number(self, form: str) -> str:
        self.numbers += 1
        return f"NC-2026-{self.numbers}" if form == CASE else f"{form}-{self.numbers:04d}"

    def enter(self) -> None:
        if record := self.record():
            by = self.who("bob")
            step = self.chance.choice(["analysed", "analysed", "checked", "other"])
            self.attempt(
                "added",
                by,
                record.number,
                self.role_of(by, "holder"),
                step=step,
                payload=stub(),
                event_on=self.day(),
                late_reason="post",
            )

    def amend(self) -> None:
        if record := self.record():
            by = self.who("ria", "rob", "bob")
            held = self.hold_names() if self.chance.random() < 0.3 else []
            self.attempt(
                "amended",
                by,
                record.number,
                self.role_of(by, "records", "holder"),
                payload=stub(),
                event_on=self.day(),
                late_reason="post",
                holds=tuple(held[:1]),
                identifiers=self.chance.choice([{}, {}, {"site": "Oslo"}, {"site": "Moss"}]),
            )

    def countersign(self) -> None:
        if record := self.record():
            by = self.who("kim", "lea")
            self.attempt(
                "countersigned",
                by,
                record.number,
                self.role_of(by, "management"),
                meaning="verified",
            )

    def close(self) -> None:
        if record := self.record():
            by = self.who("bob", "ria")
            role = self.role_of(by, "records", "holder")
            self.attempt("closed", by, record.number, role, closed_on=self.day())

    def finish(self) -> None:
        """What an honest office does with an open record."""
        kept = [one for (root, _), one in self.keeping.kept.items() if root == "records"]
        for one in [one for one in kept if one.open][:1]:
            self.attempt(
                "added",
                "bob",
                one.number,
                "holder",
                step="analysed",
                payload=stub(),
                event_on=self.keeping.today,
            )
            self.attempt("countersigned", "kim", one.number, "management", meaning="verified")
            on = max(self.day(), one.event_on)
            self.attempt("closed", "ria", one.number, "records", closed_on=on)

    def ask(self) -> None:
        """A request to erase a record is decided and answered: no record goes the sooner for it."""
        if record := self.record():
            number, subject = self.number("SR"), {"kind": "record", "item": record.number}
            decision = {"subject": subject, "verdict": "erase", "why": "No duty to keep it"}
            said = {
                "request_opened": {
                    "asks": "erasure",
                    "received_on": self.keeping.today,
                    "items": (subject,),
                },
                "request_decided": {"decisions": (decision,)},
                "request_answered": {},
            }
            for type_, want in said.items():
                by = self.who("ria", "rob", "kim")
                self.attempt(type_, by, number, self.role_of(by, "records", "management"), **want)

    def open_again(self) -> None:
        if record := self.record():
            by = self.who("ria", "rob")
            self.attempt("opened_again", by, record.number, self.role_of(by, "records"))

    def state(self) -> None:
        if record := self.record():
            by = self.who("ria", "rob")
            fact = self.chance.choice(
                ["contract_ended", "contract_ended", "court_decided", "dependants"]
            )
            self.attempt(
                "fact_stated",
                by,
                record.number,
                self.role_of(by, "records"),
                fact=fact,
                on=self.day(),
            )
