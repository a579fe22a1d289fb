"""Copies whose contents show pages: written, laid out, and written again with what was found."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

from docctl.errors import PagingError
from docctl.render.docx import Finish, Pages

__all__ = ["paged"]

_ASKED = re.compile(r'<w:instrText xml:space="preserve"> PAGEREF (\S+) \\h </w:instrText>')
#: How often a copy is laid out before it is given up: the last time must find what is in it.
_ROUNDS = 3
_NONE = Pages({}, "")


def paged(write: Callable[[Finish], bytes], finish: Finish) -> bytes:
    """Return the copy that *write* writes; its contents show pages if *finish* has a layout.

    A number is shown only if the copy that shows it, laid out, has the heading on that page. A
    copy without contents is the same as one for which no pages were asked.

    Raises:
        PagingError: it cannot be laid out, not every heading is found in it, or the numbers
            move what they count.
    """
    if finish.layout is None:
        return write(finish)
    shown, file = _NONE, write(replace(finish, pages=_NONE))
    asked = _asked(file)
    if not asked:
        return write(finish)
    for _ in range(_ROUNDS):
        found = _found(finish.layout.pages(file), asked)
        if found == shown:
            return file
        shown, file = found, write(replace(finish, pages=found))
    raise PagingError("each time the copy is laid out its headings stand on other pages")


def _asked(file: bytes) -> Sequence[str]:
    """Return the bookmarks whose pages the contents show, in their order."""
    with ZipFile(BytesIO(file)) as archive:
        text = archive.read("word/document.xml").decode()
    return _ASKED.findall(text)


def _found(pages: Pages, asked: Sequence[str]) -> Pages:
    """Return the pages of what was asked, which must all be there, one after the other."""
    missing = [name for name in asked if name not in pages.numbers]
    if missing:
        raise PagingError(
            f"{len(missing)} of {len(asked)} headings are not found in the copy as {pages.by} lays"
            f" it out; the first one is {missing[0]}"
        )
    numbers = [int(pages.numbers[name]) for name in asked]
    if any(before > after for before, after in pairwise(numbers)):
        raise PagingError(f"the headings stand in another order in the copy as {pages.by} has it")
    return Pages({name: pages.numbers[name] for name in asked}, pages.by)
