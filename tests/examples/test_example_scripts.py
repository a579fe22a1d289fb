"""The scripts in `examples/scripts`, on a real library."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

import docctl

_SCRIPTS = Path(__file__).parents[2] / "examples" / "scripts"


def script(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, _SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ola(tmp_path: Path) -> docctl.KeyFile:
    docctl.generate_key(tmp_path / "keys" / "ola", comment="ola")
    return docctl.KeyFile(tmp_path / "keys" / "ola")


@pytest.fixture
def acme(tmp_path: Path, ola: docctl.KeyFile) -> Path:
    """A library with a procedure and a manual in force; Ola approves."""
    docctl.generate_key(tmp_path / "keys" / "kari", comment="kari")
    with docctl.Library.init(
        tmp_path / "acme",
        organization="Acme Pumps",
        founder=docctl.Founder("kari", "Kari Berg", "Quality Manager"),
        signer=docctl.KeyFile(tmp_path / "keys" / "kari"),
    ) as library:
        roles = ("approver", "management")
        library.person_add("ola", "Ola Vik", key=ola.public_key, roles=roles)
        library.acting(ola).person_accept()
        chapters = [{"title": "Procedures", "type": "procedure"}]
        manual = docctl.Manual.model_validate({"title": "Manual", "chapters": chapters})
        for document in (docctl.Procedure(title="Pressure test"), manual):
            number = library.new(document, "## Scope\n\nHold it for 10 minutes.\n").number
            library.submit(number)
            library.acting(ola).approve(number)
            library.release(number)
    return tmp_path / "acme"


def test_an_application_brings_a_document_type_of_its_own(acme: Path, ola: docctl.KeyFile) -> None:
    program = script("own_document_type")

    assert [program.main(str(acme), ola, ola) for _ in range(2)] == ["RA-001", "RA-002"]

    with docctl.Library.open(acme, documents=(program.RiskAssessment,)) as library:
        document: Any = library.text("RA-001").document
        assert document.hazards == ("stored pressure", "swinging load")
        assert library.show("CONTROL").controlled.revision == "2"
        assert not library.verify().problems


def test_a_script_drafts_a_revision_and_people_decide(acme: Path) -> None:
    arguments = ("PRO-001", "10 minutes", "20 minutes", "Leaks show late")

    with script("revise_by_script").main(str(acme), *arguments) as library:
        assert library.status("PRO-001").state is docctl.State.IN_REVIEW
        assert "+Hold it for 20 minutes." in library.diff("PRO-001").lines


def test_a_script_with_nothing_to_change_gives_up(acme: Path) -> None:
    with script("revise_by_script").main(str(acme), "PRO-001", "an hour", "a day", "x") as library:
        (entry,) = library.register(type="procedure")
        assert (entry.revision, entry.pending_state) == ("1", None)


def test_the_manual_is_built_from_a_library_that_holds(acme: Path, tmp_path: Path) -> None:
    assert script("manual_in_ci").main(str(acme), "MAN-001", tmp_path / "out") == 0

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "MAN-001.docx",
        "MAN-001.md",
    ]


def test_nothing_is_built_from_a_library_that_does_not_hold(acme: Path, tmp_path: Path) -> None:
    head = (acme / "store.git" / "refs" / "heads" / "main").read_text(encoding="ascii")
    (acme / "store.git" / "refs" / "heads" / "other").write_text(head, encoding="ascii")

    assert script("manual_in_ci").main(str(acme), "MAN-001", tmp_path / "out") == 1
    assert not (tmp_path / "out").exists()
