"""The first change of a store: its format, and the founding of the library."""

from collections.abc import Collection, Iterator

from docctl.errors import EventError
from docctl.model.access import ACCESS
from docctl.model.base import Word
from docctl.model.control import CONTROL
from docctl.model.problem import Problem
from docctl.store.history import ChangedFile
from docctl.store.layout import FORMAT, STORE_FILE, folder
from docctl.trust.canonical import canonical, parse_canonical
from docctl.verify.codes import problem


def store_file(file: ChangedFile | None, object_format: str) -> Iterator[Problem]:
    """Yield what is wrong with the file that names the format of a store."""
    data = file.data if file else b""
    if data is None or data == canonical({"format": FORMAT, "object_format": object_format}):
        return
    try:
        found = parse_canonical(data).get("format")
    except EventError as error:
        yield problem("bad-store-file", STORE_FILE, str(error))
        return
    if isinstance(found, int) and found > FORMAT:
        sentence = f"it has format {found}; this docctl reads formats up to {FORMAT}"
        yield problem("newer-format", STORE_FILE, sentence)
    else:
        yield problem("bad-store-file", STORE_FILE, "it does not name the format of this store")


def missing(types: Collection[Word]) -> Iterator[Problem]:
    """Yield what a first change with events of these types lacks."""
    if "founded" not in types:
        sentence = "nobody's signatures can be judged, because the founding event cannot be had"
        yield problem("no-founding", folder(ACCESS), sentence)
    if "established" not in types:
        sentence = "the library was founded without settings; those of a new one are taken"
        yield problem("no-settings", folder(CONTROL), sentence)
