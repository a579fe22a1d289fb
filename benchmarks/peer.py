"""`check` and `verify` of many documents, beside Doorstop's check of items of the same text.

    python benchmarks/peer.py [--documents 2000] [--rounds 3]

Doorstop's items hold the texts of the documents, a procedure of a page and a half, in YAML in a Git
working copy, each reviewed once: its stamp is to Doorstop what a released revision is to docctl.
Here every document has one released revision: four signed events, and fewer never lead to one
(created, submitted, approved, released; no route is without an approval). Each side is its own
command in a process of its own, and has nothing to complain of: `doorstop`, `docctl check` and
`docctl verify`. Both run from byte code, as an installed package does. Doorstop has rewritten its
items once before, as it does at first sight.

check, first    there is no index: every text is read
check, again    after that one: no text is new, and what was found in each was kept

A time is that of the processor, with all processes that the command starts; a ratio is the median
of the ratios of the rounds, Doorstop being 1.
"""

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from goals import at_most, machine
from verify import furnish

import docctl
from docctl.library.local import INDEX

TEXT = (Path(__file__).parent / "procedure.md").read_text()
COMMANDS = Path(sys.executable).parent
DOCCTL, DOORSTOP = (str(COMMANDS / name) for name in ("docctl", "doorstop"))


def items(root: Path, bodies: list[str]) -> None:
    """Write Doorstop's items, and let it review and rewrite all of them."""
    folder = root / "reqs"
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", root], check=True)
    settings = {"settings": {"digits": 5, "itemformat": "yaml", "prefix": "PRO", "sep": ""}}
    (folder / ".doorstop.yml").write_text(yaml.safe_dump(settings))
    for serial, body in enumerate(bodies, 1):
        item = {
            "active": True,
            "derived": False,
            "header": "",
            "level": f"1.{serial}",
            "links": [],
            "normative": True,
            "ref": "",
            "reviewed": None,
            "text": body,
        }
        (folder / f"PRO{serial:05d}.yml").write_text(yaml.safe_dump(item))
    for command in ([DOORSTOP, "review", "all"], [DOORSTOP]):
        run(command, root)


def run(command: list[str], place: Path) -> None:
    subprocess.run(command, cwd=place, check=True, capture_output=True)


def forgotten(library: Path) -> None:
    """Let docctl keep nothing of what it has read before."""
    (library / INDEX).unlink(missing_ok=True)


def spent(command: list[str], place: Path) -> float:
    before = os.times()
    run(command, place)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    machine()
    compileall.compile_dir(Path(docctl.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory(prefix="doorstop-") as name:
        ours, theirs = Path(name) / "library", Path(name) / "doorstop"
        ours.mkdir()
        texts = furnish(ours / "store.git", args.documents, text=TEXT, every=args.documents + 1)
        items(theirs, texts)
        sides = {
            "Doorstop": ([DOORSTOP], theirs),
            "check, first": ([DOCCTL, "check"], ours),
            "check, again": ([DOCCTL, "check"], ours),
            "verify": ([DOCCTL, "verify"], ours),
        }
        times = []
        for _ in range(args.rounds):
            forgotten(ours)
            times.append({one: spent(*side) for one, side in sides.items()})
    for side in sides:
        print(f"{side:12} {statistics.median(one[side] for one in times):8.2f} s of processor time")
    for side in ("check, again", "check, first", "verify"):
        ratio = statistics.median(one[side] / one["Doorstop"] for one in times)
        at_most(f"{side} of {args.documents:,} documents / Doorstop", ratio, 0.1)


if __name__ == "__main__":
    main()
