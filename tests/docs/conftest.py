import shutil
from pathlib import Path

import pytest
from pages import TUTORIAL
from reader import read
from readers import Readers


@pytest.fixture(scope="session")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody who has done the tutorial, just as it is written."""
    folder = tmp_path_factory.mktemp("tutorial")
    read(TUTORIAL, folder)
    return folder


@pytest.fixture(scope="session")
def readers(tutorial: Path, tmp_path_factory: pytest.TempPathFactory) -> Readers:
    return Readers(tutorial, tmp_path_factory.mktemp("readers"))


@pytest.fixture
def after_tutorial(tutorial: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to go on from."""
    return shutil.copytree(tutorial, tmp_path / "tutorial")
