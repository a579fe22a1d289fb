"""What supports a record as evidence, and what is missing or late."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from archive import RECORD, Keeping
from click.testing import CliRunner
from test_records_forged import put_in

from docctl import Circumstances
from docctl.cli.app import docctl
from docctl.desk.recording.telling.contents import payload
from docctl.errors import InputError, NotFoundError
from docctl.model.answers.alcoa import Quality, RecordQualities
from docctl.model.records.record import AmendedData


def looked(keeping: Keeping, number: str) -> dict[str, Quality]:
    (one,) = keeping.by("ben").record_report(number).records
    return {each.name: each for each in one.qualities}


def run(keeping: Keeping, *arguments: str) -> str:
    place = ("-C", str(keeping.firm.root))
    result = CliRunner().invoke(docctl, (*place, *arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_record_in_order_lacks_nothing(keeping: Keeping) -> None:
    number = keeping.log()
    found = looked(keeping, number)
    assert [*found] == [
        "attributable", "legible", "contemporaneous", "original", "accurate",
        "complete", "consistent", "enduring", "available",
    ]  # fmt: skip
    assert all(one.evidence and not one.missing for one in found.values())


def test_what_is_late_or_missing_is_told_where_it_belongs(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    late = Circumstances(
        on=ben.today() - timedelta(days=30), late_reason="It was Christmas", entered_for="eva"
    )
    made = ben.record_capture(
        "FRM-002", RECORD, circumstances=late, attachments={"plan.zzz": b"what is this"}
    )
    found = looked(keeping, made.entry.record)
    assert any("for eva" in one for one in found["attributable"].evidence)
    assert any("plan.zzz" in one for one in found["legible"].evidence)
    assert not found["legible"].missing
    assert any("Christmas" in one for one in found["contemporaneous"].missing)
    (_, open_, empty) = found["complete"].missing
    assert (open_, empty) == ("it is still open", "the field cause is empty")
    assert "Analysis" in found["complete"].missing[0]


def test_a_payload_that_is_gone_is_missing(keeping: Keeping) -> None:
    number = keeping.log()
    (payload,) = (one for one in keeping.payloads() if "vault-keys" not in str(one))
    payload.unlink()
    found = looked(keeping, number)
    assert found["available"].missing
    assert found["legible"].missing
    assert not found["attributable"].missing


def test_amendments_and_countersignatures_support_a_record(keeping: Keeping) -> None:
    form = keeping.form(
        "archive",
        {"properties": {"a": {}}},
        identifiers=[],
        signatures=[{"meaning": "accepted", "role": "management"}],
    )
    ben = keeping.by("ben")
    number = ben.record_capture(form, {"a": "x"}).entry.record
    ben.record_amend(number, {"a": "y"}, reason="A slip")
    assert "nobody has signed it as accepted" in looked(keeping, number)["complete"].missing[0]
    keeping.by("kim").record_sign(number, meaning="accepted")
    found = looked(keeping, number)
    assert "1 amendment, each with a reason" in found["original"].evidence[1]
    assert "others signed it as accepted" in found["accurate"].evidence


def test_of_a_destroyed_record_the_disposal_is_the_evidence(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.wait(31)
    made = keeping.disposed(number)
    found = looked(keeping, number)
    assert all(made in found[name].evidence[0] for name in ("original", "enduring", "available"))
    assert not found["available"].missing


def test_an_unknown_trigger_is_named(keeping: Keeping) -> None:
    form = keeping.form("contracts", {"properties": {"site": {"type": "string"}}})
    number = keeping.by("ben").record_capture(form, {"site": "Oslo"}).entry.record
    assert looked(keeping, number)["enduring"].missing


def test_a_report_is_written_as_a_page_and_never_claims(keeping: Keeping) -> None:
    number = keeping.log()
    for ending in ("md", "docx"):
        to = keeping.firm.root.parent / f"evidence.{ending}"
        assert run(keeping, "record", "report", number, "--to", str(to)).strip().endswith(ending)
        assert to.stat().st_size
    text = (keeping.firm.root.parent / "evidence.md").read_text(encoding="utf-8")
    assert "for a person to judge" in text
    assert "| Attributable" in text
    assert not any(word in text.casefold() for word in ("complies", "compliant", "is met"))


def test_the_command_tells_and_prints_the_model(keeping: Keeping) -> None:
    number = keeping.log()
    told = run(keeping, "record", "report", "--form", "FRM-001")
    assert "  attributable\n    + 1 statement signed by ben; signatures hold" in told
    assert "missing or late (-) in 0 of them" in told
    (one,) = json.loads(run(keeping, "record", "report", number, "--json"))["records"]
    assert RecordQualities.model_validate(one).missing == ()


def test_a_report_without_records_says_so(keeping: Keeping) -> None:
    to = keeping.firm.root.parent / "evidence.md"
    keeping.by("ben").record_report_file(to, where="site=Oslo")
    assert "No record fits." in to.read_text(encoding="utf-8")


def test_a_report_on_nothing_is_refused(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    with pytest.raises(NotFoundError):
        ben.record_report("FRM-001-9999")
    with pytest.raises(InputError):
        ben.record_report_file(keeping.firm.root.parent / "a.odt")


# --- what somebody has tampered with -------------------------------------------------------------


def put_said(keeping: Keeping, number: str, fields: dict[str, object], **more: object) -> None:
    """Write an amendment past the rules that says these fields."""
    bench = keeping.firm.ada.bench
    stub = bench.vaults.of(None).put(number, payload(fields))
    data = AmendedData(payload=stub, event_on=bench.today())
    put_in(keeping, "amended", number, data, by="ben", reason="Because", **more)


def test_what_does_not_fit_its_form_any_more_is_not_accurate(keeping: Keeping) -> None:
    number = keeping.log()
    put_said(keeping, number, {"weight": "heavy", "site": "Oslo"})
    found = looked(keeping, number)
    assert any("weight" in one for one in found["accurate"].missing)
    assert found["consistent"].missing == ("the identifier site is another one in the history",)


def test_statements_out_of_order_and_out_of_the_chain_are_not_consistent(keeping: Keeping) -> None:
    number = keeping.log()
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    put_said(keeping, number, {"weight": 3}, prev="0" * 64, time=long_ago, date=long_ago.date())
    found = looked(keeping, number)["consistent"]
    assert found.missing == (
        "statement 2 does not follow the one before it",
        "their times are not in order",
    )


def test_a_signature_that_does_not_hold_is_named(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, other = keeping.log(), keeping.log(what="Another")
    reader = type(keeping.by("ben").bench.desk.ledger.reader)
    read = reader.entry

    def swapped(self: object, commit: str, path: str) -> object:
        """Give the signature of one record for that of another."""
        at = path.replace(number, other) if path.endswith(".sig") else path
        return read(self, commit, at)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "entry", swapped)
    found = looked(keeping, number)["attributable"]
    assert found.missing
    assert not found.evidence


def test_steps_that_were_entered_support_a_record(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    number = ben.record_capture("FRM-002", RECORD).entry.record
    ben.record_add(number, "analysed", {"cause": "Age"})
    assert "steps entered: analysed" in looked(keeping, number)["complete"].evidence
