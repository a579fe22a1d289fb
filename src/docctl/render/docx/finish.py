"""How a copy in DOCX is finished: on which template, and whether it may be written into."""

from dataclasses import dataclass

from docctl.render.docx.template import Template

__all__ = ["AS_USUAL", "Finish"]


@dataclass(frozen=True, slots=True)
class Finish:
    """What can be chosen for a copy in DOCX."""

    template: Template | None = None
    """The organisation's own look; without it copies look like docctl's own."""

    read_only: bool = False
    """Whether word processors are told to open it for reading only; it is no protection."""


#: Nothing special.
AS_USUAL = Finish()
