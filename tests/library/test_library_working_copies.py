"""What an author writes is the author's: nothing here is ever overwritten unasked."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from firm import TEXT, Firm

from docctl import DocctlError, Procedure, State, Text
from docctl.errors import (
    FrontMatterError,
    LimitError,
    NotFoundError,
    PathError,
    StaleDraftError,
    UnreadableError,
    UnsavedError,
)


def edited(firm: Firm, number: str, line: str = "Mine.\n") -> Path:
    """Add a line to the working copy, and return its path."""
    path = firm.working(number)
    path.write_text(path.read_text() + line)
    return path


def text(line: str = "Theirs.\n") -> Text:
    return Text(Procedure(title="Control of documents"), line, {})


def test_a_new_document_lies_on_the_desk_to_be_edited(firm: Firm) -> None:
    number = firm.new(attachments={"pictures/rig.png": b"rig", "b.txt": b"b"})
    folder = firm.working(number).parent
    front, _, body = firm.working(number).read_text()[4:].partition("---\n\n")
    assert body == TEXT
    assert "number: PRO-001\ntype: procedure\ntitle: Control of documents\n" in front
    assert (folder / "pictures" / "rig.png").read_bytes() == b"rig"
    assert firm.ada.status(number).working_copy == str(firm.working(number))
    assert firm.ada.edit(number) == firm.working(number)


def test_what_is_saved_is_what_was_written_and_stays_as_it_was_written(firm: Firm) -> None:
    number, ben = firm.new(), firm.by("ben")
    path = firm.working(number)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"More.\r\n# remark\r\n")
    (path.parent / "plan.txt").write_bytes(b"plan")
    before = path.read_bytes()
    saved = ben.save(number)
    stored = ben.text(number)
    assert stored.body == TEXT + "More.\n# remark\n"
    assert stored.attachments == {"plan.txt": b"plan"}
    assert path.read_bytes() == before
    assert ben.save(number).content == saved.content
    ben.submit(number)


def test_one_working_copy_is_saved_again_and_again(firm: Firm) -> None:
    number, ben = firm.new(), firm.by("ben")
    for line in ("One.\n", "Two.\n", "Three.\n"):
        edited(firm, number, line)
        ben.save(number)
    assert ben.text(number).body == f"{TEXT}One.\nTwo.\nThree.\n"


def test_edit_keeps_what_is_not_saved(firm: Firm) -> None:
    number = firm.new()
    path = edited(firm, number)
    before = firm.files
    assert firm.by("ben").edit(number) == path
    assert firm.files == before


def test_edit_brings_a_copy_without_changes_to_the_newest_draft(firm: Firm) -> None:
    number = firm.new(attachments={"old/a.txt": b"a", "b.txt": b"b"})
    before = firm.working(number).parent.rename(firm.root / "aside")
    firm.by("ben").save_text(number, text())
    (firm.root / "drafts" / number / "document.md").unlink()
    (firm.root / "drafts" / number / ".base").unlink()
    (firm.root / "drafts" / number).rmdir()
    before.rename(firm.working(number).parent)
    (firm.working(number).parent / ".document.md.swp").write_bytes(b"vi was here")
    firm.by("ben").edit(number)
    assert firm.working(number).read_text().endswith("---\n\nTheirs.\n")
    left = {path.name for path in firm.working(number).parent.iterdir()}
    assert left == {".base", ".document.md.swp", "document.md"}


def test_a_newer_draft_by_somebody_else_is_not_overwritten(firm: Firm) -> None:
    number = firm.new()
    path = edited(firm, number)
    firm.ada.save_text(number, text())
    mine = path.read_text()
    assert mine.endswith("Mine.\n")
    with firm.refuses(StaleDraftError, "ada has saved a newer draft"):
        firm.by("ben").save(number)
    with firm.refuses(UnsavedError) as caught:
        firm.by("ben").edit(number)
    assert f"move {path.parent} away" in caught.value.hint
    path.parent.rename(firm.root / "mine")
    assert firm.by("ben").edit(number).read_text().endswith("Theirs.\n")
    assert (firm.root / "mine" / "document.md").read_text() == mine


def test_a_first_draft_that_nobody_saved_yet_is_not_overwritten_by_an_older_one(
    firm: Firm,
) -> None:
    number = firm.reach(State.EFFECTIVE)
    ben = firm.by("ben")
    ben.revise(number, reason="First try")
    aside = firm.working(number).parent.rename(firm.root / "aside")
    firm.cancel(number)
    firm.clock.wait(days=1)
    firm.ada.revise(number, reason="Second try")
    (firm.working(number).parent / ".base").unlink()
    firm.working(number).unlink()
    firm.working(number).parent.rmdir()
    aside.rename(firm.working(number).parent)
    edited(firm, number)
    with firm.refuses(StaleDraftError, "ada has saved"):
        ben.save(number)


def test_a_copy_of_unknown_origin_is_not_saved(firm: Firm) -> None:
    number = firm.new()
    edited(firm, number)
    (firm.working(number).parent / ".base").unlink()
    with firm.refuses(StaleDraftError):
        firm.by("ben").save(number)
    firm.by("ben").save(number, firm.working(number).rename(firm.root / "mine.md"))


def test_another_file_is_not_saved_over_unsaved_changes(firm: Firm, place: Path) -> None:
    number, file = firm.new(), place / "other.md"
    file.write_text("Other.\n")
    path = edited(firm, number)
    with firm.refuses(UnsavedError, "changed and not saved"):
        firm.by("ben").save(number, file)
    firm.by("ben").save(number, path)  # named, it is the working copy itself
    firm.by("ben").save(number, file)
    assert path.read_text().endswith("---\n\nOther.\n")


def test_a_text_from_a_program_leaves_unsaved_changes_alone(firm: Firm) -> None:
    number = firm.new(attachments={"a.txt": b"a"})
    path = edited(firm, number)
    before = path.read_bytes()
    firm.by("ben").save_text(number, text())
    assert path.read_bytes() == before
    assert firm.ada.text(number).body == "Theirs.\n"


def test_a_text_is_saved_only_over_the_draft_it_began_from(firm: Firm) -> None:
    number, ben = firm.new(), firm.by("ben")
    began = ben.status(number).content
    saved = ben.save_text(number, text("One.\n"), base=began)
    with firm.refuses(StaleDraftError, "ben has saved"):
        firm.ada.save_text(number, text("Two.\n"), base=began)
    firm.ada.save_text(number, text("Two.\n"), base=saved.content)


def test_unsaved_changes_are_not_submitted_nor_lost(firm: Firm) -> None:
    number, ben = firm.new(attachments={"a.txt": b"a"}), firm.by("ben")
    path = edited(firm, number)
    with firm.refuses(UnsavedError):
        ben.submit(number)
    ben.save(number)
    (path.parent / "a.txt").unlink()
    with firm.refuses(UnsavedError):
        ben.submit(number)


def test_a_submission_clears_the_desk_of_all_but_foreign_files(firm: Firm) -> None:
    number = firm.new(attachments={"pictures/rig.png": b"rig"})
    assert firm.by("ben").submit(number).working_copy == ""
    assert not firm.working(number).parent.exists()

    number = firm.new(attachments={"pictures/rig.png": b"rig"})
    (firm.working(number).parent / "pictures" / ".thumbs").write_bytes(b"t")
    firm.by("ben").submit(number)
    kept = [path.name for path in (firm.working(number).parent).rglob("*") if path.is_file()]
    assert sorted(kept) == [".base", ".thumbs"]


def test_a_reworded_front_matter_that_says_the_same_is_submitted_and_kept(firm: Firm) -> None:
    number = firm.new()
    path = firm.working(number)
    path.write_text(path.read_text().replace("---\n", "---\n# ask Eva\n", 1))
    firm.by("ben").submit(number)
    assert "# ask Eva" in path.read_text()
    firm.by("eva").return_(number, reason="Say more")
    assert firm.by("ben").edit(number) == path
    assert "# ask Eva" in path.read_text()


def test_a_further_revision_waits_until_the_desk_is_cleared(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    ben = firm.by("ben")
    ben.revise(number, reason="It changed")
    path = edited(firm, number)
    ben.cancel(number, reason="Not so")
    with firm.refuses(UnsavedError):
        ben.revise(number, reason="It changed")
    path.unlink()
    status = ben.revise(number, reason="It changed")
    assert Path(status.working_copy).read_text().endswith(TEXT)


def test_a_folder_that_is_in_the_way_of_a_new_document_stays(firm: Firm) -> None:
    path = firm.working("PRO-001")
    path.parent.mkdir(parents=True)
    path.write_text("Somebody's notes.\n")
    assert firm.new() == "PRO-001"
    assert path.read_text() == "Somebody's notes.\n"
    with firm.refuses(UnsavedError):
        firm.by("ben").edit("PRO-001")


def test_a_change_that_is_signed_elsewhere_leaves_unsaved_changes_alone(
    firm: Firm, place: Path
) -> None:
    number, ben = firm.new(), firm.by("ben")
    (handout,) = ben.hand_out(ben.prepare("save", number, text(), base=None), place / "event")
    path = edited(firm, number)
    before = path.read_bytes()
    signature = ben.require_signer().sign((place / "event").read_bytes())
    (place / "event.sig").write_text(signature)
    landed = ben.take_back(handout.files[0])
    assert landed.documents[0].number == number
    assert path.read_bytes() == before


def test_what_was_prepared_from_the_desk_is_saved_once_it_has_landed(
    firm: Firm, place: Path
) -> None:
    number, ben = firm.new(), firm.by("ben")
    path = edited(firm, number)
    given = ben.text(number)
    mine = Text(given.document, given.body + "Mine.\n", {})
    (handout,) = ben.hand_out(ben.prepare("save", number, mine, base=None), place / "event")
    signature = ben.require_signer().sign(Path(handout.files[0]).read_bytes())
    (place / "event.sig").write_text(signature)
    ben.take_back(place / "event", place / "event.sig")
    edited(firm, number, "And more.\n")
    ben.save(number)
    assert path.read_text().endswith("Mine.\nAnd more.\n")


@pytest.mark.parametrize(
    ("error", "spoil"),
    [
        (FrontMatterError, lambda path: path.write_text("---\ntitle: [a\n---\nx")),
        (FrontMatterError, lambda path: path.write_text("---\ntitle: x\nnumber: PRO-2\n---\n")),
        (UnreadableError, lambda path: path.write_bytes(b"---\ntitle: \xff\n---\nx")),
        (LimitError, lambda path: path.write_bytes(b"x" * (10 * 2**20 + 1))),
        (LimitError, lambda path: (path.parent / "a.bin").write_bytes(b"x" * (10 * 2**20 + 1))),
        (PathError, lambda path: (path.parent / "a\x1bb.txt").write_bytes(b"x")),
        (PathError, lambda path: (path.parent / "Document.md").write_bytes(b"x")),
        (PathError, lambda path: (path.parent / "link").symlink_to("/etc/passwd")),
        (PathError, lambda path: (path.parent / "folder").symlink_to("/etc")),
        (PathError, lambda path: os.mkfifo(path.parent / "pipe")),
        (PathError, lambda path: (path.unlink(), os.mkfifo(path))),
        (PathError, lambda path: (path.unlink(), path.symlink_to("/etc/passwd"))),
        (NotFoundError, lambda path: (path.unlink(), path.mkdir())),
        (NotFoundError, lambda path: path.unlink()),
    ],
)
def test_a_spoilt_working_copy_is_refused_and_stays(
    firm: Firm, error: type[DocctlError], spoil: Callable[[Path], object]
) -> None:
    number = firm.new()
    spoil(firm.working(number))
    with firm.refuses(error):
        firm.by("ben").save(number)


def test_a_note_that_cannot_be_read_means_that_nothing_is_known(firm: Firm) -> None:
    number = firm.new()
    note = firm.working(number).parent / ".base"
    for content in (b"\xff\xfe", b"", b"x" * (2 << 20)):
        note.write_bytes(content)
        with firm.refuses(StaleDraftError):
            firm.by("ben").save(number)


def test_links_in_the_desk_lead_nowhere(firm: Firm, place: Path) -> None:
    (place / "elsewhere").mkdir()
    number = firm.new()
    (firm.working(number).parent / "pictures").symlink_to(place / "elsewhere")
    firm.by("ben").save_text(number, Text(text().document, "x", {"pictures/a.png": b"a"}))
    assert not [*(place / "elsewhere").iterdir()]
    assert firm.ada.text(number).attachments == {"pictures/a.png": b"a"}


@pytest.mark.parametrize(
    ("state", "way"),
    [
        (State.IN_REVIEW, "docctl return PRO-001 --reason R"),
        (State.APPROVED, "docctl reopen PRO-001"),
        (State.SCHEDULED, "docctl reopen PRO-001"),
        (State.EFFECTIVE, "docctl revise PRO-001"),
        (State.SUSPENDED, "docctl revise PRO-001"),
        (State.WITHDRAWN, "begin a new document"),
        (State.CANCELLED, "begin a new document"),
    ],
)
def test_what_has_no_draft_says_how_to_come_to_one(firm: Firm, state: State, way: str) -> None:
    number = firm.reach(state)
    with firm.refuses(NotFoundError, f"open draft of {number}") as caught:
        firm.by("ben").edit(number)
    assert way in caught.value.hint


def test_the_settings_have_no_working_copy(firm: Firm) -> None:
    with firm.refuses(NotFoundError, "open draft of CONTROL") as caught:
        firm.ada.edit("CONTROL")
    assert "docctl control change" in caught.value.hint


def test_what_is_given_up_takes_its_working_copy_with_it(firm: Firm) -> None:
    number, other, ben = firm.new(), firm.new(), firm.by("ben")
    edited(firm, other)
    assert not ben.cancel(number, reason="Not needed").working_copy
    assert not firm.working(number).parent.exists()
    kept = ben.cancel(other, reason="Not needed").working_copy
    assert Path(kept).read_text().endswith("Mine.\n")


def test_a_cancelled_proposal_leaves_the_working_copy(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.by("ben").periodic_review(number, reason="Read")
    firm.by("ben").revise(number, reason="More")
    assert firm.working(number).exists()
    firm.by("ben").cancel(number, reason="Not yet", revision="1")
    assert firm.working(number).exists()
