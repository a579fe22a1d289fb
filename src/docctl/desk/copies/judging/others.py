"""Files that docctl writes and nobody works by: redlines, and blanks to be filled in."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.copies import comparing
from docctl.desk.copies.blank import blank
from docctl.desk.copies.judging.claims import Claim, facts
from docctl.desk.copies.judging.expected import Moment, day_of, moments
from docctl.desk.copies.judging.matching import Handed
from docctl.desk.copies.writers import Issued
from docctl.desk.recording.blanks import blank_shown, get_blank
from docctl.errors import NotFoundError
from docctl.intake import read
from docctl.intake.differing import alterations
from docctl.model.answers.verified import Alteration, CopyVerdict
from docctl.render.wording import VERSION

__all__ = ["Other", "other"]

#: What a file says of itself to programs.
Told = Mapping[str, str]


class _Kind(NamedTuple):
    """Files of a kind, told by a property that only they have."""

    write: Callable[[Bench, Moment, Handed, Told], Issued]
    same: str
    """What is said of one that is as docctl writes it."""

    differing: str
    """What is said of one that is not."""


class Other(NamedTuple):
    """What was found out about a file that is no copy to work by."""

    verdict: CopyVerdict
    sentence: str
    found: tuple[Alteration, ...] = ()


def other(bench: Bench, handed: Handed, claim: Claim) -> Other | None:
    """Return what a file is that says that it is a redline or a blank; nothing for any other.

    Raises:
        DocctlError: it cannot be written once more; the error says why.
    """
    told = facts(handed.foreign)
    mark = next((one for one in _KINDS if one in told and "RecordNumber" not in told), "")
    if not mark:
        return None
    kind, found = _KINDS[mark], _nearest(bench, handed, claim, mark)
    if found is None:
        return None
    words = kind.differing if found else kind.same
    sentence = " ".join(words.format_map({"BlankNumber": "", **told}).split())
    altered = found and mark == "Redline" and handed.version == str(VERSION)
    return Other("altered" if altered else "unjudged", sentence, found)


def _nearest(
    bench: Bench, handed: Handed, claim: Claim, mark: str
) -> tuple[Alteration, ...] | None:
    """Return where a file differs least from what docctl wrote on its day."""
    told, best = facts(handed.foreign), None
    for moment in moments(bench, claim):
        try:
            issued = _KINDS[mark].write(bench, moment, handed, told)
        except NotFoundError:
            continue
        found = alterations(read(issued.file, claim.number), handed.foreign)
        if best is None or len(found) < len(best):
            best = found
        if not best:
            break
    return best


def _redline(bench: Bench, moment: Moment, handed: Handed, told: Told) -> Issued:
    day = day_of(bench, moment)
    before, after = told.get("ComparedWith", ""), told.get("Revision", "")
    for label in (before, after):
        if day.get(told["DocNumber"]).revision(label) is None:
            raise NotFoundError(f"revision {label} of {told['DocNumber']}")
    pair = comparing.pair(day, told["DocNumber"], before, after)
    return comparing.written(day, pair, wanted=handed.foreign.form)[1]


def _blank(bench: Bench, moment: Moment, _: Handed, told: Told) -> Issued:
    number = told.get("BlankNumber", "")
    issued = blank_shown(get_blank(bench, number)) if number else None
    day, label = day_of(bench, moment), told["FormRevision"]
    return blank(day, told.get("FormNumber", ""), label, numbered=issued)


#: By the property that only they have.
_KINDS: Mapping[str, _Kind] = MappingProxyType(
    {
        "Redline": _Kind(
            _redline,
            "it is the redline of {DocNumber}, revisions {Redline}, as docctl writes it: it shows "
            "what changed, and is no copy to work by",
            "it says that it is the redline of {DocNumber}, revisions {Redline}, and is not as "
            "docctl writes that; no copy to work by in any case",
        ),
        "FormRevision": _Kind(
            _blank,
            "it is an empty blank {BlankNumber} of {FormNumber} revision {FormRevision}, as docctl "
            "writes it; docctl record capture reads it back once it is filled in",
            "it is a blank {BlankNumber} of {FormNumber} revision {FormRevision} in which somebody "
            "wrote or changed something; docctl record capture reads back what was filled in",
        ),
    }
)
