import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from office import Office  # noqa: E402
from scene import Scene, furnished  # noqa: E402


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Path]:
    path = tmp_path_factory.mktemp("library") / "store.git"
    return furnished(path), path


@pytest.fixture
def scene(original: tuple[Office, Path], tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(*original, tmp_path / "store.git")
    yield scene
    scene.close()
