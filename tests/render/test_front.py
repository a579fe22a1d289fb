from datetime import date

import pytest
from copies import DOCUMENT, SIGNATURES, copy

from docctl.content.parse import parse
from docctl.content.tree import Document, Table
from docctl.content.walk import plain
from docctl.model.answers.controlled import HistoryLine
from docctl.model.document import ExternalDocument, Form, Manual, OtherDocument, Procedure
from docctl.model.lifecycle import State
from docctl.model.records.definition import RecordDefinition
from docctl.render import front
from docctl.render.particulars import Fact, particulars

NOTHING = Document(())


def test_the_title_block_says_when_the_revision_was_last_reviewed() -> None:
    review = {"on": "2027-11-02", "outcome": "keep", "by": ["Ingrid Solberg", "Kari Hansen"]}
    reviewed = "2027-11-02: to be kept; Ingrid Solberg, Kari Hansen"
    assert Fact("Last reviewed", reviewed) in front.title_block(copy(last_review=review))


def rows(table: Table) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in (table.head, *table.rows)]


def test_the_title_block_names_the_document_and_leaves_out_what_is_unknown() -> None:
    facts = {fact.label: fact.value for fact in front.title_block(copy())}

    assert facts["Number"] == "PRO-001"
    assert facts["Revision"] == "2 (replaces revision 1)"
    assert facts["Status"] == "Effective (as of 2026-12-02)"
    assert facts["Next review"] == "2027-12-01"
    assert "Last reviewed" not in facts
    assert facts["Clauses"] == "ISO 9001:2015 (7.5)"
    assert facts["Content digest"] == "SHA-256 " + "3f" * 32
    assert "Former numbers" not in facts


@pytest.mark.parametrize(
    ("state", "changes", "mark", "notice"),
    [
        (State.EFFECTIVE, {}, "", ""),
        (State.DRAFT, {}, "DRAFT", "This is a draft."),
        (State.IN_REVIEW, {}, "IN REVIEW", "under review"),
        (State.APPROVED, {}, "NOT YET EFFECTIVE", "not released"),
        (
            State.SCHEDULED,
            {"effective_on": "2026-12-14"},
            "NOT YET EFFECTIVE: from 2026-12-14",
            "Until then revision 1 applies.",
        ),
        (
            State.SUSPENDED,
            {"suspended_instruction": "Stop the pump."},
            "SUSPENDED",
            "Meanwhile: Stop the pump.",
        ),
        (State.SUSPENDED, {}, "SUSPENDED", "PRO-001 is suspended: do not work by it."),
        (
            State.SUPERSEDED,
            {"superseded_by": "3", "superseded_on": "2027-01-10"},
            "SUPERSEDED by revision 3 on 2027-01-10",
            "Revision 3 replaced this one on 2027-01-10",
        ),
        (State.SUPERSEDED, {}, "SUPERSEDED", "A later revision replaced this one"),
        (
            State.WITHDRAWN,
            {"withdrawn_on": "2027-02-01", "replaced_by": "PRO-009"},
            "WITHDRAWN on 2027-02-01",
            "PRO-009 replaces it.",
        ),
        (State.CANCELLED, {}, "CANCELLED", "never became effective"),
    ],
)
def test_every_state_but_effective_has_a_mark_and_a_sentence(
    state: State, changes: dict[str, str], mark: str, notice: str
) -> None:
    marked = copy(state=state, **changes)

    assert front.status_mark(marked) == front.running(marked).mark == mark
    assert front.status_mark(marked).startswith(front.watermark(marked))
    assert bool(front.watermark(marked)) == (state is not State.EFFECTIVE)
    assert notice in " ".join(front.notices(marked))


def test_the_status_says_what_replaced_it() -> None:
    old = copy(state=State.SUPERSEDED, superseded_by="3", superseded_on="2027-01-10")

    assert Fact("Status", "Superseded by revision 3 on 2027-01-10 (as of 2026-12-02)") in (
        front.title_block(old)
    )


def test_an_overdue_review_and_exceptions_are_shown() -> None:
    late = copy(review_overdue=True, notes=("One person wrote and approved this.",))

    assert Fact("Next review", "2027-12-01 (overdue)") in front.title_block(late)
    assert front.notices(late) == (
        "The periodic review was due on 2027-12-01.",
        "One person wrote and approved this.",
    )


def test_approvals_say_name_function_meaning_and_time() -> None:
    assert rows(front.approvals(copy())) == [
        ["Meaning", "Name", "Function", "Time", "Signed event"],
        ["Prepared", "Ingrid Solberg", "Quality Manager", "2026-11-18 09:12 UTC", "ab" * 6],
        ["Approved", "Kari Hansen", "–", "2026-11-20 08:40 UTC", "cd" * 6],
    ]


def test_a_signature_with_a_note_gets_a_column_for_it() -> None:
    noted = front.approvals(copy(signatures=[SIGNATURES[0] | {"note": "key revoked later"}]))

    assert rows(noted)[0][-1] == "Note"
    assert rows(noted)[1][-1] == "key revoked later"


def test_a_copy_that_nobody_signed_says_so() -> None:
    assert rows(front.approvals(copy(signatures=())))[1] == ["Not signed yet", "", "", "", ""]


def test_the_history_tells_why_and_what_changed() -> None:
    assert rows(front.history(copy()))[1:] == [
        ["1", "Superseded", "2025-01-07", "", "", ""],
        [
            "2",
            "Effective",
            "2026-12-01",
            "Content change: Audit finding. Retention times added.",
            "Ingrid Solberg",
            "Kari Hansen, Ola Nordmann",
        ],
    ]


def test_every_page_says_that_a_printed_copy_is_uncontrolled() -> None:
    page = front.running(copy())

    assert (page.number, page.revision, page.effective) == (
        "PRO-001",
        "Revision 2",
        "Effective from 2026-12-01",
    )
    assert page.caution == "Uncontrolled when printed"
    assert front.running(copy(effective_on=None)).effective == ""
    assert front.running(copy(state=State.DRAFT)).effective == "Planned from 2026-12-01"


def test_programs_find_the_facts_by_name() -> None:
    facts = front.properties(copy())

    assert facts["DocNumber"] == "PRO-001"
    assert facts["Status"] == "effective"
    assert facts["ContentSHA256"] == "3f" * 32
    assert "Owner" not in front.properties(copy(owner=""))


def test_clauses_are_written_as_people_write_them() -> None:
    clauses = ("iso9001:2015#7.5", "iso-iec27001:2022#5.1", "iso9001:2015#4.4", "eu-gmp:2011#11")

    assert front.clauses_words(clauses) == (
        "ISO 9001:2015 (7.5, 4.4); ISO/IEC 27001:2022 (5.1); EU GMP:2011 (11)"
    )


def test_particulars_are_the_fields_that_the_type_adds() -> None:
    procedure = Procedure(
        title="A",
        purpose="Why",
        responsibilities=({"function": "Owner", "duty": "keeps it right"},),
        records=({"title": "Log", "form": "FRM-001", "kept": "5 years"}, {"title": "Note"}),
    )

    assert particulars(procedure) == (
        Fact("Purpose", "Why"),
        Fact("Responsibilities", "Owner: keeps it right"),
        Fact("Records produced", "Log (FRM-001, 5 years); Note"),
    )
    assert front.closing(copy(), NOTHING) == (Fact("Scope", "All documents."),)


def test_a_form_says_in_words_what_its_records_hold_and_who_makes_them() -> None:
    drops = {"type": "array", "title": "Drops", "items": {"properties": {"n": {"type": "integer"}}}}
    fields = {
        "properties": {
            "site": {"type": "string", "enum": ["Bergen", "Oslo"]},
            "loss": {"type": "number", "x-unit": "kg", "title": "Loss", "minimum": 0.5},
            "tight": {"type": "boolean"},
            "seen": {"type": ["string", "null"], "format": "date", "description": "By anybody"},
            "drops": drops,
            "witnesses": {"type": "array", "items": {"type": "string"}},
            "code": {"type": "string", "pattern": "^A"},
        },
        "required": ["site"],
    }
    form = Form(
        title="Report",
        record=RecordDefinition(
            fields=fields,
            retention="logs",
            pattern="NC-{n}",
            identifiers=("site",),
            personal=("witnesses",),
            steps=(
                {"name": "held", "title": "Hold", "fields": ("loss",), "mandatory": False},
                {"name": "solved", "title": "Solve", "roles": ("author",), "after": ("held",)},
            ),
            signatures=(
                {"meaning": "verified", "role": "management"},
                {"meaning": "performed", "role": "author", "own": True},
            ),
            close=("records",),
            numbered_blanks=True,
        ),
    )

    (fact,) = particulars(form)

    assert fact.label == "Record"
    assert fact.value.split(". ") == [
        (
            "Fields: Site (required, one of Bergen, Oslo); Loss (number, in kg, at least 0.5);"
            " Tight (yes or no); Seen (day, By anybody); Drops (list, of: N (whole number));"
            " Witnesses (list); Code (pattern ^A)"
        ),
        "Numbered NC-{n}",
        "Retention class: logs",
        "Identifiers: Site",
        "Data of persons: Witnesses",
        "Steps: Hold (held), fills Loss, may be left out; Solve (solved), by author, after held",
        (
            "Signatures: verified (role management); performed (role author, also by a person for"
            " whom it was entered)"
        ),
        "Closed by: records",
        "Made on numbered blanks only",
        "Entries are late after 7 days.",
    ]


def test_particulars_show_the_fields_of_types_that_only_control_defines() -> None:
    own = OtherDocument(
        type="drawing", title="A", scale=2, sheets={"A": 1}, checked=True, since=date(2026, 1, 2)
    )

    assert [fact.value for fact in particulars(own)] == ["2", "A: 1", "yes", "2026-01-02"]


def test_an_external_document_shows_its_edition_in_the_title_block() -> None:
    standard = ExternalDocument(title="Pumps", issuer="ISO", edition="3", exportable=False)
    shown = copy(document=standard)

    assert Fact("Edition", "3") in front.title_block(shown)
    assert Fact("Text may be handed out", "no") in front.title_block(shown)
    assert front.closing(shown, NOTHING) == ()


def test_what_a_manual_shows_as_chapters_is_not_shown_twice() -> None:
    manual = Manual(title="M", chapters=({"title": "All", "type": "policy"},))

    assert front.closing(copy(document=manual), NOTHING) == ()
    assert DOCUMENT.title == front.running(copy()).title


def test_a_particular_that_the_text_says_in_the_same_words_is_not_said_again() -> None:
    procedure = Procedure(
        title="x",
        purpose="Why we do it.",
        scope="The yard.",
        responsibilities=({"function": "Owner", "duty": "keeps it right"},),
        inputs=("orders", "an offer"),
    )
    text = parse(
        "## Purpose\n\n*Why* we\ndo it.\n\n## Scope\n\nThe yards.\n\n> ## Inputs\n>\n> - Orders\n\n"
        "| Who | What |\n|---|---|\n| Owner | keeps it right |\n"
    )[0]

    facts = front.closing(copy(document=procedure), text)
    assert facts == (Fact("Scope", "The yard."), Fact("Inputs", "orders; an offer"))


@pytest.mark.parametrize("training", ["read", "class", "test"])
def test_what_those_concerned_must_do_stands_in_the_title_block(training: str) -> None:
    block = front.title_block(copy(document=Procedure(title="x", training=training)))
    (fact,) = [fact for fact in block if fact.label == "Training"]
    assert fact.value.endswith("before work by this revision")


def test_a_summary_that_repeats_the_reason_is_said_once() -> None:
    line = HistoryLine(
        revision="2", state="effective", change="content", reason="Audit", summary="Audit."
    )
    other = line.model_copy(update={"summary": "Two steps are new"})

    _, first, second = rows(front.history(copy(history=(line, other))))
    assert first[3] == "Content change: Audit"
    assert second[3] == "Content change: Audit. Two steps are new"
