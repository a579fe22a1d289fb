"""How a copy in DOCX is finished: on which template, with a QR code, and for reading only."""

from dataclasses import dataclass, replace

from docctl.render import qr
from docctl.render.cover import Cover
from docctl.render.docx.template import Template

__all__ = ["AS_USUAL", "Finish"]


@dataclass(frozen=True, slots=True)
class Finish:
    """What can be chosen for a copy in DOCX."""

    template: Template | None = None
    """The organisation's own look; without it copies look like docctl's own."""

    read_only: bool = False
    """Whether word processors are told to open it for reading only; it is no protection."""

    coded_for: str = ""
    """The digest of the library that a QR code on the copy names; without it there is no code."""

    def coded(self, cover: Cover) -> Cover:
        """Return a cover with what its QR code says, if there is to be one."""
        if not self.coded_for:
            return cover
        code = qr.code_of(cover, self.coded_for)
        return replace(cover, code=code, properties={**cover.properties, qr.PROPERTY: code})


#: Nothing special.
AS_USUAL = Finish()
