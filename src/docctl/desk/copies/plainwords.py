"""CONTROL and ACCESS in plain words, as Markdown: what an auditor reads instead of settings."""

from collections.abc import Iterable, Iterator
from datetime import date

from docctl.model.control import ROLES, ControlSettings, Route
from docctl.rules.authority import Authority

_VERBS = {"reviewed": "review", "approved": "approval"}


def settings_text(settings: ControlSettings, authority: Authority, on: date) -> str:
    """Return the settings and the authority matrix on a day as a Markdown text."""
    return "\n\n".join((*_settings(settings), *authority_text(settings, authority, on))) + "\n"


def _settings(settings: ControlSettings) -> Iterator[str]:
    yield "## Settings"
    yield _table(
        ("Setting", "Value"),
        [
            ("Organisation", settings.organization),
            ("Profile", settings.profile),
            ("Time zone of dates", settings.time_zone),
            ("Paper", settings.paper),
            ("Who may release", ", ".join(_role(role) for role in settings.release_roles)),
            ("Largest file", f"{settings.limits.file_bytes:,} bytes"),
            ("Largest revision", f"{settings.limits.revision_bytes:,} bytes"),
            ("What the checks find", _strictness(settings.checks)),
            ("References that are not in force", _strictness(settings.references)),
        ],
    )
    yield "## Document types"
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
    yield "## Who must sign"
    rows = [(kind.title, route_text(kind.route)) for kind in settings.types]
    rows += [
        (f"{kind.title}, editorial change", route_text(kind.editorial_route))
        for kind in settings.types
        if kind.editorial_route
    ]
    yield _table(
        ("Document", "Signatures needed"),
        [*rows, ("Control settings", route_text(settings.control_route))],
    )


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


def authority_text(settings: ControlSettings, authority: Authority, on: date) -> Iterator[str]:
    """Yield the authority matrix on a day: who holds which function and may do what."""
    roles = {**ROLES, **settings.roles}
    if settings.functions:
        yield "## Functions"
        yield _table(
            ("Function", "Answers for", "May decide"),
            [(one.title, one.responsibility, one.authority) for one in settings.functions],
        )
    yield "## People"
    people = sorted(authority.persons.values(), key=lambda one: one.id)
    yield _table(
        ("Person", "Name", "Functions", "Since or until"),
        [
            (
                person.id,
                person.name,
                ", ".join(authority.functions(person.id, on)) or "–",
                f"left on {person.left_on}" if person.left_on else "active",
            )
            for person in people
        ],
    )
    yield "## Authority matrix"
    active = [person for person in people if person.left_on is None]
    yield _table(
        ("Role", "What it permits", "Held by"),
        [
            (
                role.replace("_", " "),
                meaning,
                ", ".join(one.name for one in active if role in one.roles) or "–",
            )
            for role, meaning in roles.items()
        ],
    )
    yield (
        f"A change of people, keys or roles takes the signature of {authority.threshold} "
        f"administrator{'s' if authority.threshold > 1 else ''}."
    )
    yield "## Exceptions"
    held = [grant for grant in authority.exceptions if on <= grant.until]
    if not held:
        yield "None in force."
        return
    yield _table(
        ("Person", "May", "Until", "Reason"),
        [
            (one.person, "review and approve own work", one.until.isoformat(), one.reason)
            for one in held
        ],
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_row(head), _row("---" for _ in head), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
