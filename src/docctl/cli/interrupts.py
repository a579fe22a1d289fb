"""Ctrl-C: whoever pressed it is told so, whatever error came of it on the way."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

_PRESSED = Event()


@contextmanager
def noting() -> Iterator[None]:
    """Note, within the block, that somebody pressed Ctrl-C; it interrupts as ever.

    Where the process was told to ignore it, as one in the background is, that stays so.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, _note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        _PRESSED.clear()


def _note(number: int, frame: FrameType | None) -> None:
    _PRESSED.set()
    signal.default_int_handler(number, frame)


@contextmanager
def interrupts_first() -> Iterator[None]:
    """Let an interrupt win over an error: code of others may have made the one of the other.

    A schema that is being built while Ctrl-C is pressed can be left half built, for example, and
    would then refuse what is right.
    """
    try:
        yield
    except Exception as error:
        if _PRESSED.is_set():
            raise KeyboardInterrupt from error
        raise
