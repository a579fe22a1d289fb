"""Numbers as files write them; whatever else stands there, of any length, is none."""

import re

__all__ = ["measure", "whole"]

_WHOLE = re.compile(r"[0-9]{1,9}")
_MEASURE = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{0,9})?")


def whole(text: str) -> int | None:
    """Return a number without a sign, of at most nine digits."""
    return int(text) if _WHOLE.fullmatch(text) else None


def measure(text: str, otherwise: int = 0) -> int:
    """Return a measure, rounded; *otherwise* where there is none."""
    found = _MEASURE.match(text)
    return round(float(found[0])) if found else otherwise
