"""Signatures that a revoked key makes doubtful."""

from collections.abc import Iterable

from docctl.model.event import Signed
from docctl.rules.authority import Authority


def questioned(authority: Authority, signatures: Iterable[Signed]) -> tuple[Signed, ...]:
    """Return what was signed with a key while it was suspect, in the order given.

    A key that was revoked as suspect from a position is doubted from there to its end. These
    signatures must be given again; what was answered about the past does not change.
    """
    return tuple(
        signed
        for signed in signatures
        if any(_doubted(authority, key, signed.position) for key in signed.keys)
    )


def _doubted(authority: Authority, fingerprint: str, position: int) -> bool:
    held = authority.key(fingerprint)
    if held is None or held.suspect_from is None or held.ended_at is None:
        return False
    return held.suspect_from <= position < held.ended_at
