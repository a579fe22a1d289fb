"""What another retention schedule would do to the records that there are."""

from datetime import date

from docctl.desk.bench import Bench
from docctl.model.answers.retention import Due, DueChange
from docctl.model.control import ControlSettings
from docctl.rules.records import Dues
from docctl.rules.world import World


def simulated(bench: Bench, settings: ControlSettings, on: date) -> tuple[DueChange, ...]:
    """Return the records for which another schedule would answer otherwise on a day.

    Those that could go earlier than now come first.
    """
    archive = bench.archive()
    otherwise = archive.under(World(archive.world.authority, settings))
    now, then = Dues(archive, on), Dues(otherwise, on)
    found: list[DueChange] = []
    for record in bench.index.ages(head=bench.head):
        before, after = now.of(record), then.of(record)
        if _told(before) != _told(after):
            found.append(DueChange(before=before, after=after))
    return tuple(sorted(found, key=lambda one: not one.earlier))


def _told(one: Due) -> tuple[object, ...]:
    return one.state, one.due_since, one.action
