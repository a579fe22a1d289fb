"""The page of a document: its controlled copy, and what leads from it to others."""

from collections.abc import Sequence
from dataclasses import dataclass

from docctl.content.tree import Document
from docctl.render import html
from docctl.render.cover import Cover
from docctl.render.html.escape import attribute, text
from docctl.render.site.facts import Coming, Listed, Site
from docctl.render.site.frame import framed, led

__all__ = ["Download", "document"]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the same revision in another format."""

    name: str
    """The file's name, beside the page."""

    title: str
    size: int


def document(
    site: Site,
    tree: Document,
    cover: Cover,
    images: dict[str, bytes],
    *,
    downloads: Sequence[Download] = (),
    refers: Sequence[Listed] = (),
    referred: Sequence[Listed] = (),
    coming: Coming | None = None,
) -> bytes:
    """Return the page of a document in force, whose links lead to the others' pages."""
    made = html.parts(tree, cover, images)
    body = (
        f'{made.watermark}<div class="sheet">\n{made.contents}<main>\n'
        f"{_path(site, cover)}{made.header}{_to_come(coming)}{_downloads(downloads)}"
        f"{made.article}{made.behind}{_related(refers, referred)}</main>\n"
        f"</div>\n{_ON_PAPER}{made.foot}"
    )
    return framed(site, body, facts=made.facts, style=made.style, up="../", language=cover.language)


#: A page stays as it is from day to day; what is printed tells the day of publication.
_ON_PAPER = (
    '<p class="on-paper" hidden data-published>Printed from the site as published on '
    "<time></time>.</p>\n"
)


def _path(site: Site, cover: Cover) -> str:
    del site
    return (
        '<nav class="path" aria-label="You are here"><ol>'
        '<li><a href="../index.html">Register</a></li>'
        f'<li><a href="../index.html#{attribute(cover.running.number)}">'
        f"{text(cover.running.number)}</a></li></ol></nav>\n"
    )


def _to_come(coming: Coming | None) -> str:
    if coming is None:
        return ""
    return (
        f'<div class="call-out note"><p>Revision {text(coming.revision)} takes effect on '
        f"{coming.on}. Until then this one applies.</p></div>\n"
    )


def _downloads(downloads: Sequence[Download]) -> str:
    if not downloads:
        return ""
    items = "".join(
        f'<li><a href="{attribute(one.name)}" download>{text(one.title)}</a> '
        f"<small>{_size(one.size)}</small></li>"
        for one in downloads
    )
    return f'<div class="downloads"><p id="~downloads">Download</p><ul>{items}</ul></div>\n'


def _size(size: int) -> str:
    return f"{max(round(size / 1024), 1)} KiB"


def _related(refers: Sequence[Listed], referred: Sequence[Listed]) -> str:
    lists = (("Refers to", refers), ("Referred to by", referred))
    parts = "".join(
        f"<div><h3>{title}</h3>\n<ul>\n"
        + "".join(f"<li>{led(one, '../')}</li>\n" for one in found)
        + "</ul></div>\n"
        for title, found in lists
        if found
    )
    if not parts:
        return ""
    return (
        '<section class="related" aria-labelledby="~related">\n'
        f'<h2 id="~related">Related documents</h2>\n{parts}</section>\n'
    )
