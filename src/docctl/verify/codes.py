"""The kinds of problems that `verify` reports, and how each is put into words."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from docctl import errors
from docctl.model.problem import Problem

#: Every code and what it means. A code is never used for something else later.
CODES: Mapping[str, str] = MappingProxyType(
    {
        # the repository and what lies around the history
        "alternates": "The store borrows objects from another repository.",
        "attributes": "Attributes of the repository change files when they are checked out.",
        "damaged-head": "The branch does not hold the id of a commit, or there is none.",
        "damaged-refs": "The list of branches and tags cannot be read.",
        "foreign-head": "HEAD does not name the branch of the library.",
        "foreign-ref": "There is a branch, tag or other ref beside the one of the library.",
        "grafts": "The repository pretends other parents for some commits.",
        "partial-clone": "The repository leaves out objects and would fetch them when asked.",
        "replace-ref": "The repository shows another object in place of one.",
        "shallow": "The repository leaves out the beginning of its history.",
        # objects
        "damaged-object": "The bytes of an object are not what its name says.",
        "malformed-folder": "A folder is written as no program should write it.",
        "missing-object": "An object is missing or cannot be read.",
        # commits
        "clock-went-back": "A time lies more than five minutes before one that came earlier.",
        "clock-ran-ahead": "A time lies more than five minutes ahead of the clock that verifies.",
        "forged-author": "The commit names a person who signed nothing in it.",
        "foreign-header": "The commit carries a header that docctl does not write.",
        "foreign-message": "The commit's message is not the one that its events make.",
        "incomplete-change": "Documents released together do not stand in one change.",
        "merge-commit": "A commit has more than one parent.",
        "rewritten-history": "The history does not continue the one that was known before.",
        "several-events": "A change holds more than one event of an item.",
        "uncontrolled-change": "Files changed and no signed event allows it.",
        "unrelated-events": "A change holds events that do not stand or fall together.",
        "wrong-time": "The commit does not carry the time of its events, twice and in UTC.",
        # files
        "event-changed": "An event or a signature that stood in the store was changed.",
        "event-deleted": "An event or a signature that stood in the store was deleted.",
        "foreign-mode": "A file is a symbolic link, a submodule or executable.",
        "foreign-path": "The store has no such path.",
        # events
        "bad-signature": "A signature does not hold.",
        "foreign-signature": "A signature is not by the person whom its name gives.",
        "key-mismatch": "A key and the fingerprint that stands with it do not belong together.",
        "misplaced-event": "An event does not stand where its own fields place it.",
        "not-an-event": "The file does not say what an event of its type must say.",
        "not-canonical": "The bytes of an event are not in the one canonical form.",
        "unsigned-event": "An event came without a signature.",
        # content
        "altered-content": "A file is not the one whose digest was signed.",
        "bad-settings": "The control settings that came into force cannot be read.",
        "missing-content": "A file whose digest was signed is not there.",
        "unlisted-content": "A file stands among the content and not in the signed list.",
        "wrong-content": "The signed digest is not the one of the list of files.",
        # records and their payloads
        "altered-payload": "What lies in the vault is not what was captured.",
        "closed-vault": "A vault may not be read here, so what lies in it was not looked at.",
        "missing-payload": "What a record says is not in the vault, and was not disposed of.",
        "not-anonymous": "What remains of an anonymous record still says what was to go.",
        "returned-name": "A name that was let go lies in the vault, still or again.",
        "returned-payload": "What was certified as destroyed lies in the vault again.",
        "unapproved-schedule": "The retention schedule changed and 'records' did not approve it.",
        "unfinished-disposal": "A record was let go, and what it said was not destroyed yet.",
        "unreadable-name": "A person's name cannot be read here, because the vault is elsewhere.",
        "unreadable-vault": "The vault cannot be read.",
        # the founding, and the format
        "bad-store-file": "store.json does not say what it must.",
        "newer-format": "The store was written by a newer docctl.",
        "no-founding": "The first change does not found a library.",
        "no-settings": "The library was founded without control settings.",
        # beside the store
        "altered-index": "The index, a cache, says something else than the store.",
        # what the rules of document control refuse
        "bad-date": "A date that the rules do not allow.",
        "bad-event": "Chain, sentence, rule set or data of an event are not as they must be.",
        "illegal-move": "The lifecycle has no such move from that state.",
        "incomplete": "Something that must be done before was not done.",
        "missing-approval": "Signatures of the route are missing.",
        "not-authorised": "The signer lacked the role, or the key did not count.",
        "own-work": "Somebody signed what he or she wrote or proposed.",
        "refused": "The rules of document control refuse it.",
        "route-unfilled": "The route cannot be filled with persons.",
        "stale-approval": "The signature is for another content.",
        "taken": "A number, label or name was used already.",
    }
)

#: The code for what the rules refuse. The first class that fits counts.
_REFUSALS: tuple[tuple[type[errors.DocctlError], str], ...] = (
    (errors.DateError, "bad-date"),
    (errors.EventError, "bad-event"),
    (errors.IllegalMoveError, "illegal-move"),
    (errors.IncompleteError, "incomplete"),
    (errors.MissingApprovalError, "missing-approval"),
    (errors.NotAuthorisedError, "not-authorised"),
    (errors.RouteError, "route-unfilled"),
    (errors.SeparationOfDutiesError, "own-work"),
    (errors.StaleApprovalError, "stale-approval"),
    (errors.TakenError, "taken"),
    (errors.DocctlError, "refused"),
)

_RESTORE = "bring it back from a clone or a backup, and look how it could happen"
_INVESTIGATE = "find out who wrote it and how; a clone made before shows the sound state"
_REFILL = (
    "where another copy of the vault has it: docctl vault copy; else bring it, or its key, back "
    "from a backup, and look how it could happen"
)

#: What to do about a problem, where there is more to say than to look into it.
_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "altered-payload": _REFILL,
        "clock-ran-ahead": "see 'A clock that ran ahead' in the guide to troubleshooting",
        "damaged-head": _RESTORE,
        "damaged-object": _RESTORE,
        "damaged-refs": _RESTORE,
        "closed-vault": "verify it where it may be read",
        "foreign-ref": "delete it: nothing of the library stands there",
        "grafts": "delete the file info/grafts of the store",
        "missing-object": _RESTORE,
        "missing-payload": _REFILL,
        "newer-format": "install a newer docctl",
        "partial-clone": "verify a full clone",
        "replace-ref": "delete it: git replace --delete ID",
        "returned-name": "an administrator finishes it: docctl person erase PERSON --reason R",
        "returned-payload": "look how it came back, and remove it: docctl vault sweep",
        "unfinished-disposal": "finish it: docctl retention run PROPOSAL; of an original elsewhere "
        "somebody states it: docctl record destroyed ID",
        "unreadable-vault": "bring it back, or mend its place in docctl.toml; the history alone is "
        "verified with: docctl verify --history-only",
        "unreadable-name": "nothing, where the vault is kept elsewhere; else bring it back",
        "rewritten-history": "keep both histories, and ask who was allowed to replace one",
        "shallow": "verify a full clone",
    }
)

#: How many names a sentence lists, and how many characters of each.
NAMES, LENGTH = 20, 200


def problem(code: str, place: str, sentence: str) -> Problem:
    """Return a problem that is an error; *code* is one of `CODES`."""
    hint = _HINTS.get(code, _INVESTIGATE)
    return Problem(code=code, place=printable(place), sentence=printable(sentence), hint=hint)


def advice(code: str, place: str, sentence: str) -> Problem:
    """Return a problem that somebody should look at, and that stops nothing."""
    return problem(code, place, sentence).but(severity="advice")


def refused(place: str, error: errors.DocctlError) -> Problem:
    """Return what the rules refused as a problem."""
    code = next(code for kind, code in _REFUSALS if isinstance(error, kind))
    return problem(code, place, f"it should not have landed: {error}")


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them, the first twenty in full."""
    every = sorted(names)
    rest = len(every) - NAMES
    names = ", ".join(name[:LENGTH] for name in every[:NAMES])
    return names + (f" and {rest} more" if rest > 0 else "")


def printable(text: str) -> str:
    """Return text that is safe on a terminal, whatever somebody named a file."""
    short = text if len(text) <= NAMES * LENGTH else f"{text[: NAMES * LENGTH]}…"
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in short)
