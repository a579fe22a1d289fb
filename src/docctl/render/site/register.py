"""The home of a site: the register, which its script lets people sort, filter and search."""

from collections.abc import Iterable, Iterator, Sequence

from docctl.model.lifecycle import State
from docctl.render import front
from docctl.render.html.escape import attribute, text
from docctl.render.site.facts import Coming, Gone, Listed, Site, address
from docctl.render.site.frame import led, listing

__all__ = ["register"]

_HEAD = ("Number", "Title", "Type", "Rev.", "Status", "In force since", "Next review", "Owner")
_OVERDUE, _TO_COME = "Review overdue", "New revision to come"


def register(site: Site) -> bytes:
    """Return the page."""
    listed = _listed(site) if site.listed else "<p>No document is in force.</p>\n"
    body = f"{listed}{_coming(site)}{_gone(site.gone, site)}"
    lead = '<p class="lead">What is worked by, each document in the revision that applies.</p>\n'
    return listing(site, "index.html", "Documents in force", body, lead=lead)


def _listed(site: Site) -> str:
    choices = _Choices(site)
    rows = "".join(_row(one, choices) for one in site.listed)
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in _HEAD)
    return (
        f"{_form(site, choices)}"
        f'<div class="wide" role="region" aria-label="Documents in force" tabindex="0">'
        f'<table class="register" id="register">\n<caption class="unseen">Documents in force on '
        f"{site.as_of}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n"
        f'</table></div>\n<p class="nothing" hidden>No document fits.</p>\n'
    )


class _Choices:
    """What can be chosen in each list, and under which place in it."""

    def __init__(self, site: Site) -> None:
        self.coming = {one.number for one in site.coming}
        listed = site.listed
        named = {one.type_title for one in listed}
        self.types = [*(one for one in site.types if one in named)]
        self.types += sorted(named - {*self.types})
        self.processes = sorted({name for one in listed for name in one.processes})
        self.owners = sorted({one.entry.owner for one in listed})
        states = dict.fromkeys(name for one in listed for name in self.states_of(one))
        self.states = sorted(states)

    def states_of(self, one: Listed) -> Iterator[str]:
        yield front.STATE_WORDS[one.entry.state]
        if one.entry.review_overdue:
            yield _OVERDUE
        if one.entry.number in self.coming:
            yield _TO_COME

    def marks(self, one: Listed) -> str:
        """Return the attributes by which the script filters."""
        found = {
            "type": [self.types.index(one.type_title)],
            "process": [self.processes.index(name) for name in one.processes],
            "owner": [self.owners.index(one.entry.owner)],
            "state": [self.states.index(name) for name in self.states_of(one)],
        }
        return "".join(f' data-{name}="{_numbers(places)}"' for name, places in found.items())


def _numbers(places: Sequence[int]) -> str:
    return " ".join(map(str, places))


def _form(site: Site, choices: _Choices) -> str:
    lists = (
        ("type", "Type", choices.types),
        ("process", "Process", choices.processes),
        ("owner", "Owner", choices.owners),
        ("state", "Status", choices.states),
    )
    selects = "".join(_select(*one) for one in lists if len(one[2]) > 1)
    shards = attribute(" ".join(site.shards))
    return (
        f'<form class="finder" role="search" hidden data-shards="{shards}">\n'
        '<p class="field words"><label for="words">Search titles and texts</label>'
        '<input id="words" type="search" autocomplete="off" spellcheck="false"></p>\n'
        f'{selects}<div class="told"><p class="count" role="status" aria-live="polite"></p>'
        '<button type="button" hidden>Show every row</button>'
        '<button type="reset" hidden>Show all documents</button></div>\n</form>\n'
    )


def _select(name: str, label: str, values: Iterable[str]) -> str:
    options = "".join(
        f'<option value="{place}">{text(value)}</option>' for place, value in enumerate(values)
    )
    return (
        f'<p class="field"><label for="by-{name}">{label}</label>'
        f'<select id="by-{name}" data-by="{name}"><option value="">All</option>{options}</select>'
        "</p>\n"
    )


def _row(one: Listed, choices: _Choices) -> str:
    entry = one.entry
    place = address(one)
    title = f"<bdi>{text(entry.title)}</bdi>"
    title = f'<a href="{place}">{title}</a>' if place else title
    remark = "".join(_remarks(one))
    more = text(" ".join((one.summary, *one.keywords)).strip())
    about = f'<small class="about">{more}</small>' if more else ""
    due = str(entry.review_due_on or "")
    overdue = ' <strong class="late">overdue</strong>' if entry.review_overdue else ""
    state = text(front.STATE_WORDS[entry.state])
    if entry.state is not State.EFFECTIVE:
        state = f'<strong class="late">{state}</strong>'
    cells = (
        f'<td class="title">{title}{remark}{about}</td>',
        f"<td>{text(one.type_title)}</td>",
        f"<td>{text(entry.revision)}</td>",
        f"<td>{state}</td>",
        f"<td>{entry.effective_on or ''}</td>",
        f"<td>{due}{overdue}</td>",
        f"<td><bdi>{text(entry.owner)}</bdi></td>",
    )
    number = f'<th scope="row">{text(entry.number)}</th>'
    return f'<tr id="{attribute(entry.number)}"{choices.marks(one)}>{number}{"".join(cells)}</tr>\n'


def _remarks(one: Listed) -> Iterator[str]:
    """Yield what must be known of a document before it is opened."""
    if one.entry.state is State.SUSPENDED:
        yield '<small class="remark late">Suspended: do not work by it</small>'
    if one.licence is not None:
        why = one.licence or "its licence forbids it"
        yield f'<small class="remark">Text not on this site: {text(why)}</small>'


def _coming(site: Site) -> str:
    if not site.coming:
        return ""
    known = site.known
    items = "".join(f"<li>{_to_come(one, known.get(one.number))}</li>\n" for one in site.coming)
    return f"<section>\n<h2>Taking effect later</h2>\n<ul>\n{items}</ul>\n</section>\n"


def _to_come(one: Coming, now: Listed | None) -> str:
    name = led(now) if now else f"<b>{text(one.number)}</b> <bdi>{text(one.title)}</bdi>"
    return f"{name}: revision {text(one.revision)} from {one.on}"


def _gone(gone: Iterable[Gone], site: Site) -> str:
    known = site.known
    items = []
    for one in gone:
        name = f"<b>{text(one.number)}</b> <bdi>{text(one.title)}</bdi>"
        since = f", withdrawn on {one.on}" if one.on else ""
        instead = known.get(one.replaced_by or "")
        then = f"; replaced by {led(instead)}" if instead else ""
        items.append(f"<li>{name}{since}{then}</li>\n")
    if not items:
        return ""
    return (
        f'<section>\n<details><summary><h2 class="inline">No longer in force</h2> '
        f"({len(items)})</summary>\n<ul>\n{''.join(items)}</ul>\n</details>\n</section>\n"
    )
