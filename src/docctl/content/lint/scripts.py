"""Lint of the letters: scripts that the typefaces of a copy may not have."""

import re
import unicodedata
from collections.abc import Iterator

from docctl.content.faults import Fault
from docctl.content.lint.seen import Seen

#: Letters and picture signs beyond Latin, Greek and Cyrillic, which every typeface of text has.
_FAR = re.compile(
    "[\u0530-\u1cff\u2c00-\u2c5f\u2d00-\u2dff\u2e80-\ua63f\ua6a0-\ua6ff\ua800-\uabff"
    "\uac00-\ud7ff\uf900-\ufaff\ufb13-\ufdff\ufe70-\ufefc\uff00-\uffdc\U00010000-\U0003ffff]+"
)
_FIRST_WORD = re.compile("[ -]")
_SHOWN = 12


def uncovered(seen: Seen) -> Iterator[Fault]:
    """Yield a fault for each script that copies may lack, where it first stands in the text."""
    known = set()
    for line, text in seen.texts_like(_FAR):
        for match in _FAR.finditer(text):
            script = _script(match[0])
            if script and script not in known:
                known.add(script)
                sentence = f"copies may lack the letters of this script: {script}"
                hint = f"look for '{match[0][:_SHOWN]}' in the copies; PDF names what no font has"
                yield Fault(line, "uncovered-script", sentence, hint)


def _script(found: str) -> str:
    """Return what a script is called: the first word of the names of its letters.

    Marks between them are told by no name of their own: where they stand there are letters, too.
    """
    letter = next((one for one in found if unicodedata.category(one)[0] not in "PZ"), "")
    if letter and unicodedata.category(letter) == "So":
        return "emoji"
    return _FIRST_WORD.split(unicodedata.name(letter, "unnamed"))[0] if letter else ""
