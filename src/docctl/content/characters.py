"""Characters that cannot stand in a document, or that a reader cannot see."""

import re
import unicodedata
from types import MappingProxyType

from docctl.content.faults import Fault

#: What replaces a character that no output format can hold.
REPLACEMENT = "\ufffd"

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2028\u2029\u2060-\u2064\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)

_REPLACED = re.compile(f"[{_FORBIDDEN}]")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_ODD = re.compile(f"[{_FORBIDDEN}{_BIDI}{_HIDDEN}]")
_BIDI_ONLY = re.compile(f"[{_BIDI}]")
_JOINERS = frozenset("\u200c\u200d")

_HINTS = MappingProxyType(
    {
        "control-character": "delete it",
        "hidden-character": "delete it, or type the word anew",
        "bidi-character": "delete it: the text would be read in another order than it is stored",
    }
)


def cleaned(text: str, first_line: int = 1) -> tuple[str, tuple[Fault, ...]]:
    r"""Return *text* fit for parsing: lines end in `\n`, no byte order mark, no control characters.

    Characters that no output can hold are replaced by U+FFFD, one for one. Invisible ones and those
    that change the direction of writing are kept. All are reported, once for each line and code;
    joiners between letters that are not ASCII (Persian, emoji) are in order.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: dict[tuple[int, str], list[str]] = {}
    line, seen = first_line, 0
    for match in _ODD.finditer(text):
        at = match.start()
        if match[0] in _JOINERS and _joins(text, at):
            continue
        line += text.count("\n", seen, at)
        seen = at
        found.setdefault((line, _code(match[0])), []).append(match[0])
    return (_REPLACED.sub(REPLACEMENT, text) if found else text), tuple(
        Fault(at, code, _sentence(characters), _HINTS[code])
        for (at, code), characters in found.items()
    )


def one_line(text: str) -> str:
    """Return *text* as one line that any output can hold."""
    return _REPLACED.sub(REPLACEMENT, text).replace("\n", " ")


def unquoted(address: str) -> str:
    """Return *address* without percent-encoding, as one line."""
    if "%" not in address:
        return address
    encoded = address.encode("utf-8", "surrogatepass")
    return one_line(_PERCENT.sub(_byte, encoded).decode("utf-8", "replace"))


def _byte(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _joins(text: str, at: int) -> bool:
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return len(around) > 1 and not around[0].isascii() and not around[1].isascii()


def _code(character: str) -> str:
    if _REPLACED.match(character):
        return "control-character"
    return "bidi-character" if _BIDI_ONLY.match(character) else "hidden-character"


def _sentence(characters: list[str]) -> str:
    names = dict.fromkeys(f"U+{ord(c):04X} {unicodedata.name(c, '')}".rstrip() for c in characters)
    return f"this line holds {', '.join(names)}"
