"""People who have read pages one after another, each as far as somebody asks."""

import shutil
from pathlib import Path

from pages import TUTORIAL, before
from reader import read


class Readers:
    """Folders of people who have done pages, each with how many days that took."""

    def __init__(self, tutorial: Path, place: Path) -> None:
        self._place = place
        self._done = {TUTORIAL: (tutorial, 0)}

    def after(self, page: Path) -> tuple[Path, int]:
        """Return the folder of somebody who has done a page and those before it, and the days."""
        if page not in self._done:
            folder, begun = self.after(before(page))
            copied = shutil.copytree(folder, self._place / page.stem)
            self._done[page] = copied, read(page, copied, begun=begun)
        return self._done[page]
