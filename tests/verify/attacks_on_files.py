"""Attacks on the files of the store: paths, modes, trees, content, objects."""

from forge import Entry, row
from office import Office, Statement, document, with_sums
from scene import Book, Scene

from docctl.store.layout import content_folder

BOOK = Book()

CONTENT = "documents/PRO/00/PRO-001/1/content"
EVENTS = "documents/PRO/00/PRO-001/1/events"
DRAFT = content_folder("PRO-004", "1")


@BOOK.attack("uncontrolled-change")
def text_changed_after_approval(scene: Scene) -> None:
    scene.forge.commit({f"{CONTENT}/body.md": b"Do as you please.\n"})


@BOOK.attack("uncontrolled-change")
def text_and_list_changed_after_approval(scene: Scene) -> None:
    content = with_sums(document("PRO-001", "Do as you please."))
    scene.forge.commit({f"{CONTENT}/{name}": data for name, data in content.items()})


@BOOK.attack("uncontrolled-change")
def attachment_slipped_in_with_a_release(scene: Scene) -> None:
    made = scene.office.statement("released", "PRO-003", by="ada")
    folder = content_folder("PRO-003", "1")
    scene.office.smuggle(made, extra={f"{folder}/files/extra.png": b"PNG"})


@BOOK.attack("uncontrolled-change")
def text_of_another_document_saved_along(scene: Scene) -> None:
    made = scene.office.statement("saved", "PRO-004", by="ben", content=document("PRO-004", "New"))
    scene.office.smuggle(made, extra={f"{CONTENT}/body.md": b"Do as you please.\n"})


@BOOK.attack("uncontrolled-change")
def text_deleted(scene: Scene) -> None:
    scene.forge.commit({f"{CONTENT}/body.md": None})


@BOOK.attack("uncontrolled-change")
def signature_added_later(scene: Scene) -> None:
    scene.forge.commit({f"{EVENTS}/0009.released.sig": b"sig\n"})


@BOOK.attack("event-changed")
def old_event_edited(scene: Scene) -> None:
    scene.forge.commit({f"{EVENTS}/0001.created.json": b"{}"})


@BOOK.attack("event-changed")
def old_signature_exchanged(scene: Scene) -> None:
    other = scene.read(f"{EVENTS}/0002.submitted.sig")
    scene.forge.commit({f"{EVENTS}/0001.created.sig": other})


@BOOK.attack("event-deleted", "event-deleted")
def old_event_deleted(scene: Scene) -> None:
    scene.forge.commit(
        {f"{EVENTS}/0002.submitted.json": None, f"{EVENTS}/0002.submitted.sig": None}
    )


def saved(office: Office, **attachments: bytes) -> Statement:
    """Return a statement that saves the draft of PRO-004."""
    content = document("PRO-004", "New", **attachments)
    return office.statement("saved", "PRO-004", by="ben", content=content)


@BOOK.attack("altered-content")
def other_text_than_signed(scene: Scene) -> None:
    made = saved(scene.office)
    scene.office.smuggle(made, extra={f"{DRAFT}/body.md": b"Other\n"})


@BOOK.attack("missing-content")
def signed_file_left_out(scene: Scene) -> None:
    made = saved(scene.office, plan=b"PNG")
    scene.office.smuggle(made, extra={f"{DRAFT}/files/plan": None})


@BOOK.attack("missing-content")
def list_left_out(scene: Scene) -> None:
    made = saved(scene.office)
    scene.office.smuggle(made, extra={f"{DRAFT}/SHA256SUMS": None})


@BOOK.attack("unlisted-content")
def file_that_nobody_signed(scene: Scene) -> None:
    made = saved(scene.office)
    scene.office.smuggle(made, extra={f"{DRAFT}/files/plan": b"PNG"})


@BOOK.attack("wrong-content")
def whole_content_exchanged(scene: Scene) -> None:
    other = with_sums(document("PRO-004", "Other"))
    made = saved(scene.office)
    scene.office.smuggle(made, extra={f"{DRAFT}/{name}": data for name, data in other.items()})


@BOOK.attack("wrong-content", "altered-content", "missing-content", "unlisted-content")
def list_that_says_something_else(scene: Scene) -> None:
    lines = f"{'0' * 64}  body.md\n{'0' * 64}  gone.md\n"
    made = saved(scene.office)
    scene.office.smuggle(made, extra={f"{DRAFT}/SHA256SUMS": lines.encode()})


@BOOK.attack("wrong-content", "wrong-content")
def list_in_another_order(scene: Scene) -> None:
    made = saved(scene.office)
    text = made.content[f"{DRAFT}/SHA256SUMS"] or b""
    turned = b"".join(reversed(text.splitlines(keepends=True)))
    scene.office.smuggle(made, extra={f"{DRAFT}/SHA256SUMS": turned})


@BOOK.attack("wrong-content", "wrong-content", "unlisted-content", "unlisted-content")
def list_that_is_none(scene: Scene) -> None:
    made = saved(scene.office)
    scene.office.smuggle(made, extra={f"{DRAFT}/SHA256SUMS": b"nothing\n"})


# --- modes, names, trees -----------------------------------------------------------------------


@BOOK.attack("foreign-mode", "uncontrolled-change")
def symbolic_link(scene: Scene) -> None:
    scene.forge.commit({f"{CONTENT}/body.md": Entry(b"/etc/passwd", "120000")})


@BOOK.attack("foreign-mode", "uncontrolled-change")
def submodule(scene: Scene) -> None:
    scene.forge.commit({f"{CONTENT}/files/sub": Entry(mode="160000", oid=scene.forge.head)})


@BOOK.attack("foreign-mode", "uncontrolled-change")
def executable(scene: Scene) -> None:
    text = scene.read(f"{CONTENT}/body.md")
    scene.forge.commit({f"{CONTENT}/body.md": Entry(text, "100755")})


@BOOK.attack("foreign-path")
def attributes_in_the_tree(scene: Scene) -> None:
    scene.forge.commit({".gitattributes": b"* eol=crlf\n"})


@BOOK.attack("foreign-path")
def submodules_in_the_tree(scene: Scene) -> None:
    scene.forge.commit({".gitmodules": b"[submodule]\n"})


@BOOK.attack("foreign-path")
def file_beside_the_documents(scene: Scene) -> None:
    scene.forge.commit({"documents/README.md": b"Hello\n"})


@BOOK.attack("foreign-path")
def document_in_the_wrong_block(scene: Scene) -> None:
    scene.forge.commit({"documents/PRO/07/PRO-001/1/content/body.md": b"Hello\n"})


@BOOK.attack("foreign-path")
def number_in_lower_case(scene: Scene) -> None:
    path = "documents/xyz/00/xyz-001/1/content/body.md"
    scene.forge.commit({path: b"Hello\n", "documents/PRO/00/PRO-001/x/events/a": b""})


@BOOK.attack("foreign-path")
def attachment_with_a_hidden_name(scene: Scene) -> None:
    scene.forge.commit({f"{CONTENT}/files/.hidden": b"Hello\n"})


@BOOK.attack("foreign-path")
def settings_with_an_attachment(scene: Scene) -> None:
    scene.forge.commit({"control/CONTROL/1/content/files/plan": b"PNG"})


@BOOK.attack("foreign-path")
def event_without_a_name(scene: Scene) -> None:
    scene.forge.commit({f"{EVENTS}/notes.txt": b"Hello\n"})


@BOOK.attack("foreign-path")
def name_that_paints_on_the_terminal(scene: Scene) -> None:
    scene.forge.commit({"\x1b[2Jdocuments": b"Hello\n"})


@BOOK.attack("foreign-path")
def names_too_long_to_count(scene: Scene) -> None:
    digits = "9" * 5000
    scene.forge.commit(
        {
            f"documents/PRO/00/PRO-{digits}/1/content/body.md": b"Hello\n",
            f"{EVENTS}/{digits}.created.json": b"{}",
        }
    )


@BOOK.attack("foreign-path")
def name_that_is_no_text(scene: Scene) -> None:
    scene.forge.commit({"caf\udce9": b"Hello\n"})


@BOOK.attack("foreign-path")
def name_that_leaves_the_folder(scene: Scene) -> None:
    below = scene.forge.tree({"..": Entry(b"Hello\n")})
    scene.forge.commit({"x": Entry(mode="40000", oid=below)})


@BOOK.attack("malformed-folder", "uncontrolled-change")
def names_that_differ_in_case(scene: Scene) -> None:
    scene.forge.commit({f"{CONTENT}/files/plan": b"PNG", f"{CONTENT}/files/Plan": b"GIF"})


@BOOK.attack("malformed-folder", "foreign-path")
def names_that_differ_in_accents(scene: Scene) -> None:
    scene.forge.commit({"caf\u00e9": b"one", "cafe\u0301": b"two"})


@BOOK.attack("malformed-folder", "foreign-path")
def names_out_of_order(scene: Scene) -> None:
    below = scene.forge.tree({"b": Entry(b"b"), "a": Entry(b"a")}, in_order=False)
    scene.forge.commit({"x": Entry(mode="40000", oid=below)})


@BOOK.attack("malformed-folder")
def same_names_in_another_order(scene: Scene) -> None:
    entries = scene.forge.reader.list_tree(scene.forge.head)
    rows = [row(one.name, one.mode, one.oid) for one in reversed(entries)]
    scene.forge.commit({}, tree=scene.forge.put("tree", b"".join(rows)))


@BOOK.attack("malformed-folder", "foreign-path")
def folder_with_bytes_left_over(scene: Scene) -> None:
    raw = row("a", "100644", scene.forge.put("blob", b"a")) + b"100644 b"
    scene.forge.commit({"x": Entry(mode="40000", oid=scene.forge.put("tree", raw))})


@BOOK.attack("malformed-folder")
def bytes_left_over_in_a_sound_change(scene: Scene) -> None:
    made = scene.office.statement("saved", "PRO-004", by="ben", content=document("PRO-004", "New"))
    tree = scene.forge.grown(made.files, scene.forge.head)
    raw = scene.forge.reader.read(tree) + b"100644 b"
    scene.forge.commit(made.files, tree=scene.forge.put("tree", raw), author="ben")


@BOOK.attack("malformed-folder")
def empty_folder(scene: Scene) -> None:
    scene.forge.commit({"x": Entry(mode="40000", oid=scene.forge.tree({}))})


@BOOK.attack("malformed-folder")
def folders_without_an_end(scene: Scene) -> None:
    oid = scene.forge.tree({"a": Entry(b"a")})
    for _ in range(40):
        oid = scene.forge.tree({"a": Entry(mode="40000", oid=oid)})
    scene.forge.commit({"x": Entry(mode="40000", oid=oid)})


@BOOK.attack("malformed-folder")
def files_without_an_end(scene: Scene) -> None:
    oid = scene.forge.tree({"a": Entry(b"a")})
    for _ in range(9):
        oid = scene.forge.tree({f"{n:02d}": Entry(mode="40000", oid=oid) for n in range(12)})
    scene.forge.commit({"x": Entry(mode="40000", oid=oid)})


# --- objects that are not what they should be ------------------------------------------------


@BOOK.attack("missing-object")
def text_whose_object_is_gone(scene: Scene) -> None:
    made = saved(scene.office)
    files = {**made.files, f"{DRAFT}/body.md": Entry(oid="1" * 40)}
    scene.forge.commit(files, author="ben", when=made.event.time)


@BOOK.attack("missing-object")
def event_whose_object_is_gone(scene: Scene) -> None:
    made = scene.office.statement("approved", "PRO-002", by="eva")
    files = {**made.files, made.path: Entry(oid="1" * 40)}
    scene.forge.commit(files, author="eva", when=made.event.time)


@BOOK.attack("missing-object")
def signature_whose_object_is_gone(scene: Scene) -> None:
    made = scene.office.statement("approved", "PRO-002", by="eva")
    files = {**made.files, **dict.fromkeys(made.signatures, Entry(oid="1" * 40))}
    scene.forge.commit(files, author="eva", when=made.event.time)


@BOOK.attack("missing-object")
def folder_whose_object_is_gone(scene: Scene) -> None:
    scene.forge.commit({"documents/XX": Entry(mode="40000", oid="1" * 40)})
    scene.office.do("approved", "PRO-002", by="eva")


@BOOK.attack("damaged-object", "foreign-path")
def file_that_is_a_folder(scene: Scene) -> None:
    scene.forge.commit({"x": Entry(oid=scene.forge.tree({}))})


@BOOK.attack("damaged-object")
def folder_that_is_a_file(scene: Scene) -> None:
    scene.forge.commit({"x": Entry(mode="40000", oid=scene.forge.put("blob", b"a"))})
