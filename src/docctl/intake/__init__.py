"""Foreign files become trees: what a file says, read by the same eyes whoever wrote it.

Every reader takes bytes that nobody vouches for, reads no other file, asks no host for anything,
and stops at its limits. What editors change at will is left out: looks, spaces, counts of lists.
"""

from docctl.intake.foreign import Foreign, Form, Strange
from docctl.intake.reading import form_of, read

__all__ = ["Foreign", "Form", "Strange", "form_of", "read"]
