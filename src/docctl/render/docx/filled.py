"""A form that was filled in, read back: hostile files are refused, whatever they are made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from docctl.errors import UnreadableError
from docctl.render.docx.parts.unpacked import unpacked
from docctl.render.docx.xml import NAMESPACES
from docctl.render.entries import named

__all__ = ["Filled", "filled"]

_W = f"{{{NAMESPACES['w']}}}"
_BREAKS = frozenset({f"{_W}br", f"{_W}cr", f"{_W}p"})
_WORDS: Mapping[str, str] = MappingProxyType({f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"})


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a form that was filled in; every value is text, as it was written."""

    form: str
    revision: str
    content: str
    """The digest of the form's content, as the file has it."""

    blank: str
    """The number of the blank; empty where it has none."""

    fields: Mapping[str, str]
    """By field; what was left empty is left out."""

    rows: Mapping[str, tuple[Mapping[str, str], ...]]
    """Of fields that are tables, by field; empty rows are left out."""


class _Place(NamedTuple):
    """One place to write into: its field, its column in a table, and where it is."""

    field: str
    column: str
    cell: etree._Element


def filled(data: bytes, source: str) -> Filled:
    """Return what stands in a DOCX file that began as a blank form of docctl.

    Nothing outside the file is looked at, and no more of it is unpacked than a form can need.

    Raises:
        UnreadableError: it is no such file, is damaged, or asks for more than is reasonable.
    """
    main, facts = unpacked(data, source, lambda file: (file.xml(file.main()), file.facts()))
    missing = [name for name in ("FormNumber", "FormRevision", "FormSHA256") if not facts.get(name)]
    if missing:
        raise UnreadableError(
            source,
            f"it does not say of which form it is: {', '.join(missing)}",
            hint="begin with: docctl export FORM --blank --to FILE.docx",
        )
    places = _places(main, facts)
    wanted = {known for one in facts.values() if (known := named(one))}
    if lost := sorted({one[0] for one in wanted - {place[:2] for place in places}}):
        raise UnreadableError(
            source,
            f"the place for {lost[0]!r:.60} is missing: something written there would be lost",
            hint="fill in the form as docctl export FORM --blank wrote it",
        )
    fields, rows = _sorted(places, source)
    return Filled(
        facts["FormNumber"],
        facts["FormRevision"],
        facts["FormSHA256"],
        facts.get("BlankNumber", ""),
        fields,
        rows,
    )


# --- the places ----------------------------------------------------------------------------------


def _places(main: etree._Element, facts: Mapping[str, str]) -> list[_Place]:
    """Return every place: where its control is, or its bookmark where the control lost its name."""
    found: list[_Place] = []
    for control in main.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None and (known := named(tag.get(f"{_W}val") or "")):
            found.append(_Place(*known, next(control.iterancestors(f"{_W}tc"), control)))
    seen = {one[:2] for one in found}
    for mark in main.iter(f"{_W}bookmarkStart"):
        known = named(facts.get(mark.get(f"{_W}name") or "", ""))
        cell = next(mark.iterancestors(f"{_W}tc"), None)
        if known and cell is not None and known not in seen:
            found.append(_Place(*known, cell))
    return found


def _text(cell: etree._Element) -> str:
    """Return what was written into a cell, line by line."""
    parts: list[str] = []
    for node in cell.iter():
        if node.tag in _BREAKS:
            parts.append("\n")
        elif node.tag == f"{_W}t" and not _is_prompt(node) and not _is_moved(node):
            parts.append(node.text or "")
        else:
            parts.append(_WORDS.get(str(node.tag), ""))
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return "\n".join(lines).strip()


def _is_prompt(node: etree._Element) -> bool:
    """Tell whether words only ask to write something: a word processor put them there."""
    return any(
        control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
        for control in node.iterancestors(f"{_W}sdt")
    )


def _is_moved(node: etree._Element) -> bool:
    """Tell whether words stand where somebody moved them away, with that change tracked."""
    return next(node.iterancestors(f"{_W}moveFrom"), None) is not None


def _sorted(
    places: Iterable[_Place], source: str
) -> tuple[dict[str, str], dict[str, tuple[dict[str, str], ...]]]:
    fields: dict[str, str] = {}
    columns: dict[str, dict[int, str]] = {}
    tables: dict[str, etree._Element] = {}
    for one in places:
        if not one.column:
            if one.field in fields:
                raise UnreadableError(source, f"the field {one.field!r:.60} stands in it twice")
            fields[one.field] = _text(one.cell)
        elif (table := next(one.cell.iterancestors(f"{_W}tbl"), None)) is not None:
            at = sum(1 for _ in one.cell.itersiblings(f"{_W}tc", preceding=True))
            columns.setdefault(one.field, {})[at] = one.column
            tables.setdefault(one.field, table)
    rows = {name: tuple(_rows(table, columns[name])) for name, table in tables.items()}
    return (
        {name: said for name, said in fields.items() if said},
        {name: found for name, found in rows.items() if found},
    )


def _rows(table: etree._Element, columns: Mapping[int, str]) -> Iterator[dict[str, str]]:
    """Yield what stands in the rows of a table below its head, those that were added too."""
    _, *rows = table.iterchildren(f"{_W}tr")
    for row in rows:
        cells = enumerate(row.iterchildren(f"{_W}tc"))
        said = {columns[at]: _text(cell) for at, cell in cells if at in columns}
        if any(said.values()):
            yield {name: one for name, one in said.items() if one}
