"""The properties of the file, for people and for programs; no clock has a part in them."""

from collections.abc import Mapping

from docctl.model.answers.controlled import ControlledCopy
from docctl.model.base import instant_text
from docctl.render.docx.xml import attribute, text
from docctl.render.front import STATE_WORDS

__all__ = ["application", "core", "custom"]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_FIRST_ID = 2
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def core(copy: ControlledCopy) -> bytes:
    """Return the core properties; created is the day it became effective, or was last signed."""
    document, created = copy.document, _created(copy)
    authors = [line.name for line in copy.signatures if line.meaning == "prepared"]
    fields = (
        ("dc:title", document.title),
        ("dc:subject", document.subtitle),
        ("dc:creator", "; ".join(authors) or copy.organization),
        ("cp:keywords", ", ".join(document.keywords)),
        ("dc:description", document.summary),
        ("dc:identifier", copy.number),
        ("dc:language", document.language),
        ("cp:version", copy.revision),
        ("cp:category", copy.type_title),
        ("cp:contentStatus", STATE_WORDS[copy.state]),
    )
    lines = "".join(f"<{tag}>{text(value)}</{tag}>" for tag, value in fields if value)
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{created}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f"{_HEAD}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{lines}{times}</cp:coreProperties>"
    ).encode()


def application(copy: ControlledCopy) -> bytes:
    """Return the extended properties."""
    return (
        f'{_HEAD}<Properties xmlns="{_OFFICE}extended-properties"><Application>docctl</Application>'
        f"<Company>{text(copy.organization)}</Company></Properties>"
    ).encode()


def custom(properties: Mapping[str, str]) -> bytes:
    """Return the custom properties, in the given order."""
    lines = "".join(
        f'<property fmtid="{_FORMAT}" pid="{pid}" name="{attribute(name)}">'
        f"<vt:lpwstr>{text(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(properties.items(), _FIRST_ID)
    )
    return (
        f'{_HEAD}<Properties xmlns="{_OFFICE}custom-properties"'
        f' xmlns:vt="{_OFFICE}docPropsVTypes">{lines}</Properties>'
    ).encode()


def _created(copy: ControlledCopy) -> str:
    if copy.effective_on:
        return f"{copy.effective_on}T00:00:00Z"
    signed = max((line.time for line in copy.signatures), default=None)
    return instant_text(signed) if signed else f"{copy.as_of}T00:00:00Z"
