"""A history that stock Git calls sound and that no docctl has written: told, never a traceback."""

import json
from collections.abc import Callable, Mapping

import pytest
from deeds.scenes import MINE
from firm import Firm

from docctl import Library, State
from docctl.errors import DamagedStoreError, DocctlError

Files = Mapping[str, bytes | None]
Damage = Callable[[Firm], Files]

CONTENT = "documents/PRO/00/PRO-001/1/content"
SETTINGS = "control/CONTROL/1/content/settings.json"


def path_of(firm: Firm, item: str, event: str) -> str:
    return next(one.path for one in firm.ada.history(item) if one.type == event)


def no_event(firm: Firm) -> Files:
    return {path_of(firm, "PRO-001", "submitted"): b'{"type":"submitted"}'}


def no_json(firm: Firm) -> Files:
    return {path_of(firm, "PRO-001", "submitted"): b"\xff\xfe not JSON"}


def a_stranger_accepts(firm: Firm) -> Files:
    path = path_of(firm, "ACCESS", "accepted")
    entry = firm.ada.store.reader.entry(firm.head, path)
    assert entry
    made = json.loads(firm.ada.store.reader.read(entry.oid))
    made["data"]["person"] = "nobody"
    return {path: json.dumps(made).encode()}


def no_control(firm: Firm) -> Files:
    entry = firm.ada.store.reader.entry(firm.head, "control")
    assert entry
    return {f"control/{path}": None for path, _ in firm.ada.store.reader.walk(entry.oid, "")}


def file(path: str, data: bytes | None) -> Damage:
    return lambda _: {path: data}


#: What is damaged → what meets it, and what that says.
DAMAGE: Mapping[str, tuple[Damage, str, str]] = {
    "no event": (no_event, "history", "0002.submitted.json is not an event"),
    "no JSON": (no_json, "history", "0002.submitted.json is not an event"),
    "a stranger accepts": (a_stranger_accepts, "people", "ACCESS speaks of 'nobody'"),
    "no settings": (file(SETTINGS, None), "control", "settings.json was signed, and is missing"),
    "other settings": (file(SETTINGS, b'{"organization":7}'), "control", "settings"),
    "no control": (no_control, "control", "no control settings"),
    "no text": (file(f"{CONTENT}/body.md", None), "text", "PRO-001"),
    "another text": (file(f"{CONTENT}/body.md", b"\xff\xfe"), "text", "body.md"),
    "no metadata": (file(f"{CONTENT}/meta.json", None), "text", "PRO-001"),
    "other metadata": (file(f"{CONTENT}/meta.json", b'{"type":"recipe"}'), "text", "meta.json"),
    "no sums": (file(f"{CONTENT}/SHA256SUMS", None), "text", "PRO-001"),
}

QUESTIONS: Mapping[str, Callable[[Library], object]] = {
    "show": lambda library: library.show("PRO-001"),
    "text": lambda library: library.text("PRO-001"),
    "history": lambda library: library.history("PRO-001"),
    "people": lambda library: library.people(),
    "control": lambda library: library.control(),
    "status": lambda library: library.status("PRO-001"),
    "save": lambda library: library.save_text("PRO-001", MINE),
    "check": lambda library: library.check("PRO-001"),
    "exceptions": lambda library: library.exceptions(),
    "register": lambda library: library.register(),
    "due": lambda library: library.due(),
}


def damaged(firm: Firm, damage: Damage) -> None:
    """Put files on the head without asking anybody."""
    firm.reach(State.IN_REVIEW)
    files = damage(firm)
    firm.ada.store.land(files, message="x", author="ada", when=firm.clock.now, expected=firm.head)


@pytest.mark.parametrize(("damage", "asked", "says"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_named_where_it_is_asked_about(
    firm: Firm, damage: Damage, asked: str, says: str
) -> None:
    damaged(firm, damage)
    with firm.reopened() as own, pytest.raises(DamagedStoreError) as caught:
        QUESTIONS[asked](own.by("ben"))
    assert says in str(caught.value)
    assert (caught.value.exit_code, bool(caught.value.hint)) == (5, True)


@pytest.mark.parametrize("damage", [damage for damage, _, _ in DAMAGE.values()], ids=DAMAGE)
def test_whatever_is_asked_of_it_there_is_an_answer_or_an_error_of_docctl(
    firm: Firm, damage: Damage
) -> None:
    damaged(firm, damage)
    refused: list[DocctlError] = []
    for ask in QUESTIONS.values():
        with firm.reopened() as own:
            try:
                ask(own.by("ben"))
            except DocctlError as error:
                refused.append(error)
    assert all(error.hint for error in refused)
    with firm.reopened() as own:
        assert own.ada.verify().problems
