"""No address and no number of a person gets into the history by a slip of the pen (PRV-05)."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from archive import LOG, RECORD, Keeping

from docctl import Procedure
from docctl.desk.metadata.written import Text
from docctl.errors import IncompleteError
from docctl.model.document import Change
from docctl.trust.keys import PublicKey

MAIL = "jane.doe@acme.example"


def _history(keeping: Keeping) -> bytes:
    """Return every object of the repository, opened."""
    git = ["git", "--git-dir", str(keeping.firm.ada.root / "store.git"), "cat-file"]
    whole = [*git, "--batch", "--batch-all-objects"]
    return subprocess.run(whole, check=True, capture_output=True).stdout


@pytest.mark.parametrize("text", [MAIL, "passport no. X1234567", "call +47 22 12 34 56"])
def test_a_reason_with_what_looks_personal_is_refused(keeping: Keeping, text: str) -> None:
    number = keeping.log()
    with pytest.raises(IncompleteError, match=r"reason: .* looks like a person's") as caught:
        keeping.by("kim").hold_place(matter="Claim", reason=f"Asked by {text}", records=[number])
    assert "--with-personal-data" in caught.value.hint
    with pytest.raises(IncompleteError, match="matter: "):
        keeping.by("kim").hold_place(matter=f"Claim, {text}", reason="A letter", records=[number])
    assert keeping.by("kim").hold_list() == ()
    assert text.encode() not in _history(keeping)


def test_an_identifier_that_looks_personal_is_refused_and_nothing_stays_in_the_vault(
    keeping: Keeping,
) -> None:
    keeping.log()
    form = keeping.form("logs", LOG, identifiers=["what"])
    with pytest.raises(IncompleteError, match=f"what: '{MAIL}' looks like a person's e-mail"):
        keeping.by("ben").record_capture(form, {**RECORD, "what": MAIL})
    assert keeping.by("kim").vault_scrub().strangers == ()
    assert MAIL.encode() not in _history(keeping)


def test_whoever_means_it_may_sign_it(keeping: Keeping) -> None:
    number = keeping.log()
    meaning_it = replace(keeping.by("kim"), with_personal_data=True)
    held = meaning_it.hold_place(matter=f"Claim of {MAIL}", reason="A letter", records=[number])
    assert held.matter == f"Claim of {MAIL}"
    assert keeping.codes() == []


def test_reasons_that_name_functions_documents_and_days_are_let_through(keeping: Keeping) -> None:
    number = keeping.log()
    reason = "Letter 2026-0117 of the Quality Manager, PRO-012 rev. 3, by quality@acme.example"
    keeping.by("kim").hold_place(matter="Claim 4711/2026", reason=reason, records=[number])


def test_a_table_names_every_row_with_what_looks_personal(keeping: Keeping, tmp_path: Path) -> None:
    form, ben = keeping.form("logs", LOG, identifiers=["what"]), keeping.by("ben")
    table = tmp_path / "year.csv"
    rows = ["Bergen,A leak", f"Oslo,By {MAIL}", "Oslo,A fire", "Bergen,call +47 22 12 34 56"]
    table.write_text("site,what\n" + "\n".join(rows) + "\n", encoding="utf-8")
    read = ben.record_sheet(form, table)
    assert [one.line for one in read.wrong] == [3, 5]
    assert [one.line for one in read.ready] == [2, 4]
    with pytest.raises(IncompleteError) as caught:
        read.require_fit()
    assert [fault.partition(" looks")[0] for fault in caught.value.faults] == [
        f"line 3: what: '{MAIL}'", "line 5: what: '+47 22 12 34 56'"
    ]  # fmt: skip
    assert replace(ben, with_personal_data=True).record_sheet(form, table).wrong == ()
    said = [dict(one.fields) for one in read.rows]
    with pytest.raises(IncompleteError) as caught:  # a program that captures them is told all too
        ben.record_capture_many(form, said)
    assert len(caught.value.faults) == 2
    assert MAIL.encode() not in _history(keeping)


def test_a_title_that_a_save_changes_is_looked_at_and_check_names_what_is_there(
    keeping: Keeping,
) -> None:
    ben = keeping.by("ben")
    text = "## Purpose\n\nSay how.\n"
    number = ben.new(Procedure(title="Complaints"), text).number
    called = f"Complaints, {MAIL}"
    with pytest.raises(IncompleteError, match=f"title: '{MAIL}' looks like a person's e-mail"):
        ben.save_text(number, Text(Procedure(title=called), text, {}))
    change = Change(reason=f"Asked for by {MAIL}", summary="As agreed")
    with pytest.raises(IncompleteError, match="reason: "):
        ben.save_text(number, Text(Procedure(title="Complaints", change=change), text, {}))
    assert MAIL.encode() not in _history(keeping)
    replace(ben, with_personal_data=True).save_text(number, Text(Procedure(title=called), text, {}))
    more = f"{text}\nMore of it.\n"  # what is there already is not said anew
    ben.save_text(number, Text(Procedure(title=called), more, {}))
    found = [one for one in ben.check(number) if one.code == "personal-data"]
    assert [one.sentence.partition(" looks")[0] for one in found] == [f"title: '{MAIL}'"]
    assert {one.code for one in ben.check()} >= {"personal-data"}
    ben.save_text(number, Text(Procedure(title="Complaints"), text, {}))
    assert "personal-data" not in {one.code for one in ben.check(number)}


def test_the_comment_of_a_key_never_reaches_the_history(keeping: Keeping) -> None:
    """An address often stands behind a public key; what ACCESS keeps is the key alone."""
    line = (
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl " + MAIL
    )
    key = PublicKey.parse(line)
    keeping.by("ada").person_add("jane", "Jane Doe", key=key)
    assert line.partition(" ")[2].partition(" ")[0].encode() in _history(keeping)
    assert MAIL.encode() not in _history(keeping)
