"""A report says what lint says, and stops to hold when the library would answer otherwise."""

from dataclasses import replace
from typing import Any

import pytest

from docctl.content.lint import LintContext, TextRule, check
from docctl.content.lint.report import Report, _Standings, key, read, report

TEXT = """\
## Purpose

[[function:Buyer]] and [[role:approver]] follow [[PRO-002]], [[PRO-004#scope]] and [[PRO-009]].

## Empty

![](flow.png) as appropriate
"""
CONTEXT = LintContext(
    number="PRO-001",
    recommended=("Purpose", "Scope"),
    functions=frozenset({"Buyer"}),
    roles=frozenset({"approver"}),
    references={"PRO-002": "in force", "PRO-004": "not yet in force"},
    attachments=frozenset({"flow.png"}),
)


@pytest.mark.parametrize("first_line", [1, 12])
@pytest.mark.parametrize("context", [CONTEXT, LintContext()], ids=["known", "unknown"])
def test_a_report_says_what_a_check_says_and_is_read_as_it_was_written(
    context: LintContext, first_line: int
) -> None:
    found = report(TEXT, context, first_line=first_line)

    assert found.faults == check(TEXT, context, first_line=first_line)[1]
    assert found.faults
    assert read(found.written()) == found
    assert found.holds(context)


@pytest.mark.parametrize(
    "changes",
    [
        {"functions": frozenset()},
        {"roles": frozenset()},
        {"references": {"PRO-002": "withdrawn", "PRO-004": "not yet in force"}},
        {"references": {"PRO-004": "not yet in force"}},
        {"references": {**CONTEXT.references, "PRO-009": "in force"}},
    ],
)
def test_it_holds_no_more_once_a_question_has_another_answer(changes: dict[str, Any]) -> None:
    later = replace(CONTEXT, **changes)

    assert report(TEXT, CONTEXT).faults != report(TEXT, later).faults
    assert not report(TEXT, CONTEXT).holds(later)
    assert key(TEXT, CONTEXT) == key(TEXT, later)


def test_it_holds_whatever_becomes_of_what_was_not_asked() -> None:
    later = replace(
        CONTEXT,
        functions=frozenset({"Buyer", "Seller"}),
        roles=frozenset({"approver", "reader"}),
        references={**CONTEXT.references, "PRO-077": "in force"},
    )

    assert report(TEXT, CONTEXT).holds(later)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "PRO-002"},
        {"recommended": ("Purpose",)},
        {"attachments": frozenset()},
        {"unshown": frozenset({"flow.png"})},
        {"text_rules": (TextRule("as appropriate", "who decides?"),)},
        {"sections": {"PRO-002": frozenset({"scope"})}},
    ],
)
def test_it_is_not_found_once_lint_goes_by_something_else(changes: dict[str, Any]) -> None:
    assert key(TEXT, replace(CONTEXT, **changes)) != key(TEXT, CONTEXT)


def test_it_is_not_found_for_another_text_place_or_program() -> None:
    plain = key(TEXT, CONTEXT)
    others = {
        key(f"{TEXT}\n", CONTEXT),
        key(TEXT, CONTEXT, first_line=2),
        key(TEXT, CONTEXT, program="docctl 99"),
    }

    assert len({plain, *others}) == len(others) + 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        Report((), {}, {}, {}).written()[:-1],
        report("## A", LintContext()).written().replace("empty-section", "no-such-code"),
    ],
)
def test_what_is_no_report_is_read_as_none(text: str) -> None:
    assert read(text) is None


def test_what_was_told_of_references_can_be_gone_through() -> None:
    standings = _Standings(CONTEXT)
    assert (standings["PRO-002"], standings.get("PRO-009")) == ("in force", "missing")
    assert dict(standings) == {"PRO-002": "in force", "PRO-009": "missing"}
    assert len(standings) == 2
