"""What a template may ask for: placeholders such as `{number}`, and where their words come from."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from docctl.render.cover import Cover

__all__ = [
    "ALIASES",
    "FIELDS",
    "PLACEHOLDERS",
    "heading_levels",
    "known",
    "shown_heading",
    "told",
]

#: What is shown of a fact that a copy does not have.
_ABSENT = "–"


def _property(name: str) -> Callable[[Cover], str]:
    return lambda cover: cover.properties.get(name, "")


def _signed(name: str) -> Callable[[Cover], str]:
    return lambda cover: cover.signed.get(name, "")


#: The placeholders that become words, with the words of a copy.
_WORDS: Mapping[str, Callable[[Cover], str]] = MappingProxyType(
    {
        "number": lambda cover: cover.running.number,
        "title": lambda cover: cover.title,
        "subtitle": lambda cover: cover.subtitle,
        "type": lambda cover: cover.kind,
        "revision": lambda cover: cover.version or cover.running.revision,
        "replaces": _property("Replaces"),
        "status": lambda cover: cover.running.status,
        "mark": lambda cover: cover.running.mark,
        "effective_on": _property("EffectiveDate"),
        "review_due_on": _property("NextReview"),
        "as_of": _property("StatusAsOf"),
        "owner": _property("Owner"),
        "classification": lambda cover: cover.running.classification,
        "organization": lambda cover: cover.running.organization,
        "digest": _property("ContentSHA256"),
        "caution": lambda cover: cover.running.caution,
        "language": lambda cover: cover.language,
        **{
            name: _signed(name)
            for what in ("prepared", "reviewed", "approved", "released")
            for name in (f"{what}_by", f"{what}_on")
        },
    }
)

#: The placeholders that become fields.
FIELDS: Mapping[str, str] = MappingProxyType(
    {"page": "PAGE", "pages": "NUMPAGES", "chapter": "STYLEREF"}
)

#: All placeholders.
PLACEHOLDERS = (*_WORDS, *FIELDS)

#: Those of which nothing is shown where a copy has nothing to say.
_SILENT = frozenset({"mark", "subtitle"})

#: Other names, as fields and content controls have them: letters alone, in lower case.
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "docnumber": "number",
        "documentnumber": "number",
        "docno": "number",
        "doctitle": "title",
        "documenttitle": "title",
        "subject": "subtitle",
        "doctype": "type",
        "documenttype": "type",
        "category": "type",
        "rev": "revision",
        "version": "revision",
        "contentstatus": "status",
        "effectivedate": "effective_on",
        "nextreview": "review_due_on",
        "statusasof": "as_of",
        "organisation": "organization",
        "company": "organization",
        "contentsha": "digest",
        "author": "prepared_by",
        "creator": "prepared_by",
        "numpages": "pages",
        **{name.replace("_", ""): name for name in PLACEHOLDERS},
    }
)

_LETTERS = re.compile(r"[^a-z]")


def known(name: str) -> str:
    """Return the placeholder that a field or content control with this name means; or nothing."""
    return ALIASES.get(_LETTERS.sub("", name.casefold()), "")


def told(name: str, cover: Cover) -> str:
    """Return the words for a placeholder."""
    return _WORDS[name](cover) or ("" if name in _SILENT else _ABSENT)


# --- headings ------------------------------------------------------------------------------------

_UNNAMED = re.compile(r"[^a-z0-9]")
_HEADING = re.compile("Heading([1-6])")
_LEVELS = "123456"
#: What a field is told: the style, in quotes or as one word; and whether it is the last one of a
#: page, or its number, that is to be shown.
_STYLE = re.compile(r'\s*\w+\s+(?:"([^"]*)"|([^\s\\]+))')
_SWITCHES = re.compile(r"\\[lnrtw]\b")


def heading_levels(ids: Mapping[str, str]) -> Mapping[str, str]:
    """Return the levels of headings by the names that fields have for them, letters alone.

    Word's names for its styles are other ones in every language; the *ids* of a template resemble
    them, which are given with those that they become.
    """
    theirs = ((old, match[1]) for old, new in ids.items() if (match := _HEADING.fullmatch(new)))
    found = {_UNNAMED.sub("", old.casefold()): level for old, level in theirs}
    ours = {f"heading{level}": level for level in _LEVELS} | {one: one for one in _LEVELS}
    return MappingProxyType(ours | {name: level for name, level in found.items() if name})


def shown_heading(instruction: str, levels: Mapping[str, str]) -> tuple[str, str]:
    """Return the instruction that shows a heading in a copy; or the placeholder that one means."""
    told_ = _STYLE.match(instruction)
    name = (told_[1] or told_[2] or "") if told_ else ""
    level = levels.get(_UNNAMED.sub("", name.casefold()), "")
    switches = " ".join(dict.fromkeys(_SWITCHES.findall(instruction)))
    code = f" {FIELDS['chapter']} {level} {switches}".rstrip()
    return (f"{code} ", "") if level else ("", known(name))
