"""Faults of a text are named by the line of the file that its author edits."""

import pytest
from firm import TEXT, Firm
from test_library_types import with_type

from docctl import Procedure, State
from docctl.desk.checks import checking
from docctl.errors import IncompleteError, InputError

FAULTY = TEXT + "\nSee [[PRO-404]].\n"


def told(firm: Firm, number: str) -> set[str]:
    """The places that `check` and `submit` name."""
    with pytest.raises(IncompleteError) as refused:
        firm.by("ben").submit(number)
    named = {fault.split(": ")[0] for fault in refused.value.faults}
    assert named <= {one.place for one in firm.ada.check(number)}
    return named


def line_of(firm: Firm, number: str) -> str:
    lines = firm.working(number).read_text().splitlines()
    return f"{number}:{next(at for at, line in enumerate(lines, 1) if 'PRO-404' in line)}"


def test_check_and_submit_name_the_line_of_the_working_copy(firm: Firm) -> None:
    number = firm.new(body=FAULTY)
    assert told(firm, number) == {line_of(firm, number)}


def test_so_they_do_where_the_author_keeps_another_front_matter(firm: Firm) -> None:
    number, ben = firm.new(body=FAULTY), firm.by("ben")
    path = firm.working(number)
    path.write_text(path.read_text().replace("---\n\n", "summary: Short\n# a remark\n---\n\n\n\n"))
    ben.save(number)
    assert told(firm, number) == {line_of(firm, number)}


def test_without_a_working_copy_it_is_the_line_of_the_one_to_be_made(firm: Firm) -> None:
    number = firm.new(body=FAULTY)
    firm.working(number).unlink()
    places = told(firm, number)
    firm.by("ben").edit(number)
    assert places == {line_of(firm, number)}


def test_a_broken_working_copy_is_a_problem_and_not_an_error(firm: Firm) -> None:
    number = firm.new(body=FAULTY)
    firm.working(number).write_text("---\ntitle: [\n---\n")
    (found,) = firm.ada.check(number)
    assert found.code == "unreadable"


def test_the_type_need_not_stand_in_the_working_copy(firm: Firm) -> None:
    number = firm.new()
    path = firm.working(number)
    path.write_text(path.read_text().replace("type: procedure\n", ""))
    assert {one.severity for one in firm.ada.check(number)} == {"advice"}
    assert firm.by("ben").save(number).state == State.DRAFT


def test_all_documents_are_checked_as_each_of_them_is(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_TOGETHER", 2)
    states = (State.EFFECTIVE, State.WITHDRAWN, State.IN_REVIEW, State.CANCELLED, State.DRAFT)
    numbers = [firm.reach(state) for state in states]
    numbers += [firm.new(body=FAULTY), firm.new(body=f"See [[{numbers[1]}]].")]
    each = [problem for number in numbers for problem in firm.ada.check(number)]

    assert firm.ada.check() == tuple(each)
    assert {"missing-document", "withdrawn-document", "missing-section"} <= {
        one.code for one in each
    }


def test_a_type_that_the_settings_forget_is_a_problem_of_its_documents(firm: Firm) -> None:
    first, second = firm.reach(State.EFFECTIVE), firm.reach(State.EFFECTIVE)
    settings = firm.ada.control()
    kinds = tuple(one for one in settings.types if one.name != "procedure")
    kind = settings.type_of("procedure")
    firm.change_control(settings.but(types=kinds))

    assert [(one.place, one.code) for one in firm.ada.check()] == [
        (first, "unknown-type"),
        (second, "unknown-type"),
    ]
    assert kind
    firm.change_control(with_type(firm.ada.control(), kind))
    assert {one.severity for one in firm.ada.check()} == {"advice"}
    assert firm.by("ben").new(Procedure(title="X"), TEXT).state == State.DRAFT


def test_a_comment_is_on_a_line_of_that_file(firm: Firm) -> None:
    number = firm.new()
    last = len(firm.working(number).read_text().splitlines())
    firm.submit(number)
    (comment,) = firm.by("eva").comment(number, "Why?", line=last).comments
    assert comment.line == last
    with firm.refuses(InputError, f"no line {last + 1}: with its front matter it has {last}"):
        firm.by("eva").comment(number, "Why?", line=last + 1)
