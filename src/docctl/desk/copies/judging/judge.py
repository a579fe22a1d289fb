"""The verdict on a file: what it says that it is, compared with what docctl writes as that."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.copies.issuing import Issued
from docctl.desk.copies.judging.claims import Claim, claims, digests, facts
from docctl.desk.copies.judging.expected import Moment, moments, written
from docctl.desk.copies.judging.standing import standing_of
from docctl.errors import DocctlError, UnreadableError
from docctl.intake import Foreign, Form, read
from docctl.intake.differing import alterations
from docctl.intake.lines import texts
from docctl.model.answers.verified import Alteration, CopyVerdict, VerifiedCopy
from docctl.render.docx import AS_USUAL, Finish
from docctl.render.qr import LIBRARY, PROPERTY

__all__ = ["Judge"]

#: How many alterations are told.
_TOLD = 50
#: How many copies are remembered as they were written.
_REMEMBERED = 256

#: Reads a file that lies beside a copy, by its path from there; nothing where there is none.
Beside = Callable[[str], bytes | None]

#: Files that docctl wrote and that are no copies to work by, by the property that they bear.
_NO_COPIES: Mapping[str, str] = MappingProxyType(
    {
        "Redline": "it is a redline, which shows what changed; no copy to work by",
        "FormRevision": "it is a blank to be filled in; docctl record capture reads it back",
    }
)
_TEMPLATE = "TemplateSHA256"
_PDF = (
    "is not the very file that docctl writes: changed, or written by another version or with "
    "other fonts"
)
_APPENDED = (
    "begins with the very file that docctl writes; behind that something was appended: a PDF "
    "reader tells whether it is a signature and nothing else"
)
_UNKNOWN_TEMPLATE = (
    "its text is genuine, but its heads and feet are those of a template that was not named: "
    "--template FILE"
)


class _Match(NamedTuple):
    """A copy that a file may be, and where it is not."""

    claim: Claim
    told: Mapping[str, str]
    found: tuple[Alteration, ...]
    missing: int = 0
    appended: bool = False
    """Whether it is the very file, with something behind its end."""

    lacking: bool = False
    """Whether its heads and feet are those of a template that is not known here."""


@dataclass(frozen=True)
class Judge:
    """Judges files against a library as it stands now."""

    bench: Bench
    finish: Finish = AS_USUAL
    """How DOCX copies were finished that name a template."""

    def judge(self, data: bytes, name: str, beside: Beside) -> VerifiedCopy:
        """Return what a file is. Nothing is raised for what it holds."""
        try:
            foreign = read(data, name)
        except UnreadableError as error:
            return _unknown(name, str(error).removeprefix(f"{name}: "))
        said = claims(foreign) or self._by_digest(foreign)
        if not said:
            return _unknown(name, "it names no document, nor the digest of one")
        told = facts(foreign)
        for mark, words in _NO_COPIES.items():
            if mark in told and "RecordNumber" not in told:
                return _verdict(name, said[0], "unjudged", words)
        try:
            return self._judged(foreign, data, name, beside, said)
        except DocctlError as error:
            words = f"it says that it is {_named(said[0])}, and cannot be judged: {error}"
            return _verdict(name, said[0], "unjudged", words)

    def _judged(
        self, foreign: Foreign, data: bytes, name: str, beside: Beside, said: tuple[Claim, ...]
    ) -> VerifiedCopy:
        best = self._best(foreign, data, beside, said)
        if best is None:
            words = f"it says that it is {_named(said[0])}, which this library has not"
            return _unknown(name, words, said[0])
        verdict, words, fields = standing_of(self.bench, best.claim, best.told)
        if best.found and foreign.form == "pdf":
            why = _APPENDED if best.appended else _PDF
            verdict, words = "unjudged", f"it says that it is {_named(best.claim)}, and {why}"
        elif best.found:
            count = f"{len(best.found)} place{'s' if best.found[1:] else ''}"
            verdict, words = "altered", f"not what docctl wrote as {_named(best.claim)}: {count}"
            fields |= {"alterations": best.found[:_TOLD], "more": len(best.found[_TOLD:])}
        elif best.lacking:
            verdict, words = "unjudged", _UNKNOWN_TEMPLATE
        elif best.missing:
            words += f"; {best.missing} of the files that belong beside it are missing"
        return _verdict(name, best.claim, verdict, words, **fields)

    def _best(
        self, foreign: Foreign, data: bytes, beside: Beside, said: tuple[Claim, ...]
    ) -> _Match | None:
        """Return the copy that a file is, or the first one that it comes clearly nearest to."""
        best: _Match | None = None
        for one in self._matches(foreign, data, beside, said):
            if best is None or _nearer(one, best):
                best = one
            if not best.found and not best.lacking:
                break
        return best

    def _matches(
        self, foreign: Foreign, data: bytes, beside: Beside, said: tuple[Claim, ...]
    ) -> Iterator[_Match]:
        coded = _is_coded(foreign)
        for claim in said:
            for moment in moments(self.bench, claim):
                for given in self._given(foreign):
                    key = claim._replace(on=None), moment, foreign.form
                    if ours := self._written(*key, given, coded):
                        yield self._match(foreign, data, beside, claim, *ours)

    def _given(self, foreign: Foreign) -> tuple[bool, ...]:
        """Return whether it may be on the library's template, the given one, or either."""
        if self.finish == AS_USUAL or foreign.form != "docx":
            return (False,)
        return (True, False)

    @cached_property
    def _written(
        self,
    ) -> Callable[[Claim, Moment, Form, bool, bool], tuple[Issued, Foreign] | None]:
        """Write a copy and read it again; on a shared drive there are many of the same."""

        @lru_cache(maxsize=_REMEMBERED)
        def made(
            claim: Claim, moment: Moment, form: Form, given: bool, coded: bool
        ) -> tuple[Issued, Foreign] | None:
            finish = self.finish if given else None
            issued = written(self.bench, moment, claim, form, finish, coded=coded)
            return (issued, read(issued.file, claim.number)) if issued else None

        return made

    def _match(
        self,
        foreign: Foreign,
        data: bytes,
        beside: Beside,
        claim: Claim,
        issued: Issued,
        ours: Foreign,
    ) -> _Match:
        told = facts(ours)
        around = [(name, content, beside(name)) for name, content in issued.beside.items()]
        changed = tuple(
            Alteration(place=f"the file {name} beside it", found="its bytes are others")
            for name, content, held in around
            if held is not None and held != content
        )
        missing = sum(held is None for _, _, held in around)
        if data == issued.file:
            return _Match(claim, told, changed, missing)
        if foreign.form == "pdf":
            appended = data.startswith(issued.file)
            return _Match(claim, told, (Alteration(place="the file"),), appended=appended)
        lacking = facts(foreign).get(_TEMPLATE, "") not in {"", told.get(_TEMPLATE, "")}
        if lacking:
            ours, foreign = _without_frames(ours), _without_frames(foreign)
        found = (*alterations(ours, foreign), *changed)
        return _Match(claim, told, found, missing, lacking=lacking)

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


def _nearer(one: _Match, best: _Match) -> bool:
    if one.lacking != best.lacking:
        return best.lacking
    return len(one.found) * 2 < len(best.found)


def _without_frames(foreign: Foreign) -> Foreign:
    """Return what a file says but at the head and foot of its pages."""
    kept = {name: said for name, said in foreign.facts.items() if name != _TEMPLATE}
    return replace(foreign, running=(), facts=kept)


def _is_coded(foreign: Foreign) -> bool:
    """Tell whether a copy was written with a QR code: it says so in its properties or in print."""
    return PROPERTY in foreign.facts or any(LIBRARY in words for words in texts(foreign))


def _named(claim: Claim) -> str:
    label = f" revision {claim.revision}" if claim.revision else ""
    issue = f", issue {claim.issue}" if claim.issue else ""
    return f"{claim.number}{label}{issue}"


def _unknown(name: str, why: str, claim: Claim | None = None) -> VerifiedCopy:
    return _verdict(name, claim or Claim("", "", None), "unknown", why)


def _verdict(
    name: str, claim: Claim, verdict: CopyVerdict, sentence: str, **fields: Any
) -> VerifiedCopy:
    said = {"number": claim.number, "revision": claim.revision, "as_of": claim.on}
    about = {"file": name, "verdict": verdict, "sentence": sentence}
    return VerifiedCopy(**{**said, **fields, **about})
