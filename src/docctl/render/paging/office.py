"""LibreOffice: started in a folder of its own, for so long and no longer."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from docctl.errors import PagingError
from docctl.late import Late

if TYPE_CHECKING:
    from docctl.render.docx import Pages
    from docctl.render.paging import places
else:
    places = Late("docctl.render.paging.places")

__all__ = ["LibreOffice"]

#: A PDF in which every bookmark of the file is a place that has a name.
_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)
_QUIET = ("--headless", "--norestore", "--nolockcheck", "--convert-to", _FILTER)
#: How it calls itself, to the last build: another one may count otherwise.
_VERSION = re.compile(r"LibreOffice [0-9][0-9.]+(?: [^ ]+)?")
_SAID = 300  # letters of what it complains of


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """The LibreOffice of this machine, which lays copies out to count the pages of contents.

    It works in a folder of its own that is removed afterwards; settings of the person who calls
    have no part in it. What is counted depends on its version and on the fonts of the machine.
    """

    program: str = "soffice"
    """The name of the program, or its path."""

    limit: float = 300
    """How many seconds it may take to lay a copy out once."""

    def pages(self, file: bytes) -> "Pages":
        """Return on which pages the bookmarks of a DOCX file stand.

        Raises:
            PagingError: LibreOffice or pypdf is not installed, it takes too long, or fails.
        """
        program = shutil.which(self.program)
        if program is None:
            raise PagingError(
                f"there is no LibreOffice on this machine: {self.program} is not found",
                hint="install LibreOffice Writer and put it on PATH, or ask for no page numbers",
            )
        with TemporaryDirectory(prefix="docctl-pages-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            (folder / "copy.docx").write_bytes(file)
            home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
            said = _run((program, home, *_QUIET, "copy.docx"), folder, self.limit)
            made = folder / "copy.pdf"
            if not made.is_file():
                raise PagingError(f"LibreOffice did not lay the copy out: {said or 'no reason'}")
            found = places.pages(made.read_bytes())
            version = _VERSION.search(_run((program, home, "--version"), folder, self.limit))
            return found._replace(by=version[0]) if version else found


def _run(command: Sequence[str], folder: Path, limit: float) -> str:
    """Run a program to its end, or end it with all that it has started; return what it said."""
    log = folder / "log"
    with log.open("wb") as said:
        try:
            process = subprocess.Popen(  # noqa: S603 - a program that the caller named, no shell
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        except OSError as error:
            raise PagingError(f"LibreOffice cannot be started: {error}") from error
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired as error:
            raise PagingError(
                f"LibreOffice has not laid the copy out in {limit:g} seconds",
                hint="give it more time, or ask for no page numbers",
            ) from error
        finally:
            _end(process)
    words = " ".join(log.read_text("utf-8", "replace").split())
    return words[-_SAID:]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and what it has started: it begins as a script that starts another."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
