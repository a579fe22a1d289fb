"""Which records are proposed for disposal: of those that are due, what was due by a day."""

from datetime import timedelta
from pathlib import Path

import pytest
from archive import Keeping
from click.testing import CliRunner

from docctl.cli.app import docctl
from docctl.errors import RetentionError


@pytest.fixture
def both(keeping: Keeping) -> tuple[Keeping, str, str]:
    """Two records, of which the second is due three weeks after the first."""
    first = keeping.log()
    keeping.wait(21)
    second = keeping.log()
    keeping.wait(31)
    return keeping, first, second


def test_of_what_is_due_only_that_is_proposed_which_was_due_on_a_day(
    both: tuple[Keeping, str, str],
) -> None:
    keeping, first, second = both
    ria = keeping.by("ria")
    since = {one.record: one.due_since for one in ria.retention_due()}

    made = ria.retention_propose(on=since[first])
    assert made.records == (first,)

    rest = ria.retention_propose(on=since[second])
    assert rest.records == (second,)


def test_nothing_is_proposed_that_was_not_due_yet(both: tuple[Keeping, str, str]) -> None:
    keeping, first, second = both
    ria = keeping.by("ria")
    since = {one.record: one.due_since for one in ria.retention_due()}
    day = since[first] - timedelta(days=1)

    with pytest.raises(RetentionError, match=f"nothing is due on {day}"):
        ria.retention_propose(on=day)
    with pytest.raises(RetentionError, match=f"{second}: it was not due on {since[first]} yet"):
        ria.retention_propose(first, second, on=since[first])
    assert ria.retention_list() == ()


def test_nothing_is_proposed_for_a_day_to_come(both: tuple[Keeping, str, str]) -> None:
    keeping, first, _ = both
    ria = keeping.by("ria")
    tomorrow = ria.today() + timedelta(days=1)

    with pytest.raises(RetentionError, match="is to come") as refused:
        ria.retention_propose(first, on=tomorrow)

    assert refused.value.hint == f"see what will be due: docctl retention due --on {tomorrow}"
    assert ria.retention_list() == ()


def test_the_command_takes_the_day_too(both: tuple[Keeping, str, str], tmp_path: Path) -> None:
    keeping, first, _ = both
    ria = keeping.by("ria")
    day = min(one.due_since for one in ria.retention_due() if one.due_since)
    begin = ["-C", str(keeping.firm.root), "--key", str(keeping.key("ria", tmp_path))]

    done = CliRunner().invoke(docctl, [*begin, "retention", "propose", "--on", str(day)])

    (made,) = ria.retention_list()
    assert done.output == f"{made.disposal}\n"
    assert made.records == (first,)
