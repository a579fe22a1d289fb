"""Records by the hundred thousand: captured, listed, due and verified.

    python benchmarks/records.py [--records 100000] [--listed 1000000] [--captured 300]
        [--rounds 5]

capture  one record for each change, and 100 for each, beside the bare landing of files and
         filling of the vault with the same bytes, both flushed; and 10,000 rows in one change
due      `retention due` of so many records: from no index, and from one that is there
list     the first page of filtered lists over tables of so many rows
verify   the history of so many records: every signature, chain, rule and stub

The many records are copies of one that was captured, each with its own number, days, commitment
and signature, written with `git fast-import`. Capture and verification count processor time
beside the time on the wall; a ratio is the median of the ratios of the rounds.
"""

import argparse
import json
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from goals import at_least, at_most, machine, own_peak
from populating import Ticking, found

import docctl
from docctl.cli import collect_rarely
from docctl.model.control import CONTROL
from docctl.model.document import Form
from docctl.model.records.retention import RetentionClass
from docctl.rules.query_reading import question
from docctl.rules.records import Record
from docctl.store.git import BRANCH
from docctl.store.index.records import filling, lists
from docctl.store.index.schema import create
from docctl.store.layout import kept_folder
from docctl.trust.canonical import canonical
from docctl.trust.signers import KeyFile
from docctl.verify import verify

FORM = "FRM-001"
SITES = ("Bergen", "Oslo", "Trondheim", "Bodø")
QUESTIONS = (
    "site=Bergen",
    "serial=A-4711",
    "site=Oslo and status=open",
    "captured>=2026-01-01 and site=Bergen",
    "serial in (A-1, A-2, A-3) or serial=A-4",
)
PAGE = 50
TOGETHER = 1000


def equipped(root: Path) -> docctl.Library:
    """Return a library with a schedule and a form in force, acting for who captures."""
    library = found(root, Ticking())
    keys = root.with_name(f"{root.name}-keys")
    rob, ws = KeyFile(keys / "rob"), KeyFile(keys / "ws")
    docctl.generate_key(keys / "rob", comment="rob")
    library.person_add("rob", "Records", key=rob.public_key, roles=("records",))
    library.acting(rob).person_accept()
    kind = RetentionClass(
        name="logs", title="Logs", trigger="closed", period="1 year", action="destroy"
    )
    library.control_change(library.control().but(retention=(kind,)), reason="A schedule")
    library.submit(CONTROL)
    for signer in (ws, rob):
        library.acting(signer).approve(CONTROL)
    library.release(CONTROL)
    texts = {name: {"type": "string"} for name in ("site", "serial", "what")}
    said = {
        "fields": {"properties": {**texts, "weight": {"type": "number"}}, "required": ["site"]},
        "retention": "logs",
        "identifiers": ["site", "serial"],
    }
    form = library.new(Form(title="Log", record=said), "## Log\n\nFill it in.\n").number
    library.submit(form)
    library.acting(ws).approve(form)
    library.release(form)
    return library


def row(serial: int) -> dict[str, Any]:
    what = "A seal was worn, and replaced. " * 8
    return {"site": SITES[serial % 4], "serial": f"A-{serial}", "what": what, "weight": 2.5}


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Return the time on the wall, and the processor's."""
    began, worked = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - began, time.process_time() - worked


# --- capture -----------------------------------------------------------------------------------


def bare(library: docctl.Library, other: docctl.Library, numbers: list[str]) -> Callable[[], None]:
    """Return the landing of the same files in another store, and the filling of its vault."""
    reader, head = library.store.reader, library.store.head()
    files: dict[str, bytes | None] = {}
    payloads = []
    for number in numbers:
        place = kept_folder("records", number)
        below = dict(reader.walk(reader.entry(head, place).oid, f"{place}/"))
        files.update(zip(below, reader.read_many(below.values()), strict=True))
        record = library.bench.archive().record(number)
        said = b"".join(library.bench.vault.read(number, record.stubs[0]))
        payloads.append((number, said))

    def write() -> None:
        other.bench.vault.put_many(payloads)
        when = other.clock()
        other.store.land(files, message="captured\n", author="qm", when=when)

    return write


def capture(root: Path, captured: int, rounds: int) -> None:
    with equipped(root / "ours") as ours, equipped(root / "bare") as other:
        other.bench.vault.create()
        for each, goal in ((1, "one record for each change"), (100, "100 for each change")):
            wall, worked = [], []
            for _ in range(rounds):
                mine, theirs = [0.0, 0.0], [0.0, 0.0]
                for start in range(0, max(captured // rounds, each), each):
                    rows = [row(start + at) for at in range(each)]
                    numbers: list[str] = []
                    took = timed(
                        lambda rows=rows, numbers=numbers: numbers.extend(
                            ours.record_capture_many(FORM, rows)
                        )
                    )
                    mine = [mine[0] + took[0], mine[1] + took[1]]
                    took = timed(bare(ours, other, numbers))
                    theirs = [theirs[0] + took[0], theirs[1] + took[1]]
                wall.append(theirs[0] / mine[0])
                worked.append(theirs[1] / mine[1])
            at_least(f"capture, {goal} / bare", statistics.median(wall), 0.7)
            at_least("the same by processor time", statistics.median(worked), 0.7)
        before = own_peak()
        rows = [row(n) for n in range(10_000)]
        took = timed(lambda: ours.record_capture_many(FORM, rows))
        at_most("10,000 rows in one change", took[0], 60, "s")
        peak = (int(own_peak()) - int(before)) / 1024
        print(f"  {took[1]:.1f} s of the processor, {peak:.0f} MiB more at the peak")


# --- many records ------------------------------------------------------------------------------


def many(library: docctl.Library, records: int) -> None:
    """Add so many records, on as many days as they would take: 100 a day at the most."""
    number = library.record_capture(FORM, row(1)).entry.record
    store, signer = library.root / "store.git", library.require_signer()
    place = kept_folder("records", number)
    reader, head = library.store.reader, library.store.head()
    paths = dict(reader.walk(reader.entry(head, place).oid, f"{place}/"))
    oid = next(oid for path, oid in paths.items() if path.endswith(".json"))
    event = json.loads(reader.read(oid))
    stream = imported(head, number, event, signer, records)
    git = ["git", f"--git-dir={store}", "fast-import", "--quiet"]
    with subprocess.Popen(git, stdin=subprocess.PIPE) as process:
        for piece in stream:
            process.stdin.write(piece)
        process.stdin.close()
    library.close()


def imported(
    head: str, number: str, event: dict[str, Any], signer: docctl.Signer, records: int
) -> Iterator[bytes]:
    stem, _, last = number.rpartition("-")
    when = datetime.fromisoformat(event["time"]).timestamp()
    who = f"qm <qm@docctl.invalid> {when:.0f} +0000"
    source = f"from {head}\n"
    for first in range(int(last) + 1, records + 1, TOGETHER):
        serials = range(first, min(first + TOGETHER, records + 1))
        names = sorted(f"{stem}-{serial:04d}" for serial in serials)
        message = f"{', '.join(names)}: captured by qm\n".encode()
        yield f"commit {BRANCH}\nauthor {who}\ncommitter {who}\n".encode()
        yield b"data %d\n%b%b" % (len(message), message, source.encode())
        source = ""
        for serial in serials:
            yield from copied(number, f"{stem}-{serial:04d}", serial, event, signer)


def copied(
    number: str, new: str, serial: int, event: dict[str, Any], signer: docctl.Signer
) -> Iterator[bytes]:
    made = json.loads(json.dumps(event).replace(number, new))
    made["data"]["payload"]["commitment"] = f"{serial:064x}"
    made["data"]["identifiers"] = {"site": SITES[serial % 4], "serial": f"A-{serial}"}
    data = canonical(made)
    place = f"{kept_folder('records', new)}/events/0001.captured"
    for path, content in ((f"{place}.json", data), (f"{place}.sig", signer.sign(data).encode())):
        yield b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(content), content)


def due(root: Path, rounds: int) -> None:
    cold, warm = [], []
    for _ in range(rounds):
        (root / "index.sqlite").unlink(missing_ok=True)
        with docctl.Library.open(root) as library:
            on = library.today() + timedelta(days=200)
            cold.append(timed(lambda library=library, on=on: library.retention_due(on)))
            warm.append(timed(lambda library=library, on=on: library.retention_due(on)))
    at_most("retention due, from no index", statistics.median(one[0] for one in cold), 10, "s")
    at_most("retention due, from the index", statistics.median(one[0] for one in warm), 1, "s")
    print(f"  {min(one[1] for one in cold):.2f} and {min(one[1] for one in warm):.2f} s "
          "of the processor")  # fmt: skip


def verified(root: Path, records: int) -> None:
    with docctl.Library.open(root) as library:
        reader = library.store.reader
        problems: list[Any] = []
        took = timed(lambda: problems.extend(verify(reader).problems))
        at_least("verify, events for each second", records / took[0], 3_000, "events/s")
        print(f"  {records / took[1]:,.0f} for each second of the processor; {problems[:1]}")


def listed(template: Record, place: Path, rows: int, rounds: int) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")
        create(connection)
        connection.execute("BEGIN")
        filling.write(connection, copies(template, rows))
        connection.execute("COMMIT")
    worst = 0.0
    for text in QUESTIONS:
        took = []
        for _ in range(rounds):
            with closing(sqlite3.connect(place, isolation_level=None)) as connection:
                asked, page = question(text), lists.Page(PAGE)
                call = lambda c=connection, a=asked, p=page: lists.listed(c, a, None, p)  # noqa: E731
                took.append(timed(call)[0])
        print(f"  {statistics.median(took) * 1e3:7.1f} ms  {text}")
        worst = max(worst, statistics.median(took))
    at_most(f"first page of {rows:,} rows, the slowest question", worst * 1e3, 50, "ms")


def copies(template: Record, rows: int) -> Iterator[Record]:
    event = template.captured.event
    first = date(2020, 1, 1)
    for day in range(rows // 400 + 1):
        on = first + timedelta(days=day)
        signed = type(template.captured)(event.model_copy(update={"date": on}), "")
        for serial in range(day * 400 + 1, min(day * 400 + 400, rows) + 1):
            yield template._replace(
                number=f"FRM-001-{serial:04d}",
                captured=signed,
                event_on=on,
                open=serial % 97 == 0,
                identifiers={"site": SITES[serial % 4], "serial": f"A-{serial % 50_000}"},
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--listed", type=int, default=1_000_000)
    parser.add_argument("--captured", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    machine()
    collect_rarely()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        capture(root, args.captured, args.rounds)
        library = equipped(root / "many")
        many(library, args.records)
        due(root / "many", args.rounds)
        verified(root / "many", args.records)
        with docctl.Library.open(root / "many") as opened:
            template = opened.bench.archive().record(f"{FORM}-0001")
        listed(template, root / "listed.sqlite", args.listed, args.rounds)


if __name__ == "__main__":
    main()
