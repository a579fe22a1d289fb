"""How a copy in DOCX is finished: template, QR code, for reading only, pages in its contents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from docctl.render import qr
from docctl.render.cover import Cover
from docctl.render.docx.around.contents import Pages
from docctl.render.docx.template import Template

__all__ = ["AS_USUAL", "PAGED_BY", "Finish", "Layout"]

#: The property of a file that names the program which counted the pages of its contents.
PAGED_BY = "ContentsPagedBy"


class Layout(Protocol):
    """What lays copies out."""

    def pages(self, file: bytes) -> Pages:
        """Return on which pages the bookmarks of a DOCX file stand.

        Raises:
            PagingError: that cannot be told.
        """


@dataclass(frozen=True, slots=True)
class Finish:
    """What can be chosen for a copy in DOCX."""

    template: Template | None = None
    """The organisation's own look; without it copies look like docctl's own."""

    read_only: bool = False
    """Whether word processors are told to open it for reading only; it is no protection."""

    coded_for: str = ""
    """The digest of the library that a QR code on the copy names; without it there is no code."""

    layout: Layout | None = None
    """What the pages of the contents are to be counted by; see `docctl.render.paging`."""

    pages: Pages | None = None
    """The pages that the contents show; without it they show none."""

    def coded(self, cover: Cover) -> Cover:
        """Return a cover with what its QR code says, if there is to be one."""
        return qr.coded(cover, self.coded_for)

    @property
    def facts(self) -> Mapping[str, str]:
        """What copies say of it to programs."""
        return {PAGED_BY: self.pages.by} if self.pages and self.pages.by else {}


#: Nothing special.
AS_USUAL = Finish()
