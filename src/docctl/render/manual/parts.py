"""A document as a section of the manual: its own heading, facts, text and approvals."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from docctl.content.nodes import grid, words
from docctl.content.structure.outline import numbered, shifted, without_title
from docctl.content.structure.references import attached_path, attachments
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
from docctl.content.walk import Changes, blocks, changed
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.lifecycle import State
from docctl.render import front
from docctl.render.manual.sources import Part

__all__ = ["Section", "anchor_of", "frame_of", "picture_names", "section_of"]

#: Headings of documents stand on this level of the manual, those of their text below.
_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Section:
    """A document in the manual. Its heading is numbered with the manual, its text below that."""

    heading: Heading
    text: Blocks
    footnotes: tuple[Footnote, ...] = ()


def anchor_of(number: str) -> str:
    """Return the anchor of a document in the manual.

    It holds no hyphen, so that `anchor-section` names one section of one document.
    """
    return number.lower().replace("-", ".")


def section_of(part: Part, *, said: Collection[str]) -> Section:
    """Return the document as it is printed; only its facts if its licence forbids to show more.

    *said* are notices that the manual shows already.
    """
    copy = part.copy
    heading = Heading(_LEVEL, words(f"{copy.number} {copy.document.title}"), anchor_of(copy.number))
    facts = tuple(_facts(copy, said))
    more = tuple(_particulars(part))
    if not part.exportable:
        return Section(heading, (*facts, Paragraph(words(_withheld(copy))), *more))
    tree = _inside(numbered(_opened(part)), part, _LEVEL + 1)
    return Section(heading, (*facts, *tree.blocks, *more, _approved(copy)), tree.footnotes)


def frame_of(part: Part) -> Document:
    """Return the manual's own text, its highest headings on level 1."""
    return _inside(_opened(part), part, 1)


def picture_names(part: Part) -> dict[str, str]:
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


def _particulars(part: Part) -> Iterator[Block]:
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


def _opened(part: Part) -> Document:
    """Return the text without a heading that repeats the title; links to it lead to the section."""
    text = without_title(part.tree, part.copy.document.title)
    if text is part.tree or not isinstance(part.tree.blocks[0], Heading):
        return text
    gone, own = f"#{part.tree.blocks[0].anchor}", f"#{anchor_of(part.copy.number)}"

    def led(link: Link) -> Link:
        return replace(link, target=own) if link.target == gone else link

    return changed(text, {Link: led})


def _inside(text: Document, part: Part, level: int) -> Document:
    """Return the text with its highest headings on *level*, and names that are its own."""
    top = min((b.level for b in blocks(text) if isinstance(b, Heading)), default=level)
    anchor = anchor_of(part.copy.number)
    moved = shifted(text, level - top, f"{anchor}-")
    if not attachments(text):
        return moved
    return changed(moved, _files(picture_names(part), f"#{anchor}"))


def _files(names: Mapping[str, str], home: str) -> Changes:
    """Name pictures as the manual does; a link to another file leads to the document it is of."""

    def shown(image: Image) -> Image:
        path = attached_path(image.source)
        return replace(image, source=names[path]) if path in names else image

    def led(link: Link) -> Link:
        return replace(link, target=home) if attached_path(link.target) else link

    return {Image: shown, Link: led}
