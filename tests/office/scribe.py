"""The scribe: writes and signs any statement, legal but for what is asked otherwise."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from docctl.errors import RefusedError
from docctl.model.access import ACCESS
from docctl.model.base import PersonId, Word
from docctl.model.event import RULES, Event
from docctl.model.lifecycle import VOTES
from docctl.rules import guards
from docctl.rules.lifecycle import VERBS
from docctl.rules.meaning import meaning
from docctl.rules.steps import Case
from docctl.store.layout import content_folder, event_path, signature_path, sums
from docctl.trust.canonical import digest
from office.books import Books
from office.content import with_sums, written
from office.keys import Key
from office.statement import DATA, EVENTS, Statement


class Scribe(Books):
    """Writes statements from what the books say."""

    def statement(
        self,
        kind: Word,
        item: str,
        *,
        by: PersonId,
        data: Mapping[str, Any] | None = None,
        content: Mapping[str, bytes] | None = None,
        key: Key | None = None,
        **fields: Any,
    ) -> Statement:
        """Return a signed statement as it would be legal now, but for what is given otherwise."""
        self.now += timedelta(minutes=1)
        known = {
            "v": RULES,
            "library": self.authority.library or None,
            "item": item,
            "type": kind,
            "signer": by,
            "time": self.now,
            "date": self.today,
            "reason": "",
            "tool": "office 1",
        }
        stub = EVENTS[kind].model_construct(**known)
        place = self._in_access(stub) if item == ACCESS else self._in_dossier(stub)
        made = {**known, **place, **fields}
        if content is not None:
            made["content"] = fields.get("content", digest(sums(content)))
        answers = made.pop("answers")
        said = meaning(kind, item=item, revision=made["revision"], answers=made.pop("about"))
        made = {"meaning": said, **made, "data": {**made["data"], **(data or {})}}
        event = EVENTS[kind].model_validate(made)
        return self.signed(event, answers=answers, content=content, key=key)

    def signed(
        self,
        event: Event,
        *,
        answers: int | None = None,
        content: Mapping[str, bytes] | None = None,
        key: Key | None = None,
    ) -> Statement:
        """Return an event with its bytes and its signature."""
        key = key or Key(event.signer)
        path, data = event_path(event, answers=answers), written(event)
        made = {signature_path(path): key.sign(data).encode()}
        files = self._content(event, content) if content is not None else {}
        return Statement(event, path, data, made, (key.public_key.fingerprint,), files)

    def _in_access(self, stub: Event) -> dict[str, Any]:
        role = (
            "administrator" if self.authority.has_role(stub.signer, "administrator") else "holder"
        )
        if not self.authority.library:
            role = "administrator"
        return {
            "revision": None,
            "seq": self.authority.seq + 1,
            "prev": self.authority.last or None,
            "role": role,
            "data": {},
            "answers": None,
            "about": "",
        }

    def _in_dossier(self, stub: Event) -> dict[str, Any]:
        dossier = self.dossiers.get(stub.item)
        if dossier is None:
            role = "administrator" if stub.type == "established" else "author"
            first = {"revision": "1", "seq": 1, "prev": None, "role": role, "data": {}}
            return {**first, "answers": None, "about": ""}
        verb = VERBS.get(stub.type, "")
        try:
            move, revision, proposal = guards.target(dossier, verb, stub)
            roles = guards.actors(self.world, revision, move, proposal)
        except RefusedError:
            revision, proposal, roles = dossier.newest, dossier.proposal, ()
        case = Case(self.world, dossier, revision, proposal)
        held = [one for one in roles if self._holds(case, stub, one)]
        answered = proposal or revision.round
        vote = answered is not None and stub.type in VOTES
        data = DATA[stub.type](case, stub) if stub.type in DATA else {}
        about = answered if vote or proposal else None
        return {
            "revision": data.pop("revision", revision.label),
            "content": revision.content,
            "seq": None if vote else dossier.seq + 1,
            "prev": answered.opened.digest if vote and answered else dossier.last,
            "role": (*held, *roles, "author")[0],
            "data": data,
            "answers": answered.opened.event.seq if vote and answered else None,
            "about": about.opened.event.type if about else "",
        }

    def _holds(self, case: Case, stub: Event, role: Word) -> bool:
        if role == "owner":
            return guards.owns(case.world, case.dossier, stub.signer, stub)
        return self.authority.has_role(stub.signer, role)

    def _content(self, event: Event, content: Mapping[str, bytes]) -> dict[str, bytes | None]:
        label = event.revision or "1"
        base = content_folder(event.item, label)
        old = self.contents.get((event.item, label), {})
        files: dict[str, bytes | None] = {f"{base}/{name}": None for name in old}
        return files | {f"{base}/{name}": data for name, data in with_sums(content).items()}
