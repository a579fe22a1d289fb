"""Where everything lies in the tree of `main`. Paths are identity: nothing ever moves.

```
store.json                                       format of the store
access/0001.founded.json  .sig                   people, keys, roles
documents/PRO/00/PRO-012/2/content/meta.json     what was approved: metadata,
                           content/body.md       text
                           content/files/…       and attachments
                           content/SHA256SUMS    the list that every signature covers
                           events/0007.submitted.json  .sig
                           events/0007.approved.ola.json  .sig
control/CONTROL/3/                               the same shape, with content/settings.json
records/NCR/00/12/NCR-001234/events/0001.captured.json  .sig      what it says is in the vault
holds/H/00/00/H-3/events/0001.hold_placed.json  .sig              disposals, requests, blanks too
```
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple

from docctl.model.access import ACCESS
from docctl.model.base import Digest, Label, PersonId, Word
from docctl.model.control import CONTROL
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import VOTES
from docctl.model.records.record import RecordId
from docctl.rules.records import BLANKS, DISPOSALS, HOLDS, RECORDS, REQUESTS

#: The format this docctl writes; a higher one found in `store.json` is refused.
FORMAT = 1
STORE_FILE = "store.json"

META, BODY, SETTINGS, SUMS, FILES = "meta.json", "body.md", "settings.json", "SHA256SUMS", "files/"

_COUNTED = re.compile(r"(?P<prefix>.+)-(?P<counter>[0-9]{1,15})")
_EVENT = re.compile(
    r"(?P<seq>[0-9]{4,9})\.(?P<type>[a-z_]+)(?:\.(?P<person>[a-z][a-z0-9-]*))?\.(?P<kind>json|sig)"
)
_ITEM = re.compile(
    r"(documents/(?:[^/]+/){2,3}[^/]+|control/CONTROL)"
    r"/([^/]+)/(content|events)/(.+)",
    re.DOTALL,
)
_KEPT = re.compile(
    r"(?P<root>records|holds|disposals|requests|blanks)/(?:[^/]+/){3}(?P<item>[^/]+)"
    r"/events/(?P<rest>[^/]+)"
)

#: Where the events of records, holds, disposals and requests lie, by their types.
ROOTS: Mapping[Word, str] = MappingProxyType(
    {
        **dict.fromkeys(RECORDS, "records"),
        **dict.fromkeys(HOLDS, "holds"),
        **dict.fromkeys(DISPOSALS, "disposals"),
        **dict.fromkeys(REQUESTS, "requests"),
        **dict.fromkeys(BLANKS, "blanks"),
    }
)

#: No folder and no name that means something has more characters; longer ones are not remembered.
_LONGEST = 255


@lru_cache(maxsize=4096)
def folder(item: str) -> str:
    """Return the folder of an item: no folder on the way holds more than about 250 entries."""
    if item == ACCESS:
        return "access"
    if item == CONTROL:
        return "control/CONTROL"
    if counted := _COUNTED.fullmatch(item):
        return f"documents/{counted['prefix']}/{int(counted['counter']) // 100:02d}/{item}"
    name = sha256(item.encode()).hexdigest()
    return f"documents/{item.partition('-')[0]}/{name[:2]}/{name[2:4]}/{item}"


@lru_cache(maxsize=4096)
def kept_folder(root: str, item: RecordId) -> str:
    """Return the folder of a record, a hold or a disposal below `records`, `holds` or `disposals`.

    A number that does not end in digits lies below two levels of its hash.
    """
    prefix, _, counter = item.rpartition("-")
    if prefix and counter.isascii() and counter.isdigit():
        ten_thousand, rest = divmod(int(counter), 10_000)
        return f"{root}/{prefix}/{ten_thousand:02d}/{rest // 100:02d}/{item}"
    name = sha256(item.encode()).hexdigest()
    return f"{root}/{item.partition('-')[0]}/{name[:2]}/{name[2:4]}/{item}"


def content_folder(item: str, label: Label) -> str:
    """Return the folder of a revision's content."""
    return f"{folder(item)}/{label}/content"


def events_folder(item: str, label: Label | None) -> str:
    """Return the folder of a revision's events; ACCESS has one folder for all."""
    return folder(item) if label is None else f"{folder(item)}/{label}/events"


def event_path(event: Event, *, answers: int | None = None) -> str:
    """Return the path of an event's bytes; *answers* is the `seq` of the statement of a vote."""
    name = f"{event.seq or answers or 0:04d}.{event.type}"
    if root := ROOTS.get(event.type):
        return f"{kept_folder(root, event.item)}/events/{name}.json"
    if event.type in VOTES:
        name += f".{event.signer}"
    return f"{events_folder(event.item, event.revision)}/{name}.json"


def event_paths(events: Iterable[Signed]) -> Mapping[Digest, str]:
    """Return the path of each event of an item, by its digest."""
    seqs: dict[str | None, int | None] = {}
    paths: dict[Digest, str] = {}
    for signed in events:
        event = signed.event
        seqs[signed.digest] = event.seq
        answers = seqs.get(event.prev) if event.seq is None else None
        paths[signed.digest] = event_path(event, answers=answers)
    return paths


def signature_path(path: str, cosigner: PersonId = "") -> str:
    """Return the path of the signature over an event; further administrators are named in it."""
    stem = path.removesuffix(".json")
    return f"{stem}.{cosigner}.sig" if cosigner else f"{stem}.sig"


class Place(NamedTuple):
    """What a path of the store is: which item and revision, and which part of it."""

    item: str
    label: Label | None
    part: str
    """`events` or `content`."""

    name: str
    """The path inside that part."""

    root: str = "documents"
    """`documents`, `records`, `holds` or `disposals`; ACCESS and CONTROL count as documents."""


def place(path: str) -> Place | None:
    """Return what a path is, or nothing where the layout has no such path."""
    above, _, name = path.rpartition("/")
    found = part(above) if name else None
    return Place(*found[:3], name, found.root) if found else _place(path)


def part(folder: str) -> Place | None:
    """Return which part of an item a folder is, under any name; nothing where it is none."""
    return _part(folder) if len(folder) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _part(folder: str) -> Place | None:
    found = _place(f"{folder}/-")
    return found if found and found.name == "-" else None


def _place(path: str) -> Place | None:
    if path.startswith("access/") and path.count("/") == 1:
        return Place(ACCESS, None, "events", path.removeprefix("access/"))
    found = _ITEM.fullmatch(path)
    if found is None:
        return _kept_place(path)
    above, label, part, rest = found.groups()
    item = above.rpartition("/")[2]
    return Place(item, label, part, rest) if folder(item) == above else None


def _kept_place(path: str) -> Place | None:
    found = _KEPT.fullmatch(path)
    if found is None or not path.startswith(f"{kept_folder(found['root'], found['item'])}/events/"):
        return None
    return Place(found["item"], None, "events", found["rest"], found["root"])


class EventName(NamedTuple):
    """The file name of an event or of a signature, taken apart."""

    seq: int
    type: str
    person: str
    kind: str
    """`json` or `sig`."""


def event_name(name: str) -> EventName | None:
    """Take an event's file name apart; nothing where it is not one."""
    return _event_name(name) if len(name) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _event_name(name: str) -> EventName | None:
    found = _EVENT.fullmatch(name)
    if found is None or name != name.strip():
        return None
    return EventName(int(found["seq"]), found["type"], found["person"] or "", found["kind"])


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return SHA256SUMS over a revision's files, as `sha256sum -c` reads it, sorted by name."""
    return sums_of({name: sha256(data).hexdigest() for name, data in files.items()})


def sums_of(digests: Mapping[str, Digest]) -> bytes:
    """Return SHA256SUMS for files whose digests are known."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def listed(text: bytes) -> dict[str, Digest] | None:
    """Return the digests by name that SHA256SUMS lists; nothing where it is no such list."""
    lines = text.decode("utf-8", "replace").splitlines()
    rows = [line.partition("  ") for line in lines]
    return {name: digest for digest, gap, name in rows} if all(row[1] for row in rows) else None
