"""What stands in a text for other programs alone, and says nothing to a reader of it."""

import re
from collections.abc import Collection
from typing import NamedTuple

from docctl.content.markdown.attributes import NONE, trailing

__all__ = ["Needless", "is_contents", "needless"]

_CONTENTS = re.compile(
    r"\[TOC\]|\[\[_?TOC_?\]\]|(?:TOC|Table of contents|Contents)\n\{:\s*toc\s*\}",
    re.IGNORECASE,
)


class Needless(NamedTuple):
    """What is left out of a paragraph, what it is, and what to do about it."""

    rest: str
    text: str
    what: str
    hint: str


def is_contents(content: str, definitions: Collection[str]) -> bool:
    """Tell whether a paragraph only says where contents are wanted."""
    return bool(_CONTENTS.fullmatch(content)) and "TOC" not in definitions


def needless(content: str, definitions: Collection[str]) -> Needless | None:
    """Return what is left out of a paragraph, if anything is, and what remains of it.

    What *definitions* define is a link.
    """
    if is_contents(content, definitions):
        return Needless("", content, "a place for contents", "take it out: copies list headings")
    rest, found = trailing(content)
    text = content[len(rest) :]
    if found is NONE or (rest and "\n" not in text):
        return None
    hint = "take them out; headings, tables and figures alone have a name"
    return Needless(rest, text.strip(), "attributes", hint)
