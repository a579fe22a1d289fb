"""What stands around every page of a site: what it may ask for, where one is, where one can go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from docctl.render import front, html
from docctl.render.html.escape import attribute, quoted, text
from docctl.render.site.facts import Listed, Site, address

__all__ = ["PAGES", "Frame", "framed", "led", "listing", "shared"]

#: The pages that every page leads to, and what they are called.
PAGES: Mapping[str, str] = MappingProxyType(
    {
        "index.html": "Register",
        "processes.html": "Processes",
        "map.html": "Map",
        "reviews.html": "Reviews",
    }
)

_STYLE, _SCRIPT, _DAY = "assets/site.css", "assets/site.js", "assets/published.js"


def shared(as_of: date) -> dict[str, bytes]:
    """Return the files that all pages share, by their paths."""
    return {
        _STYLE: f"{html.LOOK}{_asset('site.css')}".encode(),
        _SCRIPT: _asset("site.js").encode(),
        _DAY: f'document.documentElement.dataset.published = "{as_of}";\n'.encode(),
    }


@cache
def _asset(name: str) -> str:
    return files("docctl.render.site").joinpath("assets", name).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around one page."""

    facts: str
    """Title and facts for programs, whole elements of HTML."""

    style: str
    """What the style says of this page alone."""

    here: str = ""
    """Which page of the four it is."""

    up: str = ""
    """What leads to their folder."""

    language: str = "en"
    day: str = ""
    """The day that the page speaks of, as HTML; where it is empty the script tells it."""


def framed(site: Site, body: str, frame: Frame) -> bytes:
    """Return a whole page."""
    up = frame.up
    links = "".join(
        f'<li><a href="{up}{name}"{_CURRENT if name == frame.here else ""}>{title}</a></li>'
        for name, title in PAGES.items()
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{attribute(frame.language)}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta name="docctl.{front.SITE_PAGE}" content="1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(frame.style)}">\n'
        f'{frame.facts}<link rel="stylesheet" href="{up}{_STYLE}">\n<style>{frame.style}</style>\n'
        f'<script defer src="{up}{_DAY}"></script>\n<script defer src="{up}{_SCRIPT}"></script>\n'
        f'</head>\n<body>\n<a class="skip" href="#~text">Skip to the text</a>\n'
        f'<header class="site">\n<p class="firm"><a href="{up}index.html">'
        f"<bdi>{text(site.organization)}</bdi></a></p>\n"
        f'<nav class="site" aria-label="Site"><ul>{links}</ul></nav>\n'
        f'<p class="day">{frame.day or _UNTOLD}</p>\n</header>\n'
        f"{body}</body>\n</html>\n"
    ).encode()


_CURRENT = ' aria-current="page"'
#: Pages of documents stay as they are from day to day: the script tells the day.
_UNTOLD = "<span hidden data-published>As published on <time></time></span>"


def _policy(style: str) -> str:
    """Return what a page may ask for: files of its own site, read from a disk or a server."""
    return (
        "default-src 'none'; img-src data:; script-src 'self' file:; "
        f"style-src 'self' file: {html.fingerprint(style)}; base-uri 'none'; form-action 'none'"
    )


def listing(
    site: Site, here: str, title: str, body: str, *, lead: str = "", style: str = ""
) -> bytes:
    """Return one of the four pages that lists make; *style* is added to its own."""
    facts = (
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)} \N{MIDDLE DOT} {text(site.organization)}</title>\n"
    )
    caution = f"{front.CAUTION}."
    main = (
        f'<main id="~text" tabindex="-1">\n<h1>{text(title)}</h1>\n{lead}{body}</main>\n'
        f"<footer>\n<p>{text(site.organization)} \N{MIDDLE DOT} in force on {site.as_of}</p>\n"
        f"<p><strong>{caution}</strong></p>\n</footer>\n"
    )
    day = f'In force on <time datetime="{site.as_of}">{site.as_of}</time>'
    style = f"{_paper(site, title)}{style}"
    return framed(site, main, Frame(facts, style, here=here, day=day))


def _paper(site: Site, title: str) -> str:
    small = "color: #595959; font: 8pt Arial, sans-serif;"
    places = {
        "top-left": quoted(site.organization),
        "top-center": quoted(title),
        "top-right": quoted(f"In force on {site.as_of}"),
        "bottom-left": quoted(f"{front.CAUTION}."),
        "bottom-right": '"Page " counter(page) " of " counter(pages)',
    }
    boxes = "".join(
        f"  @{place} {{ content: {said}; {small} }}\n" for place, said in places.items()
    )
    return f"@page {{ size: {site.paper.lower()}; margin: 22mm 18mm 20mm;\n{boxes}}}\n"


def led(one: Listed, up: str = "") -> str:
    """Return number and title of a document, as a link where there is a page."""
    entry = one.entry
    words = f"<b>{text(entry.number)}</b> <bdi>{text(entry.title)}</bdi>"
    place = address(one, up)
    return (
        f'<a class="led" href="{place}">{words}</a>'
        if place
        else f'<span class="led">{words}</span>'
    )
