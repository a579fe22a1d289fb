"""Lint of the structure: recommended sections, empty ones, jumps, duplicates."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from docctl.content.faults import Fault
from docctl.content.tree import Document, Heading
from docctl.content.walk import plain

_WORD = re.compile(r"[^\W_]+")


def missing(document: Document, recommended: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a fault for each recommended section that no heading names.

    Accepted synonyms are separated by `|`; a heading may say more ("Purpose and scope").
    """
    titles = [f" {_words(plain(h.inlines))} " for h in document.blocks if isinstance(h, Heading)]
    for names in recommended:
        accepted = [_words(name) for name in names.split("|")]
        if not any(f" {name} " in title for name in accepted for title in titles):
            name = names.split("|")[0].strip()
            hint = f"add a heading '{name}', if need be with the words 'not applicable'"
            yield Fault(0, "missing-section", f"there is no section '{name}'", hint)


def empty(document: Document) -> Iterator[Fault]:
    """Yield a fault for each heading that is followed by no text and no deeper heading."""
    for block, after in zip_longest(document.blocks, document.blocks[1:]):
        if not isinstance(block, Heading):
            continue
        if after is None or (isinstance(after, Heading) and after.level <= block.level):
            sentence = f"nothing stands under '{_title(block)}'"
            yield Fault(block.line, "empty-section", sentence, "write it, or take the heading out")


def jumps(document: Document) -> Iterator[Fault]:
    """Yield a fault for each heading that is more than one level deeper than the one before."""
    level = 6
    for block in document.blocks:
        if isinstance(block, Heading):
            if block.level > level + 1:
                sentence = f"'{_title(block)}' skips from level {level} to {block.level}"
                hint = f"write it with {'#' * (level + 1)}"
                yield Fault(block.line, "heading-jump", sentence, hint)
            level = block.level


def duplicates(document: Document) -> Iterator[Fault]:
    """Yield a fault for each heading whose title a sister of it has already."""
    seen: dict[int, dict[str, int]] = {}
    for block in document.blocks:
        if isinstance(block, Heading):
            seen = {level: titles for level, titles in seen.items() if level <= block.level}
            titles = seen.setdefault(block.level, {})
            first = titles.setdefault(_words(plain(block.inlines)), block.line)
            if first != block.line:
                sentence = f"'{_title(block)}' stands here and on line {first}"
                yield Fault(block.line, "duplicate-heading", sentence, "name them differently")


def _words(title: str) -> str:
    """Return the words of a title for comparing: lower case, without numbers in front."""
    words = _WORD.findall(title.casefold())
    while len(words) > 1 and words[0].isdigit():
        words.pop(0)
    return " ".join(words)


def _title(heading: Heading) -> str:
    return f"{heading.number} {plain(heading.inlines)}".strip()[:80]
