"""Every verb, done rightly: what it changes, and where that can be read afterwards."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from deeds.done import ROWS, Verb
from firm import Firm

from docctl import Library, State
from docctl.desk.recording.table import RECORD_VERBS
from docctl.desk.signing.prepared import Prepared
from docctl.desk.verbs.table import VERBS
from docctl.model.access import ACCESS
from docctl.model.control import CONTROL

every_verb = pytest.mark.parametrize("verb", ROWS, ids=str)


def test_every_verb_has_a_row() -> None:
    """Those of records have tests of their own, in tests/records; so has what needs a vault."""
    elsewhere = {*RECORD_VERBS, "person_erase"}
    assert {row.name for row in ROWS} == {*VERBS} - elsewhere


def card(library: Library, person: str) -> Mapping[str, Any]:
    """What can be read of a person."""
    found, authority = library.person(person), library.bench.world.authority
    return {
        "roles": found.roles,
        "functions": [one.function for one in found.functions if one.until is None],
        "keys": sum(authority.counts(one.fingerprint) for one in found.keys),
        "waiting_keys": sum(one.accepted_at is None for one in found.keys),
        "called": found.name,
        "left": found.left_on is not None,
        "excepted": authority.excepted(person, "self_approval", library.today()),
        "threshold": authority.threshold,
    }


def read(library: Library, verb: Verb, number: str) -> Mapping[str, Any]:
    told = card(library, verb.person) if verb.person else dict(library.status(number))
    if verb.then.get("state") == "cancelled":  # shown is what was not cancelled, if anything was
        told = dict(library.status(number, label=library.history(number)[-1].revision))
    return {name: told[name] for name in verb.then}


@every_verb
def test_a_verb_adds_one_event_and_everything_that_is_asked_tells_of_it(
    firm: Firm, verb: Verb
) -> None:
    number = verb.scene(firm)
    before = len([*firm.ada.store.reader.commits(None, firm.head)])
    said = verb.act(firm, number)

    assert len([*firm.ada.store.reader.commits(None, firm.head)]) == before + 1
    assert read(firm.ada, verb, number) == verb.then
    last = firm.ada.history(number)[-1]
    assert (last.type, last.signer) == (verb.event, verb.by)
    newest = firm.ada.changes(since=firm.today)[-1]
    assert (newest.item, newest.type, newest.signer) == (number, verb.event, verb.by)
    if not verb.person:
        (said,) = said if isinstance(said, tuple) else (said,)
        status = firm.ada.status(number, label=said.revision)
        assert said.but(advice=()) == status  # advice is for the one who acted
    if number not in {ACCESS, CONTROL}:
        shown, listed = firm.ada.show(number), firm.ada.register()[0]
        assert shown.status == firm.ada.status(number)
        assert (shown.controlled.revision, shown.revisions[-1].revision) == (
            listed.revision,
            listed.pending_revision or last.revision,
        )
        assert listed.state in {one.state for one in shown.revisions}
    assert not firm.ada.verify().problems


class Elsewhere(Library):
    """A library whose verbs are signed elsewhere: prepared, handed out, signed, taken back."""

    def act(self, verb: str, *arguments: Any, **options: Any) -> Prepared:
        prepared = self.prepare(verb, *arguments, **options)
        for handout in self.hand_out(prepared, self.root.parent / "event.json"):
            for file in handout.files:
                signature = self.require_signer().sign(Path(file).read_bytes())
                Path(f"{file}.sig").write_text(signature)
        self.take_back(self.root.parent / "event.json")
        return prepared


@every_verb
def test_a_verb_can_be_signed_elsewhere_and_does_the_same(firm: Firm, verb: Verb) -> None:
    number = verb.scene(firm)
    here = firm.by(verb.by)
    verb.do(Elsewhere(**{one.name: getattr(here, one.name) for one in fields(here)}), number)

    assert read(firm.ada, verb, number) == verb.then
    last = firm.ada.history(number)[-1]
    assert (last.type, last.signer) == (verb.event, verb.by)
    assert not firm.ada.verify().problems


def test_several_documents_are_released_elsewhere_in_one_change(firm: Firm) -> None:
    numbers = [firm.reach(State.APPROVED) for _ in range(2)]
    before = firm.head
    library = Elsewhere(**{one.name: getattr(firm.ada, one.name) for one in fields(firm.ada)})
    assert [one.state for one in library.release(*numbers)] == [State.EFFECTIVE] * 2
    assert len([*firm.ada.store.reader.commits(before, firm.head)]) == 1
