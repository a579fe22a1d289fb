"""Attacks by a push: each of them with all that is needed so that something could go by it."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from adversary.sieges import DAY, Besieged
from adversary.thief import NotTaken
from docctl.model.access import RoleData
from docctl.model.records.hold import DisposalAuthorisedData, TransferReceivedData
from docctl.model.records.record import (
    CapturedData,
    ClosedData,
    DisposedData,
    FactData,
    Plain,
    RetentionReviewedData,
)
from docctl.rules.records.chain import data_of


class Pusher(Besieged):
    """Everything that somebody pushes."""

    def attack(self) -> None:
        """Push something."""
        name = self.chance.choice([*ATTACKS])
        self.counts[f"attack: {name}"] += 1
        try:
            ATTACKS[name](self)
        except NotTaken:
            self.counts["pushes that Git refused"] += 1

    def own_authorisation(self) -> None:
        disposal = self.proposed(self.one("FRM-001", wait=31))
        first = self.site.today + 2 * DAY
        data = DisposalAuthorisedData(not_before=first)
        self.forged().forge("disposal_authorised", disposal, data, by="ria")

    def authorised_by_anybody(self) -> None:
        disposal = self.proposed(self.one("FRM-001", wait=31))
        data = DisposalAuthorisedData(not_before=self.site.today + 2 * DAY)
        role = self.chance.choice(["records", "author", "holder"])
        self.forged().forge("disposal_authorised", disposal, data, by="ben", role=role)

    def no_window(self) -> None:
        disposal = self.proposed(self.one("FRM-001", wait=31))
        data = DisposalAuthorisedData(not_before=self.site.today)
        self.forged().forge("disposal_authorised", disposal, data, by="rob")
        self.do("run", "ria", disposal=disposal)

    def key_of_a_stranger(self) -> None:
        disposal = self.proposed(self.one("FRM-001", wait=31))
        data = DisposalAuthorisedData(not_before=self.site.today + 2 * DAY)
        self.forged().forge("disposal_authorised", disposal, data, by="rob", key="stranger")

    def hold_lifted(self) -> None:
        record = self.one("FRM-001", wait=31)
        self.authorised(record)
        hold, by = self.held(record), self.chance.choice(["ria", "ben"])
        self.forged().forge("hold_lifted", hold, Plain(), by=by)

    def hold_dropped(self) -> None:
        record = self.one("FRM-001", wait=31)
        self.authorised(record)
        hold = self.held(record)
        gone: dict[str, bytes | None] = dict.fromkeys(self.thief.folder("holds", hold))
        thief = self.forged()
        thief.push(gone, f"{hold}: hold_lifted by kim", "kim", thief.newest)

    def hold_edited(self) -> None:
        record = self.one("FRM-001", wait=31)
        self.authorised(record)
        path = self.thief.folder("holds", self.held(record))[0]
        by = self.chance.choice(["kim", "ben"])
        self.forged().edit(path, f'"records":["{record}"]'.encode(), b'"records":[]', by)

    def hold_taken_back(self) -> None:
        """The branch is to end before the hold: the library's Git refuses that."""
        record = self.one("FRM-001", wait=31)
        self.authorised(record)
        before = self.site.git("rev-parse", "main").decode().strip()
        self.held(record)
        self.thief.clone()
        self.thief.sent(f"+{before}:refs/heads/main")
        raise AssertionError("the branch was moved back by a push")

    def hold_replaced(self) -> None:
        """Git is told to show the history as it was before the hold."""
        record = self.one("FRM-001", wait=31)
        self.authorised(record)
        before = self.site.git("rev-parse", "main").decode().strip()
        self.held(record)
        self.thief.clone()
        after = self.site.git("rev-parse", "main").decode().strip()
        self.forged().sent(f"{before}:refs/replace/{after}")

    def proposal_edited(self) -> None:
        """What was authorised gets another record that stays, or is held."""
        record = self.one("FRM-001", wait=31)
        disposal = self.authorised(record)
        other = self.one("FRM-001")
        path = self.thief.folder("disposals", disposal)[0]
        text = json.loads(self.site.stored(path))
        item = dict(text["data"]["items"][0])
        archive = self.site.by("ada").bench.archive()
        kept = archive.record(other)
        assert kept
        item |= {"record": other, "last": kept.chain.last}
        item["stubs"] = [one.model_dump(mode="json") for one in kept.stubs]
        changed = json.dumps([*text["data"]["items"], item], separators=(",", ":"), sort_keys=True)
        old = json.dumps(text["data"]["items"], separators=(",", ":"), sort_keys=True)
        self.forged().edit(path, old.encode(), changed.encode(), "ria")

    def authorisation_replayed(self) -> None:
        first = self.authorised(self.one("FRM-001", wait=31))
        second = self.proposed(self.one("FRM-001", wait=31))
        paths = [one for one in self.thief.folder("disposals", first) if "authorised" in one]
        files: dict[str, bytes | None] = {
            one.replace(f"/{first}/", f"/{second}/"): self.site.stored(one) for one in paths
        }
        thief = self.forged()
        message = f"{second}: disposal_authorised by rob"
        thief.push(files, message, "rob", thief.newest)

    def tombstone(self) -> None:
        """A record is let go by a disposal that nobody has authorised, or not yet."""
        record = self.one("FRM-001", wait=31)
        authorised = self.chance.random() < 0.5
        disposal = self.authorised(record) if authorised else self.proposed(record)
        known = self.site.by("ada").bench.archive().disposal(disposal)
        assert known
        digest = known.authorised.digest if known.authorised else "0" * 64
        data = DisposedData(disposal=disposal, authorised=digest, action="destroy")
        time = self.site.true + (2 * DAY if authorised else timedelta())
        self.forged().forge("disposed", record, data, by="ria", time=time)
        self.do("run", "ria", disposal=disposal)

    def backdated_close(self) -> None:
        """An open record was closed long ago, says who may close it."""
        record = self.one("FRM-002")
        self.do("add", "ben", record=record)
        self.wait(minutes=10)
        self.do("sign", "kim", record=record)
        self.wait(days=1)
        self.one("FRM-001")
        ago = self.thief.newest - timedelta(days=self.chance.choice([1, 60]))
        data = ClosedData(closed_on=ago.date() - 60 * DAY)
        self.forged().forge("closed", record, data, by="ria", time=ago)

    def backdated_capture(self) -> None:
        record = self.one("FRM-001", wait=1)
        path = self.thief.folder("records", record)[0]
        text = self.site.stored(path)
        today = json.loads(text)["date"].encode()
        long_ago = str(self.site.today - 90 * DAY).encode()
        self.forged().edit(path, today, long_ago, "ben")

    def schedule_edited(self) -> None:
        record = self.one("FRM-001")
        listed = self.site.git("ls-tree", "-r", "--name-only", "main", "control").decode().split()
        newest = [one for one in listed if one.endswith("settings.json")][-1]
        self.forged().edit(newest, b"30 days", b"0 days", "ada", sign=False)
        self.wait(days=1)
        del record

    def role_taken(self) -> None:
        disposal = self.proposed(self.one("FRM-001", wait=31))
        thief = self.forged()
        bench = self.site.by("ada").bench
        authority = bench.world.authority
        thief.forge(
            "role_granted",
            "ACCESS",
            RoleData(person="ben", role="records"),
            by="ben",
            role="administrator",
            seq=authority.seq + 1,
            prev=authority.last,
        )
        data = DisposalAuthorisedData(not_before=self.site.today + 2 * DAY)
        thief.forge("disposal_authorised", disposal, data, by="ben")

    def decoy(self) -> None:
        """A record names the payload of one that is held: every rule allows that."""
        record = self.one("FRM-001")
        self.held(record)
        bench = self.site.by("ada").bench
        known = bench.archive().record(record)
        assert known
        said = data_of(known.captured)
        assert isinstance(said, CapturedData)
        data = said.but(event_on=self.site.today)
        decoy = f"FRM-001-{self.chance.randint(8000, 9000)}"
        self.thief.forge("captured", decoy, data, by="ben", role="holder")
        self.wait(days=31)
        made = self.do("propose", "ria", records=[decoy])
        if made:
            self.do("authorise", "rob", disposal=made[0], keep=[])

    def receipt_forged(self) -> None:
        record = self.one("FRM-004", wait=6)
        disposal = self.authorised(record)
        data = TransferReceivedData(
            receiver="City archive", records=(record,), package="0" * 64, receipt="1" * 64
        )
        self.forged().forge("transfer_received", disposal, data, by="ben")

    def decided_by_anybody(self) -> None:
        record = self.one("FRM-005", wait=11)
        by = self.chance.choice(["ria", "ben"])
        self.forged().forge(
            "retention_reviewed", record, RetentionReviewedData(then="destroy"), by=by
        )

    def contract_ended(self) -> None:
        record = self.one("FRM-003")
        data = FactData(fact="contract_ended", on=self.site.today - 40 * DAY)
        self.forged().forge("fact_stated", record, data, by="ben")
        self.wait(days=21)

    def another_way(self) -> None:
        """What was to be handed over is destroyed."""
        record = self.one("FRM-004", wait=6)
        disposal = self.authorised(record)
        known = self.site.by("ada").bench.archive().disposal(disposal)
        assert known
        assert known.authorised
        data = DisposedData(disposal=disposal, authorised=known.authorised.digest, action="destroy")
        self.forged().forge("disposed", record, data, by="ria")


ATTACKS: Mapping[str, Callable[[Pusher], None]] = {
    "somebody authorises what she has proposed": Pusher.own_authorisation,
    "anybody authorises": Pusher.authorised_by_anybody,
    "an authorisation without a window": Pusher.no_window,
    "an authorisation by the key of a stranger": Pusher.key_of_a_stranger,
    "a hold is lifted by somebody else": Pusher.hold_lifted,
    "a hold is dropped": Pusher.hold_dropped,
    "a hold is edited": Pusher.hold_edited,
    "a hold is pushed away": Pusher.hold_taken_back,
    "a hold is replaced": Pusher.hold_replaced,
    "a proposal is edited": Pusher.proposal_edited,
    "an authorisation is replayed": Pusher.authorisation_replayed,
    "a tombstone without authority": Pusher.tombstone,
    "a close is dated back": Pusher.backdated_close,
    "a capture is dated back": Pusher.backdated_capture,
    "the schedule is edited": Pusher.schedule_edited,
    "a role is taken": Pusher.role_taken,
    "a decoy names what is held": Pusher.decoy,
    "a receipt is forged": Pusher.receipt_forged,
    "anybody decides": Pusher.decided_by_anybody,
    "anybody ends a contract": Pusher.contract_ended,
    "what is handed over is destroyed": Pusher.another_way,
}
