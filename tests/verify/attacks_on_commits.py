"""Attacks on the history itself: commits, refs, and what lies around them."""

from datetime import timedelta

from forge import Entry
from scene import Book, Scene

from docctl.store.git import BRANCH

BOOK = Book()

GONE = timedelta(days=400)


@BOOK.attack("forged-author")
def commit_in_the_name_of_another(scene: Scene) -> None:
    scene.office.smuggle(scene.office.statement("approved", "PRO-002", by="eva"), author="kim")


@BOOK.attack("forged-author")
def commit_by_somebody_from_outside(scene: Scene) -> None:
    made = scene.office.statement("approved", "PRO-002", by="eva")
    tree = scene.forge.grown(made.files, scene.forge.head)
    who = f"Eva <eva@elsewhere.example> {int(made.event.time.timestamp())} +0000"
    above = f"tree {tree}\nparent {scene.forge.head}\nauthor {who}\ncommitter {who}\n"
    text = f"{above}\nPRO-002 1: approved by eva\n"
    scene.forge.point(BRANCH, scene.forge.put("commit", text.encode()))


@BOOK.attack("clock-went-back")
def event_of_last_year(scene: Scene) -> None:
    time = scene.office.now - GONE
    scene.office.smuggle(scene.office.creation("PRO-009", time=time, date=time.date()))


@BOOK.attack("wrong-time")
def commit_of_last_year(scene: Scene) -> None:
    made = scene.office.statement("approved", "PRO-002", by="eva")
    scene.forge.commit(made.files, author="eva", when=made.event.time - GONE)


@BOOK.attack("wrong-time")
def commit_of_next_year(scene: Scene) -> None:
    made = scene.office.statement("approved", "PRO-002", by="eva")
    scene.forge.commit(made.files, author="eva", when=made.event.time + GONE)


@BOOK.attack("wrong-time")
def commit_whose_author_is_older_than_its_committer(scene: Scene) -> None:
    replaced(scene, b"author eva <eva@docctl.invalid> ", b"author eva <eva@docctl.invalid> 1", 1)


@BOOK.attack("wrong-time")
def commit_from_another_zone(scene: Scene) -> None:
    replaced(scene, b" +0000\n", b" +0200\n", 2)


@BOOK.attack("foreign-message")
def commit_that_says_something_else(scene: Scene) -> None:
    replaced(scene, b"\n\nPRO-002 1: approved by eva\n", b"\n\nPRO-001 9: approved by eva\n", 1)


@BOOK.attack("foreign-message")
def commit_that_writes_to_the_terminal(scene: Scene) -> None:
    replaced(scene, b"approved by eva\n", b"approved by eva\n\x1b]0;evil\x07" + b"A" * 99_999, 1)


def replaced(scene: Scene, old: bytes, new: bytes, times: int) -> None:
    """Write an approval whose commit says something else."""
    made = scene.office.statement("approved", "PRO-002", by="eva")
    commit = scene.forge.commit(made.files, author="eva", when=made.event.time)
    data = scene.forge.reader.read(commit)
    assert data.count(old) == times
    scene.forge.point(BRANCH, scene.forge.put("commit", data.replace(old, new)))


@BOOK.attack("missing-object")
def commit_without_a_tree(scene: Scene) -> None:
    who = "ada <ada@docctl.invalid> 1767600000 +0000"
    text = f"tree nonsense\nparent {scene.forge.head}\nauthor {who}\ncommitter {who}\n\nHello\n"
    scene.forge.point(BRANCH, scene.forge.put("commit", text.encode()))


@BOOK.attack("missing-object")
def commit_with_a_parent_that_is_none(scene: Scene) -> None:
    who = "ada <ada@docctl.invalid> 1767600000 +0000"
    tree = scene.forge.reader.commit(scene.forge.head).tree
    text = f"tree {tree}\nparent nonsense\nauthor {who}\ncommitter {who}\n\nHello\n"
    scene.forge.point(BRANCH, scene.forge.put("commit", text.encode()))


@BOOK.attack("foreign-header")
def commit_with_a_signature_of_its_own(scene: Scene) -> None:
    made = scene.office.statement("approved", "PRO-002", by="eva")
    header = "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n"
    scene.forge.commit(made.files, author="eva", when=made.event.time, headers=header)


@BOOK.attack("merge-commit")
def merge_of_two_lines(scene: Scene) -> None:
    base = scene.forge.head
    made = scene.office.statement("approved", "PRO-002", by="eva")
    side = scene.forge.commit(made.files, author="eva", when=made.event.time)
    scene.forge.commit(made.files, author="eva", when=made.event.time, parents=[base, side])


@BOOK.attack("uncontrolled-change")
def commit_without_an_event(scene: Scene) -> None:
    scene.forge.commit({})


@BOOK.attack("several-events")
def two_events_of_one_document_at_once(scene: Scene) -> None:
    first = scene.office.statement("commented", "PRO-002", by="eva", data={"text": "Why?"})
    scene.office.take_up(first)
    second = scene.office.statement("commented", "PRO-002", by="eva", data={"text": "When?"})
    scene.office.smuggle(first, second)


@BOOK.attack("unrelated-events")
def two_changes_made_one(scene: Scene) -> None:
    approval = scene.office.statement("approved", "PRO-002", by="eva")
    other = scene.office.statement("commented", "PRO-004", by="eva", data={"text": "Why?"})
    scene.office.smuggle(approval, other)


@BOOK.attack("incomplete-change")
def joint_release_with_a_part_left_out(scene: Scene) -> None:
    data = {"together_with": ("PRO-002",)}
    scene.office.smuggle(scene.office.statement("released", "PRO-003", by="ada", data=data))


@BOOK.attack("foreign-ref")
def branch_beside_the_branch(scene: Scene) -> None:
    scene.forge.point("refs/heads/hidden", scene.forge.head)


@BOOK.attack("foreign-ref")
def tag(scene: Scene) -> None:
    scene.forge.point("refs/tags/v1", scene.forge.head)


@BOOK.attack("foreign-ref")
def ref_that_git_passes_over(scene: Scene) -> None:
    scene.forge.point("refs/heads/bad..name", scene.forge.head)


@BOOK.attack("replace-ref")
def object_replaced_by_another(scene: Scene) -> None:
    entry = scene.forge.reader.entry(scene.forge.head, "documents/PRO/00/PRO-001/1/content/body.md")
    assert entry is not None
    scene.forge.point(f"refs/replace/{entry.oid}", scene.forge.put("blob", b"Evil\n"))


@BOOK.attack("foreign-head")
def head_elsewhere(scene: Scene) -> None:
    (scene.path / "HEAD").write_text("ref: refs/heads/other\n")


@BOOK.attack("grafts")
def pretended_parents(scene: Scene) -> None:
    (scene.path / "info").mkdir(exist_ok=True)
    (scene.path / "info/grafts").write_text(f"{scene.forge.head}\n")


@BOOK.attack("shallow")
def beginning_left_out(scene: Scene) -> None:
    (scene.path / "shallow").write_text(f"{scene.forge.head}\n")


@BOOK.attack("alternates")
def borrowed_objects(scene: Scene) -> None:
    (scene.path / "objects/info/alternates").write_text("/elsewhere/objects\n")


@BOOK.attack("attributes")
def attributes_of_the_repository(scene: Scene) -> None:
    (scene.path / "info").mkdir(exist_ok=True)
    (scene.path / "info/attributes").write_text("* eol=crlf\n")


@BOOK.attack("partial-clone")
def promised_objects(scene: Scene) -> None:
    (scene.path / "objects/pack/pack-1.promisor").touch()


@BOOK.attack("damaged-refs")
def packed_refs_that_cannot_be_read(scene: Scene) -> None:
    scene.forge.point(BRANCH, scene.forge.head)
    (scene.path / "packed-refs").write_text("nonsense\n")


@BOOK.attack("damaged-head")
def branch_that_names_nothing(scene: Scene) -> None:
    (scene.path / BRANCH).parent.mkdir(parents=True, exist_ok=True)
    (scene.path / BRANCH).write_text("nonsense\n")


@BOOK.attack("damaged-head")
def branch_that_is_gone(scene: Scene) -> None:
    (scene.path / BRANCH).unlink()


@BOOK.attack("no-founding", "no-settings", "bad-store-file", "foreign-path")
def history_that_begins_with_nothing(scene: Scene) -> None:
    scene.forge.commit({}, tree=scene.forge.tree({"README.md": Entry(b"Hello\n")}), parents=())


@BOOK.attack("newer-format")
def founding_in_a_newer_format(scene: Scene) -> None:
    first = scene.forge.founding()
    scene.forge.refound({**first, "store.json": b'{"format":2,"object_format":"sha1"}'})


@BOOK.attack("bad-store-file")
def founding_without_a_format(scene: Scene) -> None:
    first = scene.forge.founding()
    scene.forge.refound({**first, "store.json": b'{"object_format":"sha1"}'})


@BOOK.attack("bad-store-file")
def founding_with_a_broken_store_file(scene: Scene) -> None:
    first = scene.forge.founding()
    scene.forge.refound({**first, "store.json": b"{}\n"})


@BOOK.attack("uncontrolled-change")
def format_changed_later(scene: Scene) -> None:
    scene.forge.commit({"store.json": b'{"format":1,"object_format":"sha256"}'})
