"""The file with which anyone can check docctl's signatures with stock `ssh-keygen`."""

import re
from collections.abc import Iterable

from docctl.errors import UnreadableError
from docctl.trust.keys import PublicKey
from docctl.trust.sshsig import NAMESPACE

#: A name that needs no quotes.
PLAIN = re.compile(r"[A-Za-z0-9._@+-]+")
#: A name that OpenSSH would read otherwise: patterns, lists, quotes, more than one line.
UNSAFE = re.compile(r'[*?!,"\\\x00-\x1f\x7f]')


def allowed_signers(entries: Iterable[tuple[str, PublicKey]]) -> str:
    """Return an allowed-signers file: one line for each pair of a person's id and a key, in order.

    Each key is allowed for docctl's events only. Check with
    `ssh-keygen -Y verify -f FILE -I PERSON -n docctl-event@v1 -s EVENT.sig < EVENT.json`.

    Raises:
        UnreadableError: an id that cannot stand in such a file.
    """
    lines = {f'{quoted(name)} namespaces="{NAMESPACE}" {key.line}\n' for name, key in entries}
    return "".join(sorted(lines))


def quoted(name: str) -> str:
    """Return *name* so that OpenSSH reads exactly it."""
    if not name or UNSAFE.search(name):
        raise UnreadableError(f"the id {name!r}", "it cannot stand in an allowed-signers file")
    return name if PLAIN.fullmatch(name) else f'"{name}"'
