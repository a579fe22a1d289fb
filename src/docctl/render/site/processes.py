"""Policies, procedures, instructions and forms by process."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from docctl.model.document import Process
from docctl.model.lifecycle import State
from docctl.render.html.escape import text
from docctl.render.site.facts import Listed, Site
from docctl.render.site.frame import led, listing

__all__ = ["processes"]

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "management": "Management process",
        "core": "Core process",
        "support": "Support process",
    }
)


def processes(site: Site) -> bytes:
    """Return the page: each process with its documents by type, then those of no process."""
    told = {one.name: one for one in site.processes}
    named = {name: name for one in site.listed for name in one.processes}
    order = [*told, *sorted({*named} - {*told})]
    sections = "".join(
        _section(site, name, told.get(name), at) for at, name in enumerate(order, start=1)
    )
    rest = [one for one in site.listed if not _of(site, one)]
    if rest:
        title = "Of no process in particular" if order else "All documents"
        sections += f"<section>\n<h2>{title}</h2>\n{_by_type(site, rest)}</section>\n"
    return listing(site, "processes.html", "Documents by process", _index(order) + sections)


def _of(site: Site, one: Listed) -> set[str]:
    """Return the processes of a document: those that it names, and those that name it."""
    named = {told.name for told in site.processes if one.entry.number in told.documents}
    return {*one.processes} | named


def _index(order: Iterable[str]) -> str:
    items = "".join(
        f'<li><a href="#process-{at}"><bdi>{text(name)}</bdi></a></li>\n'
        for at, name in enumerate(order, start=1)
    )
    return f'<nav class="index" aria-label="Processes"><ul>\n{items}</ul></nav>\n' if items else ""


def _section(site: Site, name: str, told: Process | None, at: int) -> str:
    found = [one for one in site.listed if name in _of(site, one)]
    facts = "".join(
        f"<div><dt>{label}</dt><dd>{text(said)}</dd></div>\n" for label, said in _facts(told)
    )
    about = f'<dl class="process">\n{facts}</dl>\n' if facts else ""
    documents = _by_type(site, found) if found else "<p>No document in force.</p>\n"
    return (
        f'<section>\n<h2 id="process-{at}"><bdi>{text(name)}</bdi></h2>\n'
        f"{about}{documents}</section>\n"
    )


def _facts(told: Process | None) -> Iterator[tuple[str, str]]:
    if told is None:
        return
    yield "Kind", _KINDS[told.kind]
    yield "Owner", told.owner
    for label, said in (("Takes in", told.inputs), ("Gives", told.outputs), ("Feeds", told.feeds)):
        if said:
            yield label, ", ".join(said)


def _by_type(site: Site, found: Iterable[Listed]) -> str:
    groups: dict[str, list[Listed]] = {title: [] for title in site.types}
    for one in found:
        groups.setdefault(one.type_title, []).append(one)
    return "".join(
        f'<div class="kinds"><h3>{text(title)}</h3>\n<ul>\n'
        + "".join(f"<li>{led(one)}{_mark(one)}</li>\n" for one in group)
        + "</ul></div>\n"
        for title, group in groups.items()
        if group
    )


def _mark(one: Listed) -> str:
    suspended = one.entry.state is State.SUSPENDED
    return ' <strong class="late">(suspended)</strong>' if suspended else ""
