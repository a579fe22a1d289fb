"""Names in the vault: printed everywhere, in no object of the history, and gone once erased.

GDPR 17, EDPB 02/2025: what identifies a person has a period of its own, an immutable log is no
excuse. (PRV-03, PRV-04, PRV-07)
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from firm import TEXT
from office import Key
from quiet import KARI, OLA, Quiet, guesses

from docctl import Founder, Library, Procedure
from docctl.desk.signing.intent import written
from docctl.desk.verbs.naming import opaque_id
from docctl.errors import (
    IncompleteError,
    InputError,
    NotAuthorisedError,
    NotFoundError,
    RetentionError,
    TakenError,
    VaultError,
)
from docctl.model.access import PersonErased, PersonErasedData
from docctl.store.layout import event_path, signature_path
from docctl.store.writing.change import Store

NAMES = (KARI, OLA, "Nordmann", "Hansen")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("quiet") / "acme"
    Quiet.found(root).kari.close()
    return root


@pytest.fixture
def quiet(founded: Path, tmp_path: Path) -> Iterator[Quiet]:
    shutil.copytree(founded, tmp_path / "acme")
    made = Quiet(tmp_path / "acme")
    made.clock.wait(days=1)
    yield made
    made.kari.close()


def test_copies_and_lists_print_names_that_no_object_of_the_history_holds(quiet: Quiet) -> None:
    copy = quiet.exported()
    assert KARI in copy
    assert OLA in copy
    assert [one.owner for one in quiet.kari.register()] == [KARI]
    assert {one.name for one in quiet.kari.people()} == {KARI, OLA}
    assert {one.name for one in quiet.kari.history("PRO-001")} == {KARI, OLA}
    objects, files = quiet.objects(), quiet.files()
    assert b"Control of documents" in objects
    for name in NAMES:
        for guess in guesses(name):
            assert guess not in objects
            assert [path for path, data in files.items() if guess in data] == []


def test_a_history_says_who_was_taken_up_without_a_digest_of_the_name(quiet: Quiet) -> None:
    notes = {one.type: one.note for one in quiet.kari.history("ACCESS")}
    kari, ola = (quiet.kari.person_found(name) for name in (KARI, OLA))
    assert notes["founded"].startswith(f"Acme Ltd; founder: {kari}; roles: administrator and ")
    assert notes["person_added"].startswith(f"{ola}; key SHA256:")


def test_ids_authors_and_the_sizes_of_payloads_tell_nothing(quiet: Quiet) -> None:
    log = ["git", "--git-dir", str(quiet.root / "store.git"), "log", "--format=%an %ae %cn %ce"]
    told = subprocess.run(log, check=True, capture_output=True, text=True).stdout.split()
    assert all(re.fullmatch(r"p-[0-9a-f]{16}(@docctl\.invalid)?", one) for one in told)
    people = quiet.kari.people()
    assert {one.named and one.named.size for one in people} == {256}
    assert all(line.startswith("p-") for line in quiet.kari.allowed_signers().splitlines())


def test_erasing_a_person_leaves_every_signature_verifiable(quiet: Quiet) -> None:
    quiet.exported()
    quiet.kari.register()
    ola = quiet.erase()
    assert quiet.codes() == []
    copy = quiet.exported()
    assert f"name erased ({ola})" in copy
    assert KARI in copy
    assert OLA not in copy
    for handle in (quiet.kari, Library.open(quiet.root, signer=Key("kari"), clock=quiet.clock)):
        assert handle.person(ola).name == f"name erased ({ola})"
        as_of = handle.export("PRO-001", quiet.root.parent / "old.md", as_of=handle.today())
        assert OLA not in as_of.read_text()
        assert OLA not in str(handle.authority(on=handle.today()))
    for name in (OLA, "Hansen"):
        for guess in guesses(name):
            assert guess not in quiet.objects()
            assert [path for path, data in quiet.files().items() if guess in data] == []
    assert not [path for path in quiet.files() if ola in path and path.startswith("vault")]
    assert quiet.kari.vault_scrub().strangers == ()


def test_stock_tools_still_check_what_an_erased_person_signed(quiet: Quiet, tmp_path: Path) -> None:
    ola = quiet.erase()
    signers = tmp_path / "allowed_signers"
    signers.write_text(quiet.kari.allowed_signers())
    git = ["git", "--git-dir", str(quiet.root / "store.git")]
    tree = [*git, "ls-tree", "-r", "--name-only", "main", "documents"]
    paths = subprocess.run(tree, check=True, capture_output=True, text=True).stdout.splitlines()
    (path,) = [one for one in paths if one.endswith(f".approved.{ola}.json")]
    shown = [
        subprocess.run([*git, "show", f"main:{one}"], check=True, capture_output=True).stdout
        for one in (path, signature_path(path))
    ]
    (tmp_path / "event.sig").write_bytes(shown[1])
    check = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", ola,
             "-n", "docctl-event@v1", "-s", str(tmp_path / "event.sig")]  # fmt: skip
    subprocess.run(check, input=shown[0], check=True, capture_output=True)


def test_a_payload_that_comes_back_is_found_and_finished(quiet: Quiet, tmp_path: Path) -> None:
    shutil.copytree(quiet.root / "vault", tmp_path / "backup")
    shutil.copytree(quiet.root / "vault-keys", tmp_path / "keys-backup")
    ola = quiet.erase()
    shutil.copytree(tmp_path / "backup", quiet.root / "vault", dirs_exist_ok=True)
    shutil.copytree(tmp_path / "keys-backup", quiet.root / "vault-keys", dirs_exist_ok=True)
    assert quiet.codes() == ["returned-name"]
    assert quiet.kari.person(ola).name == f"name erased ({ola})"
    quiet.kari.vault_sweep()
    assert quiet.codes() == []
    shutil.copytree(tmp_path / "backup", quiet.root / "vault", dirs_exist_ok=True)
    quiet.kari.person_erase(ola, reason="Again")  # no second event, only what is left to do
    assert quiet.codes() == []


def test_a_copy_that_is_away_is_named_and_finished_once_it_is_back(quiet: Quiet) -> None:
    (quiet.root / "docctl.toml").write_text('vault = ["vault", "copy"]\n')
    again = Quiet(quiet.root, quiet.clock)
    assert again.kari.vault_copy(begin=["copy"]).sound
    away = (quiet.root / "copy").rename(quiet.root / "away")
    ola = again.kari.person_found(OLA)
    again.kari.person_leave(ola)

    done = again.kari.person_erase(ola, reason="Asked for")

    assert (done.copies, done.not_reached) == (("vault-keys", "vault"), ("copy",))
    assert done.person.name == f"name erased ({ola})"
    again.kari.person_erase(ola, reason="Is it back?")  # still away: nothing else happens
    away.rename(quiet.root / "copy")
    assert again.codes() == ["returned-name"]
    left = again.kari.person_erase(ola, reason="It is back")
    assert (left.copies, left.not_reached) == (("vault-keys", "vault", "copy"), ())
    assert again.codes() == []
    assert [one.type for one in again.kari.history("ACCESS")].count("person_erased") == 1
    again.kari.close()


def test_an_erasure_waits_for_the_place_of_keys(quiet: Quiet) -> None:
    keys = quiet.root / "vault-keys"
    ola = quiet.kari.person_found(OLA)
    quiet.kari.person_leave(ola)
    away = keys.rename(quiet.root / "away")
    with pytest.raises(VaultError, match="vault-keys"):
        quiet.kari.person_erase(ola, reason="Asked for")
    away.rename(keys)
    assert quiet.kari.person_erase(ola, reason="Asked for").not_reached == ()
    assert quiet.codes() == []


def test_where_the_vault_is_not_there_ids_stand_for_names_and_no_verdict_changes(
    quiet: Quiet,
) -> None:
    for path in (quiet.root / "vault").rglob("*"):
        if path.is_file():
            path.unlink()
    clone = Library.open(quiet.root, signer=Key("kari"), clock=quiet.clock)
    assert all(one.name == one.id for one in clone.people())
    found = clone.verify().problems
    assert {(one.code, one.severity) for one in found} == {("unreadable-name", "advice")}
    clone.close()


def test_a_name_that_is_lost_is_told_and_its_id_stands_for_it(quiet: Quiet) -> None:
    for path in (quiet.root / "vault").rglob("*"):
        if path.is_file() and path.parent.name != "mark":
            path.unlink()
    found = quiet.kari.verify().problems
    assert {(one.code, one.severity) for one in found} == {("unreadable-name", "advice")}
    assert all("not readable here" in one.sentence for one in found)


@pytest.mark.parametrize("name", ["vault", "vault-keys"])
def test_a_vault_that_cannot_be_looked_at_is_told_and_stops_nothing(
    quiet: Quiet, name: str
) -> None:
    shutil.rmtree(quiet.root / name)
    (quiet.root / name).write_text("no folder")
    found = quiet.kari.verify().problems
    assert {(one.code, one.severity) for one in found} == {("unreadable-name", "advice")}
    assert KARI not in quiet.exported()


def test_a_name_that_is_damaged_is_told_and_put_right_from_another_copy(quiet: Quiet) -> None:
    (quiet.root / "docctl.toml").write_text('vault = ["vault", "copy"]\n')
    again = Quiet(quiet.root, quiet.clock)
    assert {one.was for one in again.kari.vault_copy(begin=["copy"]).mended} == {"missing"}
    names = [one for one in (quiet.root / "copy").rglob("*") if one.is_file()]
    for one in (one for one in names if one.parent.name != "mark"):
        one.write_bytes(b"rubbish")
    ids = {one.id for one in again.kari.people()}

    assert {(one.record, one.outcome) for one in again.kari.vault_scrub().faults} == {
        (one, "altered") for one in ids
    }
    assert {one.record for one in again.kari.vault_copy().mended} == ids
    assert again.kari.vault_scrub().sound
    again.kari.close()


def test_a_new_name_takes_the_old_one_out_of_the_vault(quiet: Quiet) -> None:
    ola = quiet.kari.person_found(OLA.upper())
    quiet.kari.person_rename(ola, "Ola Berg", reason="Married")
    assert "Ola Berg" in quiet.exported()
    assert OLA not in quiet.exported()
    scrub = quiet.kari.vault_scrub()
    assert (scrub.payloads, scrub.strangers, scrub.faults) == (2, (), ())
    assert quiet.codes() == []


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_a_copy_under_a_name_that_is_gone_is_told_as_that(
    quiet: Quiet, tmp_path: Path, ending: str
) -> None:
    file = quiet.kari.export("PRO-001", tmp_path / f"copy.{ending}")
    quiet.kari.person_rename(quiet.kari.person_found(OLA), "Ola Berg", reason="Married")

    (found,) = quiet.kari.verify_copy(file).copies

    assert found.verdict == "unjudged"
    assert f"'{OLA}' where 'Ola Berg' stands today" in found.sentence
    if ending == "html":
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("how it is done", "how we do it"), encoding="utf-8")
        (found,) = quiet.kari.verify_copy(file).copies
        assert found.verdict == "altered"


def test_what_is_refused_leaves_no_name_behind(quiet: Quiet) -> None:
    before = [path for path in quiet.files() if path.startswith("vault")]
    with pytest.raises(TakenError):
        quiet.kari.person_add(None, "Per Lie", key=Key("ola").public_key)
    with pytest.raises(NotAuthorisedError):
        quiet.ola.person_add(None, "Per Lie")
    with pytest.raises(InputError, match="its ids tell nothing"):
        quiet.kari.person_add("per", "Per Lie")
    payloads = [p for p in quiet.files() if p.startswith("vault/")]
    assert payloads == [one for one in before if one.startswith("vault/")]


@pytest.mark.parametrize("reason", [f"{OLA} retired", "because hansen, OLA  HANSEN asked for it"])
def test_a_reason_that_names_somebody_is_refused_without_repeating_the_name(
    quiet: Quiet, reason: str
) -> None:
    ola = quiet.kari.person_found(OLA)
    with pytest.raises(IncompleteError, match="reason: it holds a person's name") as caught:
        quiet.kari.person_leave(ola, reason=reason)
    assert "ansen" not in str(caught.value).casefold()
    assert quiet.kari.person(ola).left_on is None


def test_a_function_and_a_title_do_not_name_anybody_either(quiet: Quiet) -> None:
    with pytest.raises(IncompleteError, match="title: it holds a person's name"):
        quiet.ola.new(Procedure(title=f"How {KARI} works"), TEXT)
    with pytest.raises(IncompleteError, match="functions: it holds the person's name"):
        quiet.kari.person_add(None, "Per Lie", functions=["Per Lie, welder"])
    with pytest.raises(IncompleteError, match="function: it holds the person's name"):
        quiet.kari.person_function(quiet.kari.person_found(OLA), "Hansen, welder")


@pytest.mark.parametrize("firm", ["Nordmann Consulting", "Kari Nordmann AS"])
def test_a_firm_that_is_called_like_its_founder_is_told_before_anything_is_made(
    tmp_path: Path, firm: str
) -> None:
    founder = Founder(opaque_id(), KARI)
    with pytest.raises(IncompleteError, match="organization: it holds the person's name"):
        Library.init(tmp_path / "a", organization=firm, founder=founder, signer=Key("kari"),
                     names="vault")  # fmt: skip
    assert not (tmp_path / "a").exists()
    meant = Founder(opaque_id(), KARI, may_be_told=True)
    Library.init(tmp_path / "a", organization=firm, founder=meant, signer=Key("kari"),
                 names="vault").close()  # fmt: skip


def test_a_founding_that_is_refused_leaves_no_vault(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Library.init(tmp_path / "a", organization="Acme", founder=Founder(opaque_id(), KARI),
                     signer=Key("kari"), names="vault", time_zone="Nowhere/At-all")  # fmt: skip
    assert not (tmp_path / "a").exists()


def test_a_forged_erasure_is_reported_and_destroys_nothing(quiet: Quiet) -> None:
    """Somebody pushes an erasure of a person who is here, signed by nobody who may."""
    before = [one for one in quiet.files() if one.startswith("vault")]
    ola, kari = quiet.kari.person_found(OLA), quiet.kari.person_found(KARI)
    prepared = quiet.kari.prepare("person_leave", ola, on=quiet.kari.today())
    like = prepared.statements[0].event
    forged = PersonErased.model_validate(
        {**dict(like), "type": "person_erased", "signer": ola, "reason": "Asked",
         "meaning": "I let the name of this person go; what was signed stays valid.",
         "data": PersonErasedData(person=kari)}
    )  # fmt: skip
    data, path = written(forged), event_path(forged)
    files = {path: data, signature_path(path): Key("ola").sign(data).encode()}
    store = Store.open(quiet.root / "store.git")
    store.land(files, message=f"ACCESS: person_erased by {ola}\n", author=ola,
               when=forged.time, expected=quiet.kari.bench.head)  # fmt: skip
    store.close()
    reopened = Library.open(quiet.root, signer=Key("kari"), clock=quiet.clock)
    assert "not-authorised" in {one.code for one in reopened.verify().problems}
    with pytest.raises(RetentionError, match="nothing is destroyed by such a one"):
        reopened.vault_sweep()
    with pytest.raises(RetentionError, match="nothing is destroyed by such a one"):
        reopened.person_erase(kari, reason="Finish it")
    reopened.close()
    assert [one for one in quiet.files() if one.startswith("vault")] == before


def test_a_name_that_several_bear_means_nobody(quiet: Quiet) -> None:
    quiet.kari.person_add(None, OLA)
    with pytest.raises(NotFoundError) as caught:
        quiet.kari.person_found(OLA)
    assert "several bear this name" in str(caught.value.hint)
    with pytest.raises(NotFoundError):
        quiet.kari.person_found("Nobody At All")
