"""Addresses on the network that a word processor can follow; a wrong one could spoil the file."""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

__all__ = ["address"]

_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_SAFE = "!#$%&'()*+,/:;=?@[]~"


@lru_cache(maxsize=4096)
def address(target: str) -> str:
    """Return *target* as a URI of pure ASCII; empty unless it is a sound http, https or mailto."""
    scheme, colon, rest = target.partition(":")
    if not colon or scheme.lower() not in {"http", "https", "mailto"}:
        return ""
    if scheme.lower() == "mailto":
        return quote(target, _SAFE, errors="replace") if "@" in rest else ""
    try:
        parts = urlsplit(target)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        return ""
    if not _HOST.fullmatch(host):
        return ""
    known = parts.netloc.isascii()
    netloc = parts.netloc if known else host + (f":{port}" if port else "")
    end = "#" if target.endswith("#") and not parts.fragment else ""
    return quote(parts._replace(netloc=netloc).geturl() + end, _SAFE, errors="replace")
