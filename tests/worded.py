"""What copies say whose text docctl words itself, held to the words of the version of their sheet.

A manual, the settings and a record have no approved text of their own that tells words of docctl
from altered ones. So these words are part of the version, as those around a text are.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from docctl.intake import read
from docctl.intake.lines import lines_of
from docctl.render.wording import VERSION

NEW_WORDS = f"""\
What docctl words itself is no longer what version {VERSION} of the sheet says. If that is meant,
copies that are out there must still be known: in render/wording.py raise VERSION, let copies of
version {VERSION} say what they said, and run this test with REFRESH=1. Only while version
{VERSION} is in no release, its file may be deleted and made anew instead."""

#: What is another one in each library, with each version of docctl, or at each look at the clock.
_DIGEST = re.compile(r"\b[0-9a-f]{7,64}\b")
_TIME = re.compile(r"\b\d\d:\d\d\b")
_TOOL = re.compile(r"docctl [0-9][\w.+]*")


def hold(files: Mapping[str, Path], sheets: Path) -> None:
    """Hold what files say to what the version of their sheet says."""
    said = "\n".join(_said(files)) + "\n"
    sheet = sheets / f"{VERSION}.txt"
    if not sheet.exists() and os.environ.get("REFRESH"):
        sheet.parent.mkdir(exist_ok=True)
        sheet.write_text(said, encoding="utf-8")

    expected = sheet.read_text(encoding="utf-8").splitlines() if sheet.exists() else []

    assert said.splitlines() == expected, NEW_WORDS


def _said(files: Mapping[str, Path]) -> Iterator[str]:
    for name, file in files.items():
        foreign = read(file.read_bytes(), name)
        yield f"# {name}"
        yield from (_masked(f"{fact}: {value}") for fact, value in foreign.facts.items())
        yield from (_masked(line.words) for line in lines_of(foreign))
        yield ""


def _masked(words: str) -> str:
    return _TOOL.sub("docctl VERSION", _TIME.sub("TIME", _DIGEST.sub("DIGEST", words)))
