"""Bugs of the whole product, planted one by one: the adversary must find each of them."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

import pytest
from planted_records import kept_records_go

from docctl.desk.recording import delivering
from docctl.desk.recording.disposal import certifying
from docctl.errors import SeparationOfDutiesError
from docctl.library.keeping import retaining
from docctl.model.records.hold import DisposalAuthorisedData
from docctl.rules.records import guards
from docctl.rules.records.disposal import Disposal
from docctl.rules.records.guards import disposing
from docctl.rules.records.record import Started
from docctl.rules.records.retention import due
from docctl.store.vault.writing import Reach, Vault

Planting = Callable[[pytest.MonkeyPatch], None]


class Plant(NamedTuple):
    """A bug, and whether it takes a push to meet it."""

    planted: Planting
    pushed: bool = False


def nothing(*_: Any, **__: Any) -> None:
    """A guard that was forgotten."""


def no_holds(patch: pytest.MonkeyPatch) -> None:
    for module in (due, disposing):
        patch.setattr(module, "holding", lambda *_: ())


def no_window(patch: pytest.MonkeyPatch) -> None:
    def authority(self: Disposal) -> DisposalAuthorisedData | None:
        data = self.authorised.event.data if self.authorised else None
        at_once = {"not_before": date.min}
        return data.model_copy(update=at_once) if isinstance(data, DisposalAuthorisedData) else None

    patch.setattr(Disposal, "authority", property(authority))


def claimed_days_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Started, "counts", property(lambda started: started.on))


def one_person_is_enough(patch: pytest.MonkeyPatch) -> None:
    kept = disposing.authorised

    def authorised(*given: Any) -> None:
        with suppress(SeparationOfDutiesError):
            kept(*given)

    patch.setattr(guards, "_GUARDS", {**guards._GUARDS, "disposal_authorised": authorised})


def the_whole_list_is_destroyed(patch: pytest.MonkeyPatch) -> None:
    """What is on a list is destroyed, also what the history has not let go."""
    kept = certifying.destroy

    def destroy(bench: Any, number: str) -> Any:
        for item in certifying.get_disposal(bench, number).items:
            bench.vaults.own.destroy(item.record, item.stubs)
        return kept(bench, number)

    patch.setattr(certifying, "destroy", destroy)


def payloads_are_left(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Vault, "undo", lambda *_: Reach((), ()))


def undoing_takes_the_key(patch: pytest.MonkeyPatch) -> None:
    """What was refused is taken back together with the key of the record."""

    def undo(bench: Any, made: Any) -> None:
        for one in made:
            bench.vaults.own.destroy(one.record, one.data.stubs)

    patch.setattr(delivering, "undo", undo)


PLANTS: Mapping[str, Plant] = {
    "holds are forgotten": Plant(no_holds),
    "windows are over at once": Plant(no_window),
    "days that are claimed count": Plant(claimed_days_count),
    "owners are forgotten": Plant(lambda patch: patch.setattr(disposing, "require_owner", nothing)),
    "one person is enough": Plant(one_person_is_enough),
    "kept records go": Plant(kept_records_go),
    "the whole list is destroyed": Plant(the_whole_list_is_destroyed),
    "payloads are left": Plant(payloads_are_left),
    "what is refused takes the key with it": Plant(undoing_takes_the_key),
    "nobody verifies before": Plant(
        lambda patch: patch.setattr(retaining, "require_sound", nothing), pushed=True
    ),
    "any key will do": Plant(
        lambda patch: patch.setattr(guards, "check_key", nothing), pushed=True
    ),
    "payloads of others go": Plant(
        lambda patch: patch.setattr(certifying, "_require_own", nothing), pushed=True
    ),
}
