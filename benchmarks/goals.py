"""How every benchmark says what it found: one line for each goal, and the machine above them."""

import os
import platform
import subprocess
import sys
from pathlib import Path


def machine() -> None:
    """Print what the numbers below were measured on."""
    git = subprocess.run(["git", "version"], capture_output=True, check=True, text=True).stdout
    print(
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {git.strip()}"
    )


def at_most(what: str, measured: float, limit: float, unit: str = "x") -> None:
    """Print a goal that is reached by staying at or below a limit."""
    _line(what, measured, limit, unit, sign="≤", reached=measured <= limit)


def at_least(what: str, measured: float, limit: float, unit: str = "x") -> None:
    """Print a goal that is reached by coming up to a limit."""
    _line(what, measured, limit, unit, sign="≥", reached=measured >= limit)


def own_peak() -> str:
    """Return the peak of this process in KiB; `getrusage` would count what it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))


def _line(what: str, measured: float, limit: float, unit: str, *, sign: str, reached: bool) -> None:
    digits = 0 if limit >= 100 else 2
    verdict = "reached" if reached else "missed"
    print(
        f"{what:54} {measured:8,.{digits}f} {unit:10} goal {sign} {limit:,.{digits}f}  {verdict}",
        flush=True,
    )


def peak(script: str, name: str, work: Path) -> float:
    """Return the peak resident size of one piece of a script's work, in MiB."""
    argv = [sys.executable, script, "--only", name, str(work)]
    told = subprocess.run(argv, capture_output=True, check=True, text=True).stdout
    return int(told) / 1024
