"""CONTROL and ACCESS in plain words, as a tree: what an auditor reads instead of settings."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from types import MappingProxyType

from docctl.content.nodes import grid, words
from docctl.content.structure.anchors import slug
from docctl.content.tree import Block, Document, Heading, Paragraph, Table
from docctl.model.control import ControlSettings, Route, scheduling
from docctl.model.records.retention import RetentionClass, Triggers
from docctl.rules.authority import Authority
from docctl.rules.exceptions import Departure

_VERBS = MappingProxyType({"reviewed": "review", "approved": "approval"})


def settings_tree(
    settings: ControlSettings, authority: Authority, on: date, *, bent: Iterable[Departure]
) -> Document:
    """Return the settings and the authority matrix on a day; every value stands as it is.

    *bent* are the departures from the rules that every report of the day must show.
    """
    return Document((*_settings(settings), *_authority(settings, authority, on), *_bent(bent)))


def _bent(departures: Iterable[Departure]) -> Iterator[Block]:
    yield _heading("Exceptions")
    rows = [(one.subject, one.sentence) for one in departures]
    yield _table(("About", "What must be known"), rows) if rows else _paragraph("None in force.")


def _settings(settings: ControlSettings) -> Iterator[Block]:
    yield _heading("Settings")
    yield _table(
        ("Setting", "Value"),
        [
            ("Organisation", settings.organization),
            ("Profile", settings.profile),
            ("Time zone of dates", settings.time_zone),
            ("Paper", settings.paper),
            ("Word copies look like", settings.template or "docctl's own"),
            ("Who may release", ", ".join(_role(role) for role in settings.release_roles)),
            ("Largest file", f"{settings.limits.file_bytes:,} bytes"),
            ("Largest revision", f"{settings.limits.revision_bytes:,} bytes"),
            ("What the checks find", _strictness(settings.checks)),
            ("References that are not in force", _strictness(settings.references)),
        ],
    )
    yield _heading("Document types")
    yield _table(
        ("Type", "Numbers", "Revisions", "Review every", "Recommended sections"),
        [
            (
                kind.title,
                kind.numbering.number(1),
                kind.labels.replace("_", "."),
                f"{kind.review_months} months",
                ", ".join(one.split("|")[0] for one in kind.sections),
            )
            for kind in settings.types
        ],
    )
    yield _heading("Who must sign")
    rows = [(kind.title, route_text(kind.route)) for kind in settings.types]
    rows += [
        (f"{kind.title}, editorial change", route_text(kind.editorial_route))
        for kind in settings.types
        if kind.editorial_route
    ]
    rows.append(("Control settings", route_text(settings.control_route)))
    if settings.retention:
        changed = route_text(scheduling(settings.control_route))
        rows.append(("Control settings that change the retention schedule", changed))
    yield _table(("Document", "Signatures needed"), rows)
    yield from _retention(settings)


def _retention(settings: ControlSettings) -> Iterator[Block]:
    if not settings.retention:
        return
    yield _heading("Retention schedule")
    yield _table(
        ("Class", "What for", "Kept", "Then", "Limits", "Disposal authorised by"),
        [
            (
                f"{one.title} ({one.name})",
                one.scope,
                period_text(one),
                _then(one),
                "; ".join(_limits(one)),
                one.owner.name if one.owner else "another keeper of records",
            )
            for one in settings.retention
        ],
    )


def period_text(kind: RetentionClass) -> str:
    """Return how long records of a class are kept: `10 years from closed, to the end of a year`."""
    if kind.action == "permanent":
        return "for ever"
    joined = " or ".join(kind.triggers)
    if isinstance(kind.trigger, Triggers):
        which = "the earliest of" if kind.trigger.earliest else "the latest of"
        joined = f"{which} {', '.join(kind.triggers)}"
    drawn = "" if kind.rounding == "day" else f", to the end of the {kind.rounding}"
    return f"{kind.period} from {joined.replace('_', ' ')}{drawn}"


def _then(kind: RetentionClass) -> str:
    if kind.action == "permanent":
        return "nothing"
    window = f", {kind.window_days} days after it is authorised" if kind.window_days else ""
    return f"{kind.method}{window}"


def _limits(kind: RetentionClass) -> Iterator[str]:
    if kind.minimum:
        yield f"at least {kind.minimum.period} ({kind.minimum.mandate})"
    if kind.maximum:
        yield f"at most {kind.maximum.period} ({kind.maximum.mandate})"


def _strictness(value: str) -> str:
    return "stop the document" if value == "refuse" else "are reported"


def _role(role: str) -> str:
    return "an author of the revision" if role == "author" else role.replace("_", " ")


def route_text(route: Route) -> str:
    """Return a route as a sentence: `1 review by reviewer, then 1 approval by approver`."""
    orders = sorted({step.order for step in route.steps})
    return ", then ".join(
        " and ".join(
            f"{step.persons} {_VERBS[step.meaning]} by {step.role.replace('_', ' ')}"
            for step in route.steps
            if step.order == order
        )
        for order in orders
    )


def _authority(settings: ControlSettings, authority: Authority, on: date) -> Iterator[Block]:
    """Yield the authority matrix on a day: who holds which function and may do what."""
    if settings.functions:
        yield _heading("Functions")
        yield _table(
            ("Function", "Answers for", "May decide"),
            [(one.title, one.responsibility, one.authority) for one in settings.functions],
        )
    yield _heading("People")
    people = sorted(authority.persons.values(), key=lambda one: one.id)
    yield _table(
        ("Person", "Name", "Functions", "Since or until"),
        [
            (
                person.id,
                person.name,
                ", ".join(authority.functions(person.id, on)),
                f"left on {person.left_on}" if person.left_on else "active",
            )
            for person in people
        ],
    )
    yield _heading("Authority matrix")
    active = [person for person in people if person.left_on is None]
    yield _table(
        ("Role", "What it permits", "Held by"),
        [
            (
                role.replace("_", " "),
                meaning,
                ", ".join(one.name for one in active if role in one.roles),
            )
            for role, meaning in settings.known_roles.items()
        ],
    )
    many = f"{authority.threshold} administrator{'s' if authority.threshold > 1 else ''}"
    yield _paragraph(f"A change of people, keys or roles takes the signature of {many}.")


def _heading(title: str) -> Heading:
    return Heading(2, words(title), slug(words(title)))


def _paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    return grid(head, ([words(cell) for cell in row] for row in rows))
