"""What changed between two revisions: metadata and text line by line, and the attachments."""

from collections.abc import Mapping
from difflib import unified_diff
from typing import Any

from docctl.desk.day import Day
from docctl.desk.metadata.written import working_text
from docctl.model.answers.reading import Difference
from docctl.model.base import Label
from docctl.model.control import CONTROL
from docctl.rules import asof
from docctl.rules.dossier import Dossier, Revision


def difference(day: Day, number: str, before: Label | None, after: Label | None) -> Difference:
    """Return what changed: by default between the newest revision and the one it replaces."""
    dossier = day.get(number)
    last = dossier.revision(after) or dossier.newest
    first = dossier.revision(before) or asof.predecessor(dossier, last) or last
    (old, held), (new, holds) = (_content(day, dossier, one) for one in (first, last))
    was, now = (f"{number} revision {one.label}" for one in (first, last))
    return Difference(
        number=number,
        before=first.label,
        after=last.label,
        lines=tuple(unified_diff(old, new, was, now, lineterm="")),
        attachments=_changed(held, holds),
    )


def _content(
    day: Day, dossier: Dossier, revision: Revision
) -> tuple[list[str], Mapping[str, bytes]]:
    if dossier.number == CONTROL:
        settings = day.settings(revision)
        return settings.model_dump_json(indent=2, exclude_none=True).splitlines(), {}
    text = day.text(dossier, revision)
    return working_text(text.document, text.body).decode().splitlines(), text.attachments


def _changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, Any]:
    changed = {one: "changed" for one in after if before.get(one, b"") != after[one]}
    removed = dict.fromkeys(before.keys() - after.keys(), "removed")
    added = dict.fromkeys(after.keys() - before.keys(), "added")
    return dict(sorted({**changed, **removed, **added}.items()))
