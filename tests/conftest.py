"""No test sees the person who runs it: no home, no agent, no settings of Git or of a terminal."""

import os
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

#: What people have set for themselves.
PERSONAL = ("SSH_AUTH_SOCK", "SSH_ASKPASS", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
            "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PYTHONWARNINGS")  # fmt: skip

#: No test is timed: a machine that is busy is no fault of what is tested.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])

HOME = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("untimed")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
    home = config.stash[HOME] = tempfile.TemporaryDirectory(prefix="docctl-tests-")
    for name in [*PERSONAL, *(one for one in os.environ if one.startswith("GIT_"))]:
        os.environ.pop(name, None)
    os.environ |= {"HOME": home.name, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    if not os.access(Path.cwd(), os.W_OK):
        set_hypothesis_home_dir(Path(home.name) / "hypothesis")


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[HOME].cleanup()
