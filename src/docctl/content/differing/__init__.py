"""What differs between two trees: one tree with marks, and a list of the places.

`marked` makes the marked tree of `content.marks`; `accepted` and `rejected` take the newer and the
older tree out of it again, unchanged; `differences` lists what a reader has to know; `staged` puts
the marks where writers want them.
"""

from docctl.content.differing.marking import marked
from docctl.content.differing.moving import TELLING
from docctl.content.differing.sides import accepted, rejected, reshaped
from docctl.content.differing.staging import staged
from docctl.content.differing.telling.listing import ChangedPlace, differences
from docctl.content.differing.telling.saying import MarkedWords, said
from docctl.content.differing.telling.shapes import shape
from docctl.content.differing.unwrapping import in_one_line, unwrapped

__all__ = [
    "TELLING",
    "ChangedPlace",
    "MarkedWords",
    "accepted",
    "differences",
    "in_one_line",
    "marked",
    "rejected",
    "reshaped",
    "said",
    "shape",
    "staged",
    "unwrapped",
]
