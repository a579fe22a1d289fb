"""The same deeds as commands, in this process or in one of their own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any

import pytest
from click.testing import CliRunner

from adversary.deeds import PAPER, ByLibrary, Deed, Refused
from adversary.site import Site
from docctl.cli.app import docctl
from docctl.library import handle

Words = Iterable[object]


def _data(site: Site, fields: Any) -> str:
    path = site.place / "data.json"
    path.write_text(json.dumps(fields))
    return str(path)


def _captures(site: Site, form: str, fields: Any, day: Any, file: bytes) -> Words:
    yield from ("record", "capture", form, "--data", _data(site, fields))
    yield from ("--on", day, "--late-reason", "post")
    if file:
        path = site.place / "photo.txt"
        path.write_bytes(file)
        yield from ("--attach", path)


def _registers(site: Site, form: str, fields: Any, day: Any) -> Words:
    yield from ("record", "register", form, "--data", _data(site, fields), "--on", day)
    yield from ("--late-reason", "post")
    for name, value in PAPER.items():
        yield from (f"--{name}", value)


def _places(_: Site, records: Any, documents: Any, where: str) -> Words:
    yield from ("hold", "place", "--matter", "M", "--reason", "R")
    yield from _each("--record", records)
    yield from _each("--document", documents)
    yield from ("--where", where) if where else ()


def _each(option: str, values: Iterable[object]) -> Words:
    for one in values:
        yield from (option, one)


def _reviews(_: Site, record: str, until: Any) -> Words:
    decision = ("--until", until) if until else ("--then", "destroy")
    return ("retention", "review", record, "--reason", "Seen", *decision)


BY_COMMAND: Mapping[str, Callable[..., Words]] = {
    "capture": _captures,
    "register": _registers,
    "add": lambda site, record: (
        *("record", "add", record, "--step", "analysed"),
        *("--data", _data(site, {"cause": "Wear"})),
    ),
    "sign": lambda _, record: ("record", "sign", record, "--as", "verified"),
    "amend": lambda site, record, fields: (
        *("record", "amend", record, "--data", _data(site, fields)),
        *("--reason", "A slip"),
    ),
    "close": lambda _, record, day: ("record", "close", record, *(("--on", day) if day else ())),
    "reopen": lambda _, record: ("record", "reopen", record, "--reason", "More"),
    "fact": lambda _, record, day: (
        *("record", "fact", record, "contract_ended"),
        *("--on", day, "--reason", "A letter"),
    ),
    "move": lambda _, record, place: (
        *("record", "move", record, "--location", place),
        *("--reason", "Full"),
    ),
    "burn": lambda _, record: (
        *("record", "destroyed", record, "--method", "fire"),
        *("--by", "Archivist"),
    ),
    "review": _reviews,
    "hold": _places,
    "extend": lambda _, hold, records: (
        *("hold", "extend", hold, "--reason", "R"),
        *_each("--record", records),
    ),
    "lift": lambda _, hold: ("hold", "lift", hold, "--reason", "Settled"),
    "propose": lambda _, records: ("retention", "propose", *records, "--json"),
    "authorise": lambda _, disposal, keep: (
        *("retention", "authorise", disposal, *_each("--keep", keep)),
        *(("--reason", "Some stay") if keep else ()),
    ),
    "refuse": lambda _, disposal: ("retention", "refuse", disposal, "--reason", "In use"),
    "run": lambda _, disposal: ("retention", "run", disposal, "--leave-waiting"),
    "sweep": lambda _: ("vault", "sweep", "--unknown"),
    "ask": lambda _, record: (
        *("subject", "open", record, "--asks", "erasure"),
        *("--reason", "A letter"),
    ),
    "decide": lambda _, request, record: (
        *("subject", "decide", request, record, "erase"),
        *("--why", "No duty to keep it"),
    ),
    "answer": lambda _, request: ("subject", "answer", request),
}
#: Those that print the number of what they have made.
PRINTS_NUMBER = {"capture", "register", "hold", "ask"}


class ByCommand:
    """One command, in this process; what has no command of its own goes by the library."""

    name = "command"

    def do(self, site: Site, deed: Deed) -> Any:
        if deed.verb == "receive":
            return self._receive(site, deed)
        if deed.verb not in BY_COMMAND:
            return ByLibrary().do(site, deed)
        printed = self.typed(site, deed.person, *BY_COMMAND[deed.verb](site, **deed.said))
        if deed.verb == "propose":
            told = json.loads(printed)
            return told["disposal"], tuple(told["records"])
        return printed.strip().splitlines()[0] if deed.verb in PRINTS_NUMBER else None

    def _receive(self, site: Site, deed: Deed) -> None:
        disposal = deed.said["disposal"]
        package, receipt = site.place / f"{disposal}.zip", site.place / "receipt.txt"
        receipt.write_text("We have it.")
        self.typed(site, deed.person, "retention", "package", disposal, "--to", package)
        words = ("--package", package, "--receipt", receipt, "--receiver", "City archive")
        self.typed(site, deed.person, "retention", "receive", disposal, *words)

    def typed(self, site: Site, person: str, *words: object) -> str:
        """Type a command at a machine with that person's clock, and return what it prints."""
        front = ("-C", site.root, "--key", site.base.key(person))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(handle, "datetime", _shows(site.now(person)))
            done = CliRunner().invoke(docctl, [*map(str, front), *map(str, words)])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        if done.exit_code:
            raise Refused(f"exit code {done.exit_code}")
        return done.stdout


def _shows(now: datetime) -> type[datetime]:
    """Return a clock that shows this time."""

    class Shown(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now.astimezone(tz)

    return Shown


_PROCESS = """
import sys
from datetime import datetime
from docctl.library import handle
now = datetime.fromisoformat(sys.argv.pop(1))
handle.datetime = type("Shown", (datetime,), {"now": classmethod(lambda *_: now)})
from docctl.cli.app import docctl
docctl()
"""


class ByProcess(ByCommand):
    """One command in a process of its own."""

    name = "process"

    def typed(self, site: Site, person: str, *words: object) -> str:
        front = ("-C", site.root, "--key", site.base.key(person))
        now = site.now(person).isoformat()
        command = [sys.executable, "-c", _PROCESS, now, *map(str, (*front, *words))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        if done.returncode:
            raise Refused(f"exit code {done.returncode}")
        return done.stdout
