"""The page of a document: its controlled copy, and what leads from it to others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docctl.content.tree import Document
from docctl.render import html
from docctl.render.cover import Cover
from docctl.render.html.escape import attribute, text
from docctl.render.site.facts import Coming, Listed, Site
from docctl.render.site.frame import framed, led

__all__ = ["Download", "changes", "document"]


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
    images: Mapping[str, bytes],
    *,
    downloads: Sequence[Download] = (),
    changes_since: str = "",
    refers: Sequence[Listed] = (),
    referred: Sequence[Listed] = (),
    coming: Coming | None = None,
) -> bytes:
    """Return the page of a document in force, whose links lead to the others' pages.

    *changes_since* is the revision that the page of `changes` compares it with, if there is one.
    """
    made = html.parts(tree, cover, images)
    number = cover.running.number
    body = (
        f'{made.watermark}<main class="sheet">\n<div>{_path(number)}{made.header}'
        f"{_to_come(coming)}{_ways(number, downloads, changes_since)}</div>\n{made.contents}"
        f"<div>{made.article}{made.behind}{_related(refers, referred)}</div>\n</main>\n"
        f"{_ON_PAPER}{made.foot}"
    )
    return framed(site, body, facts=made.facts, style=made.style, up="../", language=cover.language)


def changes(site: Site, tree: Document, cover: Cover, images: Mapping[str, bytes]) -> bytes:
    """Return the page that shows in the text what a revision changed."""
    made = html.parts(tree, cover, images)
    path = _path(cover.running.number, "Changes")
    body = (
        f'{made.watermark}<main class="sheet">\n<div>{path}{made.header}</div>\n{made.contents}'
        f"<div>{made.article}{made.behind}</div>\n</main>\n{_ON_PAPER}{made.foot}"
    )
    return framed(site, body, facts=made.facts, style=made.style, up="../", language=cover.language)


#: A page stays as it is from day to day; what is printed tells the day of publication.
_ON_PAPER = (
    '<p class="on-paper" hidden data-published>Printed from the site as published on '
    "<time></time>.</p>\n"
)


def _path(number: str, below: str = "") -> str:
    name = attribute(number)
    steps = ['<a href="../index.html">Register</a>']
    steps += [f'<a href="{name}.html">{text(number)}</a>', below] if below else [text(number)]
    items = "".join(f"<li>{step}</li>" for step in steps)
    return f'<nav class="path" aria-label="You are here"><ol>{items}</ol></nav>\n'


def _to_come(coming: Coming | None) -> str:
    if coming is None:
        return ""
    return (
        f'<div class="call-out note"><p>Revision {text(coming.revision)} takes effect on '
        f"{coming.on}. Until then this one applies.</p></div>\n"
    )


def _ways(number: str, downloads: Sequence[Download], since: str) -> str:
    """Return what leads to the same revision in other forms, and to what it changed."""
    items = [
        f'<li><a href="{attribute(one.name)}" download>{text(one.title)}</a> '
        f"<small>{_size(one.size)}</small></li>"
        for one in downloads
    ]
    if since:
        words = f"What changed since revision {text(since)}"
        items.append(f'<li><a href="{attribute(number)}.changes.html">{words}</a></li>')
    if not items:
        return ""
    return f'<ul class="ways" aria-label="Other forms">{"".join(items)}</ul>\n'


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
