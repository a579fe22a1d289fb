"""The index beside what it is made of: bare selects, `git diff-tree`, `cat-file` and validation.

    python benchmarks/index.py [--documents 10000] [--events 50000] [--rounds 5]

One document is made with real keys and copied under other numbers, each copy with its own chain
of events, until there are so many events. Every comparison is interleaved in one run; a ratio is
the median of the ratios of the rounds, a time the median of the times.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from goals import at_most, machine
from populating import Ticking, found, populate

import docctl
from docctl.cli import collect_rarely
from docctl.model.document import Procedure
from docctl.model.events import EVENT
from docctl.store.git import BRANCH, Git
from docctl.store.index import Index
from docctl.store.index.register import REGISTER
from docctl.store.layout import event_name, events_folder, folder
from docctl.store.reading.ledger import Ledger
from docctl.store.reading.reader import Reader
from docctl.store.writing.change import Store
from docctl.trust.canonical import canonical, digest

TEMPLATE = "PRO-001"
WINDOW = 64
SKIPPED = ("store.json", "settings.json")


def template(root: Path) -> tuple[str, dict[str, bytes]]:
    """Make a library with one document, whose files come back with the head."""
    with found(root, Ticking()) as made:
        populate(made, 1)
        made.act("assign", TEMPLATE, docctl.Assignments(location="shelf"), reason="It moved")
        return made.store.head(), files_of(made.store.reader, made.store.head())


def files_of(reader: Reader, head: str) -> dict[str, bytes]:
    base = folder(TEMPLATE)
    paths = dict(reader.walk(reader.entry(head, base).oid, f"{base}/"))
    return dict(zip(paths, reader.read_many(paths.values()), strict=True))


def library(root: Path, documents: int, events: int) -> Path:
    """Make a packed store with so many documents and events."""
    head, files = template(root)
    store = root / "store.git"
    stream = b"".join(imported(head, files, documents, max(events // documents - 5, 0)))
    fast_import = ["git", f"--git-dir={store}", "fast-import", "--quiet"]
    subprocess.run(fast_import, input=stream, check=True)
    return store


def imported(head: str, files: dict[str, bytes], documents: int, more: int) -> Iterator[bytes]:
    head_line = f"commit {BRANCH}\ncommitter a <a@b> 1700000000 +0000\ndata 1\nx\nfrom {head}\n"
    yield head_line.encode()
    for serial in range(2, documents + 1):
        for path, data in copied(files, f"PRO-{serial:03d}", more):
            yield b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(data), data)


def copied(files: dict[str, bytes], number: str, more: int) -> Iterator[tuple[str, bytes]]:
    """Yield a document like the template, with so many further events."""
    known: dict[bytes, bytes] = {}
    last: tuple[str, bytes] = "", b""
    base = folder(TEMPLATE)
    for path in sorted(files, key=order):
        data = files[path].replace(TEMPLATE.encode(), number.encode())
        if path.endswith(".json"):
            for old, new in known.items():
                data = data.replace(old, new)
            known[digest(files[path]).encode()] = digest(data).encode()
        last = path.replace(base, folder(number)), data
        yield last
    event = json.loads(last[1])
    for _ in range(more):
        event |= {"prev": digest(last[1]), "seq": event["seq"] + 1}
        name = f"{events_folder(number, '1')}/{event['seq']:04d}.assigned.json"
        last = name, canonical(event)
        yield last


def order(path: str) -> tuple[object, ...]:
    """Events behind contents and signatures, in the order in which they happened."""
    name = event_name(path.rpartition("/")[2])
    happened = (name.seq, name.person) if name else (0, "")  # a vote behind what it answers
    return "/events/" in path, path.endswith(".json"), *happened, path


# --- one side and the other --------------------------------------------------------------------


def timed(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    action()
    return clock() - began


def worked(action: Callable[[], object]) -> float:
    """Return the processor's time alone, where no other process takes part."""
    return timed(action, time.process_time)


def both(action: Callable[[], object]) -> tuple[float, float]:
    """Return the time on the wall, and the processor's, ended child processes included."""
    began, before = time.perf_counter(), os.times()
    action()
    took, after = time.perf_counter() - began, os.times()
    return took, sum(after[:4]) - sum(before[:4])


def listed(git_dir: Path, head: str) -> list[tuple[str, str]]:
    """Return path and id of every event and of all metadata, as Git lists them."""
    argv = ["git", f"--git-dir={git_dir}", "ls-tree", "-r", "-z", head]
    rows = subprocess.run(argv, stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")
    cut = (row.partition("\t") for row in rows if row.endswith(".json"))
    return [(path, meta.split(" ")[2]) for meta, _, path in cut if not path.endswith(SKIPPED)]


def read_and_validate(git_dir: Path, head: str) -> None:
    """List, read through a pipelined `cat-file --batch`, and validate every blob: the floor.

    The blobs are those that a cold index cannot do without: every event, because the state of a
    revision is folded from all of them, and the metadata of every revision, which hold its title.
    Texts, attachments, signatures and lists of digests are read by neither side. The floor keeps
    nothing and writes nothing; the index also orders and folds the events, and writes its file.
    """
    blobs = listed(git_dir, head)
    argv = ["git", f"--git-dir={git_dir}", "cat-file", "--batch"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as git:
        sent = 0
        for index, (path, _) in enumerate(blobs):
            if sent - index < WINDOW // 2:
                some = blobs[sent : sent + WINDOW]
                git.stdin.write("".join(f"{oid}\n" for _, oid in some).encode())
                git.stdin.flush()
                sent += len(some)
            data = git.stdout.read(int(git.stdout.readline().split()[2]) + 1)[:-1]
            if path.endswith("meta.json"):
                Procedure.model_validate_json(data)
            else:
                EVENT.validate_json(data)
        git.stdin.close()


def cold(store: Path, place: Path, rounds: int) -> None:
    git = Git(store)
    reader = Reader(git)
    head = reader.head()
    ratios, seconds, processor = [], [], []

    def build() -> None:
        place.unlink(missing_ok=True)
        with closing(Index(place, Ledger(reader))) as index:
            index.up_to_date(head)

    for _ in range(rounds):
        ours, theirs = both(build), both(lambda: read_and_validate(store, head))
        seconds.append(ours[0])
        ratios.append(ours[0] / theirs[0])
        processor.append(ours[1] / theirs[1])
    git.close()
    blobs, size = len(listed(store, head)), place.stat().st_size / 2**20
    print(f"{blobs:,} blobs in {statistics.median(seconds):.2f} s, the index has {size:.1f} MiB")
    at_most("cold index / (cat-file + validation)", statistics.median(ratios), 1.5)
    at_most("the same by processor time, Git's included", statistics.median(processor), 1.5)


def warm(store: Path, place: Path, rounds: int) -> None:
    git = Git(store)
    reader = Reader(git)
    head = reader.head()
    today = date(2026, 6, 1)
    values = {"on": today.isoformat(), "type": None, "state": None}
    opened, ratios, shown = [], [], []
    for _ in range(4 * rounds):
        with closing(Index(place, Ledger(reader))) as index:
            opened.append(timed(lambda index=index: index.up_to_date(reader.head())))
            index.register(today, head=head)
            shown.append(worked(lambda index=index: index.register(today, head=head)))
            bare = index._parts.cache.ask(  # noqa: SLF001
                lambda connection: worked(lambda: connection.execute(REGISTER, values).fetchall())
            )
            ratios.append(shown[-1] / bare)
    git.close()
    at_most("open and head check", statistics.median(opened) * 1e3, 1, "ms")
    at_most("register, warm / the bare select", statistics.median(ratios), 1.5)
    print(f"  {statistics.median(shown) * 1e3:.1f} ms")


def foreign(store: Path, place: Path, rounds: int) -> None:
    """Let somebody else land an event, and catch up."""
    git = Git(store)
    reader = Reader(git)
    ratios, times = [], []
    with (
        closing(Index(place, Ledger(reader))) as index,
        Store.open(store, durability="none") as other,
    ):
        for serial in range(2, 4 * rounds + 3):
            number = f"PRO-{serial:03d}"
            old = reader.head()
            events = Ledger(reader).dossier(old, number).events
            event = json.loads(reader.read(reader.entry(old, last_path(reader, old, number)).oid))
            event |= {"prev": events[-1].digest, "seq": events[-1].event.seq + 1}
            name = f"{events_folder(number, '1')}/{event['seq']:04d}.assigned.json"
            data = canonical(event)
            other.land({name: data}, message="x", author="qm", when=datetime.now(UTC))
            new = reader.head()
            bare = timed(lambda old=old, new=new: list(reader.changed(old, new)))
            times.append(timed(lambda new=new: index.up_to_date(new)))
            ratios.append(times[-1] / bare)
    git.close()
    at_most("catching up with a foreign event / diff-tree", statistics.median(ratios[1:]), 2)
    print(f"  {statistics.median(times[1:]) * 1e3:.1f} ms")


def last_path(reader: Reader, head: str, number: str) -> str:
    below = reader.entry(head, events_folder(number, "1")).oid
    return max(path for path, _ in reader.walk(below, f"{events_folder(number, '1')}/")
               if path.endswith(".json"))  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    machine()
    collect_rarely()
    with tempfile.TemporaryDirectory() as root:
        place = Path(root) / "index.sqlite"
        store = library(Path(root) / "library", args.documents, args.events)
        print(f"{args.documents} documents, {args.events} events")
        for measure in (cold, warm, foreign):
            measure(store, place, args.rounds)


if __name__ == "__main__":
    main()
