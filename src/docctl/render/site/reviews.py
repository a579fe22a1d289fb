"""The calendar: reviews that are due, month by month, and what else is to come."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from docctl.english import many
from docctl.render.html.escape import text
from docctl.render.site.facts import Listed, Site
from docctl.render.site.frame import led, listing

__all__ = ["reviews"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def reviews(site: Site) -> bytes:
    """Return the page; what is overdue comes first, and says so."""
    dated = sorted(
        ((one.entry.review_due_on, one) for one in site.listed if one.entry.review_due_on),
        key=lambda pair: (pair[0], pair[1].entry.number),
    )
    late = [(day, one) for day, one in dated if one.entry.review_overdue]
    ahead = [(day, one) for day, one in dated if not one.entry.review_overdue]
    parts = [_section("Overdue", late, site.as_of)] if late else []
    parts += [
        _section(f"{_MONTHS[month - 1]} {year}", list(group), site.as_of)
        for (year, month), group in groupby(ahead, lambda pair: (pair[0].year, pair[0].month))
    ]
    undated = [one for one in site.listed if not one.entry.review_due_on]
    if undated:
        items = "".join(f"<li>{led(one)}</li>\n" for one in undated)
        parts.append(f"<section>\n<h2>Without a day</h2>\n<ul>\n{items}</ul>\n</section>\n")
    said = f"{len(late)} overdue, {len(ahead)} to come, as on {site.as_of}."
    lead = f'<p class="lead">{said}</p>\n'
    return listing(site, "reviews.html", "Reviews due", "".join(parts), lead=lead)


def _section(title: str, found: Sequence[tuple[date, Listed]], on: date) -> str:
    rows = "".join(_rows(found, on))
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Day", "Document", "Owner", "When"))
    return (
        f'<section>\n<h2>{title}</h2>\n<div class="wide"><table class="calendar">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n</section>\n"
    )


def _rows(found: Iterable[tuple[date, Listed]], on: date) -> Iterable[str]:
    for day, one in found:
        days = (day - on).days
        span = many(abs(days), "day")
        when = f'<strong class="late">overdue by {span}</strong>' if days < 0 else f"in {span}"
        yield (
            f'<tr><th scope="row"><time datetime="{day}">{day}</time></th><td>{led(one)}</td>'
            f"<td><bdi>{text(one.entry.owner)}</bdi></td>"
            f"<td>{when if days else 'today'}</td></tr>\n"
        )
