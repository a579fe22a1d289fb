"""What English asks of a sentence that counts something."""

__all__ = ["many"]


def many(count: int, thing: str) -> str:
    """Return a number of things: `1 day`, `2 days`, `1,000 days`."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
