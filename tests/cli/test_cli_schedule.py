"""A trigger that is written almost like a known one is told before records wait for it for ever."""

import json

import pytest
from company import Company


@pytest.mark.parametrize(
    ("trigger", "meant"),
    [
        ("form_supersded", "form_superseded"),
        ("persons_left", "person_left"),
        ({"latest": ["closed", "captred"]}, "captured"),
        ("contract_ended", None),
        ("captured", None),
    ],
)
def test_a_trigger_that_looks_like_a_slip_is_told(
    company: Company, trigger: object, meant: str | None
) -> None:
    kind = {
        "name": "logs", "title": "Logs", "trigger": trigger, "period": "1 year",
        "action": "destroy",
    }  # fmt: skip
    settings = company.told("control", "show") | {"retention": [kind]}
    file = company.file("settings.json", json.dumps(settings))

    shown = company.run("control", "change", file, "--reason", "A schedule")

    assert shown.exit_code == 0, shown.output
    if meant is None:
        assert not shown.stderr
    else:
        assert "class logs waits until somebody states" in shown.stderr
        assert f"did you mean '{meant}'?" in shown.stderr
