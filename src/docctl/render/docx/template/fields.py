"""Places in a head or foot where words come in: placeholders, content controls, fields.

All become placeholders in one piece each, so that a copy needs no more than to replace words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from docctl.errors import UnreadableError
from docctl.render.docx.template.wordml import dropped, own, unwrapped, w
from docctl.render.docx.template.words import (
    FIELDS,
    PLACEHOLDERS,
    heading_levels,
    known,
    shown_heading,
)

__all__ = ["placed"]

_ASKED = re.compile(r"\{\s*([A-Za-z][A-Za-z_]*)\s*\}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: The fields that stay: a word processor works them out on every page.
_KEPT = frozenset({"PAGE", "NUMPAGES", "SECTION"})
#: The field that shows a heading; which one, a word processor finds on every page.
_RUNNING = "STYLEREF"
#: The fields that show what their first word names.
_NAMING = frozenset({"DOCPROPERTY", "DOCVARIABLE", "MERGEFIELD"})
_BOUND = re.compile(r":(\w+)\[1\]\Z")


def placed(root: etree._Element, source: str, ids: Mapping[str, str]) -> frozenset[str]:
    """Make every place in *root* a placeholder in one piece, and return their names.

    *ids* are ids of styles in the template, and those that they have in a copy. The headings that
    its fields show are named as word processors of all languages know them.

    Raises:
        UnreadableError: a placeholder has no name that docctl knows.
    """
    levels = heading_levels(ids)
    _controls(root)
    _simple(root, levels)
    _complex(root, levels)
    for paragraph in root.iter(w("p")):
        _joined(paragraph)
    found = set(_asked(root, source))
    for node in list(root.iter(w("t"))):
        if next(node.iterancestors(w("fldSimple")), None) is None:
            _counted(node)
    instructions = " ".join(node.text or "" for node in root.iter(w("instrText")))
    shown = {name for name, code in FIELDS.items() if code in instructions.upper().split()}
    return frozenset(found | shown)


def _asked(root: etree._Element, source: str) -> Iterator[str]:
    for node in root.iter(w("t")):
        for name in _ASKED.findall(node.text or ""):
            if name.lower() not in PLACEHOLDERS:
                raise UnreadableError(
                    source,
                    f"its head or foot asks for {{{name:.40}}}, and there is no such placeholder",
                    hint=f"placeholders: {', '.join(f'{{{one}}}' for one in PLACEHOLDERS)}",
                )
            yield name.lower()
        node.text = _ASKED.sub(lambda match: f"{{{match[1].lower()}}}", node.text or "")


# --- content controls ----------------------------------------------------------------------------


def _controls(root: etree._Element) -> None:
    """Fill the content controls that name a fact, and leave the words of all others."""
    for control in reversed(list(root.iter(w("sdt")))):
        content, about = control.find(w("sdtContent")), control.find(w("sdtPr"))
        if content is None:
            dropped(control)
            continue
        names = () if about is None else tuple(_names(about))
        name = next(filter(None, map(known, names)), "")
        if name:
            _filled(content.iter(w("t")), name)
        elif about is not None and about.find(w("showingPlcHdr")) is not None:
            for node in content.iter(w("t")):  # it only asks to write something
                node.text = ""
        unwrapped(control, content)


def _names(about: etree._Element) -> Iterator[str]:
    for tag in ("tag", "alias"):
        node = about.find(w(tag))
        yield "" if node is None else own(node, "val")
    bound = about.find(w("dataBinding"))
    match = _BOUND.search("" if bound is None else own(bound, "xpath"))
    yield match[1] if match else ""


def _filled(texts: Iterable[Any], name: str) -> bool:
    """Put a placeholder in the place of *texts*; tell whether there was one."""
    first, *others = list(texts) or [None]
    if first is None:
        return False
    first.text = f"{{{name}}}"
    for node in others:
        node.text = ""
    return True


# --- fields --------------------------------------------------------------------------------------


def _meaning(instruction: str) -> tuple[str, str]:
    """Return the code of a field, and the placeholder that it means, if any."""
    words = instruction.replace('"', " ").split() or [""]
    code = words[0].upper()
    if code in _NAMING:
        return code, known(words[1]) if len(words) > 1 else ""
    return code, known(code) if code not in _KEPT else ""


def _running(instruction: str, like: etree._Element | None) -> etree._Element:
    """Return a field that shows the heading of a page, in a run that looks like another."""
    field_ = etree.Element(w("fldSimple"), {w("instr"): instruction})
    run = _run(None if like is None else like.find(w("rPr")), _CHAPTER)
    field_.append(run)
    return field_


#: What stands in a field that shows a heading.
_CHAPTER = "{chapter}"


def _simple(root: etree._Element, levels: Mapping[str, str]) -> None:
    for node in reversed(list(root.iter(w("fldSimple")))):
        code, name = _meaning(own(node, "instr"))
        if code == _RUNNING:
            instruction, name = shown_heading(own(node, "instr"), levels)
            if instruction:
                node.addprevious(_running(instruction, node.find(w("r"))))
            if instruction or not name:
                dropped(node)
                continue
        if code in _KEPT:
            for run in _field(own(node, "instr"), node.find(w("r"))):
                node.addprevious(run)
            dropped(node)
            continue
        if name:
            _filled(node.iter(w("t")), name)
        unwrapped(node)


@dataclass(slots=True)
class _Field:
    """A field that begins, tells what it shows, shows it, and ends; each in runs of its own."""

    instruction: str = ""
    shows: bool = False
    frame: list[etree._Element] = field(default_factory=list)
    codes: list[etree._Element] = field(default_factory=list)
    texts: list[etree._Element] = field(default_factory=list)


def _complex(root: etree._Element, levels: Mapping[str, str]) -> None:
    """Leave the fields that count pages; all others become their words."""
    opened: list[_Field] = []
    for node in list(root.iter(w("fldChar"), w("instrText"), w("t"))):
        if node.tag == w("fldChar") and own(node, "fldCharType") == "begin":
            opened.append(_Field(frame=[node]))
        elif not opened:
            continue
        elif node.tag == w("t"):
            for one in opened:
                one.texts.append(node)
        elif node.tag == w("instrText"):
            opened[-1].instruction += node.text or ""
            opened[-1].codes.append(node)
        else:
            opened[-1].frame.append(node)
            if own(node, "fldCharType") == "end":
                _ended(opened.pop(), levels)
    for one in opened:  # it never ends
        _unlinked(one)


def _ended(found: _Field, levels: Mapping[str, str]) -> None:
    code, name = _meaning(found.instruction)
    if code == _RUNNING:
        instruction, name = shown_heading(found.instruction, levels)
        if not name:  # what it showed is of another text
            for node in found.texts:
                node.text = ""
        run = found.frame[-1].getparent()
        if instruction and run is not None:
            run.addnext(_running(instruction, run))
    if code == "SECTIONPAGES":  # a wide table makes a section of its own
        code = "NUMPAGES"
        for at, node in enumerate(found.codes):
            node.text = "" if at else " NUMPAGES "
    if code in _KEPT:
        return
    if name and not _filled(found.texts, name):
        text = etree.Element(w("t"))
        text.text = f"{{{name}}}"
        found.frame[-1].addprevious(text)
    _unlinked(found)


def _unlinked(found: _Field) -> None:
    for node in (*found.frame, *found.codes):
        dropped(node)


# --- placeholders --------------------------------------------------------------------------------


def _joined(paragraph: etree._Element) -> None:
    """Bring each placeholder into one piece: word processors split words over runs at will."""
    pieces = [
        node
        for node in paragraph.iter(w("t"))
        if next(node.iterancestors(w("p")), None) is paragraph
    ]
    whole = "".join(node.text or "" for node in pieces)
    for match in reversed(list(_ASKED.finditer(whole))):
        _gathered(pieces, match.start(), match.end())
    for node in pieces:
        node.set(_SPACE, "preserve")


def _gathered(pieces: Iterable[Any], start: int, end: int) -> None:
    at, first = 0, None
    for node in pieces:
        words = node.text or ""
        begin, close = max(start - at, 0), min(end - at, len(words))
        at += len(words)
        if begin >= close:
            continue
        if first is None:
            first, gathered, rest = node, words[begin:close], words[close:]
            node.text = words[:begin]
        else:
            gathered, rest = gathered + words[begin:close], ""
            node.text = words[close:]
        if at >= end:
            first.text = (first.text or "") + gathered + rest
            return


def _counted(node: etree._Element) -> None:
    """Make fields of the numbers of pages that a text asks for."""
    run = node.getparent()
    parts = re.split(r"(\{(?:page|pages|chapter)\})", node.text or "")
    if run is None or len(parts) == 1:
        return
    look = run.find(w("rPr"))
    behind = list(node.itersiblings())
    at = run
    for part in parts[1:]:
        if part == _CHAPTER:
            fresh = [_running(f" {_RUNNING} 1 ", run)]
        elif part in {"{page}", "{pages}"}:
            fresh = _field(FIELDS[part[1:-1]], run)
        else:
            fresh = [_run(look, part)]
        for one in fresh:
            at.addnext(one)
            at = one
    node.text = parts[0]
    if behind:
        last = _run(look, "")
        last.extend(behind)
        at.addnext(last)


def _run(look: etree._Element | None, words: str) -> etree._Element:
    run = etree.Element(w("r"))
    if look is not None:
        run.append(etree.fromstring(etree.tostring(look, with_tail=False)))
    if words:
        text = etree.SubElement(run, w("t"), {_SPACE: "preserve"})
        text.text = words
    return run


def _field(instruction: str, like: etree._Element | None) -> list[etree._Element]:
    """Return the runs of a field that look like a run."""
    look = None if like is None else like.find(w("rPr"))
    runs = [_run(look, "") for _ in range(5)]
    for run, kind in zip(runs[::2], ("begin", "separate", "end"), strict=True):
        etree.SubElement(run, w("fldChar"), {w("fldCharType"): kind})
    code = etree.SubElement(runs[1], w("instrText"), {_SPACE: "preserve"})
    code.text = f" {instruction.strip()} "
    etree.SubElement(runs[3], w("t")).text = "1"
    return runs
