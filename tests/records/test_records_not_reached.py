"""A copy of the vault that is away stops no disposal: it is named, and reached later."""

import re
from pathlib import Path

import pytest
from archive import Keeping, sealed_files
from firm import Firm

from docctl.errors import RetentionError, StoreError
from docctl.model.records.hold import DisposalCertifiedData
from docctl.model.records.request import Decision, SubjectItem
from docctl.rules.records.chain import data_of


@pytest.fixture
def twice(keeping: Keeping) -> Keeping:
    """A library whose vault has two copies, with two records that are due."""
    root = keeping.firm.root
    (root / "docctl.toml").write_text('vault = ["vault", "copy"]\n')
    keeping.firm.close()
    keeping.firm = Firm(root, clock=keeping.firm.clock)
    keeping.log()
    keeping.log()
    keeping.wait(31)
    return keeping


def authorised(keeping: Keeping) -> str:
    made = keeping.by("ria").retention_propose().disposal
    keeping.by("rob").retention_authorise(made)
    keeping.wait(2)
    return made


def test_what_a_copy_that_is_away_holds_is_named_and_destroyed_once_it_is_back(
    twice: Keeping,
) -> None:
    made, root = authorised(twice), twice.firm.root
    (root / "copy").rename(root / "away")
    shown = twice.by("ria").retention_run(made)

    assert {one.result for one in shown.outcomes} == {"not_reached"}
    assert {one.detail for one in shown.outcomes} == {"not reached: copy; the key is destroyed"}
    disposal = twice.firm.ada.bench.archive().disposal(made)
    assert disposal
    assert disposal.certified
    certificate = data_of(disposal.certified)
    assert isinstance(certificate, DisposalCertifiedData)
    assert (certificate.copies, certificate.not_reached) == (("vault-keys", "vault"), ("copy",))
    assert str(root) not in certificate.model_dump_json()
    assert not sealed_files(root / "vault")
    assert not sealed_files(root / "vault-keys")
    with pytest.raises(StoreError, match="copy cannot be reached") as told:
        twice.by("ria").retention_run(made)
    assert f"docctl retention run {made}" in told.value.hint

    (root / "away").rename(root / "copy")
    assert len(sealed_files(root / "copy")) == 2
    problems = twice.firm.ada.verify().problems
    assert {(one.code, one.severity) for one in problems} == {("unfinished-disposal", "advice")}
    assert {one.disposal for one in twice.firm.ada.vault_scrub().strangers} == {made}
    twice.by("ria").retention_run(made)
    assert not sealed_files(root / "copy")
    assert twice.codes() == []
    assert twice.firm.ada.vault_scrub().sound


def test_a_disposal_that_reached_everything_is_not_run_again(twice: Keeping) -> None:
    made = authorised(twice)
    shown = twice.by("ria").retention_run(made)
    assert {one.result for one in shown.outcomes} == {"destroyed"}
    with pytest.raises(RetentionError, match="everything that was to go is gone"):
        twice.by("ria").retention_run(made)


def test_nothing_is_certified_while_keys_cannot_be_destroyed(twice: Keeping) -> None:
    made, root = authorised(twice), twice.firm.root
    (root / "vault-keys").rename(root / "away")
    with pytest.raises(StoreError, match="vault-keys"):
        twice.by("ria").retention_run(made)
    assert len(sealed_files(root / "vault")) == 2

    (root / "away").rename(root / "vault-keys")
    shown = twice.by("ria").retention_run(made)
    assert {one.result for one in shown.outcomes} == {"destroyed"}
    assert twice.codes() == []


def test_the_certificate_tells_which_copy_was_not_reached(twice: Keeping, place: Path) -> None:
    made, root = authorised(twice), twice.firm.root
    (root / "copy").rename(root / "away")
    twice.by("ria").retention_run(made)
    twice.firm.ada.export(made, place / "certificate.md")

    text = (place / "certificate.md").read_text()
    assert re.search(r"\| copy +\| Not reached +\|", text)
    assert "Certificate of destruction" in text
    assert len(re.findall(r"Looked for after the destruction", text)) == 2


def test_a_request_reaches_what_a_copy_that_was_away_still_holds(twice: Keeping) -> None:
    root, ria, rob = twice.firm.root, twice.by("ria"), twice.by("rob")
    item = SubjectItem(kind="record", item="FRM-001-0001")
    ria.subject_open(item.item, asks="erasure", reason="A letter")
    rob.subject_decide("SR-1", Decision(subject=item, verdict="erase", why="It may go"))
    ria.subject_run("SR-1")
    rob.retention_authorise("D-1")
    twice.wait(2)
    (root / "copy").rename(root / "away")
    ria.retention_run("D-1")

    assert ria.subject_run("SR-1").not_reached == ("copy",)
    ria.subject_answer("SR-1", reason="Told by letter")
    (root / "away").rename(root / "copy")
    assert len(sealed_files(root / "copy")) == 2
    assert ria.subject_run("SR-1").not_reached == ()
    assert len(sealed_files(root / "copy")) == len(sealed_files(root / "vault")) == 1
    assert twice.codes() == []
