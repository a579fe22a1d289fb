"""The properties of the file, for people and for programs; no clock has a part in them."""

from collections.abc import Mapping

from docctl.model.base import instant_text
from docctl.render.cover import Cover
from docctl.render.docx.xml import attribute, text

__all__ = ["application", "core", "custom"]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_FIRST_ID = 2
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def core(cover: Cover) -> bytes:
    """Return the core properties."""
    run, created = cover.running, instant_text(cover.created)
    fields = (
        ("dc:title", cover.title),
        ("dc:subject", cover.subtitle),
        ("dc:creator", "; ".join(cover.authors) or run.organization),
        ("cp:keywords", ", ".join(cover.keywords)),
        ("dc:description", cover.summary),
        ("dc:identifier", run.number),
        ("dc:language", cover.language),
        ("cp:version", cover.version),
        ("cp:category", cover.kind),
        ("cp:contentStatus", run.status),
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


def application(cover: Cover) -> bytes:
    """Return the extended properties."""
    return (
        f'{_HEAD}<Properties xmlns="{_OFFICE}extended-properties"><Application>docctl</Application>'
        f"<Company>{text(cover.running.organization)}</Company></Properties>"
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
