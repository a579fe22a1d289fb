"""What a piece of work, or a program, takes: processor time of its own, and the most memory."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

#: Starts a program from a process that is small: a peak counts what it was started from.
_LAUNCHER = """
import os, sys
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(pid, 0)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Taken(NamedTuple):
    """Seconds of processor time, seconds by the wall, and MiB at the most."""

    processor: float
    wall: float
    peak: float = 0.0


def program(argv: Sequence[str | Path]) -> Taken:
    """Run a program to its end."""
    start = time.perf_counter()
    launcher = [sys.executable, "-S", "-E", "-c", _LAUNCHER, *map(str, argv)]
    told = subprocess.run(launcher, check=True, capture_output=True, text=True).stdout
    processor, peak = told.split()[-2:]
    return Taken(float(processor), time.perf_counter() - start, int(peak) / 1024)


def here(work: Callable[[], object]) -> Taken:
    """Do a piece of work in this process."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Taken(time.process_time() - processor, time.perf_counter() - wall)
