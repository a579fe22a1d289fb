"""The copy that a file is, or comes nearest to: written once more, read again, and compared."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.copies.judging.claims import Claim, fact_of, facts
from docctl.desk.copies.judging.expected import Wanted, moments, written
from docctl.desk.copies.writers import Issued
from docctl.intake import Foreign, read
from docctl.intake.differing import alterations
from docctl.intake.html import STYLE_SHEET
from docctl.intake.lines import texts
from docctl.model.answers.verified import Alteration
from docctl.render.docx import AS_USUAL, Finish
from docctl.render.html.earlier import as_today
from docctl.render.qr import LIBRARY
from docctl.render.qr import PROPERTY as CODE
from docctl.render.wording import NAMED, PROPERTY, VERSION

__all__ = ["Beside", "Handed", "Match", "Matching"]

#: How many copies are remembered as they were written.
_REMEMBERED = 256
_TEMPLATE = "TemplateSHA256"
_WHOLE = re.compile(r"[1-9][0-9]{0,8}")

#: Reads a file that lies beside a copy, by its path from there; nothing where there is none.
Beside = Callable[[str], bytes | None]


class Handed(NamedTuple):
    """A file that was handed in."""

    data: bytes
    foreign: Foreign
    beside: Beside

    @property
    def version(self) -> str:
        """The version of its sheet, as it names it; empty where it names none."""
        return facts(self.foreign).get(PROPERTY, "")

    @property
    def later(self) -> bool:
        """Whether it names a version that is still to come here."""
        return bool(_WHOLE.fullmatch(self.version)) and int(self.version) > VERSION

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions whose words it may have, the likeliest first.

        The first versions did not name themselves, so that what names one of them is forged.
        """
        if not self.version:
            return tuple(range(VERSION, 0, -1))
        return tuple(one for one in range(NAMED, VERSION) if self.version == str(one)) or (VERSION,)

    @property
    def coded(self) -> bool:
        """Whether it was written with a QR code: it says so in its properties or in print."""
        return CODE in self.foreign.facts or any(LIBRARY in words for words in texts(self.foreign))


class Match(NamedTuple):
    """A copy that a file may be, and where it is not."""

    wanted: Wanted
    ours: Foreign
    """What the copy says that docctl writes as that."""

    found: tuple[Alteration, ...]
    beside: bool = False
    """Whether a file beside it is another one."""

    missing: int = 0
    appended: bool = False
    """Whether it is the very file, with something behind its end."""

    lacking: bool = False
    """Whether its heads and feet are those of a template that is not known here."""

    @property
    def claim(self) -> Claim:
        """What the file says that it is."""
        return self.wanted.claim

    @property
    def told(self) -> Mapping[str, str]:
        """What the copy says to programs."""
        return facts(self.ours)

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.found and not self.lacking

    def nearer(self, best: "Match") -> bool:
        """Whether the file comes clearly nearer to this one; to another version, nearer at all."""
        if self.lacking != best.lacking:
            return best.lacking
        if self.wanted._replace(version=best.wanted.version) == best.wanted:
            return len(self.found) < len(best.found)
        return len(self.found) * 2 < len(best.found)


@dataclass(frozen=True)
class Matching:
    """Finds the copies that files are."""

    bench: Bench
    finish: Finish = AS_USUAL
    """How DOCX copies were finished that name a template."""

    def best(self, handed: Handed, said: tuple[Claim, ...]) -> Match | None:
        """Return the copy that a file is, or the first one that it comes clearly nearest to.

        Raises:
            DocctlError: a copy cannot be written.
        """
        best: Match | None = None
        for one in self._matches(handed, said):
            if best is None or one.nearer(best):
                best = one
            if best.same:
                break
        return best

    def _matches(self, handed: Handed, said: tuple[Claim, ...]) -> Iterator[Match]:
        for wanted in self._wanted(handed, said):
            if ours := self._written(wanted._replace(claim=wanted.claim._replace(on=None))):
                yield _match(handed, wanted, *ours)

    def _wanted(self, handed: Handed, said: tuple[Claim, ...]) -> Iterator[Wanted]:
        form, coded = handed.foreign.form, handed.coded
        chosen = self.finish != AS_USUAL and form == "docx"
        for claim in said:
            for moment in moments(self.bench, claim):
                for version in handed.versions:
                    for template in ("named", "own") if chosen else ("own",):
                        yield Wanted(claim, moment, form, template, coded, version)

    @cached_property
    def _written(self) -> Callable[[Wanted], tuple[Issued, Foreign] | None]:
        """Write a copy and read it again; on a shared drive there are many of the same."""

        @lru_cache(maxsize=_REMEMBERED)
        def made(wanted: Wanted) -> tuple[Issued, Foreign] | None:
            finish = self.finish if wanted.template == "named" else None
            issued = written(self.bench, wanted, finish)
            return (issued, read(issued.file, wanted.claim.number)) if issued else None

        return made


def _match(handed: Handed, wanted: Wanted, issued: Issued, ours: Foreign) -> Match:
    data, foreign, beside = handed
    around = [(name, content, beside(name)) for name, content in issued.beside.items()]
    changed = tuple(
        Alteration(place=f"the file {name} beside it", found="its bytes are others")
        for name, content, held in around
        if held is not None and held != content
    )
    missing = sum(held is None for _, _, held in around)
    if data == issued.file:
        return Match(wanted, ours, changed, bool(changed), missing)
    if foreign.form == "pdf":
        appended = data.startswith(issued.file)
        return Match(wanted, ours, (Alteration(place="the file"),), appended=appended)
    if handed.later:
        foreign = replace(foreign, facts=_as_today(foreign.facts, handed.version))
    ours, foreign = _in_todays_look(ours), _in_todays_look(foreign)
    lacking = facts(foreign).get(_TEMPLATE, "") not in {"", facts(ours).get(_TEMPLATE, "")}
    if lacking:
        ours, foreign = _without_frames(ours), _without_frames(foreign)
    found = (*alterations(ours, foreign), *changed)
    return Match(wanted, ours, found, bool(changed), missing, lacking=lacking)


def _as_today(told: Mapping[str, str], version: str) -> Mapping[str, str]:
    """Return facts with today's version of the sheet in the place of a later one."""
    return {
        name: str(VERSION) if said == version and fact_of(name) == PROPERTY else said
        for name, said in told.items()
    }


def _in_todays_look(foreign: Foreign) -> Foreign:
    """Return what a page says in the look that pages have today, if it has an earlier one."""
    if foreign.form != "html":
        return foreign
    strange = (
        one._replace(words=as_today(one.words)) if one.kind == STYLE_SHEET else one
        for one in foreign.strange
    )
    return replace(foreign, strange=tuple(strange))


def _without_frames(foreign: Foreign) -> Foreign:
    """Return what a file says but at the head and foot of its pages."""
    kept = {name: said for name, said in foreign.facts.items() if name != _TEMPLATE}
    return replace(foreign, running=(), facts=kept)
