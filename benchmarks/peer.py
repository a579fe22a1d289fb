"""`check` and `verify` of many documents, beside Doorstop's check of items of the same text.

    python benchmarks/peer.py [--documents 2000] [--rounds 3]

Doorstop's items hold the texts of the documents, about 300 words each, in YAML, in a Git
working copy. Doorstop builds its tree, loads its items and validates them, as its command does;
docctl opens the library, then checks every text and, apart from that, verifies every signature
of the whole history. All of it in this process, by its own time and that of the processes it
starts; a ratio is the median of the ratios of the rounds, Doorstop being 1.
"""

import argparse
import logging
import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import yaml
from doorstop.core import builder
from goals import at_most, machine
from verify import furnish

import docctl
from docctl.cli import collect_rarely

TEXT = "## Purpose\n\nTo show how this is done.\n\n" + "Every step is written down. " * 60


def items(root: Path, bodies: list[str]) -> None:
    """Write Doorstop's items, as its own commands write them."""
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


def validate(root: Path) -> None:
    with chdir(root):
        tree = builder.build(cwd=str(root), root=str(root))
        tree.load()
        tree.validate()


def check(root: Path) -> None:
    with docctl.Library.open(root) as opened:
        opened.check()


def verify(root: Path) -> None:
    with docctl.Library.open(root) as opened:
        assert not opened.verify().problems


def spent(work: Callable[[Path], None], root: Path) -> float:
    before = os.times()
    work(root)
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)  # Doorstop says a line for every item
    machine()
    collect_rarely()
    with tempfile.TemporaryDirectory(prefix="doorstop-") as name:
        ours, theirs = Path(name) / "library", Path(name) / "doorstop"
        ours.mkdir()
        texts = furnish(ours / "store.git", args.documents, text=TEXT, every=args.documents + 1)
        items(theirs, texts)
        sides = {"Doorstop": (validate, theirs), "check": (check, ours), "verify": (verify, ours)}
        times = [{one: spent(*side) for one, side in sides.items()} for _ in range(args.rounds)]
    for side in sides:
        print(f"{side:10} {statistics.median(one[side] for one in times):8.2f} s of processor time")
    for side in ("check", "verify"):
        ratio = statistics.median(one[side] / one["Doorstop"] for one in times)
        at_most(f"{side} of {args.documents:,} documents / Doorstop", ratio, 0.1)


if __name__ == "__main__":
    main()
