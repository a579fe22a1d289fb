"""New documents, drafts, files that are read, and what is asked of them."""

import os
from pathlib import Path

import pytest
from firm import TEXT, Firm
from office import Key

from docctl import DocctlError, Document, Library, Owner, Policy, Procedure, State, Text
from docctl.errors import (
    EventError,
    FrontMatterError,
    IllegalMoveError,
    InputError,
    LimitError,
    NotAuthorisedError,
    NotFoundError,
    PathError,
    SignerError,
    TakenError,
    UnreadableError,
)
from docctl.model.control import Limits
from docctl.model.document import OtherDocument


def test_numbers_go_on_after_the_highest_one(firm: Firm) -> None:
    ben = firm.by("ben")
    assert [firm.new(), firm.new()] == ["PRO-001", "PRO-002"]
    assert ben.new(Policy(title="Quality")).number == "POL-001"
    assert firm.new(number="PRO-041") == "PRO-041"
    assert ben.new(Procedure(title="Own", number="PRO-099")).number == "PRO-099"
    ben.cancel("PRO-099", reason="Not needed")
    assert firm.new() == "PRO-100"
    assert firm.new(number="PRO-999999999") == "PRO-999999999"
    assert firm.new() == "PRO-101"


@pytest.mark.parametrize(
    "number", ["POL-009", "PRO-9", "PRO-0009", "PRO-000", "PRO-999999999999999", "PRO-QA-001"]
)
def test_a_number_follows_the_pattern_of_its_type(firm: Firm, number: str) -> None:
    with firm.refuses(InputError, "is not a number of a document of type procedure") as caught:
        firm.new(number=number)
    assert "PRO-001" in caught.value.hint
    assert "former_numbers" in caught.value.hint
    assert firm.new() == "PRO-001"


@pytest.mark.parametrize("number", ["PRO-001", "PRO-002", "CONTROL"])
def test_numbers_are_never_given_twice(firm: Firm, number: str) -> None:
    firm.new()
    firm.cancel(firm.new())
    with firm.refuses(TakenError, "never used twice"):
        firm.new(number=number)


def test_the_author_owns_a_document_until_told_otherwise(firm: Firm) -> None:
    assert firm.ada.show(firm.new()).controlled.owner == "Ben"
    owner = Owner(kind="function", name="Quality Manager")
    assert firm.ada.show(firm.new(owner=owner)).controlled.owner == "Quality Manager"


def test_only_authors_write(firm: Firm) -> None:
    number = firm.new()
    with firm.refuses(NotAuthorisedError):
        firm.by("eva").new(Procedure(title="X"))
    with firm.refuses(NotAuthorisedError):
        firm.by("eva").save_text(number, Text(Procedure(title="X"), "X", {}))
    with firm.refuses(NotAuthorisedError, "belongs to nobody"):
        firm.by("stranger").new(Procedure(title="X"))


def test_nobody_writes_without_a_key(firm: Firm) -> None:
    nobody = Library.open(firm.root, clock=firm.clock)
    with nobody, firm.refuses(SignerError):
        nobody.new(Procedure(title="X"))


@pytest.mark.parametrize(
    ("error", "document"),
    [
        (NotFoundError, OtherDocument(type="recipe", title="Soup")),
        (InputError, OtherDocument(type="procedure", title="X", taste="sour")),
        (InputError, Procedure(title="X").model_copy(update={"title": "a\nb"})),
        (InputError, Procedure(title="X").model_copy(update={"purpose": 7})),
        (InputError, Procedure(title="X").model_copy(update={"number": "../x"})),
    ],
)
def test_metadata_that_could_not_be_read_again_are_refused(
    firm: Firm, error: type[DocctlError], document: Document
) -> None:
    with firm.refuses(error):
        firm.by("ben").new(document)


def test_a_document_keeps_its_type_and_number(firm: Firm) -> None:
    number, ben = firm.new(), firm.by("ben")
    other = firm.new()
    for document in (Policy(title="X"), Procedure(title="X", number=other)):
        with firm.refuses(InputError, "the metadata are those of"):
            ben.save_text(number, Text(document, "X", {}))
    ben.save_text(number, Text(Procedure(title="Better"), "X", {}))
    assert ben.text(number).document == Procedure(title="Better", number=number)


def test_a_text_is_stored_in_one_form(firm: Firm) -> None:
    assert firm.ada.text(firm.new(body="\ufeff\r\n\nA\r\nB\rC")).body == "A\nB\nC\n"
    assert firm.ada.text(firm.new(body="")).body == ""
    with firm.refuses(InputError, "line 2"):
        firm.new(body="a\n\ud800")


def test_what_is_larger_than_control_allows_is_refused(firm: Firm, place: Path) -> None:
    limits = Limits(file_bytes=2048, revision_bytes=3000)
    firm.change_control(firm.ada.control().but(limits=limits))
    number, ben = firm.new(body="x" * 2047), firm.by("ben")
    big = place / "big.md"
    big.write_text("x" * 2049)
    for deed in (
        lambda: firm.new(body="x" * 2048),
        lambda: firm.new(attachments={"a": b"x" * 2049}),
        lambda: firm.new(attachments={"a": b"x" * 1400, "b": b"x" * 1500}),
        lambda: ben.save_text(number, Text(Procedure(title="X"), "x" * 2049, {})),
        lambda: ben.save(number, big),
        lambda: ben.read_file(big, document_type="procedure"),
        lambda: ben.attach(Text(Procedure(title="X"), "x", {}), big),
    ):
        with firm.refuses(LimitError):
            deed()
    settings = firm.ada.control()
    firm.change_control(settings.but(limits=Limits()))  # limits never lock CONTROL itself


@pytest.mark.parametrize(
    "name",
    [
        "../a", "/etc/a", "a/../b", "a//b", "", ".", "..", ".hidden", "a\nb", "a\0b", "a\x1b[31m",
        "CON", "aux.txt", "a.", "a ", "a\\b", "a:b", "--output=x\n", "é.png", "x" * 101,
        "a/b/c/d/e", "document.md", "DOCUMENT.md", "\ud800",
    ],
)  # fmt: skip
def test_attachments_that_some_system_could_not_hold_are_refused(firm: Firm, name: str) -> None:
    with firm.refuses(PathError):
        firm.new(attachments={name: b"x"})


@pytest.mark.parametrize("twins", [("a.png", "A.PNG"), ("a", "a/b"), ("A/b", "a/B"), ("A/b", "a")])
def test_attachments_that_would_collide_are_refused(firm: Firm, twins: tuple[str, str]) -> None:
    with firm.refuses(PathError):
        firm.new(attachments=dict.fromkeys(twins, b"x"))


# --- files -----------------------------------------------------------------------------------


def test_a_file_brings_its_title_and_the_pictures_it_shows(firm: Firm, place: Path) -> None:
    (place / "pictures").mkdir()
    for name in ("pictures/rig.png", "data 1.csv", "secret.txt"):
        (place / name).write_bytes(name.encode())
    file = place / "text.md"
    file.write_text(
        "---\ntitle: Rig\npurpose: Test\n---\n\n![rig](pictures/rig.png) [data](data%201.csv)\n"
        "[gone](gone.png) ![twice](./pictures/rig.png) [web](https://example.org/a.png)\n"
    )
    read = firm.ada.read_file(file, document_type="procedure")
    assert read.document == Procedure(title="Rig", purpose="Test")
    assert {*read.attachments} == {"pictures/rig.png", "data 1.csv"}
    named = firm.ada.read_file(file, document_type="procedure", title="Other")
    assert named.document.title == "Other"
    read = firm.ada.attach(read, place / "secret.txt")
    assert read.attachments["secret.txt"] == b"secret.txt"


def test_nothing_outside_the_folder_of_a_file_is_read(firm: Firm, place: Path) -> None:
    (place / "outside").mkdir()
    (place / "outside" / "secret.png").write_bytes(b"secret")
    desk = place / "desk"
    desk.mkdir()
    (desk / "inside").symlink_to(place / "outside")
    (desk / "link.png").symlink_to(place / "outside" / "secret.png")
    os.mkfifo(desk / "pipe.png")
    (desk / "folder.png").mkdir()
    names = ["../outside/secret.png", str(place / "outside" / "secret.png"), "link.png"]
    names += ["inside/secret.png", "pipe.png", "folder.png", "x" * 5000, "a%00b"]
    file = desk / "text.md"
    file.write_text("\n".join(f"![x](<{name}>)" for name in names))
    read = firm.ada.read_file(file, document_type="procedure", title="X")
    assert read.attachments == {}


def test_files_that_are_no_texts_are_refused(firm: Firm, place: Path) -> None:
    number = firm.new()
    (place / "link.md").symlink_to("/etc/passwd")
    os.mkfifo(place / "pipe.md")
    for name, error in {
        "none.md": NotFoundError,
        "link.md": PathError,
        "pipe.md": PathError,
        ".": PathError,
        "a\0b": UnreadableError,
        "\ud800": UnreadableError,
        "x" * 300: UnreadableError,
    }.items():
        for verb in (
            lambda path: firm.ada.read_file(path, document_type="procedure"),
            lambda path: firm.by("ben").save(number, path),
        ):
            with firm.refuses(error):
                verb(place / name)


def test_only_plain_files_are_attached(firm: Firm, place: Path) -> None:
    text = Text(Procedure(title="X"), "X", {})
    (place / "link.png").symlink_to("/etc/passwd")
    (place / "ü.png").write_bytes(b"x")
    cases = {"none.png": NotFoundError, "link.png": PathError, "ü.png": PathError, ".": PathError}
    for name, error in cases.items():
        with firm.refuses(error):
            firm.ada.attach(text, place / name)


def test_texts_that_are_not_utf8_are_refused_with_their_line(firm: Firm, place: Path) -> None:
    number, file = firm.new(), place / "latin.md"
    file.write_bytes("---\ntitle: Prüfung\n---\n".encode("latin-1"))
    with firm.refuses(UnreadableError, "line 2 is not UTF-8"):
        firm.ada.read_file(file, document_type="procedure")
    with firm.refuses(UnreadableError, "line 2 is not UTF-8"):
        firm.by("ben").save(number, file)


BOMB = "a: &a [x]\n" + "".join(
    f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("titel: X\ntitle: X", "titel"),
        ("title: ''", "title is empty"),
        ("", "title is missing"),
        ("title: [a", "line"),
        ("title: X\ntitle: Y", "stands here and on line 2"),
        ("title: &t X\nsummary: *t", "alias"),
        ("title: !!python/object:os.system X", "tag"),
        ("title: X\nclauses: [iso9001]", "is not a clause"),
        ("title: X\nreview_months: 900", "review_months"),
        ("title: X\ntype: policy", "must be 'procedure'"),
        ("title: X\nresponsibilities: {a: b}", "responsibilities is a list: write its entries"),
        ("title: X\nkeywords: a, b c", "line 3: keywords is a list: write it as [a, b c]"),
        (BOMB, "anchor"),
        ("title: " + "x" * 600, "has more than 500 characters"),
        ("title: X\nsummary: " + "x" * 70_000, "longer than 65,536 bytes"),
        ("title: X\nkeywords: " + "[" * 30 + "]" * 30, "nested deeper"),
        ('title: "a\\nb"', "cannot stand in a line"),
        ("title: X\nnumber: ../../etc/passwd", "is not a document number"),
    ],
)
def test_front_matter_that_does_not_fit_is_refused_with_its_line(
    firm: Firm, place: Path, front: str, fault: str
) -> None:
    file = place / "text.md"
    file.write_text(f"---\n{front}\n---\n\nText.\n")
    with firm.refuses(FrontMatterError) as caught:
        firm.ada.read_file(file, document_type="procedure")
    assert fault in str(caught.value)
    assert "line" in str(caught.value)


def test_texts_from_elsewhere_lose_what_docctl_does_not_know(firm: Firm, place: Path) -> None:
    file = place / "text.md"
    file.write_text("---\ntitle: X\nlayout: page\n---\n\nText.\n")
    read, left_out = firm.ada.read_foreign(file, document_type="procedure")
    assert (read.document, read.body, left_out) == (Procedure(title="X"), "Text.\n", ["layout"])


def test_a_skeleton_has_the_sections_of_its_type(firm: Firm) -> None:
    made = firm.ada.skeleton("policy", "Quality")
    assert made.document == Policy(title="Quality")
    assert [line for line in made.body.splitlines() if line.startswith("#")] == [
        "## Purpose", "## Commitments", "## Responsibilities",
    ]  # fmt: skip
    with firm.refuses(NotFoundError, "no document type"):
        firm.ada.skeleton("recipe", "Soup")


def test_a_plain_file_keeps_the_metadata_of_the_draft(firm: Firm, place: Path) -> None:
    number, file = firm.new(attachments={"a.txt": b"a"}), place / "text.md"
    file.write_text("[b](b.txt)\n")
    (place / "b.txt").write_bytes(b"b")
    firm.by("ben").save(number, file)
    saved = firm.ada.text(number)
    assert (saved.document.title, saved.body) == ("Control of documents", "[b](b.txt)\n")
    assert saved.attachments == {"b.txt": b"b"}
    file.write_text("---\npurpose: Order\n---\nText.\n")
    firm.by("ben").save(number, file)
    assert firm.ada.text(number).document == Procedure(
        number=number, title="Control of documents", purpose="Order"
    )


# --- drafts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED, State.EFFECTIVE])
def test_only_drafts_are_edited_and_saved(firm: Firm, state: State) -> None:
    number = firm.reach(state)
    with firm.refuses(NotFoundError, "no open draft"):
        firm.by("ben").edit(number)
    with firm.refuses(IllegalMoveError):
        firm.by("ben").save_text(number, Text(Procedure(title="X"), "X", {}))


def test_there_is_one_open_draft(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    status = firm.by("ben").revise(number, reason="It changed")
    assert (status.revision, status.state) == ("2", State.DRAFT)
    with firm.refuses(IllegalMoveError):
        firm.ada.revise(number, reason="It changed too")


def test_a_revision_begins_from_the_text_in_force_and_says_why_it_is(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE, attachments={"a.txt": b"a"})
    firm.by("ben").revise(number, reason="New law")
    begun = firm.ada.text(number, "2")
    assert (begun.body, begun.attachments) == (TEXT, {"a.txt": b"a"})
    assert begun.document.change
    assert begun.document.change.reason == "New law"
    assert firm.ada.text(number).document.change is None


def test_a_revision_needs_a_reason(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    with firm.refuses(EventError, "needs a reason"):
        firm.by("ben").revise(number, reason="")
    with firm.refuses(InputError, "cannot stand in a line"):
        firm.by("ben").revise(number, reason="a\x1b[2J")


@pytest.mark.parametrize(
    "secret",
    [
        b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n",
        b"\r\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n",
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n",
        b"PuTTY-User-Key-File-3: ssh-ed25519\n",
    ],
)
def test_no_private_key_is_saved_for_ever(firm: Firm, secret: bytes) -> None:
    """A hard link looks like any other file: what a file says is looked at, not where it lies."""
    with firm.refuses(UnreadableError, match="k.txt: this holds a private key"):
        firm.new(attachments={"k.txt": secret})
    with firm.refuses(UnreadableError, match="document.md: this holds a private key"):
        firm.new(body=secret.decode())
    assert firm.new(attachments={"k.pub": Key("ben").public_key.line.encode()})


#: A key as it stands in a text: in code, quoted, with headers, or a mere frame that shows none.
BASE64 = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ"
PEM = "-----BEGIN OPENSSH PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("part", "found"),
    [
        (f"```\n{PEM}{BASE64}\n```\n", True),
        (f"> {PEM}> {BASE64}\n", True),
        (f"{PEM}Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AA\n\n{BASE64}\n", True),
        (f"AGE-SECRET-KEY-1{'Q' * 40}\n", True),
        (f"```\n{PEM}…\n```\n", False),
        (f"Such a file begins with `{PEM.strip()}` and stays at home.\n", False),
    ],
)
def test_a_private_key_inside_a_text_is_found_by_its_line(
    firm: Firm, part: str, found: bool
) -> None:
    number = firm.new()
    path = firm.working(number)
    path.write_text(path.read_text() + part)
    lines = path.read_text().splitlines()
    at = next(at for at, one in enumerate(lines, 1) if "-----BEGIN" in one or "SECRET" in one)
    told = [one for one in firm.ada.check(number) if one.code == "private-key"]
    assert [(one.place, one.severity) for one in told] == [(f"{number}:{at}", "error")] * found
    if found:
        assert "replace the key" in told[0].hint
        with firm.refuses(UnreadableError, match="holds a private key"):
            firm.by("ben").save(number)
    else:
        firm.by("ben").save(number)


def test_a_private_key_beside_a_working_copy_is_found(firm: Firm) -> None:
    number = firm.new()
    folder = firm.working(number).parent
    (folder / "id_ed25519").write_text(f"{PEM}{BASE64}\n")
    told = [one.sentence for one in firm.ada.check(number) if one.code == "private-key"]
    assert told == ["the attached file 'id_ed25519' holds a private key"]


def test_a_name_that_some_system_lacks_is_refused_with_those_that_all_have(firm: Firm) -> None:
    with firm.refuses(PathError) as told:
        firm.new(attachments={"é.png": b"x"})
    assert "letters from A to Z" in told.value.hint


def test_a_document_is_begun_in_one_call_from_a_file_or_from_its_sections(
    firm: Firm, place: Path
) -> None:
    ben, told = firm.by("ben"), list[str]()
    file, extra = place / "text.md", place / "more.txt"
    file.write_text("---\nsubtitle: Of all kinds\nstatus: old\n---\n\n## Purpose\n\nText.\n")
    extra.write_text("More.")
    with firm.refuses(FrontMatterError):
        ben.begin("procedure", "Purchasing", source=file)
    made = ben.begin("procedure", "Purchasing", source=file, attach=[extra], left_out=told.extend)
    text = ben.text(made.number)
    assert (text.document.title, text.document.subtitle) == ("Purchasing", "Of all kinds")
    assert (told, [*text.attachments]) == (["status"], ["more.txt"])
    assert "## Purpose" in ben.text(ben.begin("procedure", "Sales").number).body
