"""From the files of a commit to its documents with their events: read in bulk, item by item."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, tee
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from docctl.errors import DamagedStoreError
from docctl.model.base import Label
from docctl.model.event import Signed
from docctl.store.events import in_order, read_event
from docctl.store.index.bulk import files, read_all
from docctl.store.layout import BODY, META, Place, event_name, folder, place
from docctl.store.reader import Reader


class Card(BaseModel):
    """What the index needs of a document's metadata, whatever its type."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    title: str
    subtitle: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    classification: str = "internal"
    parent: str | None = None
    review_months: int | None = None


class Content(NamedTuple):
    """What a revision says: its metadata, and where metadata and text lie."""

    card: Card
    meta: str
    body: str
    """The ids of the blobs."""


@dataclass(frozen=True, slots=True)
class Item:
    """ACCESS, CONTROL or a document, as far as the index knows it."""

    number: str
    events: tuple[Signed, ...]
    paths: Mapping[str, str]
    """Where each event lies, by its digest."""

    contents: Mapping[Label, Content]


class _File(NamedTuple):
    item: str
    label: Label
    name: str
    path: str
    oid: str


def all_items(reader: Reader, commit: str) -> Iterator[Item]:
    """Yield every item of a commit, in the order of the tree."""
    return _items(files(reader, commit, _ENDINGS), partial(read_all, reader))


def some_items(reader: Reader, commit: str, numbers: Iterable[str]) -> Iterator[Item]:
    """Yield those of these items that a commit holds."""
    found = ((folder(number), reader.entry(commit, folder(number))) for number in numbers)
    files = (file for path, entry in found if entry for file in reader.walk(entry.oid, f"{path}/"))
    return _items(files, reader.read_many)


def _items(
    files: Iterable[tuple[str, str]], read: Callable[[Iterable[str]], Iterator[bytes]]
) -> Iterator[Item]:
    wanted, again = tee(_wanted(files))
    data = read(file.oid for file in again if file.name != BODY)
    for number, group in groupby(wanted, key=attrgetter("item")):
        yield _item(number, [(file, b"" if file.name == BODY else next(data)) for file in group])


def _wanted(files: Iterable[tuple[str, str]]) -> Iterator[_File]:
    """Keep the events, metadata and texts that lie where the layout has them."""
    here, where = "", None
    for path, oid in files:
        if not path.endswith(_ENDINGS):
            continue
        above, _, name = path.rpartition("/")
        if above != here:
            here, where = above, _folder(above)
        if where and _WANTED[where.part](name):
            yield _File(where.item, where.label or "", name, path, oid)


_ENDINGS = (".json", BODY)

_WANTED: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"events": lambda name: name.endswith(".json"), "content": frozenset({META, BODY}).__contains__}
)


def _folder(path: str) -> Place | None:
    """Return which part of which item this folder is, or nothing where it is another."""
    found = place(f"{path}/{META}") if path.isascii() else None
    return found if found and found.name == META else None


def _item(number: str, files: Sequence[tuple[_File, bytes]]) -> Item:
    named = [
        (name, file.path, read_event(data, file.path))
        for file, data in files
        if (name := event_name(file.name))
    ]
    bodies = {file.label: file.oid for file, _ in files if file.name == BODY}
    return Item(
        number,
        in_order((name, signed) for name, _, signed in named),
        {signed.digest: path for _, path, signed in named},
        {
            file.label: Content(read_card(data, file.path), file.oid, bodies.get(file.label, ""))
            for file, data in files
            if file.name == META
        },
    )


def read_card(data: bytes, source: str) -> Card:
    """Read a `meta.json`.

    Raises:
        DamagedStoreError: it is none.
    """
    try:
        return Card.model_validate_json(data)
    except ValidationError as error:
        raise DamagedStoreError(f"{source} cannot be read") from error
