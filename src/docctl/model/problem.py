"""What a check found."""

from typing import Literal

from docctl.model.base import Model


class Problem(Model):
    """One thing a check found. A `Finding` is what an auditor writes; this is what docctl saw."""

    code: str
    """The kind of problem, a kebab-case word listed in the reference of problem codes."""

    place: str
    """Where: a document, a document and line (`PRO-001:12`), or a path in the store."""

    sentence: str
    """What is wrong, one sentence."""

    hint: str = ""
    """What to do about it, one sentence."""

    severity: Literal["error", "advice"] = "error"
    """An `error` can stop a submission; `advice` is reported and never stops anything."""
