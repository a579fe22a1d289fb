"""People, settings and documents, as far as the changes judged so far have brought them.

What the rules refuse is folded all the same wherever it can be: the history did go on from there,
and one fault shall be one problem and not a thousand.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Protocol, TypeVar

from pydantic import ValidationError

from docctl.errors import RefusedError
from docctl.model.access import ACCESS
from docctl.model.assignment import Owner
from docctl.model.control import CONTROL, RECORDS, ControlSettings, default_settings
from docctl.model.event import Event, Signed
from docctl.model.problem import Problem
from docctl.rules import guards, records
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, Revision, begin
from docctl.rules.records import KEPT
from docctl.rules.world import World
from docctl.store.layout import SETTINGS
from docctl.verify.archive import JudgedArchive
from docctl.verify.codes import problem, refused
from docctl.verify.contents import RevisionFiles
from docctl.verify.files import RevisionFolder
from docctl.verify.past import Past

#: What a rule may stumble over where the history it is asked about was never legal. It is told as a
#: refusal; folding what was not refused never stumbles.
_STUMBLES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

#: Events that bring control settings into force.
_IN_FORCE = frozenset({"established", "released"})

#: Events that are signed with a key that they name themselves.
_OWN_KEY = frozenset({"accepted", "founded"})

_STAND_IN = default_settings("?", profile="standard", time_zone="UTC")

_Folded = TypeVar("_Folded", Authority, Dossier)


class JudgedState:
    """What a change is judged by. It moves with every event that is folded in."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._dossiers: dict[str, Dossier | None] = {}
        self._contents: dict[RevisionFolder, RevisionFiles] = {}
        #: People and settings; those of a new library where the real ones are lost.
        self.world = World(past.authority, past.control or _STAND_IN)
        #: Records, holds and disposals.
        self.archive = JudgedArchive(self, past.kept())

    @property
    def authority(self) -> Authority:
        """People, keys and roles as they stand now."""
        return self.world.authority

    @property
    def documents(self) -> int:
        """How many documents were touched."""
        return sum(one is not None and item != CONTROL for item, one in self._dossiers.items())

    def dossier(self, item: str) -> Dossier | None:
        """Return a document (or CONTROL) as it stands now."""
        if item not in self._dossiers:
            self._dossiers[item] = self._past.dossier(item)
        return self._dossiers[item]

    def content(self, folder: RevisionFolder) -> RevisionFiles:
        """Return the content of a revision as it stands now."""
        if folder not in self._contents:
            self._contents[folder] = self._past.content(*folder)
        return self._contents[folder]

    def replace_content(self, folder: RevisionFolder, content: RevisionFiles) -> None:
        """Let a revision have this content from now on."""
        self._contents[folder] = content

    def assumed(self, event: Event) -> tuple[str, ...]:
        """Return a key that could have signed an event whose signature cannot be had."""
        if event.type in _OWN_KEY:
            data = getattr(event, "data", None)
            return (getattr(getattr(data, "founder", data), "fingerprint", ""),)
        known = self.authority.keys.items()
        mine = (key for key, who in known if who == event.signer and self.authority.counts(key))
        return tuple(mine)[:1]

    # --- judging -----------------------------------------------------------------------------

    def refusal(self, signed: Signed, place: str) -> Problem | None:
        """Return why an event may not stand here, nothing where it may."""
        try:
            self._guard(signed)
        except RefusedError as error:
            return refused(place, error)
        except _STUMBLES as error:
            return problem("refused", place, f"the rules cannot make sense of it: {error}")
        return None

    def _guard(self, signed: Signed) -> None:
        event, control = signed.event, self.world.control
        if event.item == ACCESS:
            guards.check_access(self.authority, signed, roles=control.known_roles)
            records.check_erasure(self.archive, event)
        elif event.type in KEPT:
            records.check(self.archive, signed)
        elif event.type == "established":
            guards.check_established(self.authority, signed)
        else:
            guards.check(self.world, self.dossier(event.item), signed)

    # --- going on ----------------------------------------------------------------------------

    def fold(self, signed: Signed) -> None:
        """Let an event have happened that the rules let pass."""
        self._fold(signed, _exactly)

    def go_on(self, signed: Signed) -> None:
        """Let an event have happened that was refused, as far as sense can be made of it."""
        self._fold(signed, _as_far_as_possible)

    def _fold(self, signed: Signed, step: "_Step") -> None:
        if signed.event.item == ACCESS:
            self._fold_access(signed, step)
        elif signed.event.type in KEPT:
            self.archive.fold(signed)
        else:
            self._fold_dossier(signed, step)

    def _fold_access(self, signed: Signed, step: "_Step") -> None:
        after = step(self.authority, signed)
        after = replace(after, seq=signed.event.seq or after.seq, last=signed.digest)
        self.world = replace(self.world, authority=after)

    def _fold_dossier(self, signed: Signed, step: "_Step") -> None:
        event = signed.event
        before = self.dossier(event.item)
        if before is None:
            first = event.type in {"created", "established"}
            after = begin(signed) if first else _unbegun(signed)
        else:
            after = step(before, signed)
        if event.seq is not None and (after.seq, after.last) != (event.seq, signed.digest):
            after = after._replace(seq=event.seq, last=signed.digest)
        self._dossiers[event.item] = after

    def enforce(self, event: Event, place: str) -> Problem | None:
        """Bring control settings into force if this event does; say if they cannot be read."""
        if event.item != CONTROL or event.type not in _IN_FORCE:
            return None
        data = self.content((CONTROL, event.revision or "")).kept.get(SETTINGS, b"")
        try:
            settings = ControlSettings.model_validate_json(data)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or SETTINGS
            return problem("bad-settings", place, f"{where}: {first['msg']}")
        unapproved = self._unapproved(event, settings, place)
        self.world = replace(self.world, control=settings)
        return unapproved

    def _unapproved(self, event: Event, settings: ControlSettings, place: str) -> Problem | None:
        """Say if the retention schedule changes and the role `records` has not approved it."""
        if event.type == "established" or settings.retention == self.world.control.retention:
            return None
        dossier = self.dossier(CONTROL)
        revision = dossier.revision(event.revision) if dossier else None
        now = revision.round if revision else None
        roles = {vote.event.role for vote in now.votes} if now else set[str]()
        if RECORDS in roles:
            return None
        return problem("unapproved-schedule", place, "its route was without the role 'records'")


class _Step(Protocol):
    """From what stood before an event to what stands after it."""

    def __call__(self, before: _Folded, signed: Signed, /) -> _Folded: ...


def _exactly(before: _Folded, signed: Signed) -> _Folded:
    return before.after(signed)


def _as_far_as_possible(before: _Folded, signed: Signed) -> _Folded:
    with suppress(*_STUMBLES):
        return before.after(signed)
    return before


def _unbegun(signed: Signed) -> Dossier:
    """Return a draft to go on with where the event that began a document is lost."""
    event = signed.event
    first = Revision(
        label=event.revision or "1",
        opened=signed,
        content=event.content or "",
        editors=(event.signer,),
        saved=signed,
    )
    owner = Owner(kind="person", name=event.signer)
    return _as_far_as_possible(Dossier(event.item, "unknown", owner, (first,)), signed)
