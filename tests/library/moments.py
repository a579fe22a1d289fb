"""Moments: every call of a function is one. At any of them Python may notice a signal."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from pydantic_core import PydanticSerializationError

T = TypeVar("T")

Fault = Callable[[], object]


@contextmanager
def watched(fault: Fault | None = None, *, at: int = 0) -> Iterator[list[int]]:
    """Count the moments of a block; let *fault* happen at number *at*."""
    passed = [0]

    def moment(_: Any, event: str, __: Any) -> None:
        passed[0] += event == "call"
        if passed[0] == at and event == "call" and fault:
            fault()

    before = sys.getprofile()
    sys.setprofile(moment)
    try:
        yield passed
    finally:
        sys.setprofile(before)


def spread(total: int, wanted: int) -> tuple[int, ...]:
    """Return moments all over a verb, the first and the last among them."""
    return tuple(dict.fromkeys(1 + round(i * (total - 1) / (wanted - 1)) for i in range(wanted)))


def press_ctrl_c() -> None:
    raise KeyboardInterrupt


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupted(begin: Callable[[], T], act: Callable[[T], object], at: int) -> None:
    """Press Ctrl-C at a moment of *act*; what was open then goes to the collector.

    Pressed while pydantic asks our code for a text, it comes out as pydantic's error; the command
    line tells that apart (`cli.interrupts`).
    """
    begun = begin()
    with suppress(KeyboardInterrupt, PydanticSerializationError), watched(press_ctrl_c, at=at):
        act(begun)
    del begun
    gc.collect()


def killed(begin: Callable[[], T], act: Callable[[T], object], at: int) -> None:
    """Let a process of its own do *act* and be killed at a moment of it."""
    pid = os.fork()
    if not pid:
        try:
            begun = begin()
            with watched(kill, at=at):
                act(begun)
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
