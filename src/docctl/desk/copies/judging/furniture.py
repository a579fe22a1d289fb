"""What stands around a text in words that no version known here has: whether a fact differs too.

Such a copy is never called genuine: nobody vouches for a line that docctl does not know. It may
have been written by another version, and then its text and all its facts are as they should be.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TypeAlias

from docctl.content.tree import Document, Table
from docctl.desk.bench import Bench
from docctl.desk.copies.issuing import Material
from docctl.desk.copies.judging.claims import facts
from docctl.desk.copies.judging.expected import approved
from docctl.desk.copies.judging.matching import Match
from docctl.intake import Foreign, read
from docctl.intake.html import STYLE_SHEET
from docctl.intake.lines import lines_of, texts
from docctl.model.answers.controlled import ControlledCopy
from docctl.render import docx, front, html, markdown
from docctl.render.beside import beside, linked_beside
from docctl.render.cover import Cover
from docctl.render.front import Running
from docctl.render.particulars import Fact, particulars
from docctl.render.wording import PROPERTY

__all__ = ["only_words_differ"]

#: What may differ in a page without any word in it.
_LOOKS = frozenset({STYLE_SHEET, "element"})
#: A table with more columns has no labelled values.
_LABELLED = 4
_WORD = re.compile(r"\w+")
_NOBODY = Running("", "", "", "", "", "", "", "", caution="")
_BARE = Cover(
    "", "", datetime.min.replace(tzinfo=UTC), _NOBODY, (Fact("Number", "-"),), contents=False
)

#: What may stand behind a label.
Known: TypeAlias = Mapping[str, Collection[str]]


def only_words_differ(bench: Bench, match: Match, found: Foreign) -> bool:
    """Tell whether a file has the text of a copy and all its facts, and only other words around it.

    Facts are what it says to programs, the values behind labels that are known, the names of those
    who signed, and everything that hides or replaces words. Where docctl words the text itself,
    as in manuals and copies of records, there is no telling: what differs counts as altered.
    """
    ours, made = match.ours, approved(bench, match.wanted)
    odd = Counter(found.strange) - Counter(ours.strange)
    if match.beside or any(one.kind not in _LOOKS for one in odd):
        return False
    if made is None or _contradicts(facts(ours), facts(found)):
        return False
    text = _alone(made, found.form)
    said = Counter(_labelled(found)) - Counter(_labelled(text))
    return _holds(found, text, ours) and not any(_denied(_known(made.copy), said))


def _contradicts(ours: Mapping[str, str], found: Mapping[str, str]) -> bool:
    names = (ours.keys() & found.keys()) - {PROPERTY}
    return any(found[name] and found[name] != ours[name] for name in names)


# --- the text ------------------------------------------------------------------------------


def _alone(made: Material, form: str) -> Foreign:
    """Return what the text says, read as it stands in a file of the same format."""
    full, empty = (read(_written(one, form), "") for one in (made, _emptied(made)))
    pairs = enumerate(zip(full.tree.blocks, empty.tree.blocks, strict=False))
    least = len(empty.tree.blocks)
    first = next((at for at, (one, other) in pairs if one != other), least)
    blocks = full.tree.blocks[first : first + len(full.tree.blocks) - least]
    return replace(full, facts={}, running=(), tree=replace(full.tree, blocks=blocks))


def _emptied(made: Material) -> Material:
    return made._replace(tree=Document(()))


def _written(made: Material, form: str) -> bytes:
    folder = f"{made.copy.number}-{made.copy.revision}"
    if form == "docx":
        return docx.covered(made.tree, _BARE, made.files)
    if form == "html":
        return html.covered(linked_beside(made.tree, made.files, folder)[0], _BARE, made.files)
    return markdown.covered(beside(made.tree, made.files, folder)[0], _BARE, {})


def _holds(found: Foreign, text: Foreign, ours: Foreign) -> bool:
    """Tell whether a file says all of a text, and no word more, and its notes.

    What stands right before and behind the text stands somewhere in the copy that is known.
    """
    (whole, notes), (words, own), (known, _) = map(_lines, (found, text, ours))
    framed, seen = ["", *whole, ""], {"", *known}
    return notes == own and any(
        framed[at : at + len(words)] == words and {framed[at - 1], framed[at + len(words)]} <= seen
        for at in range(1, len(framed) - len(words))
    )


def _lines(foreign: Foreign) -> tuple[list[str], list[str]]:
    """Return the lines of what stands on the pages themselves, and those of the notes."""
    pages = replace(foreign, running=(), tree=replace(foreign.tree, footnotes=()))
    notes = replace(foreign, running=(), tree=replace(foreign.tree, blocks=()))
    return [one.words for one in lines_of(pages)], [one.words for one in lines_of(notes)]


# --- the facts around it -------------------------------------------------------------------


def _labelled(foreign: Foreign) -> Iterator[tuple[str, str]]:
    """Yield every text with the one behind it, as labels have their values.

    Of tables with many columns it is the first two of each row: for what somebody signed, and who.
    """
    before = ""
    for block in (*foreign.running, *foreign.tree.blocks):
        said = [*texts(Foreign(foreign.form, {}, Document((block,))))]
        if not isinstance(block, Table):
            yield from pairwise((before, *said))
            before = said[-1] if said else ""
        elif len(block.head) <= _LABELLED:
            yield from zip(said[::2], said[1::2], strict=False)
        else:
            width = len(block.head)
            yield from ((said[at], said[at + 1]) for at in range(width, len(said), width))


def _known(copy: ControlledCopy) -> Known:
    """Return what may stand behind labels, and who signed for what."""
    facts = (*front.title_block(copy), *particulars(copy.document))
    signed = ((one.meaning.capitalize(), one.name) for one in copy.signatures)
    return _gathered((*((fact.label, fact.value) for fact in facts), *signed))


def _gathered(pairs: Iterable[tuple[str, str]]) -> Known:
    found: dict[str, list[str]] = {}
    for label, value in pairs:
        found.setdefault(label, []).append(value)
    return found


def _denied(known: Known, said: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the labels behind which something else stands than is known, in whatever words."""
    for label, value in said:
        values = known.get(label, ())
        if value and values and not any(_words(value) <= _words(one) for one in values):
            yield label


def _words(value: str) -> frozenset[str]:
    return frozenset(_WORD.findall(value.casefold()))
