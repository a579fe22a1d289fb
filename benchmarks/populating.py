"""Libraries of any size for benchmarks: real keys, real signatures, every event legal."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docctl
from docctl.desk.signing.intent import Intent, begin, compose
from docctl.desk.signing.landing import Desk
from docctl.desk.signing.prepared import Statement
from docctl.desk.verbs import approval, drafting, release
from docctl.model.assignment import Owner
from docctl.model.lifecycle import Created
from docctl.store.layout import content_folder, signature_path
from docctl.trust.signers import KeyFile, generate_key

BODY = "## Purpose\n\nTo show how this is done.\n\n" + "Every step is written down. " * 60 + "\n"
START = datetime(2025, 1, 6, 8, tzinfo=UTC)


@dataclass
class Ticking:
    """A clock that moves a second at each look."""

    present: datetime = START

    def __call__(self) -> datetime:
        self.present += timedelta(seconds=1)
        return self.present


def found(root: Path, clock: Ticking) -> docctl.Library:
    """Return a library with an author (qm) and an approver (ws), keys beside it."""
    keys = root.with_name(f"{root.name}-keys")
    for person in ("qm", "ws"):
        generate_key(keys / person, comment=person)
    library = docctl.Library.init(
        root,
        organization="Bench Ltd",
        founder=docctl.Founder("qm", "Quality Manager", "Quality Manager"),
        signer=KeyFile(keys / "qm"),
        clock=clock,
    )
    other = KeyFile(keys / "ws")
    roles = ("approver", "management")
    library.person_add("ws", "Workshop Manager", key=other.public_key, roles=roles)
    library.acting(other).person_accept()
    return library


def populate(
    library: docctl.Library,
    documents: int,
    *,
    batch: int = 1000,
    body: Callable[[int], str] = lambda _: BODY,
) -> None:
    """Bring so many procedures into force: four changes for each batch, one event per document.

    *body* returns the text of each by its place.
    """
    author = library.require_signer()
    approver = library.acting(KeyFile(library.root.with_name(f"{library.root.name}-keys") / "ws"))
    numbers = [f"PRO-{n:03d}" for n in range(1, documents + 1)]
    for start in range(0, documents, batch):
        some = numbers[start : start + batch]
        land(library, author, [_new(library, number, body(int(number[4:]))) for number in some])
        for intents, signer in (
            ([_submit(number) for number in some], author),
            ([approval.approve(number) for number in some], approver.require_signer()),
            ([release.release(number, effective_on=None) for number in some], author),
        ):
            land(library, signer, intents)
        library.store.maintain()


def _new(library: docctl.Library, number: str, body: str) -> Intent:
    text = docctl.Text(docctl.Procedure(number=number, title=f"Procedure {number}"), body, {})
    kind, limits = library.bench.types.kind("procedure"), library.control().limits
    owner = Owner(kind="function", name="Quality Manager")
    return drafting.create(number, text, kind=kind, owner=owner, limits=limits)


def _submit(number: str) -> Intent:
    return approval.submit(number, change="content", planned_on=None)


def land(library: docctl.Library, signer: docctl.Signer, intents: Sequence[Intent]) -> None:
    """Land many events as one change, without judging them one by one."""
    desk = library.bench.desk
    files = dict(_files(desk, signer, intents))
    when = desk.clock()
    desk.store.land(files, message="bulk\n", author="qm", when=when)


def _files(desk: Desk, signer: docctl.Signer, intents: Sequence[Intent]) -> Iterator:
    head = desk.head()
    world, moment = desk.world(), desk.moment(desk.person(signer.public_key))
    for intent in intents:
        statement: Statement
        if issubclass(intent.event, Created):
            statement = begin(intent, world, moment)
        else:
            dossier = desk.ledger.dossier(head, intent.item)
            statement = compose(intent, world, dossier, moment)
        yield statement.path, statement.data
        yield signature_path(statement.path), signer.sign(statement.data).encode()
        for name, data in (intent.content or {}).items():
            yield f"{content_folder(intent.item, '1')}/{name}", data
