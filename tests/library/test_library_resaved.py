"""Copies that a word processor has saved again are judged by what they say."""

import shutil
import subprocess
from pathlib import Path

import pytest
from firm import Firm
from test_library_judged import changed, told

from docctl import Procedure, State
from docctl.content.frontmatter import split

PROJECT = Path(__file__).parents[2]
CORPORA = PROJECT.parent / "shared" / "corpora"
OFFICE = shutil.which("soffice")

#: Every kind of block and inline, then real texts where they are there.
SOURCES = [
    *sorted((PROJECT / "tests" / "render" / "cases").glob("*.md")),
    *sorted((PROJECT / "examples").rglob("*.md"))[:5],
    *sorted(CORPORA.rglob("*.md"))[::20],
]
STATES = (State.EFFECTIVE, State.DRAFT, State.SUSPENDED, State.SCHEDULED)

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
