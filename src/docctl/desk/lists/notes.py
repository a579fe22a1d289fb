"""What events say, for people who read a history."""

from typing import Any

from docctl.model.event import Event

#: What a note leaves out: keys and digests are for programs, which read the event itself.
_UNSAID: Any = {
    **dict.fromkeys(("route", "votes", "key", "base", "control", "salt"), True),
    "founder": {"key", "fingerprint"},
}


def note_of(event: Event) -> str:
    """Return what an event says beside its type, in one line."""
    data = getattr(event, "data", None)
    if data is None:
        return ""
    given = data.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude=_UNSAID)
    return ", ".join(f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in given.items())


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return " and ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return " ".join(_plain(one) for one in value.values())
    return str(value)
