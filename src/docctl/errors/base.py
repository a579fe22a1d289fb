"""The root of the error family."""

from typing import ClassVar


class DocctlError(Exception):
    """The root of the family: a message for people, a hint, and the exit code of the doors."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        #: What to do next, one sentence; empty when the message says it all.
        self.hint = hint
