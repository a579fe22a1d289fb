"""Copies that print a name which the library let go since: a person was renamed, or erased.

Where names lie in the vault, a former name is destroyed. What such a copy prints instead can be
compared with nothing; all the rest can.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from docctl.content.tree import Document, Table, Text
from docctl.content.walk import Changes, changed, plain
from docctl.desk.bench import Bench
from docctl.desk.copies.judging.expected import approved
from docctl.desk.copies.judging.matching import Match
from docctl.intake import Foreign
from docctl.intake.differing import alterations

__all__ = ["former_names"]

#: How much of the digest of a signed event copies print.
_PRINTED = 12


def former_names(bench: Bench, match: Match, found: Foreign) -> Mapping[str, str]:
    """Return which names a file prints in the place of those of today, where nothing else differs.

    The signed event beside a name says whose it is. Empty where anything else differs, too.
    """
    made = approved(bench, match.wanted)
    persons = bench.day(bench.today()).authority.persons
    if made is None or match.beside:
        return {}
    printed = dict(_printed(found))
    names = {
        line.name: printed[line.event[:_PRINTED]]
        for line in made.copy.signatures
        if line.event[:_PRINTED] in printed and persons[line.person].let_go
    }
    if not names or alterations(_naming(match.ours, names), found):
        return {}
    return names


def _printed(found: Foreign) -> Iterator[tuple[str, str]]:
    """Yield each signed event that a file names, and the name beside it."""
    for block in found.tree.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = [" ".join(plain(cell).split()) for cell in row]
                yield from ((cell, cells[1]) for cell in cells[2:] if len(cell) == _PRINTED)


def _naming(ours: Foreign, names: Mapping[str, str]) -> Foreign:
    """Return what a copy says with other names of people."""

    def named(words: str) -> str:
        for now, former in names.items():
            words = words.replace(now, former)
        return words

    texts: Changes = {Text: lambda one: Text(named(one.text))}
    return replace(
        ours,
        facts={name: named(said) for name, said in ours.facts.items()},
        tree=changed(ours.tree, texts),
        running=changed(Document(ours.running), texts).blocks,
    )
