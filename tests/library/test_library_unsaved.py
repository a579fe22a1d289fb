"""What an author has written and not saved stays, whatever anybody does with the document."""

from contextlib import suppress
from pathlib import Path

import pytest
from deeds.done import ROWS, Verb
from deeds.scenes import MINE, WHY, edited
from firm import Firm

from docctl import DocctlError, State, Text
from docctl.errors import StaleDraftError, UnsavedError

ABOUT_DOCUMENTS = [row for row in ROWS if not row.person and "settings" not in row.name]

#: What others may do to a document while somebody has it on the desk, one after the other.
LIVES = {
    "returned": ("submit", "return"),
    "reopened": ("submit", "approve", "reopen"),
    "released": ("submit", "approve", "release"),
    "cancelled": ("cancel",),
    "revised": ("submit", "approve", "release", "revise"),
    "revised and cancelled": ("submit", "approve", "release", "revise", "cancel"),
    "withdrawn": ("submit", "approve", "release", "withdraw", "sign"),
    "saved by a colleague": ("save",),
    "saved and submitted by a colleague": ("save", "submit"),
}


def on_the_desk(firm: Firm, number: str) -> tuple[Path, bytes]:
    """Let something that was not saved stand in the working copy."""
    path = firm.working(number)
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.read_bytes() if path.exists() else b""
    path.write_bytes(begun + b"\nNot saved yet.\n")
    return path, path.read_bytes()


@pytest.mark.parametrize("verb", ABOUT_DOCUMENTS, ids=str)
def test_no_verb_touches_what_is_not_saved(firm: Firm, verb: Verb) -> None:
    number = verb.scene(firm)
    path, written = on_the_desk(firm, number)
    with suppress(UnsavedError):
        verb.act(firm, number)
    assert path.read_bytes() == written
    assert not firm.ada.verify().problems


def do(firm: Firm, step: str, number: str) -> None:
    ada = firm.ada
    deeds = {
        "save": lambda: ada.save_text(number, MINE),
        "submit": lambda: ada.submit(number),
        "return": lambda: firm.by("eva").return_(number, **WHY),
        "approve": lambda: firm.by("eva").approve(number),
        "reopen": lambda: ada.reopen(number, **WHY),
        "release": lambda: ada.release(number),
        "revise": lambda: ada.revise(number, **WHY),
        "cancel": lambda: ada.cancel(number, **WHY),
        "withdraw": lambda: ada.withdraw(number, **WHY),
        "sign": lambda: firm.sign(number),
    }
    deeds[step]()


@pytest.mark.parametrize("steps", LIVES.values(), ids=LIVES)
def test_whatever_happens_to_the_document_the_text_on_the_desk_stays(
    firm: Firm, place: Path, steps: tuple[str, ...]
) -> None:
    """A colleague works on another computer; here, the author goes on writing."""
    number = edited(firm)
    firm.by("ben").save(number)
    path, written = on_the_desk(firm, number)
    away = path.parent.rename(place / "away")  # the colleague has another desk
    for step in steps:
        do(firm, step, number)
    for left in firm.working(number).parent.glob("*"):
        left.unlink()
    (firm.working(number).parent / ".base").unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        firm.working(number).parent.rmdir()
    away.rename(path.parent)

    ben = firm.by("ben")
    for attempt in (
        lambda: ben.edit(number),
        lambda: ben.submit(number),
        lambda: ben.revise(number, **WHY),
        lambda: ben.check(number),
        lambda: ben.status(number),
    ):
        with suppress(DocctlError):
            attempt()
        assert path.read_bytes() == written


def test_a_conflict_is_settled_without_losing_either_text(firm: Firm, place: Path) -> None:
    """As the hints say: keep your file, edit again, bring your change into the newer draft."""
    number, ben = edited(firm), firm.by("ben")
    path = firm.working(number)
    mine = path.read_text()
    firm.ada.save_text(number, Text(MINE.document, "Theirs.\n", {}))
    with firm.refuses(StaleDraftError) as stale:
        ben.save(number)
    assert "keep your file" in stale.value.hint
    with firm.refuses(UnsavedError) as unsaved:
        ben.edit(number)
    assert f"move {path.parent} away" in unsaved.value.hint
    kept = path.parent.rename(place / "mine")
    assert ben.edit(number).read_text().endswith("Theirs.\n")
    path.write_text(path.read_text() + "And mine.\n")
    ben.save(number)
    assert ben.text(number).body == "Theirs.\nAnd mine.\n"
    assert (kept / "document.md").read_text() == mine
    assert ben.submit(number).state is State.IN_REVIEW
