"""The verdict on a file: what it says that it is, compared with what docctl writes as that."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.copies.judging.claims import Claim, claims, digests
from docctl.desk.copies.judging.furniture import only_words_differ
from docctl.desk.copies.judging.matching import Beside, Handed, Match, Matching
from docctl.desk.copies.judging.names import former_names
from docctl.desk.copies.judging.others import other
from docctl.desk.copies.judging.standing import standing_of
from docctl.english import many
from docctl.errors import DocctlError, UnreadableError
from docctl.intake import Foreign, Form, read
from docctl.model.answers.verified import Alteration, CopyVerdict, VerifiedCopy
from docctl.render.docx import AS_USUAL, Finish
from docctl.render.front import SITE_PAGE
from docctl.render.wording import VERSION

__all__ = ["Judge"]

#: What programs take a file for by the end of its name; any other end says nothing.
_MEANT: Mapping[str, Form] = MappingProxyType(
    {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".md": "markdown"}
)
#: How many alterations are told.
_TOLD = 50
_PDF = (
    "is not the very file that docctl writes: changed, or written by another version or with "
    "other fonts"
)
_APPENDED = (
    "begins with the very file that docctl writes; behind that something was appended: a PDF "
    "reader tells whether it is a signature and nothing else"
)
_PAGE = (
    "a page of a site, which is no copy: judge the copies in Word beside it, and have "
    "'docctl publish' write anew what was changed"
)
_UNKNOWN_TEMPLATE = "its heads and feet are those of a template that was not named: --template FILE"


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
        meant = _MEANT.get(PurePath(name).suffix.lower(), foreign.form)
        if meant != foreign.form:
            words = (
                f"its name says {meant}, and it begins as {foreign.form}: programs may show either"
            )
            return _unknown(name, words)
        if SITE_PAGE in foreign.facts:
            return _verdict(name, Claim("", "", None), "unjudged", _PAGE)
        said = claims(foreign) or self._by_digest(foreign)
        if not said:
            return _unknown(name, "it names no document, nor the digest of one")
        try:
            return self._judged(Handed(data, foreign, beside), name, said)
        except DocctlError as error:
            words = f"it says that it is {_named(said[0])}, and cannot be judged: {error}"
            return _verdict(name, said[0], "unjudged", words)

    def _judged(self, handed: Handed, name: str, said: tuple[Claim, ...]) -> VerifiedCopy:
        if one := other(self.bench, handed, said[0]):
            return _verdict(name, said[0], one.verdict, one.sentence, **_places(one.found))
        best = self._matching.best(handed, said)
        if best is None:
            words = f"it says that it is {_named(said[0])}, which this library has not"
            return _unknown(name, words, said[0])
        verdict, words, fields = standing_of(self.bench, best.claim, best.told)
        if best.found and handed.foreign.form == "pdf":
            why = _APPENDED if best.appended else _PDF
            verdict, words = "unjudged", f"it says that it is {_named(best.claim)}, and {why}"
        elif best.found and (names := former_names(self.bench, best, handed.foreign)):
            verdict, words = "unjudged", _renamed(best, names)
            fields |= _places(best.found)
        elif best.found and self._doubtful(handed, best):
            verdict, words = "unjudged", _doubt(handed, best)
            fields |= _places(best.found)
        elif best.found:
            words = (
                f"not what docctl wrote as {_named(best.claim)}: {many(len(best.found), 'place')}"
            )
            words += f"; {_UNKNOWN_TEMPLATE}" * best.lacking
            verdict = "altered"
            fields |= _places(best.found)
        elif best.lacking:
            verdict, words = "unjudged", f"its text is genuine, but {_UNKNOWN_TEMPLATE}"
        elif best.missing:
            words += f"; {best.missing} of the files that belong beside it are missing"
        return _verdict(name, best.claim, verdict, words, **fields)

    def _doubtful(self, handed: Handed, best: Match) -> bool:
        """Tell whether another version of docctl may have written what differs."""
        maybe = not handed.version or handed.later
        return maybe and only_words_differ(self.bench, best, handed.foreign)

    @cached_property
    def _matching(self) -> Matching:
        return Matching(self.bench, self.finish)

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


def _places(found: tuple[Alteration, ...]) -> dict[str, Any]:
    return {"alterations": found[:_TOLD], "more": len(found[_TOLD:])}


def _renamed(best: Match, names: Mapping[str, str]) -> str:
    told = "; ".join(f"{former!r} where {now!r} stands today" for now, former in names.items())
    return (
        f"it is what docctl wrote as {_named(best.claim)} but for a name that this library let go, "
        f"so that nobody can say whether it was that: {told}"
    )


def _doubt(handed: Handed, best: Match) -> str:
    """Return why nobody can say whether another version wrote what stands around a text."""
    named = (
        f"names version {handed.version} of its sheet; known here are 1 to {VERSION}"
        if handed.version
        else "does not name the version of its sheet"
    )
    return (
        f"it has the text and the facts of {_named(best.claim)}, but {named}: "
        f"nobody vouches for what stands around the text in {many(len(best.found), 'place')}"
    )


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
