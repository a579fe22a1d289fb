"""Profiles, label schemes, routes, and types that a library or an application adds."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from firm import TEXT, Firm

from docctl import (
    DocumentType,
    ExternalDocument,
    Library,
    Numbering,
    Procedure,
    Route,
    State,
    Step,
    Text,
    WorkInstruction,
)
from docctl.errors import (
    DateError,
    ExportForbiddenError,
    FrontMatterError,
    IllegalMoveError,
    IncompleteError,
    InputError,
    MissingApprovalError,
    NotAuthorisedError,
    SeparationOfDutiesError,
    StoreError,
)
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.document import Document, OtherDocument
from docctl.model.numbering import LabelScheme

APPROVED = Step(meaning="approved", role="approver")

FULL = """\
## Purpose

Say it.

## Scope

All.

## Responsibilities

The Quality Manager.

## Procedure

Do it.

## Records

None.

## References

None.
"""


def with_type(settings: ControlSettings, kind: DocumentType) -> ControlSettings:
    """Return settings in which a type is added, or takes the place of its namesake."""
    others = tuple(one for one in settings.types if one.name != kind.name)
    return settings.but(types=(*others, kind))


def procedure(firm: Firm, **facts: Any) -> None:
    """Change what CONTROL says of procedures."""
    settings = firm.ada.control()
    kind = settings.type_of("procedure")
    assert kind
    firm.change_control(with_type(settings, kind.but(**facts)))


# --- the regulated profile -------------------------------------------------------------------


def complete(firm: Firm) -> str:
    who = ({"function": "Quality Manager", "duty": "Runs it"},)
    document = Procedure(title="X", purpose="P", scope="S", responsibilities=who)  # type: ignore[arg-type]
    return firm.by("ben").new(document, FULL).number


def test_regulated_asks_for_review_and_approval_by_different_persons(regulated: Firm) -> None:
    number, cat, eva = complete(regulated), regulated.by("cat"), regulated.by("eva")
    regulated.ada.person_role("cat", "approver")
    status = regulated.by("ben").submit(number)
    assert len(status.waiting_for) == 2
    with regulated.refuses(MissingApprovalError, "review by cat"):
        eva.approve(number)
    assert cat.review(number, remark="Sound").state == State.IN_REVIEW
    with regulated.refuses(IllegalMoveError, "sign twice"):
        cat.approve(number)
    assert eva.approve(number).state == State.APPROVED
    with regulated.refuses(NotAuthorisedError):
        regulated.by("ben").release(number)
    assert regulated.ada.release(number)[0].state == State.EFFECTIVE
    shown = regulated.ada.show(number).controlled
    assert [(one.meaning, one.person) for one in shown.signatures] == [
        ("prepared", "ben"), ("reviewed", "cat"), ("approved", "eva"), ("released", "ada"),
    ]  # fmt: skip
    assert not regulated.ada.verify().problems


def test_regulated_asks_for_fields_and_sections(regulated: Firm) -> None:
    number = regulated.new(body="## Purpose\n\nSay it.\n")
    with regulated.refuses(IncompleteError) as caught:
        regulated.by("ben").submit(number)
    faults = str(caught.value)
    assert "'scope' is empty" in faults
    assert "Scope" in faults
    codes = {one.code for one in regulated.ada.check(number)}
    assert {"missing-metadata", "missing-section"} <= codes


BARE = "## Purpose\n\n## Scope\n\nAll.\n\n#### Deep\n\nToo.\n"


def test_advice_that_stops_a_submission_is_an_error_in_check(regulated: Firm) -> None:
    number = regulated.new(body=BARE)
    found = {one.code: one.severity for one in regulated.ada.check(number)}
    assert found["empty-section"] == found["missing-section"] == "error"
    assert found["heading-jump"] == "advice"
    with regulated.refuses(IncompleteError) as caught:
        regulated.by("ben").submit(number)
    errors = [one for one in regulated.ada.check(number) if one.severity == "error"]
    assert list(caught.value.faults) == [f"{one.place}: {one.sentence}" for one in errors]


def test_advice_that_stops_nothing_stays_advice(firm: Firm) -> None:
    number = firm.new(body=BARE)
    found = {one.code: one.severity for one in firm.ada.check(number)}
    assert found["empty-section"] == found["missing-section"] == "advice"
    assert firm.by("ben").submit(number).state == State.IN_REVIEW


def test_regulated_releases_nothing_that_refers_to_what_is_not_in_force(regulated: Firm) -> None:
    first, second = complete(regulated), complete(regulated)
    ben = regulated.by("ben")
    for number, other in ((first, second), (second, first)):
        ben.save_text(number, Text(ben.text(number).document, f"{FULL}\n[[{other}]]\n", {}))
    for number in (first, second):
        ben.submit(number)
        regulated.sign(number)
    with regulated.refuses(IncompleteError, f"{second} is approved"):
        regulated.ada.release(first)
    states = [one.state for one in regulated.ada.release(first, second)]
    assert states == [State.EFFECTIVE, State.EFFECTIVE]


def test_a_release_asks_for_the_route_who_and_when_before_it_looks_at_references(
    regulated: Firm,
) -> None:
    first, second, ben = complete(regulated), complete(regulated), regulated.by("ben")
    ben.save_text(first, Text(ben.text(first).document, f"{FULL}\n[[{second}]]\n", {}))
    ben.submit(first)
    past = regulated.today - timedelta(days=1)
    with regulated.refuses(MissingApprovalError, "review by"):
        regulated.ada.release(first, effective_on=past)
    regulated.sign(first)
    with regulated.refuses(NotAuthorisedError, "role document_controller"):
        ben.release(first, effective_on=past)
    with regulated.refuses(DateError, "lies in the past"):
        regulated.ada.release(first, effective_on=past)
    with regulated.refuses(IncompleteError, f"{second} is draft") as caught:
        regulated.ada.release(first)
    assert caught.value.item == first


def test_a_joint_release_says_what_is_wrong_with_all_of_them(regulated: Firm) -> None:
    one, two, three, ben = *(complete(regulated) for _ in range(3)), regulated.by("ben")
    for number in (one, two):
        text = f"{FULL}\n[[{three}]]\n"
        ben.save_text(number, Text(ben.text(number).document, text, {}))
    ben.submit(one)
    with regulated.refuses(IncompleteError, f"the release of {one} and {two}") as caught:
        regulated.ada.release(one, two)
    waiting, draft = caught.value.faults
    assert f"{one} revision 1 still waits for" in waiting
    assert f"{two} revision 1 is draft" in draft
    ben.submit(two)
    for number in (one, two):
        regulated.sign(number)
    with regulated.refuses(NotAuthorisedError):  # the same for both
        ben.release(one, two)
    with regulated.refuses(IncompleteError) as caught:
        regulated.ada.release(one, two)
    assert caught.value.faults == tuple(
        f"{number}: {three} is draft on {regulated.today}" for number in (one, two)
    )


def test_a_missing_document_stops_a_submission_in_every_profile(firm: Firm) -> None:
    number = firm.new(body="See [[PRO-999]].\n")
    with firm.refuses(IncompleteError, "PRO-999"):
        firm.by("ben").submit(number)


# --- labels and routes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "labels"),
    [
        ("integers", ["1", "2", "3"]),
        ("letters", ["A", "B", "C"]),
        ("major_minor", ["1.0", "2.0", "2.1"]),
    ],
)
def test_revisions_are_labelled_by_the_scheme_of_their_type(
    firm: Firm, scheme: LabelScheme, labels: list[str]
) -> None:
    procedure(firm, labels=scheme)
    number = firm.reach(State.EFFECTIVE)
    for change in ("content", "editorial"):
        firm.revise(number, f"{change}.\n", change=change)
        firm.submit(number)
        firm.sign(number)
        firm.release(number)
    assert [one.revision for one in firm.ada.show(number).revisions] == labels
    difference = firm.ada.diff(number, labels[0], labels[2])
    assert "+editorial." in difference.lines
    assert not firm.ada.verify().problems


def test_editorial_changes_take_the_shorter_route(firm: Firm) -> None:
    long = Route(steps=(Step(meaning="reviewed", role="reviewer"), APPROVED.but(order=2)))
    procedure(firm, route=long, editorial_route=Route(steps=(APPROVED,)))
    number = firm.reach(State.EFFECTIVE)
    firm.revise(number, change="editorial")
    firm.submit(number)
    assert firm.by("eva").approve(number).state == State.APPROVED
    assert firm.by("ben").release(number)[0].revision == "2"


# --- types -----------------------------------------------------------------------------------


RISK = DocumentType(
    name="risk",
    title="Risk assessment",
    numbering=Numbering(prefix="RSK", digits=4),
    route=Route(steps=(APPROVED,)),
    sections=("Hazards",),
    required=("site",),
    fields={
        "properties": {"site": {"type": "string"}, "severity": {"type": "integer", "maximum": 5}},
        "required": ["severity"],
    },
)


def test_a_type_is_data(firm: Firm, place: Path) -> None:
    firm.change_control(with_type(firm.ada.control(), RISK))
    file, ben = place / "risk.md", firm.by("ben")
    file.write_text("---\ntitle: Press\nsite: Hall 2\nseverity: 9\n---\n\n## Hazards\n\nPinch.\n")
    with firm.refuses(FrontMatterError, "line 4: severity: 9 is greater than the maximum of 5"):
        ben.read_file(file, document_type="risk")
    with firm.refuses(InputError, "severity is missing"):
        ben.new(OtherDocument(type="risk", title="Press"), "x")
    file.write_text(file.read_text().replace("9", "4"))
    read = ben.read_file(file, document_type="risk")
    number = ben.new(read.document, read.body).number
    assert number == "RSK-0001"
    ben.save(number)
    ben.submit(number)
    firm.sign(number)
    firm.release(number)
    document = firm.ada.show(number).controlled.document
    assert document.model_dump()["severity"] == 4
    assert firm.ada.register(type="risk")[0].number == number
    exported = firm.ada.export(number, place / "risk.md")
    assert "Risk assessment" in exported.read_text()


def risk(firm: Firm, **facts: Any) -> Library:
    """Let CONTROL define risk assessments, and return the handle of an author."""
    firm.change_control(with_type(firm.ada.control(), RISK.but(**facts)))
    return firm.by("ben")


def test_a_type_of_data_refuses_fields_that_it_does_not_describe(firm: Firm, place: Path) -> None:
    """As the built-in types do: a misspelt field must not be lost in silence."""
    ben, file = risk(firm), place / "risk.md"
    file.write_text("---\ntitle: Press\nsite: Hall 2\nseverity: 3\nsevrity: 5\n---\n\nPinch.\n")
    with firm.refuses(FrontMatterError, "line 5: sevrity is not a field that docctl knows") as told:
        ben.read_file(file, document_type="risk")
    assert "docctl schema risk" in told.value.hint
    with firm.refuses(InputError, "sevrity is not a field"):
        ben.new(OtherDocument(type="risk", title="Press", severity=3, sevrity=5), "x")  # type: ignore[call-arg]

    text, left_out = ben.read_foreign(file, document_type="risk")
    assert left_out == ["sevrity"]
    assert ben.new(text.document, text.body).state == State.DRAFT


@pytest.mark.parametrize(
    "more",
    [
        {"additionalProperties": True},
        {"additionalProperties": {"type": "integer"}},
        {"patternProperties": {"^sev": {}}},
    ],
)
def test_a_type_of_data_may_allow_further_fields(firm: Firm, place: Path, more: Any) -> None:
    ben, file = risk(firm, fields={**RISK.fields, **more}), place / "risk.md"
    file.write_text("---\ntitle: Press\nsite: Hall 2\nseverity: 3\nsevrity: 5\n---\n\nPinch.\n")

    assert ben.read_file(file, document_type="risk").document.model_dump()["sevrity"] == 5
    assert ben.read_foreign(file, document_type="risk")[1] == []


def test_a_closed_schema_need_not_name_what_every_document_has(firm: Firm) -> None:
    ben = risk(firm, fields={**RISK.fields, "additionalProperties": False})
    document = OtherDocument(type="risk", title="Press", severity=3)  # type: ignore[call-arg]
    assert ben.new(document, "x").state == State.DRAFT


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"fields": {"properties": {"a": {"type": "strin"}}}}, "'strin' is not valid"),
        ({"fields": {"properties": 3}}, "not of type 'object'"),
        ({"fields": {"properties": {"a": {"pattern": "("}}}}, "not a 'regex'"),
        ({"fields": {"properties": {"a": {"$ref": "#/$defs/b"}}}}, "cannot be found"),
        ({"fields": {"properties": {"a": {"$ref": "http://127.0.0.1:1/a"}}}}, "cannot be found"),
        ({"fields": {"$ref": "#"}}, "recursion"),
        ({"required": ("sight",)}, "requires 'sight'"),
    ],
)
def test_settings_whose_types_nobody_could_use_are_refused(
    firm: Firm, facts: Any, said: str
) -> None:
    settings = with_type(firm.ada.control(), RISK.but(**facts))
    with firm.refuses(InputError, said):
        firm.ada.control_change(settings, reason="A new type")


class Recipe(Document):
    """A type that an application brings along, with a view of its own."""

    type: Literal["recipe"] = "recipe"
    serves: int
    oven: str = ""


RECIPE = DocumentType.viewed_by(
    Recipe,
    title="Recipe",
    numbering=Numbering(prefix="REC"),
    route=Route(steps=(APPROVED,)),
)


def test_an_application_adds_a_class(firm: Firm, place: Path) -> None:
    firm.change_control(with_type(firm.ada.control(), RECIPE))
    kitchen = firm.reopened(documents=[Recipe])
    ben = kitchen.by("ben")
    number = ben.new(Recipe(title="Soup", serves=4), TEXT).number
    document = ben.text(number).document
    assert isinstance(document, Recipe)
    assert document.serves == 4
    file = place / "soup.md"
    file.write_text("---\ntitle: Soup\nserves: many\n---\n")
    with firm.refuses(FrontMatterError, "line 3"):
        ben.save(number, file)
    plain = firm.ada.text(number).document  # without the class it is still read
    assert plain.model_dump()["serves"] == 4
    kitchen.close()


class SafeProcedure(Procedure):
    """A built-in type with a further field."""

    hazard: str = ""


def test_a_class_in_the_place_of_a_built_in_one_is_needed_to_read_it(firm: Firm) -> None:
    safe = firm.reopened(documents=[SafeProcedure])
    number = safe.by("ben").new(SafeProcedure(title="X", hazard="Heat"), TEXT).number
    assert safe.ada.text(number).document == SafeProcedure(number=number, title="X", hazard="Heat")
    with firm.refuses(StoreError, "hazard") as caught:
        firm.ada.text(number)
    assert "document classes" in caught.value.hint
    safe.close()


def test_a_parent_is_named_in_the_metadata(firm: Firm) -> None:
    parent = firm.reach(State.EFFECTIVE)
    ben = firm.by("ben")
    number = ben.new(WorkInstruction(title="Seal", parent=parent), TEXT).number
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(number)
    assert [(one.number, one.revision) for one in firm.ada.where(parent)] == [(number, "1")]


def test_an_external_document_is_handed_out_only_where_its_licence_allows(
    firm: Firm, place: Path
) -> None:
    document = ExternalDocument(
        title="Standard", issuer="ISO", edition="2015", licence="One reader", exportable=False
    )
    number = firm.by("ben").new(document, TEXT).number
    with firm.refuses(ExportForbiddenError, "One reader"):
        firm.ada.export(number, place / "x.docx")
    assert not [*place.glob("x*")]
    assert firm.ada.show(number).controlled.document.title == "Standard"


# --- CONTROL ---------------------------------------------------------------------------------


def test_control_goes_its_route(firm: Firm) -> None:
    settings = firm.ada.control().but(notice="Sample data")
    status = firm.ada.control_change(settings, reason="A sample")
    assert (status.number, status.revision, status.state) == (CONTROL, "2", State.DRAFT)
    assert firm.ada.control().notice == ""
    firm.ada.control_change(settings.but(notice="Sample"), reason="Shorter")
    firm.ada.submit(CONTROL)
    for person in ("eva", "max"):
        with firm.refuses(NotAuthorisedError):
            firm.by(person).approve(CONTROL)
    firm.by("kim").approve(CONTROL)
    with firm.refuses(IllegalMoveError):
        firm.ada.control_change(settings, reason="Too late")
    firm.ada.release(CONTROL)
    assert firm.ada.control().notice == "Sample"
    assert any("Sample" in line for line in firm.ada.diff(CONTROL).lines)
    assert not firm.ada.verify().problems


def test_nobody_approves_control_alone(firm: Firm) -> None:
    firm.ada.person_role("ada", "management")
    firm.ada.control_change(firm.ada.control().but(notice="Mine"), reason="Because")
    firm.ada.submit(CONTROL)
    with firm.refuses(SeparationOfDutiesError):
        firm.ada.approve(CONTROL)


def test_control_is_no_text(firm: Firm) -> None:
    ben, given = firm.by("ben"), Text(Procedure(title="X"), "X", {})
    ben.revise(CONTROL, reason="It must change")
    for verb in (
        lambda: ben.text(CONTROL),
        lambda: ben.save_text(CONTROL, given),
        lambda: ben.save(CONTROL, __file__),
        lambda: ben.prepare("save", CONTROL, given, base=None),
        lambda: ben.prepare("revise", CONTROL, reason="X", change="content"),
    ):
        with firm.refuses(InputError):
            verb()


def test_settings_that_would_lock_everybody_out_are_refused(firm: Firm) -> None:
    settings = firm.ada.control()
    for bad in (
        settings.but(time_zone="Mars/Olympus"),
        settings.model_copy(update={"types": ()}),
        settings.model_copy(update={"paper": "Papyrus"}),
    ):
        with firm.refuses(InputError):
            firm.ada.control_change(bad, reason="X")


def test_a_type_in_use_that_control_forgets_can_still_be_read(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    settings = firm.ada.control()
    kinds = tuple(one for one in settings.types if one.name != "procedure")
    firm.change_control(settings.but(types=kinds))
    assert firm.ada.show(number).controlled.type_title == "Procedure"
    assert firm.ada.register()[0].number == number
    assert firm.ada.export(number, place / "x.md").is_file()
    firm.by("ben").revise(number, reason="X")
    with pytest.raises(Exception, match="no document type") as caught:
        firm.by("ben").submit(number)
    assert caught.value.exit_code in {3, 4}  # type: ignore[attr-defined]
    assert not firm.ada.verify().problems
