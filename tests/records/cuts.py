"""Cuts: a process is killed, or the power goes, at any call that changes a disk.

A moment is such a call, before it is made; a write is also cut in its middle. What is there
afterwards is opened anew, as whoever comes next would.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import pytest
from moments import spread
from stores import At, Call, Disk, die, die_writing, watched

from docctl.store.writing import lock

T = TypeVar("T")
Act = Callable[[T], object]

#: The folder in which a library lies, within one that is its own.
NAME = "acme"


class Office(NamedTuple, Generic[T]):
    """A library that is copied for every cut, and how a copy is opened."""

    root: Path
    opened: Callable[[Path], AbstractContextManager[T]]

    def copied(self, place: Path) -> Path:
        place.mkdir(parents=True)
        return Path(shutil.copytree(self.root, place / NAME))

    def calls(self, act: Act[T], place: Path) -> list[str]:
        """Return the names of the calls by which *act* changes a disk, in their order."""
        names: list[str] = []
        with (
            self.opened(self.copied(place)) as own,
            watched(lambda call: names.append(call.name)),
        ):
            act(own)
        return names


def killed(office: Office[T], act: Act[T], place: Path, wanted: int) -> Iterator[T]:
    """Yield what lies there after a kill at each moment, or at so many all over it."""
    names = office.calls(act, place / "whole")
    each = [(at, die) for at in range(1, len(names) + 1)]
    each += [(at, die_writing) for at, name in enumerate(names, 1) if "write" in name]
    for number in spread(len(each), min(wanted, len(each))):
        at, fault = each[number - 1]
        copy = office.copied(place / f"kill-{number}")
        if _kill(office, act, copy, At(at, fault)):
            with office.opened(copy) as left:
                yield left
        shutil.rmtree(copy.parent)


def _kill(office: Office[T], act: Act[T], copy: Path, at: At) -> bool:
    """Kill a process in the middle of a deed; tell whether it had come so far.

    Names are random, and two of them in one folder make one call less.
    """
    pid = os.fork()
    if not pid:
        try:
            with office.opened(copy) as own, watched(at):
                act(own)
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def powerless(office: Office[T], act: Act[T], place: Path, wanted: int) -> Iterator[T]:
    """Yield what was flushed before the power went at each moment, or at so many all over it."""
    names = office.calls(act, place / "whole")
    moments = spread(len(names) + 1, min(wanted, len(names) + 1))
    with pytest.MonkeyPatch.context() as machine:
        _boot(machine, place, "one")
        with Disk(place / "disk") as disk:
            copy = office.copied(place / "disk")
            disk.sync()
            with office.opened(copy) as own, watched(_Cutting(disk, place, moments)):
                act(own)
            disk.after_power_cut(place / f"cut-{len(names) + 1}")
        _boot(machine, place, "another")
        for at in (one for one in moments if (place / f"cut-{one}").exists()):
            with office.opened(place / f"cut-{at}" / NAME) as left:
                yield left
            shutil.rmtree(place / f"cut-{at}")


def _boot(machine: pytest.MonkeyPatch, place: Path, name: str) -> None:
    """Let the machine have been started: no lock of before counts."""
    (place / name).write_text(name)
    machine.setattr(lock, "_BOOT_ID", place / name)
    machine.setattr(lock, "_LAST_BREATH", 0)


class _Cutting:
    """Keeps what would be there if the power went now."""

    def __init__(self, disk: Disk, place: Path, moments: tuple[int, ...]) -> None:
        self._disk, self._place, self._moments = disk, place, moments
        self._passed, self._busy = 0, False

    def __call__(self, _: Call) -> None:
        if self._busy:  # the copy is written by such calls, too
            return
        self._passed += 1
        if self._passed in self._moments:
            self._busy = True
            self._disk.after_power_cut(self._place / f"cut-{self._passed}")
            self._busy = False
