"""A commit itself: parents, headers, the person it names, and its time."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from docctl.model.base import PersonId
from docctl.model.event import Event
from docctl.model.problem import Problem
from docctl.rules.summary import summary
from docctl.store.history import ChangedFiles
from docctl.store.objects import Commit
from docctl.verify.codes import LENGTH, listed, problem

_PERSON = re.compile(r"([a-z][a-z0-9-]*) <\1@docctl\.invalid> [0-9]+ [+-][0-9]{4}")


def losses(changed: ChangedFiles) -> Iterator[Problem]:
    """Yield what could not be read of a change, or is not written as it must be."""
    for loss in changed.losses:
        yield lost(loss.place, loss.oid, missing=loss.missing)
    for oddity in changed.oddities:
        yield problem("malformed-folder", oddity.place, f"in {changed.commit.oid}: {oddity.why}")


def lost(place: str, oid: str, *, missing: bool) -> Problem:
    """Return the problem of an object that cannot be had."""
    if missing:
        return problem("missing-object", place, f"the object {oid} is missing or unreadable")
    return problem("damaged-object", place, f"the object {oid} is not what its name says")


def shape(commit: Commit) -> Iterator[Problem]:
    """Yield what is wrong with a commit whatever it carries."""
    if len(commit.parents) > 1:
        yield problem("merge-commit", commit.oid, f"it has {len(commit.parents)} parents")
    if commit.extra:
        names = listed({name for name, _ in commit.extra})
        yield problem("foreign-header", commit.oid, f"it carries: {names}")


def names(commit: Commit, signers: Collection[PersonId]) -> Iterator[Problem]:
    """Yield a problem where a commit names somebody who signed nothing in it."""
    for line in dict.fromkeys((commit.author, commit.committer)):
        found = _PERSON.fullmatch(line)
        if found is None or found[1] not in signers:
            who = line.rpartition(" <")[0] or line
            sentence = f"it names {who!r}; its events are signed by {listed(signers)}"
            yield problem("forged-author", commit.oid, sentence)


def time(commit: Commit, newest: datetime) -> Iterator[Problem]:
    """Yield a problem where a commit claims another time than the events that it carries."""
    expected = f"{int(newest.timestamp())} +0000"
    for line in dict.fromkeys((commit.author, commit.committer)):
        claimed = line.rpartition("> ")[2]
        if claimed != expected:
            sentence = f"it says {claimed}, and its newest event says {newest}: {expected}"
            yield problem("wrong-time", commit.oid, sentence)


def message(commit: Commit, events: Sequence[Event]) -> Iterator[Problem]:
    """Yield a problem where a commit says something else than its events."""
    expected = summary(events)
    if commit.message != f"{expected}\n":
        said = commit.message[:LENGTH].rstrip()
        yield problem("foreign-message", commit.oid, f"it says {said!r}; it is {expected!r}")
