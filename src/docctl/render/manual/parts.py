"""A document as a section of the manual: its own heading, facts, text and approvals."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import compress
from typing import Any, cast

from docctl.content.kept import latest
from docctl.content.nodes import grid, words
from docctl.content.structure.outline import anchors, numbered, shifting, without_title
from docctl.content.structure.references import attached_path
from docctl.content.tree import (
    Admonition,
    AdmonitionKind,
    Block,
    Blocks,
    Document,
    Footnote,
    Heading,
    Image,
    Link,
    Paragraph,
    Table,
)
from docctl.content.walk import blocks, changed
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.lifecycle import State
from docctl.render import front
from docctl.render.manual.references import NOTHING, Asked, asked, is_loose
from docctl.render.manual.sources import ManualPart

__all__ = ["Section", "anchor_of", "frame_of", "picture_names", "section_of"]

#: Headings of documents stand on this level of the manual, those of their text below.
_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Section:
    """A document in the manual. Its heading is numbered with the manual, its text below that."""

    heading: Heading
    text: Blocks
    footnotes: tuple[Footnote, ...] = ()
    places: frozenset[str] = frozenset()
    """Its anchors."""

    loose: tuple[bool, ...] = ()
    """For each block of its text whether references or notes in it must be bound."""

    asked: Asked = NOTHING
    """What these ask."""

    made: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was made of it before; see `content.kept.latest`."""


def anchor_of(number: str) -> str:
    """Return the anchor of a document in the manual.

    It holds no hyphen, so that `anchor-section` names one section of one document.
    """
    return number.lower().replace("-", ".")


def section_of(part: ManualPart, *, said: Collection[str]) -> Section:
    """Return the document as it is printed; only its facts if its licence forbids to show more.

    *said* are notices that the manual shows already.
    """
    name, key = f"section of {part.copy.number}", (part.copy, said, picture_names(part))
    return latest(part.made, name, key, lambda: _section(part, said))


def _section(part: ManualPart, said: Collection[str]) -> Section:
    copy = part.copy
    heading = _opening(copy)
    facts = tuple(_facts(copy, said))
    more = tuple(_particulars(part))
    if not part.exportable:
        text = (*facts, Paragraph(words(_withheld(copy))), *more)
        return Section(heading, text, (), frozenset({heading.anchor}), (False,) * len(text))
    inside, around = _inside(part), (*more, _approved(copy))
    text = (*facts, *inside.text, *around)
    loose = (*[False] * len(facts), *inside.loose, *[False] * len(around))
    return replace(inside, text=text, loose=loose, made={})


def frame_of(part: ManualPart) -> Document:
    """Return the manual's own text, its highest headings on level 1."""
    text = _untitled(part)
    return _moved(text, part, 1, anchors(text))


def picture_names(part: ManualPart) -> dict[str, str]:
    """Return the name in the manual of each picture; equal names tell equal pictures."""
    return {
        path: f"{sha256(data).hexdigest()[:12]}-{path.rsplit('/', maxsplit=1)[-1]}"
        for path, data in part.images.items()
    }


# --- the facts around the text ---------------------------------------------------------------


def _facts(copy: ControlledCopy, said: Collection[str]) -> Iterator[Block]:
    head = ("Number", "Revision", "Status", "Effective from", "Next review", "Owner")
    facts = (
        copy.number,
        copy.revision,
        front.STATE_WORDS[copy.state],
        str(copy.effective_on or ""),
        str(copy.review_due_on or ""),
        copy.owner,
    )
    yield grid(head, [[words(fact) for fact in facts]])
    notices = [notice for notice in front.notices(copy) if notice not in said]
    if notices:
        kind: AdmonitionKind = "warning" if copy.state is not State.EFFECTIVE else "important"
        yield Admonition(kind, "", tuple(Paragraph(words(line)) for line in notices))


def _particulars(part: ManualPart) -> Iterator[Block]:
    facts = front.beside(part.copy, part.tree)
    if facts:
        rows = [[words(fact.label), words(fact.value)] for fact in facts]
        caption = f"Particulars of {part.copy.number}, approved with its text"
        yield grid(("Particular", "As approved"), rows, caption=caption)


def _approved(copy: ControlledCopy) -> Table:
    caption = words(f"Approval of {copy.number}, revision {copy.revision}")
    return replace(front.approvals(copy), caption=caption)


def _withheld(copy: ControlledCopy) -> str:
    return f"The text of {copy.number} is not printed here: its licence does not allow it."


# --- the text --------------------------------------------------------------------------------


def _untitled(part: ManualPart) -> Document:
    return without_title(part.tree, part.copy.document.title)


def _opening(copy: ControlledCopy) -> Heading:
    title = words(f"{copy.number} {copy.document.title}")
    return Heading(_LEVEL, title, anchor_of(copy.number))


def _inside(part: ManualPart) -> Section:
    """Return the text alone; more facts around it make no other one of it."""
    title, number = part.copy.document.title, part.copy.number
    key = (title, picture_names(part))
    return latest(part.made, f"text of {number}", key, lambda: _text(part))


def _text(part: ManualPart) -> Section:
    text = numbered(_untitled(part))
    own = anchors(text)
    tree = _moved(text, part, _LEVEL + 1, own)
    heading = _opening(part.copy)
    places = {heading.anchor, *(f"{heading.anchor}-{anchor}" for anchor in own)}
    loose = tuple(map(is_loose, tree.blocks))
    found = asked(Document(tuple(compress(tree.blocks, loose))))
    return Section(heading, tree.blocks, tree.footnotes, frozenset(places), loose, found)


def _moved(text: Document, part: ManualPart, level: int, own: Collection[str]) -> Document:
    """Return the text with its highest headings on *level*, and names that nothing else has.

    *own* are its anchors. A link to a heading that only repeated the title leads to the section.
    """
    top = min((b.level for b in blocks(text) if isinstance(b, Heading)), default=level)
    anchor, names = anchor_of(part.copy.number), picture_names(part)
    changes = shifting(own, level - top, f"{anchor}-")
    first = part.tree.blocks[0] if part.tree.blocks else None
    gone = f"#{first.anchor}" if isinstance(first, Heading) and first.anchor not in own else ""

    def shown(image: Image) -> Image:
        path = attached_path(image.source)
        return replace(image, source=names[path]) if path in names else image

    def led(link: Link) -> Link:
        if link.target == gone or attached_path(link.target):
            return replace(link, target=f"#{anchor}")
        return cast("Link", changes[Link](link))

    return changed(text, {**changes, Image: shown, Link: led})
