"""Fields that name documents are found however deep they lie, and however often they are met."""

from typing import Literal

from docctl.model.base import Model, Number
from docctl.model.document import Document
from docctl.model.naming import named, naming


class Part(Model):
    """A part, the instruction for its use, and the parts it is made of."""

    name: str = ""
    used_by: Number | None = None
    parts: tuple["Part", ...] = ()


class Pair(Model):
    """Two parts, described alike."""

    left: Part
    right: Part


class Assembly(Document):
    """A class whose parts may hold parts."""

    type: Literal["assembly"] = "assembly"
    pair: Pair | None = None
    remark: str = ""


def test_parts_described_alike_and_parts_of_parts_are_all_looked_into() -> None:
    left = {"name": "PRO-404", "parts": [{"used_by": "WI-002"}, {"used_by": "WI-001"}]}
    fields = {"pair": {"left": left, "right": {"used_by": "WI-001"}}, "remark": "WI-009"}

    assert "pair" in naming(Assembly)
    assert "remark" not in naming(Assembly)
    assert named(fields, Assembly, {}) == ("WI-002", "WI-001")
