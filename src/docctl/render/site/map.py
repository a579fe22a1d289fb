"""The map: which document refers to which, as a picture and as a table that says the same."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from docctl.english import many
from docctl.render.html.escape import attribute, text
from docctl.render.site.facts import Listed, Site, address
from docctl.render.site.frame import led, listing

__all__ = ["reference_map"]

#: Sizes in pixels: of what is between columns, of a row and of a heading.
_GAP, _ROW, _HIGH, _HEAD, _EDGE, _BASE = 60, 31, 25, 26, 8, 17
#: How narrow and how wide a document may be drawn, and what all columns together should have.
_NARROWEST, _WIDEST, _ROOM = 188, 290, 1100
#: How wide a letter is, about.
_LETTER = 6.4
_SWEEPS = 4
#: How small a picture may become before it is moved sideways instead.
_SMALLEST = 0.8


class _Place(NamedTuple):
    column: int
    x: int
    y: float
    width: int


def reference_map(site: Site) -> bytes:
    """Return the page."""
    known = site.known
    links = {
        number: tuple(one for one in listed.refers if one in known and one != number)
        for number, listed in known.items()
    }
    back: dict[str, list[str]] = {number: [] for number in known}
    for number, targets in links.items():
        for target in targets:
            back[target].append(number)
    joined = [one for one in site.listed if links[one.entry.number] or back[one.entry.number]]
    inside = {one.entry.number for one in joined}
    alone = [one for one in site.listed if one.entry.number not in inside]
    body = style = ""
    if joined:
        width, picture = _picture(site, joined, links, back)
        style = f".map svg {{ max-width: 100%; min-width: {width * _SMALLEST:.0f}px; }}\n"
        table = _table(joined, known, links, back)
        body = (
            f'<p class="skip-map"><a href="#~table">The same as a table</a></p>\n{picture}{table}'
        )
    if alone:
        items = "".join(f"<li>{led(one)}</li>\n" for one in alone)
        body += f"<section>\n<h2>Without references</h2>\n<ul>\n{items}</ul>\n</section>\n"
    count = sum(map(len, links.values()))
    words = f"{many(count, 'reference')} among {many(len(known), 'document')}"
    lead, title = f'<p class="lead">{words}.</p>\n', "How documents refer to each other"
    return listing(site, "map.html", title, body, lead=lead, style=style)


# --- the picture -----------------------------------------------------------------------------


def _picture(
    site: Site,
    joined: Sequence[Listed],
    links: Mapping[str, Sequence[str]],
    back: Mapping[str, Sequence[str]],
) -> tuple[int, str]:
    """Return how wide the picture is, and the picture."""
    order = dict.fromkeys((*site.types, *(one.type_title for one in joined)))
    groups = {
        title: [one.entry.number for one in joined if one.type_title == title] for title in order
    }
    columns = _columns({title: found for title, found in groups.items() if found})
    near = {number: (*links[number], *back[number]) for number in links}
    places, heads = _placed(columns, near)
    width = len(columns) * (_wide(columns) + _GAP) - _GAP + 2
    height = max(place.y for place in places.values()) + _HIGH + _EDGE
    titles = "".join(
        f'<text class="head" x="{place.x}" y="{place.y + _BASE:.0f}">{text(title)}</text>\n'
        for title, place in heads.items()
    )
    edges = "".join(_edge(number, target, places) for number in places for target in links[number])
    known = {one.entry.number: one for one in joined}
    nodes = "".join(
        _node(known[number], place, len(links[number]), len(back[number]))
        for number, place in places.items()
    )
    return width, (
        '<div class="wide map" role="region" aria-label="Map of references" tabindex="0">\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:.0f}" '
        f'viewBox="0 0 {width} {height:.0f}" role="group" aria-label="Map of references">\n'
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" '
        f'markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>\n'
        f'<g class="edges" aria-hidden="true">\n{edges}</g>\n{titles}{nodes}</svg></div>\n'
    )


def _columns(groups: Mapping[str, list[str]]) -> list[dict[str, list[str]]]:
    """Return the types column by column: small neighbours share one."""
    tallest = max(map(len, groups.values())) + 1
    columns: list[dict[str, list[str]]] = []
    room = 0
    for title, found in groups.items():
        if len(found) + 1 > room:
            columns.append({})
            room = tallest
        columns[-1][title] = found
        room -= len(found) + 1
    return columns


def _placed(
    columns: Sequence[dict[str, list[str]]], near: Mapping[str, Sequence[str]]
) -> tuple[dict[str, _Place], dict[str, _Place]]:
    """Return where each document stands, near those that it has to do with, and each heading."""
    for _ in range(_SWEEPS):
        for column in columns:
            height = {number: place.y for number, place in _stacked(columns)[0].items()}
            for found in column.values():
                own = {*found}
                wanted = {number: _middle(number, own, near, height) for number in found}
                found.sort(key=lambda number: (wanted[number], number))
    return _stacked(columns)


def _wide(columns: Collection[object]) -> int:
    """Return how wide a document is drawn: as much of its title is told as there is room for."""
    share = (_ROOM + _GAP) // max(len(columns), 1) - _GAP
    return min(max(share, _NARROWEST), _WIDEST)


def _middle(
    number: str,
    own: Collection[str],
    near: Mapping[str, Sequence[str]],
    height: Mapping[str, float],
) -> float:
    others = [height[one] for one in near[number] if one in height and one not in own]
    return sum(others) / len(others) if others else height[number]


def _stacked(
    columns: Sequence[dict[str, list[str]]],
) -> tuple[dict[str, _Place], dict[str, _Place]]:
    places, heads = dict[str, _Place](), dict[str, _Place]()
    wide = _wide(columns)
    for at, column in enumerate(columns):
        x, y = at * (wide + _GAP) + 1, 0.0
        for title, found in column.items():
            heads[title] = _Place(at, x, y, wide)
            for row, number in enumerate(found):
                places[number] = _Place(at, x, y + _HEAD + _ROW * row, wide)
            y += _HEAD + _ROW * len(found) + _EDGE
    return places, heads


def _edge(number: str, target: str, places: Mapping[str, _Place]) -> str:
    one, other = places[number], places[target]
    y, to = one.y + _HIGH / 2, other.y + _HIGH / 2
    if one.column == other.column:
        x = one.x + one.width
        bow = x + min(_GAP * 0.9, _GAP / 3 + abs(to - y) / 12)
        line = f"M{x} {y:.0f}C{bow:.0f} {y:.0f} {bow:.0f} {to:.0f} {x} {to:.0f}"
    else:
        ahead = other.column > one.column
        x, end = (one.x + one.width, other.x) if ahead else (one.x, other.x + other.width)
        bend = _GAP * 0.6 if ahead else -_GAP * 0.6
        line = f"M{x} {y:.0f}C{x + bend:.0f} {y:.0f} {end - bend:.0f} {to:.0f} {end} {to:.0f}"
    ends = f'data-from="{attribute(number)}" data-to="{attribute(target)}"'
    return f'<path d="{line}" {ends} marker-end="url(#tip)"/>\n'


def _node(one: Listed, place: _Place, out: int, back: int) -> str:
    entry = one.entry
    room = max(int((place.width - 20) / _LETTER - 1.15 * len(entry.number)), 1)
    title = entry.title if len(entry.title) <= room else f"{entry.title[: room - 1]}…"
    said = f"{entry.number} {entry.title}: refers to {out}, referred to by {back}"
    x, y = place.x, place.y
    inside = (
        f"<title>{text(said)}</title>"
        f'<rect x="{x}" y="{y:.0f}" width="{place.width}" height="{_HIGH}" rx="3"/>'
        f'<svg x="{x}" y="{y:.0f}" width="{place.width - 4}" height="{_HIGH}">'
        f'<text x="8" y="{_BASE}">'
        f'<tspan class="number">{text(entry.number)}</tspan> '
        f'<tspan dx="4">{text(title)}</tspan></text></svg>'
    )
    mark = f' data-number="{attribute(entry.number)}"'
    where = address(one)
    if not where:
        return f'<g class="node"{mark}>{inside}</g>\n'
    return f'<a class="node" href="{where}" aria-label="{attribute(said)}"{mark}>{inside}</a>\n'


# --- the table -------------------------------------------------------------------------------


def _table(
    joined: Sequence[Listed],
    known: Mapping[str, Listed],
    links: Mapping[str, Sequence[str]],
    back: Mapping[str, Sequence[str]],
) -> str:
    rows = "".join(_rows(joined, known, links, back))
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Document", "Refers to", "Referred to by")
    )
    return (
        '<h2 id="~table">The same as a table</h2>\n<div class="wide"><table class="references">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )


def _rows(
    joined: Sequence[Listed],
    known: Mapping[str, Listed],
    links: Mapping[str, Sequence[str]],
    back: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    for one in joined:
        number = one.entry.number
        cells = (
            ", ".join(_short(known[name]) for name in found)
            for found in (links[number], back[number])
        )
        inside = "".join(f"<td>{cell}</td>" for cell in cells)
        yield f'<tr><th scope="row">{led(one)}</th>{inside}</tr>\n'


def _short(one: Listed) -> str:
    number, where = text(one.entry.number), address(one)
    title = attribute(one.entry.title)
    inside = f'<a href="{where}" title="{title}">{number}</a>' if where else number
    return f'<span class="whole">{inside}</span>'
