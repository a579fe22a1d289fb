"""The appendices: master list, clauses, approvals, and the inputs of the issue."""

import re
from collections.abc import Sequence
from datetime import date
from string import ascii_uppercase

from docctl.content.nodes import ACROSS, grid, lines, references, words
from docctl.content.tree import Blocks, Code, Heading, Inlines, PageBreak, Paragraph, Text
from docctl.model.answers.controlled import ControlledCopy
from docctl.render import front
from docctl.render.manual.sources import ManualSources, MasterRow, inputs, issue_mark

__all__ = ["appendices"]

_MEANINGS = ("prepared", "reviewed", "approved", "released")
_DIGITS = re.compile(r"\d+|\D+")


def appendices(manual: ManualSources) -> Blocks:
    """Return the appendices that have something to say, lettered in their order."""
    found = [
        ("Master list", "master_list", _master(manual)),
        ("Clauses and documents", "clauses", _clauses(manual)),
        ("Approvals", "approvals", _approvals(manual)),
        ("Inputs of this issue", "inputs", _inputs(manual)),
    ]
    filled = [topic for topic in found if topic[2]]
    out: Blocks = (PageBreak(),)
    for letter, (title, anchor, content) in zip(ascii_uppercase, filled, strict=False):
        out += (Heading(1, words(f"Appendix {letter} {title}"), anchor), *content)
    return out


# --- master list -----------------------------------------------------------------------------


def _master(manual: ManualSources) -> Blocks:
    if not manual.master:
        return ()
    head = (
        "Number",
        "Title",
        "Type",
        "Revision",
        "Status",
        "Effective from",
        "Next review",
        "Owner",
    )
    rows = [_master_row(row, manual.cut_off) for row in manual.master]
    caption = f"The documents of the library at the end of {manual.cut_off}"
    return (grid(head, rows, caption=caption, classes=ACROSS),)


def _master_row(row: MasterRow, cut_off: date) -> tuple[Inlines, ...]:
    late = row.review_due_on is not None and row.review_due_on < cut_off
    return (
        references((row.number,)),
        words(row.title),
        words(row.type_title),
        words(row.revision),
        words(front.STATE_WORDS[row.state]),
        words(str(row.effective_on or "")),
        words(f"{row.review_due_on or ''}{' (overdue)' if late else ''}"),
        words(row.owner),
    )


# --- clauses ---------------------------------------------------------------------------------


def _clauses(manual: ManualSources) -> Blocks:
    excluded = {exclusion.clause for exclusion in manual.rules.not_applicable}
    found: dict[str, list[str]] = {clause: [] for clause in excluded}
    for row in manual.master:
        for clause in row.clauses:
            found.setdefault(clause, []).append(row.number)
    rows = [
        (
            words(front.clauses_words((clause,))),
            _answers(found[clause], excluded=clause in excluded),
        )
        for clause in sorted(found, key=_order)
    ]
    return (grid(("Clause", "Documents"), rows),) if rows else ()


def _answers(numbers: Sequence[str], *, excluded: bool) -> Inlines:
    claims = references(numbers)
    if not excluded:
        return claims
    return (Text(f"declared not applicable{', but named by ' if claims else ''}"), *claims)


def _order(clause: str) -> list[tuple[int, str]]:
    """Sort 4.10 behind 4.9, and numbers before letters."""
    parts = _DIGITS.findall(clause)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


# --- approvals -------------------------------------------------------------------------------


def _approvals(manual: ManualSources) -> Blocks:
    chosen = (part for chapter in manual.chapters for part in chapter)
    rows = [_approval(part.copy) for part in (manual.frame, *chosen)]
    head = ("Number", "Revision", *(meaning.capitalize() for meaning in _MEANINGS))
    text = "Who signed what is printed here, with the date of the signature (UTC)."
    return (Paragraph(words(text)), grid(head, rows))


def _approval(copy: ControlledCopy) -> tuple[Inlines, ...]:
    signed = (
        lines(
            line
            for s in copy.signatures
            if s.meaning == meaning
            for line in (s.name, f"{s.time.date()}")
        )
        for meaning in _MEANINGS
    )
    return (references((copy.number,)), words(copy.revision), *signed)


# --- inputs ----------------------------------------------------------------------------------


def _inputs(manual: ManualSources) -> Blocks:
    rows = [
        (
            references((pinned.name,)) if pinned.revision else words(pinned.name),
            words(pinned.revision),
            words(str(pinned.effective_on or "")),
            (Code(pinned.content),),
        )
        for pinned in inputs(manual)
    ]
    text = (
        f"Issue {issue_mark(manual)} was made from these inputs, as they stood at the end of"
        f" {manual.cut_off}. The same inputs make the same manual; the second half of the mark is"
        " the beginning of the digest of this list."
    )
    table = grid(("Input", "Revision", "Effective from", "Content (SHA-256)"), rows)
    return (Paragraph(words(text)), table)
