"""Requests about personal data: found, decided by two persons, carried out, proved (PRV-03).

GDPR 17 and 18: erase on grounds, with exceptions for legal duties and claims; restrict or keep
instead; show that it was done.
"""

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from archive import Keeping
from office import Key
from quiet import OLA, Quiet

from docctl.cli.commands.keeping.subjects import request_lines
from docctl.desk.copies.issuing import answered
from docctl.desk.signing.intent import Intent, written
from docctl.errors import (
    DateError,
    DocctlError,
    EventError,
    HoldError,
    IllegalMoveError,
    IncompleteError,
    InputError,
    NotAuthorisedError,
    NotFoundError,
    SeparationOfDutiesError,
)
from docctl.model.event import Signed
from docctl.model.records.record import Plain
from docctl.model.records.request import (
    Decision,
    RequestAnswered,
    RequestOpened,
    RequestOpenedData,
    SubjectItem,
    Verdict,
)
from docctl.rules.records.request import begin
from docctl.store.layout import event_path, signature_path
from docctl.store.writing.change import Store

JANE = "Jane Doe"


def decision(item: str, verdict: Verdict, why: str = "No duty to keep it", **more: str) -> Decision:
    kind = "document" if item[:3] in {"PRO", "FRM"} and item.count("-") == 1 else "record"
    kind = "person" if item[0].islower() else kind
    about = SubjectItem.model_validate({"kind": kind, "item": item})
    return Decision.model_validate({"subject": about, "verdict": verdict, "why": why, **more})


@pytest.fixture
def log(keeping: Keeping) -> str:
    """Return a record that is about Jane, and may go after 30 days."""
    return keeping.log(what=f"{JANE} slipped", cause="Wet floor")


def opened(keeping: Keeping, *items: str) -> str:
    shown = keeping.by("ria").subject_open(*items, asks="erasure", reason="A letter")
    assert (shown.state, shown.opened_by) == ("open", "Ria")
    return shown.request


def test_what_is_about_somebody_is_found_in_records_people_and_texts(
    keeping: Keeping, log: str
) -> None:
    other = keeping.log(what="A leak")
    ben = keeping.by("ben")
    found = ben.subject_find("jane  DOE")
    assert [(one.kind, one.item, one.where) for one in found.found] == [
        ("record", log, ("field what",))
    ]
    found = ben.subject_find("Ben")
    assert {one.item: one.where for one in found.found if one.kind != "document"} == {
        "ben": ("access",), log: ("signed",), other: ("signed",)
    }  # fmt: skip
    assert {one.item for one in ben.subject_find("Fill it in").found} >= {"FRM-001", "FRM-002"}
    assert [one.where for one in ben.subject_find("Bergen").found] == [
        ("identifier site", "field site")
    ] * 2
    with pytest.raises(InputError):
        ben.subject_find("  ")


def test_a_record_that_cannot_be_read_is_named_and_not_passed_over(
    keeping: Keeping, log: str
) -> None:
    for path in keeping.payloads():
        if "mark" not in path.parts:
            path.unlink()
    found = keeping.by("ben").subject_find(JANE)
    assert (found.found, found.unread) == ((), (log,))


def test_an_erasure_takes_two_persons_a_disposal_and_leaves_evidence(
    keeping: Keeping, log: str, tmp_path: Path
) -> None:
    number = opened(keeping, log)
    keeping.wait(40)
    ria, rob = keeping.by("ria"), keeping.by("rob")
    with pytest.raises(SeparationOfDutiesError):
        ria.subject_decide(number, decision(log, "erase"))
    rob.subject_decide(number, decision(log, "erase"))
    (item,) = ria.subject_run(number).items
    assert (item.verdict, item.waits_for) == ("erase", "its disposal, authorised and run")
    assert ria.subject_run(number).items == (item,)  # once on a list, it is not proposed again
    with pytest.raises(IncompleteError, match=f"{log}: its disposal"):
        rob.subject_answer(number)
    (disposal,) = ria.retention_list()
    rob.retention_authorise(disposal.disposal)
    keeping.wait(2)
    ria.retention_run(disposal.disposal)
    done = rob.subject_answer(number, reason="Told by letter")
    assert (done.state, done.answered_by, done.items[0].waits_for) == ("answered", "Rob", "")
    assert [one.request for one in rob.subject_list()] == [number]
    assert ria.subject_find(JANE).found == ()
    assert keeping.codes() == []
    with pytest.raises(IllegalMoveError):
        rob.subject_decide(number, decision(log, "copy"))

    text = rob.subject_report(number, tmp_path / "request.md").read_text()
    for said in (number, log, "No duty to keep it", "Rob", "Answered"):
        assert said in text
    assert rob.subject_report(number, tmp_path / "request.docx").stat().st_size > 1000
    assert rob.subject_report(number, tmp_path / "request.pdf").read_bytes().startswith(b"%PDF-")
    for paper in ("A4", "Letter"):
        page = answered(".html", paper=paper)(rob.subject_show(number))
        assert f"size: {paper.lower()};".encode() in page
    git = ["git", "--git-dir", str(keeping.firm.root / "store.git"), "cat-file"]
    whole = [*git, "--batch", "--batch-all-objects"]
    assert b"Jane" not in subprocess.run(whole, check=True, capture_output=True).stdout


def test_what_is_not_due_is_not_proposed(keeping: Keeping, log: str) -> None:
    number = opened(keeping, log)
    keeping.by("rob").subject_decide(number, decision(log, "erase"))
    (item,) = keeping.by("ria").subject_run(number).items
    assert item.waits_for == "its disposal, authorised and run"
    assert keeping.by("ria").retention_list() == ()


def test_a_hold_beats_a_request(keeping: Keeping, log: str) -> None:
    number, rob = opened(keeping, log), keeping.by("rob")
    with pytest.raises(EventError, match="no hold stands on"):
        rob.subject_decide(number, decision(log, "keep", basis="hold"))
    held = keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[log])
    with pytest.raises(HoldError) as caught:
        rob.subject_decide(number, decision(log, "erase"))
    assert caught.value.holds == (held.hold,)
    rob.subject_decide(number, decision(log, "keep", "Needed for the claim", basis="hold"))
    assert rob.subject_answer(number).state == "answered"
    assert keeping.codes() == []


def test_what_is_to_be_corrected_waits_for_its_correction(keeping: Keeping, log: str) -> None:
    number, rob = opened(keeping, log, "FRM-001"), keeping.by("rob")
    with pytest.raises(IncompleteError, match="FRM-001: nothing is decided"):
        rob.subject_answer(number)
    rob.subject_decide(number, decision(log, "rectify"), decision("FRM-001", "rectify"))
    with pytest.raises(IncompleteError) as caught:
        rob.subject_answer(number)
    assert "an amendment of it" in str(caught.value)
    assert "the release of a corrected revision" in str(caught.value)
    keeping.by("ben").record_amend(log, {"what": "Somebody slipped"}, reason="Asked for")
    ben = keeping.by("ben")
    ben.revise("FRM-001", reason="Asked for")
    ben.submit("FRM-001")
    keeping.by("eva").approve("FRM-001")
    ben.release("FRM-001")
    rob.subject_answer(number)
    assert keeping.codes() == []


def test_what_the_history_keeps_for_ever_is_not_promised_to_be_erased(keeping: Keeping) -> None:
    number, rob = opened(keeping, "FRM-001", "ben"), keeping.by("rob")
    for item in ("FRM-001", "ben"):
        with pytest.raises(EventError, match="the history keeps it for ever"):
            rob.subject_decide(number, decision(item, "erase"))
    held = keeping.by("kim").hold_place(matter="Claim", reason="Letter", documents=["FRM-001"])
    rob.subject_decide(number, decision("FRM-001", "keep", held.hold, basis="hold"),
                       decision("ben", "copy"))  # fmt: skip
    assert rob.subject_answer(number).state == "answered"


def test_requests_are_refused_that_make_no_sense(keeping: Keeping, log: str) -> None:
    ria, rob = keeping.by("ria"), keeping.by("rob")
    ben, to_come = keeping.by("ben"), ria.today() + timedelta(days=1)
    refused = (
        (DateError, lambda: ria.subject_open(log, asks="access", reason="R", received_on=to_come)),
        (NotFoundError, lambda: ria.subject_open("NC-9-9", asks="access", reason="R")),
        (NotFoundError, lambda: ria.subject_show("SR-9")),
        (InputError, lambda: ria.subject_open(asks="access", reason="R")),
        (EventError, lambda: ria.subject_open(log, asks="access", reason="")),
        (
            NotAuthorisedError,
            lambda: ben.subject_open(log, asks="access", reason="R"),
        ),
        (IncompleteError, lambda: ria.subject_open(log, asks="access", reason="By j.doe@acme.com")),
    )
    for error, act in refused:
        with pytest.raises(error):
            act()
    number = opened(keeping, log)
    for error, made in (
        (EventError, [decision("FRM-001", "copy")]),
        (IncompleteError, [decision(log, "copy", "Sent to jane.doe@acme.com")]),
        (InputError, []),
        (InputError, [decision(log, "copy"), decision(log, "copy")]),
    ):
        with pytest.raises(error):
            rob.subject_decide(number, *made)
    with pytest.raises(ValueError, match="what is kept has a basis"):
        decision(log, "keep")
    ghost = RequestOpenedData(
        asks="access", received_on=ria.today(), items=(SubjectItem(kind="record", item="NC-9-9"),)
    )
    intent = Intent("SR-7", "open", RequestOpened, ghost, reason="R", roles=("records",))
    with pytest.raises(EventError, match="there is no record NC-9-9"):
        ria.bench.desk.prepare([intent], key=Key("ria").public_key)
    with pytest.raises(TypeError):
        begin(Signed(_answer(keeping, number), "0" * 64))


def _answer(keeping: Keeping, number: str) -> RequestAnswered:
    """Return an answer to a request as somebody would write it past the rules."""
    prepared = keeping.by("rob").prepare(
        "subject_decide", number, [decision(_item(keeping, number), "copy")]
    )
    like = dict(prepared.statements[0].event)
    said = f"I state that what was decided of {number} is done and answered."
    return RequestAnswered.model_validate(
        {**like, "type": "request_answered", "data": Plain(), "meaning": said}
    )


def _item(keeping: Keeping, number: str) -> str:
    return keeping.firm.ada.subject_show(number).items[0].item


@pytest.mark.parametrize(("who", "code"), [("rob", "incomplete"), ("ben", "not-authorised")])
def test_an_answer_that_is_pushed_past_the_rules_is_reported(
    keeping: Keeping, log: str, who: str, code: str
) -> None:
    number = opened(keeping, log)
    forged = _answer(keeping, number).model_copy(update={"signer": who})
    data, path = written(forged), event_path(forged)
    files = {path: data, signature_path(path): Key(who).sign(data).encode()}
    with Store.open(keeping.firm.root / "store.git") as store:
        store.land(files, message=f"{number}: request_answered by {who}\n", author=who,
                   when=forged.time, expected=keeping.firm.head)  # fmt: skip
    with keeping.firm.reopened() as firm:
        assert code in {one.code for one in firm.ada.verify().problems}


def test_a_name_goes_by_a_request_where_the_vault_keeps_it(tmp_path: Path) -> None:
    quiet = Quiet.found(tmp_path / "acme")
    kari = quiet.kari
    per = kari.person_add(None, "Per Lie", key=Key("per").public_key, roles=["records"]).id
    decider = kari.acting(Key("per"))
    decider.person_accept()
    ola = kari.person_found(OLA)
    kari.person_role(kari.whoami(), "management")
    number = kari.subject_open(ola, asks="erasure", reason="A letter").request
    with pytest.raises(SeparationOfDutiesError):
        kari.subject_decide(number, decision(ola, "erase"))
    shown = decider.subject_decide(number, decision(ola, "erase"))
    assert (shown.items[0].decided_by, shown.items[0].waits_for) == (
        "Per Lie", "the erasure of the name"
    )  # fmt: skip
    with pytest.raises(NotAuthorisedError, match="has not left"):
        kari.subject_run(number)
    kari.person_leave(ola)
    assert kari.subject_run(number).items[0].waits_for == ""
    assert decider.subject_answer(number).state == "answered"
    assert quiet.codes() == []
    assert [one.item for one in kari.subject_find(OLA).found] == []
    assert OLA.encode() not in quiet.objects()
    report = kari.subject_report(number, tmp_path / "out" / "request.md").read_text()
    assert ola in report
    assert OLA not in report
    with pytest.raises(DocctlError):
        replace(kari, signer=Key("per")).person_rename(per, "Per Per")
    kari.close()


def test_a_copy_that_is_away_while_a_name_goes_by_a_request_is_told(tmp_path: Path) -> None:
    root = tmp_path / "acme"
    Quiet.found(root).kari.close()
    (root / "docctl.toml").write_text('vault = ["vault", "copy"]\n')
    quiet = Quiet(root)
    quiet.clock.wait(days=1)
    kari = quiet.kari
    kari.vault_copy(begin=["copy"])
    kari.person_add(None, "Per Lie", key=Key("per").public_key, roles=["records"])
    decider = kari.acting(Key("per"))
    decider.person_accept()
    ola = kari.person_found(OLA)
    kari.person_role(kari.whoami(), "management")
    number = kari.subject_open(ola, asks="erasure", reason="A letter").request
    decider.subject_decide(number, decision(ola, "erase"))
    kari.person_leave(ola)
    (root / "copy").rename(root / "away")

    told = kari.subject_run(number)

    assert (told.not_reached, told.items[0].waits_for) == (("copy",), "")
    said = [*request_lines(told)]
    assert "  not reached: copy; the keys are destroyed" in said
    assert "  once it is back: docctl subject run SR-1" in said
    assert kari.subject_run(number).not_reached == ("copy",)
    (root / "away").rename(root / "copy")
    assert quiet.codes() == ["returned-name"]
    assert kari.subject_run(number).not_reached == ()
    assert quiet.codes() == []
    kari.close()
