"""What the disk says, said as docctl says it."""

from collections.abc import Iterator
from contextlib import contextmanager

from docctl.errors import DiskError


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn what the system says of a disk that is full or failing into an error of docctl.

    Raises:
        DiskError: the system reported any `OSError` inside the block.
    """
    try:
        yield
    except OSError as error:
        raise DiskError(error.strerror or str(error)) from error
