"""Copies of earlier and later versions of docctl: held against the words of their own time.

`older` holds a library that docctl wrote on 22 November 2026, and copies of its only document that
docctl wrote then and on later days; none of them names the version of its sheet.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from firm import Firm
from test_library_altered import before, replaced, within
from test_library_judged import changed, told

from docctl import Library, State
from docctl.model.answers.verified import VerifiedCopy
from docctl.render.wording import VERSION

OLDER = Path(__file__).parent / "older"
FORMATS = ("docx", "md", "html")

Change = Callable[[str], str]
PURPOSE = '<w:p><w:pPr><w:pStyle w:val="Heading1"/>'


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    place = tmp_path_factory.mktemp("older")
    bundle = str(OLDER / "library.bundle")
    subprocess.run(["git", "clone", "-q", "--mirror", bundle, place / "store.git"], check=True)
    (place / "docctl.toml").touch()
    with Library.open(place, clock=lambda: datetime(2026, 3, 1, 9, 0, tzinfo=UTC)) as library:
        yield library


def judged(older: Library, file: Path) -> VerifiedCopy:
    (found,) = older.verify_copy(file).copies
    return found


@pytest.mark.parametrize("name", ["1.docx", "1.md", "2.docx", "2.html", "2-later.html"])
def test_a_copy_that_an_earlier_docctl_wrote_is_genuine(older: Library, name: str) -> None:
    found = judged(older, OLDER / name)

    assert found.alterations == ()
    assert (found.verdict, found.number, found.revision) == ("current", "PRO-001", "2")


def test_an_earlier_copy_of_a_superseded_revision_is_told_as_that(older: Library) -> None:
    found = judged(older, OLDER / "1-superseded.docx")

    assert (found.verdict, found.instead) == ("superseded", "PRO-001 revision 2")


def test_a_copy_in_words_that_are_not_known_is_not_called_genuine(older: Library) -> None:
    found = judged(older, OLDER / "before-1.docx")

    assert found.verdict == "unjudged"
    assert "does not name the version of its sheet" in found.sentence
    (one,) = found.alterations
    assert one.expected.startswith("Status: Effective · Effective from 2026-02-14")
    assert one.found.startswith("Effective from 2026-02-14")


MORE = "<w:p><w:r><w:t>Step 2 no longer applies.</w:t></w:r></w:p>"
#: What was done to an earlier copy, and what is told of it.
EDITS: Mapping[str, tuple[Change, str, str]] = {
    "a step": (replaced("Close the valve", "Open the valve"), "altered", "Open the valve"),
    "a value": (replaced(">5 bar<", ">6 bar<"), "altered", "P-2 | 6 bar"),
    "an approver": (replaced(">Eva<", ">Zoe<"), "altered", "Approved | Zoe"),
    "an owner": (replaced(">Ben<", ">Zoe<"), "altered", "Owner | Zoe"),
    "a date": (replaced(">2026-02-14<", ">2026-02-15<"), "altered", "2026-02-15"),
    "a status": (replaced(">Effective (as", ">Withdrawn (as"), "altered", "Withdrawn"),
    "a particular": (replaced("All pumps", "No pumps"), "altered", "No pumps"),
    "words before the text": (before(PURPOSE, MORE), "altered", "no longer"),
    "words in the text": (
        replaced("0 bar.</w:t></w:r></w:p>", "0 bar.</w:t></w:r></w:p>" + MORE),
        "altered",
        "no longer",
    ),
    "hidden words": (within("Keep the key", "<w:vanish/>"), "altered", "Keep the key"),
    "words behind everything": (before("<w:sectPr", MORE), "unjudged", "no longer"),
    "words above the sheet": (replaced("<w:body>", "<w:body>" + MORE), "unjudged", "no longer"),
    "a label of its own": (
        replaced(">Classification<", ">Step 2 no longer applies since<"),
        "unjudged",
        "no longer",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_earlier_copy_that_was_edited_is_told(older: Library, place: Path, edit: str) -> None:
    change, verdict, words = EDITS[edit]
    file = Path(shutil.copy(OLDER / "1.docx", place / "copy.docx"))

    found = judged(older, changed(file, change))

    assert (found.verdict, bool(found)) == (verdict, False)
    assert any(words in one.found for one in found.alterations)


def test_a_note_of_an_earlier_copy_that_was_edited_is_told(older: Library, place: Path) -> None:
    file = Path(shutil.copy(OLDER / "1.docx", place / "copy.docx"))

    found = judged(
        older, changed(file, replaced("beside the door", "at the gate"), "word/footnotes.xml")
    )

    assert found.verdict == "altered"


# --- what a copy names ---------------------------------------------------------------------

#: How copies name the version of their sheet, and in which part.
NAMED: Mapping[str, tuple[str, str]] = {
    "docx": ('name="SheetVersion"><vt:lpwstr>{}<', "docProps/custom.xml"),
    "html": ('name="docctl.SheetVersion" content="{}"', ""),
    "md": ('sheet_version: "{}"', ""),
}
#: How words are put at the head of the text of a copy.
PUT_IN: Mapping[str, Change] = {
    "docx": before("<w:sectPr", MORE),
    "html": before("<footer>", "<p>Step 2 no longer applies.</p>"),
    "md": lambda text: f"{text}\nStep 2 no longer applies.\n",
}


def claiming(file: Path, version: str) -> Path:
    """Let a copy name another version of its sheet."""
    name, part = NAMED[file.suffix[1:]]
    return changed(file, replaced(name.format(VERSION), name.format(version)), part)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_copy_that_claims_another_version_is_held_to_its_words(
    firm: Firm, place: Path, ending: str
) -> None:
    file = firm.ada.export(firm.reach(State.EFFECTIVE), place / f"copy.{ending}")
    assert told(firm, file).verdict == "current"

    for version in ("0", "1", "3", "99", "-1", "x", "²", "4.0", "9" * 5000):
        other = Path(shutil.copy(claiming(file, version), place / f"other.{ending}"))
        assert told(firm, other).verdict == ("current" if version == "99" else "altered"), version
        found = told(firm, changed(other, PUT_IN[ending]))
        assert found.verdict in {"altered", "unjudged"}, version
        assert any("no longer" in one.found for one in found.alterations), version


@pytest.mark.parametrize("ending", FORMATS)
def test_a_copy_of_a_later_docctl_is_judged_by_text_and_facts(
    firm: Firm, place: Path, ending: str
) -> None:
    file = firm.ada.export(firm.reach(State.EFFECTIVE), place / f"copy.{ending}")
    later = claiming(file, str(VERSION + 1))

    other = changed(
        later,
        lambda text: text.replace("Uncontrolled when printed", "Only on screen"),
        *FOOT[ending],
    )
    found = told(firm, other)
    assert found.verdict == "unjudged"
    assert (
        f"names version {VERSION + 1} of its sheet; known here are 1 to {VERSION}" in found.sentence
    )

    assert told(firm, changed(later, replaced("how it is done", "it"))).verdict == "altered"


#: In which part of a copy the foot of pages stands.
FOOT: Mapping[str, tuple[str, ...]] = {"docx": ("word/footer_portrait.xml",), "html": (), "md": ()}
