"""Private keys, which nobody but their owners may have, and which no history may keep."""

import re

_BEGINS = rb"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----|PuTTY-User-Key-File-|AGE-SECRET-KEY-"
#: A file that begins so is taken for a key, whatever follows.
_FILE = re.compile(rb"\s*(?:" + _BEGINS + rb")")
#: Within a text only what goes on as a key does: a text may speak of keys, and show their frame.
_WITHIN = re.compile(
    rb"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s>]{1,20}"
    rb"(?:[A-Za-z-]{1,30}: [^\n]{0,99}[\s>]{1,20}){0,3}[A-Za-z0-9+/=]{32}"
    rb"|PuTTY-User-Key-File-\d: ssh|AGE-SECRET-KEY-1[0-9A-Z]{30}"
)
#: What is said of such a file, and what to do about it.
HOLDS_KEY = "holds a private key"
KEY_HINT = "take it out; where a key is to be attached, attach its .pub file"
_LIKELY = (b"PRIVATE KEY-----", b"PuTTY-User-Key-File-", b"AGE-SECRET-KEY-")


def private_key_in(data: bytes) -> int | None:
    """Return the line, from 1, on which a private key begins in a file; nothing without one."""
    if not any(one in data for one in _LIKELY):
        return None
    found = _FILE.match(data) or _WITHIN.search(data)
    if found is None:
        return None
    start = found.end() if found.re is _FILE else found.start()
    return data.count(b"\n", 0, start) + 1
