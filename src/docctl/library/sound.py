"""Whether a history may be acted upon by what cannot be taken back."""

from typing import TYPE_CHECKING

from docctl.desk.signing.intent import instant
from docctl.errors import RetentionError
from docctl.late import Late
from docctl.library.handle import Handle
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
    faults = [one for one in found.problems if one.severity != "advice"]
    if faults:
        raise RetentionError(
            item,
            f"the history has {len(faults)} problems, and nothing is destroyed by such a one: "
            f"{faults[0].place}: {faults[0].sentence}",
            hint="see all of them: docctl verify",
        )
