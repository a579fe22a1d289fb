"""The same text gives the same bytes in every format, in every process, whatever the hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from formats import WRITERS
from texts import FEATURES, REAL

SCRIPT = Path(__file__).with_name("formats.py")
PATH = str(SCRIPT.parents[1] / "render")


def digests(seed: str, folder: Path, texts: tuple[Path, ...]) -> list[str]:
    """Return the digests of all copies, made by another process that stands in *folder*."""
    run = subprocess.run(
        [sys.executable, SCRIPT, *texts],
        env={**os.environ, "PYTHONPATH": PATH, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"},
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout.splitlines()


@pytest.mark.parametrize("texts", [FEATURES, REAL], ids=["features", "real texts"])
def test_no_process_writes_other_bytes(texts: tuple[Path, ...], tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="the extra `pdf` is not installed")

    first, second = (digests(seed, tmp_path, texts) for seed in ("1", "7"))

    assert first == second
    assert len(first) == len(texts) * len(WRITERS)
