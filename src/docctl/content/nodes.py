"""Small makers of nodes, for texts that docctl itself writes."""

from collections.abc import Iterable, Sequence

from docctl.content.tree import Alignment, Inlines, LineBreak, Reference, Table, Text

__all__ = ["ACROSS", "grid", "lines", "references", "words"]

#: The class of a table that is printed across the page.
ACROSS = ("landscape",)

#: What stands where there is nothing, so that nobody takes it for a place to write in.
NOTHING: Inlines = (Text("\u2013"),)


def words(text: str) -> Inlines:
    """Return plain text as inlines."""
    return (Text(text),) if text else ()


def lines(texts: Iterable[str]) -> Inlines:
    """Return texts below one another."""
    row: list[Text | LineBreak] = []
    for text in texts:
        row += [LineBreak(), Text(text)] if row else [Text(text)]
    return tuple(row)


def references(numbers: Iterable[str]) -> Inlines:
    """Return document numbers as references that show just the number, with commas between."""
    row: list[Text | Reference] = []
    for number in numbers:
        row += [Text(", ")] if row else []
        row.append(Reference(number, "", (Text(number),)))
    return tuple(row)


def grid(
    head: Sequence[str],
    rows: Iterable[Sequence[Inlines]],
    *,
    alignments: Sequence[Alignment] = (),
    caption: str = "",
    classes: tuple[str, ...] = (),
) -> Table:
    """Return a table; *alignments* are those of the first columns. Empty cells get a dash."""
    plain: list[Alignment] = [""] * (len(head) - len(alignments))
    return Table(
        head=tuple(words(text) for text in head),
        rows=tuple(tuple(cell or NOTHING for cell in row) for row in rows),
        alignments=(*alignments, *plain),
        caption=words(caption),
        classes=classes,
    )
