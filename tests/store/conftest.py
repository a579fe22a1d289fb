"""Stores in either object format, copied from one that was made once, on a quick disk."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import S3, Sftp

from docctl.store.writing.change import Store

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@pytest.fixture(scope="session")
def templates() -> Iterator[dict[str, Path]]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        made = {form: Path(name) / form / "store.git" for form in ("sha1", "sha256")}
        for form, path in made.items():
            Store.create(path, object_format=form).close()
        yield made


@pytest.fixture
def place(templates: dict[str, Path]) -> Iterator[Path]:
    """A folder that goes after the test."""
    with tempfile.TemporaryDirectory(dir=templates["sha1"].parent.parent) as name:
        yield Path(name)


@pytest.fixture(params=["sha1", "sha256"])
def both(request: pytest.FixtureRequest, templates: dict[str, Path], place: Path) -> Path:
    return Path(shutil.copytree(templates[request.param], place / "store.git"))


@pytest.fixture
def path(templates: dict[str, Path], place: Path) -> Path:
    return Path(shutil.copytree(templates["sha1"], place / "store.git"))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the disk: no test can see whether it has really been waited for."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(os, "sync", lambda: None)


@pytest.fixture(scope="session")
def sftp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sftp]:
    server = Sftp(tmp_path_factory.mktemp("sshd"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    server = S3()
    yield server
    server.stop()
