"""Where a copy is written to, and in which format."""

from pathlib import Path
from typing import TYPE_CHECKING

from docctl.errors import InputError
from docctl.late import Late
from docctl.library.outward import write_out
from docctl.store.files import is_folder

if TYPE_CHECKING:
    from docctl.desk.copies import issuing
else:
    issuing = Late("docctl.desk.copies.issuing")

__all__ = ["destination", "written"]


def destination(path: Path, number: str, wanted: str | None) -> tuple[Path, str]:
    """Return the file to write and its format."""
    if is_folder(path) or not path.suffix:
        wanted = wanted or "docx"
        return path / f"{number}{_ending(wanted)}", wanted
    return path, wanted or issuing.ENDINGS.get(path.suffix.lower(), path.suffix)


def written(path: Path, issued: "issuing.Issued") -> Path:
    """Write a copy and the files beside it, and return its path."""
    for name, data in issued.beside.items():
        write_out(path.parent / name, data)
    return write_out(path, issued.file)


def _ending(wanted: str) -> str:
    for ending, name in issuing.ENDINGS.items():
        if name == wanted:
            return ending
    raise InputError(
        f"there is no format {wanted!r}", hint=f"formats: {', '.join(sorted(issuing.WRITERS))}"
    )
