"""Lint of the structure: recommended sections, empty ones, jumps, duplicates."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from docctl.content.faults import Fault
from docctl.content.lint.seen import Seen
from docctl.content.tree import Document, Heading
from docctl.content.walk import plain

_WORD = re.compile(r"[^\W_]+")


def missing(seen: Seen, recommended: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a fault for each recommended section that no heading names.

    Accepted synonyms are separated by `|`; a heading may say more ("Purpose and scope").
    """
    titles = [f" {_words(plain(heading.inlines))} " for heading in seen.headings]
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


def jumps(seen: Seen) -> Iterator[Fault]:
    """Yield a fault for each heading that is more than one level deeper than the one before."""
    level = 6
    for heading in seen.headings:
        if heading.level > level + 1:
            sentence = f"'{_title(heading)}' skips from level {level} to {heading.level}"
            hint = f"write it with {'#' * (level + 1)}"
            yield Fault(heading.line, "heading-jump", sentence, hint)
        level = heading.level


def duplicates(seen: Seen) -> Iterator[Fault]:
    """Yield a fault for each heading whose title a sister of it has already."""
    above: dict[int, dict[str, int]] = {}
    for heading in seen.headings:
        above = {level: titles for level, titles in above.items() if level <= heading.level}
        titles = above.setdefault(heading.level, {})
        first = titles.setdefault(_words(plain(heading.inlines)), heading.line)
        if first != heading.line:
            sentence = f"'{_title(heading)}' stands here and on line {first}"
            yield Fault(heading.line, "duplicate-heading", sentence, "name them differently")


@lru_cache(maxsize=1024)  # titles recur, and those of types most of all
def _words(title: str) -> str:
    """Return the words of a title for comparing: lower case, without numbers in front."""
    words = _WORD.findall(title.casefold())
    while len(words) > 1 and words[0].isdigit():
        words.pop(0)
    return " ".join(words)


def _title(heading: Heading) -> str:
    return f"{heading.number} {plain(heading.inlines)}".strip()[:80]
