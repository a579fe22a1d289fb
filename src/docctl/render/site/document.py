"""The page of a document: its controlled copy, and what leads from it to others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docctl.content.tree import Document
from docctl.render import html
from docctl.render.cover import Cover
from docctl.render.html.escape import attribute, text
from docctl.render.site.facts import Coming, Listed, Site
from docctl.render.site.frame import Frame, framed, led

__all__ = ["Download", "Shown", "Ways", "changes", "document"]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the same revision in another format."""

    name: str
    """The file's name, beside the page."""

    title: str
    size: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a page shows it: with its pictures, and what stands around it."""

    tree: Document
    cover: Cover
    images: Mapping[str, bytes]

    def parts(self) -> html.Parts:
        """Return the parts of its page."""
        return html.parts(self.tree, self.cover, self.images)


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads from the page of a document to other pages and files."""

    refers: Sequence[Listed] = ()
    referred: Sequence[Listed] = ()
    coming: Coming | None = None
    downloads: Sequence[Download] = ()
    changes_since: str = ""
    """The revision that the page of `changes` compares it with, if there is one."""


def document(site: Site, shown: Shown, ways: Ways) -> bytes:
    """Return the page of a document in force, whose links lead to the others' pages."""
    made, number = shown.parts(), shown.cover.running.number
    body = (
        f'{made.watermark}<main class="sheet">\n<div>{_path(number)}{made.header}'
        f"{_to_come(ways.coming)}{_ways(number, ways)}</div>\n{made.contents}"
        f"<div>{made.article}{made.behind}{_related(ways)}</div>\n</main>\n"
        f"{_ON_PAPER}{made.foot}"
    )
    return framed(site, body, _frame(shown, made))


def changes(site: Site, shown: Shown) -> bytes:
    """Return the page that shows in the text what a revision changed."""
    made = shown.parts()
    path = _path(shown.cover.running.number, "Changes")
    body = (
        f'{made.watermark}<main class="sheet">\n<div>{path}{made.header}</div>\n{made.contents}'
        f"<div>{made.article}{made.behind}</div>\n</main>\n{_ON_PAPER}{made.foot}"
    )
    return framed(site, body, _frame(shown, made))


def _frame(shown: Shown, made: html.Parts) -> Frame:
    return Frame(made.facts, made.style, up="../", language=shown.cover.language)


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


def _ways(number: str, ways: Ways) -> str:
    """Return what leads to the same revision in other forms, and to what it changed."""
    items = [
        f'<li><a href="{attribute(one.name)}" download>{text(one.title)}</a> '
        f"<small>{_size(one.size)}</small></li>"
        for one in ways.downloads
    ]
    if ways.changes_since:
        words = f"What changed since revision {text(ways.changes_since)}"
        items.append(f'<li><a href="{attribute(number)}.changes.html">{words}</a></li>')
    if not items:
        return ""
    return f'<ul class="ways" aria-label="Other forms">{"".join(items)}</ul>\n'


def _size(size: int) -> str:
    return f"{max(round(size / 1024), 1)} KiB"


def _related(ways: Ways) -> str:
    lists = (("Refers to", ways.refers), ("Referred to by", ways.referred))
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
