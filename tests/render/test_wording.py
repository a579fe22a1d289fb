"""What copies say around a text, version by version: no word of a version changes after it.

`sheets/N.txt` holds every line that copies in version N say around a text, in three formats. A new
version gets its file by `REFRESH=1`; a file that is there is never written anew.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from copies import DOCUMENT, HISTORY, SIGNATURES, copy

from docctl.content.parse import parse
from docctl.intake import read
from docctl.intake.lines import lines_of
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.document import ExternalDocument
from docctl.model.lifecycle import State
from docctl.render import docx, html, markdown
from docctl.render.html.earlier import LOOKS, as_today, digest_of
from docctl.render.wording import PROPERTY, VERSION

SHEETS = Path(__file__).parent / "sheets"
TEXT, _ = parse(
    "## Purpose\n\nSay it.\n\n## Scope\n\nAll.\n\n## Steps\n\nDo it[^1].\n\n[^1]: Now.\n"
)
WRITERS: Mapping[str, Callable[..., bytes]] = {
    "docx": docx.write,
    "html": html.controlled,
    "markdown": markdown.controlled,
}
STATES = frozenset(one.value for one in State)
NEW_WORDS = """\
What copies say around a text is no longer what version {0} of the sheet says. If that is meant,
copies that are out there must still be known: in render/wording.py raise VERSION, let the row of
version {0} say what it said, and run REFRESH=1 pytest {1}. Only while version {0} is in no
release, its file may be deleted and made anew instead."""
NEW_LOOK = """\
Pages have a new look, and those that are out there must still be known. Add it to LOOKS in
render/html/earlier.py, as the last one; those of releases stay:
        "{}": {},"""


def copies() -> Iterator[tuple[str, ControlledCopy]]:
    """Yield copies that together say everything that may stand on a sheet."""
    days = {
        "superseded_on": "2027-01-01",
        "superseded_by": "3",
        "withdrawn_on": "2027-02-01",
        "replaced_by": "PRO-002",
        "suspended_on": "2026-12-24",
        "suspended_instruction": "Ask the Quality Manager.",
    }
    for state in State:
        yield state.value, copy(state=state, **days)
    yield "alone", copy(state=State.DRAFT, replaces=None, effective_on=None, signatures=())
    noted = tuple({**one, "note": "Founded with the library"} for one in SIGNATURES)
    review = {"on": "2026-06-01", "outcome": "keep", "by": ["Ingrid Solberg"]}
    more = {"parent": "POL-001", "training": "test", "former_numbers": ("OLD-7",)}
    full = DOCUMENT.model_copy(update={**more, "processes": ("purchasing",), "purpose": "Know."})
    yield (
        "everything",
        copy(
            document=full,
            signatures=noted,
            last_review=review,
            review_due_on="2026-11-01",
            review_overdue=True,
            location="Gate",
            history=({**HISTORY[1], "summary": "Audit finding"},),
            notes=("Sample data.",),
        ),
    )
    outside = ExternalDocument(title="Permit", issuer="The municipality", identifier="P 7")
    yield "external", copy(document=outside, type_title="External document")


def said(version: int) -> str:
    """Return what copies in a version of the sheet say, line by line."""
    return "\n".join(_said(version)) + "\n"


def _said(version: int) -> Iterator[str]:
    for name, one in copies():
        for form in ("markdown",) if name in STATES else WRITERS:
            write = WRITERS[form]
            foreign = read(write(TEXT, one, properties={PROPERTY: str(version)}), name)
            yield f"# {name}, {form}"
            yield from (f"{fact}: {value}" for fact, value in foreign.facts.items())
            yield from (line.words for line in lines_of(foreign))
            yield ""


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_copies_in_a_version_say_what_they_ever_said(version: int) -> None:
    file = SHEETS / f"{version}.txt"
    if not file.exists() and os.environ.get("REFRESH"):
        file.write_text(said(version), encoding="utf-8")

    expected = file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    assert said(version).splitlines() == expected, NEW_WORDS.format(version, Path(__file__).name)


def test_every_look_that_pages_ever_had_is_known() -> None:
    found = digest_of(html.LOOK), len(" ".join(html.LOOK.split()))

    assert [*LOOKS.items()][-1] == found, NEW_LOOK.format(*found)


def test_a_page_in_todays_look_keeps_what_stands_behind_it() -> None:
    style = f"{html.LOOK} @page {{ size: A4; }}\n.share-50 {{ width: 50%; }}"

    assert as_today(style) == " ".join(style.split())
    assert as_today("p { color: red }") == "p { color: red }"
