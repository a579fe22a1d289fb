"""A prepared change that somebody changed: only what the signed bytes say can be written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from firm import TEXT, Firm
from office import Key

from docctl import Prepared, Procedure, State
from docctl.errors import EventError, SignatureError
from docctl.model.assignment import Owner
from docctl.store.layout import META, SUMS, signature_path

Tampering = Callable[[Prepared], Prepared]


def stored(firm: Firm) -> dict[str, bytes]:
    """Return every file of the head by its path."""
    reader = firm.ada.store.reader
    found = dict(reader.walk(firm.head))
    return dict(zip(found, reader.read_many(found.values()), strict=True))


@pytest.fixture
def draft(firm: Firm) -> tuple[Firm, Prepared]:
    """A prepared saving of a longer text with an attachment; another attachment goes."""
    number = firm.new()
    ben = firm.by("ben")
    text = ben.text(number, "1")
    ben.save_text(number, type(text)(text.document, TEXT, {"old.txt": b"old"}))
    longer = type(text)(text.document, TEXT + "\nMore.\n", {"plan.txt": b"plan"})
    return firm, ben.prepare("save", number, longer, base=ben.status(number).content)


def place(change: Prepared, name: str) -> str:
    return next(path for path in change.files if path.endswith(f"/content/{name}"))


def with_files(files: Mapping[str, bytes | None]) -> Tampering:
    return lambda change: replace(change, files={**change.files, **files})


def with_file(name: str, data: bytes | None) -> Tampering:
    return lambda change: replace(change, files={**change.files, place(change, name): data})


def without(name: str) -> Tampering:
    def tampered(change: Prepared) -> Prepared:
        gone = place(change, name)
        kept = {path: data for path, data in change.files.items() if path != gone}
        return replace(change, files=kept)

    return tampered


def statement(**fields: object) -> Tampering:
    def tampered(change: Prepared) -> Prepared:
        (one,) = change.statements
        return replace(change, statements=(replace(one, **fields),))  # type: ignore[arg-type]

    return tampered


def another_event(change: Prepared) -> Prepared:
    (one,) = change.statements
    event = one.event.but(item="PRO-002", signer="ada", reason="Changed")
    return replace(change, statements=(replace(one, event=event),))


#: What makes no difference: it follows from the signed bytes.
HARMLESS: Mapping[str, Tampering] = MappingProxyType(
    {
        "nothing": lambda change: change,
        "a file of ACCESS": with_files({"access/0001.founded.json": b"{}"}),
        "a file of ACCESS goes": with_files({"access/0001.founded.json": None}),
        "the settings": with_files({"control/CONTROL/1/content/settings.json": b"{}"}),
        "store.json": with_files({"store.json": b"{}"}),
        "a further event": with_files({"documents/PRO/00/PRO-001/1/events/0009.saved.json": b"{}"}),
        "a file that is not content": with_files(
            {"documents/PRO/00/PRO-001/1/content/evil.md": b"evil"}
        ),
        "another list of files": with_file(SUMS, b""),
        "a file stays": without("files/old.txt"),
        "the path of the event": statement(path="access/0002.person_added.json"),
        "the place of the event": statement(
            path="documents/PRO/00/PRO-002/1/events/0001.created.json"
        ),
        "the event beside its bytes": another_event,
        "no base": lambda change: replace(change, base=None),
        "another base": lambda change: replace(change, base="0" * 40),
    }
)

#: What does not fit the signed bytes.
REFUSED: Mapping[str, tuple[Tampering, type[Exception]]] = MappingProxyType(
    {
        "another text": (with_file("body.md", b"Another text.\n"), EventError),
        "another attachment": (with_file("files/plan.txt", b"other"), EventError),
        "a further attachment": (
            with_files({"documents/PRO/00/PRO-001/1/content/files/evil.md": b"evil"}),
            EventError,
        ),
        "no attachment": (without("files/plan.txt"), EventError),
        "no metadata": (without(META), EventError),
        "no files": (lambda change: replace(change, files={}), EventError),
        "no statement": (lambda change: replace(change, statements=()), SignatureError),
        "a statement twice": (
            lambda change: replace(change, statements=change.statements * 2),
            SignatureError,
        ),
        "other bytes": (statement(data=b"{}"), EventError),
    }
)


@pytest.mark.parametrize("what", HARMLESS)
def test_what_lands_follows_from_the_signed_bytes(draft: tuple[Firm, Prepared], what: str) -> None:
    firm, change = draft
    signature = Key("ben").sign(change.message)
    (one,) = change.statements
    expected = {**stored(firm), one.path: one.data, signature_path(one.path): signature.encode()}
    for path, data in change.files.items():
        expected.pop(path, None)
        if data is not None:
            expected[path] = data
    firm.ada.land(HARMLESS[what](change), signature)
    assert stored(firm) == expected
    assert not firm.ada.verify().problems


@pytest.mark.parametrize("what", REFUSED)
def test_what_does_not_fit_the_signed_bytes_is_refused(
    draft: tuple[Firm, Prepared], what: str
) -> None:
    firm, change = draft
    tampered, error = REFUSED[what]
    with firm.refuses(error):  # type: ignore[arg-type]
        firm.ada.land(tampered(change), Key("ben").sign(change.message))


def test_a_vote_lands_where_its_bytes_say(firm: Firm) -> None:
    number = firm.reach(State.IN_REVIEW)
    change = firm.by("eva").prepare("approve", number)
    (one,) = change.statements
    moved = replace(change, statements=(replace(one, path="access/0009.founded.json"),))
    firm.ada.land(moved, Key("eva").sign(change.message))
    assert stored(firm)[one.path] == one.data
    assert firm.ada.status(number).state is State.APPROVED
    assert not firm.ada.verify().problems


def test_settings_land_as_they_were_signed(firm: Firm) -> None:
    settings = firm.ada.control().but(organization="Beta Ltd")
    change = firm.ada.prepare("revise_settings", settings, reason="A new name")
    further = firm.ada.prepare(
        "revise_settings", settings.but(organization="Gamma"), reason="A new name"
    )
    other = replace(change, files=further.files)
    signature = Key("ada").sign(change.message)
    with firm.refuses(EventError):
        firm.ada.land(other, signature)
    firm.ada.land(change, signature)
    assert not firm.ada.verify().problems


# --- several at once ---------------------------------------------------------------------------


@pytest.fixture
def joint(firm: Firm) -> tuple[Firm, Prepared]:
    numbers = [firm.reach(State.APPROVED, title=f"Part {one}") for one in (1, 2)]
    return firm, firm.ada.prepare("release", *numbers, effective_on=None)


def test_the_signatures_of_several_may_come_in_any_order(joint: tuple[Firm, Prepared]) -> None:
    firm, change = joint
    signatures = [Key("ada").sign(one.data) for one in change.statements]
    turned = replace(change, statements=change.statements[::-1])
    firm.ada.land(turned, *signatures)
    assert {one.state for one in firm.ada.register()} == {State.EFFECTIVE}
    assert not firm.ada.verify().problems


def test_one_of_several_does_not_land_alone(joint: tuple[Firm, Prepared]) -> None:
    firm, change = joint
    alone = replace(change, statements=change.statements[:1])
    with firm.refuses(EventError, "released together with nothing else"):
        firm.ada.land(alone, Key("ada").sign(alone.message))
    with firm.refuses(SignatureError, "nobody has signed"):
        firm.ada.land(change, Key("ada").sign(alone.message))


def test_one_of_several_files_does_not_land_alone(joint: tuple[Firm, Prepared]) -> None:
    firm, change = joint
    folder = firm.root.parent / "joint"
    firm.ada.hand_out(change, folder)
    for one in change.statements:
        file = folder / f"{one.event.item}.json"
        file.with_name(f"{file.name}.sig").write_text(Key("ada").sign(one.data))
    file.unlink()
    with firm.refuses(EventError, "released together with nothing else"):
        firm.ada.take_back(folder)


def test_a_change_of_people_lands_where_its_bytes_say(firm: Firm) -> None:
    change = firm.ada.prepare("person_exception", "ben", reason="A holiday", until=date(2026, 2, 1))
    (one,) = change.statements
    moved = replace(change, statements=(replace(one, path="store.json"),), files={"x": b"x"})
    firm.ada.land(moved, Key("ada").sign(change.message))
    assert stored(firm)[one.path] == one.data
    assert not firm.ada.verify().problems


def test_a_new_document_lands_with_the_text_that_was_signed(firm: Firm) -> None:
    text = firm.by("ben").text(firm.new(), "1")
    owner = Owner(kind="person", name="ben")
    document = Procedure(title="Another").but(number="PRO-002")
    change = firm.by("ben").prepare(
        "new", type(text)(document, TEXT, {}), number="PRO-002", owner=owner
    )
    other = with_file("body.md", b"Other.\n")(change)
    with firm.refuses(EventError, "is not the one that the event names"):
        firm.ada.land(other, Key("ben").sign(change.message))
    firm.ada.land(change, Key("ben").sign(change.message))
    assert firm.ada.text("PRO-002", "1").body.strip() == TEXT.strip()
