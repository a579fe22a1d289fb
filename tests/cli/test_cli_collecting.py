"""The collector of garbage: a process of docctl's own is at ease, anybody else's is left alone."""

import subprocess
import sys

import pytest

RUN = """
from docctl.cli import main
sys.argv = ['docctl', '--version']
try: main()
except SystemExit: pass
print(gc.get_threshold()[0] > before[0])
"""
EMBED = """
import docctl
docctl.Library
print(gc.get_threshold() == before)
"""


@pytest.mark.parametrize("script", [RUN, EMBED])
def test_only_the_command_line_changes_how_often_garbage_is_collected(script: str) -> None:
    ask = f"import gc, sys\nbefore = gc.get_threshold()\n{script}"
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert told.stdout.splitlines()[-1] == "True"
