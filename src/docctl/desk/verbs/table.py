"""Every verb by its name: what makes its events, and which may be signed again."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import signature, unwrap
from types import MappingProxyType
from typing import Any

from docctl.desk.arguments import require_forms
from docctl.desk.bench import Bench
from docctl.desk.recording.table import RECORD_VERBS
from docctl.desk.signing.intent import Intent
from docctl.desk.signing.prepared import Prepared
from docctl.desk.verbs import approval, documents, naming, people, release
from docctl.errors import InputError

Intents = Sequence[Intent]


def require_arguments(bench: Bench, verb: str, *arguments: Any, **options: Any) -> None:
    """Refuse arguments that a verb does not take.

    Raises:
        InputError: there are too many, too few, some under names that it does not know, or a
            value is of another kind.
    """
    function = unwrap(VERBS[verb])
    before = (bench,) if function is VERBS[verb] else ()  # the plain ones ask for none
    try:
        require_forms(function, *before, *arguments, **options)
    except TypeError as error:
        names = list(signature(function).parameters)[len(before) :]
        raise InputError(f"{verb}: {error}", hint=f"it takes: {', '.join(names)}") from error


def _same_kind(before: Prepared, anew: Prepared) -> bool:
    """Tell whether a change begins the same document, under whatever number is free."""
    one, other = before.statements[0].event, anew.statements[0].event
    return getattr(one, "data", None) == getattr(other, "data", None)


def _same_text(before: Prepared, anew: Prepared) -> bool:
    """Tell whether two changes speak of the same text."""
    one, other = before.statements[0].event, anew.statements[0].event
    return (one.revision, one.content) == (other.revision, other.content)


#: What may be signed again where somebody else was quicker, and how it is told that nothing of what
#: was asked for is another then. All else depends on what its signer has seen.
AGAIN: Mapping[str, Callable[[Prepared, Prepared], bool]] = MappingProxyType(
    {"new": _same_kind, "comment": _same_text}
)


def _plain(function: Callable[..., Intent]) -> Callable[..., Intents]:
    @wraps(function)
    def verb(_: Bench, *arguments: Any, **options: Any) -> Intents:
        return (function(*arguments, **options),)

    return verb


#: Every verb by the name of its method: it makes the events that the verb asks for.
VERBS: Mapping[str, Callable[..., Intents]] = MappingProxyType(
    {
        "new": documents.new,
        "save": documents.save,
        "save_settings": documents.save_settings,
        "revise": documents.revise,
        "revise_settings": documents.revise_settings,
        "submit": documents.submit,
        "release": documents.released,
        "withdraw": documents.withdraw,
        "review": _plain(approval.review),
        "approve": _plain(approval.approve),
        "return_": _plain(approval.return_),
        "reroute": _plain(approval.reroute),
        "reopen": _plain(approval.reopen),
        "cancel": documents.cancel,
        "comment": _plain(approval.comment),
        "resolve": _plain(approval.resolve),
        "postpone": _plain(release.postpone),
        "periodic_review": _plain(release.periodic_review),
        "suspend": _plain(release.suspend),
        "resume": _plain(release.resume),
        "assign": documents.assign,
        "person_add": naming.person_add,
        "person_rename": naming.person_rename,
        "person_erase": _plain(people.erase),
        "person_accept": _plain(people.accept),
        "person_key": _plain(people.add_key),
        "person_revoke": _plain(people.revoke),
        "person_role": _plain(people.grant),
        "person_role_end": _plain(people.withdraw_role),
        "person_function": _plain(people.give_function),
        "person_function_end": _plain(people.end_function),
        "person_leave": _plain(people.leave),
        "person_exception": _plain(people.grant_exception),
        "person_exception_end": _plain(people.end_exception),
        "threshold": _plain(people.threshold),
        **RECORD_VERBS,
    }
)
