"""Lint of spellings that other programs read, and docctl shows as they stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from docctl.content.faults import Fault
from docctl.content.lint.seen import Seen

__all__ = ["foreign"]


class Spelling(NamedTuple):
    """A spelling, what it is, and what to write instead. *text* begins in a line where it must."""

    text: str
    what: str
    hint: str


_TAGS = "write <sub>…</sub> or <sup>…</sup>"

#: In this order: of several that begin at one place the first one counts.
_SPELLINGS = (
    Spelling(
        r"\[\[[^\[\]]{1,200}\]\]",
        "a link of a wiki",
        "write [[PRO-001]] for a document, [words](file.pdf) for a file",
    ),
    Spelling(r"\^\[", "a note in its sentence", "write [^1] here, and the note below: [^1]: …"),
    Spelling(r"\A\*\[[^\[\]]{1,80}\]:", "an abbreviation", "write it out where it is first used"),
    Spelling(
        r"\[[^\[\]]{1,200}\]\[[^\[\]]{0,80}\]",
        "a link whose target is nowhere defined",
        "write [words](target), or a line [label]: target",
    ),
    Spelling(
        r"\]\((?=[^\s){<])[^()]{1,80}",
        "a link that cannot be read",
        "write [words](target), a target with spaces as <target>",
    ),
    Spelling(r"\{(?:\+\+|--|~~|>>|==)", "a marked change", "take the change over, or leave it out"),
    Spelling(r"\{![^{}]{1,200}!\}", "a text of another file", "write it here"),
    Spelling(r"\A-{1,2}8<-{1,2}", "a text of another file", "write it here"),
    Spelling(
        r"\A\+{3}\s*\Z", "front matter in TOML", "write it as key: value, between two lines of ---"
    ),
    Spelling(r"\{/\*|\*/\}", "a comment", "take it out"),
    Spelling(
        r"\{(?::{1,2}/?[^{}\s]|:?\s{0,3}[.#][A-Za-z])[^{}]{0,200}\}",
        "attributes in braces",
        "take them out",
    ),
    Spelling(
        r"\A(?:import\s.{1,200}\sfrom\s+['\"]|export\s+(?:const|default)\s)",
        "a line of a program",
        "take it out",
    ),
    Spelling(r"(?<![=\w])==(?=[^\s=])[^=]{1,200}==(?!=)", "marked words", "write **words**"),
    Spelling(
        r"(?<![+\w])\+\+(?=[^\s+])[^+]{1,80}(?:\+[^+]{1,80}){0,4}\+\+", "keys", "write `keys`"
    ),
    Spelling(r"(?<=\w)\^[^\s^]{1,40}\^", "raised letters", _TAGS),
    Spelling(r"(?<=\w)(?<!~)~[^\s~]{1,40}~(?!~)", "lowered letters", _TAGS),
    Spelling(
        r"\$\$|\$[^\s$]{0,40}[\\^_{][^$]{0,200}\$",
        "a formula",
        "write it in words and signs, or attach a picture of it",
    ),
    Spelling(
        r"(?<![\w:]):(?=[a-z])[a-z0-9_+-]{2,40}:(?![\w:/])",
        "a sign by its name",
        "put the sign itself",
    ),
    Spelling(r"\A\.\.\s[\w:-]{1,40}::", "a directive", "write it in Markdown"),
    Spelling(
        r"\A\+[-=]{2,}[-=+:]*\+\s*\Z", "a grid that cannot be read", "write a table with bars"
    ),
    Spelling(
        r"\A\|[^|]+\|.*\|\s*\Z",
        "a row of no table",
        "write below the first row as many dashes between bars as it has columns: |---|---|",
    ),
    Spelling(
        r"\A(?:!!!|\?\?\?\+?|:{3,}|===[!+]?)(?=\s*\S)",
        "the head of a block that cannot be read",
        'write !!! note "Title", and what belongs to it indented by four',
    ),
    Spelling(r"\A:{3,}\s*\Z", "the end of a block that has no beginning", "take it out"),
    Spelling(
        r"\A(?:#{2,6}(?=[^\W\d_])|#(?=[A-Z]))\S{1,40}",
        "a heading without a space",
        "put a space behind the #",
    ),
    Spelling(r"\A[-+](?=[A-Z][a-z])", "an item without a space", "put a space behind the sign"),
    Spelling(
        r"(?<![*\d])\*\*(?![*\d])|(?<![_\w])__(?![_\W])|(?<=[^\W_])__(?![_\w])|(?<!~)~~(?!~)",
        "marks of emphasis that cannot be read",
        "leave no space between them and their words",
    ),
    Spelling(r"`", "a mark of code without its fellow", "write two of them, or none"),
)
_ANY = re.compile("|".join(f"({one.text})" for one in _SPELLINGS))
#: What each of them holds: most texts have none of it, and are not looked at closely.
_LIKELY = re.compile(
    r"\[\[|\^|\]:|\]\[|\]\(|\{|-8<|\*/|^(?:im|ex)port\s|==|\+\+|~|\$|:[a-z0-9_+-]+:|^\.\.\s"
    r"|^[-+|#!?:=]|\*\*|__|`",
    re.MULTILINE,
)


def foreign(seen: Seen) -> Iterator[Fault]:
    """Yield a fault for each kind of spelling on a line that no reader of a copy should see."""
    shown: dict[tuple[int, str], Fault] = {}
    for line, text in seen.texts_like(_LIKELY):
        for match in _ANY.finditer(text):
            one = _SPELLINGS[(match.lastindex or 1) - 1]
            sentence = f"{match[0].strip()[:80]!r} is shown as it stands; it looks like {one.what}"
            shown.setdefault((line, one.what), Fault(line, "foreign-markup", sentence, one.hint))
    yield from shown.values()
