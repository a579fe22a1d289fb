"""Canonical JSON: one value, one sequence of bytes.

The output is that of RFC 8785 for the values docctl allows: no floats, ASCII keys, and integers
that every JSON reader keeps exact. ASCII keys sort alike by byte, code point and UTF-16 unit, so
the standard library's encoder, which escapes strings exactly as RFC 8785 asks, does the work.
"""

import hashlib
import json
from typing import Any

from pydantic_core import from_json, to_json

from docctl.errors import EventError

#: Nesting of objects and lists that is accepted.
MAX_DEPTH = 32
#: Bytes of one canonical text, 1 MiB.
MAX_SIZE = 1 << 20
#: The largest integer that a double holds exactly; larger ones change in other readers.
MAX_INTEGER = (1 << 53) - 1

ENCODE = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,  # the depth is limited before
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
).encode
DECODE = json.JSONDecoder().decode


def canonical(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of *value*: dicts, lists, tuples, str, int, bool and None.

    Raises:
        EventError: a float, an integer beyond ±(2^53 - 1), a key that is not ASCII text, a lone
            surrogate, any other type, nesting deeper than 32, or more than 1 MiB.
    """
    refuse_foreign(value, MAX_DEPTH)
    try:
        data = ENCODE(value).encode()
    except UnicodeEncodeError as error:
        raise EventError("event", "a text contains half a surrogate pair") from error
    if len(data) > MAX_SIZE:
        raise EventError("event", f"it has {len(data):,} bytes; the limit is {MAX_SIZE:,}")
    return data


def parse_canonical(data: bytes) -> dict[str, Any]:
    """Return the object that *data* states, if *data* is the only way to state it.

    Raises:
        EventError: not JSON, not an object, or not byte for byte what `canonical` would write
            (which refuses duplicate keys, spaces, other orders, other escapes).
    """
    if len(data) > MAX_SIZE:
        raise EventError("event", f"it has {len(data):,} bytes; the limit is {MAX_SIZE:,}")
    plain = _plainly(data)
    if plain is not None:
        return plain
    try:
        value = DECODE(data.decode())
    except (ValueError, RecursionError) as error:
        raise EventError("event", "it is not JSON") from error
    if not isinstance(value, dict):
        raise EventError("event", "it is not a JSON object")
    if canonical(value) != data:
        raise EventError("event", "it is not in canonical form")
    return value


def _plainly(data: bytes) -> dict[str, Any] | None:
    """Return the object that *data* states, if that is easily told; nothing where it is not.

    A faster reader and writer agree about it: where they write what they have read as it stands
    there, and everything in it may stand in canonical JSON in the order in which it stands, it is
    canonical. Whatever else they make of other bytes is not looked at.
    """
    try:
        value = from_json(data)
    except ValueError:
        return None
    if type(value) is dict and _in_order(value, MAX_DEPTH) and to_json(value) == data:
        return value
    return None


def _in_order(value: Any, depth: int) -> bool:
    """Tell whether all keys stand in order, and nothing is foreign, *depth* levels down."""
    if type(value) is dict:
        keys = [*value]
        if not "".join(keys).isascii() or keys != sorted(keys):
            return False
        value = value.values()
    elif type(value) is not list:
        within = type(value) is int and -MAX_INTEGER <= value <= MAX_INTEGER
        return within or value is None or type(value) is bool
    if not depth:
        return False
    for part in value:
        if type(part) is not str and part is not None and not _in_order(part, depth - 1):
            return False  # most are texts
    return True


def digest(data: bytes) -> str:
    """Return the SHA-256 of *data* as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def refuse_foreign(value: Any, depth: int) -> None:
    """Refuse what canonical JSON cannot state; *depth* more levels are allowed."""
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise EventError("event", "an integer is beyond ±(2^53 - 1)")
        return
    if not isinstance(value, (dict, list, tuple)):
        raise EventError("event", f"a {type(value).__name__} has no canonical form")
    if not depth:
        raise EventError("event", f"it is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        if odd := [key for key in value if not (isinstance(key, str) and key.isascii())]:
            raise EventError("event", f"the key {odd[0]!r:.40} is not ASCII text")
        value = value.values()
    for part in value:
        if type(part) is not str and part is not None:  # most are
            refuse_foreign(part, depth - 1)
