"""Words that are longer than their line: where they may go on in the next one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docctl.render.pdf.measure import MONO, TEXT, wide
from docctl.render.pdf.source import call, string

__all__ = ["Line", "runs_over", "unbroken", "written"]

#: A word goes on in the next line after these; the compiler itself breaks after a hyphen.
_JOINTS = re.compile(r"(?<=[/_.?&=:,;@#])(?=[^/_.?&=:,;@#])")
_HYPHENS = re.compile(r"(?<=[-\u2010])(?=[^\W\d])")
_WORD = re.compile(r"\S+")
#: What a sum of widths may be off by: a column is just as wide as its longest word.
_ROUNDED = 0.01
#: Syllables have fewer letters, so that a word of letters fits where so many do.
_SYLLABLE = 12

#: Words of Latin letters can be hyphenated, if they can be said aloud.
_LATIN = re.compile(r"[(\"']?[a-zß-öø-ž]+\W?", re.IGNORECASE)
_MUTE = re.compile("[^aeiouyà-æè-öø-ÿāēėīōūůěęąőű]{9}", re.IGNORECASE)

#: What the compiler can hyphenate, by the code of the language.
_HYPHENATED = (
    " af be bg ca cs da de el en es et fi fr gl hr hu is it ka la lt mn nb nl nn no pl pt ru sk sl "
    "sq sv tk tr uk "
)


@dataclass(frozen=True, slots=True)
class Line:
    """Where words stand: how wide the line is and how large its letters are, in points."""

    room: float
    size: float = TEXT
    language: str = "en"


def unbroken(word: str) -> list[str]:
    """Return the parts of a word between which every line may end."""
    return _HYPHENS.split(word)


def written(text: str, line: Line, *, name: str = "") -> str:
    """Return a text as an expression whose words all fit into a line, broken where they must be.

    Nothing is added to what is copied or read aloud. *name* is a function that takes each piece:
    `raw` for code.
    """
    if not any(_too_long(word, line, code=bool(name)) for word in text.split()):
        return _whole(text, name)
    return f"{{{'; '.join(_pieces(text, line, name))}}}"


def runs_over(code: str, line: Line) -> bool:
    """Tell whether a word in a line of code is longer than the line it stands on."""
    return any(_too_long(word, line, code=True) for word in code.split())


def _too_long(word: str, line: Line, *, code: bool) -> bool:
    if len(word) * line.size <= line.room:
        return False
    return not all(_fits(one, line, code=code) for one in unbroken(word))


def _fits(piece: str, line: Line, *, code: bool) -> bool:
    width = len(piece) * MONO * line.size if code else wide(piece, line.size)
    return width <= line.room + _ROUNDED


def _pieces(text: str, line: Line, name: str) -> Iterator[str]:
    """Yield the pieces as expressions, `tear` where a line may end."""
    at = 0
    for word in _WORD.finditer(text):
        if _too_long(word[0], line, code=bool(name)):
            if word.start() > at:
                yield _whole(text[at : word.start()], name)
            yield from _torn(word[0], line, name)
            at = word.end()
    if at < len(text):
        yield _whole(text[at:], name)


def _whole(piece: str, name: str) -> str:
    return call(name, string(piece)) if name else string(piece)


def _torn(word: str, line: Line, name: str) -> Iterator[str]:
    """Yield a word in pieces: at its joints, and letter by letter where that is not enough."""
    if not name and _has_syllables(word, line):
        yield call("text", string(word), hyphenate="true")
        return
    each = f".map({name})" if name else ""
    for number, piece in enumerate(_JOINTS.split(word)):
        if number:
            yield "tear"
        if _fits(piece, line, code=bool(name)):
            yield _whole(piece, name)
        else:
            yield f"{string(piece)}.clusters(){each}.join(tear)"


def _has_syllables(word: str, line: Line) -> bool:
    if not _LATIN.fullmatch(word) or _MUTE.search(word):
        return False
    return f" {line.language} " in _HYPHENATED and wide("n" * _SYLLABLE, line.size) <= line.room
