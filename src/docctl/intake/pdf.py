"""PDF: only what a file says of itself to programs; its pages are compared byte for byte."""

import re
from collections.abc import Iterator
from html import unescape

from docctl.intake.foreign import Foreign

__all__ = ["read"]

#: Metadata that anybody can read without a library: uncompressed, as PDF/A demands.
_OPENS, _CLOSES = b"<x:xmpmeta", b"</x:xmpmeta>"
_FACT = re.compile(r"\b([A-Z][A-Za-z0-9]{1,60})=([^<;]{1,200}?)(?=<|, |;|$)")
_LARGEST = 1 << 20


def read(data: bytes, source: str) -> Foreign:  # noqa: ARG001 - as every reader
    """Return what a PDF file says to programs; its text is not read."""
    found = [one[:_LARGEST].decode("utf-8", "replace") for one in _packets(data)]
    facts = {name: unescape(said) for one in found for name, said in _FACT.findall(one)}
    return Foreign("pdf", facts)


def _packets(data: bytes) -> Iterator[bytes]:
    at = data.find(_OPENS)
    while at >= 0 and (end := data.find(_CLOSES, at)) >= 0:
        yield data[at:end]
        at = data.find(_OPENS, end)
