"""Accepting and rejecting the tracked changes of a DOCX file, and what is seen of it then."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from random import Random
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Element = etree._Element


def mutated(text: str, random: Random) -> str:
    """Return a text as somebody might have edited it: words, lines and blocks here and there."""
    blocks: list[str] = []
    for block in text.split("\n\n"):
        chance = random.random()
        lines = block.split("\n")
        at = random.randrange(len(lines))
        if chance < 0.05:
            continue
        if chance < 0.2:
            lines[at] = re.sub(r"\b(the|a|is|to|you)\b", "one", lines[at], count=2)
        elif chance < 0.24:
            lines.pop(at)
        elif chance < 0.28:
            random.shuffle(lines)
        elif chance < 0.32:
            blocks.append(random.choice(text.split("\n\n")))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def resolved(root: Element, keep: str) -> Element:
    """Accept (*keep* is `ins`) or reject (`del`) every change of a part."""
    drop = {"ins": "del", "del": "ins"}[keep]
    for mark in list(root.iter(f"{W}pPrChange")):
        properties = mark.getparent()
        if keep == "del":
            properties[:] = [*mark[0], *properties.findall(f"{W}rPr")]
        else:
            properties.remove(mark)
    _without_columns(root, keep)
    for paragraph in list(root.iter(f"{W}p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{drop}") is not None:
            paragraph.getparent().remove(paragraph)
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{drop}") is not None:
            row.getparent().remove(row)
    for table in [one for one in root.iter(f"{W}tbl") if one.find(f"{W}tr") is None]:
        table.getparent().remove(table)
    _without_marks(root, keep, drop)
    return root


def _without_columns(root: Element, keep: str) -> None:
    for side in ("ins", "del"):
        for mark in list(root.iter(f"{W}cell{side.capitalize()}")):
            properties = mark.getparent()
            properties.remove(mark)
            if side != keep:
                properties.getparent().getparent().remove(properties.getparent())


def _without_marks(root: Element, keep: str, drop: str) -> None:
    for gone in list(root.iter(f"{W}{drop}")):
        gone.getparent().remove(gone)
    for kept in [one for one in root.iter(f"{W}{keep}") if len(one)]:
        at = kept.getparent().index(kept)
        kept.getparent()[at : at + 1] = kept[:]
    for text in root.iter(f"{W}delText", f"{W}delInstrText"):
        text.tag = text.tag.replace("delText", "t").replace("delInstrText", "instrText")


class Seen:
    """What a reader sees of a DOCX file, one line for each paragraph, row and cell."""

    def __init__(self, package: bytes, keep: str = "", *, headings: bool = True) -> None:
        self.headings = headings
        with ZipFile(BytesIO(package)) as archive:
            parts = {
                name: etree.fromstring(archive.read(f"word/{name}.xml"))
                for name in ("document", "footnotes", "numbering")
            }
            links = {
                node.get("Id"): node.get("Target")
                for name in archive.namelist()
                if name.startswith("word/_rels/document")
                for node in etree.fromstring(archive.read(name))
            }
        if keep:
            for name in ("document", "footnotes"):
                resolved(parts[name], keep)
        self.links = links
        self.starts = {
            num.get(f"{W}numId"): start.get(f"{W}val")
            for num in parts["numbering"].iter(f"{W}num")
            for start in num.iter(f"{W}startOverride")
        }
        self.counted: Counter[str] = Counter()
        self.notes = {note.get(f"{W}id"): note for note in parts["footnotes"]}
        self.lines = list(self._blocks(parts["document"].find(f"{W}body")))

    def _blocks(self, parent: Element) -> Iterator[str]:
        for node in parent:
            if node.tag == f"{W}p":
                yield self._paragraph(node)
            elif node.tag == f"{W}tbl":
                for row in node.iter(f"{W}tr"):
                    yield "| " + " | ".join("".join(self._blocks(cell)) for cell in row[:])
                yield "|"
            # The table of contents is a field: a word processor makes it anew.

    def _paragraph(self, node: Element) -> str:
        style = node.find(f"{W}pPr/{W}pStyle")
        number = node.find(f"{W}pPr/{W}numPr")
        side = node.find(f"{W}pPr/{W}jc")
        indent = node.find(f"{W}pPr/{W}ind")
        facts = [
            style.get(f"{W}val") if style is not None else "",
            self._number(number) if number is not None else "",
            side.get(f"{W}val") if side is not None else "",
            ",".join(map(str, indent.values())) if indent is not None else "",
        ]
        if not self.headings and facts[0].startswith("Heading"):
            # Where the headings of one text were moved up or counted and those of the other not,
            # the redline can do but one of both.
            return f"Heading: {self._runs(node).rpartition('<tab>')[2].removeprefix('{}')}"
        return f"{'/'.join(facts)}: {self._runs(node)}"

    def _number(self, properties: Element) -> str:
        level, key = (properties.find(f"{W}{name}").get(f"{W}val") for name in ("ilvl", "numId"))
        if key not in self.starts:
            return f"{level}-{key}"
        self.counted[key] += 1
        return f"{level}-{int(self.starts[key]) + self.counted[key] - 1}."

    def _runs(self, paragraph: Element) -> str:
        row: list[tuple[str, str]] = []
        field = ""
        for run in paragraph.iter(f"{W}r"):
            look = run.find(f"{W}rPr")
            shown = (
                "".join(sorted(_flat(one) for one in look if one.tag != f"{W}rtl"))
                if look is not None
                else ""
            )
            around = run.getparent()
            if around.tag == f"{W}hyperlink":  # the places of both texts can be led to
                led = self.links.get(around.get(f"{R}id"), "")
                shown = shown.replace("rStyleHyperlink", "") + led
            for node in run:
                name = node.tag.removeprefix(W)
                if name == "fldChar":
                    field = "" if node.get(f"{W}fldCharType") == "end" else field or "?"
                elif name == "instrText":
                    field = node.text.strip()
                    row.append((shown, self._mark(field)))
                elif name == "t" and not field:
                    row.append((shown, node.text or ""))
                elif name in {"br", "tab", "drawing"}:
                    row.append((shown, f"<{name}>"))
                elif name == "footnoteReference":
                    row.append((shown, self._note(node.get(f"{W}id"))))
        return "".join(_merged(row))

    def _mark(self, field: str) -> str:
        words = field.split()
        return self._note(words[1].removeprefix("_Note")) if words[0] == "NOTEREF" else f"<{field}>"

    def _note(self, key: str) -> str:
        note, self.notes[key] = self.notes[key], etree.Element("none")
        seen = "".join(self._blocks(note))
        self.notes[key] = note
        return f"<note {seen}>"


def _flat(node: Element) -> str:
    return node.tag.removeprefix(W) + "".join(map(str, node.values()))


def _merged(row: list[tuple[str, str]]) -> Iterator[str]:
    """Yield texts with their look, those of one look together."""
    last = None
    for look, words in row:
        if words and look != last:
            yield f"{{{look}}}"
            last = look
        yield words
