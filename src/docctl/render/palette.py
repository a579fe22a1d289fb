"""The colours of call-outs, alike in every format; that one warns is said in words, too."""

from typing import NamedTuple

__all__ = ["CALL_OUTS", "CallOut"]


class CallOut(NamedTuple):
    """How a kind of call-out looks; colours are six hexadecimal digits."""

    kind: str
    bar: int
    """How wide the bar beside it is, in eighths of a point."""

    colour: str
    """Of the bar."""

    fill: str
    """Of the background."""

    dark: tuple[str, str]
    """The same two on a dark screen."""


#: The kinds, from the mildest to the gravest.
CALL_OUTS = (
    CallOut("note", 12, "6B7C93", "F3F5F8", ("8FA0B8", "222A34")),
    CallOut("tip", 12, "4F7F64", "F2F7F4", ("7FB796", "1C2B22")),
    CallOut("important", 24, "1F3A5F", "EEF2F7", ("9FC1EE", "1D2938")),
    CallOut("caution", 36, "9A6700", "FBF6EA", ("E0B04A", "332A12")),
    CallOut("warning", 36, "B54708", "FCF3EC", ("F0A16A", "3A2514")),
    CallOut("danger", 48, "A61B1B", "FBEEEE", ("FFB3AD", "3C1D1D")),
)
