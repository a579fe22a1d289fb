"""What a template may ask for: placeholders such as `{number}`, and where their words come from."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from docctl.render.cover import Cover

__all__ = ["ALIASES", "FIELDS", "PLACEHOLDERS", "known", "told"]

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
FIELDS: Mapping[str, str] = MappingProxyType({"page": "PAGE", "pages": "NUMPAGES"})

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
