"""A copy in Markdown that is saved as the text of its document again is the same content."""

from pathlib import Path

from firm import Firm
from test_library_altered import written

from docctl import State
from docctl.content.frontmatter import split

PROJECT = Path(__file__).parents[2]
CORPORA = PROJECT.parent / "shared" / "corpora"
SOURCES = [
    *sorted((PROJECT / "tests" / "render" / "cases").glob("*.md")),
    *sorted(CORPORA.rglob("*.md"))[::9],
]


def again(firm: Firm, number: str, place: Path) -> str:
    """Save the exported copy of a draft as its text; return the digest of its content."""
    ben = firm.by("ben")
    text = ben.read_file(ben.export(number, place / f"{number}.md"), document_type="procedure")
    ben.save_text(number, text)
    return ben.status(number).content


def test_real_texts_come_back_with_the_same_digest(firm: Firm, place: Path) -> None:
    for at, source in enumerate(SOURCES):
        body = split(source.read_text(encoding="utf-8"))[1]
        number = firm.new(title=f"Text {at}", body=body)
        first = again(firm, number, place)

        assert again(firm, number, place) == first, source


def test_pictures_come_back_under_their_own_names(firm: Firm, place: Path) -> None:
    number = written(firm, State.DRAFT)
    ben = firm.by("ben")

    first = again(firm, number, place)

    assert ben.text(number, "1").attachments.keys() == {"valve.png"}
    assert again(firm, number, place) == first


def test_a_copy_leads_nowhere_but_beside_itself(firm: Firm, place: Path) -> None:
    number = written(firm, State.DRAFT)
    inner = place / "in" / "ner"
    file = firm.ada.export(number, inner / "copy.md")
    (place / "up-1").mkdir()
    (place / "up-1" / "valve.png").write_bytes(b"other")
    text = file.read_text(encoding="utf-8").replace(f"number: {number}\n", "number: ../../up\n")
    file.write_text(text, encoding="utf-8")

    found = firm.by("ben").read_file(file, document_type="procedure")

    assert b"other" not in found.attachments.values()
