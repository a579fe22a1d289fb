"""Copies that come back: one file, or all of a folder that somebody has filled for years."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.errors import DocctlError, InputError, LimitError, NotFoundError, PathError
from docctl.late import Late
from docctl.library.checked import checked
from docctl.library.copies.issuing import given
from docctl.library.handle import Handle
from docctl.model.answers.verified import VerifiedCopies, VerifiedCopy
from docctl.store.files import is_folder, is_link, is_there, read_file, read_start

if TYPE_CHECKING:
    from docctl import intake
    from docctl.desk.copies import judging
    from docctl.render import docx
else:
    docx = Late("docctl.render.docx")
    intake = Late("docctl.intake")
    judging = Late("docctl.desk.copies.judging")

#: The largest file that is read.
LARGEST = 256 * 1024 * 1024
#: How much of a file tells whether it may be a copy at all.
_START = 4096
_DEEPEST = 100
#: Endings of files that somebody took for a copy, whatever they hold.
_EXPECTED = frozenset({".docx", ".pdf"})
#: Endings that copies have; what cannot be opened may be one.
_USUAL = frozenset({".docx", ".pdf", ".html", ".htm", ".md", ".markdown"})


@checked
class Judging(Handle):
    """What can be found out about files that left the library."""

    def verify_copy(
        self,
        path: str | os.PathLike[str],
        *,
        template: str | os.PathLike[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> VerifiedCopies:
        """Find out of a copy whose it is, whether it was altered, and whether it still holds.

        *path* is a file, or a folder whose files are all looked at, in folders below it too. Links
        are not followed, hidden files left out; files of formats that no copy has are counted, and
        folders that cannot be opened named.
        What a DOCX, HTML or Markdown copy says is compared with what docctl writes for the
        revision and the day that it names, wherever it was saved since; of a PDF every byte.
        *template* is the one on which DOCX copies were written; without it their heads and feet
        cannot be judged. *progress* is called with the number of files looked at and their total.

        Raises:
            NotFoundError: there is no such file or folder.
            InputError: the folder is a link.
            UnreadableError: the template is no DOCX file, or cannot be used.
        """
        place = Path(path)
        judge = judging.Judge(self.bench, _finish(template))
        if not is_folder(place):
            if not is_there(place) and not is_link(place):
                raise NotFoundError(f"file {place}", hint="look at its path and spelling")
            return VerifiedCopies(copies=(_looked_at(judge, place, _shown(place)),))
        if is_link(place):
            raise InputError(f"{place} is a link to another place", hint="name the folder itself")
        return _folder(judge, place, progress or (lambda _done, _total: None))


def _finish(template: str | os.PathLike[str] | None) -> "docx.Finish":
    named = given(template)
    if named is None:
        return docx.AS_USUAL
    name, data = named
    return docx.Finish(template=docx.template(data, name))


def _folder(
    judge: "judging.Judge", place: Path, progress: Callable[[int, int], None]
) -> VerifiedCopies:
    found = _Found(place)
    found.look(str(place), 0)
    files = sorted(found.files)
    copies: list[VerifiedCopy] = []
    for done, path in enumerate(files, 1):
        if _may_be_copy(path):
            copies.append(_looked_at(judge, path, _shown(path.relative_to(place))))
        progress(done, len(files))
    return VerifiedCopies(
        copies=tuple(copies),
        others=len(files) - len(copies),
        links=found.links,
        unopened=tuple(sorted(found.unopened)),
    )


def _looked_at(judge: "judging.Judge", path: Path, name: str) -> VerifiedCopy:
    try:
        data = read_file(path, limit=LARGEST)
    except NotFoundError:
        return VerifiedCopy(file=name, verdict="unknown", sentence="it is not there any more")
    except LimitError as error:
        words = f"it has {error.size:,} bytes; no more than {error.limit:,} are read"
        return VerifiedCopy(file=name, verdict="unknown", sentence=words)
    except DocctlError as error:
        words = str(error).replace(str(path), name)
        return VerifiedCopy(file=name, verdict="unknown", sentence=words)

    def beside(other: str) -> bytes | None:
        with suppress(DocctlError):
            return read_file(path.parent / other, limit=LARGEST)
        return None

    return judge.judge(data, name, beside)


def _shown(path: Path) -> str:
    r"""Return a path as text; bytes of a name that are no UTF-8 as `\xff`."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _may_be_copy(path: Path) -> bool:
    """Tell whether a file begins as copies do; one that cannot be read is not left unsaid."""
    try:
        start = read_start(path, _START)
    except PathError:
        return path.suffix.lower() in _EXPECTED
    except DocctlError:
        return path.suffix.lower() in _USUAL
    return intake.form_of(start) is not None or path.suffix.lower() in _EXPECTED


@dataclass(slots=True)
class _Found:
    """What lies in a folder and below it."""

    place: Path
    files: list[Path] = field(default_factory=list)
    links: int = 0
    unopened: list[str] = field(default_factory=list)

    def look(self, folder: str, depth: int) -> None:
        """Look into a folder; one that cannot be opened, or lies too deep, is noted."""
        try:
            with os.scandir(folder) as entries:
                found = [one for one in entries if not one.name.startswith((".", "~$"))]
        except OSError:
            self._note(folder)
            return
        for one in found:
            if one.is_symlink():
                self.links += 1
            elif not one.is_dir(follow_symlinks=False):
                self.files.append(Path(one.path))
            elif depth < _DEEPEST:
                self.look(one.path, depth + 1)
            else:
                self._note(one.path)

    def _note(self, folder: str) -> None:
        self.unopened.append(_shown(Path(folder).relative_to(self.place)))
