"""From the files of a commit to its documents with their events: read in bulk, item by item."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby, tee
from operator import attrgetter
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from docctl.errors import DamagedStoreError
from docctl.model.base import Label
from docctl.model.event import Signed
from docctl.store.index.bulk import files_below, read_all
from docctl.store.layout import BODY, META, EventName, event_name, folder, part
from docctl.store.reading.events import in_order, read_event
from docctl.store.reading.reader import Reader


class Metadata(BaseModel):
    """What the index needs of a document's metadata, whatever its type."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    title: str
    subtitle: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    classification: str = "internal"
    parent: str | None = None
    review_months: int | None = None


class RevisionSays(NamedTuple):
    """What a revision says: its metadata, and where metadata and text lie."""

    metadata: Metadata
    meta: str
    body: str
    """The ids of the blobs."""


class Item(NamedTuple):
    """ACCESS, CONTROL or a document, as far as the index knows it."""

    number: str
    events: tuple[Signed, ...]
    contents: Mapping[Label, RevisionSays]


class _File(NamedTuple):
    item: str
    label: Label
    name: str
    path: str
    oid: str
    event: EventName | None
    """Nothing for metadata and texts."""


def all_items(reader: Reader, commit: str) -> Iterator[Item]:
    """Yield every item of a commit, in the order of the tree."""
    return _items(files_below(reader, commit, _ROOTS, _ENDINGS), partial(read_all, reader))


def some_items(reader: Reader, commit: str, numbers: Iterable[str]) -> Iterator[Item]:
    """Yield those of these items that a commit holds."""
    found = ((folder(number), reader.entry(commit, folder(number))) for number in numbers)
    files = (file for path, entry in found if entry for file in reader.walk(entry.oid, f"{path}/"))
    return _items((one for one in files if one[0].endswith(_ENDINGS)), reader.read_many)


def _items(
    files: Iterable[tuple[str, str]], read: Callable[[Iterable[str]], Iterator[bytes]]
) -> Iterator[Item]:
    wanted, ahead = tee(_wanted(files))
    data = read(file.oid for file in ahead if file.name != BODY)
    for number, group in groupby(wanted, key=attrgetter("item")):
        yield _item(number, group, data)


def _wanted(files: Iterable[tuple[str, str]]) -> Iterator[_File]:
    """Keep the events, metadata and texts that lie where the layout has them."""
    here, where = "", None
    for path, oid in files:
        above, _, name = path.rpartition("/")
        if above != here:
            here, where = above, part(above) if above.isascii() else None
        if where is None:
            continue
        event = event_name(name) if where.part == "events" else None
        if event or (where.part == "content" and name in _CONTENT):
            yield _File(where.item, where.label or "", name, path, oid, event)


_ENDINGS = (".json", BODY)

#: Where documents, ACCESS and CONTROL lie.
_ROOTS = ("access", "control", "documents")
_CONTENT = frozenset({META, BODY})


def _item(number: str, files: Iterable[_File], data: Iterator[bytes]) -> Item:
    """Put an item together; *data* are the payloads of its events and metadata in their order."""
    events: list[tuple[EventName, Signed]] = []
    metas: list[tuple[_File, Metadata]] = []
    bodies: dict[Label, str] = {}
    for file in files:
        if file.event:
            events.append((file.event, read_event(next(data), file.path)))
        elif file.name == META:
            metas.append((file, read_metadata(next(data), file.path)))
        else:
            bodies[file.label] = file.oid
    contents = {
        file.label: RevisionSays(metadata, file.oid, bodies.get(file.label, ""))
        for file, metadata in metas
    }
    return Item(number, in_order(events), contents)


def read_metadata(data: bytes, source: str) -> Metadata:
    """Read a `meta.json`.

    Raises:
        DamagedStoreError: it is none.
    """
    try:
        return Metadata.model_validate_json(data)
    except ValidationError as error:
        raise DamagedStoreError(f"{source} cannot be read") from error
