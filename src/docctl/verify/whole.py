"""The whole history of a store, or what came since a commit that was verified before."""

from collections.abc import Iterable
from datetime import datetime
from itertools import count, islice

from docctl.errors import DamagedStoreError
from docctl.model.answers.register import Verification
from docctl.model.problem import Problem
from docctl.store.history import History, Line, line, surroundings
from docctl.store.reading.ledger import Ledger
from docctl.store.reading.reader import Reader
from docctl.verify.codes import CODES, problem
from docctl.verify.commits import lost
from docctl.verify.judge import ChangeJudge
from docctl.verify.past import KnownPast
from docctl.verify.payloads import Progress, VaultOf, payloads
from docctl.verify.reading import read

#: How many changes are read together.
TOGETHER = 32


def verify(
    reader: Reader,
    *,
    known: str | None = None,
    vaults: VaultOf | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Verification:
    """Verify a store from its founding to its head, and return every problem.

    Nothing is written, nothing is taken from the index, and hostile content raises nothing.
    Every object that the history reaches is hashed again, every signature verified, and every
    event judged by the people and settings at its position. With *now* events that lie ahead of
    it are reported too, with *known*, the head of an earlier visit, whether it was left out, and
    with *vaults*, whether every payload is what was captured, or lawfully gone.

    Raises:
        StoreError: there is no Git, or no repository.
    """
    around = [problem(one.code, one.place, CODES[one.code]) for one in surroundings(reader.git)]
    try:
        head = reader.head()
    except DamagedStoreError as error:
        return Verification(
            head="", problems=(*around, problem("damaged-head", "main", str(error)))
        )
    if head is None:
        empty = problem("damaged-head", "main", "the store has no commit")
        return Verification(head="", problems=(*around, empty))
    judge = ChangeJudge(object_format=reader.format.name, now=now)
    way = line(reader, head)
    if known and not way.losses and known not in {one.oid for one in way.commits}:
        sentence = f"it was the head, and the history that leads to {head} is without it"
        around.append(problem("rewritten-history", known, sentence))
    found = _walked(reader, judge, way, head=head, found=around, progress=progress)
    if vaults is None:
        return found
    more = tuple(payloads(judge.archive, vaults, progress))
    return found.but(problems=(*found.problems, *more))


def verify_since(
    reader: Reader,
    known: str,
    *,
    until: str,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Verification:
    """Verify what leads from *known*, which was verified before, to *until*.

    Raises:
        StoreError: the store cannot be read at *known*.
    """
    judge = ChangeJudge(KnownPast(Ledger(reader), known), object_format=reader.format.name, now=now)
    way = line(reader, until, since=known)
    if not way.losses and way.commits and way.commits[0].parents[:1] != (known,):
        broken = problem("rewritten-history", until, f"it does not continue {known}")
        return Verification(head=until, problems=(broken,))
    return _walked(reader, judge, way, head=until, since=known, progress=progress)


def _walked(
    reader: Reader,
    judge: ChangeJudge,
    way: Line,
    *,
    head: str,
    since: str | None = None,
    found: Iterable[Problem] = (),
    progress: Progress | None,
) -> Verification:
    problems = [*found, *(lost(loss.place, loss.oid, missing=loss.missing) for loss in way.losses)]
    total = len(way.commits)
    changes, done = History(reader).changes(way, since=since), count(1)
    while some := list(islice(changes, TOGETHER)):
        for reading in read(some):
            problems += judge.judge(reading)
            if progress is not None:
                progress(next(done), total)
    return Verification(
        head=head,
        changes=total,
        events=judge.events,
        signatures=judge.signatures,
        documents=judge.documents,
        files=judge.files,
        records=sum(1 for _ in judge.archive.records()),
        problems=tuple(problems),
    )
