"""A compiled manual is compared, input by input, with what is in force."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from firm import TEXT, Firm

from docctl import Manual, State
from docctl.errors import InputError, NotFoundError, UnreadableError
from docctl.model.document import Chapter


def manual_of(firm: Firm) -> str:
    chapter = Chapter(title="Procedures", type="procedure")
    number = firm.by("ben").new(Manual(title="The manual", chapters=(chapter,)), TEXT).number
    for step in (firm.submit, firm.sign, firm.release):
        step(number)
    return number


def damaged(package: bytes) -> bytes:
    """Return the file with the packed bytes of its custom properties spoilt."""
    with ZipFile(BytesIO(package)) as archive:
        at = archive.getinfo("docProps/custom.xml").header_offset + 60
    return package[:at] + b"\xff" * 20 + package[at + 20 :]


def told(firm: Firm, manual: str, file: Path) -> dict[str, tuple[str, str]]:
    found = firm.ada.outdated(manual, file)
    assert {one.code for one in found} <= {"outdated-input"}
    assert all(f"docctl manual {manual}" in one.hint for one in found)
    return {one.place: (one.severity, one.sentence) for one in found}


@pytest.mark.parametrize("name", ["manual.docx", "manual.md"])
def test_a_changed_chapter_makes_the_last_compilation_outdated(
    firm: Firm, place: Path, name: str
) -> None:
    first, second = firm.reach(State.EFFECTIVE), firm.reach(State.EFFECTIVE)
    manual = manual_of(firm)
    file = firm.ada.manual(manual, place / name)
    assert told(firm, manual, file) == {}

    firm.revise(first)
    firm.submit(first)
    firm.sign(first)
    assert told(firm, manual, file) == {}
    firm.release(first)
    firm.withdraw(second)
    firm.sign(second)
    third = firm.reach(State.EFFECTIVE)

    listed = ("advice", "the list has changed")
    assert told(firm, manual, file) == {
        first: ("error", "the file holds revision 1; in force is revision 2"),
        second: ("error", "the file holds revision 1; the manual has this document no more"),
        third: ("error", "the manual has revision 1; the file does not hold this document"),
        "Master list": listed,
    }
    assert told(firm, manual, firm.ada.manual(manual, place / name)) == {}


def test_a_card_of_a_manual_names_the_issue_of_the_day(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    manual = manual_of(firm)
    issue = firm.ada.show(manual).issue

    assert issue.startswith(f"{firm.today} / ")
    assert f"Issue: {issue}" in firm.ada.manual(manual, place / "m.md").read_text(encoding="utf-8")
    assert firm.ada.show(number).issue == ""


def test_nothing_is_compared_with_a_day_that_is_still_to_come(firm: Firm, place: Path) -> None:
    manual = manual_of(firm)
    compiled = firm.ada.manual(manual, place / "manual.docx")
    with firm.refuses(InputError, "is still to come"):
        firm.ada.outdated(manual, compiled, as_of=firm.today + timedelta(days=1))
    assert firm.ada.outdated(manual, compiled, as_of=firm.today) == ()


def test_a_file_that_is_no_compilation_of_this_manual_is_refused(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    manual, other = manual_of(firm), manual_of(firm)
    compiled = firm.ada.manual(manual, place / "manual.docx")
    copied = firm.ada.export(manual, place / "copy.docx")

    for file, of in ((compiled, other), (compiled, number), (copied, manual)):
        with firm.refuses(InputError):
            firm.ada.outdated(of, file)
    with firm.refuses(NotFoundError):
        firm.ada.outdated(manual, place / "gone.docx")


def test_a_file_that_says_nothing_of_its_inputs_is_refused(firm: Firm, place: Path) -> None:
    manual = manual_of(firm)
    whole = firm.ada.manual(manual, place / "manual.docx").read_bytes()
    empty = place / "empty.docx"
    with ZipFile(empty, "w", ZIP_DEFLATED) as archive:
        archive.writestr("docProps/custom.xml", b"\xff")
    odd = {
        "cut.docx": whole[:-40],
        "text.md": b"---\nnumber: MAN-001\n---\n\nText.\n",
        "wrong.md": b"---\nproperties: [1]\n---\n",
        "bad.md": b"---\n: :\n---\n",
        "bytes.md": b"\xff",
        "nothing.md": b"",
        "damaged.docx": damaged(whole),
        "empty.docx": empty.read_bytes(),
    }
    for name, data in odd.items():
        (place / name).write_bytes(data)
        with firm.refuses(UnreadableError, name):
            firm.ada.outdated(manual, place / name)


@pytest.mark.parametrize("name", ["manual.docx", "manual.md"])
def test_a_file_that_was_changed_is_told_whatever_it_says_of_itself(
    firm: Firm, place: Path, name: str
) -> None:
    firm.reach(State.EFFECTIVE)
    manual = manual_of(firm)
    file = firm.ada.manual(manual, place / name)
    genuine = file.read_bytes()
    written = (
        rewritten(genuine) if name.endswith("docx") else genuine.replace(b"Say how", b"Say why")
    )
    assert written != genuine

    file.write_bytes(written)
    assert [(one.code, one.severity) for one in firm.ada.outdated(manual, file)] == [
        ("altered-copy", "error")
    ]
    firm.clock.wait(days=30)
    assert [one.code for one in firm.ada.outdated(manual, file)] == ["altered-copy"]
    file.write_bytes(genuine)
    assert firm.ada.outdated(manual, file) == ()


@pytest.mark.parametrize("issue", ["1999-01-01 / 0123456789ab", "yesterday", "2999-01-01 / x"])
def test_an_issue_that_the_library_does_not_know_proves_nothing(
    firm: Firm, place: Path, issue: str
) -> None:
    manual = manual_of(firm)
    file = firm.ada.manual(manual, place / "manual.md")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(f"  Issue: {issue}\n" if "  Issue:" in one else one for one in lines))
    assert {one.code for one in firm.ada.outdated(manual, file)} <= {"outdated-input"}


def rewritten(package: bytes) -> bytes:
    """Return the file with another word in its text, and its properties as they were."""
    target = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Say how", b"Say why"))
    return target.getvalue()
