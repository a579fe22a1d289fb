"""How fast a history is verified, compared with bare ed25519 verification of its signatures.

    python benchmarks/verify.py [DOCUMENTS]

A library of that many documents (default 4,000, about 20,000 signed events, so that what is
the same for every library does not count) is written with `git fast-import`, every event legal
and signed. Measured is processor time, the best of several runs, so that other programs on the
machine weigh little; `bare` and `chain` take the first 2,000 events:

bare    cryptography's `verify` alone, once for every signature
chain   bytes already read → canonical JSON, model, digest, signature, chain
whole   `verify`: Git, every object hashed again, chain, rules, content
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from goals import at_least, machine
from office import CAST, Key, Office, document
from office.office import WAYS

from docctl.cli import collect_rarely
from docctl.model.event import Event
from docctl.model.lifecycle import State
from docctl.store.git import BRANCH, Git
from docctl.store.reading.reader import Reader
from docctl.trust.sshsig import to_be_signed
from docctl.trust.sshsig import verify as verify_signature
from docctl.verify import verify
from docctl.verify.statements import read_event

RUNS, WHOLE_RUNS = 10, 3
SAMPLE = 2_000


class Stream:
    """A sink for an office that is faster than a store: one `git fast-import`."""

    def __init__(self, path: Path) -> None:
        self._git = subprocess.Popen(
            ["git", "-C", path, "fast-import", "--quiet"], stdin=subprocess.PIPE
        )

    def land(
        self, files: Mapping[str, bytes | None], *, message: str, author: str, when: datetime
    ) -> None:
        who = f"{author} <{author}@docctl.invalid> {int(when.timestamp())} +0000"
        text = f"{message}\n".encode()
        parts = [f"commit {BRANCH}\nauthor {who}\ncommitter {who}\n".encode(), framed(text)]
        for path, data in files.items():
            if data is None:
                parts.append(f"D {path}\n".encode())
            else:
                parts += [f"M 100644 inline {path}\n".encode(), framed(data)]
        assert self._git.stdin is not None
        self._git.stdin.write(b"".join(parts))

    def close(self) -> None:
        assert self._git.stdin is not None
        self._git.stdin.close()
        assert self._git.wait() == 0


def framed(data: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(data), data)


def furnish(path: Path, documents: int, *, text: str = "A draft.", every: int = 4) -> list[str]:
    """Make a store of procedures in force, *every* so many-th revised once; return their texts."""
    Git.init(path)
    stream = Stream(path)
    office = Office(stream)
    office.begin()
    for person, roles in CAST.items():
        office.add(person, *roles)
    texts = [f"{text} This is number {serial}." for serial in range(1, documents + 1)]
    for serial, one in enumerate(texts, 1):
        number = f"PRO-{serial:03d}"
        office.new(number, content=document(number, one))
        for step in WAYS[State.EFFECTIVE if serial % every else State.SUPERSEDED]:
            getattr(office, step)(number)
    stream.close()
    return texts


class Signed(NamedTuple):
    """An event as stored, with what a bare verification of it takes."""

    data: bytes
    armored: bytes
    raw: bytes
    message: bytes
    signer: str


def signed_events(reader: Reader, head: str) -> list[Signed]:
    files = dict(reader.walk(head))
    names = [path for path in files if "/events/" in path and path.endswith(".json")]
    both = zip(
        reader.read_many(files[name] for name in names),
        reader.read_many(files[name.replace(".json", ".sig")] for name in names),
        strict=True,
    )
    return [resigned(data, armored) for data, armored in both]


def resigned(data: bytes, armored: bytes) -> Signed:
    event = read_event(data, "")
    assert isinstance(event, Event)
    message = to_be_signed(data)
    return Signed(data, armored, Key(event.signer).private.sign(message), message, event.signer)


def bare(events: Sequence[Signed]) -> None:
    keys = {one: Key(one).private.public_key() for one in {event.signer for event in events}}
    for event in events:
        keys[event.signer].verify(event.raw, event.message)


def chain(events: Sequence[Signed]) -> None:
    last: dict[str, str] = {}
    for one in events:
        event = read_event(one.data, "")
        assert isinstance(event, Event)
        assert verify_signature(one.data, one.armored).key
        if event.seq is not None:
            assert event.prev == last.get(event.item)
            last[event.item] = sha256(one.data).hexdigest()


def spent(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the processor seconds that something takes, the best of several runs."""
    times = []
    for _ in range(runs):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def each(work: Callable[[Sequence[Signed]], None], histories: Sequence[Sequence[Signed]]) -> float:
    """Return microseconds for each event; short runs find the machine's quiet moments."""
    count = sum(len(history) for history in histories)
    return sum(spent(partial(work, history)) for history in histories) / count * 1e6


def by_item(events: Sequence[Signed], size: int = 20) -> list[list[Signed]]:
    """Return the events of whole items in their order, about *size* in each list."""
    items: dict[str, list[tuple[int, Signed]]] = {}
    for one in events:
        event = read_event(one.data, "")
        assert isinstance(event, Event)
        items.setdefault(event.item, []).append((event.seq or 0, one))
    histories: list[list[Signed]] = [[]]
    for found in items.values():
        if len(histories[-1]) >= size:
            histories.append([])
        histories[-1] += [one for _, one in sorted(found, key=lambda each: each[0])]
    return histories


def main(documents: int) -> None:
    machine()
    collect_rarely()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.git"
        furnish(path, documents)
        git = Git(path)
        reader = Reader(git)
        head = reader.head()
        assert head is not None
        histories = by_item(signed_events(reader, head)[:SAMPLE])
        found = verify(reader)
        assert not found.problems
        floor, linked = each(bare, histories), each(chain, histories)
        began = time.perf_counter()
        whole = spent(lambda: verify(reader), WHOLE_RUNS) / found.events * 1e6
        elapsed = (time.perf_counter() - began) / WHOLE_RUNS / found.events * 1e6
        git.close()
    print(f"{found.changes:,} changes, {found.events:,} events, {found.files:,} files")
    print(
        f"bare verification of a signature: {floor:.0f} µs; verify: {whole / floor:.1f} times that"
    )
    at_least("verify, by processor time", 1e6 / whole, 3000, "events/s")
    at_least("verify, by the clock on the wall", 1e6 / elapsed, 3000, "events/s")
    at_least("chain of bytes already read / bare verification", floor / linked, 0.7)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
