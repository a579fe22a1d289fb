from pathlib import Path

import pytest
from company import Company


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return Company.found(tmp_path_factory.mktemp("company"))


@pytest.fixture
def company(founded: Company, tmp_path: Path) -> Company:
    return founded.copy(tmp_path)
