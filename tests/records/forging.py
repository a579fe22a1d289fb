"""Events that no rule has seen: signed, with every form right, and written past the verbs."""

from typing import Any, NamedTuple

from office import Key
from office.statement import EVENTS

from docctl.desk.bench import Bench
from docctl.rules.meaning import meaning
from docctl.rules.records.guards import found
from docctl.store.layout import event_path, signature_path
from docctl.trust.canonical import canonical, digest


class Forged(NamedTuple):
    """An event's digest, and its two files by where they belong."""

    digest: str
    files: dict[str, bytes | None]


def forged(bench: Bench, kind: str, item: str, data: Any, *, key: Key, **more: Any) -> Forged:
    """Return an event that follows what stands there; *more* says who signs, in which role, when.

    The day is that of the time, where none is said.
    """
    before = found(bench.archive(), kind, item)
    event = EVENTS[kind](
        **{
            "v": 1,
            "library": bench.world.authority.library,
            "item": item,
            "type": kind,
            "meaning": meaning(kind, item=item, revision=None),
            "seq": before.chain.seq + 1 if before else 1,
            "prev": before.chain.last if before else None,
            "date": more["time"].date(),
            "data": data,
            **more,
        }
    )
    written = canonical(event.model_dump(mode="json", exclude_none=True))
    path = event_path(event)
    signature = key.sign(written).encode()
    return Forged(digest(written), {path: written, signature_path(path): signature})
