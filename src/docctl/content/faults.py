"""What parsing and lint find in a text: faults, and the table of their codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "advice"]

#: Every code a fault can have, with its meaning in one line; the order is that of the reference.
CODES: Mapping[str, str] = MappingProxyType(
    {
        # found while parsing
        "control-character": "a character that no document can hold; it was replaced by U+FFFD",
        "hidden-character": "an invisible character, such as a zero-width space",
        "bidi-character": "a character that changes the direction in which the line is shown",
        "raw-html": "HTML that no copy shows, or that is shown as literal text",
        "html-comment": "an HTML comment, which no copy shows",
        "unused-link": "a link definition that no link uses, so that nothing of it is shown",
        "overused-link": "long link definitions used so often that the text would explode",
        "foreign-markup": "markup of another program, which is left out or stands as literal text",
        "renumbered-list": "an item of a list that is shown with another number than was typed",
        "surplus-cells": "a row with more cells than its table has columns",
        "too-deep": "blocks or inlines nested deeper than docctl reads",
        "unclosed-block": "a block opened with ':::' that is never closed",
        "unknown-admonition": "a call-out of a kind docctl does not know; it is shown as a note",
        "unsafe-link": "a link with a scheme docctl does not let through; its text is kept",
        "bad-reference": "a 'doc:' link that names no document number",
        "missing-footnote": "a mark without a footnote",
        "unused-footnote": "a footnote without a mark",
        "duplicate-footnote": "two footnotes with the same name; the first one counts",
        "duplicate-anchor": "two headings, tables or figures with the same {#anchor}",
        # found by lint
        "missing-section": "a section that the document type recommends is not there",
        "empty-section": "a heading with nothing under it",
        "heading-jump": "a heading that skips a level",
        "duplicate-heading": "two sections of the same name under the same heading",
        "missing-document": "a reference to a document that does not exist",
        "withdrawn-document": "a reference to a document that has been withdrawn",
        "not-in-force": "a reference to a document that is not yet in force",
        "dangling-anchor": "a link to a place that this document does not have",
        "missing-attachment": "an image or link to a file that is not attached",
        "remote-image": "an image that is not a file of the document",
        "unshown-image": "an image that is damaged, too large, or of a kind that no copy can show",
        "unsafe-path": "a path that leaves the document's own files",
        "missing-alternative-text": "an image without a text for those who cannot see it",
        "unused-attachment": "an attached file that the text does not use",
        "unknown-function": "a function that nobody holds and no list names",
        "unknown-role": "a role that the library does not define",
        "placeholder": "a text that was to be replaced before review",
        "text-rule": "a phrase that the organisation does not want in its documents",
        "uncovered-script": "letters of a script that the typefaces of copies may not have",
        "personal-data": "an address, a telephone number or an identity number of a person",
    }
)

#: Codes that are reported and never stop a submission.
ADVICE = frozenset(
    {
        "hidden-character",
        "raw-html",
        "html-comment",
        "foreign-markup",
        "renumbered-list",
        "unused-link",
        "unknown-admonition",
        "unused-footnote",
        "missing-section",
        "empty-section",
        "heading-jump",
        "duplicate-heading",
        "not-in-force",
        "missing-alternative-text",
        "unused-attachment",
        "personal-data",
        "text-rule",
        "uncovered-script",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing found in a text. Faults sort by line."""

    line: int
    """The line of the text, from 1; 0 when it concerns the whole."""

    code: str
    """A key of `CODES`."""

    sentence: str
    """What is wrong, one sentence without a full stop."""

    hint: str = ""
    """What to do about it."""

    @property
    def severity(self) -> Severity:
        """Return `advice` for what never stops a submission, else `error`."""
        return "advice" if self.code in ADVICE else "error"
