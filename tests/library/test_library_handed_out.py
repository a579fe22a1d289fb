"""What is handed out was compared with what was signed, and every signature on it holds."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from firm import TEXT, Firm
from office import Key
from thief import Files, smuggle, stored

from docctl import Manual, State
from docctl.errors import DamagedStoreError, InputError
from docctl.model.document import Chapter
from docctl.store.layout import content_folder, events_folder, sums

PICTURE = b"\x89PNG\r\n\x1a\n pixels"
ILLUSTRATED = TEXT + "\n![The gauge](gauge.png)\n"

Content = dict[str, bytes]


def effective(firm: Firm) -> str:
    return firm.reach(State.EFFECTIVE, body=ILLUSTRATED, attachments={"gauge.png": PICTURE})


def altered_text(content: Content) -> Files:
    return {"body.md": content["body.md"].replace(b"how", b"who")}


def altered_list(content: Content) -> Files:
    body = content["body.md"] + b"More.\n"
    files = {name: data for name, data in content.items() if name != "SHA256SUMS"}
    return {"body.md": body, "SHA256SUMS": sums({**files, "body.md": body})}


#: What a thief changes in the content of a revision, and the file that is then named.
ALTERED: dict[str, tuple[Callable[[Content], Files], str]] = {
    "a flipped byte in the text": (altered_text, "body.md"),
    "another text with a list that fits": (altered_list, "SHA256SUMS"),
    "another title": (lambda c: {"meta.json": c["meta.json"] + b" "}, "meta.json"),
    "another picture": (lambda _: {"files/gauge.png": PICTURE + b"."}, "files/gauge.png"),
    "a picture that is gone": (lambda _: {"files/gauge.png": None}, "files/gauge.png"),
    "a file that nobody signed": (lambda _: {"files/more.txt": b"x"}, "files/more.txt"),
    "no list": (lambda _: {"SHA256SUMS": None}, "SHA256SUMS"),
}


@pytest.mark.parametrize("what", ALTERED)
def test_no_copy_of_altered_content_is_handed_out(firm: Firm, place: Path, what: str) -> None:
    """MAN-03: a controlled copy is what was approved, or there is none."""
    number = effective(firm)
    label, folder = "1", content_folder(number, "1")
    content: Any = firm.ada.bench.desk.ledger.content(firm.head, number, label)
    alter, named = ALTERED[what]
    smuggle(firm, {f"{folder}/{name}": data for name, data in alter(content).items()})

    for asked in (
        lambda: firm.ada.export(number, place / "copy.docx"),
        lambda: firm.ada.export(number, place / "copy.md", revision=label),
        lambda: firm.ada.show(number),
        lambda: firm.ada.diff(number),
        lambda: firm.ada.text(number),
    ):
        with firm.refuses(DamagedStoreError, f"{folder}/{named}") as caught:
            asked()
        assert caught.value.exit_code == 5
        assert "docctl verify" in caught.value.hint
    assert not list(place.glob("copy.*"))
    assert firm.ada.verify().problems


def test_a_manual_is_refused_for_each_of_its_inputs(firm: Firm, place: Path) -> None:
    chapter = Chapter(title="Procedures", type="procedure")
    manual = firm.by("ben").new(Manual(title="The manual", chapters=(chapter,)), TEXT).number
    inputs = [effective(firm), effective(firm)]
    for step in (firm.submit, firm.sign, firm.release):
        step(manual)
    firm.ada.manual(manual, place / "manual.docx")

    path = f"{content_folder(inputs[1], '1')}/files/gauge.png"
    smuggle(firm, {path: b"another"})

    with firm.refuses(DamagedStoreError, path):
        firm.ada.manual(manual, place / "manual.md")
    assert firm.ada.export(inputs[0], place).exists()


def test_altered_settings_are_neither_followed_nor_handed_out(firm: Firm, place: Path) -> None:
    number = firm.new()
    path = f"{content_folder('CONTROL', '1')}/settings.json"
    settings = firm.ada.control().but(organization="Somebody else")
    smuggle(firm, {path: settings.model_dump_json().encode()})

    for asked in (
        lambda: firm.by("ben").submit(number),
        lambda: firm.ada.export("CONTROL", place / "control.md"),
        firm.ada.control,
    ):
        with firm.refuses(DamagedStoreError, path):
            asked()


def _made_by(person: str) -> Callable[[bytes], bytes]:
    return lambda event: Key(person).sign(event).encode()


#: What stands in place of the approver's signature.
FORGED: dict[str, Callable[[bytes], bytes | None]] = {
    "none": lambda _: None,
    "a signature of other bytes": lambda event: Key("eva").sign(event + b" ").encode(),
    "a signature by somebody else": _made_by("max"),
    "a signature by nobody": _made_by("zoe"),
    "no signature at all": lambda _: b"Eva",
}


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("event", ["0002.submitted", "0002.approved.eva", "0003.released"])
def test_no_copy_shows_a_signature_that_does_not_hold(
    firm: Firm, place: Path, forged: str, event: str
) -> None:
    """SIG-01: what stands in the approval block was signed by that person's own key."""
    number = effective(firm)
    base = f"{events_folder(number, '1')}/{event}"
    smuggle(firm, {f"{base}.sig": FORGED[forged](stored(firm, f"{base}.json"))})

    with firm.refuses(DamagedStoreError, f"{base}.sig"):
        firm.ada.export(number, place / "copy.docx")
    with firm.refuses(DamagedStoreError, f"{base}.sig"):
        firm.ada.show(number)


def test_signatures_by_people_who_left_and_by_older_keys_hold(firm: Firm, place: Path) -> None:
    first = effective(firm)
    firm.ada.person_key("eva", Key("eva-2").public_key)
    firm.by("eva-2").person_accept()
    firm.by("eva").person_revoke("eva", Key("eva").public_key.fingerprint, reason="A new computer")
    firm.ada.person_leave("kim")

    shown = firm.ada.show(first).controlled

    assert [one.person for one in shown.signatures] == ["ben", "eva", "ada"]
    assert firm.ada.export(first, place).exists()


def test_a_key_that_had_ended_signs_nothing_that_is_handed_out(firm: Firm, place: Path) -> None:
    number = firm.reach(State.APPROVED)
    base = f"{events_folder(number, '1')}/0002.approved.eva"
    kept: Files = {f"{base}.{kind}": stored(firm, f"{base}.{kind}") for kind in ("json", "sig")}
    smuggle(firm, dict.fromkeys(kept))
    firm.ada.person_key("eva", Key("eva-2").public_key)
    firm.by("eva-2").person_accept()
    firm.by("eva").person_revoke("eva", Key("eva").public_key.fingerprint, reason="Lost")
    smuggle(firm, kept)

    with firm.refuses(DamagedStoreError, "had ended"):
        firm.ada.export(number, place / "copy.md")


def test_no_copy_speaks_of_a_day_that_is_still_to_come(firm: Firm, place: Path) -> None:
    number, tomorrow = effective(firm), firm.today + timedelta(days=1)
    for asked in (firm.ada.export, firm.ada.manual):
        with firm.refuses(InputError, "is still to come"):
            asked(number, place / "copy.md", as_of=tomorrow)
    assert firm.ada.register(as_of=tomorrow)
    assert firm.ada.export(number, place / "copy.md", as_of=firm.today).exists()


def test_the_first_settings_say_who_founded_them_without_approval(firm: Firm, place: Path) -> None:
    (founded,) = firm.ada.show("CONTROL").controlled.signatures
    assert (founded.person, founded.meaning) == ("ada", "released")
    assert "without approval by another person" in founded.note
    copy = firm.ada.export("CONTROL", place / "control.md").read_text()
    assert "Not signed yet" not in copy

    firm.change_control(firm.ada.control().but(notice="Sample data"))
    shown = firm.ada.show("CONTROL").controlled
    assert [one.person for one in shown.signatures] == ["ada", "kim", "ada"]
    assert [one.reason for one in shown.history] == ["", "It changed"]


def test_everybody_who_wrote_a_revision_has_prepared_it(firm: Firm) -> None:
    firm.add("dan", "author")
    number = firm.new()
    text = firm.by("dan").text(number)
    firm.by("dan").save_text(number, type(text)(text.document, text.body + "More.\n", {}))
    (line,) = firm.ada.show(number).controlled.history
    assert line.prepared_by == ()
    for step in (firm.submit, firm.sign, firm.release):
        step(number)

    (line,) = firm.ada.show(number).controlled.history

    assert (line.prepared_by, line.approved_by) == (("Ben", "Dan"), ("Eva",))


def test_a_manual_is_made_from_the_events_and_not_from_the_index(firm: Firm, place: Path) -> None:
    manual = firm.by("ben").new(Manual(title="The manual"), TEXT).number
    number = effective(firm)
    for step in (firm.submit, firm.sign, firm.release):
        step(manual)
    before = firm.ada.manual(manual, place / "manual.md").read_bytes()
    firm.ada.register()
    firm.ada.index.close()
    with sqlite3.connect(firm.root / "index.sqlite") as index:
        index.execute("UPDATE span SET title = 'Another', revision = '9'")
    index.close()
    assert firm.ada.register()[0].title == "Another"

    assert firm.ada.manual(manual, place / "manual.md").read_bytes() == before
    assert number in before.decode()
