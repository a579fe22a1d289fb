"""The changes that led to a commit, counted from 1, and which of them brought what.

Nothing that was ever stored goes away, so that the change that brought a file is found by halving.
"""

from bisect import bisect_left
from datetime import datetime

from docctl.errors import DamagedStoreError, GitError
from docctl.store.reading.reader import Reader

_LISTED = ("--first-parent", "--reverse", "--timestamp")


class Positions:
    """The history of one commit. Making it lists every change: ask only where somebody must know.

    Raises:
        DamagedStoreError: the history breaks off.
    """

    def __init__(self, reader: Reader, commit: str) -> None:
        try:
            listed = reader.git.run("rev-list", *_LISTED, values=[commit])
        except GitError as error:
            raise DamagedStoreError(error.answer.strip()) from error
        self._reader = reader
        fields = listed.decode().split()
        self._times = [int(second) for second in fields[::2]]
        self._commits = fields[1::2]

    def __len__(self) -> int:
        return len(self._commits)

    def commit(self, position: int) -> str:
        """Return the commit of a change."""
        return self._commits[position - 1]

    def since(self, instant: datetime) -> int:
        """Return the first change at or after an instant; where none is, the one to come.

        Later ones may name an earlier time: a vote keeps the time at which it was signed.
        """
        begins = instant.timestamp()
        return next((at for at, time in enumerate(self._times, 1) if time >= begins), len(self) + 1)

    def of(self, path: str) -> int:
        """Return the change that brought a file.

        Raises:
            DamagedStoreError: none did.
        """
        found = bisect_left(
            self._commits, True, key=lambda commit: self._reader.entry(commit, path) is not None
        )
        if found == len(self._commits):
            raise DamagedStoreError(f"{path} is missing")
        return found + 1
