"""The judge of changes: every problem of one after the other, as the hook and `verify` see it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count

from docctl.errors import EventError
from docctl.model.access import ACCESS
from docctl.model.base import PersonId
from docctl.model.event import Event, Signed
from docctl.model.events import AnyEvent
from docctl.model.lifecycle import DRAFTS, VOTES
from docctl.model.problem import Problem
from docctl.rules import clock, guards
from docctl.store.history import ChangedFiles
from docctl.store.layout import content_folder
from docctl.verify import commits, founding
from docctl.verify.archive import JudgedArchive
from docctl.verify.codes import advice, listed, problem
from docctl.verify.files import Files
from docctl.verify.past import Nothing, Past
from docctl.verify.reading import FoundStatement, Reading, read
from docctl.verify.state import JudgedState
from docctl.verify.statements import EventSignatures, keys_named

#: Events that bring content.
_BRINGS_CONTENT = DRAFTS | {"established"}


class ChangeJudge:
    """Judges changes in the order of the history, each by what those before have left.

    It reads and writes nothing. The same changes after the same past get the same verdict; what
    lies ahead of the clock is the one thing that a later *now* sees otherwise.
    """

    def __init__(
        self,
        past: Past | None = None,
        *,
        object_format: str = "sha1",
        now: datetime | None = None,
    ) -> None:
        """Begin after *past*; without one, the first change must found the library.

        With *now* events that are dated later are reported too.
        """
        self._now = now
        self._state = JudgedState(past or Nothing())
        self._object_format = object_format
        self._positions = count(past.position + 1 if past else 1)
        self._founded = past is not None
        self._judges = True
        self._latest = past.latest if past else None
        self.events = 0
        self.signatures = 0
        self.files = 0

    @property
    def documents(self) -> int:
        """How many documents were looked at."""
        return self._state.documents

    @property
    def archive(self) -> JudgedArchive:
        """Records, holds and disposals as they stand now."""
        return self._state.archive

    def change(self, changed: ChangedFiles) -> tuple[Problem, ...]:
        """Return every problem of the next change."""
        return self.judge(*read([changed]))

    def judge(self, reading: Reading) -> tuple[Problem, ...]:
        """Return every problem of the next change, which was read before."""
        changed, files, statements, unread, signed = reading
        found = [*commits.losses(changed), *commits.shape(changed.commit), *files.problems, *unread]
        for folder, touched in files.content.items():
            self._state.replace_content(folder, self._state.content(folder).after(touched))
        found += self._found(files, statements)
        whole = not (changed.losses or changed.gap)
        if whole:
            found += self._as_a_whole(changed, files, statements)
        else:
            statements = tuple(sorted(statements, key=lambda one: one.event.time))
        position = next(self._positions)
        for statement in statements:
            path = statement.file.file.path
            found += self._event(statement, signed[path], position)
            if whole:
                found += self._clock(statement.event, path)
        return tuple(found)

    # --- the change as a whole ---------------------------------------------------------------

    def _found(self, files: Files, statements: Sequence[FoundStatement]) -> Iterator[Problem]:
        """Yield what is wrong with the founding, at the first change."""
        if self._founded:
            return
        self._founded = True
        yield from founding.store_file(files.store_file, self._object_format)
        files.store_file = None
        types = {one.event.type for one in statements}
        self._judges = "founded" in types
        yield from founding.missing(types)

    def _as_a_whole(
        self, changed: ChangedFiles, files: Files, statements: Sequence[FoundStatement]
    ) -> Iterator[Problem]:
        commit = changed.commit
        if strays := sorted(_strays(files, statements)):
            sentence = f"no signed event allows that these files changed: {listed(strays)}"
            yield problem("uncontrolled-change", commit.oid, sentence)
        if not (changed.files or changed.oddities):
            yield problem("uncontrolled-change", commit.oid, "it carries no event")
        if not statements:
            return
        yield from commits.names(commit, {one.event.signer for one in statements})
        yield from commits.time(commit, max(one.event.time for one in statements))
        if len(statements) == len(files.events):  # else what cannot be read was reported
            events = [one.event for one in statements]
            yield from commits.message(commit, events)
            if len(events) > 1 or _names_others(events[0]):
                yield from _jointly(commit.oid, events)

    def _clock(self, event: Event, place: str) -> Iterator[Problem]:
        """Compare with the times before, and with now.

        A vote may be signed elsewhere and land later; no other event has to follow its clock.
        """
        latest = self._latest or event.time
        back = clock.ahead(latest, event.time)
        if back:
            report = advice if event.type in VOTES else problem
            sentence = f"its time is {event.time}, and a change before it has {latest}"
            yield report("clock-went-back", place, sentence)
        if event.type not in VOTES:
            self._latest = event.time if back else max(latest, event.time)
        if self._now and clock.ahead(event.time, self._now):
            sentence = f"its time is {event.time}, and this machine's clock says {self._now}"
            yield problem("clock-ran-ahead", place, sentence)

    # --- one event ---------------------------------------------------------------------------

    def _event(
        self, statement: FoundStatement, signatures: EventSignatures, position: int
    ) -> Iterator[Problem]:
        event, file = statement.event, statement.file.file
        self.events += 1
        keys, foreign = self._keys(event, signatures)
        if not signatures.own:
            yield problem("unsigned-event", file.path, "there is no signature beside it")
        yield from signatures.problems
        yield from foreign
        if event.item == ACCESS:
            yield from keys_named(event, file.path)
        signed = Signed(event, file.digest, keys, position)
        refusal = self._state.refusal(signed, file.path) if self._judges else None
        if refusal:
            yield refusal
        if event.type in _BRINGS_CONTENT:
            yield from self._content(event)
        go_on = self._state.go_on if refusal or not self._judges else self._state.fold
        go_on(signed)
        if unread := self._state.enforce(event, file.path):
            yield unread

    def _keys(
        self, event: Event, signatures: EventSignatures
    ) -> tuple[tuple[str, ...], Sequence[Problem]]:
        """Return the keys whose signatures count, the signer's first, and foreign ones."""
        self.signatures += len(signatures.holding)
        own = tuple([one.fingerprint for one in signatures.holding if not one.person])
        others, foreign = [], []
        for one in signatures.holding:
            if not one.person:
                continue
            holder = self._state.authority.keys.get(one.fingerprint)
            if holder == one.person:
                others.append(one.fingerprint)
            else:
                foreign.append(_foreign(one.path, holder))
        return (*(own or self._state.assumed(event)), *others), foreign

    def _content(self, event: Event) -> Iterator[Problem]:
        label = event.revision or ""
        content = self._state.content((event.item, label))
        self.files += len(content.digests)
        yield from content.problems(event.content, content_folder(event.item, label))


def _foreign(path: str, holder: PersonId | None) -> Problem:
    return problem("foreign-signature", path, f"it was made with a key of {holder or 'nobody'}")


def _strays(files: Files, statements: Sequence[FoundStatement]) -> Iterator[str]:
    """Yield the paths that changed although no event of the change may change them."""
    brought = {
        (one.event.item, one.event.revision)
        for one in statements
        if one.event.type in _BRINGS_CONTENT
    }
    readable = {one.file.file.path for one in statements}
    unread = {one.place.item for one in files.events if one.file.path not in readable}
    for (item, label), touched in files.content.items():
        if (item, label) not in brought and item not in unread:
            yield from (f"{content_folder(item, label)}/{name}" for name in touched)
    new = {one.file.path for one in files.events}
    for event, signed in files.signatures.items():
        if event not in new:
            yield from (one.file.path for one in signed)
    if files.store_file:
        yield files.store_file.path


def _names_others(event: AnyEvent) -> bool:
    """Tell whether an event says of itself with which others it stands or falls."""
    if event.type == "captured":
        return event.data.blank is not None
    return event.type in {"released", "blank_used"}


def _jointly(oid: str, events: Sequence[AnyEvent]) -> Iterator[Problem]:
    try:
        guards.check_joint([Signed(event, "") for event in events])
    except EventError as error:
        once = len({event.item for event in events}) == len(events)
        release = {event.type for event in events} == {"released"}
        code = "incomplete-change" if release else "unrelated-events"
        yield problem(code if once else "several-events", oid, str(error))
