"""One history: acts at random, and after each of them a look into the vault."""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from adversary.base import Base
from adversary.book import Book, Kept
from adversary.deeds import Deed, Door, Refused
from adversary.law import faults
from adversary.site import Site
from docctl.model.records.record import Stub


class UnlawfulError(AssertionError):
    """The product did what it must not: it is the finding of this room."""


class History:
    """What happens in one copy of the office, from its first day to its last."""

    def __init__(self, base: Base, seed: int, door: Door, counts: Counter[str]) -> None:
        self.chance = Random(seed)  # noqa: S311 - a game, not a secret
        self.seed, self.door, self.counts = seed, door, counts
        self.place = Path(tempfile.mkdtemp(dir=base.place.parent))
        self.site = Site(base, self.place)
        self.book = Book(counts)
        self.known: dict[str, int] = {}
        self.stubs: dict[tuple[str, str], tuple[Stub, ...]] = {}
        self.let_go: dict[str, str] = {}
        self.sound = True
        """Whether nobody has written into the history past the rules."""

    def close(self) -> None:
        self.site.close()
        shutil.rmtree(self.place)

    # --- doing --------------------------------------------------------------------------------

    def do(self, verb: str, person: str, **said: Any) -> Any:
        """Let somebody do something; return what the product answers, nothing if it refuses."""
        deed = Deed(verb, person, said)
        self.counts["acts"] += 1
        answer, done, before = None, True, self.site.head
        try:
            answer = self.door.do(self.site, deed)
        except Refused as error:
            self.counts[f"{verb} refused: {error}"] += 1
            done = False
        if done:
            self.counts[verb] += 1
            self.book.note(self.site, deed, answer, landed=self.site.head != before)
        self.look(deed, answer, done=done)
        return answer if done else None

    # --- looking ------------------------------------------------------------------------------

    def look(self, deed: Deed, answer: Any, *, done: bool) -> None:
        """Hold the vault against what may be gone; note whose the new files are."""
        lying = self.site.files()
        if deed.verb == "run":
            self._went(deed, lying, done=done)
        self._note_new(deed, answer, lying, done=done)
        self._require_all(lying, deed.verb)
        self.known = dict(lying)

    def _went(self, deed: Deed, lying: Mapping[str, int], *, done: bool) -> None:
        """Judge every record that the history has let go since it was looked at last."""
        now = self.site.let_go()
        for number in sorted({*now} - {*self.let_go}):
            told = json.loads(self.site.stored(now[number]))["data"]
            missing = [one for one in self._files(number) if one not in lying]
            if not self.sound and not missing:
                continue  # what was forged says so, and nothing was destroyed for it
            why = [*faults(self.site, self.book, number, told["disposal"], deed.person)]
            self._require_lawful(number, why)
            one = self.book.records[number]
            one.gone, one.gone_on = told["action"], self.site.today
            self.counts[f"went: {one.gone}"] += 1
            self.counts["went, and a clock was set back before"] += one.believed
            listed = self.book.disposals[told["disposal"]]
            self.counts["windows ended by the runner's own clock"] += (
                self.site.today < listed.not_before
            )
        if self.sound:
            self.let_go = dict(now)
        if done and self.sound and deed.said["disposal"] in self.book.disposals:
            self._require_gone(deed.said["disposal"], lying)

    def _require_gone(self, disposal: str, lying: Mapping[str, int]) -> None:
        """What a disposal that is certified has let go is really gone."""
        listed = self.book.disposals[disposal]
        listed.over = True
        for number in listed.items:
            one = self.book.records[number]
            if not one.gone:
                continue
            if left := [file for file in one.files if file in lying]:
                raise UnlawfulError(f"seed {self.seed}: {number} is gone, and left is {left}")
            if one.elsewhere and one.gone == "destroy" and not one.burnt:
                raise UnlawfulError(f"seed {self.seed}: the original of {number} is still there")

    def _note_new(self, deed: Deed, answer: Any, lying: Mapping[str, int], *, done: bool) -> None:
        number = answer if deed.verb in {"capture", "register"} else deed.said.get("record", "")
        one = self.book.records.get(number or "")
        if done and one:
            mine = {*lying} - {*self.known} | {
                name for name in lying if name.endswith(f"/{number}")
            }
            one.files |= {name: self.site.digest(name) for name in mine}

    def _files(self, number: str) -> Mapping[str, str]:
        one = self.book.records.get(number)
        return one.files if one else {}

    def _require_all(self, lying: Mapping[str, int], verb: str) -> None:
        """Nothing is missing but what went lawfully."""
        for one in self.book.records.values():
            missing = [name for name in one.files if name not in lying]
            if missing and not one.gone:
                self._require_lawful(one.number, [f"'{verb}' let nothing go"])

    def _require_lawful(self, number: str, why: list[str]) -> None:
        if why:
            raise UnlawfulError(f"seed {self.seed}: {number} went, and {'; '.join(why)}")

    # --- the end ------------------------------------------------------------------------------

    def note_stubs(self) -> None:
        """Note under which commitments everything lies, while the history can be believed."""
        archive = self.site.by("ada").bench.archive()
        for number, one in self.book.records.items():
            record = archive.record(number)
            assert record, number
            left = (record.remains,) if one.gone and record.remains else record.stubs
            self.stubs[number, one.gone] = left

    def read_back(self) -> None:
        """Read every payload that is to be there, whatever has become of the history."""
        if self.sound:
            self.note_stubs()
        vault = self.site.by("ada").bench.vaults.own
        for number, one in self.book.records.items():
            for name, digest in one.files.items():
                if not one.gone and self.site.digest(name) != digest:
                    raise UnlawfulError(f"seed {self.seed}: {name} of {number} was altered")
            if one.gone not in {"destroy", "transfer"} and (number, one.gone) in self.stubs:
                key = f"{number}.anonymised" if one.gone else number
                stubs = self.stubs[number, one.gone]
                texts = [b"".join(vault.read(key, stub)) for stub in stubs]
                self.counts["payloads read back"] += len(texts)
                self._require_said(one, texts)

    def _require_said(self, one: Kept, texts: list[bytes]) -> None:
        """What lies in the vault says what was said, but for what was taken out of it."""
        told: dict[str, Any] = {}
        for text in texts:
            if text.startswith(b"{"):
                told |= json.loads(text)["fields"]
        wanted = {name: text for name, text in one.said.items() if not (one.gone and name == "who")}
        if (told or one.files) and told != wanted:
            raise UnlawfulError(f"seed {self.seed}: {one.number} says {told}, and not {wanted}")

    def wait(self, **span: float) -> None:
        self.site.true += timedelta(**span)
