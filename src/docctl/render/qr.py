"""The QR code on a copy: which copy it is, and of which library; needs `docctl[qr]`."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from types import MappingProxyType
from typing import Any

from docctl.errors import InputError
from docctl.render.cover import Cover
from docctl.render.particulars import Fact
from docctl.render.picture import Picture

__all__ = [
    "LIBRARY",
    "PROPERTY",
    "SIDE",
    "code_of",
    "coded",
    "described",
    "drawn",
    "facts",
    "needed",
]

#: The property in which a file says the same to programs.
PROPERTY = "QRCode"
#: What stands beside the code above the digest of the library.
LIBRARY = "Library (SHA-256 of its founding)"

_BEGIN = "docctl:"
#: What the code says of a copy beside its number, and the property that it is taken from.
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "rev": "Revision",
        "issue": "Issue",
        "content": "ContentSHA256",
        "event": "LastEventSHA256",
    }
)
_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "content": "Content (SHA-256)",
        "event": "Last signed event (SHA-256)",
        "library": LIBRARY,
    }
)
#: How wide a code is printed with the quiet zone around it, in millimetres.
SIDE = 28
#: How many dots of the picture a module of the code is wide.
_SCALE = 4
#: One of the eight patterns that a code can be laid under. Which one suits best is a matter of
#: counting, and another version of segno might count otherwise; every reader knows them all.
_MASK = 3


def coded(cover: Cover, library: str) -> Cover:
    """Return a cover with what its QR code says; as it is where no *library* is to be named."""
    if not library:
        return cover
    code = code_of(cover, library)
    return replace(cover, code=code, properties={**cover.properties, PROPERTY: code})


def code_of(cover: Cover, library: str) -> str:
    """Return what the code on a copy says: `docctl:PRO-001;rev=3;content=…;library=…`.

    *library* is the digest of the library. A copy of a record names its last event instead of its
    content, and a compiled manual its issue, too.
    """
    said = {name: cover.properties.get(of, "") for name, of in _SAID.items()}
    pairs = (f"{name}={value}" for name, value in {**said, "library": library}.items() if value)
    return ";".join((f"{_BEGIN}{cover.running.number}", *pairs))


def facts(code: str) -> tuple[Fact, ...]:
    """Return the digests that a code holds, as people read them beside it."""
    pairs = dict(part.split("=", 1) for part in code.split(";")[1:])
    return tuple(Fact(_LABELS[name], value) for name, value in pairs.items() if name in _LABELS)


def described(code: str) -> str:
    """Return what those who do not see the code are told of it."""
    return f"QR code: {code}"


def drawn(code: str) -> Picture:
    """Return the QR code as a picture, with the quiet zone around it that readers need.

    The same words give the same bytes on every machine: nothing in it is packed.

    Raises:
        InputError: see `needed`.
    """
    made = needed().make(code, error="m", mask=_MASK, micro=False)
    data = BytesIO()
    made.save(data, kind="png", scale=_SCALE, compresslevel=0)
    width, height = made.symbol_size(scale=_SCALE)
    return Picture("png", width, height, data.getvalue())


def needed() -> Any:
    """Return segno, which makes the codes.

    Raises:
        InputError: it is not installed.
    """
    try:
        return import_module("segno")
    except ImportError as error:
        raise InputError(
            "a QR code is made by segno", hint="install it: pip install 'docctl[qr]'"
        ) from error
