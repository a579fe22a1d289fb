"""Two readings of files side by side: where the second says something else than the first."""

from collections import Counter
from collections.abc import Iterator, Sequence

from docctl.content.differing import differences, marked
from docctl.content.tree import Document, Paragraph, Text
from docctl.intake.foreign import Foreign, Strange
from docctl.intake.lines import Line, lines_of
from docctl.model.answers.verified import Alteration

__all__ = ["alterations"]

#: How much is quoted of a text, and how much of it before what differs.
_QUOTED = 160
_LEAD = 40
#: What shows readers of a page something that stands in no line: it is told if it is gone.
_LASTING = frozenset({"style sheet"})


def alterations(expected: Foreign, found: Foreign) -> tuple[Alteration, ...]:
    """Return where *found* says something else than *expected*, in the order of the text.

    Facts for programs that somebody took out altogether are no alteration; other values are, and
    lines more in front matter, which people read, too.
    """
    return (
        *_differing_facts(expected, found),
        *_differing_lines(lines_of(expected), lines_of(found)),
        *_odd(expected.strange, found.strange),
    )


def _differing_facts(expected: Foreign, found: Foreign) -> Iterator[Alteration]:
    for name, value in expected.facts.items():
        said = found.facts.get(name, "")
        lost = not said and (expected.form != "markdown" or not found.facts)
        if said != value and not lost:
            yield Alteration(place=f"property {name}", expected=value, found=said)
    for name, value in found.facts.items():
        if expected.form == "markdown" and name not in expected.facts:
            yield Alteration(place=f"property {name}", found=_excerpt(value) or name)


def _odd(expected: Sequence[Strange], found: Sequence[Strange]) -> Iterator[Alteration]:
    """Yield what only the second has; beside it what stood in its place, such as a style sheet."""
    lost = [*(Counter(expected) - Counter(found)).elements()]
    kinds = {one.kind for one in Counter(found) - Counter(expected)}
    for one in lost:
        if one.kind not in kinds and one.kind in _LASTING:
            yield Alteration(place=one.kind, expected=_excerpt(one.words))
    for one in (Counter(found) - Counter(expected)).elements():
        before = next((other for other in lost if other.kind == one.kind), None)
        words = before.words if before else ""
        start = _start(words, one.words) if before else 0
        said = _excerpt(one.words, start) or one.kind
        yield Alteration(place=one.kind, expected=_excerpt(words, start), found=said)


def _differing_lines(expected: Sequence[Line], found: Sequence[Line]) -> Iterator[Alteration]:
    """Yield the lines that differ, each with the place of what stood there, or stands there now."""
    if [one.words for one in expected] == [one.words for one in found]:
        return
    now, was = _Places(found), _Places(expected)
    for one in differences(marked(_tree(expected), _tree(found))):
        start = _start(one.was, one.now) if one.kind == "changed" else 0
        yield Alteration(
            place=was.next(one.was) if one.was else now.next(one.now),
            expected=_excerpt(one.was, start),
            found=_excerpt(one.now, start),
        )


def _tree(lines: Sequence[Line]) -> Document:
    return Document(tuple(Paragraph((Text(line.words),)) for line in lines))


class _Places:
    """Where lines stand that are asked for in their order."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = iter(lines)
        self._last = ""

    def next(self, words: str) -> str:
        """Return the place of the next line that says this."""
        found = (line.place for line in self._lines if line.words == words)
        self._last = next(found, self._last)
        return self._last


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how far two sequences are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _start(words: str, others: str) -> int:
    """Return where an excerpt begins: some words before the first letter that differs."""
    same = _alike(words, others)
    if same <= _LEAD:
        return 0
    return words.rfind(" ", 0, same - _LEAD) + 1


def _excerpt(words: str, start: int = 0) -> str:
    cut = words[start:]
    end = cut if len(cut) <= _QUOTED else f"{cut[: _QUOTED - 1]}\u2026"
    return f"\u2026{end}" if start else end
