"""Texts and facts of documents to write, for the benchmarks of writers."""

import re
from datetime import date
from itertools import cycle
from pathlib import Path

from docctl.model.answers.controlled import ControlledCopy
from docctl.model.document import Policy
from docctl.model.lifecycle import State

EXAMPLES = Path(__file__).parents[1] / "examples" / "pump-service" / "documents"
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
PAGE = 2750


def joined(folder: Path = EXAMPLES, *, pages: int) -> str:
    """Return about so many pages of text, from the files in the order of their names."""
    parts, size = [], 0
    for path in cycle(sorted(folder.rglob("*.md"))):
        parts.append(FRONT_MATTER.sub("", path.read_text(encoding="utf-8")))
        size += len(parts[-1])
        if size >= pages * PAGE:
            return "\n\n".join(parts)
    raise SystemExit(f"no Markdown files in {folder}")


def sample() -> ControlledCopy:
    """Return a copy to write the text for."""
    return ControlledCopy(
        organization="Bench Ltd",
        number="POL-001",
        type_title="Policy",
        document=Policy(title="Joined texts"),
        revision="1",
        state=State.EFFECTIVE,
        as_of=date(2026, 1, 2),
        content="0" * 64,
    )
