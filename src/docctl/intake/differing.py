"""Two readings of files side by side: where the second says something else than the first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from docctl.intake.foreign import Foreign, Strange
from docctl.intake.lines import Line, lines_of
from docctl.model.answers.verified import Alteration

__all__ = ["alterations"]

#: With more lines between the first and the last difference, only what is lost and new is told.
_MOST_LINES = 4_000
#: How much is quoted of a text, and how much of it before what differs.
_QUOTED = 160
_LEAD = 40


def alterations(expected: Foreign, found: Foreign) -> tuple[Alteration, ...]:
    """Return where *found* says something else than *expected*, in the order of the text.

    Facts for programs that somebody took out altogether are no alteration; other values are.
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


def _odd(expected: Sequence[Strange], found: Sequence[Strange]) -> Iterator[Alteration]:
    """Yield what only the second has; beside it what stood in its place, such as a style sheet."""
    lost = [*(Counter(expected) - Counter(found)).elements()]
    for one in (Counter(found) - Counter(expected)).elements():
        before = next((other for other in lost if other.kind == one.kind), None)
        words = before.words if before else ""
        start = _start(words, one.words) if before else 0
        said = _excerpt(one.words, start) or one.kind
        yield Alteration(place=one.kind, expected=_excerpt(words, start), found=said)


def _differing_lines(expected: Sequence[Line], found: Sequence[Line]) -> Iterator[Alteration]:
    before, after = [one.words for one in expected], [one.words for one in found]
    first = _alike(before, after)
    last = _alike(before[first:][::-1], after[first:][::-1])
    left, right = expected[first : len(before) - last], found[first : len(after) - last]
    if max(len(left), len(right)) > _MOST_LINES:
        yield from _lost_and_new(left, right)
        return
    matcher = SequenceMatcher(
        None, [one.words for one in left], [one.words for one in right], autojunk=False
    )
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            yield from _paired(left[i:j], right[k:m])


def _paired(left: Sequence[Line], right: Sequence[Line]) -> Iterator[Alteration]:
    for one, other in zip_longest(left, right):
        place = (one or other).place
        words, others = one.words if one else "", other.words if other else ""
        start = _start(words, others) if one and other else 0
        yield Alteration(
            place=place, expected=_excerpt(words, start), found=_excerpt(others, start)
        )


def _lost_and_new(left: Sequence[Line], right: Sequence[Line]) -> Iterator[Alteration]:
    lost = Counter(one.words for one in left) - Counter(one.words for one in right)
    new = Counter(one.words for one in right) - Counter(one.words for one in left)
    if not lost and not new:
        yield Alteration(place="the whole text", expected="", found="its order is another one")
    for one in left:
        if lost[one.words] > 0:
            lost[one.words] -= 1
            yield Alteration(place=one.place, expected=_excerpt(one.words))
    for one in right:
        if new[one.words] > 0:
            new[one.words] -= 1
            yield Alteration(place=one.place, found=_excerpt(one.words))


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
