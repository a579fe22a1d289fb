"""What another schedule would do is told before it is approved, and what would go earlier first."""

import json
from datetime import date
from pathlib import Path

from archive import RECORD, SCHEDULE, Keeping
from click.testing import CliRunner

from docctl.cli.app import docctl


def test_records_that_would_go_earlier_come_first(keeping: Keeping, tmp_path: Path) -> None:
    """Requirements 4.4: those that become due earlier need somebody who looks at them."""
    keeping.form("archive", {"properties": {"site": {"type": "string"}}})
    keeping.log()
    staged = keeping.by("ben").record_capture("FRM-002", RECORD).entry.record
    kept = keeping.by("ben").record_capture("FRM-003", {"site": "Oslo"}).entry.record
    logs, archive = SCHEDULE[1].but(period="90 days"), SCHEDULE[2].but(
        action="destroy", period="1 day"
    )  # fmt: skip
    ada = keeping.firm.ada
    settings = ada.control().but(retention=(SCHEDULE[0], logs, archive, SCHEDULE[3]))

    found = keeping.by("ria").retention_simulate(settings, on=date(2026, 3, 1))

    assert [(one.after.record, one.earlier) for one in found] == [
        (kept, True), ("FRM-001-0001", False),
    ]  # fmt: skip
    assert staged not in {one.after.record for one in found}
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(settings.model_dump(mode="json")), encoding="utf-8")
    shown = CliRunner().invoke(
        docctl, ["-C", str(keeping.firm.root), "retention", "simulate", str(path)]
    )
    assert shown.exit_code == 0, shown.output
    first, second = shown.stdout.splitlines()[1:3]
    assert (kept in first, "earlier" in first, "earlier" in second) == (True, True, False)
