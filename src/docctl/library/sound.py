"""Whether a history may be acted upon by what cannot be taken back."""

from typing import TYPE_CHECKING

from docctl.desk.signing.intent import instant
from docctl.english import many
from docctl.errors import RetentionError
from docctl.late import Late
from docctl.library.handle import Handle
from docctl.model.answers.register import Verification
from docctl.store.reading.reader import Reader

if TYPE_CHECKING:
    from docctl import verify as verifying
else:
    verifying = Late("docctl.verify")


def require_sound(handle: Handle, item: str) -> None:
    """Refuse to destroy anything by a history that has problems; all of it is verified.

    Raises:
        RetentionError: it has; the first of them is named.
    """
    found = verifying.verify(Reader(handle.store.reader.git), now=instant(handle.clock()))
    if why := unsound(found, "destroyed"):
        raise RetentionError(item, why, hint="see all of them: docctl verify")


def unsound(found: Verification, done: str) -> str:
    """Return why nothing is *done* by a history, such as `destroyed`; nothing where it is sound."""
    faults = [one for one in found.problems if one.severity != "advice"]
    if not faults:
        return ""
    return (
        f"the history has {many(len(faults), 'problem')}, and nothing is {done} by such a one: "
        f"{faults[0].place}: {faults[0].sentence}"
    )
