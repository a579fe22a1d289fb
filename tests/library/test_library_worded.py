"""Manuals and settings: what docctl words itself stays the same within a version of the sheet."""

from pathlib import Path

from firm import Firm
from test_library_outdated import manual_of
from worded import hold

from docctl import State
from docctl.model.control import CONTROL

SHEETS = Path(__file__).parent / "worded"


def test_manuals_and_settings_in_a_version_say_what_they_ever_said(firm: Firm, place: Path) -> None:
    firm.suspend(firm.reach(State.EFFECTIVE))
    firm.reach(State.EFFECTIVE)
    manual = manual_of(firm)

    files = {
        "manual": firm.ada.manual(manual, place / "manual.md"),
        "frame": firm.ada.export(manual, place / "frame.md"),
        "settings": firm.ada.export(CONTROL, place / "settings.md"),
    }

    hold(files, SHEETS)
