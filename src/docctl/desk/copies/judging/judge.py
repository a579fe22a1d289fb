"""The verdict on a file: what it says that it is, compared with what docctl writes as that."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.copies.compiling import outdated
from docctl.desk.copies.judging.claims import Claim, claims, digests, facts
from docctl.desk.copies.judging.expected import Expected, expected, read_again
from docctl.desk.copies.judging.standing import standing, standing_today
from docctl.errors import DocctlError, UnreadableError
from docctl.intake import Foreign, read
from docctl.intake.differing import alterations
from docctl.model.answers.verified import Alteration, VerifiedCopy

__all__ = ["Judge"]

#: How many alterations are told.
_TOLD = 50

#: Reads a file that lies beside a copy, by its path from there; nothing where there is none.
Beside = Callable[[str], bytes | None]


class _Match(NamedTuple):
    """A copy that a file may be, and where it is not."""

    claim: Claim
    told: Mapping[str, str]
    found: tuple[Alteration, ...]
    missing: int = 0


@dataclass(frozen=True)
class Judge:
    """Judges files against a library as it stands now."""

    bench: Bench

    def judge(self, data: bytes, name: str, beside: Beside) -> VerifiedCopy:
        """Return what a file is. Nothing is raised for what it holds."""
        try:
            foreign = read(data, name)
            said = claims(foreign) or self._by_digest(foreign)
            if not said:
                return _unknown(name, "it names no document, nor the digest of one")
            return self._judged(foreign, data, name, beside, said)
        except UnreadableError as error:
            return _unknown(name, str(error).removeprefix(f"{name}: "))

    def _judged(
        self, foreign: Foreign, data: bytes, name: str, beside: Beside, said: tuple[Claim, ...]
    ) -> VerifiedCopy:
        about = f"it says that it is {_named(said[0])}"
        try:
            best = self._best(foreign, data, beside, said)
            if best is None:
                return _unknown(name, f"{about}, which this library has not", said[0])
            today = standing_today(self.bench, best.claim.number, best.told.get("Revision", ""))
        except UnreadableError:
            raise
        except DocctlError as error:
            return _verdict(name, said[0], "unjudged", f"{about}, and cannot be judged: {error}")
        return self._told(foreign, name, best, today)

    def _told(
        self, foreign: Foreign, name: str, best: _Match, today: Mapping[str, Any]
    ) -> VerifiedCopy:
        fields = dict(today)
        if best.found and foreign.form == "pdf":
            words = (
                f"it says that it is {_named(best.claim)}, and is not the very file that docctl "
                "writes: changed, or written by another version or with other fonts"
            )
            return _verdict(name, best.claim, "unjudged", words, **fields)
        if best.found:
            fields |= {"alterations": best.found[:_TOLD], "more": len(best.found[_TOLD:])}
            count = len(best.found)
            places = f"{count} place{'s' if count > 1 else ''}"
            words = f"not what docctl wrote as {_named(best.claim)}: {places}"
            return _verdict(name, best.claim, "altered", words, **fields)
        verdict, words = standing(self.bench, best.told, today)
        if best.claim.issue and verdict == "current":
            verdict, words = self._compiled(best, words)
        if best.missing:
            words += f"; {best.missing} of the files that belong beside it are missing"
        return _verdict(name, best.claim, verdict, words, **fields)

    def _best(
        self, foreign: Foreign, data: bytes, beside: Beside, said: tuple[Claim, ...]
    ) -> _Match | None:
        """Return the copy that a file is, or the first one that it comes clearly nearest to."""
        best: _Match | None = None
        for one in self._matches(foreign, data, beside, said):
            if best is None or len(one.found) * 2 < len(best.found):
                best = one
            if not best.found:
                break
        return best

    def _matches(
        self, foreign: Foreign, data: bytes, beside: Beside, said: tuple[Claim, ...]
    ) -> Iterator[_Match]:
        for claim in said:
            for one in expected(self.bench, claim, foreign.form):
                yield _match(foreign, data, beside, claim, one)

    def _by_digest(self, foreign: Foreign) -> tuple[Claim, ...]:
        """Return the revision whose digest a file names where it names no number."""
        found = (self._digests.get(one) for one in digests(foreign))
        return tuple(Claim(*one, None) for one in found if one)

    @cached_property
    def _digests(self) -> dict[str, tuple[str, str]]:
        day = self.bench.day(self.bench.today())
        return {
            revision.content: (dossier.number, revision.label)
            for dossier in day.dossiers()
            for revision in dossier.revisions
        }

    def _compiled(self, best: _Match, words: str) -> tuple[Any, str]:
        """Return whether a manual that nobody altered still holds what is in force."""
        day = self.bench.day(self.bench.today())
        changed = [*outdated(day, best.claim.number, best.told)]
        if not changed:
            return "current", words
        first = f"{changed[0].place}: {changed[0].sentence}"
        more = f", and {len(changed) - 1} more" if changed[1:] else ""
        return "outdated", f"genuine, but compiled from what is not in force: {first}{more}"


def _match(foreign: Foreign, data: bytes, beside: Beside, claim: Claim, one: Expected) -> _Match:
    ours = read_again(one, claim.number)
    told = facts(ours)
    around = [(name, content, beside(name)) for name, content in one.issued.beside.items()]
    changed = tuple(
        Alteration(place=f"the file {name} beside it", expected="as it was written", found="other")
        for name, content, held in around
        if held is not None and held != content
    )
    missing = sum(held is None for _, _, held in around)
    if data == one.issued.file:
        return _Match(claim, told, changed, missing)
    if foreign.form == "pdf":
        return _Match(claim, told, (Alteration(place="the file"),))
    return _Match(claim, told, (*alterations(ours, foreign), *changed), missing)


def _named(claim: Claim) -> str:
    label = f" revision {claim.revision}" if claim.revision else ""
    issue = f", issue {claim.issue}" if claim.issue else ""
    return f"{claim.number}{label}{issue}"


def _unknown(name: str, why: str, claim: Claim | None = None) -> VerifiedCopy:
    return _verdict(name, claim or Claim("", "", None), "unknown", why)


def _verdict(name: str, claim: Claim, verdict: Any, sentence: str, **fields: Any) -> VerifiedCopy:
    said = {"number": claim.number, "revision": claim.revision, "as_of": claim.on}
    about = {"file": name, "verdict": verdict, "sentence": sentence}
    return VerifiedCopy(**{**said, **fields, **about})
