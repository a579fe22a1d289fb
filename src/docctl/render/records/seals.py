"""Signatures and moments as every copy of evidence prints them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import chain, repeat

from docctl.content.nodes import grid, lines, words
from docctl.content.structure.anchors import slug
from docctl.content.tree import Heading, Paragraph, Table
from docctl.model.answers.evidence import Seal
from docctl.render.particulars import Fact

__all__ = ["day", "facts", "heading", "moment", "office", "paragraph", "seals", "size"]


def seals(signed: Iterable[Seal], *, keys: bool = False, notes: Iterable[str] = ()) -> Table:
    """Return who put a signature to what and when; with *keys* also the fingerprint of the key.

    *notes* are what is said of the first signatures beside their sentences; empty ones are left
    out.
    """
    head = ("Signed by", "Function", "Meaning", "Time", "Signed event", *(["Key"] if keys else []))
    return grid(
        head,
        (
            (
                words(one.name),
                words(office(one)),
                lines(filter(None, (one.meaning, note))),
                words(moment(one.time)),
                words(one.event[:12]),
                *([words(one.key)] if keys else []),
            )
            for one, note in zip(signed, chain(notes, repeat("")), strict=False)
        ),
    )


def office(one: Seal) -> str:
    """Return in which function somebody signed, or in which role where there is none."""
    return one.function or one.role.replace("_", " ").capitalize()


def moment(time: datetime) -> str:
    """Return a time as it is printed."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def day(given: date | None) -> str:
    """Return a day as it is printed, nothing where there is none."""
    return given.isoformat() if given else ""


def size(given: int) -> str:
    """Return a size as it is printed."""
    return f"{given:,} bytes" if given != 1 else "1 byte"


def heading(title: str, level: int = 2) -> Heading:
    """Return a heading of a copy."""
    return Heading(level, words(title), slug(words(title)))


def paragraph(text: str) -> Paragraph:
    """Return a sentence of a copy."""
    return Paragraph(words(text))


def facts(pairs: Iterable[tuple[str, str]]) -> tuple[Fact, ...]:
    """Return labelled values; empty ones are left out."""
    return tuple(Fact(label, said) for label, said in pairs if said)
