"""A site and a browser to read it with: Debian's Chromium, driven by Playwright.

Without either the tests are skipped. No browser is ever fetched.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "library")]

from firm import Firm  # noqa: E402
from firm_fixtures import founded, memory, place  # noqa: E402
from reading import Reader, Site, numbers_of_reading  # noqa: E402

__all__ = ["founded", "memory", "place"]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
#: Nothing of the browser's own may ask any host for anything.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium; for no longer than it is needed, as it holds the loop of its process."""
    drive = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with drive.sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a firm with documents of every kind; it is for reading only."""
    folder = tmp_path_factory.mktemp("site")
    with tempfile.TemporaryDirectory() as scratch, Firm.found(Path(scratch) / "acme") as firm:
        numbers = numbers_of_reading(firm)
        made = firm.ada.publish(folder / "pages")
    return Site(folder / "pages", numbers, made)


@pytest.fixture
def reader(browser: object, site: Site) -> Iterator[Reader]:
    """Somebody who reads the site; at the end nothing was wrong and no host was asked."""
    with Reader.at(browser, site) as reader:
        yield reader
    assert reader.complaints == []
    assert reader.strangers == []
