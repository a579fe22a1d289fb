"""Copies that another program has saved again are judged by what they say."""

import shutil
import subprocess
from pathlib import Path

import pytest
from firm import Firm
from test_library_altered import written
from test_library_judged import changed, told

from docctl import State
from docctl.content.frontmatter import split

PROJECT = Path(__file__).parents[2]
CORPORA = PROJECT.parent / "shared" / "corpora"
OFFICE = shutil.which("soffice")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")

#: Every kind of block and inline, then real texts where they are there.
SOURCES = [
    *sorted((PROJECT / "tests" / "render" / "cases").glob("*.md")),
    *sorted((PROJECT / "examples").rglob("*.md"))[:5],
    *sorted(CORPORA.rglob("*.md"))[::20],
]
STATES = (State.EFFECTIVE, State.DRAFT, State.SUSPENDED, State.SCHEDULED)

needs_browser = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def resaved(files: list[Path], to: Path) -> list[Path]:
    """Let LibreOffice open and save files; it needs a home of its own to run beside another."""
    home = f"-env:UserInstallation=file://{to / 'home'}"
    command = [OFFICE or "", "--headless", home, "--convert-to", "docx", "--outdir", str(to)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    return [to / one.name for one in files]


def _one_word(text: str) -> str:
    return text.replace(">Procedure<", ">Procedures<", 1)


@needs_office
def test_copies_saved_again_by_libreoffice_are_genuine_and_a_changed_word_is_found(
    firm: Firm, place: Path
) -> None:
    files = []
    for at, source in enumerate(SOURCES):
        body = split(source.read_text(encoding="utf-8"))[1]
        state = STATES[at % len(STATES)]
        number = firm.new(title=f"Text {at}", body=body)
        for step in {"draft": (), "suspended": ("submit", "sign", "release", "suspend")}.get(
            state.value, ("submit", "sign", "schedule" if state is State.SCHEDULED else "release")
        ):
            getattr(firm, step)(number)
        files.append(firm.ada.export(number, place / f"{number}.docx"))

    again = resaved(files, place / "again")

    for source, before, after in zip(SOURCES, files, again, strict=True):
        assert before.read_bytes() != after.read_bytes()
        assert told(firm, after).alterations == (), source
        assert told(firm, after).verdict in {one.value for one in STATES} | {"current"}
        found = told(firm, changed(after, _one_word))
        assert found.verdict == "altered"


@needs_browser
@pytest.mark.parametrize("state", [State.EFFECTIVE, State.DRAFT])
def test_a_page_as_a_browser_has_saved_it_is_genuine(firm: Firm, place: Path, state: State) -> None:
    file = firm.ada.export(written(firm, state), place / "copy.html")
    command = [BROWSER or "", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    home = f"--user-data-dir={place / 'home'}"
    done = subprocess.run(
        [*command, home, file.as_uri()], check=True, capture_output=True, timeout=120
    )
    again = place / "again.html"
    again.write_bytes(done.stdout)
    assert again.read_bytes() != file.read_bytes()

    assert told(firm, again).alterations == ()
    other = changed(again, lambda text: text.replace("Close the valve", "Open the valve"))
    assert told(firm, other).verdict == "altered"
