"""The root of the error family."""

from collections.abc import Sequence
from typing import Any, ClassVar

#: Longer messages are cut; they quote what somebody has given.
_LONGEST = 4000


def _readable(text: str) -> str:
    """Return a text that neither moves a cursor nor fills a screen, whatever it quotes."""
    if text.isprintable() and len(text) <= _LONGEST:
        return text
    shown = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text[:_LONGEST])
    return f"{shown} …" if len(text) > _LONGEST else shown


class DocctlError(Exception):
    """The root of the family: a message for people, a hint, and the exit code of the doors."""

    exit_code: ClassVar[int] = 1
    #: What to do next where an error does not say it itself.
    usual_hint: ClassVar[str] = ""

    def __init__(self, message: str, *, faults: Sequence[str] = (), hint: str = "") -> None:
        #: What the message begins with, before the faults.
        self.lead = _readable(message)
        #: One sentence for each thing that is wrong, where there may be several.
        self.faults = tuple(_readable(fault) for fault in faults)
        super().__init__(_readable(" ".join(filter(None, (message, "; ".join(faults))))))
        #: What to do next, one sentence; empty when the message says it all.
        self.hint = _readable(hint) or self.usual_hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error reach another process as it is: pickled, whatever its class is made from."""
        return _unpickled, (type(self), *self.args), self.__dict__


def _unpickled(kind: type[DocctlError], *args: str) -> DocctlError:
    return kind.__new__(kind, *args)
