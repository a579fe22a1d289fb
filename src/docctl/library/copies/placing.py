"""Where a copy is written to, and in which format."""

from pathlib import Path
from typing import TYPE_CHECKING

from docctl.late import Late
from docctl.library.outward import write_out
from docctl.store.files import is_folder

if TYPE_CHECKING:
    from docctl.desk.copies import writers
else:
    writers = Late("docctl.desk.copies.writers")

__all__ = ["destination", "written"]


def destination(path: Path, number: str, wanted: str | None) -> tuple[Path, str]:
    """Return the file to write and its format.

    Raises:
        InputError: there is no such format.
    """
    if is_folder(path) or not path.suffix:
        wanted = wanted or "docx"
        return path / f"{number}{_ending(wanted)}", wanted
    return path, wanted or writers.ENDINGS.get(path.suffix.lower(), path.suffix)


def written(path: Path, issued: "writers.Issued") -> Path:
    """Write a copy and the files beside it, and return its path."""
    for name, data in issued.beside.items():
        write_out(path.parent / name, data)
    return write_out(path, issued.file)


def _ending(wanted: str) -> str:
    writers.writer(wanted)
    return next(ending for ending, name in writers.ENDINGS.items() if name == wanted)
