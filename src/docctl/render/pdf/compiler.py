"""The compiler of Typst, kept in a folder of its own: it reads no other file, and fetches none."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import category, name

from docctl.errors import InputError
from docctl.render.pdf.source import string

__all__ = ["compiled", "unreadable"]

_STANDARD = "a-2b"
#: How often letters are replaced that no font has, before the compiler's word is taken.
_ATTEMPTS = 4

#: How the compiler says that no font has some letters.
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|(.))")


def compiled(source: str, files: Mapping[str, bytes], time: datetime) -> bytes:
    """Return the PDF that *source* describes; *files* are the pictures by the names it uses.

    A letter that no font has is replaced by its name in brackets.

    Raises:
        InputError: Typst is not installed, or cannot set this text as PDF/A.
    """
    typst = _typst()
    with TemporaryDirectory(prefix="docctl-pdf-") as folder:
        compiler = _begun(typst, Path(folder), files)
        for _ in range(_ATTEMPTS):
            try:
                return _made(typst, compiler, source, time)
            except typst.TypstError as error:
                missing = {_plain(found) for found in _MISSING.findall(error.diagnostic)}
                if not missing:
                    raise _refused(error) from error
                for cluster in sorted(missing, key=len, reverse=True):
                    source = _replaced(source, cluster)
    raise InputError("this text cannot be set as PDF", hint="write .docx instead")


def _made(typst: Any, compiler: Any, source: str, time: datetime) -> bytes:
    options = {"format": "pdf", "pdf_standards": [_STANDARD], "timestamp": time}
    try:
        made: bytes = compiler.compile(source.encode(), **options)
    except typst.TypstError:
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        # Its writer of tags gives up on some odd nestings: then the file has none.
        made = compiler.compile(source.encode(), pdf_tags=False, **options)
    return made


def _refused(error: Any) -> InputError:
    hint = " ".join(error.hints) or "write .docx instead"
    return InputError(f"this text cannot be set as PDF: {error.message}"[:500], hint=hint)


def _plain(found: str) -> str:
    """Return what the compiler quotes, as it stands in the text."""
    return _ESCAPE.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], found)


def _replaced(source: str, cluster: str) -> str:
    """Return the source without letters that no font has.

    Where plain letters are named, which every font has, what is missing follows them.
    """
    written = string(cluster)[1:-1]
    if not cluster.isascii():
        return source.replace(written, _named(cluster))
    following = re.compile(f"{re.escape(written)}([^\x00-\x7f])")
    return following.sub(lambda found: written + _changed(found[1]), source)


def _changed(letter: str) -> str:
    """Return nothing for what only changes the letter before it, the name of a sign that does."""
    return _named(letter) if category(letter)[0] in "MCS" else letter


def _named(cluster: str) -> str:
    """Return the names of letters in brackets; what only changes the one before is left out."""
    letters = [one for one in cluster if not category(one).startswith(("M", "C"))]
    return "".join(f"[{name(one, f'U+{ord(one):04X}')}]" for one in letters)


def unreadable(files: Mapping[str, bytes]) -> frozenset[str]:
    """Return the names of the pictures that cannot be shown, whatever they look like.

    Raises:
        InputError: Typst is not installed.
    """
    typst, found = _typst(), set[str]()
    with TemporaryDirectory(prefix="docctl-pdf-") as folder:
        compiler = _begun(typst, Path(folder), files)
        for picture in files:
            try:
                compiler.compile(
                    f'#image("{picture}", alt: "x")'.encode(),
                    format="pdf",
                    pdf_standards=[_STANDARD],
                )
            except typst.TypstError:
                found.add(picture)
    return frozenset(found)


def _typst() -> Any:
    try:
        import typst  # noqa: PLC0415
    except ImportError as error:
        raise InputError(
            "PDF needs Typst", hint="install it: pip install 'docctl[pdf]'; or write .docx"
        ) from error
    return typst


def _begun(typst: Any, folder: Path, files: Mapping[str, bytes]) -> Any:
    for picture, content in files.items():
        (folder / picture).write_bytes(content)
    packages = folder / "packages"
    return typst.Compiler(root=folder, package_path=packages, package_cache_path=packages)
