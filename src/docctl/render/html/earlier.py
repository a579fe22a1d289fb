"""Style sheets that pages had before: a page with one of them looks as docctl once wrote it."""

from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType

from docctl.render.html.look import LOOK

__all__ = ["LOOKS", "as_today", "digest_of"]

#: The looks that pages ever had, today's among them: by digest, how many letters each has. Spaces
#: are single, for programs that save a page change them.
LOOKS: Mapping[str, int] = MappingProxyType(
    {
        "3c2435d2c8b2e43857ef962d5a2b76f44dc09bdcf77f57bae9926df56bf3a5f5": 4714,
        "758f8f31ecddfb8b8a67c77dece3b36ee30e17e980506fb1f5ad9707da62ebe6": 5417,
        "3d4f4a846a873603d5ac771f108b5901063ffc31243893b969ecefd55b59cea9": 5779,
        "dc5a7a19bd402e945002e56f0a6d16456ae1be64898aef5a96f279e2839e30ed": 6772,
        "0dd90f9da96b63a2226ed433857428fe5669de9aa5a39debd8dbff432c132ee0": 7331,
    }
)


def digest_of(look: str) -> str:
    """Return the digest by which a look is known, however its lines are broken."""
    return sha256(" ".join(look.split()).encode()).hexdigest()


def as_today(style: str) -> str:
    """Return a style sheet with today's look in the place of an earlier one; others as they are.

    What stands behind the look is of that page alone and stays, spaces made single.
    """
    words = " ".join(style.split())
    for digest, length in LOOKS.items():
        if digest_of(words[:length]) == digest:
            return " ".join(f"{LOOK} {words[length:]}".split())
    return words
